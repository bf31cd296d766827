//! log p/q for densities that are nearly equal, without the cancellation of log p − log q.

use super::pair::Parts;
use crate::distribution::Distribution;

/// Whether the components of the two can be compared one by one.
pub(crate) fn comparable(p: &Parts, q: &Parts) -> bool {
    p.components.len() == q.components.len()
        && p.components
            .iter()
            .zip(&q.components)
            .all(|(a, b)| core::mem::discriminant(a.distribution) == core::mem::discriminant(b.distribution))
}

/// log p/q at `x`, from the differences between corresponding components; `None` if these are no help.
pub(crate) fn near(p: &Parts, q: &Parts, log_q: f64, x: f64) -> Option<f64> {
    if let ([a], [b]) = (p.components.as_slice(), q.components.as_slice()) {
        return Some(log_weights(a.weight, b.weight) + component(a.distribution, b.distribution, x)?);
    }
    // p/q − 1 = Σ (w_i p_i − v_i q_i)/q.
    let mut excess = 0.0;
    for (a, b) in p.components.iter().zip(&q.components) {
        let log_share = b.log_weight + b.distribution.log_density(x) - log_q;
        if log_share == f64::NEG_INFINITY && a.distribution.log_density(x) == f64::NEG_INFINITY {
            continue;
        }
        let ratio = log_weights(a.weight, b.weight) + component(a.distribution, b.distribution, x)?;
        excess += log_share.exp() * ratio.exp_m1();
    }
    (excess.abs() < 0.1).then(|| excess.ln_1p())
}

fn log_weights(a: f64, b: f64) -> f64 {
    ((a - b) / b).ln_1p()
}

fn component(p: &Distribution, q: &Distribution, x: f64) -> Option<f64> {
    match (p, q) {
        (Distribution::Gaussian(p), Distribution::Gaussian(q)) => {
            // (z_q² − z_p²)/2 + log σ_q/σ_p, with the difference of the standard scores taken first.
            let wider = q.sd() - p.sd();
            let (z, w) = ((x - p.mean()) / p.sd(), (x - q.mean()) / q.sd());
            let difference = (z * wider + (q.mean() - p.mean())) / q.sd();
            Some((wider / p.sd()).ln_1p() - 0.5 * difference * (z + w))
        }
        (Distribution::Laplace(p), Distribution::Laplace(q)) => {
            let wider = q.scale() - p.scale();
            let (z, w) = (x - p.location(), x - q.location());
            let shift = if (z >= 0.0) == (w >= 0.0) {
                (p.location() - q.location()) * if z >= 0.0 { 1.0 } else { -1.0 }
            } else {
                w.abs() - z.abs()
            };
            Some((wider / p.scale()).ln_1p() + (shift - z.abs() * wider / p.scale()) / q.scale())
        }
        (Distribution::Uniform(p), Distribution::Uniform(q)) => {
            let inside = |lower: f64, upper: f64| x >= lower && x <= upper;
            (inside(p.lower(), p.upper()) && inside(q.lower(), q.upper()))
                .then(|| ((q.width() - p.width()) / p.width()).ln_1p())
        }
        (Distribution::Truncated(p), Distribution::Truncated(q)) if p == q => Some(0.0),
        _ => None,
    }
}
