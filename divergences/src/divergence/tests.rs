use super::*;
use crate::distribution::{Gaussian, Laplace, Mixture, PointMasses, Truncated, Uniform};
use core::f64::consts::LN_2;

fn gaussian(mean: f64, sd: f64) -> Distribution {
    Gaussian::new(mean, sd).unwrap().into()
}

fn laplace(location: f64, scale: f64) -> Distribution {
    Laplace::new(location, scale).unwrap().into()
}

fn uniform(lower: f64, upper: f64) -> Distribution {
    Uniform::new(lower, upper).unwrap().into()
}

fn mixture(components: &[(f64, Distribution)]) -> Distribution {
    Mixture::new(components.to_vec()).unwrap().into()
}

fn atoms(points: &[(f64, f64)]) -> Distribution {
    PointMasses::new(points.to_vec()).unwrap().into()
}

fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!((got - want).abs() <= tolerance * want.abs() || got == want, "{what}: {got:e} is not {want:e}");
}

/// Values by mpmath at 30 digits, the line cut at all crossings: KL both ways, JS, TV, H², χ², W1.
#[test]
fn quadratures_agree_with_mpmath() {
    let m = mixture(&[(0.5, gaussian(-2.0, 0.75)), (0.25, gaussian(1.0, 1.5)), (0.25, gaussian(4.0, 0.25))]);
    let n = mixture(&[(0.5, gaussian(-2.0, 0.75)), (0.5, gaussian(3.0, 1.0))]);
    let t: Distribution = Truncated::new(gaussian(0.0, 1.0), -1.0, 2.5).unwrap().into();
    let inf = f64::INFINITY;
    #[rustfmt::skip]
    let cases = [
        (m.clone(), gaussian(0.5, 2.0), [0.6224501167599836, 0.5632414489400221, 0.13476504091894775,
            0.4683823475192159, 0.14075439991700675, 2.0771891373902536, 0.9756619055820234]),
        (m, n, [0.3150065437903359, 0.37025471193997905, 0.07734752956035243, 0.2601226147268802,
            0.08118107465891491, inf, 0.42255503843436926]),
        (gaussian(0.0, 1.0), laplace(0.5, 1.25), [0.21382669051157197, 0.6901478013305177,
            0.06151874629250983, 0.23878231398777172, 0.07071368499493182, 0.3554510844777592,
            0.7104114995517116]),
        (uniform(-1.0, 2.0), gaussian(0.0, 1.0), [0.32032624453656305, inf, 0.09020505199021235,
            0.2328992095217641, 0.11889202315350869, 0.6498809584294308, 0.5188547743070356]),
        (t, gaussian(1.0, 1.0), [0.41141194824562577, inf, 0.10490139619254399, 0.3584415220210231,
            0.12080050809480045, 0.9478204718984312, 0.7503764778993117]),
        (laplace(0.0, 1.0), uniform(-2.0, 1.0), [inf, 0.42786822522516893, 0.12311292343884313,
            0.3146306234652512, 0.16260935393783638, inf, 0.652991939362308]),
        (gaussian(0.0, 1.0), gaussian(1.0, 3.0), [0.7097233997792208, 3.4013877113318904,
            0.20109820864639433, 0.506620271806841, 0.24452819066464934, 1.3150734958922239,
            1.7911862296052241]),
        (gaussian(0.0, 1.0), gaussian(0.5, 0.01), [6244.894829814011, 4.230220185988092,
            0.6453330185868896, 0.9762457948345925, 0.8671527425354427, inf, 0.8885606913081152]),
    ];
    for (p, q, [forward, reverse, js, tv, h2, chi, w1]) in cases {
        let all = [
            (Divergence::ForwardKl, forward),
            (Divergence::ReverseKl, reverse),
            (Divergence::JensenShannon, js),
            (Divergence::TotalVariation, tv),
            (Divergence::HellingerSquared, h2),
            (Divergence::ChiSquared, chi),
            (Divergence::Wasserstein(1.0), w1),
        ];
        let profile = Profile::between(&p, &q);
        for (divergence, want) in all {
            let what = format!("{divergence:?} between {p:?} and {q:?}");
            close(divergence.between(&p, &q), want, 1e-12, &what);
            close(profile.get(divergence).unwrap(), want, 1e-12, &format!("profile: {what}"));
        }
        for symmetric in [Divergence::JensenShannon, Divergence::TotalVariation, Divergence::HellingerSquared]
        {
            close(symmetric.between(&q, &p), symmetric.between(&p, &q), 1e-13, "symmetry");
        }
    }
}

/// KL, H², χ², `D_0.3`, `D_1.0000001` by mpmath at 60 digits.
#[test]
fn closed_forms_agree_with_mpmath() {
    #[rustfmt::skip]
    let cases = [
((0.0, 1.0), (1e-12, 1.000000000001), [1.5001778090653283e-24, 3.750444522666238e-25, 3.0003556181259892e-24, 1.500177809066962e-24, 1.5001778090653283e-24]),
((0.5, 2.0), (0.5000001, 1.9999999), [3.750000334936803e-15, 9.375000472758627e-16, 7.500001253207112e-15, 3.750000130770114e-15, 3.7500003349368325e-15]),
((1.0, 3.0), (-2.0, 0.5), [33.708240530771945, 0.553470081714266, f64::INFINITY, 1.911945054224795, 33.70838939789083]),
((0.0, 1.0), (0.0, 0.75), [0.10120681643710797, 0.02020410288672876, 0.5909902576697319, 0.07537180455735618, 0.10120682195202449]),
((0.0, 1e-150), (1e-150, 2e-150), [0.4431471805599453, 0.1491945378473598, 0.7440263415096852, 0.7374002468154125, 0.4431471632517001]),
((0.0, 1.0), (30.0, 1.25), [288.0431435513142, 1.0, 9.260341696393353e183, 4.761904761904762, 288.0472816648175]),
    ];
    for (p, q, wants) in cases {
        let (p, q) = (gaussian(p.0, p.1), gaussian(q.0, q.1));
        let got = [
            kullback_leibler(&p, &q),
            hellinger_squared(&p, &q),
            chi_squared(&p, &q),
            alpha_divergence(0.3, &p, &q),
            alpha_divergence(1.0000001, &p, &q),
        ];
        for (k, (got, want)) in got.into_iter().zip(wants).enumerate() {
            close(got, want, 1e-13, &format!("value {k} between {p:?} and {q:?}"));
        }
    }
}

/// KL, JS, H², TV by mpmath at 50 digits.
#[test]
fn near_identical_densities_keep_their_digits() {
    let m = |mean: f64| mixture(&[(0.5, gaussian(mean, 0.75)), (0.5, gaussian(1.0, 1.5))]);
    #[rustfmt::skip]
    let cases = [
        (gaussian(0.0, 1.0), gaussian(0.0, 1.0 + 1e-12), [1.0001778090663284e-24, 2.500444522667488e-25, 2.500444522667488e-25, 4.839844717146831e-13]),
        (gaussian(0.0, 1.0), gaussian(1e-12, 1.0), [5e-25, 1.25e-25, 1.25e-25, 3.9894228040143267e-13]),
        (m(-2.0), m(-2.0 + 1e-12), [3.2813186324051266e-25, 8.2032965810115e-26, 8.2032965810115e-26, 2.659851644016539e-13]),
        (laplace(0.0, 1.0), laplace(1e-9, 1.0), [4.999999998333334e-19, 1.2499999995833336e-19, 1.2499999995833336e-19, 4.99999999875e-10]),
    ];
    for (p, q, [kl, js, h2, tv]) in cases {
        for (divergence, want) in [
            (Divergence::ForwardKl, kl),
            (Divergence::JensenShannon, js),
            (Divergence::HellingerSquared, h2),
            (Divergence::TotalVariation, tv),
        ] {
            close(
                divergence.between(&p, &q),
                want,
                1e-12,
                &format!("{divergence:?} between {p:?} and {q:?}"),
            );
        }
    }
}

#[test]
fn disjoint_supports_are_exact_to_the_last_bit() {
    let ten: Vec<(f64, Distribution)> =
        (0..10).map(|i| (0.1, uniform(f64::from(i), f64::from(i) + 0.5))).collect();
    let pairs = [
        (uniform(0.0, 1.0), uniform(1.0, 2.0)),
        (
            Truncated::new(gaussian(0.0, 1.0), -3.0, 3.0).unwrap().into(),
            Truncated::new(gaussian(9.0, 1.0), 6.0, 9.5).unwrap().into(),
        ),
        (gaussian(0.0, 1.0), atoms(&[(0.0, 0.3), (1.0, 0.7)])),
        (atoms(&[(0.0, 1.0)]), atoms(&[(1.0, 1.0)])),
        (mixture(&ten), mixture(&[(0.5, uniform(0.6, 0.7)), (0.5, atoms(&[(0.25, 1.0)]))])),
    ];
    for (p, q) in pairs {
        for (p, q) in [(&p, &q), (&q, &p)] {
            assert_eq!(kullback_leibler(p, q), f64::INFINITY, "KL of {p:?} and {q:?}");
            assert_eq!(jensen_shannon(p, q), LN_2, "JS of {p:?} and {q:?}");
            assert_eq!(total_variation(p, q), 1.0, "TV of {p:?} and {q:?}");
            assert_eq!(hellinger_squared(p, q), 1.0, "H² of {p:?} and {q:?}");
            assert_eq!(chi_squared(p, q), f64::INFINITY, "χ² of {p:?} and {q:?}");
            assert_eq!(alpha_divergence(0.5, p, q), 4.0, "D_½ of {p:?} and {q:?}");
            assert_eq!(alpha_divergence(-1.0, p, q), f64::INFINITY, "D_−1 of {p:?} and {q:?}");
        }
    }
}

#[test]
fn partly_overlapping_uniforms_are_exact() {
    let p = uniform(0.0, 1.0);
    for theta in [0.0, 0.125, 0.5, 0.75, 1.0, 3.0] {
        let q = uniform(theta, theta + 1.0);
        let apart = theta.min(1.0);
        assert_eq!(jensen_shannon(&p, &q), apart * LN_2, "JS = θ log 2 at {theta}");
        assert_eq!(total_variation(&p, &q), apart, "TV = θ at {theta}");
        assert_eq!(hellinger_squared(&p, &q), apart, "H² = θ at {theta}");
        assert_eq!(wasserstein(1.0, &p, &q), theta, "W1 = θ at {theta}");
        assert_eq!(wasserstein(2.0, &p, &q), theta, "W2 = θ at {theta}");
        assert_eq!(wasserstein_infinity(&p, &q), theta, "W∞ = θ at {theta}");
    }
    // Half of q's mass where p has none; twice p's density on the rest.
    let half = mixture(&[(0.5, p.clone()), (0.5, uniform(2.0, 3.0))]);
    assert_eq!(kullback_leibler(&p, &half), LN_2, "KL of a part from the whole");
    assert_eq!(kullback_leibler(&half, &p), f64::INFINITY, "KL of the whole from a part");
    assert_eq!(chi_squared(&p, &half), 1.0, "χ² of a part from the whole");
}

#[test]
fn atoms_and_densities_are_mutually_singular() {
    let p = mixture(&[(0.5, gaussian(0.0, 1.0)), (0.5, atoms(&[(0.0, 1.0)]))]);
    assert_eq!(kullback_leibler(&p, &gaussian(0.0, 1.0)), f64::INFINITY, "an atom where q has none");
    close(kullback_leibler(&gaussian(0.0, 1.0), &p), LN_2, 1e-14, "half of q's mass is wasted on an atom");
    close(total_variation(&gaussian(0.0, 1.0), &p), 0.5, 1e-14, "TV");
    let q = mixture(&[(0.75, gaussian(0.0, 1.0)), (0.25, atoms(&[(0.0, 1.0)]))]);
    let bernoulli = discrete::kullback_leibler(&[0.5, 0.5], &[0.75, 0.25]);
    close(kullback_leibler(&p, &q), bernoulli, 1e-13, "common parts compare by their weights");
    close(jensen_shannon(&p, &q), discrete::jensen_shannon(&[0.5, 0.5], &[0.75, 0.25]), 1e-13, "JS");
    assert!(entropy(&p).is_nan(), "a mixture of both has neither entropy");
    // E|Z| = √(2/π), E Z² = 1.
    close(
        wasserstein(1.0, &gaussian(0.0, 1.0), &atoms(&[(0.0, 1.0)])),
        (2.0 / core::f64::consts::PI).sqrt(),
        1e-13,
        "W1",
    );
    close(wasserstein(2.0, &gaussian(0.0, 1.0), &atoms(&[(0.0, 1.0)])), 1.0, 1e-13, "W2");
    close(
        wasserstein(1.0, &p, &gaussian(0.0, 1.0)),
        wasserstein(1.0, &gaussian(0.0, 1.0), &p),
        1e-13,
        "symmetry",
    );
}

#[test]
fn tails_decide_what_is_infinite() {
    let (narrow, wide) = (gaussian(0.0, 1.0), gaussian(0.5, 1.5));
    let laplace = laplace(0.0, 3.0);
    // As mixtures, so that no closed form answers.
    let mix = |d: &Distribution| mixture(&[(0.5, d.clone()), (0.5, d.translate(0.25).unwrap())]);
    for (p, q) in [(narrow.clone(), wide.clone()), (mix(&narrow), mix(&wide))] {
        assert!(chi_squared(&p, &q).is_finite(), "a narrow p over a wide q");
        assert_eq!(chi_squared(&q, &p), f64::INFINITY, "σ_p² = 2.25 ≥ 2 σ_q²");
        assert!(alpha_divergence(1.75, &q, &p).is_finite(), "1.75 − 0.75 · 2.25 > 0");
        assert_eq!(alpha_divergence(1.8, &q, &p), f64::INFINITY, "1.8 − 0.8 · 2.25 = 0");
        assert_eq!(alpha_divergence(-0.8, &p, &q), f64::INFINITY, "the same, reversed");
        for value in [kullback_leibler(&p, &q), kullback_leibler(&q, &p)] {
            assert!(value.is_finite(), "KL between Gaussian mixtures is finite");
        }
    }
    for gaussian in [narrow.clone(), mix(&narrow)] {
        assert_eq!(chi_squared(&laplace, &gaussian), f64::INFINITY, "χ² of a Laplace from a Gaussian");
        assert!(chi_squared(&gaussian, &laplace).is_finite(), "and the other way round");
        assert!(kullback_leibler(&laplace, &gaussian).is_finite(), "KL of a Laplace from a Gaussian");
    }
    // ∫ p²/q of exponential tails needs 2/b_p > 1/b_q.
    let tail = |scale: f64| Distribution::from(Laplace::new(0.0, scale).unwrap());
    assert!(chi_squared(&tail(1.9), &tail(1.0)).is_finite(), "b_p < 2 b_q");
    assert_eq!(chi_squared(&tail(2.0), &tail(1.0)), f64::INFINITY, "b_p = 2 b_q");
    // 1 + χ² = b_q/b_p · b_q/(2 b_q − b_p)  for centred Laplaces.
    close(chi_squared(&tail(1.9), &tail(1.0)), 1.0 / (1.9 * 0.1) - 1.0, 1e-11, "a slowly decaying integrand");
    let one_sided = Truncated::new(wide.clone(), 0.0, f64::INFINITY).unwrap().into();
    assert_eq!(chi_squared(&one_sided, &narrow), f64::INFINITY, "one heavy tail is enough");
    let bounded = Truncated::new(wide, -50.0, 50.0).unwrap().into();
    close(
        chi_squared(&bounded, &narrow),
        2.47365314320775e68,
        1e-11,
        "a bounded p has a finite, if huge, χ²",
    );
}

#[test]
fn mass_far_outside_both_is_found() {
    // p²/q of N(20, 1) and N(0, 1) has its peak at 40: χ² = e^400 − 1. As mixtures, so that no closed form answers.
    let mix = |mean: f64| mixture(&[(0.5, gaussian(mean, 1.0)), (0.5, gaussian(mean, 1.0))]);
    close(chi_squared(&mix(20.0), &mix(0.0)), 400_f64.exp(), 1e-11, "χ²");
    close(alpha_divergence(3.0, &mix(5.0), &mix(0.0)), (75_f64.exp() - 1.0) / 6.0, 1e-12, "D_3");
    close(kullback_leibler(&mix(1e3), &mix(0.0)), 5e5, 1e-13, "KL");
}

#[test]
fn corrections_about_gaussians_hold() {
    // A shift of 0.1 in each of d dimensions is a shift of 0.1√d along one.
    for (dimensions, kl, share) in [(784.0_f64, 3.92, 0.715), (10_000.0, 50.0, 0.999999)] {
        let (p, q) = (gaussian(0.0, 1.0), gaussian(0.1 * dimensions.sqrt(), 1.0));
        close(kullback_leibler(&p, &q), kl, 1e-12, "KL");
        assert!(
            (jensen_shannon(&p, &q) / LN_2 - share).abs() < 6e-4_f64.min(1.0 - share + 1e-9),
            "JS in {dimensions}"
        );
    }
    // The posterior of z ~ N(0, 1), x|z ~ N(z, 1) at x = 2 is N(1, ½).
    let (prior, posterior) = (gaussian(0.0, 1.0), gaussian(1.0, 0.5_f64.sqrt()));
    close(kullback_leibler(&posterior, &prior), 0.5966, 1e-4, "the posterior from the prior");
    close(kullback_leibler(&prior, &posterior), 1.1534, 1e-4, "the prior from the posterior");
    // Equal σ, or mirror images: the same both ways.
    let (p, q) = (gaussian(0.0, 2.0), gaussian(1.0, 2.0));
    assert_eq!(kullback_leibler(&p, &q), kullback_leibler(&q, &p), "equal σ");
    let skewed = mixture(&[(0.25, gaussian(-1.0, 0.5)), (0.75, gaussian(1.0, 1.0))]);
    let mirrored = skewed.scale(-1.0).unwrap();
    close(kullback_leibler(&skewed, &mirrored), kullback_leibler(&mirrored, &skewed), 1e-13, "mirror images");
}

#[test]
fn corrections_about_wasserstein_hold() {
    let three = |w: [f64; 3]| atoms(&[(0.0, w[0]), (1.0, w[1]), (2.0, w[2])]);
    close(wasserstein(1.0, &three([0.1, 0.2, 0.7]), &three([0.8, 0.1, 0.1])), 1.3, 1e-15, "W1 of p1 and p2");
    let samples = |x: &[f64]| Distribution::from(PointMasses::from_samples(x).unwrap());
    close(
        wasserstein(1.0, &samples(&[0.1, 0.2, 0.7]), &samples(&[0.8, 0.1, 0.1])),
        0.2 / 3.0,
        1e-14,
        "as samples",
    );
    for theta in [-3.0_f64, 0.0, 1e-300, 0.5] {
        let (p, q) = (atoms(&[(0.0, 1.0)]), atoms(&[(theta, 1.0)]));
        for order in [1.0, 1.5, 2.0, 7.0, f64::INFINITY] {
            close(wasserstein(order, &p, &q), theta.abs(), 1e-15, "point masses are |θ| apart");
        }
        // The saturation of JS: the same wherever q's atom sits.
        assert_eq!(jensen_shannon(&p, &q), if theta == 0.0 { 0.0 } else { LN_2 }, "JS at {theta}");
    }
}

#[test]
fn wasserstein_of_locations_and_scales_is_known() {
    let (p, q) = (gaussian(1.0, 2.0), gaussian(4.0, 6.0));
    assert_eq!(wasserstein(2.0, &p, &q), 5.0, "√(3² + 4²)");
    // E|3 + 4Z|: W1 as a folded normal; E|3 + 4Z|⁴ = 81 + 6·9·16 + 3·256.
    close(wasserstein(4.0, &p, &q), 1713_f64.powf(0.25), 1e-13, "W4");
    close(
        wasserstein(1.0, &gaussian(0.0, 1.0), &gaussian(0.0, 3.0)),
        2.0 * (2.0 / core::f64::consts::PI).sqrt(),
        1e-15,
        "W1",
    );
    assert_eq!(wasserstein_infinity(&p, &q), f64::INFINITY, "tails of different scale part for ever");
    // Laplace: E|3Z|^p = 3^p p!.
    close(wasserstein(1.0, &laplace(2.0, 1.0), &laplace(2.0, 4.0)), 3.0, 1e-13, "W1 of Laplaces");
    close(
        wasserstein(3.0, &laplace(2.0, 1.0), &laplace(2.0, 4.0)),
        3.0 * 6_f64.cbrt(),
        1e-13,
        "W3 of Laplaces",
    );
    assert_eq!(wasserstein_infinity(&uniform(0.0, 1.0), &uniform(-2.0, 5.0)), 4.0, "ends of uniforms");
    for d in [
        p,
        laplace(0.5, 2.0),
        Truncated::new(gaussian(0.0, 1.0), 8.0, 9.0).unwrap().into(),
        mixture(&[(0.3, gaussian(-1.0, 0.5)), (0.7, laplace(1.0, 1.0))]),
        mixture(&[(0.5, uniform(0.0, 1.0)), (0.5, atoms(&[(3.0, 1.0)]))]),
    ] {
        let shifted = d.translate(0.7).unwrap();
        for order in [1.0, 1.3, 2.0, 3.0] {
            close(
                wasserstein(order, &d, &shifted),
                0.7,
                1e-13,
                &format!("W_{order} of a translate of {d:?}"),
            );
        }
        close(wasserstein_infinity(&d, &shifted), 0.7, 1e-12, "W∞ of a translate");
        assert_eq!(wasserstein(2.0, &d, &d), 0.0, "W2 of equals");
    }
}

/// The general coupling against the closed forms: components doubled, so that the pair no longer looks affine.
#[test]
fn the_coupling_of_quantiles_agrees_with_closed_forms() {
    let doubled = |d: Distribution, w: f64| mixture(&[(w, d.clone()), (1.0 - w, d)]);
    let pairs = [
        (gaussian(1.0, 2.0), gaussian(4.0, 6.0)),
        (laplace(0.0, 1.0), laplace(1.0, 3.0)),
        (uniform(0.0, 1.0), uniform(-2.0, 5.0)),
        (
            Truncated::new(gaussian(0.0, 1.0), 1.0, 3.0).unwrap().into(),
            Truncated::new(gaussian(5.0, 2.0), 7.0, 11.0).unwrap().into(),
        ),
    ];
    for (p, q) in pairs {
        let (p2, q2) = (doubled(p.clone(), 0.25), doubled(q.clone(), 0.5));
        for order in [1.0, 1.5, 2.0, 3.0, 8.0] {
            let (want, got) = (wasserstein(order, &p, &q), wasserstein(order, &p2, &q2));
            close(got, want, 1e-11, &format!("W_{order} of {p:?} and {q:?}"));
        }
        close(wasserstein_infinity(&p2, &q2), wasserstein_infinity(&p, &q), 1e-12, "W∞");
    }
}

#[test]
fn wasserstein_infinity_looks_at_tails_gaps_and_the_middle() {
    // The same tails: the limits of the differences, |μ_p − μ_q| of the outermost components, and no more.
    let p = mixture(&[(0.5, gaussian(-3.0, 1.0)), (0.5, gaussian(3.0, 1.0))]);
    let q = mixture(&[(0.25, gaussian(-3.0, 1.0)), (0.75, gaussian(3.0, 1.0))]);
    // The farthest is in the middle: mass from one mode to the other.
    let middle = wasserstein_infinity(&p, &q);
    assert!(middle > 4.0 && middle < 6.0, "a quarter of the mass crosses the gap: {middle}");
    // Laplaces of the same scale: the tail's limit is b log(w_p/w_q).
    let p = mixture(&[(0.5, laplace(0.0, 2.0)), (0.5, gaussian(0.0, 1.0))]);
    let q = mixture(&[(0.25, laplace(0.0, 2.0)), (0.75, gaussian(0.0, 1.0))]);
    let limit = wasserstein_infinity(&p, &q);
    close(limit, 2.0 * LN_2, 1e-12, "the limit in the tails");
    // Gaps in both at the same level: mass does not move through them.
    let p = mixture(&[(0.5, uniform(0.0, 1.0)), (0.5, uniform(2.0, 3.0))]);
    let q = mixture(&[(0.5, uniform(0.0, 1.0)), (0.5, uniform(10.0, 11.0))]);
    close(wasserstein_infinity(&p, &q), 8.0, 1e-12, "W∞ across gaps");
    close(wasserstein(2.0, &p, &q), 32_f64.sqrt(), 1e-12, "W2 across gaps");
    close(wasserstein(1.0, &p, &q), 4.0, 1e-13, "W1 across gaps");
    let q = atoms(&[(0.0, 0.5), (3.0, 0.5)]);
    close(wasserstein_infinity(&p, &q), 1.0, 1e-12, "W∞ to atoms");
    close(wasserstein(2.0, &p, &q), (1.0_f64 / 3.0).sqrt(), 1e-13, "W2 to atoms");
    assert_eq!(
        wasserstein_infinity(&gaussian(0.0, 1.0), &uniform(0.0, 1.0)),
        f64::INFINITY,
        "an unbounded tail"
    );
}

#[test]
fn invalid_orders_are_errors_or_nan() {
    let (p, q) = (gaussian(0.0, 1.0), gaussian(1.0, 1.0));
    for order in [0.999, 0.0, -1.0, f64::NAN] {
        assert!(Divergence::wasserstein(order).is_err(), "W_{order}");
        assert!(wasserstein(order, &p, &q).is_nan(), "W_{order}");
    }
    assert_eq!(Divergence::wasserstein(f64::INFINITY), Ok(Divergence::WassersteinInfinity), "W∞");
    for alpha in [f64::NAN, f64::INFINITY] {
        assert!(Divergence::alpha(alpha).is_err(), "D_{alpha}");
        assert!(Divergence::Alpha(alpha).between(&p, &q).is_nan(), "D_{alpha}");
    }
    let categorical = |w: &[f64]| Categorical::new(w.to_vec()).unwrap();
    let (a, b) = (categorical(&[0.5, 0.5]), categorical(&[0.2, 0.3, 0.5]));
    assert_eq!(
        Divergence::ForwardKl.between_categorical(&a, &b),
        Err(Error::LengthMismatch { p: 2, q: 3 }),
        "lengths"
    );
    assert_eq!(
        Divergence::Wasserstein(1.0).between_categorical(&a, &a),
        Err(Error::NoPositions),
        "positions"
    );
}

#[test]
fn entropies_and_cross_entropies_agree_with_closed_forms() {
    let e = core::f64::consts::E;
    close(entropy(&gaussian(3.0, 2.0)), 0.5 * (8.0 * core::f64::consts::PI * e).ln(), 1e-15, "Gaussian");
    close(entropy(&laplace(3.0, 2.0)), 1.0 + 4_f64.ln(), 1e-15, "Laplace");
    close(
        entropy(&mixture(&[(0.5, uniform(0.0, 1.0)), (0.5, uniform(2.0, 4.0))])),
        1.5 * LN_2,
        1e-13,
        "two uniforms",
    );
    let wide = Truncated::new(gaussian(0.0, 1.0), -30.0, 30.0).unwrap().into();
    close(entropy(&wide), entropy(&gaussian(0.0, 1.0)), 1e-13, "a truncation that takes nothing");
    let points = [(0.0, 0.25), (1.0, 0.75)];
    close(entropy(&atoms(&points)), discrete::entropy(&[0.25, 0.75]), 1e-15, "point masses");
    for (p, q) in [
        (gaussian(1.0, 2.0), gaussian(0.0, 3.0)),
        (gaussian(1.0, 2.0), laplace(0.0, 1.0)),
        (uniform(0.0, 1.0), laplace(0.25, 1.0)),
        (laplace(0.0, 1.0), mixture(&[(0.5, gaussian(0.0, 1.0)), (0.5, laplace(1.0, 2.0))])),
        (atoms(&points), atoms(&[(0.0, 0.5), (1.0, 0.25), (2.0, 0.25)])),
    ] {
        close(cross_entropy(&p, &q), entropy(&p) + kullback_leibler(&p, &q), 1e-12, "H(p, q) = H(p) + KL");
    }
    // Samples: the mean negative log-likelihood.
    let (samples, model) = (atoms(&points), laplace(0.0, 1.0));
    close(cross_entropy(&samples, &model), LN_2 + 0.75, 1e-15, "samples");
    assert_eq!(cross_entropy(&gaussian(0.0, 1.0), &uniform(0.0, 1.0)), f64::INFINITY, "mass outside q");
    assert_eq!(cross_entropy(&gaussian(0.0, 1.0), &samples), f64::INFINITY, "a density against atoms");
}
