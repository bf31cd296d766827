//! The Laplace distribution.

use super::error::{self, Error};
use crate::numeric::simd::splat;
use wide::f64x2;

/// A Laplace distribution, with density e^(−|x − m|/b) / 2b.
///
/// Its variance is 2b².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laplace {
    location: f64,
    scale: f64,
    /// −log 2b.
    log_peak: f64,
}

impl Laplace {
    /// The Laplace distribution centred at `location` m with mean absolute deviation `scale` b.
    ///
    /// # Errors
    ///
    /// If `location` is not finite, or `scale` is not finite and above 0.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        let (location, scale) = (error::finite("location", location)?, error::positive("scale", scale)?);
        Ok(Self { location, scale, log_peak: -scale.ln() - core::f64::consts::LN_2 })
    }

    /// The centre m: mean, median and mode.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// The scale b: the mean absolute deviation.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The mean m.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.location
    }

    /// The variance 2b².
    #[must_use]
    pub fn variance(&self) -> f64 {
        2.0 * self.scale * self.scale
    }

    /// Natural logarithm of the density at `x`.
    #[must_use]
    #[inline]
    pub fn log_density(&self, x: f64) -> f64 {
        self.log_peak - ((x - self.location) / self.scale).abs()
    }

    /// `log_density` at two points.
    #[inline(always)]
    pub(super) fn log_density_pair(&self, x: f64x2) -> f64x2 {
        splat(self.log_peak) - ((x - splat(self.location)) / splat(self.scale)).abs()
    }

    /// The density at `x`.
    #[must_use]
    #[inline]
    pub fn density(&self, x: f64) -> f64 {
        self.log_density(x).exp()
    }

    /// P(X ≤ x), relatively accurate in the lower tail.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        standard_cdf((x - self.location) / self.scale)
    }

    /// P(X > x), relatively accurate in the upper tail.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        standard_cdf((self.location - x) / self.scale)
    }

    /// The point below which a share `u` of the mass lies; ∓∞ at 0 and 1, NaN outside [0, 1].
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        self.location + self.scale * standard_quantile(u)
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        self.location - self.scale * standard_quantile(v)
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        Self::new(self.location * factor + shift, self.scale * factor.abs())
    }
}

fn standard_cdf(z: f64) -> f64 {
    if z <= 0.0 { 0.5 * libm::exp(z) } else { 1.0 - 0.5 * libm::exp(-z) }
}

/// The logarithm makes the ends ∓∞, and NaN of everything outside [0, 1].
fn standard_quantile(u: f64) -> f64 {
    if u <= 0.5 { libm::log(2.0 * u) } else { -libm::log(2.0 * (1.0 - u)) }
}
