//! Generators: the convex functions that define the f-divergences.

mod simd;

pub(super) use simd::SimdLikelihoods;

use crate::numeric::special::exp_minus_one_minus;
use crate::pair::Likelihoods;
use core::f64::consts::LN_2;

/// A convex function f on the positive numbers that defines an f-divergence
/// D(p‖q) = ∫ q f(p/q) + f(0) Q(p = 0) + f′(∞) P(q = 0).
///
/// The last two terms count exactly the mass of either that lies where the other has none. Each f is normalised so that
/// f(1) = f′(1) = 0, which changes no divergence and makes q f(p/q) at least 0 everywhere: sums of it do not cancel, and
/// near-identical pairs keep their relative accuracy.
///
/// ```
/// use divergences::divergence::Generator;
///
/// let js = Generator::JensenShannon;
/// // Disjoint: all of q lies where p = 0, and all of p where q = 0.
/// assert_eq!(js.at_zero() + js.slope_at_infinity(), 2_f64.ln());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Generator {
    /// f(t) = t log t − t + 1, for KL(p‖q).
    KullbackLeibler,
    /// f(t) = −log t + t − 1, for KL(q‖p).
    ReverseKullbackLeibler,
    /// f(t) = (t − 1) log t, for KL(p‖q) + KL(q‖p).
    Jeffreys,
    /// f(t) = ½ (t log t − (1 + t) log ((1 + t)/2)), for ½ KL(p‖m) + ½ KL(q‖m), m = (p + q)/2.
    JensenShannon,
    /// f(t) = ½ |t − 1|, for the total variation sup |P − Q|.
    TotalVariation,
    /// f(t) = ½ (√t − 1)², for 1 − ∫ √(pq).
    HellingerSquared,
    /// f(t) = (t − 1)², for ∫ p²/q − 1.
    ChiSquared,
    /// f(t) = (1 − t)²/t, for ∫ q²/p − 1.
    ReverseChiSquared,
    /// f(t) = (t^α − 1 − α (t − 1)) / α (α − 1), for (∫ p^α q^(1−α) − 1) / α (α − 1); α = 1 is the limit KL(p‖q),
    /// α = 0 is KL(q‖p).
    Alpha(f64),
}

impl Generator {
    /// f(t) for t ≥ 0.
    ///
    /// To a few units in the last place of itself, also near t = 1, where f is about f″(1)/2 (t − 1)².
    ///
    /// ```
    /// use divergences::divergence::Generator;
    ///
    /// assert!((Generator::ChiSquared.value(3.0) - 4.0).abs() < 1e-14);
    /// assert_eq!(Generator::KullbackLeibler.value(1.0), 0.0);
    /// ```
    #[must_use]
    pub fn value(self, t: f64) -> f64 {
        self.at(&Likelihoods::of_masses(t, 1.0))
    }

    /// f′(t) for t > 0; for the total variation, at its kink t = 1, the subgradient 0.
    ///
    /// ```
    /// use divergences::divergence::Generator;
    ///
    /// assert_eq!(Generator::ChiSquared.derivative(3.0), 4.0);
    /// assert_eq!(Generator::TotalVariation.derivative(3.0), 0.5);
    /// ```
    #[must_use]
    pub fn derivative(self, t: f64) -> f64 {
        match self {
            Self::KullbackLeibler => t.ln(),
            Self::ReverseKullbackLeibler => (t - 1.0) / t,
            Self::Jeffreys => t.ln() + (t - 1.0) / t,
            Self::JensenShannon => 0.5 * ((t - 1.0) / (1.0 + t)).ln_1p(),
            Self::TotalVariation if t == 1.0 => 0.0,
            Self::TotalVariation => 0.5 * (t - 1.0).signum(),
            Self::HellingerSquared => 0.5 * (t - 1.0) / (t + t.sqrt()),
            Self::ChiSquared => 2.0 * (t - 1.0),
            Self::ReverseChiSquared => (t - 1.0) * (t + 1.0) / (t * t),
            Self::Alpha(1.0) => t.ln(),
            Self::Alpha(alpha) => ((alpha - 1.0) * t.ln()).exp_m1() / (alpha - 1.0),
        }
    }

    /// f(0), which may be ∞: what a unit of q's mass costs where p has none.
    ///
    /// ```
    /// use divergences::divergence::Generator;
    ///
    /// assert_eq!(Generator::KullbackLeibler.at_zero(), 1.0);
    /// assert_eq!(Generator::ReverseKullbackLeibler.at_zero(), f64::INFINITY);
    /// ```
    #[must_use]
    pub fn at_zero(self) -> f64 {
        match self {
            Self::KullbackLeibler | Self::ChiSquared => 1.0,
            Self::ReverseKullbackLeibler | Self::Jeffreys | Self::ReverseChiSquared => f64::INFINITY,
            Self::JensenShannon => 0.5 * LN_2,
            Self::TotalVariation | Self::HellingerSquared => 0.5,
            Self::Alpha(alpha) if alpha <= 0.0 => f64::INFINITY,
            Self::Alpha(alpha) => 1.0 / alpha,
        }
    }

    /// f′(∞) = lim f(t)/t, which may be ∞: what a unit of p's mass costs where q has none.
    ///
    /// ```
    /// use divergences::divergence::Generator;
    ///
    /// assert_eq!(Generator::KullbackLeibler.slope_at_infinity(), f64::INFINITY);
    /// assert_eq!(Generator::TotalVariation.slope_at_infinity(), 0.5);
    /// ```
    #[must_use]
    pub fn slope_at_infinity(self) -> f64 {
        match self {
            Self::ReverseKullbackLeibler | Self::ReverseChiSquared => 1.0,
            Self::KullbackLeibler | Self::Jeffreys | Self::ChiSquared => f64::INFINITY,
            Self::JensenShannon => 0.5 * LN_2,
            Self::TotalVariation | Self::HellingerSquared => 0.5,
            Self::Alpha(alpha) if alpha >= 1.0 => f64::INFINITY,
            Self::Alpha(alpha) => 1.0 / (1.0 - alpha),
        }
    }

    /// The generator of D(q‖p): t f(1/t).
    ///
    /// ```
    /// use divergences::divergence::Generator;
    ///
    /// assert_eq!(Generator::ChiSquared.reversed(), Generator::ReverseChiSquared);
    /// assert_eq!(Generator::Alpha(0.75).reversed(), Generator::Alpha(0.25));
    /// assert_eq!(Generator::JensenShannon.reversed(), Generator::JensenShannon);
    /// ```
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::KullbackLeibler => Self::ReverseKullbackLeibler,
            Self::ReverseKullbackLeibler => Self::KullbackLeibler,
            Self::ChiSquared => Self::ReverseChiSquared,
            Self::ReverseChiSquared => Self::ChiSquared,
            Self::Alpha(alpha) => Self::Alpha(1.0 - alpha),
            symmetric => symmetric,
        }
    }

    /// The power α of which ∫ p^α q^(1−α) must be finite for the divergence to be finite; `None` where it
    /// always is.
    pub(crate) fn power(self) -> Option<f64> {
        match self {
            Self::ChiSquared => Some(2.0),
            Self::ReverseChiSquared => Some(-1.0),
            Self::Alpha(alpha) if !(0.0..=1.0).contains(&alpha) => Some(alpha),
            _ => None,
        }
    }

    /// q f(p/q), with its limits f(0) q and f′(∞) p where one of them is 0; 0 where both are.
    pub(crate) fn at(self, point: &Likelihoods) -> f64 {
        let Likelihoods { p, q, log_p, log_q, log_ratio: r } = *point;
        if r == 0.0 || (p == 0.0 && q == 0.0 && !r.is_finite()) {
            return 0.0;
        }
        match self {
            Self::KullbackLeibler => kullback_leibler(point),
            Self::ReverseKullbackLeibler => kullback_leibler(&point.swapped()),
            Self::Jeffreys => kullback_leibler(point) + kullback_leibler(&point.swapped()),
            Self::JensenShannon => jensen_shannon(p, q, r),
            Self::TotalVariation => 0.5 * p.max(q) * -(-r.abs()).exp_m1(),
            Self::HellingerSquared => 0.5 * p.max(q) * (-0.5 * r.abs()).exp_m1().powi(2),
            Self::ChiSquared => chi_squared(q, log_p, log_q, r),
            Self::ReverseChiSquared => chi_squared(p, log_q, log_p, -r),
            Self::Alpha(_) if r == f64::NEG_INFINITY => self.at_zero() * q,
            Self::Alpha(_) if r == f64::INFINITY => self.slope_at_infinity() * p,
            Self::Alpha(a) if a >= 0.5 => alpha(a, point),
            Self::Alpha(a) => alpha(1.0 - a, &point.swapped()),
        }
    }
}

fn kullback_leibler(point: &Likelihoods) -> f64 {
    let Likelihoods { p, q, log_ratio: r, .. } = *point;
    if p == 0.0 {
        q
    } else if r.abs() < 0.7 {
        p * exp_minus_one_minus(-r)
    } else {
        p * r - (p - q)
    }
}

fn jensen_shannon(p: f64, q: f64, r: f64) -> f64 {
    let (large, small, r) = (p.max(q), p.min(q), r.abs());
    if r < 0.2 {
        // (p + q)/2 · Σ δ^2k / 2k(2k − 1), with δ = (p − q)/(p + q) = tanh r/2.
        let rise = r.exp_m1();
        let delta = rise / (rise + 2.0);
        let y = delta * delta;
        let mut sum = 0.0;
        for k in (1..=8).rev() {
            sum = sum * y + 1.0 / f64::from(2 * k * (2 * k - 1));
        }
        return 0.5 * (p + q) * y * sum;
    }
    if small == 0.0 {
        return 0.5 * LN_2 * large;
    }
    let log_sum = (-r).exp().ln_1p();
    0.5 * (large * (LN_2 - log_sum) + small * (LN_2 - r - log_sum))
}

/// (p − q)²/q.
fn chi_squared(q: f64, log_p: f64, log_q: f64, r: f64) -> f64 {
    if r < 1.0 { q * r.exp_m1().powi(2) } else { (2.0 * log_p - log_q).exp() * (-r).exp_m1().powi(2) }
}

/// The term of an α ≥ ½. For others `D_α(p‖q) = D_(1−α)(q‖p)` avoids the cancellation at α = 0.
fn alpha(alpha: f64, point: &Likelihoods) -> f64 {
    let Likelihoods { p, q, log_p, log_q, log_ratio: r } = *point;
    let excess = alpha - 1.0;
    let x = excess * r;
    if x.abs() < 1.0 {
        // p r (e^x/x − 1/x) − p + q, written as the KL term and what α − 1 adds to it.
        let added = if x == 0.0 { 0.0 } else { p * r * (exp_minus_one_minus(x) / x) };
        return (kullback_leibler(point) + added) / alpha;
    }
    ((alpha * log_p - excess * log_q).exp() - alpha * p + excess * q) / (alpha * excess)
}

#[cfg(test)]
mod tests;
