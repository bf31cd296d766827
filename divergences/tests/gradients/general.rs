//! Gradients between any two distributions: those of targets, and cases that have a closed form.

use divergences::distribution::{Distribution, Gaussian, Laplace, Mixture, PointMasses, Truncated, Uniform};
use divergences::divergence::Divergence;
use divergences::fit::{Direction, Objective, Slope, Target, gradient, particle_slopes, slope};

use crate::cases::{ALL, Cases};

#[test]
fn general_gradients_agree_with_the_targets() {
    let mut cases = Cases(5);
    for case in 0..12 {
        let components = cases.components(1 + case % 3);
        let (mean, sd) = (cases.uniform(-4.0, 4.0), cases.uniform(-1.0, 1.0).exp());
        let (target, q) = (Target::new(&components).unwrap(), Gaussian::new(mean, sd).unwrap());
        let parts = components.iter().map(|&(w, m, s)| (w, Gaussian::new(m, s).unwrap().into())).collect();
        let p = Distribution::from(Mixture::from_weights(parts).unwrap());
        for divergence in ALL {
            let ours = gradient(&p, &q.into(), divergence);
            let exact = target.evaluate(divergence, q);
            if exact.value.is_infinite() {
                assert_eq!(ours.location, Slope::Undefined, "{divergence:?} of {components:?}, {q:?}");
                continue;
            }
            let exact = exact.gradient.map(|slope| slope.finite().unwrap());
            let ours = [ours.location, ours.scale].map(|slope| {
                slope.finite().unwrap_or_else(|| panic!("{divergence:?} of {components:?}, {q:?}: {slope:?}"))
            });
            let scale = exact[0].abs().max(exact[1].abs());
            for (ours, exact) in ours.into_iter().zip(exact) {
                assert!(
                    (ours - exact).abs() <= 1e-9 * scale,
                    "{divergence:?} of {components:?}, {q:?}: {ours} is not {exact}"
                );
            }
        }
    }
}

fn uniform(lower: f64, upper: f64) -> Distribution {
    Uniform::new(lower, upper).expect("the bounds of a test are in order").into()
}

fn close(slope: Slope, exact: f64) -> bool {
    slope.finite().is_some_and(|slope| (slope - exact).abs() <= 1e-12 * exact.abs())
}

#[test]
fn shifted_uniforms_have_a_constant_slope_and_then_none() {
    let log_2 = std::f64::consts::LN_2;
    let shift = |theta: f64, divergence: Divergence| {
        slope(&uniform(0.0, 1.0), &uniform(theta, theta + 1.0), divergence, Direction::Location)
    };
    for (divergence, rate) in [
        (Divergence::JensenShannon, log_2),
        (Divergence::TotalVariation, 1.0),
        (Divergence::HellingerSquared, 1.0),
        (Divergence::Alpha(0.5), 4.0),
    ] {
        for theta in [0.25, 0.5, 0.75] {
            assert!(
                close(shift(theta, divergence), rate),
                "{divergence:?} at {theta}: {:?}",
                shift(theta, divergence)
            );
            assert!(close(shift(-theta, divergence), -rate), "{divergence:?} at -{theta}");
        }
        assert_eq!(shift(0.0, divergence), Slope::Kink { left: -rate, right: rate }, "{divergence:?} at 0");
        assert_eq!(shift(1.0, divergence), Slope::Kink { left: rate, right: 0.0 }, "{divergence:?} at 1");
        assert_eq!(shift(1.5, divergence), Slope::Finite(0.0), "{divergence:?} apart");
    }
    for divergence in
        [Divergence::ForwardKl, Divergence::ReverseKl, Divergence::ChiSquared, Divergence::Jeffreys]
    {
        assert_eq!(shift(0.5, divergence), Slope::Undefined, "{divergence:?} is infinite");
        let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
        assert_eq!(shift(0.0, divergence), jump, "{divergence:?} is finite at 0 alone");
    }
    assert!(
        close(shift(0.5, Divergence::JensenShannonDistance), 0.5 * (log_2 / 0.5).sqrt()),
        "√JS = √(θ log 2)"
    );
    assert!(close(shift(0.5, Divergence::Wasserstein(1.0)), 1.0), "W1 is θ");
    assert!(close(shift(3.0, Divergence::Wasserstein(2.0)), 1.0), "W2 is θ");
    assert!(close(shift(-3.0, Divergence::WassersteinInfinity), -1.0), "W∞ is |θ|");
    assert_eq!(
        shift(0.0, Divergence::Wasserstein(1.0)),
        Slope::Kink { left: -1.0, right: 1.0 },
        "W1 has a kink at 0"
    );
}

#[test]
fn edges_that_leave_the_target_behind_make_kl_infinite() {
    // KL(p‖q) is log 2 while q covers p.
    let (p, q) = (uniform(0.0, 1.0), uniform(0.0, 2.0));
    let slope = slope(&p, &q, Divergence::ForwardKl, Direction::Location);
    assert_eq!(slope, Slope::Kink { left: 0.0, right: f64::INFINITY }, "q's left edge stands on p's");
}

#[test]
fn stretched_uniforms() {
    for a in [1.5_f64, 4.0] {
        let (p, q) = (uniform(-1.0, 1.0), uniform(-a, a));
        let by_scale = |divergence: Divergence| slope(&p, &q, divergence, Direction::Scale);
        assert!(close(by_scale(Divergence::ForwardKl), 1.0), "KL(p‖q) is log a");
        // JS = ½ [log 2a/(a+1) + log(2/(1+a))/a + (1 − 1/a) log 2].
        let exact = 0.5 * (1.0 / (a + 1.0) - (2.0 / (1.0 + a)).ln() / a - 1.0 / (1.0 + a) + 2_f64.ln() / a);
        assert!(
            close(by_scale(Divergence::JensenShannon), exact),
            "{:?}",
            by_scale(Divergence::JensenShannon)
        );
        assert!(close(by_scale(Divergence::TotalVariation), 1.0 / a), "TV is 1 − 1/a");
        assert!(close(by_scale(Divergence::Wasserstein(1.0)), a / 2.0), "W1 is (a − 1)/2");
        assert!(close(by_scale(Divergence::ChiSquared), a), "χ² is a − 1");
    }
}

#[test]
fn far_gaussians_keep_their_relative_accuracy() {
    // dJS/dθ for N(0, 1) and N(θ, 1), by mpmath at 40 digits.
    for (theta, exact) in [
        (5.0, 0.023_689_808_591_675_953),
        (10.0, 2.232_050_107_230_353_4e-6),
        (20.0, 1.194_191_735_635_57e-22),
    ] {
        let p = Distribution::from(Gaussian::new(0.0, 1.0).unwrap());
        let q = Gaussian::new(theta, 1.0).unwrap();
        let fitted =
            Target::new(&[(1.0, 0.0, 1.0)]).unwrap().evaluate(Divergence::JensenShannon, q).gradient[0];
        let general = slope(&p, &q.into(), Divergence::JensenShannon, Direction::Location);
        for slope in [fitted, general] {
            let slope = slope.finite().unwrap();
            assert!((slope / exact - 1.0).abs() < 1e-9, "dJS/dθ at {theta} is {slope:e}");
        }
    }
}

#[test]
fn laplace_and_truncated() {
    let laplace = |m: f64| Distribution::from(Laplace::new(m, 1.0).unwrap());
    for theta in [0.3_f64, 2.0, 9.0] {
        // KL of two Laplace distributions of scale 1 is θ + e^−θ − 1.
        let ours = slope(&laplace(0.0), &laplace(theta), Divergence::ForwardKl, Direction::Location);
        let exact = -(-theta).exp_m1();
        assert!((ours.finite().unwrap() / exact - 1.0).abs() < 1e-9, "{ours:?} is not {exact}");
    }
    // KL from N(0,1) on [−1, 1] to its translate has mass where the other has none.
    let normal = Gaussian::new(0.0, 1.0).unwrap();
    let p = Distribution::from(Truncated::new(normal, -1.0, 1.0).unwrap());
    let q = p.translate(0.5).unwrap();
    assert_eq!(slope(&p, &q, Divergence::ForwardKl, Direction::Location), Slope::Undefined, "KL is infinite");
    assert_eq!(
        slope(&p, &p.translate(2.5).unwrap(), Divergence::JensenShannon, Direction::Location),
        Slope::Finite(0.0),
        "apart"
    );
    // TV of p and its translate by θ: they cross midway, TV = F(θ/2) − F(−θ/2), slope the density at θ/2.
    let ours = slope(&p, &q, Divergence::TotalVariation, Direction::Location);
    assert!(close(ours, p.density(0.25)), "{ours:?} is not {}", p.density(0.25));
}

#[test]
fn point_masses() {
    let at = |x: f64| PointMasses::new(vec![(x, 1.0)]).unwrap();
    let origin = Distribution::from(at(0.0));
    let by_location =
        |x: f64, objective: Objective| slope(&origin, &at(x).into(), objective, Direction::Location);
    let kink = Slope::Kink { left: -1.0, right: 1.0 };
    let w1 = Objective::from(Divergence::Wasserstein(1.0));
    for theta in [0.5, 3.0] {
        assert_eq!(by_location(theta, w1), Slope::Finite(1.0), "W1 on the right");
        assert_eq!(by_location(-theta, w1), Slope::Finite(-1.0), "W1 on the left");
        assert!(close(by_location(theta, Objective::TransportCost(2.0)), 2.0 * theta), "W2² is θ²");
        assert_eq!(by_location(theta, Divergence::JensenShannon.into()), Slope::Finite(0.0), "JS is log 2");
        assert_eq!(by_location(theta, Divergence::ForwardKl.into()), Slope::Undefined, "KL is infinite");
    }
    assert_eq!(by_location(0.0, w1), kink, "W1 at 0");
    assert_eq!(by_location(0.0, Objective::TransportCost(2.0)), Slope::Finite(0.0), "W2² at 0");
    let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
    assert_eq!(by_location(0.0, Divergence::JensenShannon.into()), jump, "JS jumps");
    // Half of U(0, 1)'s mass belongs to each particle.
    let particles = PointMasses::new(vec![(0.2, 0.5), (2.0, 0.5)]).unwrap();
    let forces = particle_slopes(&uniform(0.0, 1.0), &particles, 2.0);
    for (force, exact) in forces.into_iter().zip([0.2 - 0.25, 2.0 - 0.75]) {
        assert!((force.finite().unwrap() - exact).abs() < 1e-12, "{force:?} is not {exact}");
    }
    let pulls = particle_slopes(&uniform(0.0, 1.0), &particles, 1.0);
    for (pull, exact) in pulls.into_iter().zip([0.2 - 0.3, 0.5]) {
        assert!((pull.finite().unwrap() - exact).abs() < 1e-12, "{pull:?} is not {exact}");
    }
}

#[test]
fn the_farthest_distance_changes_with_the_scale_as_its_farthest_mass_moves() {
    let stretch =
        |p: &Distribution, q: &Distribution| slope(p, q, Divergence::WassersteinInfinity, Direction::Scale);
    let unit = uniform(0.0, 1.0);
    for (q, exact) in [
        (uniform(2.0, 4.0), 1.0),
        (uniform(2.0, 2.5), -0.25),
        // Both ends go equally far, and as fast.
        (uniform(-1.0, 2.0), 1.5),
        (uniform(0.25, 0.75), -0.25),
    ] {
        let found = stretch(&unit, &q).finite().unwrap();
        assert!((found - exact).abs() < 1e-12, "{q:?}: {found} is not {exact}");
    }
    // All mass goes equally far, or none at all: one end moves on, the other comes back.
    for q in [uniform(2.0, 3.0), unit.clone()] {
        assert_eq!(stretch(&unit, &q), Slope::Kink { left: -0.5, right: 0.5 }, "{q:?}");
    }
    let point = |x| PointMasses::new(vec![(x, 1.0)]).unwrap().into();
    assert_eq!(stretch(&point(0.0), &point(2.0)), Slope::Finite(0.0), "a point has no scale");

    // Farthest is where the densities are equal: ½ = exp(−½ y²/σ²) / (σ √(2π) Z).
    let (even, sd) = (uniform(-1.0, 1.0), 0.3);
    let bell = Gaussian::new(0.0, sd).unwrap();
    let mass = 2.0 * bell.cdf(1.0) - 1.0;
    let place = sd * (-2.0 * (0.5 * sd * mass * std::f64::consts::TAU.sqrt()).ln()).sqrt();
    let found = stretch(&even, &Truncated::new(bell, -1.0, 1.0).unwrap().into()).finite().unwrap();
    assert!((found + place).abs() < 1e-12 * place, "{found} is not −{place}");

    // Tails that fit each other fit no more once one is stretched.
    let normal = |mean| Gaussian::new(mean, 1.0).unwrap().into();
    let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
    assert_eq!(stretch(&normal(0.0), &normal(1.0)), jump, "two bells of equal width");
    assert_eq!(stretch(&unit, &normal(0.0)), Slope::Undefined, "infinite already");
}
