//! Pairs in which one distribution is an affine image of the other: their optimal coupling is that map.

use crate::distribution::{Distribution, Gaussian};
use crate::numeric::special::normal_density;

/// The displacement T(x) − x = shift + slope · (x − centre) of an increasing affine map T that carries p to q.
#[derive(Clone, Copy, Debug)]
pub(super) struct Affine {
    pub(super) centre: f64,
    pub(super) shift: f64,
    pub(super) slope: f64,
}

/// The greatest distance of an end or component from its image, which allows for the rounding of parameters
/// only.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

impl Affine {
    /// The map from p to q, if they are of the same family, or mixtures with the same weights and the same map throughout.
    pub(super) fn between(p: &Distribution, q: &Distribution) -> Option<Self> {
        use Distribution::{Gaussian, Laplace, Mixture, PointMasses, Smoothed, Truncated, Uniform};
        let of = |centre: f64, shift: f64, scales: (f64, f64)| {
            Some(Self { centre, shift, slope: (scales.1 - scales.0) / scales.0 })
        };
        match (p, q) {
            (Gaussian(p), Gaussian(q)) => of(p.mean(), q.mean() - p.mean(), (p.sd(), q.sd())),
            (Laplace(p), Laplace(q)) => of(p.location(), q.location() - p.location(), (p.scale(), q.scale())),
            (Uniform(p), Uniform(q)) => {
                let (lower, upper) = (q.lower() - p.lower(), q.upper() - p.upper());
                let slope = (upper - lower) / p.width();
                Some(Self { centre: p.mean(), shift: 0.5 * (lower + upper), slope })
            }
            (Truncated(p), Truncated(q)) => {
                let map = Self::between(&p.base(), &q.base())?;
                (map.carries(p.lower(), q.lower()) && map.carries(p.upper(), q.upper())).then_some(map)
            }
            (Smoothed(p), Smoothed(q)) => {
                let map = Self::between(&p.base(), &q.base())?;
                // The noise must be stretched as much as the distribution to which it was added.
                let stretched = p.noise() + map.slope * p.noise();
                ((stretched - q.noise()).abs() <= ROUNDING * q.noise()).then_some(map)
            }
            (Mixture(p), Mixture(q)) => {
                let (p, q) = (p.components(), q.components());
                if p.len() != q.len() || p.iter().zip(q).any(|(a, b)| a.0 != b.0) {
                    return None;
                }
                let heavy = || p.iter().zip(q).filter(|(a, _)| a.0 > 0.0).map(|(a, b)| (&a.1, &b.1));
                // Point masses alone need not tell the map, but must fit that of the others.
                let maps: Option<Vec<Self>> = heavy()
                    .filter(|(p, _)| !matches!(p, PointMasses(_)))
                    .map(|(p, q)| Self::between(p, q))
                    .collect();
                let maps = maps?;
                let map = *maps.first()?;
                let fits = maps.iter().all(|other| map.agrees(other))
                    && heavy().all(|(p, q)| match (p, q) {
                        (PointMasses(p), PointMasses(q)) => map.carries_atoms(p.atoms(), q.atoms()),
                        (PointMasses(_), _) => false,
                        _ => true,
                    });
                fits.then_some(map)
            }
            _ => None,
        }
    }

    /// T(x) − x.
    pub(super) fn displacement(&self, x: f64) -> f64 {
        self.shift + self.slope * (x - self.centre)
    }

    fn carries(&self, x: f64, y: f64) -> bool {
        if x.is_infinite() {
            return x == y;
        }
        (x + self.displacement(x) - y).abs() <= ROUNDING * (x.abs() + y.abs() + self.centre.abs())
    }

    fn carries_atoms(&self, p: &[(f64, f64)], q: &[(f64, f64)]) -> bool {
        p.len() == q.len() && p.iter().zip(q).all(|(a, b)| a.1 == b.1 && self.carries(a.0, b.0))
    }

    fn agrees(&self, other: &Self) -> bool {
        (self.slope - other.slope).abs() <= ROUNDING * (1.0 + self.slope.abs())
            && self.carries(other.centre, other.centre + other.shift)
    }
}

/// `W_1 = E|μ_p − μ_q + |σ_p − σ_q| Z|`, the mean of a folded normal.
pub(super) fn gaussian_wasserstein_1(p: &Gaussian, q: &Gaussian) -> f64 {
    let (shift, spread) = ((p.mean() - q.mean()).abs(), (p.sd() - q.sd()).abs());
    if spread == 0.0 {
        return shift;
    }
    let z = shift / spread;
    if z.is_infinite() {
        return shift;
    }
    2.0 * spread * normal_density(z) + shift * libm::erf(z * core::f64::consts::FRAC_1_SQRT_2)
}
