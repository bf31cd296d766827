//! Masses and densities of several Gaussians at once.

use super::{Distribution, Gaussian};
use crate::numeric::simd::{exp, mills_ratio, splat};
use crate::numeric::special::SQRT_TWO_PI;
use wide::f64x2;

/// A mixture of Gaussians and nothing else.
pub(crate) struct Normals {
    parts: Vec<(f64, Gaussian)>,
}

/// The values of [`Normals`] at two points: the mass on both sides of each, the density there, and its
/// derivative.
#[derive(Clone, Copy)]
pub(crate) struct Masses {
    pub(crate) below: f64x2,
    pub(crate) above: f64x2,
    pub(crate) density: f64x2,
    pub(crate) slope: f64x2,
}

impl Normals {
    /// `None` if the distribution has a part that is no Gaussian.
    pub(crate) fn of(d: &Distribution) -> Option<Self> {
        let mut parts = Vec::new();
        for (weight, part) in d.parts() {
            let Distribution::Gaussian(part) = part else { return None };
            parts.push((weight, *part));
        }
        Some(Self { parts })
    }

    /// The least standard deviation.
    pub(crate) fn least_sd(&self) -> f64 {
        self.parts.iter().map(|part| part.1.sd()).fold(f64::INFINITY, f64::min)
    }

    /// The masses below and above two points, each relatively accurate where it is small, the density and its derivative.
    pub(crate) fn at(&self, x: f64x2) -> Masses {
        let [mut below, mut above, mut density, mut slope] = [splat(0.0); 4];
        for (weight, part) in &self.parts {
            let (weight, inverse) = (splat(*weight), splat(part.sd().recip()));
            let z = (x - splat(part.mean())) / splat(part.sd());
            let share = weight * splat(1.0 / SQRT_TWO_PI) * exp(splat(-0.5) * z * z);
            // Beyond 40 standard deviations `share` is 0.
            let tail = share * mills_ratio(z.abs().fast_min(splat(40.0)));
            let rest = weight - tail;
            let is_below = z.simd_lt(splat(0.0));
            below += is_below.select(tail, rest);
            above += is_below.select(rest, tail);
            let height = share * inverse;
            density += height;
            slope -= height * z * inverse;
        }
        let one = splat(1.0);
        Masses { below: below.fast_min(one), above: above.fast_min(one), density, slope }
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
            let Masses { below, above, density, slope } = normals.at(splat(x));
            let [below, above, density, slope] =
                [below, above, density, slope].map(|pair| pair.to_array()[1]);
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
