//! Closed forms between two Gaussians, written without cancellation for near-identical pairs.

use crate::distribution::Gaussian;
use crate::numeric::special::{SQRT_TWO_PI, exp_minus_one_minus};

/// The differences of two Gaussians, relative to q.
struct Contrast {
    /// `(μ_p − μ_q)/σ_q`.
    shift: f64,
    /// `log σ_p/σ_q`, relatively accurate where the two are nearly equal.
    log_ratio: f64,
    /// `σ_p/σ_q − 1`.
    excess: f64,
}

impl Contrast {
    fn between(p: &Gaussian, q: &Gaussian) -> Self {
        let excess = (p.sd() - q.sd()) / q.sd();
        // A very small ratio is lost in excess = −1 + ratio, and a very large one overflows.
        let log_ratio =
            if !(-0.5..1e8).contains(&excess) { p.sd().ln() - q.sd().ln() } else { excess.ln_1p() };
        Self { shift: (p.mean() - q.mean()) / q.sd(), log_ratio, excess }
    }
}

/// `KL(p‖q) = log σ_q/σ_p + (σ_p² + (μ_p − μ_q)²)/2σ_q² − ½`.
pub(super) fn kullback_leibler(p: &Gaussian, q: &Gaussian) -> f64 {
    let d = Contrast::between(p, q);
    0.5 * exp_minus_one_minus(2.0 * d.log_ratio) + 0.5 * d.shift * d.shift
}

/// `D_α(p‖q) = (∫ p^α q^(1−α) − 1)/α(α − 1)`, for α other than 0 and 1; ∞ where `α σ_q² + (1 − α) σ_p² ≤ 0`.
pub(super) fn alpha(p: &Gaussian, q: &Gaussian, alpha: f64) -> f64 {
    if alpha < 0.5 {
        return self::alpha(q, p, 1.0 - alpha);
    }
    let d = Contrast::between(p, q);
    let beta = 1.0 - alpha;
    let log_square = 2.0 * d.log_ratio;
    // (α σ_q² + β σ_p²)/σ_q² − 1.
    let curvature_excess = beta * d.excess * (2.0 + d.excess);
    let curvature = 1.0 + curvature_excess;
    if curvature.is_nan() || curvature <= 0.0 {
        return f64::INFINITY;
    }
    // log ∫ p^α q^β at equal means is ½ (β log v² − log (1 + β (v² − 1))), v = σ_p/σ_q; near v = 1 the first orders cancel.
    let spread = if log_square.abs() < 1.0 {
        exp_minus_one_minus(curvature_excess.ln_1p()) - beta * exp_minus_one_minus(log_square)
    } else if log_square < 100.0 {
        beta * log_square - curvature_excess.ln_1p()
    } else {
        (beta - 1.0) * log_square - beta.ln()
    };
    let shift = if beta > 0.0 {
        // Neither square may overflow.
        (p.mean() - q.mean()) / (alpha.sqrt() * q.sd()).hypot(beta.sqrt() * p.sd())
    } else {
        d.shift / curvature.sqrt()
    };
    let exponent = 0.5 * (spread - alpha * beta * shift * shift);
    exponent.exp_m1() / (alpha * -beta)
}

/// The total variation between Gaussians of the same σ: `erf(|μ_p − μ_q|/2√2σ)`.
pub(super) fn total_variation_of_equal_sds(p: &Gaussian, q: &Gaussian) -> f64 {
    libm::erf((p.mean() - q.mean()).abs() / p.sd() * (0.5 * core::f64::consts::FRAC_1_SQRT_2))
}

/// The differential entropy log σ√(2πe).
pub(super) fn entropy(p: &Gaussian) -> f64 {
    p.sd().ln() + SQRT_TWO_PI.ln() + 0.5
}
