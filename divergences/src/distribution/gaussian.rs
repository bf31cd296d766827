//! The normal distribution.

use super::error::{self, Error};
use crate::numeric::simd::splat;
use crate::numeric::special::{HALF_LOG_TWO_PI, normal_cdf, normal_quantile, normal_survival};
use wide::f64x2;

/// A normal distribution N(μ, σ²), given by its mean μ and its standard deviation σ (not its variance).
///
/// Its density is e^(−(x − μ)²/2σ²) / σ√(2π).
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
    /// ```
    /// use divergences::distribution::{Error, Gaussian};
    ///
    /// assert_eq!(Gaussian::new(1.0, 2.0)?.variance(), 4.0);
    /// assert_eq!(Gaussian::new(1.0, 0.0), Err(Error::NotPositive { parameter: "sd", value: 0.0 }));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `mean` is not finite, or `sd` is not finite and above 0.
    pub fn new(mean: f64, sd: f64) -> Result<Self, Error> {
        let (mean, sd) = (error::finite("mean", mean)?, error::positive("sd", sd)?);
        Ok(Self { mean, sd, log_peak: -sd.ln() - HALF_LOG_TWO_PI })
    }

    /// The mean μ.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// assert_eq!(Gaussian::new(1.0, 2.0)?.mean(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The standard deviation σ.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// assert_eq!(Gaussian::new(1.0, 2.0)?.sd(), 2.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// The variance σ².
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// assert_eq!(Gaussian::new(1.0, 2.0)?.variance(), 4.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    /// Natural logarithm of the density at `x`: −(x − μ)²/2σ² − log σ√(2π).
    ///
    /// It does not underflow where the density does. −∞ at ±∞.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// let standard = Gaussian::new(0.0, 1.0)?;
    /// assert_eq!(standard.density(40.0), 0.0);
    /// assert!((standard.log_density(40.0) + 800.918_938_533_204_7).abs() < 1e-12);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
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

    /// The density e^(−(x − μ)²/2σ²) / σ√(2π) at `x`, per unit of length.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// assert!((Gaussian::new(0.0, 1.0)?.density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn density(&self, x: f64) -> f64 {
        self.log_density(x).exp()
    }

    /// P(X ≤ x) = Φ((x − μ)/σ), to 4e-15 of itself, however small it is.
    ///
    /// 0 at −∞, 1 at ∞. The small tail comes from `libm`'s `erfc` and beyond 5σ from the Mills ratio.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// let p = Gaussian::new(0.0, 1.0)?.cdf(-10.0);
    /// assert!((p / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-14);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        normal_cdf((x - self.mean) / self.sd)
    }

    /// P(X > x) = 1 − cdf(x), to 2e-14 of itself, however small it is.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// let standard = Gaussian::new(0.0, 1.0)?;
    /// assert_eq!(standard.survival(10.0), standard.cdf(-10.0));
    /// assert_eq!(1.0 - standard.cdf(10.0), 0.0); // where the subtraction loses everything
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        normal_survival((x - self.mean) / self.sd)
    }

    /// The point μ + σ Φ⁻¹(u) below which a share `u` of the mass lies; ∓∞ at 0 and 1, NaN outside [0, 1].
    ///
    /// To a few units in the last place, by Wichura's algorithm AS 241 (Applied Statistics 37, 1988).
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// let standard = Gaussian::new(0.0, 1.0)?;
    /// assert!((standard.quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
    /// assert_eq!(standard.quantile(1.0), f64::INFINITY);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        self.mean + self.sd * standard_quantile(u)
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::Gaussian;
    /// let standard = Gaussian::new(0.0, 1.0)?;
    /// assert_eq!(standard.upper_quantile(1e-20), -standard.quantile(1e-20));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
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
