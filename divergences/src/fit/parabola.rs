//! The log-density of a Gaussian, and the zeros of a sum of two.

use wide::f64x2;

use crate::distribution::Gaussian;
use crate::numeric::simd::{ln_of, splat};
use crate::numeric::special::HALF_LOG_TWO_PI;

/// √½.
const SQRT_HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// A parabola log w + log N(x; m, s²): a Gaussian's log-density, or a mixture component's with its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parabola {
    /// The greatest value, log w − log s − log √2π.
    pub(super) top: f64,
    /// m.
    pub(super) mean: f64,
    /// s.
    pub(super) sd: f64,
    /// 1 / (s √2).
    pub(super) scale: f64,
}

impl Parabola {
    pub(super) fn new(log_weight: f64, gaussian: Gaussian) -> Self {
        let (mean, sd) = (gaussian.mean(), gaussian.sd());
        Self { top: log_weight - ln_of(sd) - HALF_LOG_TWO_PI, mean, sd, scale: SQRT_HALF / sd }
    }

    /// The value at `x`.
    #[inline(always)]
    pub(super) fn at(&self, x: f64) -> f64 {
        let t = (x - self.mean) * self.scale;
        self.top - t * t
    }

    /// The values at two points.
    #[inline(always)]
    pub(super) fn at_pair(&self, x: f64x2) -> f64x2 {
        let t = (x - splat(self.mean)) * splat(self.scale);
        splat(self.top) - t * t
    }

    /// The derivative at `x`.
    pub(super) fn slope(&self, x: f64) -> f64 {
        (self.mean - x) / (self.sd * self.sd)
    }

    /// The real part of its value at x + iy.
    pub(super) fn at_complex(&self, x: f64, y: f64) -> f64 {
        let t = y * self.scale;
        self.at(x) + t * t
    }

    /// The height at which two parabolas cross between their tops, each being the higher at its own.
    pub(super) fn crossing_height(&self, other: &Self) -> f64 {
        let (own, others) = (self.scale * self.scale, other.scale * other.scale);
        let distance = other.mean - self.mean;
        // self − other = a t² + b t + c with t = x − mean; of its roots h / a and c / h one lies in between.
        let a = others - own;
        let b = -2.0 * others * distance;
        let c = others * distance * distance + self.top - other.top;
        let h = -0.5 * (b + (b * b - 4.0 * a * c).max(0.0).sqrt().copysign(b));
        let between = |t: f64| (0.0..=1.0).contains(&(t / distance));
        let t = if between(c / h) { c / h } else { h / a };
        self.at(self.mean + t)
    }

    /// The zeros of exp(self) + exp(other) in the upper half-plane that are nearest to the real line. They
    /// are the roots of self − other = iπ, each given as (real part, imaginary part). Parabolas of equal
    /// width have a single one.
    pub(super) fn zeros_with(&self, other: &Self) -> [Option<(f64, f64)>; 2] {
        let (own, others) = (self.scale * self.scale, other.scale * other.scale);
        let distance = other.mean - self.mean;
        // self − other = a t² + b t + c with t = x − mean.
        let a = others - own;
        let b = -2.0 * others * distance;
        let c = others * distance * distance + self.top - other.top;
        // The principal root of the discriminant b² − 4a(c − iπ).
        let (re, im) = (b * b - 4.0 * a * c, 4.0 * a * std::f64::consts::PI);
        let modulus = (re * re + im * im).sqrt();
        let u = (0.5 * (modulus + re)).max(0.0).sqrt();
        let v = (0.5 * (modulus - re)).max(0.0).sqrt().copysign(im);
        // h = −½ (b ± root) with the sign that does not cancel; the roots are h / a and (c − iπ) / h.
        let sign = 1.0_f64.copysign(b);
        let (h_re, h_im) = (-0.5 * (b + sign * u), -0.5 * sign * v);
        let square = h_re * h_re + h_im * h_im;
        let pi = std::f64::consts::PI;
        let small = ((c * h_re - pi * h_im) / square, (-pi * h_re - c * h_im) / square);
        let large = (h_re / a, h_im / a);
        [large, small]
            .map(|(x, y)| (x.is_finite() && y.is_finite() && y != 0.0).then_some((self.mean + x, y.abs())))
    }
}

/// A zero of the target's density off the real axis, at `x` ± i·`distance`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zero {
    /// The real part.
    pub(super) x: f64,
    /// The distance from the real line.
    pub(super) distance: f64,
    /// The logarithm of the modulus of each of the two components that cancel there.
    pub(super) log_modulus: f64,
    /// The greater of the two's standard deviations.
    pub(super) width: f64,
}
