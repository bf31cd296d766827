//! The normal distribution.

use super::error::{self, Error};

/// ½ log 2π.
const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// A normal distribution N(μ, σ²), given by its mean μ and its standard deviation σ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    mean: f64,
    sd: f64,
}

impl Gaussian {
    /// The normal distribution with mean `mean` and standard deviation (not variance) `sd`.
    ///
    /// # Errors
    ///
    /// If `mean` is not finite, or `sd` is not finite and above 0.
    pub fn new(mean: f64, sd: f64) -> Result<Self, Error> {
        Ok(Self { mean: error::finite("mean", mean)?, sd: error::positive("sd", sd)? })
    }

    /// The mean μ.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation σ.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// Natural logarithm of the density at `x`.
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        -0.5 * z * z - self.sd.ln() - HALF_LOG_TWO_PI
    }

    /// The density at `x`.
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        self.log_density(x).exp()
    }
}
