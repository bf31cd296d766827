//! Tails of densities, and which integrals of their powers are finite.

use super::parts::{Component, Parts};
use crate::distribution::Distribution;

/// One of the two ends of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Side {
    Lower,
    Upper,
}

impl Side {
    /// −1 at the lower end, 1 at the upper.
    pub(crate) fn sign(self) -> f64 {
        match self {
            Self::Lower => -1.0,
            Self::Upper => 1.0,
        }
    }
}

/// How a density decays towards one end of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tail {
    /// It is 0 beyond some point.
    Bounded,
    /// Like that of a Gaussian.
    Gaussian { mean: f64, sd: f64 },
    /// Like e^(−|x|/scale); `log_factor` is the limit of log density + |x|/scale.
    Exponential { location: f64, scale: f64, log_factor: f64 },
}

impl Tail {
    pub(crate) fn of_component(component: &Component, side: Side) -> Self {
        let (lower, upper) = component.interval;
        let bounded = match side {
            Side::Lower => lower.is_finite(),
            Side::Upper => upper.is_finite(),
        };
        if bounded {
            return Self::Bounded;
        }
        let of_base = |base: &Distribution, log_weight: f64| match base {
            Distribution::Gaussian(d) => Self::Gaussian { mean: d.mean(), sd: d.sd() },
            Distribution::Laplace(d) => Self::Exponential {
                location: d.location(),
                scale: d.scale(),
                log_factor: log_weight - (2.0 * d.scale()).ln() + side.sign() * d.location() / d.scale(),
            },
            Distribution::Smoothed(d) => {
                let (mean, sd) = d.tail(side == Side::Upper);
                Self::Gaussian { mean, sd }
            }
            _ => Self::Bounded,
        };
        match component.distribution {
            Distribution::Truncated(d) => {
                let base = d.base();
                // What the truncation divides by, seen at a point of the interval.
                let x = if lower.is_finite() { lower } else { upper };
                let x = if x.is_finite() { x } else { base.mean() };
                of_base(&base, component.log_weight + d.log_density(x) - base.log_density(x))
            }
            other => of_base(other, component.log_weight),
        }
    }

    /// The tail of a mixture: that of its heaviest component.
    pub(crate) fn of(parts: &Parts, side: Side) -> Self {
        let tails = parts.components.iter().map(|c| Self::of_component(c, side));
        tails.reduce(|a, b| a.heavier(b, side)).unwrap_or(Self::Bounded)
    }

    fn heavier(self, other: Self, side: Side) -> Self {
        match (self, other) {
            (Self::Bounded, tail) | (tail, Self::Bounded) => tail,
            (
                Self::Exponential { location, scale, log_factor },
                Self::Exponential { location: other_location, scale: other_scale, log_factor: other_factor },
            ) => {
                if scale == other_scale {
                    // Decays of the same rate add up.
                    let (large, small) = (log_factor.max(other_factor), log_factor.min(other_factor));
                    let log_factor = large + (small - large).exp().ln_1p();
                    let outermost = (location * side.sign()).max(other_location * side.sign()) * side.sign();
                    Self::Exponential { location: outermost, scale, log_factor }
                } else if scale > other_scale {
                    self
                } else {
                    other
                }
            }
            (tail @ Self::Exponential { .. }, _) | (_, tail @ Self::Exponential { .. }) => tail,
            (Self::Gaussian { mean, sd }, Self::Gaussian { mean: other_mean, sd: other_sd }) => {
                let farther = mean * side.sign() >= other_mean * side.sign();
                if sd > other_sd || (sd == other_sd && farther) { self } else { other }
            }
        }
    }

    /// Whether p^α q^(1−α) is integrable towards this end, p having this tail and q the `other`, for α outside [0, 1].
    ///
    /// Where one of them is bounded there is nothing to integrate: mass beyond is counted by the generator's limits.
    pub(crate) fn power_is_integrable(&self, other: &Self, alpha: f64, side: Side) -> bool {
        match (self, other) {
            (Self::Bounded, _) | (_, Self::Bounded) => true,
            // The lighter tail must not stand in the denominator.
            (Self::Exponential { .. }, Self::Gaussian { .. }) => alpha < 0.0,
            (Self::Gaussian { .. }, Self::Exponential { .. }) => alpha > 1.0,
            (Self::Exponential { scale: a, .. }, Self::Exponential { scale: b, .. }) => {
                combined(alpha, *a, *b) > 0.0
            }
            (Self::Gaussian { mean: m, sd: a }, Self::Gaussian { mean: n, sd: b }) => {
                let curvature = combined_squares(alpha, *a, *b);
                // At no curvature the exponent is linear, and at no slope constant.
                let slope = alpha * m / (a * a) + (1.0 - alpha) * n / (b * b);
                curvature > 0.0 || (curvature == 0.0 && slope * side.sign() < 0.0)
            }
        }
    }

    /// The peak of p^α q^(1−α) and the length over which it decays, if it does: as a Gaussian (`true`), or
    /// else exponentially.
    pub(crate) fn power_peak(&self, other: &Self, alpha: f64, side: Side) -> Option<(f64, f64, bool)> {
        // The exponent is −curvature x²/2 + slope x.
        let terms = |tail: &Self| match *tail {
            Self::Bounded => None,
            Self::Gaussian { mean, sd } => Some((1.0 / (sd * sd), mean / (sd * sd))),
            Self::Exponential { scale, .. } => Some((0.0, -side.sign() / scale)),
        };
        let ((a, b), (c, d)) = (terms(self)?, terms(other)?);
        let (mut curvature, slope) = (alpha * a + (1.0 - alpha) * c, alpha * b + (1.0 - alpha) * d);
        if let (Self::Gaussian { sd: a, .. }, Self::Gaussian { sd: b, .. }) = (self, other) {
            curvature = combined_squares(alpha, *a, *b) / (a * a) / (b * b);
        }
        if curvature > 0.0 {
            return Some((slope / curvature, curvature.sqrt().recip(), true));
        }
        let location = |tail: &Self| match *tail {
            Self::Exponential { location, .. } => location,
            Self::Gaussian { mean, .. } => mean,
            Self::Bounded => 0.0,
        };
        let rate = -slope * side.sign();
        let start = (location(self) * side.sign()).max(location(other) * side.sign()) * side.sign();
        (curvature == 0.0 && rate > 0.0).then_some((start, rate.recip(), false))
    }
}

/// The value α b + (1 − α) a, which has the sign of α/a + (1 − α)/b.
fn combined(alpha: f64, a: f64, b: f64) -> f64 {
    a + alpha * (b - a)
}

/// The value α b² + (1 − α) a², which has the sign of α/a² + (1 − α)/b²; exact where it nearly vanishes.
fn combined_squares(alpha: f64, a: f64, b: f64) -> f64 {
    // The squares and their products as unevaluated sums of two numbers.
    let product = |x: f64, y: f64| (x * y, libm::fma(x, y, -(x * y)));
    let term = |factor: f64, x: f64| {
        let (square, rest) = product(x, x);
        let (high, low) = product(factor, square);
        (high, low + factor * rest)
    };
    let beta = 1.0 - alpha;
    // What rounding took from 1 − α.
    let beta_rest = (1.0 - beta) - alpha;
    let ((high, low), (other_high, other_low)) = (term(alpha, b), term(beta, a));
    (high + other_high) + (low + other_low + beta_rest * a * a)
}
