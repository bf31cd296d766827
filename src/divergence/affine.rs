//! Pairs in which one distribution is an affine image of the other: their optimal coupling is that map.

use crate::distribution::Distribution;

/// The displacement T(x) − x = shift + slope · (x − centre) of an increasing affine map T that carries p to q.
#[derive(Clone, Copy, Debug)]
pub(super) struct Affine {
    pub(super) centre: f64,
    pub(super) shift: f64,
    pub(super) slope: f64,
}

/// How far an end or a component may be from its image: rounding of its parameters, and nothing more.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

impl Affine {
    /// The map from p to q, if they are of the same family, or mixtures with the same weights and the same map throughout.
    pub(super) fn between(p: &Distribution, q: &Distribution) -> Option<Self> {
        use Distribution::{Gaussian, Laplace, Mixture, Truncated, Uniform};
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
            (Mixture(p), Mixture(q)) => {
                let (p, q) = (p.components(), q.components());
                let mut map: Option<Self> = None;
                if p.len() != q.len() {
                    return None;
                }
                for ((weight, p), (other_weight, q)) in p.iter().zip(q) {
                    if weight != other_weight {
                        return None;
                    }
                    if *weight == 0.0 {
                        continue;
                    }
                    let next = Self::between(p, q)?;
                    match &map {
                        Some(map) if !map.agrees(&next) => return None,
                        Some(_) => {}
                        None => map = Some(next),
                    }
                }
                map
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

    fn agrees(&self, other: &Self) -> bool {
        (self.slope - other.slope).abs() <= ROUNDING * (1.0 + self.slope.abs())
            && self.carries(other.centre, other.centre + other.shift)
    }
}
