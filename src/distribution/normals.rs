//! Masses and densities of several Gaussians at once.

use super::simd::{exp, mills_ratio, splat};
use super::special::SQRT_TWO_PI;
use super::{Distribution, Gaussian};
use wide::f64x2;

/// A mixture of Gaussians and nothing else, laid out two components side by side.
pub(crate) struct Normals {
    pairs: Vec<Pair>,
}

/// Means, standard deviations, weights.
struct Pair {
    mean: f64x2,
    sd: f64x2,
    weight: f64x2,
}

/// The mass on both sides of a point, the density there, and its derivative.
#[derive(Clone, Copy)]
pub(crate) struct Masses {
    pub(crate) below: f64,
    pub(crate) above: f64,
    pub(crate) density: f64,
    pub(crate) slope: f64,
}

impl Normals {
    /// `None` if the distribution has a part that is no Gaussian.
    pub(crate) fn of(d: &Distribution) -> Option<Self> {
        let parts: Option<Vec<(f64, &Gaussian)>> = d
            .parts()
            .into_iter()
            .map(
                |(weight, part)| {
                    if let Distribution::Gaussian(part) = part { Some((weight, part)) } else { None }
                },
            )
            .collect();
        let pair = |pair: &[(f64, &Gaussian)]| {
            // One without a partner is its own, of weight 0.
            let (a, b) = (pair[0], pair.get(1).copied().unwrap_or((0.0, pair[0].1)));
            Pair {
                mean: f64x2::new([a.1.mean(), b.1.mean()]),
                sd: f64x2::new([a.1.sd(), b.1.sd()]),
                weight: f64x2::new([a.0, b.0]),
            }
        };
        Some(Self { pairs: parts?.chunks(2).map(pair).collect() })
    }

    /// The least standard deviation.
    pub(crate) fn least_sd(&self) -> f64 {
        self.pairs.iter().flat_map(|pair| pair.sd.to_array()).fold(f64::INFINITY, f64::min)
    }

    /// The masses below and above `x`, each relatively accurate where it is small, the density and its derivative.
    pub(crate) fn at(&self, x: f64) -> Masses {
        let [mut below, mut above, mut density, mut slope] = [splat(0.0); 4];
        for Pair { mean, sd, weight } in &self.pairs {
            let z = (splat(x) - *mean) / *sd;
            let part = *weight * exp(splat(-0.5) * z * z) * splat(1.0 / SQRT_TWO_PI);
            // Farther out there is nothing.
            let tail = part * mills_ratio(z.abs().fast_min(splat(40.0)));
            let rest = *weight - tail;
            let is_below = z.simd_lt(splat(0.0));
            below += is_below.select(tail, rest);
            above += is_below.select(rest, tail);
            let height = part / *sd;
            density += height;
            slope -= height * z / *sd;
        }
        Masses {
            below: below.reduce_add().min(1.0),
            above: above.reduce_add().min(1.0),
            density: density.reduce_add(),
            slope: slope.reduce_add(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Laplace, Mixture};

    #[test]
    fn masses_are_those_of_the_mixture() {
        let gaussian = |mean: f64, sd: f64| Distribution::from(Gaussian::new(mean, sd).unwrap());
        let d = Distribution::from(
            Mixture::new(vec![
                (0.5, gaussian(-2.0, 0.75)),
                (0.3, gaussian(1.0, 1.5)),
                (0.2, gaussian(4.0, 0.1)),
            ])
            .unwrap(),
        );
        let normals = Normals::of(&d).unwrap();
        for i in -200..200 {
            let x = f64::from(i) * 0.1;
            let Masses { below, above, density, slope } = normals.at(x);
            for (ours, theirs) in [(below, d.cdf(x)), (above, d.survival(x)), (density, d.density(x))] {
                assert!((ours - theirs).abs() <= 1e-13 * theirs, "at {x}: {ours:e} is not {theirs:e}");
            }
            let rise = (d.density(x + 1e-4) - d.density(x - 1e-4)) / 2e-4;
            assert!(
                (slope - rise).abs() <= 1e-4 * density,
                "at {x}: the density's slope {slope} is not {rise}"
            );
        }
        assert!(Normals::of(&Laplace::new(0.0, 1.0).unwrap().into()).is_none(), "a Laplace is no Gaussian");
    }
}
