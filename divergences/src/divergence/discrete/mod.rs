//! Divergences between arrays of probabilities.
//!
//! The arrays are used as they are: entries should be at least 0 and add up to 1, but nothing is renormalised, and since
//! every generator is normalised to f(1) = f′(1) = 0 a sum that is off by rounding shifts no result. Arrays of different
//! lengths, and negative or NaN entries, give NaN; [`super::Divergence::between_categorical`] has typed errors instead.

mod angle;
mod draws;
mod simd;
mod weighted;

use super::generator::Generator;
use crate::pair::Likelihoods;
pub use angle::{affinity, hellinger_angle};
pub use draws::total_variation_of_draws;
pub use weighted::{WeightedJensenShannon, mixture_terms, weighted_jensen_shannon};

/// KL(p‖q) = Σ p log p/q, in nats; ∞ where p > 0 = q.
///
/// Summed as p log(p/q) − p + q, without cancellation: near-identical arrays keep their relative accuracy.
///
/// ```
/// use divergences::divergence::discrete;
///
/// assert_eq!(discrete::kullback_leibler(&[0.5, 0.5], &[1.0, 0.0]), f64::INFINITY);
/// let (p, q) = ([0.5, 0.5], [0.5 + 1e-12, 0.5 - 1e-12]);
/// let exact = 2.0 * (q[0] - p[0]) * (q[0] - p[0]);
/// assert!((discrete::kullback_leibler(&p, &q) / exact - 1.0).abs() < 1e-13);
/// ```
#[must_use]
pub fn kullback_leibler(p: &[f64], q: &[f64]) -> f64 {
    simd::sum::<simd::KullbackLeibler>(p, q)
}

/// The Jensen–Shannon divergence ½ KL(p‖m) + ½ KL(q‖m), m = (p + q)/2, in nats; at most log 2.
#[must_use]
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> f64 {
    simd::sum::<simd::JensenShannon>(p, q)
}

/// KL(p‖q) + KL(q‖p), in nats.
#[must_use]
pub fn jeffreys(p: &[f64], q: &[f64]) -> f64 {
    kullback_leibler(p, q) + kullback_leibler(q, p)
}

/// The total variation ½ Σ |p − q|, at most 1.
#[must_use]
pub fn total_variation(p: &[f64], q: &[f64]) -> f64 {
    f_divergence(Generator::TotalVariation, p, q)
}

/// The squared Hellinger distance ½ Σ (√p − √q)² = 1 − Σ √(pq), at most 1.
#[must_use]
pub fn hellinger_squared(p: &[f64], q: &[f64]) -> f64 {
    f_divergence(Generator::HellingerSquared, p, q)
}

/// χ²(p‖q) = Σ (p − q)²/q = Σ p²/q − 1.
#[must_use]
pub fn chi_squared(p: &[f64], q: &[f64]) -> f64 {
    f_divergence(Generator::ChiSquared, p, q)
}

/// `D_α(p‖q) = (Σ p^α q^(1−α) − 1)/α(α − 1)`; KL(p‖q) at α = 1, KL(q‖p) at α = 0.
#[must_use]
pub fn alpha_divergence(alpha: f64, p: &[f64], q: &[f64]) -> f64 {
    if alpha.is_finite() { f_divergence(Generator::Alpha(alpha), p, q) } else { f64::NAN }
}

/// The f-divergence Σ q f(p/q) + f(0) Q(p = 0) + f′(∞) P(q = 0) of any generator.
#[must_use]
pub fn f_divergence(generator: Generator, p: &[f64], q: &[f64]) -> f64 {
    if p.len() != q.len() {
        return f64::NAN;
    }
    let mut sum = Sum::default();
    for (&p, &q) in p.iter().zip(q) {
        sum.add(generator, p, q);
    }
    sum.total(generator)
}

/// The entropy −Σ p log p, in nats.
#[must_use]
pub fn entropy(p: &[f64]) -> f64 {
    entropy_of(&mut p.iter().copied())
}

pub(super) fn entropy_of(p: &mut dyn Iterator<Item = f64>) -> f64 {
    // Adding 0 makes the entropy of a certainty 0 rather than −0.
    p.map(|p| if p == 0.0 { 0.0 } else { -p * p.ln() }).sum::<f64>() + 0.0
}

/// The cross-entropy −Σ p log q, in nats; ∞ where p > 0 = q.
#[must_use]
pub fn cross_entropy(p: &[f64], q: &[f64]) -> f64 {
    if p.len() != q.len() {
        return f64::NAN;
    }
    p.iter().zip(q).map(|(&p, &q)| if p == 0.0 { 0.0 * q } else { -p * q.ln() }).sum::<f64>() + 0.0
}

/// A sum over categories that keeps apart the mass where the other array has none.
#[derive(Default)]
struct Sum {
    common: f64,
    overlap: bool,
    p_alone: f64,
    q_alone: f64,
}

impl Sum {
    fn add(&mut self, generator: Generator, p: f64, q: f64) {
        if p > 0.0 && q > 0.0 {
            self.common += generator.at(&Likelihoods::of_masses(p, q));
            self.overlap = true;
        } else if p >= 0.0 && q >= 0.0 {
            self.p_alone += p;
            self.q_alone += q;
        } else {
            self.common = f64::NAN;
        }
    }

    fn total(&self, generator: Generator) -> f64 {
        // Rounding of the sums must not blur a complete separation.
        let snap = |mass: f64| if !self.overlap && (mass - 1.0).abs() < 1e-12 { 1.0 } else { mass };
        let cost = |price: f64, mass: f64| if mass > 0.0 { price * snap(mass) } else { 0.0 };
        self.common
            + cost(generator.at_zero(), self.q_alone)
            + cost(generator.slope_at_infinity(), self.p_alone)
    }
}

#[cfg(test)]
mod tests;
