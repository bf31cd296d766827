//! Probability distributions on the line, and on finitely many categories.

mod error;
mod gaussian;
mod mixture;

pub use error::Error;
pub use gaussian::Gaussian;
pub use mixture::Mixture;

/// Any distribution on the line.
///
/// The concrete types carry the mathematics; this closed set lets a mixture hold any of them and a divergence
/// compare any two.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Distribution {
    /// A normal distribution.
    Gaussian(Gaussian),
    /// A finite mixture.
    Mixture(Mixture),
}

impl From<Gaussian> for Distribution {
    fn from(gaussian: Gaussian) -> Self {
        Self::Gaussian(gaussian)
    }
}

impl From<Mixture> for Distribution {
    fn from(mixture: Mixture) -> Self {
        Self::Mixture(mixture)
    }
}

impl Distribution {
    /// Natural logarithm of the density at `x`; −∞ where the density is 0.
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        match self {
            Self::Gaussian(gaussian) => gaussian.log_density(x),
            Self::Mixture(mixture) => mixture.log_density(x),
        }
    }
}
