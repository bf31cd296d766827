//! One of the two distributions of a coupling, with quick masses where it is a mixture of Gaussians.

use crate::distribution::Distribution;
use crate::distribution::normals::Normals;
use crate::numeric::simd::splat;

/// One of the two distributions.
pub(super) struct Margin<'a> {
    pub(super) distribution: &'a Distribution,
    pub(super) normals: Option<Normals>,
}

impl<'a> Margin<'a> {
    pub(super) fn new(distribution: &'a Distribution) -> Self {
        Self { distribution, normals: Normals::of(distribution) }
    }

    /// Whether the quantile needs no long search, and is analytic inside (0, 1).
    pub(super) fn is_quick(&self) -> bool {
        match self.distribution {
            Distribution::Gaussian(_) => true,
            Distribution::Truncated(d) if matches!(d.base(), Distribution::Gaussian(_)) => true,
            other => other.is_flat(),
        }
    }

    /// The masses up to and beyond `x`.
    pub(super) fn masses(&self, x: f64) -> (f64, f64) {
        let Some(normals) = &self.normals else {
            return (self.distribution.cdf(x), self.distribution.survival(x));
        };
        if x.is_infinite() {
            return if x < 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
        }
        let m = normals.at(splat(x));
        (m.below.to_array()[0], m.above.to_array()[0])
    }

    pub(super) fn at(&self, x: f64) -> Mass {
        if let Some(normals) = &self.normals {
            let m = normals.at(splat(x));
            let [below, above, density] = [m.below, m.above, m.density].map(|pair| pair.to_array()[0]);
            return Mass { below, above, density };
        }
        let d = self.distribution;
        let below = d.cdf(x);
        // Only the lesser of the two loses digits.
        let above = if below > 0.5 { d.survival(x) } else { 1.0 - below };
        Mass { below, above, density: d.density(x) }
    }
}

/// The mass on both sides of a point, and the density there.
pub(super) struct Mass {
    pub(super) below: f64,
    pub(super) above: f64,
    pub(super) density: f64,
}
