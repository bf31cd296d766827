//! Every language has what English has: the same texts, passages, numbers, formulas and screens.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{content, difference, tags, words};
use explainer::book;
use explainer::content::words_of;
use explainer::figure::texts::Texts;
use explainer::figure::{Form, markup, numbers};
use explainer::plot::Theme;

use explainer::lesson::{self, Screen};

/// Names of several Latin words, which are the same in every language.
const NAMES: [&str; 0] = [];

/// Languages with other than Latin letters. Latin words in them were left untranslated.
const OTHER_LETTERS: [&str; 1] = ["zh"];

/// The format of a component in an address, where half-width commas are part of the syntax.
const FORMATS: [&str; 1] = ["权重,均值,宽度"];

/// The folders of all languages except English.
fn others() -> Vec<PathBuf> {
    let folders = fs::read_dir(content()).unwrap().map(|entry| entry.unwrap().path());
    let others: Vec<_> = folders.filter(|folder| folder.is_dir() && !folder.ends_with("en")).collect();
    assert!(!others.is_empty(), "there are others");
    others
}

/// The files in `folder` and its subfolders, as sorted relative paths. Styles are excluded, because only some
/// languages have them.
fn files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            names.extend(files(&entry.path()).into_iter().map(|file| format!("{name}/{file}")));
        } else if name != "styles.css" {
            names.push(name);
        }
    }
    names.sort();
    names
}

/// The texts of all files with this ending, in English and in another language, with a name for messages.
fn pairs(ending: &str) -> Vec<(String, String, String)> {
    let mut pairs = Vec::new();
    for folder in others() {
        let files: Vec<_> = files(&folder).into_iter().filter(|name| name.ends_with(ending)).collect();
        assert!(!files.is_empty(), "{}: *{ending}", folder.display());
        for name in files {
            let read = |folder: &Path| fs::read_to_string(folder.join(&name)).unwrap();
            let place = format!("{}/{name}", folder.file_name().unwrap().display());
            pairs.push((place, read(&content().join("en")), read(&folder)));
        }
    }
    pairs
}

/// The texts between `open` and `close` in `text`, in order.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let pieces = text.split(open).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(close)?.0)).collect()
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items
}

#[test]
fn every_language_has_every_file() {
    for folder in others() {
        let differ = difference(files(&content().join("en")), files(&folder));
        assert!(
            differ.is_empty(),
            "{}: it has other files than www/content/en: add what it lacks (−), delete what English lacks (+)\n{}",
            folder.display(),
            differ.join("\n")
        );
    }
}

/// The lines `key = text` of `source`.
fn lines(source: &str) -> Vec<(&str, &str)> {
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('=')).map(|(key, text)| (key.trim(), text.trim())).collect()
}

#[test]
fn every_text_is_in_its_place_and_takes_the_same_values() {
    let texts = ["texts.txt", "guide.txt", "pages.txt"].map(pairs);
    for (place, english, other) in texts.into_iter().flatten() {
        let (english, other) = (lines(&english), lines(&other));
        let keys =
            |lines: &[(&str, &str)]| lines.iter().map(|(key, _)| (*key).to_owned()).collect::<Vec<_>>();
        let differ = difference(keys(&english), keys(&other));
        assert!(
            differ.is_empty(),
            "www/content/{place}: it has other keys than the English file: add what it lacks (−), delete what English lacks \
             (+)\n{}",
            differ.join("\n")
        );
        for ((key, english), (own, text)) in english.iter().zip(&other) {
            assert_eq!(own, key, "www/content/{place}: the keys stand in the order of the English file");
            let named = |value: &&str| !value.contains(' ');
            let values = |text| sorted(between(text, "{", "}").into_iter().filter(named).collect());
            assert_eq!(
                values(text),
                values(english),
                "www/content/{place}: {key} takes the same values in braces"
            );
            assert_eq!(
                text.is_empty(),
                english.is_empty(),
                "www/content/{place}: {key} says something where English does"
            );
        }
    }
}

/// The formulas of `markdown` that are longer than a letter, without the words in them.
fn formulas(markdown: &str) -> Vec<String> {
    let mut formulas = Vec::new();
    for (index, piece) in markdown.replace("$$", "$").split('$').enumerate() {
        let mut formula = String::new();
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once("\\text{") {
            formula.push_str(before);
            // Subscripts such as “old” are names, not words.
            let (words, behind) = after.split_once('}').unwrap();
            if before.ends_with('{') && before.contains("\\pi_") {
                formula.push_str(words);
            }
            rest = behind;
        }
        formula.push_str(rest);
        formula.retain(|letter| !letter.is_whitespace());
        // A language may mention a letter more often than another.
        if index % 2 == 1 && formula.len() > 1 {
            formulas.push(formula);
        }
    }
    formulas
}

#[test]
fn every_passage_has_the_same_numbers_links_and_formulas() {
    let mut compared = 0;
    for (place, english, other) in pairs(".md") {
        let all = |text: &str| {
            // Examples are in the reader's language. Their keys are compared as a lesson.
            let prose: String = text.split("```").step_by(2).collect();
            let owned = |items: Vec<&str>| items.into_iter().map(str::to_owned).collect::<Vec<_>>();
            let formulas = formulas(&prose);
            let numbers: String = prose.replace("$$", "$").split('$').step_by(2).collect();
            let numbers = between(&numbers, "{", "}");
            let lines = text.lines();
            let headings =
                lines.filter(|line| line.starts_with('#')).map(|line| line.split(' ').next().unwrap());
            let mut all = owned(numbers);
            all.extend(formulas);
            all.extend(owned(between(&prose, "](", ")")));
            all.extend(owned(headings.collect()));
            all.push(format!("{} paragraphs", text.split("\n\n").count()));
            all.extend((0..text.matches("\n- ").count()).map(|_| "an item".to_owned()));
            all
        };
        let found = all(&english);
        compared += found.len();
        let differ = difference(found, all(&other));
        assert!(
            differ.is_empty(),
            "www/content/{place}: live numbers, formulas, links, headings, paragraphs and items are those of the English passage; \
             it lacks (−), it has too many (+)\n{}",
            differ.join("\n")
        );
    }
    assert!(compared > 400, "{compared} things are looked at");
}

/// Everything on a screen that is not text.
fn bones(screen: &Screen) -> String {
    let Screen { figure, values, veil, guess, goal, show, solution, caption, note, hint, why, .. } = screen;
    let numbers = sorted(caption.iter().chain(note).flat_map(|line| between(line, "{", "}")).collect());
    let said = [caption.len(), note.len(), usize::from(!hint.is_empty()), usize::from(!why.is_empty())];
    format!("{figure} {values:?} {veil} | {guess} | {goal} | {show} | {solution:?} | {numbers:?} {said:?}")
}

#[test]
fn every_lecture_and_exercise_shows_and_asks_the_same() {
    let lessons = ["lecture.txt", "exercises.txt", "plan-50.txt"].map(pairs);
    let mut screens = 0;
    for (place, english, other) in lessons.into_iter().flatten() {
        let (english, other) = (lesson::read(&english), lesson::read(&other));
        assert_eq!(other.faults, [], "{place}");
        for (english, other) in english.screens.iter().zip(&other.screens) {
            assert_eq!(
                bones(other),
                bones(english),
                "www/content/{place}:{}: all but the words is as in English",
                other.line
            );
        }
        assert_eq!(
            other.screens.len(),
            english.screens.len(),
            "www/content/{place}: as many screens as in English, separated by empty lines"
        );
        screens += other.screens.len();
    }
    assert!(screens > 40, "{screens} screens");
}

/// The sentences of `text`, without code, formulas, values, addresses and names.
fn sentences(text: &str) -> String {
    let mut text: String = text.replace("$$", "$").split("```").step_by(2).collect();
    for mark in ['`', '$'] {
        text = text.split(mark).step_by(2).collect::<Vec<_>>().join("|");
    }
    for (open, close) in [("{", '}'), ("](", ')')] {
        let mut kept = String::new();
        for (index, piece) in text.split(open).enumerate() {
            kept.push_str(if index == 0 {
                piece
            } else {
                piece.split_once(close).map_or(piece, |(_, rest)| rest)
            });
            kept.push('|');
        }
        text = kept;
    }
    NAMES.iter().chain(&FORMATS).fold(text, |text, name| text.replace(name, "|"))
}

/// The longest run of Latin words in `text`, separated by spaces.
fn latin(text: &str) -> Option<&str> {
    let runs = text.split(|letter: char| !(letter.is_ascii_alphabetic() || " ’'-".contains(letter)));
    runs.max_by_key(|run| run.split_whitespace().count())
}

/// Whether `text` has words of three letters or more, all of which are Latin. HTML tags are not words.
fn foreign(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() > 2);
    !text.starts_with('<') && words.count() > 1 && !text.contains(|letter| letter >= '\u{2e80}')
}

/// A full-width letter directly followed by half-width punctuation.
fn narrow(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let pair = letters.windows(2).find(|pair| {
        ('\u{4e00}'..='\u{9fff}').contains(&pair[0]) && [',', ';', ':', '?', '!', '(', ')'].contains(&pair[1])
    });
    pair.map(|pair| pair.iter().collect())
}

#[test]
fn no_sentence_is_left_in_english() {
    let said = |screens: &[Screen]| {
        let all = screens.iter().flat_map(|Screen { title, caption, note, hint, why, .. }| {
            [title, hint, why].into_iter().chain(caption).chain(note).cloned()
        });
        all.collect::<Vec<_>>().join("\n")
    };
    for (place, _, text) in pairs(".md").into_iter().chain(pairs(".txt")) {
        if !OTHER_LETTERS.contains(&place.split('/').next().unwrap()) {
            continue;
        }
        let text = match place.as_str() {
            md if md.ends_with(".md") => text,
            words if ["/texts.txt", "/guide.txt", "/pages.txt"].iter().any(|name| words.ends_with(name)) => {
                lines(&text)
                    .into_iter()
                    .filter(|(key, _)| !key.ends_with(".picture"))
                    .map(|(_, text)| format!("{text}\n"))
                    .collect()
            }
            _ => said(&lesson::read(&text).screens),
        };
        // Code, formulas and values end in the text in which they begin. Outside Markdown a text is one line.
        let text = if place.ends_with(".md") {
            sentences(&text)
        } else {
            text.lines().map(|line| sentences(line) + "\n").collect()
        };
        for line in text.lines() {
            let run = latin(line).unwrap_or_default();
            assert!(run.split_whitespace().count() < 4, "{place}: “{run}” in {line}");
            assert!(!foreign(line), "{place}: nothing in its own letters in {line}");
            assert_eq!(narrow(line), None, "{place}: {line}");
        }
    }
}

#[test]
fn the_checks_of_this_file_see_what_is_wrong() {
    assert_eq!(latin("这里 is a left sentence 。").map(str::trim), Some("is a left sentence"), "English");
    assert_eq!(sentences("`a b c d` $a b c d$ [一](a b c d)").split_whitespace().count(), 3, "no words");
    assert!(
        foreign("Not quite. Try again.") && !foreign("JS 等于 log 2") && !foreign("p log(p/q)"),
        "English"
    );
    assert_eq!(narrow("好, 不好"), Some("好,".to_owned()), "half-width");
    assert_eq!(formulas(r"$p$ $\text{或} x$ $p_{\text{a}} = 1$"), ["p_{}=1"], "formulas");
    let [one, other] = [["a", "a", "b"], ["a", "b", "c"]].map(|items| items.map(str::to_owned).to_vec());
    assert_eq!(difference(one, other), ["− a", "+ c"], "differences");
}

/// The engine of a chapter has no texts of other chapters.
#[test]
fn figures_need_no_words_of_other_chapters() {
    for tag in tags() {
        let all = words(&tag);
        for chapter in book::chapters() {
            let own = Texts::parse(&words_of(&content().join(&tag), chapter.slug).unwrap());
            for entry in chapter.figures {
                let mut figure = (entry.make)();
                let examples = figure.presets().iter().map(|preset| preset.name);
                for example in examples.map(Some).chain([None]) {
                    example.inspect(|name| assert!(figure.apply_preset(name), "{name} is an example"));
                    let said = |texts: &Texts| {
                        [
                            markup(&figure, texts, Form::Element),
                            numbers(&figure, texts),
                            figure.summary(texts),
                            figure.svg(1076.0, Theme::Light, false, texts),
                        ]
                    };
                    for (own, all) in said(&own).into_iter().zip(said(&all)) {
                        let missing = difference(all.split('<'), own.split('<'));
                        assert_eq!(missing, [""; 0], "{tag}/{}: {} {example:?}", chapter.slug, entry.name);
                    }
                }
            }
        }
    }
}
