//! The Laplace distribution.

use super::error::{self, Error};
use crate::numeric::simd::splat;
use wide::f64x2;

/// A Laplace distribution, with density e^(−|x − m|/b) / 2b: centre m, mean absolute deviation b.
///
/// Its variance is 2b².
///
/// ```
/// use divergences::distribution::Laplace;
///
/// let p = Laplace::new(1.0, 0.5)?;
/// assert_eq!((p.mean(), p.variance()), (1.0, 0.5));
/// assert_eq!(p.density(1.0), 1.0);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
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
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.location(), 1.0);
    /// assert!(Laplace::new(f64::NAN, 1.0).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `location` is not finite, or `scale` is not finite and above 0.
    pub fn new(location: f64, scale: f64) -> Result<Self, Error> {
        let (location, scale) = (error::finite("location", location)?, error::positive("scale", scale)?);
        Ok(Self { location, scale, log_peak: -scale.ln() - core::f64::consts::LN_2 })
    }

    /// The centre m: mean, median and mode.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.location(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// The scale b: the mean absolute deviation.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.scale(), 0.5);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The mean m.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.mean(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.location
    }

    /// The variance 2b².
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.variance(), 0.5);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        2.0 * self.scale * self.scale
    }

    /// Natural logarithm of the density at `x`: −|x − m|/b − log 2b.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.log_density(3.0), -4.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
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

    /// The density e^(−|x − m|/b) / 2b at `x`, per unit of length.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// assert_eq!(Laplace::new(1.0, 0.5)?.density(3.0), (-4_f64).exp());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn density(&self, x: f64) -> f64 {
        self.log_density(x).exp()
    }

    /// P(X ≤ x), e^((x − m)/b)/2 below the centre, to 4e-15 of itself, however small it is.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// let p = Laplace::new(1.0, 0.5)?;
    /// assert_eq!(p.cdf(1.0), 0.5);
    /// assert!((p.cdf(-99.0) / (0.5 * (-200_f64).exp()) - 1.0).abs() < 1e-14);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        standard_cdf((x - self.location) / self.scale)
    }

    /// P(X > x) = 1 − cdf(x), to a few units in the last place, however small it is.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// let p = Laplace::new(1.0, 0.5)?;
    /// assert_eq!(p.survival(101.0), p.cdf(-99.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        standard_cdf((self.location - x) / self.scale)
    }

    /// The point below which a share `u` of the mass lies, m + b log 2u up to the centre; ∓∞ at 0 and 1, NaN outside [0, 1].
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// let p = Laplace::new(1.0, 0.5)?;
    /// assert_eq!(p.quantile(0.5), 1.0);
    /// assert_eq!(p.quantile(0.0), f64::NEG_INFINITY);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        self.location + self.scale * standard_quantile(u)
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::Laplace;
    /// let p = Laplace::new(0.0, 1.0)?;
    /// assert_eq!(p.upper_quantile(1e-30), -p.quantile(1e-30));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
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

/// The quantile at location 0 and scale 1. The logarithm makes the ends ∓∞, and everything outside [0, 1]
/// NaN.
fn standard_quantile(u: f64) -> f64 {
    if u <= 0.5 { libm::log(2.0 * u) } else { -libm::log(2.0 * (1.0 - u)) }
}
