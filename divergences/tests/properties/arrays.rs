//! What holds of arrays of probabilities: bins, weights, angles and draws.

use divergences::distribution::{
    Categorical, Distribution, Gaussian, Laplace, PointMasses, Truncated, seeded,
};
use divergences::divergence::Error;
use divergences::divergence::discrete::{self, WeightedJensenShannon};

use crate::random::{F_DIVERGENCES, between, categorical, index, same};

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
