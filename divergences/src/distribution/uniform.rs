//! The uniform distribution.

use super::error::{self, Error};
use crate::order::clamp;

/// The uniform distribution on an interval, its ends included.
///
/// ```
/// use divergences::distribution::Uniform;
///
/// let p = Uniform::new(1.0, 3.0)?;
/// assert_eq!((p.mean(), p.density(1.0), p.density(0.999)), (2.0, 0.5, 0.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    lower: f64,
    upper: f64,
}

impl Uniform {
    /// The uniform distribution on [`lower`, `upper`].
    ///
    /// ```
    /// # use divergences::distribution::{Error, Uniform};
    /// assert_eq!(Uniform::new(1.0, 3.0)?.width(), 2.0);
    /// assert_eq!(Uniform::new(3.0, 1.0), Err(Error::NotIncreasing { lower: 3.0, upper: 1.0 }));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a bound or the width is not finite, or `lower` is not below `upper`.
    pub fn new(lower: f64, upper: f64) -> Result<Self, Error> {
        let (lower, upper) = (error::finite("lower", lower)?, error::finite("upper", upper)?);
        if lower >= upper {
            return Err(Error::NotIncreasing { lower, upper });
        }
        error::finite("width", upper - lower)?;
        Ok(Self { lower, upper })
    }

    /// The lower end.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.lower(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// The upper end.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.upper(), 3.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper(&self) -> f64 {
        self.upper
    }

    /// The width, `upper` − `lower`.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.width(), 2.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }

    /// The mean, halfway between the ends.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.mean(), 2.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.lower + 0.5 * self.width()
    }

    /// The variance, width²/12.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(0.0, 6.0)?.variance(), 3.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.width() * self.width() / 12.0
    }

    /// Natural logarithm of the density at `x`: −log(width) on the closed interval, −∞ outside.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// let p = Uniform::new(0.0, 1.0)?;
    /// assert_eq!((p.log_density(0.5), p.log_density(2.0)), (0.0, f64::NEG_INFINITY));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        self.density(x).ln()
    }

    /// The density at `x`: 1/width on the closed interval, 0 outside, NaN at NaN.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// let p = Uniform::new(1.0, 3.0)?;
    /// assert_eq!((p.density(3.0), p.density(3.1)), (0.5, 0.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        if x.is_nan() {
            x
        } else if x >= self.lower && x <= self.upper {
            1.0 / self.width()
        } else {
            0.0
        }
    }

    /// P(X ≤ x) = (x − lower)/width, at least 0 and at most 1.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// let p = Uniform::new(1.0, 3.0)?;
    /// assert_eq!((p.cdf(1.5), p.cdf(9.0)), (0.25, 1.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        clamp((x - self.lower) / self.width(), 0.0, 1.0)
    }

    /// P(X > x) = (upper − x)/width, at least 0 and at most 1.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.survival(1.5), 0.75);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        clamp((self.upper - x) / self.width(), 0.0, 1.0)
    }

    /// The point below which a share `u` of the mass lies, lower + u · width; the ends at 0 and 1, NaN outside [0, 1].
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// let p = Uniform::new(1.0, 3.0)?;
    /// assert_eq!((p.quantile(0.25), p.quantile(1.0)), (1.5, 3.0));
    /// assert!(p.quantile(1.5).is_nan());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        if (0.0..=0.5).contains(&u) {
            self.lower + u * self.width()
        } else if u > 0.5 && u <= 1.0 {
            self.upper - (1.0 - u) * self.width()
        } else {
            f64::NAN
        }
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::Uniform;
    /// assert_eq!(Uniform::new(1.0, 3.0)?.upper_quantile(0.25), 2.5);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        if (0.0..=0.5).contains(&v) {
            self.upper - v * self.width()
        } else if v > 0.5 && v <= 1.0 {
            self.lower + (1.0 - v) * self.width()
        } else {
            f64::NAN
        }
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        let (a, b) = (self.lower * factor + shift, self.upper * factor + shift);
        Self::new(a.min(b), a.max(b))
    }
}
