use super::simd::SimdLikelihoods;
use super::*;
use crate::numeric::simd::splat;
use wide::f64x2;

const ALL: [Generator; 13] = [
    Generator::KullbackLeibler,
    Generator::ReverseKullbackLeibler,
    Generator::Jeffreys,
    Generator::JensenShannon,
    Generator::TotalVariation,
    Generator::HellingerSquared,
    Generator::ChiSquared,
    Generator::ReverseChiSquared,
    Generator::Alpha(-1.5),
    Generator::Alpha(0.0),
    Generator::Alpha(0.3),
    Generator::Alpha(1.0),
    Generator::Alpha(3.0),
];

#[test]
fn each_is_the_textbook_formula() {
    for t in [0.01_f64, 0.3, 0.9, 1.2, 4.0, 50.0] {
        let (l, m) = (t.ln(), f64::midpoint(1.0, t));
        let power = |a: f64| (t.powf(a) - 1.0 - a * (t - 1.0)) / (a * (a - 1.0));
        let expected = [
            t * l - t + 1.0,
            t - 1.0 - l,
            (t - 1.0) * l,
            0.5 * (t * (t / m).ln() - m.ln()),
            0.5 * (t - 1.0).abs(),
            0.5 * (t.sqrt() - 1.0).powi(2),
            (t - 1.0).powi(2),
            (t - 1.0).powi(2) / t,
            power(-1.5),
            t - 1.0 - l,
            power(0.3),
            t * l - t + 1.0,
            power(3.0),
        ];
        for (generator, want) in ALL.into_iter().zip(expected) {
            let got = generator.value(t);
            assert!((got - want).abs() <= 2e-13 * want, "{generator:?} at {t}: {got} is not {want}");
        }
    }
}

#[test]
fn two_points_at_once_agree_with_one() {
    for log_q in [-30.0, 0.0, 3.0] {
        for i in 0..200 {
            let size = (f64::from(i) * 0.3 - 40.0).exp();
            let r = f64x2::new([size, -size]);
            let pair = SimdLikelihoods::new(splat(log_q) + r, splat(log_q), r, true);
            for generator in ALL {
                let ours = pair.terms(generator).to_array();
                for (ours, r) in ours.into_iter().zip(r.to_array()) {
                    let log_p = log_q + r;
                    let point = Likelihoods { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio: r };
                    let one = generator.at(&point);
                    // exp (log p) passes on the rounding of a large log p.
                    let tolerance = 1e-14 + 4e-16 * (r.abs() + log_q.abs()) + f64::MIN_POSITIVE;
                    assert!(
                        ours == one
                            || (ours - one).abs() <= tolerance * one
                            || !(1e-300..1e306).contains(&one),
                        "{generator:?} at log q = {log_q}, log p/q = {r:e}: {ours:e}, alone {one:e}"
                    );
                }
            }
        }
    }
    let apart = f64x2::new([f64::NEG_INFINITY, 0.0]);
    let pair = SimdLikelihoods::new(apart, splat(f64::NEG_INFINITY), apart + splat(f64::INFINITY), true);
    for generator in ALL {
        let [neither, p_alone] = pair.terms(generator).to_array();
        assert_eq!(neither, 0.0, "{generator:?} where neither has a density");
        assert!(p_alone > 0.0, "{generator:?} where p has one alone: {p_alone}");
    }
}

#[test]
fn limits_are_those_of_the_function() {
    for generator in ALL {
        assert_eq!(generator.value(1.0), 0.0, "f(1) of {generator:?}");
        assert_eq!(generator.derivative(1.0), 0.0, "f′(1) of {generator:?}");
        assert_eq!(generator.value(0.0), generator.at_zero(), "f(0) of {generator:?}");
        let steep = generator.at(&Likelihoods::of_masses(1.0, 0.0));
        assert_eq!(steep, generator.slope_at_infinity(), "f′(∞) of {generator:?}");
        let twice = generator.reversed().reversed();
        let same =
            matches!((twice, generator), (Generator::Alpha(a), Generator::Alpha(b)) if (a - b).abs() < 1e-15);
        assert!(same || twice == generator, "reversal of {generator:?} twice is {twice:?}");
        for (p, q) in [(1e-310, 1e-300), (1e300, 1e-300), (1e-300, 1e300), (5e-324, 5e-324), (0.0, 0.0)] {
            let value = generator.at(&Likelihoods::of_masses(p, q));
            assert!(value >= 0.0, "{generator:?} at ({p:e}, {q:e}) is {value}");
            let reversed = generator.reversed().at(&Likelihoods::of_masses(q, p));
            assert!(
                value == reversed || (value / reversed - 1.0).abs() < 1e-13,
                "{generator:?} reversed at ({p:e}, {q:e}): {reversed:e} is not {value:e}"
            );
        }
    }
}

#[test]
fn derivatives_are_slopes() {
    for generator in ALL {
        for t in [0.2, 0.8, 1.5, 9.0] {
            let h = 1e-4;
            let slope = (generator.value(t + h) - generator.value(t - h)) / (2.0 * h);
            let derivative = generator.derivative(t);
            assert!((slope - derivative).abs() < 1e-4, "{generator:?} at {t}: {derivative} is not {slope}");
        }
    }
}

#[test]
fn nearly_equal_arguments_keep_their_digits() {
    // To second order each is f″(1)/2 (p − q)²/q; the third order is below 1e-11 here.
    let (p, q) = (1.0 + 1e-12, 1.0_f64);
    let square = ((p - q) / q).powi(2);
    for generator in ALL {
        let curvature = match generator {
            Generator::TotalVariation => continue,
            Generator::Jeffreys | Generator::ChiSquared | Generator::ReverseChiSquared => 1.0,
            Generator::JensenShannon | Generator::HellingerSquared => 0.125,
            _ => 0.5,
        };
        let value = generator.at(&Likelihoods::of_masses(p, q));
        assert!((value / (curvature * square) - 1.0).abs() < 1e-11, "{generator:?}: {value:e}");
    }
}
