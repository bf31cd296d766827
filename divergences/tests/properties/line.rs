//! What holds of pairs on the line: its maps, all divergences at once, and the best event.

use divergences::distribution::{
    Distribution, Gaussian, Laplace, Mixture, PointMasses, Rng, Truncated, Uniform, seeded,
};
use divergences::divergence::{Divergence, Profile, ScheffeSet};

use crate::random::{DISTANCES, F_DIVERGENCES, ROUNDING, between, index, pairs, random, same, simple};

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

/// A place with few digits, which a translation keeps.
fn place(rng: &mut Rng, reach: f64) -> f64 {
    (64.0 * between(rng, -reach, reach)).round() / 64.0
}

/// A random mixture whose translates far from 0 are exact.
fn placed(rng: &mut Rng) -> Distribution {
    let count = 1 + index(rng, 3);
    let mut part = |kind: u32| -> Distribution {
        let (centre, scale) = (place(rng, 3.0), between(rng, -1.5, 1.0).exp());
        let gaussian = Gaussian::new(centre, scale).unwrap();
        match kind {
            0 => gaussian.into(),
            1 => Laplace::new(centre, scale).unwrap().into(),
            2 => Uniform::new(centre, centre + 1.0 + place(rng, 0.5)).unwrap().into(),
            _ => Truncated::new(gaussian, centre - 1.5, centre + 2.25).unwrap().into(),
        }
    };
    let kinds: Vec<u32> = (0..count).collect();
    let parts = kinds.into_iter().map(|kind| (1.0 + f64::from(kind), part(kind))).collect();
    Mixture::from_weights(parts).unwrap().into()
}

#[test]
fn nothing_depends_on_where_0_is() {
    let mut rng = seeded(16);
    for _ in 0..25 {
        let (p, q) = (placed(&mut rng), placed(&mut rng));
        for shift in [1024.0, -1048576.0, 2_f64.powi(40)] {
            let (far_p, far_q) = (p.translate(shift).unwrap(), q.translate(shift).unwrap());
            for divergence in F_DIVERGENCES.into_iter().chain(DISTANCES) {
                let (near, far) = (divergence.between(&p, &q), divergence.between(&far_p, &far_q));
                assert!(
                    same(near, far, 1e-9),
                    "{divergence:?} of {p:?} and {q:?} is {near}, and {far} by {shift} farther"
                );
            }
        }
    }
}

#[test]
fn equals_are_at_distance_0_however_they_are_written() {
    let mut rng = seeded(17);
    for _ in 0..30 {
        let parts: Vec<(f64, Distribution)> =
            (0..3).map(|_| (between(&mut rng, 0.1, 1.0), simple(&mut rng))).collect();
        let mix = |parts: Vec<(f64, Distribution)>| -> Distribution {
            Mixture::from_weights(parts).unwrap().into()
        };
        let p = mix(parts.clone());
        let turned = parts.iter().cycle().skip(1).take(3).cloned().collect();
        let twice = parts.iter().chain(&parts).cloned().collect();
        let weight = parts[1].0 + parts[2].0;
        let nested = vec![parts[0].clone(), (weight, mix(parts[1..].to_vec()))];
        for q in [turned, twice, nested].map(mix) {
            for divergence in F_DIVERGENCES.into_iter().chain(DISTANCES) {
                assert_eq!(divergence.between(&p, &q), 0.0, "{divergence:?} of {p:?} and {q:?}");
            }
            let event = ScheffeSet::of(&p, &q);
            assert!(event.intervals.is_empty() && event.points.is_empty(), "{event:?} of {p:?} and {q:?}");
        }
    }
}

#[test]
fn the_least_noise_keeps_every_bound() {
    let point = |points: &[(f64, f64)]| PointMasses::new(points.to_vec()).unwrap().into();
    let cut = Truncated::new(Gaussian::new(0.5, 0.3).unwrap(), 0.0, 1.0).unwrap();
    let bases: [Distribution; 4] = [
        Uniform::new(0.0, 1.0).unwrap().into(),
        cut.into(),
        point(&[(0.25, 1.0)]),
        point(&[(0.25, 0.5), (0.875, 0.5)]),
    ];
    for noise in [1e-100, 1e-150, 1e-155, 1e-160, 1e-250, 3e-308] {
        for base in &bases {
            // Uniforms half a length apart, or no overlap at all: as if there were no noise.
            for shift in [0.5, 2.0] {
                let moved = base.translate(shift).unwrap();
                let (p, q) = (base.smooth(noise).unwrap(), moved.smooth(noise).unwrap());
                for divergence in F_DIVERGENCES {
                    let (noisy, sharp) = (divergence.between(&p, &q), divergence.between(base, &moved));
                    let right = same(noisy, sharp, 1e-9) || (sharp == f64::INFINITY && noisy > 1e100);
                    assert!(
                        right,
                        "{divergence:?} of {base:?} by {shift}, noise {noise:e}: {noisy}, not {sharp}"
                    );
                }
            }
        }
    }
}
