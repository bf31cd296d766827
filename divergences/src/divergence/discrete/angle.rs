//! Roots of probabilities are points of a sphere: how far two lie apart there.

use super::hellinger_squared;

/// The affinity Σ √(pq), also called the Bhattacharyya coefficient: 1 − H², and the cosine of [`hellinger_angle`].
///
/// - **Convention**: from 0 between disjoint arrays to 1 between equal ones; that of n independent draws is its n-th
///   power.
/// - **Accuracy**: a few units of the last place. Where the arrays are near, 1 less it is better had from
///   [`hellinger_squared`].
/// - **Cost**: two roots for each outcome.
/// - **Source**: Bhattacharyya, On a measure of divergence between two statistical populations defined by their
///   probability distributions, Bulletin of the Calcutta Mathematical Society 35 (1943).
///
/// ```
/// use divergences::divergence::discrete::affinity;
///
/// assert!((affinity(&[0.5, 0.5, 0.0], &[0.0, 0.5, 0.5]) - 0.5).abs() < 1e-15);
/// assert_eq!(affinity(&[1.0, 0.0], &[0.0, 1.0]), 0.0);
/// ```
#[must_use]
pub fn affinity(p: &[f64], q: &[f64]) -> f64 {
    if p.len() != q.len() {
        return f64::NAN;
    }
    p.iter().zip(q).map(|(p, q)| p.sqrt() * q.sqrt()).sum::<f64>() + 0.0
}

/// The angle arccos Σ √(pq) between √p and √q, which lie on the unit sphere, in radians: at most π/2.
///
/// It is the length of the great circle's arc, a metric, and half of the Fisher–Rao distance. The chord below the arc is √2 H.
///
/// - **Convention**: radians.
/// - **Accuracy**: 1e-13 of the angle, also between near-identical arrays, where the arccosine would lose all digits:
///   it is 2 atan2(H, √(2 − H²)).
/// - **Cost**: that of [`hellinger_squared`].
/// - **Source**: Kahan, How futile are mindless assessments of roundoff (2006), for the form; Rao, Information and
///   the accuracy attainable in the estimation of statistical parameters (1945), for the distance.
///
/// ```
/// use core::f64::consts::{FRAC_PI_2, FRAC_PI_3};
/// use divergences::divergence::discrete::hellinger_angle;
///
/// assert!((hellinger_angle(&[0.5, 0.5, 0.0], &[0.0, 0.5, 0.5]) - FRAC_PI_3).abs() < 1e-15);
/// assert_eq!(hellinger_angle(&[1.0, 0.0], &[0.0, 1.0]), FRAC_PI_2);
/// ```
#[must_use]
pub fn hellinger_angle(p: &[f64], q: &[f64]) -> f64 {
    let squared = hellinger_squared(p, q);
    2.0 * squared.sqrt().atan2((2.0 - squared).sqrt())
}
