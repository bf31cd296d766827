//! Sliders, boxes, choices, presets, Play, Step and Reset do what they say, and the numbers are the
//! library's.

use browser::{Outcome, Reader, keys};
use explainer::figure::Live;
use explainer::figure::parameter::{Kind, Spec};
use serde_json::json;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{CALM, home, on_specimens, on_specimens_as, visit};

tests![
    sliders_move_by_keyboard,
    number_boxes_take_what_is_typed_and_refuse_what_is_not_accepted,
    numbers_are_read_as_people_type_them,
    sliders_say_the_value_and_what_is_possible,
    choices_and_mixtures_are_set,
    presets_are_taken_and_shown_as_pressed,
    play_moves_until_pause_and_step_goes_one_further,
    play_strides_under_reduced_motion,
    reset_goes_back_to_the_defaults,
    one_menu_is_open_until_the_reader_turns_to_something_else,
];

/// Moves the slider of a parameter with an arrow key, away from its end if necessary. Returns false if there
/// is no slider.
fn slide(figure: &Figure<'_>, spec: &Spec) -> Outcome<bool> {
    let Some(last) = spec.kind.positions() else { return Ok(false) };
    let at_the_end = spec.kind.position_of(&figure.value(spec.key)?) == Some(last);
    let key = if at_the_end { keys::LEFT } else { keys::RIGHT };
    figure.press(&format!("input[data-slide=\"{}\"]", spec.key), key)?;
    Ok(true)
}

fn sliders_move_by_keyboard() -> Outcome {
    on_specimens(|figure| {
        for spec in figure.library()?.specs() {
            let before = figure.value(spec.key)?;
            if !slide(figure, spec)? {
                continue;
            }
            figure.agrees(&format!("an arrow key on {}", spec.key))?;
            let after = figure.value(spec.key)?;
            assert_ne!(after, before, "{}: an arrow key moves {}", figure.name, spec.key);
            let boxed: String = figure
                .run(&format!("return root.querySelector('input[data-set=\"{}\"]').value", spec.key), &[])?;
            assert_eq!(boxed, after, "{}: the number box follows {}", figure.name, spec.key);
        }
        figure.address_follows()?;
        Ok(())
    })
}

fn number_boxes_take_what_is_typed_and_refuse_what_is_not_accepted() -> Outcome {
    on_specimens(|figure| {
        for spec in figure.library()?.specs() {
            let (Kind::Number { .. } | Kind::Positive { .. } | Kind::Count { .. }) = spec.kind else {
                continue;
            };
            let (key, last) = (spec.key, spec.kind.positions().unwrap_or_default());
            let wanted = spec.kind.at_position(last / 3).ok_or("a slider has a value everywhere")?;
            figure.type_in(key, &wanted)?;
            figure.agrees(&format!("typing {key}={wanted}"))?;
            assert_eq!(figure.value(key)?, wanted, "{}: {key} is what was typed", figure.name);
            assert!(figure.problems()?.is_empty(), "{}: nothing is wrong with {key}={wanted}", figure.name);

            figure.type_in(key, "99999x")?;
            figure.agrees(&format!("typing nonsense for {key}"))?;
            assert_eq!(figure.value(key)?, wanted, "{}: nonsense changes nothing", figure.name);
            let problems = figure.problems()?;
            assert!(
                matches!(&*problems, [one] if one.contains(key) && one.contains("99999x")),
                "{}: one sentence names {key} and its value: {problems:?}",
                figure.name
            );
        }
        Ok(())
    })
}

fn numbers_are_read_as_people_type_them() -> Outcome {
    visit("figure.html?figure=kl-fit", |page| {
        let figure = page.figure("kl-fit")?;
        for (typed, wanted) in [
            ("1,5", "1.5"),
            ("－１．５", "-1.5"),
            ("+2", "2"),
            ("\u{2212}0,25", "-0.25"),
            (" 1.75 ", "1.75"),
            ("１，２５", "1.25"),
        ] {
            figure.type_in("mu", typed)?;
            figure.settle()?;
            assert_eq!(figure.value("mu")?, wanted, "{typed}");
            assert_eq!(figure.problems()?, [""; 0], "{typed}");
        }
        figure.type_in("mu", "1.2.3")?;
        figure.settle()?;
        let problems = figure.problems()?;
        assert!(
            matches!(&*problems, [one] if one.contains("1.2.3") && one.contains("with a point before its decimals")),
            "{problems:?}"
        );
        // A phone's keys for decimals have no minus.
        let keys = "return ['mu', 'sigma', 'p.0.mean', 'p.0.sd'].map((key) => root.querySelector(`input[data-set=\"${key}\"]`).inputMode)";
        let keys: Vec<String> = figure.run(keys, &[])?;
        assert_eq!(keys, ["text", "decimal", "text", "decimal"], "the keys that a phone shows");
        Ok(())
    })
}

fn sliders_say_the_value_and_what_is_possible() -> Outcome {
    on_specimens(|figure| {
        for spec in figure.library()?.specs() {
            let (least, most) = match spec.kind {
                Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => (least, most),
                Kind::Count { most } => (0.0, f64::from(most)),
                _ => continue,
            };
            slide(figure, spec)?;
            figure.settle()?;
            let said = "const { ariaValueMin, ariaValueNow, ariaValueMax, ariaValueText } = root.querySelector(`[data-slide=\"${given[0]}\"]`);
                return [ariaValueMin, ariaValueNow, ariaValueMax, ariaValueText]";
            let said: [String; 4] = figure.run(said, &[json!(spec.key)])?;
            let value = figure.value(spec.key)?;
            assert_eq!([&said[1], &said[3]], [&value; 2], "{}: {}", figure.name, spec.key);
            let ends: [f64; 2] = [said[0].parse()?, said[2].parse()?];
            assert_eq!(ends, [least, most], "{}: {}", figure.name, spec.key);
        }
        Ok(())
    })
}

fn choices_and_mixtures_are_set() -> Outcome {
    on_specimens(|figure| {
        for spec in figure.library()?.specs() {
            match spec.kind {
                Kind::Choice(words) => {
                    let select = format!("select[data-set=\"{}\"]", spec.key);
                    // The keys go upwards from the last word and downwards from the first, through all words
                    // between.
                    for (word, key) in words
                        .iter()
                        .rev()
                        .skip(1)
                        .map(|word| (word, keys::UP))
                        .chain(words.iter().skip(1).map(|word| (word, keys::DOWN)))
                    {
                        if figure.value(spec.key)? != *words.last().unwrap_or(&"") && key == keys::UP {
                            figure.press(&select, keys::END)?;
                            figure.settle()?;
                        }
                        while figure.value(spec.key)? != *word {
                            let before = figure.value(spec.key)?;
                            figure.press(&select, key)?;
                            figure.settle()?;
                            assert_ne!(
                                figure.value(spec.key)?,
                                before,
                                "{}: {key:?} moves {select}",
                                figure.name
                            );
                        }
                        figure.agrees(&format!("choosing {word}"))?;
                    }
                }
                Kind::Components { most } => mixture(figure, spec.key, most)?,
                Kind::Weights { least, most } => weights(figure, spec.key, least, most)?,
                _ => {}
            }
        }
        Ok(())
    })
}

/// Adds components to the mixture `key` up to `most`, changes each number of the last one, and removes it
/// again.
fn mixture(figure: &Figure<'_>, key: &str, most: usize) -> Outcome {
    let count = || -> Outcome<usize> { Ok(figure.value(key)?.split(';').count()) };
    while count()? < most {
        let before = count()?;
        figure.click(&format!("button[data-set=\"{key}.add\"]"))?;
        figure.agrees("adding a component")?;
        assert_eq!(count()?, before + 1, "{}: one more component", figure.name);
    }
    let last = most - 1;
    for (part, value) in [("mean", "-1.5"), ("sd", "1.25"), ("weight", "0.25")] {
        let key = format!("{key}.{last}.{part}");
        figure.type_in(&key, value)?;
        figure.agrees(&format!("typing {key}={value}"))?;
        assert_eq!(figure.value(&key)?, value, "{}: {key} is what was typed", figure.name);
    }
    figure.click(&format!("button[data-set=\"{key}.{last}.remove\"]"))?;
    figure.agrees("removing a component")?;
    assert_eq!(count()?, last, "{}: one component fewer", figure.name);
    Ok(())
}

/// Adds outcomes to the weights `key` up to `most`, types a share, locks it, types another, and removes
/// outcomes again.
fn weights(figure: &Figure<'_>, key: &str, least: usize, most: usize) -> Outcome {
    let count = || -> Outcome<usize> { Ok(figure.value(key)?.split(',').count()) };
    while count()? < most {
        let before = count()?;
        figure.click(&format!("button[data-set=\"{key}.add\"]"))?;
        figure.agrees("adding an outcome")?;
        assert_eq!(count()?, before + 1, "{}: one more outcome", figure.name);
    }
    let part = |index: usize, part: &str| format!("{key}.{index}.{part}");
    figure.type_in(&part(0, "share"), "0.125")?;
    figure.click(&format!("button[data-set=\"{}\"]", part(0, "lock")))?;
    figure.type_in(&part(1, "share"), "0.25")?;
    figure.agrees("typing a share beside a locked one")?;
    for (index, share) in [(0, "0.125"), (1, "0.25")] {
        let shown = figure.value(&part(index, "share"))?;
        assert_eq!(shown, share, "{}: outcome {index} has what was typed", figure.name);
    }
    let script = "const lock = root.querySelector(given[0]);
        return [lock.ariaPressed, lock.parentElement.querySelector('input').readOnly]";
    let lock = json!(format!("button[data-set=\"{}\"]", part(0, "lock")));
    let state: (String, bool) = figure.run(script, &[lock])?;
    assert_eq!(state, ("true".to_owned(), true), "{}: the lock shows it", figure.name);
    while count()? > least {
        let last = count()? - 1;
        figure.click(&format!("button[data-set=\"{}\"]", part(last, "remove")))?;
        figure.agrees("removing an outcome")?;
        assert_eq!(count()?, last, "{}: one outcome fewer", figure.name);
    }
    Ok(())
}

fn presets_are_taken_and_shown_as_pressed() -> Outcome {
    on_specimens(|figure| {
        let library = figure.library()?;
        let presets = library.presets();
        for preset in presets.iter().rev().filter(|_| presets.len() > 1) {
            let before = figure.drawing()?;
            figure.click(&format!("button[data-preset=\"{}\"]", preset.name))?;
            figure.agrees(&format!("the preset {}", preset.name))?;
            let pressed: Vec<String> = figure.run(
                    "return [...root.querySelectorAll('[data-preset][aria-pressed=true]')].map((b) => b.dataset.preset)",
                    &[],
                )?;
            assert_eq!(pressed, [preset.name], "{}: the chip that is pressed", figure.name);
            assert_ne!(figure.drawing()?, before, "{}: {} draws anew", figure.name, preset.name);
        }
        Ok(())
    })
}

fn play_moves_until_pause_and_step_goes_one_further() -> Outcome {
    // This reader does not prefer reduced motion.
    on_specimens_as(
        Reader::default(),
        |_| String::new(),
        |figure| {
            let page = figure.page;
            let Some(key) = figure.library()?.steps() else { return Ok(()) };
            let step = || -> Outcome<u32> { Ok(figure.value(key)?.parse()?) };
            let begin = step()?;
            figure.click("[data-play]")?;
            figure.wait::<bool>(&format!("return Number(figure.get('{key}')) > {begin} + 3"), &[])?;
            figure.click("[data-play]")?;
            let paused = step()?;
            page.frames(20)?;
            assert_eq!(step()?, paused, "{}: Pause stops it", figure.name);
            figure.agrees("Play and Pause")?;

            figure.click("[data-step]")?;
            figure.agrees("Step")?;
            assert_eq!(step()?, paused + 1, "{}: Step goes one further", figure.name);

            let last = last_step(&figure.library()?).ok_or("Play advances a count")?;
            figure.type_in(key, &(last - 2).to_string())?;
            figure.click("[data-play]")?;
            figure.wait::<bool>(
                "return !root.querySelector('[data-play]').classList.contains('playing')",
                &[],
            )?;
            assert_eq!(step()?, last, "{}: Play stops at the end", figure.name);
            figure.agrees("playing to the end")?;
            figure.click("[data-play]")?;
            figure.wait::<bool>(&format!("return Number(figure.get('{key}')) < 100"), &[])?;
            figure.click("[data-play]")?;
            Ok(())
        },
    )
}

fn play_strides_under_reduced_motion() -> Outcome {
    on_specimens(|figure| {
        let Some(key) = figure.library()?.steps() else { return Ok(()) };
        figure.type_in(key, "0")?;
        figure.click("[data-play]")?;
        let first: String =
            figure.wait(&format!("const now = figure.get('{key}'); return now !== '0' && now"), &[])?;
        assert!(first.parse::<u32>()? >= 10, "{}: few and large strides, not {first}", figure.name);
        figure.click("[data-play]")
    })
}

/// The last step that Play reaches.
fn last_step(figure: &Live) -> Option<u32> {
    let key = figure.steps()?;
    figure.specs().iter().find(|spec| spec.key == key)?.kind.positions()
}

fn reset_goes_back_to_the_defaults() -> Outcome {
    on_specimens_as(
        CALM,
        |_| "?other=7".to_owned(),
        |figure| {
            let page = figure.page;
            let library = figure.library()?;
            let drawn = figure.drawing()?;
            // Presets change figures that have no sliders, too.
            if let Some(preset) = library.presets().last() {
                figure.click(&format!("[data-preset=\"{}\"]", preset.name))?;
            }
            for spec in library.specs() {
                slide(figure, spec)?;
            }
            figure.settle()?;
            let changed: Vec<(String, String)> = figure.run("return figure.state().changed", &[])?;
            assert!(!changed.is_empty(), "{}: presets and sliders changed it", figure.name);
            figure.address_follows()?;
            figure.click("[data-reset]")?;
            figure.agrees("Reset")?;
            let values: Vec<_> =
                library.specs().iter().map(|spec| (spec.key.to_owned(), library.get(spec.key))).collect();
            let shown: Vec<_> = figure.values()?.into_iter().map(|(key, value)| (key, Some(value))).collect();
            assert_eq!(shown, values, "{}: every parameter is as it was", figure.name);
            assert_eq!(figure.drawing()?, drawn, "{}: the drawing is as it was", figure.name);
            figure.address_follows()?;
            let address: String = page.browser.run("return location.search", &[])?;
            assert_eq!(
                address, "?other=7",
                "{}: nothing is left of it, what is not its own stays",
                figure.name
            );
            Ok(())
        },
    )
}

fn one_menu_is_open_until_the_reader_turns_to_something_else() -> Outcome {
    visit(&home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        let open = |what: &str, wanted: [bool; 2]| -> Outcome {
            let script =
                "return ['sound', 'save'].map((part) => root.querySelector(`[data-part=${part}]`).open)";
            assert_eq!(figure.run::<[bool; 2]>(script, &[])?, wanted, "{what}");
            Ok(())
        };
        // Finding an element opens what hides it.
        figure.find("[data-part=sound] button")?;
        open("one", [true, false])?;
        figure.find("[data-part=save] button")?;
        open("the other", [false, true])?;
        page.browser.press(keys::ESCAPE)?;
        open("Escape", [false, false])?;
        let at = "return root.activeElement === root.querySelector('[data-part=save] summary')";
        assert!(figure.run::<bool>(at, &[])?, "its button has the focus");
        page.browser.press(keys::ENTER)?;
        open("Enter", [false, true])?;
        figure.click("figcaption")?;
        open("a click elsewhere", [false, false])?;
        figure.find("[data-part=sound] button")?;
        open("open again", [true, false])?;
        page.browser.press(&keys::TAB.repeat(3))?;
        open("Tab leads on", [false, false])
    })
}
