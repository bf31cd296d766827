use super::*;
use crate::figure::Live;
use crate::plot::Theme;

/// Momentum at a rate that is too great, from far left: the reverse fit is thrown ever farther.
const RUNS_AWAY: [(&str, &str); 4] =
    [("optimiser", "momentum"), ("rate", "0.5"), ("mu", "-6"), ("sigma", "0.15")];

/// Calls `visit` with the model of each setting on a grid, at the last step.
fn on_a_grid(visit: &mut dyn FnMut(&Model)) {
    let targets: [&[[f64; 3]]; 2] =
        [&[[0.5, -2.6, 0.75], [0.5, 2.6, 0.75]], &[[0.8, -2.2, 0.9], [0.2, 2.6, 0.6]]];
    for target in targets {
        let mut before = None;
        for optimiser in [Optimiser::GradientDescent, Optimiser::Momentum, Optimiser::Adam] {
            for rate in [0.005, 0.02, 0.1, 0.3, 0.5, 1.0] {
                for mean in [-6.0, -3.1, -1.2, 0.0, 0.7, 2.6, 5.5] {
                    for sd in [0.15, 0.4, 1.0, 2.0, 4.0] {
                        let target = Components::new(target);
                        let fits =
                            Fits { target, mean, sd, rate, optimiser, step: LAST_STEP, ..Fits::default() };
                        let model = Model::new(&fits, before.as_ref());
                        visit(&model);
                        before = Some(model);
                    }
                }
            }
        }
    }
}

#[test]
fn no_value_is_below_its_minimum_and_what_has_run_away_has_none() {
    let mut diverged = 0;
    on_a_grid(&mut |model| {
        for run in model.runs() {
            let best = run.best_value();
            for (step, point) in run.way.points.iter().enumerate() {
                assert!(
                    point.value >= best - 1e-10 && point.value.is_finite(),
                    "{:?}, {} at step {step}: {} is no value where the least is {best}",
                    model.fits,
                    run.of.key,
                    point.value
                );
            }
            let [mean, sd] = run.place();
            let gone = run.last() < LAST_STEP as usize;
            diverged += usize::from(gone);
            for readout in [run.value(), mean, sd] {
                assert_eq!(readout.value.is_nan(), gone, "{:?}: {readout:?}", model.fits);
            }
        }
    });
    assert!(diverged > 50, "{diverged} fits of the grid run away");
}

#[test]
fn a_fit_that_runs_away_is_said_to_have_diverged_from_that_step_on() {
    for (tag, words) in [
        ("en", include_str!("../../../../www/content/en/two-directions/texts.txt")),
        ("zh", include_str!("../../../../www/content/zh/two-directions/texts.txt")),
    ] {
        let texts = Texts::parse(words);
        let mut figure = Live::new::<KlFit>();
        for (key, value) in RUNS_AWAY {
            figure.set(key, value).unwrap();
        }
        for (step, gone) in [(0, false), (5, false), (6, true), (7, true), (300, true)] {
            figure.set("step", &step.to_string()).unwrap();
            let reverse = figure.readouts().into_iter().find(|readout| readout.key == "reverse").unwrap();
            assert_eq!(reverse.value.is_nan(), gone, "{tag}, step {step}: {reverse:?}");
            assert!(gone || reverse.value > 1.0, "{tag}, step {step}: {reverse:?} is worse than the start");
            // Out of reach of any goal, whatever it asks for.
            for goal in ["reverse < 0.1", "reverse > 5", "reverse-mean < -4", "reverse-sd > 0"] {
                assert!(figure.ask("", "", goal, &texts).is_empty(), "{goal} is a goal");
                let reached = figure.task(&texts).is_some_and(|task| task.solved);
                assert!(!(gone && reached), "{tag}, step {step}: {goal}");
            }
            let drawn = figure.svg(900.0, Theme::Light, false, &texts);
            // The forward fit is thrown away by its first step.
            let both = usize::from(step > 0) + usize::from(gone);
            let told = drawn.matches(texts.get("kl-fit.diverged")).count();
            assert_eq!(told, both, "{tag}, step {step}: beside the losses");
            let said = texts.fill(
                "kl-fit.summary.diverged",
                &[("name", texts.get("kl-fit.reverse").to_owned()), ("step", "6".to_owned())],
            );
            assert_eq!(figure.summary(&texts).contains(&said), gone, "{tag}, step {step}: {said}");
        }
    }
}
