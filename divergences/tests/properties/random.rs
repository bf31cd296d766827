//! Random distributions, and the divergences that are tried on them.

use divergences::distribution::{
    Categorical, Distribution, Gaussian, Laplace, Mixture, PointMasses, Rng, Truncated, Uniform, seeded,
};
use divergences::divergence::Divergence;

/// Rounding, and what quadrature may be off by.
pub(crate) const ROUNDING: f64 = 1e-10;

pub(crate) const F_DIVERGENCES: [Divergence; 14] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::TotalVariation,
    Divergence::HellingerSquared,
    Divergence::Hellinger,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(-1.5),
    Divergence::Alpha(0.3),
    Divergence::Alpha(1.0),
    Divergence::Alpha(3.0),
];

pub(crate) const DISTANCES: [Divergence; 5] = [
    Divergence::Wasserstein(1.0),
    Divergence::Wasserstein(1.5),
    Divergence::Wasserstein(2.0),
    Divergence::Wasserstein(3.0),
    Divergence::WassersteinInfinity,
];

pub(crate) fn between(rng: &mut Rng, lower: f64, upper: f64) -> f64 {
    Distribution::from(Uniform::new(lower, upper).unwrap()).sample(rng)
}

pub(crate) fn index(rng: &mut Rng, n: u32) -> u32 {
    between(rng, 0.0, f64::from(n)) as u32
}

/// A random distribution that is no mixture.
pub(crate) fn simple(rng: &mut Rng) -> Distribution {
    let (centre, scale) = (between(rng, -3.0, 3.0), between(rng, -2.0, 1.0).exp());
    let gaussian = Gaussian::new(centre, scale).unwrap();
    let laplace = Laplace::new(centre, scale).unwrap();
    let reach = between(rng, 0.5, 3.0);
    match index(rng, 7) {
        0 | 1 => gaussian.into(),
        2 => laplace.into(),
        3 => Uniform::new(centre, centre + 3.0 * scale).unwrap().into(),
        4 => Truncated::new(gaussian, centre - reach, centre + 0.7 * reach).unwrap().into(),
        5 => Truncated::new(laplace, centre - 0.2, f64::INFINITY).unwrap().into(),
        _ => {
            // On a small lattice, so that different ones share positions.
            let points = (0..4).map(|_| (f64::from(index(rng, 4)), between(rng, 0.1, 1.0))).collect();
            PointMasses::from_weights(points).unwrap().into()
        }
    }
}

pub(crate) fn random(rng: &mut Rng) -> Distribution {
    if index(rng, 3) > 0 {
        return simple(rng);
    }
    let components = (0..1 + index(rng, 4)).map(|_| (between(rng, 0.0, 1.0), simple(rng))).collect();
    Mixture::from_weights(components).unwrap().into()
}

/// Random pairs; in every third, both have the same support and comparable tails.
pub(crate) fn pairs(seed: u64, n: usize) -> Vec<(Distribution, Distribution)> {
    let mut rng = seeded(seed);
    (0..n)
        .map(|i| {
            let (p, q) = (random(&mut rng), random(&mut rng));
            if i % 3 > 0 {
                return (p, q);
            }
            let (v, w) = (between(&mut rng, 0.1, 0.9), between(&mut rng, 0.1, 0.9));
            let mix = |w: f64| Mixture::new(vec![(w, p.clone()), (1.0 - w, q.clone())]).unwrap().into();
            (mix(v), mix(w))
        })
        .collect()
}

pub(crate) fn categorical(rng: &mut Rng, n: usize) -> Categorical {
    let weight = |rng: &mut Rng| if index(rng, 6) == 0 { 0.0 } else { between(rng, -4.0, 4.0).exp() };
    let mut weights: Vec<f64> = (0..n).map(|_| weight(rng)).collect();
    weights[0] += 0.01;
    Categorical::from_weights(weights).unwrap()
}

/// Whether two values are the same up to rounding; both may be infinite.
pub(crate) fn same(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs())
}
