//! What holds of every pair: bounds, inequalities, metrics.

use divergences::distribution::{
    Distribution, Gaussian, Laplace, Mixture, PointMasses, Truncated, Uniform, seeded,
};
use divergences::divergence::{Divergence, Unit};

use crate::random::{DISTANCES, F_DIVERGENCES, ROUNDING, between, index, pairs, random, same};

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
