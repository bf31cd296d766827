//! Tasks over all figures, with all their readouts and curves: what is hidden stays hidden, guesses go where
//! they are put, and goals report when they are reached.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;

use common::{english, figures};
use explainer::book;
use explainer::figure::grid::Grid;
use explainer::figure::texts::Texts;
use explainer::figure::{GuessView, Live};
use explainer::plot::{Point, Theme};

/// Each figure in its first state and in each of its examples.
fn examples() -> impl Iterator<Item = Live> {
    figures().flat_map(|figure| {
        let name = figure.name();
        figure.presets().iter().map(move |preset| {
            let mut figure = book::make(name).unwrap();
            figure.apply_preset(preset.name);
            figure.tick(1e3);
            figure
        })
    })
}

/// Asks for a veil, which must be accepted.
fn veil(figure: &mut Live, names: &str, texts: &Texts) {
    let problems = figure.ask(names, "", "", texts);
    assert!(problems.is_empty(), "{}: {names}: {problems:?}", figure.name());
}

fn guess(figure: &Live, texts: &Texts) -> GuessView {
    figure.task(texts).unwrap().guess.unwrap()
}

/// What a table tells about the present values in hidden rows, and in its details.
fn of_hidden_rows(grid: Grid, figure: &Live) -> String {
    let hidden: Vec<_> = figure.readouts().iter().filter(|readout| readout.veiled).map(|r| r.key).collect();
    let mut told = grid.detail.text;
    for row in grid.rows {
        let own = hidden.contains(&row.key);
        for (column, cell) in row.cells.into_iter().enumerate() {
            // The other cells state what holds for any pair.
            if own && (column == 0 || cell.verdict.is_some()) || hidden.contains(&cell.tells) {
                told.extend([cell.head, cell.about]);
            }
        }
    }
    told.join("\n")
}

/// Everything that a reader can see or hear of a figure, except strokes and the reader's own settings.
fn told(figure: &Live, width: f64, texts: &Texts) -> String {
    let svg = figure.svg(width, Theme::Light, false, texts);
    let svg = roxmltree::Document::parse(&svg).unwrap();
    let words =
        svg.descendants().filter(|node| node.is_text()).filter_map(|node| node.text().map(str::to_owned));
    let mut told: Vec<String> = words.collect();
    told.extend(figure.grid(texts).map(|grid| of_hidden_rows(grid, figure)));
    told.extend(figure.handles(width, texts).into_iter().map(|handle| handle.name + " " + &handle.value));
    told.extend(figure.readouts().iter().map(|readout| readout.text(texts)));
    told.push(figure.csv());
    told.push(figure.summary(texts));
    let task = figure.task(texts).map(|task| format!("{task:?}"));
    told.extend(task);
    told.join("\n")
}

/// The texts and exact values that hidden readouts would reveal. Texts too short to be significant are
/// excluded, and so are those that other readouts or the reader's settings also show.
fn secrets(figure: &Live, names: &[&str], texts: &Texts) -> Vec<String> {
    let readouts = figure.readouts();
    let tells = |text: &String| text.chars().filter(char::is_ascii_digit).count() >= 3;
    let of = |hidden: bool| {
        let some = readouts.iter().filter(move |readout| names.contains(&readout.key) == hidden);
        some.flat_map(|readout| [readout.digits(texts), readout.value.to_string()]).filter(tells)
    };
    let mut open: Vec<String> = of(false).collect();
    open.extend(figure.specs().iter().filter_map(|spec| figure.get(spec.key)));
    of(true).filter(|text| !open.iter().any(|open| open.contains(text.as_str()))).collect()
}

#[test]
fn with_everything_hidden_no_number_is_told() {
    let texts = english();
    for mut figure in examples() {
        let names = figure.hideable();
        let secrets = secrets(&figure, &names, &texts);
        let open = told(&figure, 1076.0, &texts);
        let told_before = secrets.iter().filter(|secret| open.contains(secret.as_str())).count();
        assert!(told_before > 0, "{}: no number is told to begin with", figure.name());
        veil(&mut figure, &names.join(","), &texts);
        for width in [1076.0, 343.0] {
            let told = told(&figure, width, &texts);
            assert!(told.contains('?'), "{}: a question mark stands in the drawing", figure.name());
            for secret in &secrets {
                assert!(!told.contains(secret), "{}: {secret} is told in:\n{told:.2000}", figure.name());
            }
        }
        for readout in figure.readouts() {
            let open = (readout.veiled, readout.value.is_nan(), readout.text(&texts) == "?");
            let hidden = !readout.given;
            assert!(hidden == open.0 && (!hidden || open.1 && open.2), "{}: {readout:?}", figure.name());
        }
        for handle in figure.handles(1076.0, &texts) {
            assert!(handle.fixed || handle.value != "?", "{}: {handle:?}", figure.name());
        }
    }
}

#[test]
fn each_hidden_name_hides_what_it_tells_and_comes_back() {
    let texts = english();
    for mut figure in examples() {
        let open = figure.svg(1076.0, Theme::Light, false, &texts);
        for name in figure.hideable() {
            let place = format!("{}: {name}", figure.name());
            let secrets = secrets(&figure, &[name], &texts);
            veil(&mut figure, name, &texts);
            let hidden: Vec<_> =
                figure.readouts().iter().filter(|readout| readout.veiled).map(|r| r.key).collect();
            let told = told(&figure, 1076.0, &texts);
            // Visible readouts may show the same value: at some shifts both KL are equal, and a fit may end
            // at the best optimum.
            figure.reveal();
            figure.tick(1.0);
            let others: Vec<_> = figure.readouts().into_iter().filter(|r| !hidden.contains(&r.key)).collect();
            let same = |secret: &String| {
                others.iter().any(|other| {
                    other.digits(&texts).trim_start_matches('−').contains(secret.trim_start_matches('−'))
                })
            };
            for secret in secrets.iter().filter(|secret| !same(secret)) {
                assert!(!told.contains(secret), "{place}: {secret} is told in:\n{told:.2000}");
            }
            assert!(!hidden.is_empty(), "{place} hides a readout");
            assert_eq!(figure.svg(1076.0, Theme::Light, false, &texts), open, "{place} comes back");
            let task = figure.task(&texts).unwrap();
            assert!(task.revealed && task.hidden.is_none(), "{place}: {task:?}");
            figure.veil_again();
            let again = figure.svg(1076.0, Theme::Light, false, &texts);
            assert_ne!(again, open, "{place}: veiled again it is another picture");
            veil(&mut figure, "", &texts);
            assert_eq!(figure.svg(1076.0, Theme::Light, false, &texts), open, "{place}: unasked it is there");
            assert_eq!(figure.task(&texts), None, "{place}: nothing is asked");
        }
    }
}

#[test]
fn one_kl_is_not_told_by_the_row_of_the_other() {
    let texts = english();
    let mut figure = book::make("comparison").unwrap();
    let marks = |figure: &Live| {
        let rows = figure.grid(&texts).unwrap().rows;
        rows.iter().map(|row| row.cells.iter().filter(|cell| cell.head == "?").count()).collect::<Vec<_>>()
    };
    veil(&mut figure, "reverse-kl", &texts);
    assert_eq!(marks(&figure), [1, 5, 0, 0, 0, 0, 0, 0, 0], "its row, and where the other's says it swapped");
}

#[test]
fn hidden_curves_draw_no_strokes_of_their_own() {
    let texts = english();
    let strokes = |figure: &Live| figure.svg(1076.0, Theme::Light, false, &texts).matches("<path").count();
    for (name, curve) in [
        ("kl-fit", "reverse-q"),
        ("kl-fit", "reverse-optima"),
        ("kl-fit", "forward"),
        ("disjoint-supports", "js"),
        ("disjoint-supports", "w1-slope"),
        ("wasserstein-gradient", "js"),
        ("wasserstein-gradient", "w1-q"),
        ("comparison", "apart"),
    ] {
        let mut figure = book::make(name).unwrap();
        let before = strokes(&figure);
        veil(&mut figure, curve, &texts);
        assert!(strokes(&figure) < before, "{name}: {curve} is not drawn");
    }
    // With both fits hidden, a step changes nothing in the drawing.
    let mut figure = book::make("kl-fit").unwrap();
    veil(&mut figure, "forward-q,forward,reverse-q,reverse", &texts);
    let drawing = |figure: &Live| figure.svg(1076.0, Theme::Light, false, &texts);
    let still = drawing(&figure);
    figure.set("step", "81").unwrap();
    assert_eq!(drawing(&figure).replace("after 81 steps", "after 80 steps"), still, "a step is not seen");
}

#[test]
fn guesses_by_pixel_by_key_and_by_number_are_one() {
    let texts = english();
    let mut drawn = 0;
    for mut figure in figures() {
        for name in figure.hideable() {
            if !figure.ask("", name, "", &texts).is_empty() {
                continue;
            }
            let place = format!("{}: {name}", figure.name());
            let start = guess(&figure, &texts);
            assert!(start.answer.is_none() && start.truth.is_nan() && start.difference.is_nan(), "{place}");
            if let Some((position, last)) = start.slider {
                assert!(position <= last && last > 0, "{place}: {position} of {last}");
                figure.slide_guess(last);
                assert!(guess(&figure, &texts).guess > start.guess, "{place} slides up");
                continue;
            }
            drawn += 1;
            for width in [1076.0, 343.0] {
                let handles = figure.handles(width, &texts);
                let (index, marker) = (handles.len() - 1, handles.last().unwrap().clone());
                assert!(marker.horizontal != marker.vertical && !marker.fixed, "{place}: {marker:?}");
                let way = |by: f64| {
                    if marker.horizontal { Point { x: by, y: 0.0 } } else { Point { x: 0.0, y: -by } }
                };
                let to = way(43.0);
                figure.grab(index, Point { x: marker.x + 3.0, y: marker.y + 3.0 }, width);
                figure.drag(Point { x: marker.x + 3.0 + to.x, y: marker.y + 3.0 + to.y }, width);
                figure.release();
                let by_pixel = guess(&figure, &texts);
                let after = figure.handles(width, &texts).pop().unwrap();
                let off = (after.x - marker.x - to.x).hypot(after.y - marker.y - to.y);
                assert!(off < 1.5, "{place}: the marker is {off} px from the pointer");
                // The marker goes back by keys, and forward again.
                let mut keys = 0;
                while guess(&figure, &texts).guess > start.guess && keys < 999 {
                    keys += 1;
                    figure.nudge(index, -1.0, -1.0);
                }
                assert_eq!(guess(&figure, &texts).guess, start.guess, "{place}: back by {keys} keys");
                for _ in 0..keys {
                    figure.nudge(index, 1.0, 1.0);
                }
                assert_eq!(guess(&figure, &texts).guess, by_pixel.guess, "{place}: there by {keys} keys");
                assert!(figure.guess(&start.value) && figure.guess(&by_pixel.value), "{place}: as typed");
                assert_eq!(guess(&figure, &texts).guess, by_pixel.guess, "{place}: as typed");
                assert!(figure.guess(&start.value), "{place}: back");
                // At any position the guess stays a number within the panel.
                for wild in [-1e9, 1e9, f64::INFINITY, f64::NAN] {
                    figure.grab(index, Point { x: marker.x, y: marker.y }, width);
                    figure.drag(Point { x: wild, y: wild }, width);
                    figure.release();
                    assert!(guess(&figure, &texts).guess.is_finite(), "{place} dragged to {wild}");
                }
                assert!(figure.guess(&start.value), "{place}: back");
            }
        }
        figure.ask("", "", "", &texts);
        assert!(figure.changed().is_empty(), "{}: guesses set nothing", figure.name());
    }
    let one = std::env::var("FIGURE").is_ok();
    assert!(one || drawn > 0, "no figure's readout is guessed on its drawing");
}

#[test]
fn a_committed_guess_is_told_from_the_truth() {
    let texts = english();
    for mut figure in examples() {
        let count = figure.handles(1076.0, &texts).len();
        for readout in figure.readouts().into_iter().filter(|readout| !readout.given) {
            let place = format!("{}: {}", figure.name(), readout.key);
            assert!(figure.ask("", &format!("{} within 0.5", readout.key), "", &texts).is_empty(), "{place}");
            assert!(figure.guess("0.62"), "{place}");
            assert!(figure.reveal() && !figure.reveal(), "{place}: there is something to reveal, once");
            assert!(figure.tick(0.1) == explainer::figure::Tick::Moving, "{place}: it takes its time");
            figure.tick(1.0);
            let view = guess(&figure, &texts);
            assert_eq!(view.truth.to_bits(), readout.value.to_bits(), "{place}");
            let difference = 0.62 - readout.value;
            assert!(difference == view.difference || difference.is_nan(), "{place}: {view:?}");
            let answer = view.answer.unwrap();
            let expected = match difference {
                d if d.is_nan() => "undefined",
                d if d.is_infinite() => "infinite",
                d if d.abs() <= 0.5 => "right",
                d if d > 0.0 => "too high",
                _ => "too low",
            };
            assert!(answer.contains(expected), "{place}: {answer}");
            assert!(answer.contains(&readout.text(&texts)), "{place}: {answer}");
            assert_eq!(figure.handles(1076.0, &texts).len(), count, "{place}: the marker is gone");
            for width in [1076.0, 343.0] {
                let svg = figure.svg(width, Theme::Dark, false, &texts);
                assert!(
                    !svg.contains("NaN") && roxmltree::Document::parse(&svg).is_ok(),
                    "{place}: {svg:.300}"
                );
            }
            figure.veil_again();
            assert_eq!(guess(&figure, &texts).guess, 0.62, "{place}: the guess stays where it was");
            figure.ask("", "", "", &texts);
        }
    }
}

#[test]
fn what_is_infinite_can_be_guessed() {
    let texts = english();
    let mut figure = book::make("disjoint-supports").unwrap();
    assert!(figure.ask("", "forward-kl", "", &texts).is_empty(), "KL can be guessed");
    assert!(guess(&figure, &texts).infinite && figure.guess("∞"), "it can be infinite");
    figure.reveal();
    let view = guess(&figure, &texts);
    assert_eq!((view.value.as_str(), view.difference), ("∞", 0.0), "right");
    assert!(view.answer.unwrap().contains("right"), "right");
    figure.veil_again();
    assert!(figure.guess("3"), "a finite guess");
    figure.reveal();
    assert!(guess(&figure, &texts).answer.unwrap().contains("but it is infinite"), "wrong");
    figure.ask("", "js", "", &texts);
    assert!(!figure.guess("∞") && !figure.guess("x") && !figure.guess(""), "JS is finite");
}

#[test]
fn a_change_leaves_a_guess_open_and_what_is_said_again_as_it_is() {
    let texts = english();
    let mut figure = book::make("kl-fit").unwrap();
    figure.ask("forward", "reverse-end-mean", "", &texts);
    figure.guess("1.4");
    figure.reset();
    figure.apply_preset("three");
    figure.set("rate", "0.1").unwrap();
    let view = guess(&figure, &texts);
    assert!(view.guess == 1.4 && view.answer.is_none() && view.plays, "{view:?}");
    figure.reveal();
    figure.ask("forward", "reverse-end-mean", "step > 3", &texts);
    assert!(guess(&figure, &texts).answer.is_some(), "another goal hides nothing again");
    figure.set("step", "300").unwrap();
    let readouts = figure.readouts();
    let value = |key: &str| readouts.iter().find(|readout| readout.key == key).unwrap().value;
    assert_eq!(value("reverse-end-mean"), value("reverse-mean"), "where it ends is where it is at the end");
    figure.ask("", "reverse-end-mean", "step > 3", &texts);
    assert!(guess(&figure, &texts).answer.is_none(), "another veil hides");
}

#[test]
fn goals_say_what_holds_and_what_is_hidden_stays_so() {
    let texts = english();
    let mut figure = book::make("disjoint-supports").unwrap();
    let problems = figure.ask("", "", "js < 0.5, theta >= 0, w1 = 0.4 within 0.01", &texts);
    assert!(problems.is_empty(), "{problems:?}");
    let holds = |figure: &Live| figure.task(&texts).unwrap().goal.iter().map(|c| c.holds).collect::<Vec<_>>();
    assert_eq!(holds(&figure), [false, true, false], "at the start");
    figure.set("theta", "0.405").unwrap();
    let task = figure.task(&texts).unwrap();
    assert!(task.solved && task.goal.iter().all(|condition| condition.holds), "{task:?}");
    assert_eq!(task.goal[0].text, "JS < 0.5", "in signs");
    figure.ask("js", "", "js < 0.5, theta >= 0, w1 = 0.4 within 0.01", &texts);
    let task = figure.task(&texts).unwrap();
    assert!(
        !task.solved && task.goal[0].now.contains('?'),
        "what is hidden is not told by its goal: {task:?}"
    );
}

#[test]
fn what_cannot_be_asked_is_named_and_the_rest_holds() {
    let texts = english();
    for mut figure in figures() {
        let (names, first) = (figure.hideable(), figure.hideable()[0]);
        let problems = figure.ask(&format!("nonsense, {first}"), "also-nonsense", "x < 1, y", &texts);
        assert_eq!(problems.len(), 4, "{}: {problems:?}", figure.name());
        for (problem, bad) in problems.iter().zip(["nonsense", "also-nonsense", "x < 1", "y"]) {
            let told = problem.contains(bad) && problem.contains(names[0]) && !problem.contains(['{', '}']);
            assert!(told, "{}: {problem}", figure.name());
        }
        assert!(figure.readouts().iter().any(|readout| readout.veiled), "{}: the rest is", figure.name());
        let again = figure.ask(&format!("nonsense, {first}"), "also-nonsense", "x < 1, y", &texts);
        assert_eq!(again, problems, "{}: as long as it stands there", figure.name());
        for bad in ["", " ", "js within", "within 0.3", "js within -1", "js within x", "theta", "step"] {
            let refused = figure.ask("", bad, "", &texts).len();
            assert_eq!(refused, usize::from(!bad.trim().is_empty()), "{}: guess={bad}", figure.name());
        }
    }
}

#[test]
fn all_that_can_be_hidden_has_a_name() {
    let texts = english();
    for mut figure in figures() {
        let readouts: Vec<_> = figure.readouts().iter().map(|readout| readout.key).collect();
        for name in figure.hideable().into_iter().chain(readouts) {
            let keys = [format!("{}.name.{name}", figure.name()), format!("name.{name}")];
            assert!(keys.iter().any(|key| texts.has(key)), "{}: {name} has a name", figure.name());
        }
        let name = figure.hideable()[0];
        veil(&mut figure, name, &texts);
        let word = texts.named(figure.name(), "name", name);
        assert!(figure.summary(&texts).contains(&word), "{}: the summary says what is hidden", figure.name());
    }
}
