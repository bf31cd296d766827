//! The normal distribution.

use super::error::{self, Error};
use crate::numeric::simd::splat;
use crate::numeric::special::{HALF_LOG_TWO_PI, normal_cdf, normal_quantile, normal_survival};
use wide::f64x2;

/// A normal distribution N(μ, σ²), given by its mean μ and its standard deviation σ.
///
/// ```
/// use divergences::distribution::Gaussian;
///
/// let standard = Gaussian::new(0.0, 1.0)?;
/// assert_eq!(standard.cdf(0.0), 0.5);
/// assert!(Gaussian::new(0.0, -1.0).is_err());
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    mean: f64,
    sd: f64,
    /// −log σ − ½ log 2π.
    log_peak: f64,
}

impl Gaussian {
    /// The normal distribution with mean `mean` and standard deviation (not variance) `sd`.
    ///
    /// # Errors
    ///
    /// If `mean` is not finite, or `sd` is not finite and above 0.
    pub fn new(mean: f64, sd: f64) -> Result<Self, Error> {
        let (mean, sd) = (error::finite("mean", mean)?, error::positive("sd", sd)?);
        Ok(Self { mean, sd, log_peak: -sd.ln() - HALF_LOG_TWO_PI })
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

    /// The variance σ².
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    /// Natural logarithm of the density at `x`: −(x − μ)²/2σ² − log σ√(2π).
    #[must_use]
    #[inline]
    pub fn log_density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.sd;
        self.log_peak - 0.5 * z * z
    }

    /// `log_density` at two points.
    #[inline(always)]
    pub(crate) fn log_density_pair(&self, x: f64x2) -> f64x2 {
        let z = (x - splat(self.mean)) / splat(self.sd);
        splat(self.log_peak) - splat(0.5) * z * z
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
        normal_cdf((x - self.mean) / self.sd)
    }

    /// P(X > x), relatively accurate in the upper tail.
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        normal_survival((x - self.mean) / self.sd)
    }

    /// The point below which a share `u` of the mass lies; ∓∞ at 0 and 1, NaN outside [0, 1].
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * standard_quantile(u)
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        self.mean - self.sd * standard_quantile(v)
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        Self::new(self.mean * factor + shift, self.sd * factor.abs())
    }
}

fn standard_quantile(u: f64) -> f64 {
    if u > 0.0 && u < 1.0 {
        normal_quantile(u)
    } else if u == 0.0 {
        f64::NEG_INFINITY
    } else if u == 1.0 {
        f64::INFINITY
    } else {
        f64::NAN
    }
}
