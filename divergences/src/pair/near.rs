//! log p/q for densities that are nearly equal, without the cancellation of log p − log q.

use super::parts::Parts;
use crate::distribution::Distribution;
use crate::numeric::simd::{ARTANH, exp, exp_m1, polynomial, splat};
use wide::f64x2;

/// Whether the components of the two can be compared one by one.
pub(crate) fn comparable(p: &Parts, q: &Parts) -> bool {
    p.components.len() == q.components.len()
        && p.components
            .iter()
            .zip(&q.components)
            .all(|(a, b)| core::mem::discriminant(a.distribution) == core::mem::discriminant(b.distribution))
}

/// The ratio log p/q at two points, from the differences between corresponding components; `otherwise` where
/// these are no help.
pub(crate) fn near(p: &Parts, q: &Parts, log_q: f64x2, x: f64x2, otherwise: f64x2) -> f64x2 {
    let one = splat(1.0);
    if let ([a], [b]) = (p.components.as_slice(), q.components.as_slice()) {
        let ratio = splat(log_weights(a.weight, b.weight)) + component(a.distribution, b.distribution, x);
        return ratio.is_finite().select(ratio, otherwise);
    }
    // p/q − 1 = Σ (w_i p_i − v_i q_i)/q.
    let mut excess = splat(0.0);
    for (a, b) in p.components.iter().zip(&q.components) {
        let mut logs = [splat(0.0)];
        b.distribution.log_densities(b.log_weight, &[x], &mut logs);
        let log_share = logs[0] - log_q;
        let ratio = splat(log_weights(a.weight, b.weight)) + component(a.distribution, b.distribution, x);
        let added = exp(log_share) * exp_m1(ratio);
        // Neither has a density here.
        let none = splat(f64::NEG_INFINITY);
        let mut absent = log_share.simd_eq(none);
        if absent.any() {
            a.distribution.log_densities(a.log_weight, &[x], &mut logs);
            absent &= logs[0].simd_eq(none);
        }
        excess += absent.select(splat(0.0), added);
    }
    // log (1 + excess) = 2 artanh (excess/(2 + excess)).
    let s = excess / (one + one + excess);
    let y = s * s;
    let log = (s + s) * (one + y * polynomial(&ARTANH, y));
    excess.abs().simd_lt(splat(0.1)).select(log, otherwise)
}

fn log_weights(a: f64, b: f64) -> f64 {
    ((a - b) / b).ln_1p()
}

/// The ratio log p/q of two components at two points; NaN where no formula is better than the difference of
/// the logarithms.
fn component(p: &Distribution, q: &Distribution, x: f64x2) -> f64x2 {
    match (p, q) {
        (Distribution::Gaussian(p), Distribution::Gaussian(q)) => {
            // The ratio (z_q² − z_p²)/2 + log σ_q/σ_p, with the difference of the standard scores taken
            // first.
            let wider = q.sd() - p.sd();
            let (z, w) = ((x - splat(p.mean())) / splat(p.sd()), (x - splat(q.mean())) / splat(q.sd()));
            let difference = (z * splat(wider) + splat(q.mean() - p.mean())) / splat(q.sd());
            splat((wider / p.sd()).ln_1p()) - splat(0.5) * difference * (z + w)
        }
        (Distribution::Laplace(p), Distribution::Laplace(q)) => {
            let wider = q.scale() - p.scale();
            let (z, w) = (x - splat(p.location()), x - splat(q.location()));
            let zero = splat(0.0);
            let move_up = splat(p.location() - q.location());
            let shift = (z.simd_ge(zero) & w.simd_ge(zero)).select(move_up, w.abs() - z.abs());
            let shift = (z.simd_lt(zero) & w.simd_lt(zero)).select(-move_up, shift);
            splat((wider / p.scale()).ln_1p())
                + (shift - z.abs() * splat(wider / p.scale())) / splat(q.scale())
        }
        (Distribution::Uniform(p), Distribution::Uniform(q)) => {
            let outside = |lower: f64, upper: f64| x.simd_lt(splat(lower)) | x.simd_gt(splat(upper));
            (outside(p.lower(), p.upper()) | outside(q.lower(), q.upper()))
                .select(splat(f64::NAN), splat(((q.width() - p.width()) / p.width()).ln_1p()))
        }
        (Distribution::Truncated(p), Distribution::Truncated(q)) if p == q => splat(0.0),
        _ => splat(f64::NAN),
    }
}
