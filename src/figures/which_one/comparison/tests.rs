//! Tests of the measurements on pairs of many kinds.

use super::measured::*;
use crate::figure::components::{Components, Shape};
use divergences::fit::Slope;

/// Components, each with weight, mean and standard deviation.
type Rows = &'static [[f64; 3]];

/// Pairs of mixtures: nearly equal, nested, disjoint, and with several components.
const PAIRS: [(Rows, Rows); 9] = [
    (&[[0.6, -1.6, 0.7], [0.4, 1.4, 0.9]], &[[1.0, 0.6, 1.1]]),
    (&[[1.0, 0.0, 1.0]], &[[1.0, 0.0005, 1.0]]),
    (&[[1.0, 0.0, 1.0]], &[[1.0, 1e-8, 1.0]]),
    (&[[0.5, 0.0, 1.0], [0.5, 2.0, 1.0]], &[[0.5, 1e-6, 1.0], [0.5, 2.0, 1.0]]),
    (&[[1.0, 0.0, 0.6]], &[[1.0, 0.0, 1.5]]),
    (&[[1.0, -2.5, 0.8]], &[[1.0, 2.5, 0.8]]),
    (&[[0.5, -4.0, 0.4], [0.5, 4.0, 0.4]], &[[1.0, 0.0, 0.5]]),
    (&[[0.2, -3.0, 0.5], [0.4, 0.0, 0.5], [0.4, 3.0, 0.5]], &[[0.9, -1.0, 2.0], [0.1, 5.0, 0.2]]),
    (&[[1.0, 1.0, 1.0]], &[[1.0, 1.0, 1.0]]),
];

fn every(mut check: impl FnMut(&Measured, &str)) {
    for (p, q) in PAIRS {
        for shape in [Shape::Bells, Shape::Boxes] {
            let measured = Measured::of(&Components::new(p), &Components::new(q), shape);
            check(&measured, &format!("{shape:?} {p:?} {q:?}"));
        }
    }
}

#[test]
fn what_holds_in_general_holds_on_every_pair() {
    every(|measured, pair| {
        for candidate in Candidate::ALL {
            let (divergence, value) = (candidate.divergence(), candidate.of(&measured.profile));
            assert!(!value.is_nan(), "{candidate:?} of {pair}");
            assert!(value <= divergence.upper_bound() * (1.0 + 1e-12), "{candidate:?} of {pair}: {value}");
            if divergence.is_symmetric() {
                let swapped = measured.swapped(candidate);
                assert!(same(value, swapped), "{candidate:?} of {pair}: {value}, swapped {swapped}");
            }
            if divergence.is_metric() {
                for way in [Some(&measured.mixture), measured.halfway.as_ref().map(|(way, _)| way)] {
                    let Some(way) = way else { continue };
                    let outcome = way.against(value, candidate);
                    let length = way.length(candidate);
                    assert_ne!(outcome, Detour::Shorter, "{candidate:?} of {pair}: {value} > {length}");
                }
            }
        }
    });
}

#[test]
fn straight_ways_are_recognised() {
    every(|measured, pair| {
        for candidate in [Candidate::TotalVariation, Candidate::Wasserstein1] {
            let outcome = measured.mixture.against(candidate.of(&measured.profile), candidate);
            assert_eq!(outcome, Detour::AsLong, "the mixture lies on the way of {candidate:?}, {pair}");
        }
        for candidate in [Candidate::Wasserstein1, Candidate::Wasserstein2] {
            let Some((way, _)) = &measured.halfway else { continue };
            let outcome = way.against(candidate.of(&measured.profile), candidate);
            assert_eq!(outcome, Detour::AsLong, "halfway lies on the way of {candidate:?}, {pair}");
        }
    });
}

#[test]
fn without_overlap_only_transport_has_a_finite_value_and_a_slope() {
    every(|measured, pair| {
        let apart = &measured.apart;
        for candidate in Candidate::ALL {
            let (value, slope) = (apart.value(candidate), apart.slope(candidate));
            match candidate {
                Candidate::ForwardKl | Candidate::ReverseKl | Candidate::ChiSquared => {
                    assert_eq!((value, slope), (f64::INFINITY, Slope::Undefined), "{candidate:?} of {pair}");
                }
                Candidate::Wasserstein1 => {
                    let sign = if apart.q.mean() > apart.p.mean() { 1.0 } else { -1.0 };
                    let slope = slope.finite().unwrap();
                    assert!((slope - sign).abs() < 1e-9, "{candidate:?} of {pair}: {slope}");
                }
                Candidate::Wasserstein2 => {
                    let slope = slope.finite().unwrap();
                    let distance = apart.q.mean() - apart.p.mean();
                    assert!(same(slope, distance / value), "{candidate:?} of {pair}: {slope}");
                }
                _ => {
                    let bound = candidate.divergence().upper_bound();
                    assert!((value - bound).abs() < 1e-12, "{candidate:?} of {pair}: {value}");
                    assert_eq!(slope, Slope::Finite(0.0), "{candidate:?} of {pair}");
                }
            }
        }
    });
}

#[test]
fn infinite_is_not_the_same_as_finite() {
    assert!(same(f64::INFINITY, f64::INFINITY) && same(0.0, 0.0), "equals are the same");
    assert!(!same(f64::INFINITY, 0.9) && !same(0.9, f64::INFINITY), "KL of nested boxes, both ways");
    assert!(!same(1e-7, 1.1e-7) && same(0.3, 0.1 + 0.2), "but for rounding");
}

#[test]
fn triangles_are_broken_where_they_must_be() {
    // Two disjoint boxes and their mixture behave like the three coins (1, 0), (½, ½) and (0, 1).
    let [p, q] = [[[1.0, -2.5, 0.8]], [[1.0, 2.5, 0.8]]].map(|parts| Components::new(&parts));
    let measured = Measured::of(&p, &q, Shape::Boxes);
    let candidate = Candidate::JensenShannon;
    assert!((candidate.of(&measured.profile) - 2_f64.ln()).abs() < 1e-12, "log 2");
    assert!(
        (measured.mixture.length(candidate) - 0.431_523_108_677_67).abs() < 1e-9,
        "{}",
        measured.mixture.length(candidate)
    );
    assert_eq!(
        measured.mixture.against(candidate.of(&measured.profile), candidate),
        Detour::Shorter,
        "broken"
    );
    let root = Candidate::JensenShannonDistance;
    assert_eq!(measured.mixture.against(root.of(&measured.profile), root), Detour::Longer, "a metric");
}
