use super::*;
use crate::numeric::quadrature::integrate;

fn gaussian(mean: f64, sd: f64) -> Distribution {
    Gaussian::new(mean, sd).unwrap().into()
}

fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!((got - want).abs() <= tolerance * want.abs(), "{what}: {got:e} is not {want:e}");
}

/// One of each kind, and mixtures of them; those with a density alone.
fn smooth() -> Vec<Distribution> {
    let uniform = Distribution::from(Uniform::new(-1.0, 3.0).unwrap());
    let laplace = Distribution::from(Laplace::new(0.5, 2.0).unwrap());
    let tail = Distribution::from(Truncated::new(gaussian(0.0, 1.0), 8.0, 9.0).unwrap());
    vec![
        gaussian(1.0, 2.0),
        laplace.clone(),
        uniform.clone(),
        tail.clone(),
        Truncated::new(gaussian(0.0, 1.0), f64::NEG_INFINITY, -2.0).unwrap().into(),
        Truncated::new(laplace.clone(), -1.0, f64::INFINITY).unwrap().into(),
        Truncated::new(uniform.clone(), 0.0, 9.0).unwrap().into(),
        Mixture::new(vec![(0.25, gaussian(-3.0, 0.5)), (0.5, laplace), (0.25, tail)]).unwrap().into(),
        Mixture::new(vec![
            (0.5, uniform),
            (0.0, gaussian(0.0, 1.0)),
            (0.5, Uniform::new(5.0, 6.0).unwrap().into()),
        ])
        .unwrap()
        .into(),
    ]
}

/// Points between which the density is smooth, as far out as there is mass.
fn panels(d: &Distribution) -> Vec<f64> {
    let mut points = d.breakpoints();
    points.extend(
        (0..=400).map(|i| {
            d.quantile(1e-30) + f64::from(i) / 400.0 * (d.upper_quantile(1e-30) - d.quantile(1e-30))
        }),
    );
    points.sort_by(f64::total_cmp);
    points
}

#[test]
fn truncated_tails_agree_with_mpmath() {
    for (lower, upper, x, mean, variance, cdf, density, log_density) in [
        (
            8.0,
            9.0,
            8.25,
            8.121188992979796,
            0.014148542782748111,
            0.8728512209243857,
            1.0654849634248154,
            0.06343006023247537,
        ),
        (
            40.0,
            41.0,
            40.015625,
            40.02496884720726,
            0.0006226683785913863,
            0.4650126261047985,
            21.42120694855098,
            3.0643814102366154,
        ),
        (
            -1.0,
            2.0,
            0.5,
            0.22963717909132897,
            0.5197625392115339,
            0.6508804213366272,
            0.4300850759232247,
            -0.8437722388802101,
        ),
        (
            0.0,
            0.0009765625,
            0.000244140625,
            0.00048828121119489395,
            7.947285717414579e-08,
            0.25000003725290326,
            1024.0001322428368,
            6.93147193474284,
        ),
        (
            3.0,
            40.0,
            4.0,
            3.2830986549304364,
            0.07055918678526811,
            0.9765380487332997,
            0.09914098889623253,
            -2.311212311694323,
        ),
    ] {
        let d = Truncated::new(gaussian(0.0, 1.0), lower, upper).unwrap();
        close(d.mean(), mean, 1e-14, "mean");
        close(d.variance(), variance, 1e-13, "variance");
        close(d.cdf(x), cdf, 1e-13, "cdf");
        close(1.0 - d.survival(x), cdf, 1e-13, "survival");
        close(d.density(x), density, 1e-13, "density");
        close(d.log_density(x), log_density, 1e-13, "log density");
        close(d.quantile(cdf), x, 1e-14, "quantile");
        // And its mirror image.
        let mirrored = Distribution::from(d).scale(-1.0).unwrap();
        close(mirrored.mean(), -mean, 1e-14, "mirrored mean");
        close(mirrored.survival(-x), cdf, 1e-13, "mirrored cdf");
    }
}

#[test]
fn cdf_mean_and_variance_are_integrals_of_the_density() {
    for d in smooth() {
        let panels = panels(&d);
        close(integrate(&panels, &mut |x| d.density(x)), 1.0, 1e-13, "mass");
        let mean = integrate(&panels, &mut |x| x * d.density(x));
        assert!((d.mean() - mean).abs() < 1e-12, "mean of {d:?}: {} is not {mean}", d.mean());
        close(
            d.variance(),
            integrate(&panels, &mut |x| (x - mean).powi(2) * d.density(x)),
            1e-12,
            "variance",
        );
        for level in [1e-9, 0.01, 0.3, 0.5, 0.77, 0.999] {
            let x = d.quantile(level);
            let mut below: Vec<f64> = panels.iter().copied().filter(|&p| p < x).collect();
            below.push(x);
            let cdf = integrate(&below, &mut |t| d.density(t));
            let spacing = d.density(x) * x.abs() * 4e-16;
            assert!(
                (d.cdf(x) - cdf).abs() <= 1e-12 * cdf + spacing,
                "{d:?}: F({x}) = {} is not {cdf}",
                d.cdf(x)
            );
            close(d.density(x).ln(), d.log_density(x), 1e-13, "log density");
        }
    }
}

#[test]
fn quantile_inverts_cdf_and_survival_in_both_tails() {
    for d in smooth() {
        for u in [1e-200, 1e-20, 1e-3, 0.2, 0.499, 0.6, 0.93] {
            // A mass near a bound far from 0 can't be resolved: allow for the spacing of numbers at x.
            let x = d.quantile(u);
            let spacing = d.density(x) * x.abs() * 4e-16;
            assert!((d.cdf(x) - u).abs() <= 1e-13 * u + spacing, "{d:?}: F({x}) = {} is not {u}", d.cdf(x));
            let x = d.upper_quantile(u);
            let spacing = d.density(x) * x.abs() * 4e-16;
            assert!(
                (d.survival(x) - u).abs() <= 1e-13 * u + spacing,
                "{d:?}: S({x}) = {} is not {u}",
                d.survival(x)
            );
            assert!(
                (d.cdf(x) + d.survival(x) - 1.0).abs() < 1e-15,
                "{d:?}: F + S = 1 + {:e} at {x}",
                d.cdf(x) + d.survival(x) - 1.0
            );
        }
        assert_eq!((d.cdf(f64::NEG_INFINITY), d.cdf(f64::INFINITY)), (0.0, 1.0), "cdf of {d:?} at infinity");
        assert_eq!(
            (d.survival(f64::NEG_INFINITY), d.survival(f64::INFINITY)),
            (1.0, 0.0),
            "survival of {d:?}"
        );
        assert!(d.cdf(f64::NAN).is_nan() && d.survival(f64::NAN).is_nan(), "{d:?} at NaN");
        let support = d.support();
        assert_eq!((d.quantile(0.0), d.quantile(1.0)), (support.lower(), support.upper()), "ends of {d:?}");
        assert_eq!(
            (d.upper_quantile(1.0), d.upper_quantile(0.0)),
            (support.lower(), support.upper()),
            "ends of {d:?}"
        );
        for u in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(d.quantile(u).is_nan() && d.upper_quantile(u).is_nan(), "{d:?} has no quantile at {u}");
        }
    }
}

#[test]
fn atoms_make_the_quantile_jump_and_stand_still() {
    let points = PointMasses::new(vec![(2.0, 0.5), (0.0, 0.25), (7.0, 0.0), (4.0, 0.25)]).unwrap();
    let d = Distribution::from(
        Mixture::new(vec![(0.5, points.clone().into()), (0.5, Uniform::new(0.0, 2.0).unwrap().into())])
            .unwrap(),
    );
    assert_eq!(d.atoms(), [(0.0, 0.125), (2.0, 0.25), (4.0, 0.125)], "atoms of the mixture");
    for (u, x) in [
        (0.0, 0.0),
        (0.125, 0.0),
        (0.375, 1.0),
        (0.625, 2.0),
        (0.8, 2.0),
        (0.875, 2.0),
        (0.9, 4.0),
        (1.0, 4.0),
    ] {
        close(d.quantile(u), x, 1e-15, "quantile");
        close(d.upper_quantile(1.0 - u), x, 1e-15, "upper quantile");
    }
    assert_eq!(d.quantile(0.8), 2.0, "an atom is hit exactly");
    assert_eq!((d.cdf(2.0), d.survival(2.0)), (0.875, 0.125), "the cdf is continuous from the right");
    assert_eq!(d.support(), Support { intervals: vec![(0.0, 2.0)], atoms: vec![0.0, 2.0, 4.0] }, "support");
    assert!(d.support().contains(4.0) && !d.support().contains(3.0), "4 carries mass, 3 does not");
    assert_eq!(points.quantile(0.25), 0.0, "inf{{x : F(x) ≥ ¼}}");
    assert_eq!(points.upper_quantile(0.75), 0.0, "inf{{x : S(x) ≤ ¾}}");
    close(d.mean(), 1.5, 1e-15, "mean");
}

#[test]
fn nested_mixtures_are_flattened_and_weightless_components_do_not_count() {
    let inner = Mixture::new(vec![(0.5, gaussian(0.0, 1.0)), (0.5, gaussian(1.0, 1.0))]).unwrap();
    let outer = Mixture::from_weights(vec![(3.0, inner.into()), (1.0, gaussian(9.0, 1.0))]).unwrap();
    let weights: Vec<f64> = outer.components().iter().map(|c| c.0).collect();
    assert_eq!(weights, [0.375, 0.375, 0.25], "weights multiply");
    let bounded =
        Mixture::new(vec![(1.0, Uniform::new(0.0, 1.0).unwrap().into()), (0.0, gaussian(0.0, 1.0))]).unwrap();
    assert_eq!(Distribution::from(bounded).support().intervals, [(0.0, 1.0)], "a weight of 0 has no support");
}

#[test]
fn affine_images_move_the_cdf() {
    for d in smooth() {
        let image = d.scale(-2.0).unwrap().translate(3.0).unwrap();
        for u in [0.1, 0.5, 0.8] {
            let x = d.quantile(u);
            assert!((image.survival(3.0 - 2.0 * x) - u).abs() < 1e-13, "image of {d:?} at {u}");
        }
        close(image.variance(), 4.0 * d.variance(), 1e-12, "variance");
        assert!(d.scale(0.0).is_err() && d.translate(f64::NAN).is_err(), "degenerate images of {d:?}");
        assert!(d.scale(f64::INFINITY).is_err(), "an infinite factor for {d:?}");
    }
}

#[test]
fn constructors_name_the_parameter_and_the_value() {
    use Error::*;
    let nan = |result: Result<Gaussian, Error>| matches!(result, Err(NotFinite { parameter: "mean", value }) if value.is_nan());
    assert!(nan(Gaussian::new(f64::NAN, 1.0)), "mean NaN");
    assert_eq!(Gaussian::new(0.0, 0.0), Err(NotPositive { parameter: "sd", value: 0.0 }), "σ = 0");
    assert_eq!(Laplace::new(0.0, -2.0), Err(NotPositive { parameter: "scale", value: -2.0 }), "b < 0");
    let tiny = Uniform::new(0.0, 1.0).map(|d| Distribution::from(d).smooth(1e-320));
    assert_eq!(tiny, Ok(Err(TooSmall { parameter: "noise", value: 1e-320 })), "it has no reciprocal");
    assert_eq!(Gaussian::new(0.0, 1e-310), Err(TooSmall { parameter: "sd", value: 1e-310 }), "nor has σ");
    assert_eq!(
        Laplace::new(f64::INFINITY, 1.0),
        Err(NotFinite { parameter: "location", value: f64::INFINITY }),
        "m = ∞"
    );
    assert_eq!(Uniform::new(1.0, 1.0), Err(NotIncreasing { lower: 1.0, upper: 1.0 }), "no width");
    assert_eq!(
        Uniform::new(-1e308, 1e308),
        Err(NotFinite { parameter: "width", value: f64::INFINITY }),
        "width"
    );
    let standard = gaussian(0.0, 1.0);
    assert_eq!(
        Truncated::new(standard.clone(), 2.0, 1.0),
        Err(NotIncreasing { lower: 2.0, upper: 1.0 }),
        "order"
    );
    assert!(Truncated::new(standard.clone(), f64::NAN, 1.0).is_err(), "lower NaN");
    let unit = Distribution::from(Uniform::new(0.0, 1.0).unwrap());
    assert_eq!(Truncated::new(unit, 2.0, 3.0), Err(NoMass { lower: 2.0, upper: 3.0 }), "no mass");
    let points = Distribution::from(PointMasses::from_samples(&[1.0]).unwrap());
    assert_eq!(Truncated::new(points, 0.0, 1.0), Err(NotTruncatable), "point masses");
    assert_eq!(Mixture::new(vec![]), Err(Empty { parameter: "components" }), "no component");
    assert_eq!(Mixture::new(vec![(0.9, standard.clone())]), Err(NotNormalised { sum: 0.9 }), "sum 0.9");
    assert_eq!(
        Mixture::from_weights(vec![(-1.0, standard.clone())]),
        Err(Negative { parameter: "weight", value: -1.0 }),
        "weight −1"
    );
    assert_eq!(
        Mixture::from_weights(vec![(0.0, standard)]),
        Err(NotPositive { parameter: "sum of the weights", value: 0.0 }),
        "all weights 0"
    );
    assert_eq!(PointMasses::from_samples(&[]), Err(Empty { parameter: "points" }), "no samples");
    assert!(PointMasses::from_samples(&[0.0, f64::INFINITY]).is_err(), "an infinite sample");
    assert_eq!(PointMasses::new(vec![(0.0, 0.4), (1.0, 0.4)]), Err(NotNormalised { sum: 0.8 }), "sum 0.8");
    assert_eq!(Categorical::new(vec![]), Err(Empty { parameter: "probabilities" }), "no category");
    assert_eq!(Categorical::new(vec![0.5, 0.6]), Err(NotNormalised { sum: 1.1 }), "sum 1.1");
    assert_eq!(
        Categorical::new(vec![1.5, -0.5]),
        Err(Negative { parameter: "probability", value: -0.5 }),
        "probability −0.5"
    );
    assert_eq!(Categorical::from_weights(vec![1.0, 3.0]).unwrap().probabilities(), [0.25, 0.75], "weights");
    let message = Gaussian::new(0.0, -1.0).unwrap_err().to_string();
    assert_eq!(message, "sd is -1, but must be above 0", "the message names both");
}

#[test]
fn samples_follow_the_cdf_and_repeat_with_the_seed() {
    for d in smooth() {
        let draw = || {
            let mut rng = seeded(7);
            (0..4000).map(|_| d.sample(&mut rng)).collect::<Vec<f64>>()
        };
        let mut samples = draw();
        assert_eq!(samples, draw(), "the same seed gives the same samples of {d:?}");
        samples.sort_by(f64::total_cmp);
        let distance = samples
            .iter()
            .enumerate()
            .map(|(i, &x)| (d.cdf(x) - (i as f64 + 0.5) / 4000.0).abs())
            .fold(0.0, f64::max);
        // The Kolmogorov–Smirnov statistic exceeds 1.95/√n once in a thousand.
        assert!(distance < 1.95 / 4000_f64.sqrt(), "samples of {d:?} are {distance} off");
    }
    let categorical = Categorical::new(vec![0.25, 0.0, 0.75]).unwrap();
    let mut rng = seeded(1);
    let counts = (0..4000).fold([0_u32; 3], |mut counts, _| {
        counts[categorical.sample(&mut rng)] += 1;
        counts
    });
    assert!(counts[1] == 0 && counts[0].abs_diff(1000) < 100, "counts of categories: {counts:?}");
}
