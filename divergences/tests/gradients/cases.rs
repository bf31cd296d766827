//! Divergences and targets that several tests share.

use divergences::divergence::Divergence;

pub(crate) const SMOOTH: [Divergence; 14] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::HellingerSquared,
    Divergence::Hellinger,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(0.3),
    Divergence::Alpha(0.95),
    Divergence::Alpha(0.04),
    Divergence::Alpha(1.5),
    Divergence::Alpha(-0.4),
];

/// A small generator of test cases. It is an LCG, whose quality suffices here.
pub(crate) struct Cases(pub(crate) u64);

impl Cases {
    pub(crate) fn uniform(&mut self, from: f64, to: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (to - from) * ((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }

    pub(crate) fn components(&mut self, count: usize) -> Vec<(f64, f64, f64)> {
        (0..count)
            .map(|_| (self.uniform(0.05, 1.0), self.uniform(-5.0, 5.0), self.uniform(-1.6, 0.9).exp()))
            .collect()
    }
}

/// Divergences that the general gradient and the fitted target's must agree on.
pub(crate) const ALL: [Divergence; 16] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::TotalVariation,
    Divergence::HellingerSquared,
    Divergence::Hellinger,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(0.3),
    Divergence::Alpha(-0.4),
    Divergence::Wasserstein(1.0),
    Divergence::Wasserstein(1.5),
    Divergence::Wasserstein(2.0),
    Divergence::Wasserstein(3.0),
];
