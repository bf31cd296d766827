//! A divergence between a target and a Gaussian, with its gradient.

use super::slope::Slope;
use super::smooth::{Expansion, Kernel};
use super::target::Target;
use crate::distribution::Gaussian;
use crate::divergence::Divergence;

/// A divergence's value and its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    /// The divergence; +∞ where it is infinite.
    pub value: f64,
    /// ∂/∂μ and ∂/∂log σ.
    pub gradient: [Slope; 2],
}

impl Target {
    /// The divergence from this target p to the model q, and its gradient in (μ, log σ).
    ///
    /// Values and gradients are right to 1e-9. Where the divergence is infinite its slopes are
    /// [`Slope::Undefined`]; where a distance (√JS, Hellinger, W) is 0 it has a [`Slope::Kink`], as |x| has.
    /// An α that is NaN or infinite, or a Wasserstein order that is NaN or below 1, gives NaN and undefined slopes.
    #[must_use]
    pub fn evaluate(&self, divergence: Divergence, q: Gaussian) -> Evaluation {
        let root = match divergence {
            Divergence::JensenShannonDistance => Some(Divergence::JensenShannon),
            Divergence::Hellinger => Some(Divergence::HellingerSquared),
            _ => None,
        };
        let expansion = self.expand(root.unwrap_or(divergence), q, false);
        if root.is_none() {
            return Evaluation { value: expansion.value, gradient: expansion.gradient.map(Slope::from_f64) };
        }
        if expansion.value > 0.0 {
            let expansion = expansion.power(0.5);
            return Evaluation { value: expansion.value, gradient: expansion.gradient.map(Slope::from_f64) };
        }
        // At 0 the square grows like ½ x² times its curvature, and the root like |x|.
        let hessian = self.expand(root.unwrap_or(divergence), q, true).hessian;
        let slopes = [hessian[0], hessian[2]].map(|h| (0.5 * h).max(0.0).sqrt());
        Evaluation { value: 0.0, gradient: slopes.map(|slope| Slope::Kink { left: -slope, right: slope }) }
    }

    /// The divergence to second order; the Hessian only if `curved`. NaN stands for what is undefined.
    pub(super) fn expand(&self, divergence: Divergence, q: Gaussian, curved: bool) -> Expansion {
        match divergence {
            Divergence::ForwardKl => self.forward_kl(q),
            Divergence::ReverseKl => self.smooth(Kernel::ReverseKl, q, curved),
            Divergence::Jeffreys => self.forward_kl(q).plus(self.smooth(Kernel::ReverseKl, q, curved)),
            Divergence::JensenShannon => self.smooth(Kernel::JensenShannon, q, curved),
            Divergence::JensenShannonDistance => self.smooth(Kernel::JensenShannon, q, curved).power(0.5),
            Divergence::HellingerSquared => self.smooth(Kernel::Alpha(0.5), q, curved).scaled(0.25),
            Divergence::Hellinger => self.smooth(Kernel::Alpha(0.5), q, curved).scaled(0.25).power(0.5),
            Divergence::ChiSquared => self.smooth(Kernel::Alpha(2.0), q, curved).scaled(2.0),
            Divergence::ReverseChiSquared => self.smooth(Kernel::Alpha(-1.0), q, curved).scaled(2.0),
            Divergence::Alpha(0.0) => self.smooth(Kernel::ReverseKl, q, curved),
            Divergence::Alpha(1.0) => self.forward_kl(q),
            Divergence::Alpha(alpha) if alpha.is_finite() => self.smooth(Kernel::Alpha(alpha), q, curved),
            _ => Expansion { value: f64::NAN, gradient: [f64::NAN; 2], hessian: [f64::NAN; 3] },
        }
    }
}
