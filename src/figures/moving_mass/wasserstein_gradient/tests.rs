//! Tests of values and slopes against the library, and of the figure's readouts.

use std::f64::consts::LN_2;

use super::target::BodyGradient;
use super::*;
use crate::figure::{Figure, Live};
use divergences::divergence::Divergence;
use divergences::fit::Slope;

fn library(loss: Loss, target: &DescentTarget, q: &Body) -> f64 {
    let q = q.distribution();
    match loss {
        Loss::JensenShannon => Divergence::JensenShannon.between(&target.p, &q),
        Loss::Wasserstein1 => Divergence::Wasserstein(1.0).between(&target.p, &q),
        Loss::Wasserstein2Squared => Divergence::Wasserstein(2.0).between(&target.p, &q).powi(2),
    }
}

/// The central difference of fourth order.
fn difference(f: &dyn Fn(f64) -> f64) -> f64 {
    let step = 2e-4;
    (8.0 * (f(step) - f(-step)) - (f(2.0 * step) - f(-2.0 * step))) / (12.0 * step)
}

fn assert_close(actual: f64, expected: f64, tolerance: f64, what: &str) {
    let error = (actual - expected).abs();
    assert!(error <= tolerance * expected.abs().max(1.0), "{what}: {actual} is not {expected}");
}

fn targets(family: Family) -> Vec<DescentTarget> {
    let shapes = [(-1.0, 1.0, 0.0), (0.3, 0.7, 0.0), (0.5, 0.8, 1.5)];
    shapes.map(|(centre, half, gap)| DescentTarget::new(family, Blocks { centre, half, gap }, 5)).into()
}

#[test]
fn values_and_slopes_are_the_librarys() {
    for family in [Family::Uniform, Family::Gaussian] {
        for target in targets(family) {
            for (mean, scale) in [(4.0, 1.1), (0.63, 0.93), (-0.4, 0.41), (0.2, 2.3), (-1.7, 0.8)] {
                let q = Body::start(family, mean, scale, 1);
                for loss in Loss::ALL {
                    let what = format!("{loss:?} of {q:?} from {:?}", target.blocks);
                    assert_close(target.value(loss, &q), library(loss, &target, &q), 1e-10, &what);
                    let BodyGradient { slope, by } = target.gradient(loss, &q);
                    let at = |mean, scale| library(loss, &target, &Body::start(family, mean, scale, 1));
                    let by_mean = difference(&|by| at(mean + by, scale));
                    assert_close(slope.finite().unwrap(), by_mean, 1e-6, &what);
                    assert_eq!(slope.finite(), Some(by[0]), "a step goes by the slope");
                    assert_close(by[1], difference(&|by| at(mean, scale + by)), 1e-6, &what);
                }
            }
        }
    }
}

#[test]
fn landscapes_are_the_librarys() {
    for family in [Family::Uniform, Family::Gaussian, Family::Particles] {
        for target in targets(family) {
            let q = Body::start(family, 2.5, 0.9, 5);
            for loss in Loss::ALL {
                let landscape = target.landscape(loss, &q, -EDGE, EDGE);
                assert_eq!(
                    (landscape[0].0, landscape[landscape.len() - 1].0),
                    (-EDGE, EDGE),
                    "all of the panel"
                );
                for (mean, value) in landscape {
                    let expected = library(loss, &target, &q.moved_to(mean));
                    assert_close(value, expected, 1e-9, &format!("{loss:?} at {mean}, {family:?}"));
                }
            }
        }
    }
}

#[test]
fn without_overlap_js_is_flat_exactly() {
    for family in [Family::Uniform, Family::Particles] {
        let target = DescentTarget::new(family, Blocks { centre: -2.7, half: 1.0, gap: 0.7 }, 7);
        for (mean, scale) in [(3.2, 1.0), (0.31, 0.77), (4.9, 2.1)] {
            let q = Body::start(family, mean, scale, 7);
            assert_eq!(target.value(Loss::JensenShannon, &q), LN_2, "log 2, to the last digit");
            let gradient = target.gradient(Loss::JensenShannon, &q);
            assert_eq!(gradient.slope, Slope::Finite(0.0), "no slope at all");
            assert!(gradient.by.iter().all(|by| *by == 0.0), "in no direction: {:?}", gradient.by);
        }
    }
}

#[test]
fn the_pushes_of_js_add_up_to_its_slope() {
    for target in targets(Family::Uniform) {
        for (mean, scale) in [(0.63, 0.93), (-0.4, 0.41), (-1.7, 0.8), (0.2, 2.3)] {
            let q = Body::Block { mean, scale };
            let sum: f64 = target.pushes(&q).into_iter().map(|push| push.1).sum();
            let slope = target.gradient(Loss::JensenShannon, &q).slope.finite().unwrap();
            assert_close(-sum, slope, 1e-14, &format!("{q:?}"));
        }
    }
}

#[test]
fn bells_are_pulled_as_the_slope_says() {
    // The slope is −∫ force q dx, which a sum over many pieces approximates.
    let target = DescentTarget::new(Family::Gaussian, Blocks { centre: -0.5, half: 0.8, gap: 1.0 }, 1);
    let q = Body::Bell { mean: 1.0, scale: 0.9 };
    let bell = q.distribution();
    let step = 1e-3;
    let sum: f64 = (-8000..8000)
        .map(|i| {
            let x = f64::from(i) * step;
            target.jensen_shannon_force(&q, x) * bell.density(x) * step
        })
        .sum();
    let slope = target.gradient(Loss::JensenShannon, &q).slope.finite().unwrap();
    assert_close(-sum, slope, 1e-9, "the trapezoidal rule is exact here");
}

#[test]
fn a_kink_is_called_a_kink() {
    let target = DescentTarget::new(Family::Uniform, Blocks { centre: 1.0, half: 1.0, gap: 0.0 }, 1);
    let q = Body::Block { mean: 1.0, scale: 1.0 };
    let gradient = target.gradient(Loss::Wasserstein1, &q);
    assert_eq!(gradient.slope, Slope::Kink { left: -1.0, right: 1.0 }, "W₁ is |θ|");
    assert_eq!(gradient.by, [0.0, 0.0], "q stays where p is");
    let Slope::Kink { left, right } = target.gradient(Loss::JensenShannon, &q).slope else {
        panic!("JS has a kink as well")
    };
    assert_close(left, -0.5 * LN_2, 1e-15, "JS is θ log 2 / 2 for blocks of length 2");
    assert_close(right, 0.5 * LN_2, 1e-15, "on both sides");
    assert_eq!(target.gradient(Loss::Wasserstein2Squared, &q).slope, Slope::Finite(0.0), "W₂² has none");
}

#[test]
fn js_stands_still_and_the_others_arrive() {
    for family in ["uniform", "particles"] {
        let mut figure = Live::new::<WassersteinGradient>();
        figure.set("family", family).unwrap();
        figure.set("step", "150").unwrap();
        let readouts = figure.readouts();
        let number = |key: &str| readouts.iter().find(|readout| readout.key == key).unwrap().value;
        assert_eq!(number("js"), LN_2, "JS is where it was");
        assert_close(number("js-mean"), 3.2, 1e-12, "and so is q");
        assert_close(number("w1-mean") / 2.7, -1.0, 0.061 / 2.7, "W₁ ends within a step of p");
        assert_close(number("w2-squared-mean"), -2.7, 1e-5, "W₂² glides in");
    }
}

#[test]
fn once_they_touch_js_moves_too() {
    let mut figure = Live::new::<WassersteinGradient>();
    assert!(figure.apply_preset("touching"), "it is there");
    let js = |figure: &Live| figure.readouts()[0].value;
    let before = js(&figure);
    figure.set("step", "150").unwrap();
    assert!(js(&figure) < 0.2 * before, "{} after {before}", js(&figure));
}

#[test]
fn what_is_kept_from_before_changes_nothing() {
    let mut played = Live::new::<WassersteinGradient>();
    for (key, value) in [("family", "particles"), ("step", "40"), ("n", "12"), ("step", "25"), ("step", "60")]
    {
        played.set(key, value).unwrap();
    }
    let mut fresh = Live::new::<WassersteinGradient>();
    for (key, value) in [("step", "60"), ("n", "12"), ("family", "particles")] {
        fresh.set(key, value).unwrap();
    }
    assert_eq!(played.csv(), fresh.csv(), "the same model by another way");
}

#[test]
fn a_handle_stands_where_it_was_put() {
    for preset in WassersteinGradient::PRESETS {
        let mut figure = Live::new::<WassersteinGradient>();
        figure.apply_preset(preset.name);
        let texts = Texts::default();
        for index in 0..15 {
            let before = figure.handles(1076.0, &texts)[index].clone();
            figure.grab(index, Point { x: before.x, y: before.y }, 1076.0);
            figure.drag(Point { x: before.x + 6.0, y: before.y }, 1076.0);
            let after = figure.handles(1076.0, &texts)[index].clone();
            figure.release();
            // A handle may stop at a bound, but never goes beyond the pointer or back.
            assert!(
                (-0.01..=6.01).contains(&(after.x - before.x)),
                "{} {index}: {before:?} {after:?}",
                preset.name
            );
        }
    }
}

#[test]
fn a_number_of_points_is_whole() {
    let mut figure = Live::new::<WassersteinGradient>();
    for bad in ["0", "2.5", "41", "-3", "many"] {
        assert!(figure.set("n", bad).is_err(), "{bad}");
    }
    assert!(figure.set("n", "40").is_ok(), "as many as may be");
}
