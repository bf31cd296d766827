//! What must hold for every pair of distributions, tried on many: bounds, inequalities, metrics, invariances.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as the tests themselves may")]

use divergences::distribution::{
    Categorical, Distribution, Gaussian, Laplace, Mixture, PointMasses, Rng, Truncated, Uniform, seeded,
};
use divergences::divergence::{Divergence, Profile, Unit};

/// Rounding, and what quadrature may be off by.
const ROUNDING: f64 = 1e-10;

const F_DIVERGENCES: [Divergence; 14] = [
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

const DISTANCES: [Divergence; 5] = [
    Divergence::Wasserstein(1.0),
    Divergence::Wasserstein(1.5),
    Divergence::Wasserstein(2.0),
    Divergence::Wasserstein(3.0),
    Divergence::WassersteinInfinity,
];

fn between(rng: &mut Rng, lower: f64, upper: f64) -> f64 {
    Distribution::from(Uniform::new(lower, upper).unwrap()).sample(rng)
}

fn index(rng: &mut Rng, n: u32) -> u32 {
    between(rng, 0.0, f64::from(n)) as u32
}

/// A random distribution that is no mixture.
fn simple(rng: &mut Rng) -> Distribution {
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

fn random(rng: &mut Rng) -> Distribution {
    if index(rng, 3) > 0 {
        return simple(rng);
    }
    let components = (0..1 + index(rng, 4)).map(|_| (between(rng, 0.0, 1.0), simple(rng))).collect();
    Mixture::from_weights(components).unwrap().into()
}

/// Random pairs; in every third, both have the same support and comparable tails.
fn pairs(seed: u64, n: usize) -> Vec<(Distribution, Distribution)> {
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

fn categorical(rng: &mut Rng, n: usize) -> Categorical {
    let weight = |rng: &mut Rng| if index(rng, 6) == 0 { 0.0 } else { between(rng, -4.0, 4.0).exp() };
    let mut weights: Vec<f64> = (0..n).map(|_| weight(rng)).collect();
    weights[0] += 0.01;
    Categorical::from_weights(weights).unwrap()
}

/// Whether two values are the same up to rounding; both may be infinite.
fn same(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs())
}

#[test]
fn values_are_never_negative_or_nan_and_keep_their_bounds() {
    for (p, q) in pairs(1, 100) {
        for divergence in F_DIVERGENCES.into_iter().chain(DISTANCES) {
            let value = divergence.between(&p, &q);
            let bound = divergence.upper_bound();
            assert!(value >= 0.0 && value <= bound, "{divergence:?} of {p:?} and {q:?} is {value}");
            assert!(p == q || value > 0.0, "{divergence:?} of the different {p:?} and {q:?} is 0");
            assert_eq!(divergence.between(&p, &p), 0.0, "{divergence:?} of {p:?} and itself");
        }
    }
}

#[test]
fn symmetry_is_as_claimed() {
    let mut asymmetric = [false; F_DIVERGENCES.len()];
    for (p, q) in pairs(2, 60) {
        for (k, divergence) in F_DIVERGENCES.into_iter().enumerate() {
            let (there, back) = (divergence.between(&p, &q), divergence.between(&q, &p));
            let equal = same(there, back, ROUNDING);
            assert!(
                equal || !divergence.is_symmetric(),
                "{divergence:?} of {p:?} and {q:?}: {there}, {back}"
            );
            asymmetric[k] |= !equal;
        }
        for divergence in DISTANCES {
            let (there, back) = (divergence.between(&p, &q), divergence.between(&q, &p));
            assert!(same(there, back, 1e-9), "{divergence:?} of {p:?} and {q:?}: {there}, {back}");
        }
        let kl = |p: &Distribution, q: &Distribution| Divergence::ForwardKl.between(p, q);
        assert!(
            same(kl(&q, &p), Divergence::ReverseKl.between(&p, &q), ROUNDING),
            "reverse KL of {p:?} and {q:?}"
        );
        let alpha = |alpha: f64, p: &Distribution, q: &Distribution| Divergence::Alpha(alpha).between(p, q);
        assert!(same(alpha(0.3, &p, &q), alpha(0.7, &q, &p), ROUNDING), "D_0.3 is D_0.7 reversed");
        assert!(
            same(alpha(0.5, &p, &q), 4.0 * Divergence::HellingerSquared.between(&p, &q), ROUNDING),
            "D_½ is 4 H²"
        );
        assert!(
            same(2.0 * alpha(2.0, &p, &q), Divergence::ChiSquared.between(&p, &q), ROUNDING),
            "2 D_2 is χ²"
        );
        assert!(same(alpha(0.0, &p, &q), kl(&q, &p), ROUNDING), "D_0 is KL(q‖p)");
    }
    for (divergence, asymmetric) in F_DIVERGENCES.into_iter().zip(asymmetric) {
        assert_eq!(asymmetric, !divergence.is_symmetric(), "{divergence:?} is asymmetric for some pair");
    }
}

#[test]
fn inequalities_between_divergences_hold() {
    for (p, q) in pairs(3, 120) {
        let of = |divergence: Divergence| divergence.between(&p, &q);
        let (kl, tv, h) =
            (of(Divergence::ForwardKl), of(Divergence::TotalVariation), of(Divergence::Hellinger));
        let (h2, js, chi) = (h * h, of(Divergence::JensenShannon), of(Divergence::ChiSquared));
        let what = format!("{p:?} and {q:?}");
        let at_most =
            |a: f64, b: f64, name: &str| assert!(a <= b * (1.0 + ROUNDING), "{name} of {what}: {a} > {b}");
        at_most(tv, (kl / 2.0).sqrt(), "Pinsker");
        at_most(tv, (-(-kl).exp_m1()).sqrt(), "Bretagnolle–Huber");
        at_most(h2, tv, "Hellinger below TV");
        at_most(tv, h * (2.0 - h2).sqrt(), "TV below Hellinger");
        at_most(h2, kl / 2.0, "Hellinger below KL");
        at_most(kl, chi.ln_1p(), "KL below χ²");
        at_most(js, 2_f64.ln() * tv, "JS below TV");
        at_most(js, of(Divergence::Jeffreys) / 4.0, "JS below Jeffreys");
        at_most(tv * tv / 2.0, js, "JS above TV²/2");
        let orders = DISTANCES.map(of);
        for i in 1..orders.len() {
            assert!(orders[i - 1] <= orders[i] * (1.0 + 1e-9), "W_p of {what} grows with p: {orders:?}");
        }
        assert!(
            orders[0] >= (p.mean() - q.mean()).abs() - 1e-9,
            "W1 of {what} is at least the shift of the mean"
        );
    }
}

#[test]
fn metrics_obey_the_triangle_inequality_and_others_break_it() {
    let mut rng = seeded(4);
    let all = || F_DIVERGENCES.into_iter().chain(DISTANCES);
    let mut broken = vec![false; all().count()];
    for _ in 0..40 {
        let (p, q) = (random(&mut rng), random(&mut rng));
        let w = between(&mut rng, 0.1, 0.9);
        let halfway = Mixture::new(vec![(w, p.clone()), (1.0 - w, q.clone())]).unwrap().into();
        for r in [random(&mut rng), halfway] {
            for (k, divergence) in all().enumerate() {
                let direct = divergence.between(&p, &q);
                let detour = divergence.between(&p, &r) + divergence.between(&r, &q);
                let obeyed = direct <= detour * (1.0 + 1e-9);
                assert!(
                    obeyed || !divergence.is_metric(),
                    "{divergence:?}: {direct} > {detour} by way of {r:?}"
                );
                broken[k] |= !obeyed;
            }
        }
    }
    for (divergence, broken) in all().zip(broken) {
        assert_eq!(
            broken,
            !divergence.is_metric(),
            "{divergence:?} breaks the triangle inequality for some three"
        );
    }
}

#[test]
fn f_divergences_do_not_depend_on_the_scale_of_the_line() {
    for (p, q) in pairs(5, 40) {
        for (factor, shift) in [(-2.5, 0.75), (1e-6, 0.0), (1e5, -3.0)] {
            let move_both = |d: &Distribution| d.scale(factor).unwrap().translate(shift).unwrap();
            let (a, b) = (move_both(&p), move_both(&q));
            for divergence in F_DIVERGENCES {
                let (before, after) = (divergence.between(&p, &q), divergence.between(&a, &b));
                assert!(
                    same(before, after, 1e-9),
                    "{divergence:?} of {p:?} and {q:?}: {before} became {after}"
                );
            }
            for divergence in DISTANCES {
                let (before, after) = (divergence.between(&p, &q) * factor.abs(), divergence.between(&a, &b));
                assert!(
                    same(before, after, 1e-9),
                    "{divergence:?} of {p:?} and {q:?}: {before} became {after}"
                );
            }
        }
    }
}

#[test]
fn a_translation_moves_by_its_length() {
    let mut rng = seeded(6);
    for _ in 0..60 {
        let (p, shift) = (random(&mut rng), between(&mut rng, -5.0, 5.0));
        let q = p.translate(shift).unwrap();
        for divergence in DISTANCES {
            let value = divergence.between(&p, &q);
            assert!(
                same(value, shift.abs(), 1e-12),
                "{divergence:?} of {p:?} and its translate by {shift}: {value}"
            );
        }
    }
}

#[test]
fn merging_bins_never_raises_an_f_divergence_and_splitting_changes_nothing() {
    let mut rng = seeded(7);
    for n in [2, 3, 8, 33] {
        for _ in 0..40 {
            let (p, q) = (categorical(&mut rng, n), categorical(&mut rng, n));
            let (i, j) = (index(&mut rng, n as u32) as usize, index(&mut rng, n as u32) as usize);
            let merge = |c: &Categorical| {
                let mut w = c.probabilities().to_vec();
                if i != j {
                    w[i] += w[j];
                    w[j] = 0.0;
                }
                Categorical::new(w).unwrap()
            };
            let split = |c: &Categorical| {
                let w: Vec<f64> = c.probabilities().iter().flat_map(|w| [0.25 * w, 0.75 * w]).collect();
                Categorical::new(w).unwrap()
            };
            for divergence in F_DIVERGENCES {
                let value = divergence.between_categorical(&p, &q).unwrap();
                let merged = divergence.between_categorical(&merge(&p), &merge(&q)).unwrap();
                assert!(
                    merged <= value * (1.0 + 1e-13),
                    "{divergence:?} rose from {value} to {merged} by merging"
                );
                let halves = divergence.between_categorical(&split(&p), &split(&q)).unwrap();
                assert!(
                    same(value, halves, 1e-13),
                    "{divergence:?} went from {value} to {halves} by splitting"
                );
            }
        }
    }
}

/// Binning a density is processing as well; and with ever finer bins nothing is lost.
#[test]
fn binning_a_density_loses_little_and_never_gains() {
    let cut = |d: Distribution| Distribution::from(Truncated::new(d, -6.0, 6.0).unwrap());
    let p = cut(Gaussian::new(0.0, 1.0).unwrap().into());
    let q = cut(Laplace::new(0.5, 1.0).unwrap().into());
    let bins = |d: &Distribution, n: i32| {
        let edge = |i: i32| -6.0 + 12.0 * f64::from(i) / f64::from(n);
        let mass = |a: f64, b: f64| if a < 0.0 { d.cdf(b) - d.cdf(a) } else { d.survival(a) - d.survival(b) };
        Categorical::from_weights((0..n).map(|i| mass(edge(i), edge(i + 1))).collect()).unwrap()
    };
    for divergence in F_DIVERGENCES {
        let whole = divergence.between(&p, &q);
        let mut previous = 0.0;
        for n in [4, 8, 64, 4096] {
            let binned = divergence.between_categorical(&bins(&p, n), &bins(&q, n)).unwrap();
            assert!(
                binned >= previous * (1.0 - 1e-9),
                "{divergence:?} falls from {previous} with {n} bins: {binned}"
            );
            assert!(binned <= whole * (1.0 + 1e-9), "{divergence:?} of {n} bins exceeds {whole}: {binned}");
            previous = binned;
        }
        // What is lost is of second order in the bins' width.
        assert!(same(previous, whole, 1e-4), "{divergence:?} of 4096 bins is {previous}, not {whole}");
    }
}

/// Point masses and categories are the same thing to an f-divergence.
#[test]
fn point_masses_agree_with_categories() {
    let mut rng = seeded(8);
    for _ in 0..50 {
        let (p, q) = (categorical(&mut rng, 9), categorical(&mut rng, 9));
        let place = |c: &Categorical| {
            let points = c.probabilities().iter().enumerate().map(|(i, &w)| (i as f64, w)).collect();
            Distribution::from(PointMasses::new(points).unwrap())
        };
        for divergence in F_DIVERGENCES {
            let (a, b) =
                (divergence.between_categorical(&p, &q).unwrap(), divergence.between(&place(&p), &place(&q)));
            assert!(same(a, b, 1e-13), "{divergence:?}: {a} of categories, {b} of points");
        }
    }
}

#[test]
fn a_profile_is_the_divergences_one_by_one() {
    for (p, q) in pairs(9, 60) {
        let profile = Profile::between(&p, &q);
        for divergence in F_DIVERGENCES.into_iter().chain(DISTANCES) {
            let Some(value) = profile.get(divergence) else { continue };
            let single = divergence.between(&p, &q);
            assert!(
                same(value, single, ROUNDING),
                "{divergence:?} of {p:?} and {q:?}: {value}, alone {single}"
            );
        }
    }
}

/// No parameters, however far from ordinary, make a panic, and none make a NaN, with one exception: Wasserstein distances of a
/// distribution so narrow that no two numbers lie inside it have no coupling of quantiles to follow.
#[test]
fn extreme_parameters_give_numbers() {
    let mut extremes: Vec<Distribution> = Vec::new();
    for scale in [1e-300, 1e-100, 1e-8, 1.0, 1e8, 1e100] {
        for centre in [0.0, 1e-300, -1.0, 1e8, -1e100] {
            extremes.push(Gaussian::new(centre, scale).unwrap().into());
            extremes.push(Laplace::new(centre, scale).unwrap().into());
            extremes.extend(Uniform::new(centre, centre + scale).map(Distribution::from));
            let gaussian = Gaussian::new(centre, scale).unwrap();
            extremes.extend(Truncated::new(gaussian, centre + scale, f64::INFINITY).map(Distribution::from));
        }
    }
    extremes.push(PointMasses::from_samples(&[-1e300, 0.0, 1e-300, 1e300]).unwrap().into());
    let mut rng = seeded(10);
    for _ in 0..120 {
        let mut pick = || {
            let one = extremes[index(&mut rng, extremes.len() as u32) as usize].clone();
            let other = extremes[index(&mut rng, extremes.len() as u32) as usize].clone();
            if index(&mut rng, 2) == 0 {
                return one;
            }
            Mixture::from_weights(vec![(1e-30, one), (1.0, other)]).unwrap().into()
        };
        let (p, q) = (pick(), pick());
        for divergence in F_DIVERGENCES.into_iter().chain(DISTANCES) {
            let value = divergence.between(&p, &q);
            let resolved = divergence.generator().is_some() || (resolved(&p) && resolved(&q));
            assert!(value >= 0.0 || !resolved, "{divergence:?} of {p:?} and {q:?} is {value}");
        }
    }
}

/// Whether each component is wider than the spacing of numbers where it lies.
fn resolved(d: &Distribution) -> bool {
    match d {
        Distribution::Mixture(d) => d.components().iter().all(|(_, c)| resolved(c)),
        Distribution::PointMasses(_) => true,
        d => d.standard_deviation() > 1e-12 * d.mean().abs(),
    }
}

#[test]
fn bits_are_nats_over_log_2() {
    let (p, q) = (Uniform::new(0.0, 1.0).unwrap().into(), Uniform::new(0.0, 8.0).unwrap().into());
    let kl = Divergence::ForwardKl.between(&p, &q);
    assert_eq!(Unit::Bits.from_nats(kl), 3.0, "an eighth of the line is three bits");
    assert_eq!(Unit::Nats.from_nats(kl), kl, "nats are nats");
}
