//! What a fit makes small.

use crate::divergence::Divergence;

/// A function of target and model that a fit makes small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// A divergence itself.
    Divergence(Divergence),
    /// The p-th power of the Wasserstein distance of order p ≥ 1, the least mean cost |x − y|^p; smooth at 0 where
    /// the distance has a kink.
    TransportCost(f64),
}

impl From<Divergence> for Objective {
    fn from(divergence: Divergence) -> Self {
        Self::Divergence(divergence)
    }
}
