//! Truncations: a distribution given that it falls between two bounds.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

use super::{Distribution, Error, Gaussian, Laplace, Uniform};
use crate::numeric::mass_root::mass_root;
use crate::numeric::quadrature::{gauss, integrate};
use crate::numeric::simd::{exp, splat};
use crate::numeric::special::{HALF_LOG_TWO_PI, mills_ratio, normal_density};
use crate::order::clamp;
use wide::f64x2;

/// A Gaussian, a Laplace or a Uniform, given that it falls between two bounds: its density is that of the base divided
/// by the base's mass between them, and 0 outside.
///
/// Everything is relative to the base's density at the point of the interval where that is largest, so that a truncation
/// to a far tail is as accurate as any other.
///
/// ```
/// use divergences::distribution::{Gaussian, Truncated};
///
/// // A tail that holds 6e-16 of the base's mass.
/// let tail = Truncated::new(Gaussian::new(0.0, 1.0)?, 8.0, 9.0)?;
/// assert!((tail.mean() - 8.121_188_992_979_796).abs() < 1e-14);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truncated {
    base: Base,
    lower: f64,
    upper: f64,
    /// The point of the interval at which the base's density is largest, in the base's standard units.
    peak: f64,
    /// The base's mass between the bounds, in units of its density at the peak and of its scale.
    mass: f64,
    /// Logarithm of the density at the peak.
    log_peak: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Base {
    Gaussian(Gaussian),
    Laplace(Laplace),
    Uniform(Uniform),
}

impl Truncated {
    /// `base`, given that it falls in [`lower`, `upper`]; either bound may be infinite.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let half = Truncated::new(Gaussian::new(0.0, 1.0)?, 0.0, f64::INFINITY)?;
    /// assert!((half.mean() - (2.0 / std::f64::consts::PI).sqrt()).abs() < 1e-15);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `base` is neither a Gaussian, a Laplace nor a Uniform, a bound is NaN, `lower` is not below `upper`, or `base`
    /// has no mass between them (the mass may be too small for a floating-point number, but not 0).
    pub fn new(base: impl Into<Distribution>, lower: f64, upper: f64) -> Result<Self, Error> {
        let base = match base.into() {
            Distribution::Gaussian(base) => Base::Gaussian(base),
            Distribution::Laplace(base) => Base::Laplace(base),
            Distribution::Uniform(base) => Base::Uniform(base),
            _ => return Err(Error::NotTruncatable),
        };
        Self::of(base, lower, upper)
    }

    fn of(base: Base, lower: f64, upper: f64) -> Result<Self, Error> {
        for (parameter, value) in [("lower", lower), ("upper", upper)] {
            if value.is_nan() {
                return Err(Error::NotFinite { parameter, value });
            }
        }
        if lower >= upper {
            return Err(Error::NotIncreasing { lower, upper });
        }
        let (start, end) = match base {
            Base::Uniform(base) => (lower.max(base.lower()), upper.min(base.upper())),
            _ => (lower, upper),
        };
        let mut truncated = Self { base, lower: start, upper: end, peak: 0.0, mass: 1.0, log_peak: 0.0 };
        let (a, b) = (truncated.standardise(start), truncated.standardise(end));
        truncated.peak = if a > 0.0 { a } else { b.min(0.0) };
        truncated.mass = truncated.mass_between(start, end);
        truncated.log_peak = -(truncated.mass * truncated.scale()).ln();
        if start < end && truncated.peak.is_finite() && truncated.mass > 0.0 {
            Ok(truncated)
        } else {
            Err(Error::NoMass { lower, upper })
        }
    }

    /// The distribution before its truncation.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let whole = Gaussian::new(0.0, 1.0)?;
    /// assert_eq!(Truncated::new(whole, -1.0, 1.0)?.base(), whole.into());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn base(&self) -> Distribution {
        match self.base {
            Base::Gaussian(base) => base.into(),
            Base::Laplace(base) => base.into(),
            Base::Uniform(base) => base.into(),
        }
    }

    /// The lower end, which may be −∞; that of the base if the bound lay below it.
    ///
    /// ```
    /// # use divergences::distribution::{Truncated, Uniform};
    /// assert_eq!(Truncated::new(Uniform::new(0.0, 4.0)?, -1.0, 1.0)?.lower(), 0.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// The upper end, which may be ∞; that of the base if the bound lay above it.
    ///
    /// ```
    /// # use divergences::distribution::{Truncated, Uniform};
    /// assert_eq!(Truncated::new(Uniform::new(0.0, 4.0)?, -1.0, 1.0)?.upper(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper(&self) -> f64 {
        self.upper
    }

    fn location(&self) -> f64 {
        match self.base {
            Base::Gaussian(base) => base.mean(),
            Base::Laplace(base) => base.location(),
            Base::Uniform(base) => base.lower(),
        }
    }

    fn scale(&self) -> f64 {
        match self.base {
            Base::Gaussian(base) => base.sd(),
            Base::Laplace(base) => base.scale(),
            Base::Uniform(base) => base.width(),
        }
    }

    fn standardise(&self, x: f64) -> f64 {
        (x - self.location()) / self.scale()
    }

    /// Logarithm of the base's density at `z`, in standard units, relative to that at the peak.
    fn log_kernel(&self, z: f64) -> f64 {
        let c = self.peak;
        match self.base {
            Base::Gaussian(_) => -0.5 * (z - c) * (z + c),
            Base::Laplace(_) => c.abs() - z.abs(),
            Base::Uniform(_) => 0.0,
        }
    }

    /// The base's mass between two points of the line, in units of its density at the peak and of its scale.
    fn mass_between(&self, from: f64, to: f64) -> f64 {
        let (a, b) = (self.standardise(from), self.standardise(to));
        // Not b − a: far from the base's centre that would lose digits.
        let width = (to - from) / self.scale();
        if b <= 0.0 {
            // The kernels are even.
            self.mass_above_zero(-b, width)
        } else if a >= 0.0 {
            self.mass_above_zero(a, width)
        } else {
            self.mass_above_zero(0.0, -a) + self.mass_above_zero(0.0, b)
        }
    }

    /// The integral of the kernel from `a` ≥ 0 to `a` + `width`, in standard units.
    fn mass_above_zero(&self, a: f64, width: f64) -> f64 {
        if width <= 0.0 {
            return 0.0;
        }
        match self.base {
            Base::Uniform(_) => width,
            Base::Laplace(_) => self.log_kernel(a).exp() * -libm::expm1(-width),
            Base::Gaussian(_) => {
                if a == 0.0 {
                    // √(π/2) erf(width/√2), which has nothing to cancel.
                    return 0.5 * TAU.sqrt() * libm::erf(width * FRAC_1_SQRT_2);
                }
                let fall = width * (a + 0.5 * width);
                if fall < 1.0 {
                    // The two tails are nearly equal, so that their difference would lose digits. The kernel
                    // falls by e^−1 at most there: ten nodes leave 1e-17.
                    let kernel = |t| exp(splat(-0.5) * t * (splat(2.0 * a) + t));
                    return self.log_kernel(a).exp() * gauss(0.0, width, &kernel);
                }
                let beyond = if width.is_finite() { mills_ratio(a + width) * (-fall).exp() } else { 0.0 };
                self.log_kernel(a).exp() * (mills_ratio(a) - beyond)
            }
        }
    }

    /// Natural logarithm of the density at `x`: the base's, less the logarithm of its mass between the bounds; −∞ outside.
    ///
    /// To 2e-15 of itself, however far out the bounds lie.
    ///
    /// ```
    /// # use divergences::distribution::{Laplace, Truncated};
    /// let p = Truncated::new(Laplace::new(0.0, 1.0)?, 700.0, f64::INFINITY)?;
    /// assert_eq!((p.log_density(701.0), p.log_density(699.0)), (-1.0, f64::NEG_INFINITY));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        if x < self.lower || x > self.upper {
            return f64::NEG_INFINITY;
        }
        self.log_kernel(self.standardise(x)) + self.log_peak
    }

    /// `log_density` at two points.
    pub(crate) fn log_density_pair(&self, x: f64x2) -> f64x2 {
        let z = (x - splat(self.location())) / splat(self.scale());
        let c = splat(self.peak);
        let log_kernel = match self.base {
            Base::Gaussian(_) => splat(-0.5) * (z - c) * (z + c),
            Base::Laplace(_) => c.abs() - z.abs(),
            Base::Uniform(_) => splat(0.0),
        };
        let outside = x.simd_lt(splat(self.lower)) | x.simd_gt(splat(self.upper));
        outside.select(splat(f64::NEG_INFINITY), log_kernel + splat(self.log_peak))
    }

    /// The density at `x`: the base's over its mass between the bounds; 0 outside.
    ///
    /// ```
    /// # use divergences::distribution::{Truncated, Uniform};
    /// let p = Truncated::new(Uniform::new(0.0, 4.0)?, 1.0, 3.0)?;
    /// assert_eq!((p.density(2.0), p.density(0.5)), (0.5, 0.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        if x < self.lower || x > self.upper {
            return 0.0;
        }
        self.log_kernel(self.standardise(x)).exp() / (self.mass * self.scale())
    }

    /// P(X ≤ x), to a few units in the last place in the lower tail; 0 below the bounds and 1 above.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let p = Truncated::new(Gaussian::new(0.0, 1.0)?, -1.0, 1.0)?;
    /// assert_eq!((p.cdf(-1.0), p.cdf(0.0), p.cdf(2.0)), (0.0, 0.5, 1.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= self.lower || x >= self.upper {
            return if x <= self.lower { 0.0 } else { 1.0 };
        }
        self.share(self.lower, x)
    }

    /// P(X > x) = 1 − cdf(x), to a few units in the last place in the upper tail.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let p = Truncated::new(Gaussian::new(0.0, 1.0)?, -1.0, 1.0)?;
    /// assert_eq!((p.survival(-1.0), p.survival(0.0), p.survival(2.0)), (1.0, 0.5, 0.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        if x <= self.lower || x >= self.upper {
            return if x <= self.lower { 1.0 } else { 0.0 };
        }
        self.share(x, self.upper)
    }

    fn share(&self, from: f64, to: f64) -> f64 {
        if from.is_nan() || to.is_nan() {
            f64::NAN
        } else {
            (self.mass_between(from, to) / self.mass).min(1.0)
        }
    }

    /// The point below which a share `u` of the mass lies; the bounds at 0 and 1, NaN outside [0, 1].
    ///
    /// By Newton's method on the logarithm of the mass in the nearer tail, to a few units in the last place, in about 0.1 µs.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let p = Truncated::new(Gaussian::new(0.0, 1.0)?, -1.0, 3.0)?;
    /// assert_eq!(p.quantile(0.0), -1.0);
    /// assert!((p.cdf(p.quantile(0.3)) - 0.3).abs() < 1e-15);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        if u > 0.5 && u <= 1.0 { self.solve(1.0 - u, true) } else { self.solve(u, false) }
    }

    /// The point above which a share `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Truncated};
    /// let p = Truncated::new(Gaussian::new(0.0, 1.0)?, -1.0, f64::INFINITY)?;
    /// assert_eq!(p.upper_quantile(0.0), f64::INFINITY);
    /// assert!((p.survival(p.upper_quantile(1e-30)) / 1e-30 - 1.0).abs() < 1e-12);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        if v > 0.5 && v <= 1.0 { self.solve(1.0 - v, false) } else { self.solve(v, true) }
    }

    /// The point that has the mass `u` ≤ ½ on its lower side, or with `upper_side` on its upper side.
    fn solve(&self, u: f64, upper_side: bool) -> f64 {
        if !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        if u == 0.0 {
            return if upper_side { self.upper } else { self.lower };
        }
        if self.is_flat() {
            let reach = u * (self.upper - self.lower);
            return if upper_side { self.upper - reach } else { self.lower + reach };
        }
        let (mut a, mut b) = self.standard_reach(700.0);
        (a, b) = (self.location() + self.scale() * a, self.location() + self.scale() * b);
        (a, b) = (a.max(self.lower), b.min(self.upper));
        let x = mass_root(a, b, self.guess(u, upper_side).unwrap_or(0.5 * (a + b)), &mut |x| {
            if upper_side {
                let survival = self.survival(x);
                ((u / survival).ln(), self.density(x) / survival)
            } else {
                let cdf = self.cdf(x);
                ((cdf / u).ln(), self.density(x) / cdf)
            }
        });
        clamp(x, self.lower, self.upper)
    }

    /// The quantile of a truncated Gaussian by way of its base, which loses digits in the base's tails.
    fn guess(&self, u: f64, upper_side: bool) -> Option<f64> {
        let Base::Gaussian(base) = self.base else { return None };
        let share = u * self.mass * normal_density(self.peak);
        Some(if upper_side {
            base.upper_quantile(base.survival(self.upper) + share)
        } else {
            base.quantile(base.cdf(self.lower) + share)
        })
    }

    /// The interval, in standard units, outside which the density is below e^−`fall` of its peak.
    fn standard_reach(&self, fall: f64) -> (f64, f64) {
        let c = self.peak.abs();
        let far = match self.base {
            Base::Gaussian(_) => (c * c + 2.0 * fall).sqrt(),
            Base::Laplace(_) => c + fall,
            Base::Uniform(_) => 1.0,
        };
        (self.standardise(self.lower).max(-far), self.standardise(self.upper).min(far))
    }

    /// Points of the interval, ends included, between which the density is easy to integrate.
    pub(crate) fn panels(&self) -> Vec<f64> {
        let (a, b) = self.standard_reach(50.0);
        let mut points = vec![a];
        // In a tail the scale is that of the exponential decay from the peak.
        let decay = match self.base {
            Base::Gaussian(_) => 1.0 / self.peak.abs().max(1.0),
            _ => 1.0,
        };
        let mut offsets = [-50.0, -20.0, -8.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0, 20.0, 50.0];
        if matches!(self.base, Base::Uniform(_)) {
            offsets = [0.0; 11];
        }
        points
            .extend(offsets.map(|offset| self.peak + decay * offset).into_iter().filter(|&z| z > a && z < b));
        points.push(b);
        points.dedup();
        let mut points: Vec<f64> = points.into_iter().map(|z| self.location() + self.scale() * z).collect();
        if self.standardise(self.lower) == a {
            points[0] = self.lower;
        }
        if self.standardise(self.upper) == b {
            let last = points.len() - 1;
            points[last] = self.upper;
        }
        points
    }

    /// The mean, by adaptive quadrature from the end of the interval where the density peaks: to 3e-16 of itself in about 1 µs.
    ///
    /// ```
    /// # use divergences::distribution::{Laplace, Truncated};
    /// let p = Truncated::new(Laplace::new(0.0, 1.0)?, 5.0, f64::INFINITY)?;
    /// assert!((p.mean() - 6.0).abs() < 1e-14);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        // From the peak, so that an interval far away keeps its digits.
        let end = self.location() + self.scale() * self.peak;
        end + integrate(&self.panels(), &mut |x| (x - end) * self.density(x))
    }

    /// The variance, by adaptive quadrature: to 4e-11 of itself where the interval is narrow and far out, else to 1e-13.
    ///
    /// ```
    /// # use divergences::distribution::{Laplace, Truncated};
    /// let p = Truncated::new(Laplace::new(0.0, 1.0)?, 5.0, f64::INFINITY)?;
    /// assert!((p.variance() - 1.0).abs() < 1e-12);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        integrate(&self.panels(), &mut |x| (x - mean) * (x - mean) * self.density(x))
    }

    /// Logarithm of the base's mass between the bounds; the base must be a Gaussian.
    pub(super) fn log_mass_of_base(&self) -> f64 {
        self.mass.ln() - 0.5 * self.peak * self.peak - HALF_LOG_TWO_PI
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        let base = match self.base {
            Base::Gaussian(base) => Base::Gaussian(base.affine(factor, shift)?),
            Base::Laplace(base) => Base::Laplace(base.affine(factor, shift)?),
            Base::Uniform(base) => Base::Uniform(base.affine(factor, shift)?),
        };
        let (a, b) = (self.lower * factor + shift, self.upper * factor + shift);
        Self::of(base, a.min(b), a.max(b))
    }

    /// Whether the density is constant between the bounds.
    pub(crate) fn is_flat(&self) -> bool {
        matches!(self.base, Base::Uniform(_))
    }
}
