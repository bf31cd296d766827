//! Every figure keeps the contract, whatever its parameters. A new figure has to pass these tests.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;
mod contract;

use common::difference;
use contract::dice::{Dice, accepted, extremes, refused};
use contract::sound::{
    assert_html, assert_round_trip, assert_sound, assert_svg, has_no_number, is_key, numbers, set, state,
};
use contract::{english, figures, languages, make};
use explainer::figure::parameter::{Accepted, Kind, LONGEST, Spec, beginning};
use explainer::figure::{Form, Live, Tick, markup, rows};
use explainer::plot::{Point, Theme};

/// The widths at which figures are drawn: a desktop, both sides of the change to one column, a phone, and
/// less.
const WIDTHS: [f64; 5] = [1076.0, 700.0, 699.0, 343.0, 280.0];

/// The number of random states of each figure.
const STATES: usize = 160;

/// Changes one to three parameters of `figure` at random. Sometimes it is reset first, which gives states
/// with many defaults.
fn stir(figure: &mut Live, dice: &mut Dice) {
    if dice.below(3) == 0 {
        figure.reset();
    }
    for _ in 0..=dice.below(3) {
        let spec = dice.pick(figure.specs());
        let value = dice.value(spec.kind);
        set(figure, spec.key, &value);
    }
}

#[test]
fn any_state_is_sound_and_survives_a_round_trip() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice::new(1);
        for n in 0..STATES {
            stir(&mut figure, &mut dice);
            let width = [WIDTHS[n % WIDTHS.len()]];
            assert_sound(&figure, if n < 10 { &WIDTHS } else { &width }, &texts);
            assert_round_trip(&figure, &texts);
        }
    }
}

#[test]
fn all_pairs_of_extremes_are_sound() {
    let texts = english();
    for mut figure in figures() {
        let specs = figure.specs();
        let mut n = 0;
        for (i, first) in specs.iter().enumerate() {
            for second in &specs[i..] {
                for one in extremes(first.kind) {
                    for other in extremes(second.kind) {
                        figure.reset();
                        set(&mut figure, first.key, &one);
                        set(&mut figure, second.key, &other);
                        n += 1;
                        assert_sound(&figure, &[WIDTHS[n % WIDTHS.len()]], &texts);
                        assert_round_trip(&figure, &texts);
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_not_accepted_is_named_and_changes_nothing() {
    let texts = english();
    for mut figure in figures() {
        let (name, specs) = (figure.name(), figure.specs());
        stir(&mut figure, &mut Dice::new(2));
        let before = (figure.changed(), numbers(&figure));
        let mut refuse = |key: &str, value: &str, accepted: &[String]| {
            let Err(problem) = figure.set(key, value) else { panic!("{name}: {key}={value} is accepted") };
            let message = problem.message(&texts, figure.specs());
            // For an unknown parameter the value does not matter.
            let repeated = message.contains(&beginning(value));
            let named = message.contains(key) && (problem.accepted == Accepted::Nothing || repeated);
            assert!(message.len() < 2000, "{name}: {key}: a message is to be read: {message}");
            assert!(named, "{message} names {key} and {value}");
            for word in accepted {
                assert!(message.contains(word), "{message} says that {word} would be accepted");
            }
            let braces = value.contains('{') || message.replace(value, "").contains(['{', '}']);
            assert!(braces == value.contains('{'), "every name is filled: {message}");
            assert_eq!((figure.changed(), numbers(&figure)), before, "{key}={value} changed something");
        };
        for Spec { key, kind, .. } in specs {
            refuse(key, &"9".repeat(LONGEST + 1), &[LONGEST.to_string()]);
            for value in refused(*kind) {
                refuse(key, &value, &accepted(*kind));
            }
        }
        let keys: Vec<_> = specs.iter().map(|spec| spec.key.to_owned()).collect();
        for key in ["", "no-such-key", ".", "0.mean", "<b>"] {
            refuse(key, "1", &keys);
        }
        for Spec { key, .. } in specs.iter().filter(|spec| matches!(spec.kind, Kind::Components { .. })) {
            for part in ["99.mean", "0.nothing", "x.mean", "", "0", "0.mean.x"] {
                refuse(&format!("{key}.{part}"), "1", &keys);
            }
            for (part, value) in [
                ("mean", "6.1"),
                ("mean", "NaN"),
                ("sd", "0"),
                ("sd", "inf"),
                ("weight", "-1"),
                ("weight", "0"),
                ("weight", ""),
            ] {
                refuse(&format!("{key}.0.{part}"), value, &[]);
            }
        }
        for Spec { key, .. } in specs.iter().filter(|spec| matches!(spec.kind, Kind::Weights { .. })) {
            for part in ["99.share", "0.nothing", "x.share", "", "0", "0.share.x", "0.mean"] {
                refuse(&format!("{key}.{part}"), "1", &keys);
            }
            for value in ["-1", "1.1", "NaN", "inf", "", "0.1,5", "0.5!"] {
                refuse(&format!("{key}.0.share"), value, &[]);
            }
        }
    }
}

#[test]
fn nothing_is_rounded_before_it_is_used() {
    let texts = english();
    let reads = |figure: &mut Live, pairs: &[(&str, &str)], readout: &str| {
        for (key, value) in pairs {
            set(figure, key, value);
            assert_eq!(figure.get(key).as_deref(), Some(*value), "{}", figure.name());
        }
        let found = figure.readouts().into_iter().find(|one| one.key == readout).unwrap();
        (found.value, found.text(&texts))
    };
    let mut bells = make("comparison");
    let (kl, text) = reads(&mut bells, &[("p", "1,0,1"), ("q", "1,0.00004,1")], "forward-kl");
    assert!((kl / 8e-10 - 1.0).abs() < 1e-6, "{kl}");
    assert_eq!(text, "8.0 × 10⁻¹⁰ nats");
    let (per_cent, _) = reads(&mut bells, &[("p", "30,-2,0.7;70,2,0.7"), ("q", "1,0,1")], "forward-kl");
    let (of_one, _) = reads(&mut bells, &[("p", "0.3,-2,0.7;0.7,2,0.7")], "forward-kl");
    assert_eq!(per_cent, of_one, "weights are shares of their sum");
    let (kl, _) = reads(&mut make(""), &[("p", "1,0,1"), ("q", "1,0.00004,1")], "kl");
    assert!((kl / 2e-5_f64.ln_1p() - 1.0).abs() < 1e-12, "{kl}");
}

#[test]
fn sliders_stop_only_at_what_is_accepted() {
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Some(last) = kind.positions() else { continue };
            let few = (last / 16).max(1);
            for position in (0..=last).step_by(few as usize).chain([last]) {
                let value = kind.at_position(position).unwrap();
                set(&mut figure, key, &value);
                assert!(value.len() < 9, "{}: {key}={value} has rounding noise", figure.name());
                assert_eq!(figure.get(key), Some(value), "{}: {key} is what the slider says", figure.name());
            }
        }
    }
}

#[test]
fn mixtures_grow_to_their_limit_and_shrink_to_one() {
    let texts = english();
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Kind::Components { most } = *kind else { continue };
            while figure.components(key).len() < most {
                set(&mut figure, &format!("{key}.add"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_html(&rows(&figure, key, &texts), &state(&figure));
            }
            let problem = figure.set(&format!("{key}.add"), "").unwrap_err();
            let message = problem.message(&texts, figure.specs());
            assert!(message.contains(&most.to_string()), "{message} says how many there may be");
            assert_eq!(figure.components(key).len(), most, "no more than {most}");
            for _ in 0..most + 2 {
                set(&mut figure, &format!("{key}.0.remove"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_round_trip(&figure, &texts);
            }
            assert_eq!(figure.components(key).len(), 1, "the last one stays");
        }
    }
}

#[test]
fn outcomes_grow_to_their_limit_and_shrink_to_the_least_with_all_weights_alike() {
    let texts = english();
    for mut figure in figures() {
        let specs = figure.specs().iter();
        let weights: Vec<_> = specs.filter(|spec| matches!(spec.kind, Kind::Weights { .. })).collect();
        for Spec { key, kind, .. } in &weights {
            let Kind::Weights { least, most } = *kind else { continue };
            figure.reset();
            while figure.count(key) < Some(most) {
                let before: Vec<_> = figure.readouts();
                set(&mut figure, &format!("{key}.add"), "");
                assert_eq!(figure.readouts().len(), before.len(), "an outcome of no weight");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_html(&rows(&figure, key, &texts), &state(&figure));
            }
            let problem = figure.set(&format!("{key}.add"), "").unwrap_err();
            let message = problem.message(&texts, figure.specs());
            assert!(message.contains(&most.to_string()), "{message} says how many there may be");
            for other in &weights {
                assert_eq!(figure.count(other.key), Some(most), "{}: over the same outcomes", other.key);
            }
            while figure.count(key) > Some(least) {
                set(&mut figure, &format!("{key}.0.remove"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_round_trip(&figure, &texts);
            }
            assert!(figure.set(&format!("{key}.0.remove"), "").is_err(), "the last {least} stay");
        }
    }
}

#[test]
fn a_locked_outcome_is_moved_by_nothing() {
    let texts = english();
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Kind::Weights { .. } = kind else { continue };
            figure.reset();
            let part = |name: &str| format!("{key}.{name}");
            let share = |figure: &Live, index: usize| figure.get(&part(&format!("{index}.share"))).unwrap();
            let before = share(&figure, 0);
            set(&mut figure, &part("0.lock"), "");
            assert_eq!(figure.get(&part("0.lock")).as_deref(), Some("true"), "{}: locked", state(&figure));
            assert!(figure.set(&part("0.share"), "0.5").is_err(), "{}: not by typing", state(&figure));
            set(&mut figure, &part("1.share"), "0.125");
            assert_eq!(share(&figure, 1), "0.125", "{}: what is typed is used", state(&figure));
            assert_eq!(share(&figure, 0), before, "{}: nor by another", state(&figure));
            let handles = figure.handles(WIDTHS[0], &texts);
            assert!(handles.iter().any(|handle| handle.fixed), "{}: nor by a handle", state(&figure));
            set(&mut figure, &part("0.lock"), "");
            set(&mut figure, &part("0.share"), "0.5");
            assert_eq!(share(&figure, 0), "0.5", "{}: unlocked", state(&figure));
        }
    }
}

#[test]
fn handles_can_be_dragged_anywhere() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice::new(3);
        for n in 0..STATES / 10 {
            stir(&mut figure, &mut dice);
            let width = WIDTHS[n % WIDTHS.len()];
            let height = figure.height(width);
            for index in 0..figure.handles(width, &texts).len() {
                let views = figure.handles(width, &texts);
                // A drag may remove other handles, but never one with a lower index.
                let Some(view) = views.get(index) else { break };
                figure.grab(index, Point { x: view.x + 3.0, y: view.y - 2.0 }, width);
                let wild = [-1e9, 1e9, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, 0.0];
                for _ in 0..2 {
                    let (x, y) = match dice.below(4) {
                        0 => (*dice.pick(&wild), *dice.pick(&wild)),
                        _ => (dice.between(0.0, width), dice.between(0.0, height)),
                    };
                    figure.drag(Point { x, y }, width);
                }
                figure.release();
                let (right, up) = (dice.between(-5.0, 5.0), dice.between(-5.0, 5.0));
                figure.nudge(index, right, up);
                if index == n {
                    assert_sound(&figure, &[width], &texts);
                }
            }
            assert_round_trip(&figure, &texts);
        }
        // A handle that does not exist cannot be grabbed.
        let before = figure.changed();
        figure.grab(999, Point { x: 0.0, y: 0.0 }, 700.0);
        figure.drag(Point { x: 99.0, y: 99.0 }, 700.0);
        figure.release();
        figure.nudge(999, 1.0, 1.0);
        assert_eq!(figure.changed(), before, "{}: no handle 999", figure.name());
    }
}

#[test]
fn a_handle_goes_where_it_is_dragged() {
    let texts = english();
    for mut figure in figures() {
        for width in [1076.0, 343.0] {
            for index in 0..figure.handles(width, &texts).len() {
                figure.reset();
                let before = figure.handles(width, &texts)[index].clone();
                let values = figure.changed();
                figure.grab(index, Point { x: before.x + 4.0, y: before.y + 4.0 }, width);
                figure.drag(Point { x: before.x + 4.0, y: before.y + 4.0 }, width);
                let still = &figure.handles(width, &texts)[index];
                let shift = (still.x - before.x).hypot(still.y - before.y);
                assert!(
                    shift < 1.0,
                    "{}: taking hold of {} moved it by {shift} px",
                    figure.name(),
                    before.name
                );

                let away = |x: f64| if before.horizontal { x } else { 0.0 };
                let towards = Point { x: before.x + 4.0 + away(6.0), y: before.y + 4.0 };
                figure.drag(towards, width);
                figure.release();
                let after = &figure.handles(width, &texts)[index];
                if before.horizontal {
                    assert!(after.x > before.x, "{}: {} follows to the right", figure.name(), before.name);
                    assert_ne!(figure.changed(), values, "{}: {} sets something", figure.name(), before.name);
                }
            }
        }
    }
}

#[test]
fn axes_come_to_rest() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice::new(4);
        for n in 0..20 {
            stir(&mut figure, &mut dice);
            if n % 2 == 0 {
                // Under reduced motion the first tick does everything, and the second finds the drawing at
                // rest.
                figure.tick(1e3);
                figure.tick(1e3);
            } else {
                let frames = (0..240).take_while(|_| figure.tick(1.0 / 60.0) == Tick::Moving).count();
                assert!(frames < 240, "{}: still moving after 4 s", state(&figure));
            }
            assert_eq!(figure.tick(1.0 / 60.0), Tick::Still, "{}: it rests", state(&figure));
            assert_sound(&figure, &[700.0], &texts);
        }
    }
}

#[test]
fn play_ends_in_reasonable_time() {
    for mut figure in figures().filter(|figure| figure.steps().is_some()) {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            figure.rewind();
            let (mut seconds, mut goes_on) = (0.0, true);
            while goes_on {
                let pace = figure.pace();
                assert!(pace >= 3.0, "{}: {pace} steps a second", state(&figure));
                seconds += 1.0 / pace;
                goes_on = figure.advance(1);
            }
            assert!(seconds < 20.0, "{}, {}: {seconds} s", figure.name(), preset.name);
            let (now, end) = figure.step().unwrap();
            assert_eq!(now, end, "{}: Play ends where it says", state(&figure));
            figure.rewind();
            figure.advance(u32::MAX);
            assert_eq!(figure.step().unwrap().0, end, "{}: however fast it is", state(&figure));
        }
    }
}

#[test]
fn a_fit_that_runs_away_leaves_numbers_to_be_read_and_axes_that_come_back() {
    if !figures().any(|figure| figure.name() == "kl-fit") {
        return;
    }
    let texts = english();
    let drawn = |figure: &Live| figure.svg(700.0, Theme::Light, false, &texts);
    for optimiser in ["momentum", "gradient-descent", "adam"] {
        let mut figure = make("kl-fit");
        for (key, value) in [("optimiser", optimiser), ("rate", "1"), ("mu", "-6"), ("sigma", "0.15")] {
            set(&mut figure, key, value);
        }
        for step in 0..40 {
            set(&mut figure, "step", &step.to_string());
            let place = state(&figure);
            let fits = ["forward", "reverse"];
            let undefined = figure.readouts().iter().any(|one| fits.contains(&one.key) && one.value.is_nan());
            let rows = figure.data().rows;
            let missing = rows.iter().flatten().any(|cell| cell.is_nan());
            assert!(undefined || !missing, "{place}: densities that underflow are 0");
            let summary = figure.summary(&texts);
            let longest = summary.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
            assert!(longest < Some(7), "{place}: numbers to be read: {summary}");
        }
        // Back from wherever it has gone, within a second.
        figure.apply_preset("three");
        let frames = (0..60).take_while(|_| figure.tick(1.0 / 60.0) == Tick::Moving).count();
        assert!(frames < 60, "{}: still moving after a second", state(&figure));
        let mut fresh = make("kl-fit");
        fresh.apply_preset("three");
        fresh.tick(1e3);
        assert!(drawn(&figure) == drawn(&fresh), "{}: the example as ever", state(&figure));
        set(&mut figure, "rate", "1");
        set(&mut figure, "optimiser", optimiser);
        figure.reset();
        assert!(drawn(&figure) == drawn(&make("kl-fit")), "{optimiser}: Reset at once");
    }
}

#[test]
fn each_handle_of_each_example_can_be_hit() {
    let texts = english();
    let mut small = Vec::new();
    for mut figure in figures() {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            for width in (280..=1100).step_by(4) {
                for handle in figure.handles(f64::from(width), &texts).iter().filter(|handle| !handle.fixed) {
                    let [wide, high] = [handle.room.x, handle.room.y].map(|sides| sides.iter().sum::<f64>());
                    if wide.min(high) < 24.0 - 1e-9 {
                        let place = format!("{}, {}, {width} px", figure.name(), preset.name);
                        small.push(format!("{place}: {}: {wide:.1} × {high:.1}", handle.name));
                    }
                }
            }
        }
    }
    assert!(small.is_empty(), "{}", small.join("\n"));
}

#[test]
fn presets_are_accepted_and_recognised() {
    let texts = english();
    for mut figure in figures() {
        let defaults: Vec<_> = figure.specs().iter().map(|spec| figure.get(spec.key)).collect();
        for preset in figure.presets() {
            figure.reset();
            for (key, value) in preset.values {
                set(&mut figure, key, value);
            }
            assert_eq!(figure.current_preset(), Some(preset.name), "{}: by its values", figure.name());
            stir(&mut figure, &mut Dice::new(5));
            assert!(figure.apply_preset(preset.name), "{}: there is {}", figure.name(), preset.name);
            assert_eq!(figure.current_preset(), Some(preset.name), "{}: by its name", figure.name());
            assert_sound(&figure, &WIDTHS, &texts);
            assert_round_trip(&figure, &texts);
        }
        assert!(!figure.apply_preset("no-such-preset"), "there is no such preset");
        figure.reset();
        let reset: Vec<_> = figure.specs().iter().map(|spec| figure.get(spec.key)).collect();
        assert_eq!(reset, defaults, "{}: Reset goes back to the defaults", figure.name());
        assert!(figure.changed().is_empty(), "{}: nothing differs from the defaults", figure.name());
    }
}

#[test]
fn every_language_has_every_word() {
    let languages = languages();
    let english: Vec<_> = english().keys().map(str::to_owned).collect();
    for (tag, texts) in &languages {
        let keys: Vec<_> = texts.keys().map(str::to_owned).collect();
        let differ = difference(english.clone(), keys);
        assert!(
            differ.is_empty(),
            "{tag} has other keys than English, in the files texts.txt of www/content/{tag}: add what it lacks (−), take away what \
             English lacks (+)\n{}",
            differ.join("\n")
        );
        for mut figure in figures() {
            let mut dice = Dice::new(6);
            for _ in 0..10 {
                let place = format!("{tag}: {}", state(&figure));
                assert_html(&markup(&figure, texts, Form::Page), &place);
                assert_sound(&figure, &WIDTHS, texts);
                stir(&mut figure, &mut dice);
            }
        }
    }
}

#[test]
fn the_html_of_every_preset_is_well_formed() {
    let texts = english();
    for mut figure in figures() {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            assert_html(&markup(&figure, &texts, Form::Far), &state(&figure));
        }
    }
}

#[test]
fn the_checks_of_this_file_see_what_is_wrong() {
    assert!(is_key("kl-fit.handle.mode") && is_key("unit.nats"), "keys");
    assert!(
        !is_key("0.5") && !is_key("word") && !is_key("end.") && !is_key("q‖p.") && !is_key("1.2e-3"),
        "words"
    );
    assert!(has_no_number("M3 NaNL7 5") && has_no_number("M3 4L-inf 5"), "broken paths");
    assert!(!has_no_number("infinite information"), "words");
    for bad in
        ["<p><b></p></b>", "<p>", "</p>", "<p a=\"1\" a=\"2\"></p>", "<p>{name}</p>", "<p>kl-fit.title</p>"]
    {
        assert!(std::panic::catch_unwind(|| assert_html(bad, "bad")).is_err(), "{bad}");
    }
    for bad in [
        "<svg",
        "<svg width=\"1\" height=\"1\"><path d=\"MNaN 1\"/></svg>",
        "<svg width=\"2\" height=\"1\"/>",
    ] {
        assert!(std::panic::catch_unwind(|| assert_svg(bad, 1.0, 1.0, "bad")).is_err(), "{bad}");
    }
}
