//! The explainer's own lectures and exercises are free of faults, and the figures confirm their answers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use explainer::book;
use explainer::figure::Live;
use explainer::figure::texts::Texts;
use explainer::lesson::{self, Screen};

/// The file `name` of every chapter in every language, with its screens.
fn lessons(name: &str) -> Vec<(PathBuf, Vec<Screen>)> {
    let mut lessons = Vec::new();
    let folders = fs::read_dir("www/content").unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|folder| folder.is_dir()) {
        for path in book::CHAPTERS.iter().map(|chapter| folder.join(chapter.slug).join(name)) {
            let read = lesson::read(&fs::read_to_string(&path).unwrap());
            assert_eq!(read.faults, [], "{}", path.display());
            lessons.push((path, read.screens));
        }
    }
    lessons
}

fn english() -> Texts {
    Texts::parse(&explainer::content::words(Path::new("www/content/en")).unwrap())
}

fn figure(screen: &Screen, values: &[(&'static str, String)]) -> Live {
    let mut figure = book::make(screen.figure).unwrap();
    for (key, value) in values {
        figure.set(key, value).unwrap();
    }
    figure.ask(&screen.veil, &screen.guess, &screen.goal, &Texts::new());
    figure
}

/// The least number of screens in a chapter's lecture and in its exercises.
const LEAST: usize = 4;

#[test]
fn every_chapter_has_a_lecture_and_exercises_in_which_each_figure_is_seen() {
    for file in ["lecture.txt", "exercises.txt"] {
        for (path, screens) in lessons(file) {
            let chapter = path.parent().and_then(Path::file_name).unwrap();
            let chapter = book::CHAPTERS.iter().find(|one| chapter == one.slug).unwrap();
            let count = screens.len();
            assert!(
                count >= LEAST,
                "{}: {count} screens; a chapter has {LEAST} at least: add some",
                path.display()
            );
            for figure in chapter.figures {
                let name = figure.name;
                let seen = screens.iter().any(|screen| screen.figure == name);
                assert!(
                    seen,
                    "{}: no screen shows {name}: add one that begins with a line “{name}”",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_screen_of_a_lecture_says_something() {
    for (path, screens) in lessons("lecture.txt") {
        for screen in screens {
            let place = format!("{}:{}", path.display(), screen.line);
            assert!(!screen.caption.is_empty(), "{place}: under “title:” a screen says something");
            assert!(!screen.title.is_empty(), "{place}: a screen has a line “title: …”");
            // A caption is short, because the room reads it while somebody speaks.
            let letters: usize = screen.caption.iter().map(|line| line.chars().count()).sum();
            assert!(
                letters <= 230,
                "{place}: {letters} letters; 230 at most, the rest belongs into “note: …”"
            );
        }
    }
}

#[test]
fn every_exercise_is_open_at_first_and_its_answer_solves_it() {
    let texts = english();
    for (path, screens) in lessons("exercises.txt") {
        for screen in &screens {
            let place = format!("{}:{}", path.display(), screen.line);
            let words = [&screen.hint, &screen.why].map(|text| !text.is_empty());
            assert!(
                words == [true; 2] && !screen.caption.is_empty(),
                "{place}: an exercise has a question and lines “hint: …” and “why: …”"
            );
            assert!(
                screen.guess.is_empty() != screen.goal.is_empty(),
                "{place}: an exercise has either a line “guess: …” or a line “goal: …”"
            );
            let mut start = figure(screen, &screen.values);
            let task = start.task(&texts).unwrap();
            if let Some(guess) = task.guess {
                assert!(
                    screen.guess.contains(" within "),
                    "{place}: how near is right? Write “guess: … within 0.1”"
                );
                assert!(start.reveal(), "{place}: it was hidden");
                let revealed = start.task(&texts).unwrap().guess.unwrap();
                assert!(
                    !revealed.right,
                    "{place}: the marker begins at {}, which is right: choose another state",
                    guess.value
                );
                assert!(revealed.truth.is_finite(), "{place}: {} can't be dragged to", revealed.truth);
            } else {
                assert!(
                    !task.solved,
                    "{place}: the goal holds as it begins: change the state in its first line, or the goal"
                );
                assert!(
                    !screen.solution.is_empty(),
                    "{place}: an exercise with a goal has a line “solution: key=value …”"
                );
                let solved = figure(screen, &screen.solution).task(&texts).unwrap();
                assert!(solved.solved, "{place}: its solution does not reach the goal: {:?}", solved.goal);
            }
        }
    }
}

/// The numbers that exercises state in words are those of the figures.
#[test]
fn answers_in_words_are_the_figures_own() {
    let readout = |name: &str, set: &[(&str, &str)], key: &str| {
        let mut figure = book::make(name).unwrap();
        for (key, value) in set {
            figure.set(key, value).unwrap();
        }
        figure.readouts().into_iter().find(|readout| readout.key == key).unwrap().value
    };
    let near = |a: f64, b: f64, by: f64| assert!((a - b).abs() <= by, "{a} is not {b}");
    near(readout("kl-fit", &[], "forward-best-sd"), (0.75_f64.powi(2) + 2.6_f64.powi(2)).sqrt(), 1e-6);
    near(readout("disjoint-supports", &[("theta", "2"), ("unit", "bits")], "js"), 1.0, 1e-12);
    near(readout("comparison", &[("p", "1,-1,1"), ("q", "1,1,1")], "forward-kl"), 2.0, 1e-9);
    let apart = [("shape", "boxes"), ("p", "1,-3,0.6"), ("q", "1,3,0.6")];
    // There are two steps of ½ (log 4/3 + ½ log 2/3 + ½ log 2) each.
    let step = 0.75 * (4.0_f64 / 3.0).ln();
    near(readout("comparison", &apart, "js-by-mixture"), 2.0 * step, 1e-9);
    near(readout("comparison", &apart, "js-shortcut"), std::f64::consts::LN_2 - 2.0 * step, 1e-9);
}
