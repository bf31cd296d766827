//! The f-divergences of distributions on the line, by name.

use super::gaussian;
use super::generator::Generator;
use crate::distribution::Distribution;
use crate::pair::Pair;

/// The f-divergence of any generator between distributions on the line.
#[must_use]
pub fn f_divergence(generator: Generator, p: &Distribution, q: &Distribution) -> f64 {
    if let Generator::Alpha(alpha) = generator
        && !alpha.is_finite()
    {
        return f64::NAN;
    }
    closed_form(generator, p, q).unwrap_or_else(|| bounded(generator, Pair::of(p, q).f_divergence(generator)))
}

/// KL(p‖q) = ∫ p log p/q, in nats.
#[must_use]
pub fn kullback_leibler(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::KullbackLeibler, p, q)
}

/// KL(p‖q) + KL(q‖p), in nats.
#[must_use]
pub fn jeffreys(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::Jeffreys, p, q)
}

/// The Jensen–Shannon divergence ½ KL(p‖m) + ½ KL(q‖m), m = (p + q)/2, in nats: at most log 2.
#[must_use]
pub fn jensen_shannon(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::JensenShannon, p, q)
}

/// The total variation sup |P(A) − Q(A)| = ½ ∫ |p − q|: at most 1.
#[must_use]
pub fn total_variation(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::TotalVariation, p, q)
}

/// The squared Hellinger distance 1 − ∫ √(pq): at most 1.
#[must_use]
pub fn hellinger_squared(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::HellingerSquared, p, q)
}

/// χ²(p‖q) = ∫ p²/q − 1.
#[must_use]
pub fn chi_squared(p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::ChiSquared, p, q)
}

/// `D_α(p‖q) = (∫ p^α q^(1−α) − 1)/α(α − 1)`; KL(p‖q) at α = 1, KL(q‖p) at α = 0; NaN unless α is finite.
///
/// Amari, Differential-geometrical methods in statistics (1985), in the parametrisation of Zhu and Rohwer.
#[must_use]
pub fn alpha_divergence(alpha: f64, p: &Distribution, q: &Distribution) -> f64 {
    f_divergence(Generator::Alpha(alpha), p, q)
}

/// The value where it is known without quadrature.
pub(super) fn closed_form(generator: Generator, p: &Distribution, q: &Distribution) -> Option<f64> {
    if p == q {
        return Some(0.0);
    }
    let (Distribution::Gaussian(p), Distribution::Gaussian(q)) = (p, q) else { return None };
    Some(match generator {
        Generator::KullbackLeibler | Generator::Alpha(1.0) => gaussian::kullback_leibler(p, q),
        Generator::ReverseKullbackLeibler | Generator::Alpha(0.0) => gaussian::kullback_leibler(q, p),
        Generator::Jeffreys => gaussian::kullback_leibler(p, q) + gaussian::kullback_leibler(q, p),
        Generator::HellingerSquared => gaussian::alpha(p, q, 0.5) / 4.0,
        Generator::ChiSquared => 2.0 * gaussian::alpha(p, q, 2.0),
        Generator::ReverseChiSquared => 2.0 * gaussian::alpha(q, p, 2.0),
        Generator::Alpha(alpha) => gaussian::alpha(p, q, alpha),
        Generator::TotalVariation if p.sd() == q.sd() => gaussian::total_variation_of_equal_sds(p, q),
        Generator::TotalVariation | Generator::JensenShannon => return None,
    })
}

/// `value`, which quadrature may have put a rounding error above the divergence's bound.
pub(super) fn bounded(generator: Generator, value: f64) -> f64 {
    let bound = generator.at_zero() + generator.slope_at_infinity();
    if value > bound && value <= bound * (1.0 + 1e-12) { bound } else { value }
}
