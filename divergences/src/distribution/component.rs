//! The components of a distribution as integrals need them: the interval of each, and the form of its
//! density.

use super::Distribution;
use crate::numeric::quadrature::integrate;
use crate::numeric::simd::splat;
use crate::numeric::special::{normal_cdf, normal_density};
use wide::f64x2;

impl Distribution {
    /// The components that have mass, with their weights; none of them is a mixture. What is no mixture is
    /// its own only component.
    pub(crate) fn parts(&self) -> Vec<(f64, &Self)> {
        match self {
            Self::Mixture(mixture) => mixture.active().collect(),
            other => vec![(1.0, other)],
        }
    }

    /// The interval on which this component has a density; none for point masses.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::Uniform(d) => Some((d.lower(), d.upper())),
            Self::Truncated(d) => Some((d.lower(), d.upper())),
            Self::PointMasses(_) => None,
            _ => Some((f64::NEG_INFINITY, f64::INFINITY)),
        }
    }

    /// The position of a kink of this component's density inside its interval.
    pub(crate) fn kink(&self) -> Option<f64> {
        match self {
            Self::Laplace(d) => Some(d.location()),
            Self::Truncated(d) => d.base().kink().filter(|&x| x > d.lower() && x < d.upper()),
            _ => None,
        }
    }

    /// The mean shortfall E (x − X)⁺, which is the integral of the cdf up to `x`; accurate to the rounding of
    /// x − X.
    pub(crate) fn shortfall(&self, x: f64) -> f64 {
        match self {
            Self::Gaussian(d) => {
                let z = (x - d.mean()) / d.sd();
                d.sd() * (z * normal_cdf(z) + normal_density(z))
            }
            Self::Laplace(d) => {
                let beyond = 0.5 * d.scale() * libm::exp(-((x - d.location()) / d.scale()).abs());
                (x - d.location()).max(0.0) + beyond
            }
            Self::Uniform(d) if x < d.upper() => {
                let reach = (x - d.lower()).max(0.0);
                0.5 * reach * (reach / d.width())
            }
            Self::Uniform(d) => x - d.mean(),
            Self::Truncated(d) => {
                let mut points = d.panels();
                points.retain(|&point| point < x);
                points.push(x.min(d.upper()));
                integrate(&points, &mut |t| (x - t) * d.density(t))
            }
            Self::Smoothed(d) => d.shortfall(x),
            Self::Mixture(d) => d.components().iter().map(|(weight, c)| weight * c.shortfall(x)).sum(),
            Self::PointMasses(d) => d.atoms().iter().map(|atom| atom.1 * (x - atom.0).max(0.0)).sum(),
        }
    }

    /// Whether this component's density is constant on its interval.
    pub(crate) fn is_flat(&self) -> bool {
        match self {
            Self::Uniform(_) => true,
            Self::Truncated(d) => d.is_flat(),
            _ => false,
        }
    }

    /// The log-density at pairs of points, raised by `log_weight`, the logarithm of the weight as a
    /// component.
    pub(crate) fn log_densities(&self, log_weight: f64, points: &[f64x2], logs: &mut [f64x2]) {
        let weight = splat(log_weight);
        let each = logs.iter_mut().zip(points);
        match self {
            Self::Gaussian(d) => each.for_each(|(log, x)| *log = weight + d.log_density_pair(*x)),
            Self::Laplace(d) => each.for_each(|(log, x)| *log = weight + d.log_density_pair(*x)),
            Self::Truncated(d) => each.for_each(|(log, x)| *log = weight + d.log_density_pair(*x)),
            Self::Smoothed(d) => {
                each.for_each(|(log, x)| *log = weight + d.log_density_and_score(*x).0);
            }
            other => each.for_each(|(log, x)| {
                *log = weight + f64x2::new(x.to_array().map(|x| other.log_density(x)));
            }),
        }
    }
}
