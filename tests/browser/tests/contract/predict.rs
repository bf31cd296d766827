//! What is hidden stays hidden until the reveal, guesses are made on the drawing and compared with the truth,
//! and goals report when they are reached.

use browser::{Outcome, Reader, keys};
use serde_json::{Value, json};

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{on_specimens, visit, visit_as, visit_host, visit_html};

tests![
    a_guess_is_dragged_committed_and_told_from_the_truth,
    a_guess_without_a_place_is_typed_and_may_be_infinite,
    what_is_veiled_is_told_nowhere_until_it_is_revealed,
    a_goal_is_reached_by_dragging_and_told_once,
    bad_names_are_told_and_the_figure_goes_on,
    tasks_travel_with_the_figure,
    the_strip_fits_a_narrow_screen_and_is_used_by_keyboard_alone,
];

/// The visible text of the strip.
fn strip(figure: &Figure) -> Outcome<String> {
    figure.settle()?;
    figure.run("return root.querySelector('.task')?.innerText ?? ''", &[])
}

/// The guess, from the library.
fn guess(figure: &Figure) -> Outcome<f64> {
    figure.run("return figure.state().task.guess.guess", &[])
}

/// Starts listening for events of `kind`.
fn listen(figure: &Figure, kind: &str) -> Outcome {
    let script =
        "element.heard = []; document.addEventListener(given[0], ({ detail }) => element.heard.push(detail))";
    figure.run(script, &[json!(kind)])
}

fn heard(figure: &Figure) -> Outcome<Vec<Value>> {
    figure.run("return element.heard", &[])
}

fn a_guess_is_dragged_committed_and_told_from_the_truth() -> Outcome {
    for (query, name) in [
        ("figure=kl-fit&step=300&guess=reverse-mean", "kl-fit"),
        ("figure=disjoint-supports&theta=2&guess=js", "disjoint-supports"),
    ] {
        visit(&format!("figure.html?{query}"), |page| {
            let figure = page.figure(name)?;
            listen(&figure, "reveal")?;
            assert_eq!(figure.problems()?, [""; 0], "{name}: it can be guessed");
            let rings = figure.rings()?;
            let marker = rings.len() - 1;
            let before = guess(&figure)?;
            let (right, down) = if rings[marker].horizontal { (-60.0, 0.0) } else { (0.0, -40.0) };
            figure.drag(marker, right, down)?;
            let dragged = guess(&figure)?;
            assert!((dragged > before) == (down < 0.0) && dragged != before, "{name}: {before} → {dragged}");
            // The same movement with keys.
            let (there, back) = if right < 0.0 { (keys::LEFT, keys::RIGHT) } else { (keys::UP, keys::DOWN) };
            let focus = "[...root.querySelectorAll('.handle')].at(-1).focus()";
            figure.run::<()>(focus, &[])?;
            page.browser.press(back)?;
            page.browser.press(there)?;
            figure.settle()?;
            assert_eq!(guess(&figure)?, dragged, "{name}: back and there by keys");

            let drawing = figure.drawing()?;
            figure.click(".task .play")?;
            figure.settle()?;
            assert_ne!(figure.drawing()?, drawing, "{name}: the truth is drawn");
            let [told] = &heard(&figure)?[..] else { return Err("one event tells of the reveal".into()) };
            let number = |key: &str| told[key].as_f64().unwrap_or(f64::NAN);
            assert_eq!(number("guess"), dragged, "{name}: {told}");
            let off = number("guess") - number("truth");
            assert!((number("difference") - off).abs() < 1e-12, "{name}: guess less truth: {told}");
            let words = strip(&figure)?;
            let way = if off > 0.0 { "too high" } else { "too low" };
            assert!(words.contains(way) && words.contains(&format!("{:.2}", off.abs())), "{name}: {words}");
            figure.agrees("after the reveal")?;

            figure.click(".task button:last-of-type")?;
            assert!(strip(&figure)?.contains("Commit"), "{name}: another try");
            assert_eq!(guess(&figure)?, dragged, "{name}: from where it was");
            Ok(())
        })?;
    }
    Ok(())
}

fn a_guess_without_a_place_is_typed_and_may_be_infinite() -> Outcome {
    visit("figure.html?figure=comparison&guess=reverse-kl", |page| {
        let figure = page.figure("comparison")?;
        assert!(figure.find(".task input[type=range]").is_ok(), "there is a slider");
        figure.press(".task input[type=range]", keys::RIGHT)?;
        figure.settle()?;
        let slid = guess(&figure)?;
        let box_value =
            || figure.run::<String>("return root.querySelector('.task input[type=text]').value", &[]);
        assert_eq!(box_value()?.parse::<f64>()?, slid, "the box follows the slider");
        figure.run::<()>("root.querySelector('.task input[type=text]').select()", &[])?;
        figure.press(".task input[type=text]", "abc")?;
        page.browser.press(keys::ENTER)?;
        figure.settle()?;
        let problems = figure.problems()?;
        assert!(problems.len() == 1 && problems[0].contains("abc"), "{problems:?}");
        assert_eq!(guess(&figure)?, slid, "it stays");
        figure.click(".task button[aria-pressed]")?;
        figure.click(".task .play")?;
        let words = strip(&figure)?;
        assert!(words.contains("is infinite, but it is"), "{words}");
        Ok(())
    })
}

fn what_is_veiled_is_told_nowhere_until_it_is_revealed() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        let library = figure.library()?;
        let texts = page.texts()?;
        let open = figure.drawing()?;
        let names = library.hideable();
        let mut secrets: Vec<String> = library
            .readouts()
            .iter()
            // In the limit of disjoint supports JS is log 2, which the table states about any pair.
            .filter(|readout| !readout.given && readout.key != "js-apart")
            .map(|readout| readout.digits(&texts))
            .filter(|digits| digits.chars().filter(char::is_ascii_digit).count() > 3)
            .collect();
        let given = library.readouts().into_iter().filter(|readout| readout.given);
        let given = given.map(|readout| readout.digits(&texts));
        let given: Vec<_> = given.chain(figure.values()?.into_iter().map(|(_, value)| value)).collect();
        secrets.retain(|secret| !given.iter().any(|given| given.contains(secret)));
        assert!(secrets.len() > 2, "{}: {secrets:?}", figure.name);
        figure.run::<()>("element.setAttribute('veil', given[0])", &[json!(names.join(" "))])?;
        figure.settle()?;
        // A leak would appear within a second. What was shown before may take longer to disappear on a busy
        // machine.
        figure.run::<()>("return new Promise((done) => setTimeout(done, 900))", &[])?;
        let tells = "const parts = [...root.querySelectorAll('*')].flatMap((one) =>
              [...one.attributes].map(({ value }) => value).concat(one.textContent));
            const prose = [...document.querySelectorAll(`data[data-figure=\"${name}\"]`)].map((one) => one.textContent);
            const told = [parts.join('\\n'), prose.join('\\n'), JSON.stringify(element.told), element.summary,
              await element.toSVG(), await element.toCSV()];
            const lines = told.flatMap((text) => text.split('\\n'));
            element.tells = lines.flatMap((line) =>
              given[0].filter((secret) => line.includes(secret)).map((secret) => `${secret}: ${line.slice(0, 400)}`));
            return element.tells.length === 0 && told";
        let told: Vec<String> = figure.wait(tells, &[json!(secrets)]).or_else(|error| {
            let tells: Vec<String> = figure.run("return element.tells", &[])?;
            Err::<_, Box<dyn std::error::Error>>(format!("{error}\n{}", tells.join("\n")).into())
        })?;
        assert!(told[1].is_empty() || told[1].contains('?'), "{}: {}", figure.name, told[1]);
        assert_ne!(figure.drawing()?, open, "{}: the drawing hides it", figure.name);
        let words = strip(figure)?;
        assert!(words.contains("Hidden") && words.contains("Reveal"), "{}: {words}", figure.name);
        figure.click(".task .play")?;
        figure.agrees("revealed")?;
        assert_eq!(figure.drawing()?, open, "{}: all is there again", figure.name);
        figure.run::<()>("element.removeAttribute('veil')", &[])?;
        assert_eq!(strip(figure)?, "", "{}: no strip is left", figure.name);
        Ok(())
    })
}

fn a_goal_is_reached_by_dragging_and_told_once() -> Outcome {
    visit("figure.html?figure=disjoint-supports&goal=js%20%3C%200.3,%20theta%20%3E%200.2", |page| {
        let figure = page.figure("disjoint-supports")?;
        listen(&figure, "solved")?;
        let words = strip(&figure)?;
        assert!(words.contains("JS < 0.3") && words.contains("now 0.693"), "{words}");
        let holds = || figure.run::<u32>("return root.querySelectorAll('.task li.holds').length", &[]);
        assert_eq!(holds()?, 1, "one of two holds");
        // A tenth of the panel's width is one unit.
        let unit: f64 = figure.run("return (element.drawnWidth - 16) / 10", &[])?;
        figure.drag(0, -1.2 * unit, 0.0)?;
        figure.settle()?;
        assert_eq!(holds()?, 2, "both hold");
        let solved = heard(&figure)?;
        assert_eq!(solved.len(), 1, "one event tells of it");
        let keys: Vec<_> =
            solved[0].as_object().map(|told| told.keys().cloned().collect()).unwrap_or_default();
        assert_eq!(keys, ["name", "readouts", "values"], "what it carries");
        let said: String = figure.run("return root.querySelector('.task [role=status]').textContent", &[])?;
        assert!(said.contains("Solved"), "it is said: {said}");
        figure.drag(0, 1.2 * unit, 0.0)?;
        figure.drag(0, -1.2 * unit, 0.0)?;
        figure.settle()?;
        assert_eq!((holds()?, heard(&figure)?.len()), (2, 1), "once is enough");
        Ok(())
    })
}

fn bad_names_are_told_and_the_figure_goes_on() -> Outcome {
    visit("figure.html?figure=kl-fit&veil=nonsense,forward&guess=mean&goal=reverse%20!%203", |page| {
        let figure = page.figure("kl-fit")?;
        let problems = figure.problems()?;
        assert_eq!(problems.len(), 3, "{problems:?}");
        for (problem, bad) in problems.iter().zip(["nonsense", "mean", "reverse ! 3"]) {
            assert!(problem.contains(bad) && problem.contains("reverse-best"), "{problem}");
        }
        assert_eq!(figure.run::<String>("return element.readouts[0].text", &[])?, "?", "the rest is hidden");
        figure.click("[data-preset]:last-child")?;
        figure.settle()?;
        Ok(())
    })
}

fn tasks_travel_with_the_figure() -> Outcome {
    let task = "guess=\"reverse-end-mean within 0.2\" veil=\"forward\" goal=\"step &gt; 299\"";
    let host = format!(
        "<script type=\"module\" src=\"divergence-figure.js\"></script><divergence-figure name=\"kl-fit\" step=\"0\" {task}></divergence-figure>"
    );
    let mut file = String::new();
    visit_host(&host, |page| {
        let figure = page.figure("kl-fit")?;
        figure.embed()?;
        let address: String = figure.run(
            "const text = root.querySelector('.embed textarea').value;
             root.querySelector('dialog').close();
             return new DOMParser().parseFromString(text, 'text/html').querySelector('iframe').src",
            &[],
        )?;
        for wanted in ["guess=reverse-end-mean", "veil=forward", "goal=step"] {
            assert!(address.contains(wanted), "{address}");
        }
        file = String::from_utf8(figure.save("html")?)?;
        let path = format!("figure.html?{}", address.split_once('?').ok_or("a query")?.1);
        page.go(&path)?;
        let framed = page.figure("kl-fit")?;
        assert_eq!(framed.problems()?, [""; 0], "{address}");
        assert!(strip(&framed)?.contains("at which the reverse fit ends"), "the frame asks");
        // The end of the steps shows the answer, so that they are played.
        let outcome: Value =
            framed.run("return element.reveal().then((hidden) => [hidden, element.values.step])", &[])?;
        assert_eq!(outcome[0], true, "there was something to reveal");
        framed.wait::<bool>("return element.values.step === '300'", &[])?;
        assert!(strip(&framed)?.contains("reached"), "the goal is reached");
        assert!(!framed.run::<bool>("return element.reveal()", &[])?, "all is revealed");
        Ok(())
    })?;
    visit_html(&file, |page| {
        let figure = page.figure("kl-fit")?;
        let words = strip(&figure)?;
        assert!(words.contains("at which the reverse fit ends") && words.contains("not yet"), "{words}");
        assert_eq!(figure.run::<String>("return element.readouts[0].text", &[])?, "?", "hidden in the file");
        Ok(())
    })
}

fn the_strip_fits_a_narrow_screen_and_is_used_by_keyboard_alone() -> Outcome {
    let sharp = Reader { ratio: 2.0, ..Reader::default() };
    visit_as(sharp, "figure.html?figure=disjoint-supports&guess=js&goal=js%20%3C%200.3", |page| {
        page.browser.resize(375, 800, sharp.ratio)?;
        let figure = page.figure("disjoint-supports")?;
        let fits: bool = figure.run(
            "return document.documentElement.scrollWidth <= innerWidth
                && [...root.querySelectorAll('.task :is(button, input)')].filter((one) => one.checkVisibility())
                    .every((one) => one.getBoundingClientRect().height >= 44)",
            &[],
        )?;
        assert!(fits, "nothing scrolls sideways, and what is pressed is large");
        figure.run::<()>("root.querySelector('.task input[type=text]').focus()", &[])?;
        page.browser.press(keys::TAB)?;
        page.browser.press(keys::ENTER)?;
        assert!(strip(&figure)?.contains("Try again"), "committed by keyboard");
        Ok(())
    })
}
