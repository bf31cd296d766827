//! Properties of every pair of distributions, tested on many: bounds, inequalities, metrics, invariances.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as the tests themselves may")]

use divergences::distribution::{
    Categorical, Distribution, Gaussian, Laplace, Mixture, PointMasses, Rng, Truncated, Uniform, seeded,
};
use divergences::divergence::discrete::{self, WeightedJensenShannon};
use divergences::divergence::{Divergence, Error, Profile, ScheffeSet, Unit};

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
        // The error is of second order in the width of the bins.
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

#[test]
fn weighted_jensen_shannon_is_what_a_draw_tells_of_the_coin() {
    let mut rng = seeded(11);
    let entropy = |weight: f64| discrete::entropy(&[weight, 1.0 - weight]);
    for _ in 0..200 {
        let (p, q, r) = (categorical(&mut rng, 6), categorical(&mut rng, 6), between(&mut rng, -20.0, 0.0));
        let [p, q] = [p.probabilities(), q.probabilities()];
        let disjoint = p.iter().zip(q).all(|(p, q)| p * q == 0.0);
        for weight in [r.exp(), 0.5, 1.0 - 2_f64.powi(-(1 + index(&mut rng, 40) as i32))] {
            let there = WeightedJensenShannon::between(weight, p, q);
            let back = WeightedJensenShannon::between(1.0 - weight, q, p);
            // 1 − π has been rounded.
            assert!(
                same(there.value, back.value, 1e-13 + 1e-15 / weight),
                "JS_{weight} of {p:?} and {q:?}, and reversed"
            );
            assert!(
                there.value <= entropy(weight) * (1.0 + 1e-12),
                "JS_{weight} of {p:?} and {q:?} is above the coin's entropy"
            );
            assert!(
                same(there.value, entropy(weight), 1e-9) == disjoint,
                "JS_{weight} of {p:?} and {q:?} is all of the entropy where they are disjoint, and only there"
            );
            // Any other middle is farther, by its own KL from the true one.
            let m: Vec<f64> = p.iter().zip(q).map(|(p, q)| weight * p + (1.0 - weight) * q).collect();
            let other: Vec<f64> = m.iter().map(|m| 0.9 * m + 0.1 / 6.0).collect();
            let around = weight * discrete::kullback_leibler(p, &other)
                + (1.0 - weight) * discrete::kullback_leibler(q, &other);
            assert!(
                same(around, there.value + discrete::kullback_leibler(&m, &other), 1e-13),
                "the compensation identity of {p:?} and {q:?} at {weight}"
            );
            let sums = discrete::mixture_terms(weight, p, q)
                .iter()
                .fold([0.0, 0.0], |sums, terms| [sums[0] + terms[0], sums[1] + terms[1]]);
            assert!((sums[0] - there.p_to_mixture).abs() < 1e-14, "terms of KL(p‖m) of {p:?} and {q:?}");
            assert!((sums[1] - there.q_to_mixture).abs() < 1e-14, "terms of KL(q‖m) of {p:?} and {q:?}");
            assert!(there.over_weight <= discrete::kullback_leibler(p, q) * (1.0 + 1e-13), "JS_π/π of {p:?}");
        }
        let half = discrete::weighted_jensen_shannon(0.5, p, q);
        assert!(same(half, discrete::jensen_shannon(p, q), 1e-13), "JS_½ of {p:?} and {q:?}");
        let ends = [0.0, 1.0].map(|weight| WeightedJensenShannon::between(weight, p, q));
        assert_eq!(ends.map(|end| end.value), [0.0, 0.0], "a certain coin has nothing to tell");
        assert!(same(ends[0].over_weight, discrete::kullback_leibler(p, q), 1e-13), "KL(p‖q) as a limit");
        assert!(same(ends[1].over_rest, discrete::kullback_leibler(q, p), 1e-13), "KL(q‖p) as a limit");
    }
}

#[test]
fn what_is_no_pair_of_arrays_gives_nan() {
    let weighted = discrete::weighted_jensen_shannon;
    for weight in [-0.1, 1.1, f64::NAN] {
        assert!(weighted(weight, &[1.0], &[1.0]).is_nan(), "weight {weight}");
    }
    for weight in [0.0, 0.3, 1.0] {
        assert!(weighted(weight, &[1.0], &[0.5, 0.5]).is_nan(), "lengths at {weight}");
        for bad in [-0.5, f64::NAN] {
            assert!(weighted(weight, &[0.5, bad], &[0.5, 0.5]).is_nan(), "{bad} in p at {weight}");
            assert!(weighted(weight, &[0.5, 0.5], &[bad, 0.5]).is_nan(), "{bad} in q at {weight}");
        }
    }
    assert!(discrete::affinity(&[1.0], &[0.5, 0.5]).is_nan(), "affinity of different lengths");
    assert!(discrete::hellinger_angle(&[0.5, -0.5], &[0.5, 0.5]).is_nan(), "the angle of a negative entry");
    let draws = discrete::total_variation_of_draws;
    assert!(draws(&[0.5, f64::NAN], &[0.5, 0.5], 2).unwrap()[2].is_nan(), "draws of NaN");
    assert_eq!(draws(&[1.0], &[0.5, 0.5], 2), Err(Error::LengthMismatch { p: 1, q: 2 }), "draws");
    let many = [0.125; 8];
    assert_eq!(draws(&many, &many, 60), Err(Error::TooManyCounts { outcomes: 8, draws: 60 }), "draws");
}

#[test]
fn the_angle_is_a_metric_with_the_affinity_as_cosine() {
    let mut rng = seeded(12);
    let mut strict = false;
    for _ in 0..300 {
        let three = [0; 3].map(|_| categorical(&mut rng, 3));
        let [p, q, r] = three.each_ref().map(Categorical::probabilities);
        let angle = discrete::hellinger_angle;
        assert!(
            (discrete::affinity(p, q) - angle(p, q).cos()).abs() < 1e-15,
            "the cosine of {p:?} and {q:?}"
        );
        let squared = discrete::hellinger_squared(p, q);
        assert!((discrete::affinity(p, q) + squared - 1.0).abs() < 1e-15, "1 − H² of {p:?} and {q:?}");
        let detour = angle(p, r) + angle(r, q);
        assert!(angle(p, q) <= detour + 1e-15, "the way from {p:?} to {q:?} by {r:?}");
        // H² breaks what the angle and H keep.
        strict |= squared > discrete::hellinger_squared(p, r) + discrete::hellinger_squared(r, q);
        assert!(squared.sqrt() * core::f64::consts::SQRT_2 <= angle(p, q) + 1e-15, "the chord below the arc");
    }
    assert!(strict, "H² obeyed the triangle inequality by chance");
}

#[test]
fn draws_are_told_apart_ever_better_within_the_bounds_of_the_affinity() {
    let mut rng = seeded(13);
    for k in [1, 2, 3, 4] {
        for _ in 0..20 {
            let (p, q) = (categorical(&mut rng, k), categorical(&mut rng, k));
            let [p, q] = [p.probabilities(), q.probabilities()];
            let found = discrete::total_variation_of_draws(p, q, 12).unwrap();
            let affinity = discrete::affinity(p, q);
            assert_eq!(found[0], 0.0, "no draw tells nothing");
            assert!(same(found[1], discrete::total_variation(p, q), 1e-13), "one draw from {p:?} or {q:?}");
            // Two draws as one from the pairs.
            let pairs = |side: &[f64]| -> Vec<f64> {
                side.iter().flat_map(|x| side.iter().map(move |y| x * y)).collect()
            };
            let two = discrete::total_variation(&pairs(p), &pairs(q));
            assert!(same(found[2], two, 1e-13), "two draws from {p:?} or {q:?}: {} {two}", found[2]);
            for (n, pair) in found.windows(2).enumerate() {
                assert!(pair[1] >= pair[0] * (1.0 - 1e-13) && pair[1] <= 1.0, "draw {n} of {p:?} and {q:?}");
            }
            for (n, &tv) in found.iter().enumerate() {
                let power = affinity.powi(n as i32);
                assert!(1.0 - power <= tv + 1e-13, "below TV of {n} draws from {p:?} or {q:?}");
                assert!(tv <= ((1.0 - power) * (1.0 + power)).sqrt() + 1e-7, "above TV of {n} draws");
            }
            let mut turned = [p.to_vec(), q.to_vec()];
            turned.iter_mut().for_each(|side| side.rotate_left(1));
            let again = discrete::total_variation_of_draws(&turned[0], &turned[1], 12).unwrap();
            for (n, (one, other)) in found.iter().zip(&again).enumerate() {
                assert!(same(*one, *other, 1e-13), "{n} draws, the outcomes in another order");
            }
        }
    }
}

#[test]
fn no_event_tells_more_than_the_best() {
    let mut rng = seeded(14);
    for (p, q) in pairs(15, 120) {
        let tv = Divergence::TotalVariation.between(&p, &q);
        let (best, other) = (ScheffeSet::of(&p, &q), ScheffeSet::of(&q, &p));
        let what = format!("{p:?} and {q:?}: {best:?}");
        assert!((best.p - best.q - tv).abs() < 1e-12, "TV {tv} of {what}");
        assert!((other.p - other.q - tv).abs() < 1e-12, "TV {tv} the other way of {what}");
        assert!(best.intervals.iter().all(|ends| ends.0 < ends.1), "ends of {what}");
        assert!(best.intervals.windows(2).all(|pair| pair[0].1 < pair[1].0), "order of {what}");
        for &(lower, upper) in &best.intervals {
            for other in &other.intervals {
                assert!(
                    upper <= other.0 + 1e-12 || other.1 <= lower + 1e-12,
                    "{other:?} belongs to either in {what}"
                );
            }
        }
        for _ in 0..20 {
            let (a, b) = (between(&mut rng, -8.0, 8.0), between(&mut rng, -8.0, 8.0));
            let (lower, upper) = (a.min(b), a.max(b));
            let gap = p.probability(lower, upper) - q.probability(lower, upper);
            assert!(gap.abs() <= tv + 1e-12, "[{lower}, {upper}] tells {gap} of {what}");
            // The atoms at the ends count, which the cdf takes on one side alone.
            let at = |d: &Distribution| {
                d.atoms().iter().filter(|atom| atom.0 == lower).map(|atom| atom.1).sum::<f64>()
            };
            let from_cdf = p.cdf(upper) - p.cdf(lower) + at(&p);
            assert!((p.probability(lower, upper) - from_cdf).abs() < 1e-13, "P([{lower}, {upper}]) of {p:?}");
        }
    }
    let p = Distribution::from(Gaussian::new(0.0, 1.0).unwrap());
    let itself = ScheffeSet::of(&p, &p);
    assert!(itself.intervals.is_empty() && itself.p == 0.0, "equals differ on no event");
}
