//! What a fit makes small.

use crate::divergence::Divergence;

/// A function of target and model that a fit makes small.
///
/// Any [`Divergence`] converts into it.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Objective, Target};
///
/// let target = Target::new(&[(1.0, 0.0, 1.0)])?;
/// let q = Gaussian::new(3.0, 1.0)?;
/// assert_eq!(target.evaluate(Divergence::Wasserstein(2.0), q).value, 3.0);
/// assert_eq!(target.evaluate(Objective::TransportCost(2.0), q).value, 9.0);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// A divergence itself.
    Divergence(Divergence),
    /// The p-th power of the Wasserstein distance of order p ≥ 1, the least mean cost |x − y|^p; smooth at 0 where
    /// the distance has a kink.
    TransportCost(f64),
}

impl Objective {
    /// The objective that a search works with: that of a root is what stands under the root, which is smooth at 0, and
    /// any other is itself. The flag says whether a root was left out.
    pub(super) fn without_root(self) -> (Self, bool) {
        match self {
            Self::Divergence(Divergence::JensenShannonDistance) => (Divergence::JensenShannon.into(), true),
            Self::Divergence(Divergence::Hellinger) => (Divergence::HellingerSquared.into(), true),
            _ => (self, false),
        }
    }

    /// Whether it is the Wasserstein distance of order ∞, a supremum instead of a sum.
    pub(super) fn is_supremum(self) -> bool {
        matches!(
            self,
            Self::Divergence(Divergence::WassersteinInfinity | Divergence::Wasserstein(f64::INFINITY))
        )
    }
}

impl From<Divergence> for Objective {
    fn from(divergence: Divergence) -> Self {
        Self::Divergence(divergence)
    }
}
