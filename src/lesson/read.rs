//! The parser of lessons.

use super::fault::ask;
use super::{Fault, Lesson, Screen, WORDS, Wrong};
use crate::book;
use crate::figure::Live;
use crate::figure::texts::Texts;

/// Reads a lesson. What cannot be read becomes one of [`Lesson::faults`], and the rest is used.
#[must_use]
pub fn read(text: &str) -> Lesson {
    let mut reader = Reader::default();
    let mut bytes = 0;
    for (index, line) in text.lines().enumerate() {
        reader.line = index + 1;
        bytes += line.len();
        let full = reader.lesson.screens.len() >= MOST_SCREENS && reader.part != Part::Screen;
        if full || bytes > MOST_BYTES || reader.lesson.faults.len() >= MOST_FAULTS {
            reader.fault(Wrong::Long);
            break;
        }
        reader.read(line.trim());
    }
    reader.finish()
}

/// How many screens are read: more than anybody shows in a day. Each takes the time to make its figure.
const MOST_SCREENS: usize = 500;

/// How much text is read, in bytes: many times the lecture about the whole book.
const MOST_BYTES: usize = 300_000;

/// How many faults are told: what has more is no lesson.
const MOST_FAULTS: usize = 100;

#[derive(Default)]
struct Reader {
    lesson: Lesson,
    line: usize,
    title: String,
    /// The figure of the last screen, in its state.
    figure: Option<Live>,
    part: Part,
}

/// The part of the text to which the next line belongs.
#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    /// None: the next line begins a screen.
    #[default]
    Between,
    /// The last screen of the lesson.
    Screen,
    /// A screen whose figure does not exist.
    Skipped,
}

impl Reader {
    fn fault(&mut self, wrong: Wrong) {
        self.lesson.faults.push(Fault { line: self.line, wrong });
    }

    fn read(&mut self, line: &str) {
        if line.is_empty() {
            self.part = Part::Between;
        } else if line.starts_with('#') || self.part == Part::Skipped {
            // Comments, and the lines of a screen without a figure, are ignored.
        } else if self.part == Part::Screen {
            self.continue_screen(line);
        } else if let Some(title) = line.strip_prefix("title:") {
            title.trim().clone_into(&mut self.title);
        } else {
            self.begin_screen(line);
        }
    }

    /// Reads the first line of a screen: `kl-fit step=0`.
    fn begin_screen(&mut self, line: &str) {
        let (name, pairs) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if name != "same" {
            self.figure = book::make(name);
        }
        let Some(mut figure) = self.figure.take() else {
            self.fault(if name == "same" { Wrong::Same } else { Wrong::Figure(name.to_owned()) });
            self.part = Part::Skipped;
            return;
        };
        self.set_parameters(&mut figure, pairs);
        let screen = Screen {
            line: self.line,
            title: self.title.clone(),
            figure: figure.name(),
            values: values(&figure),
            ..Screen::default()
        };
        self.lesson.screens.push(screen);
        self.part = Part::Screen;
        self.figure = Some(figure);
    }

    /// Sets the parameters of `figure` from a text like `preset=three rate=0.1`.
    fn set_parameters(&mut self, figure: &mut Live, pairs: &str) {
        for pair in pairs.split_whitespace() {
            match pair.split_once('=') {
                Some(("preset", name)) => {
                    if !figure.apply_preset(name) {
                        let names = figure.presets().iter().map(|preset| preset.name).collect();
                        self.fault(Wrong::Preset(name.to_owned(), names));
                    }
                }
                Some((key, value)) => {
                    if let Err(problem) = figure.set(key, value) {
                        self.fault(Wrong::Value(problem, figure.specs()));
                    }
                }
                None => self.fault(Wrong::Pair(pair.to_owned())),
            }
        }
    }

    /// Reads a further line of a screen.
    fn continue_screen(&mut self, line: &str) {
        let (word, rest) = match line.split_once(':') {
            Some((word, rest)) if is_word(word) => (word, rest.trim().to_owned()),
            _ => ("", line.to_owned()),
        };
        if !word.is_empty() && !WORDS.contains(&word) {
            self.fault(Wrong::Word(word.to_owned()));
        }
        if word == "solution" {
            self.read_solution(&rest);
            return;
        }
        match word {
            "" | "note" | "hint" | "why" => self.check_numbers(&rest),
            "veil" => self.check_task("veil", &rest),
            "guess" => self.check_task("guess", &rest),
            "goal" => self.check_task("goal", &rest),
            _ => {}
        }
        let Some(screen) = self.lesson.screens.last_mut() else { return };
        match word {
            "note" => screen.note.push(rest),
            "veil" => screen.veil = rest,
            "guess" => screen.guess = rest,
            "goal" => screen.goal = rest,
            "show" => screen.show = rest,
            "hint" => screen.hint = rest,
            "why" => screen.why = rest,
            // A line with an unknown word is shown as a caption, too, so that nothing the author wrote is
            // lost.
            _ => screen.caption.push(line.to_owned()),
        }
    }

    /// Reads a state that solves the screen's task, given by its differences from the screen's state.
    fn read_solution(&mut self, pairs: &str) {
        let Some(mut figure) = self.figure.take() else { return };
        let before = values(&figure);
        self.set_parameters(&mut figure, pairs);
        if let Some(screen) = self.lesson.screens.last_mut() {
            screen.solution = values(&figure);
        }
        for (key, value) in before {
            let back = figure.set(key, &value);
            debug_assert!(back.is_ok(), "a figure accepts its own values");
        }
        self.figure = Some(figure);
    }

    /// Reports names in braces, like `{reverse}`, that are not readouts of the figure.
    fn check_numbers(&mut self, text: &str) {
        let Some(figure) = &self.figure else { return };
        let names: Vec<_> = figure.readouts().iter().map(|readout| readout.key).collect();
        for piece in text.split('{').skip(1) {
            match piece.split_once('}') {
                Some((name, _)) if names.contains(&name) => {}
                Some((name, _)) => self.fault(Wrong::Name(name.to_owned(), names.clone())),
                None => self.fault(Wrong::Brace),
            }
        }
    }

    /// Reports a task that the figure cannot have. `word` begins its line and `text` follows.
    fn check_task(&mut self, word: &'static str, text: &str) {
        let Some(figure) = &mut self.figure else { return };
        let texts = Texts::new();
        let problems = ask(figure, word, text, &texts);
        ask(figure, word, "", &texts);
        if !problems.is_empty() {
            let name = figure.name();
            self.fault(Wrong::Task(name, word, text.to_owned()));
        }
    }

    fn finish(mut self) -> Lesson {
        if self.lesson.screens.is_empty() && self.lesson.faults.is_empty() {
            self.line = 1;
            self.fault(Wrong::Empty);
        }
        self.lesson
    }
}

/// Whether `text`, which precedes a colon, looks like one of [`WORDS`]: it is one word in lower case.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_lowercase())
}

fn values(figure: &Live) -> Vec<(&'static str, String)> {
    figure.specs().iter().map(|spec| (spec.key, figure.get(spec.key).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "title: A talk\n\n# a comment\nkl-fit step=0 mu=2\nOne bell, two humps: where?\nIt is at {reverse-mean}.\n\
        note: Wait.\nnote: Longer.\nguess: reverse-mean\n\nsame step=300\nThere.\n\n\nkl-fit preset=three\nshow: rate\n";

    fn value<'a>(screen: &'a Screen, key: &str) -> &'a str {
        &screen.values.iter().find(|(known, _)| *known == key).unwrap().1
    }

    #[test]
    fn screens_are_read_with_their_words() {
        let lesson = read(TALK);
        assert_eq!(lesson.faults, [], "nothing is wrong");
        assert!(lesson.screens.iter().all(|screen| screen.title == "A talk"), "the title");
        let [first, second, third] = &lesson.screens[..] else { panic!("three screens: {lesson:?}") };
        assert_eq!((first.line, first.figure), (4, "kl-fit"), "where it begins");
        assert_eq!(first.caption, ["One bell, two humps: where?", "It is at {reverse-mean}."], "its caption");
        assert_eq!(first.note, ["Wait.", "Longer."], "its notes");
        assert_eq!(first.guess, "reverse-mean", "its question");
        assert_eq!((value(second, "step"), value(second, "mu")), ("300", "2"), "the same goes on from there");
        assert_eq!((value(third, "step"), value(third, "mu")), ("80", "3"), "a name starts afresh");
        assert_eq!(value(third, "p"), "0.3,-3.8,0.6;0.4,0,0.6;0.3,3.8,0.6", "a preset");
        assert_eq!(third.show, "rate", "controls");
    }

    #[test]
    fn a_solution_differs_from_its_screen_and_leaves_it_alone() {
        let lesson = read("kl-fit mu=2 step=0\nsolution: mu=-2\n\nsame step=5\n");
        let [first, second] = &lesson.screens[..] else { panic!("two screens: {lesson:?}") };
        assert!(first.solution.contains(&("mu", "-2".to_owned())), "{first:?}");
        assert!(first.solution.contains(&("step", "0".to_owned())), "the rest is the screen's: {first:?}");
        assert_eq!((value(first, "mu"), value(second, "mu")), ("2", "2"), "the screens are as they were");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line_and_the_rest_is_used() {
        let lesson = read(
            "same\nnobody sees this\n\nno-such\n\nkl-fit mu=99 step what=1 preset=none rate=0.1\nnota: bene\nNote: well\n{nothing} {open\n",
        );
        let lines: Vec<_> = lesson.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [1, 4, 6, 6, 6, 6, 7, 9, 9], "{:?}", lesson.faults);
        let [screen] = &lesson.screens[..] else { panic!("one screen: {lesson:?}") };
        assert_eq!((value(screen, "mu"), value(screen, "rate")), ("1.2", "0.1"), "what can be set is");
        assert_eq!(screen.caption, ["nota: bene", "Note: well", "{nothing} {open"], "nothing said is lost");
    }

    #[test]
    fn what_is_too_long_is_read_to_a_point_and_told() {
        let told = |text: &str| {
            let lesson = read(text);
            assert_eq!(lesson.faults.last().map(|fault| &fault.wrong), Some(&Wrong::Long), "{text:.20}");
            assert!(
                lesson.screens.len() <= MOST_SCREENS && lesson.faults.len() <= MOST_FAULTS + 1,
                "bounded"
            );
        };
        told(&"kl-fit\n\n".repeat(MOST_SCREENS + 1));
        told(&format!("kl-fit\n{}", "A line of a caption.\n".repeat(50_000)));
        told(&"no-such\n\n".repeat(1000));
    }

    #[test]
    fn nothing_is_no_lesson() {
        for text in ["", "\n\n# only a comment\n", "title: Alone\n"] {
            assert_eq!(read(text).faults, [Fault { line: 1, wrong: Wrong::Empty }], "{text:?}");
        }
    }

    #[test]
    fn every_fault_says_its_line_and_what_would_do() {
        let texts = Texts::parse(include_str!("../../www/content/en/texts.txt"));
        let lesson = read(
            "same\n\nno-such\n\nkl-fit mu=99 step preset=none\nnota: bene\n{nothing} {open\nveil: all\nguess: it\ngoal: forward ~ 3\n",
        );
        let empty = read("");
        let expected = [
            ("line 1", "same"),
            ("line 3", "wasserstein-gradient"),
            ("line 5", "−6"),
            ("line 5", "key=value"),
            ("line 5", "three"),
            ("line 6", "note"),
            ("line 7", "reverse-mean"),
            ("line 7", "}"),
            ("line 8", "reverse-best"),
            ("line 9", "reverse-mean"),
            ("line 10", "forward"),
            ("line 1", "kl-fit"),
        ];
        let faults: Vec<_> = lesson.faults.iter().chain(&empty.faults).collect();
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, (line, accepted)) in faults.into_iter().zip(expected) {
            let message = fault.message(&texts);
            assert!(message.to_lowercase().contains(line), "{message}");
            assert!(message.contains(accepted), "{message}");
            assert!(!message.contains("lesson.problem"), "{message}");
        }
    }

    #[test]
    fn any_text_is_read_without_harm() {
        let pieces = [
            "kl-fit",
            "same",
            "\n",
            "\n\n",
            " ",
            "step=",
            "3",
            "note:",
            "title:",
            "solution: mu=1",
            "{",
            "}",
            "#",
            "ä",
        ];
        let mut state = 1_u64;
        for _ in 0..400 {
            let mut text = String::new();
            for _ in 0..state % 23 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            state = state.wrapping_add(1);
            let lesson = read(&text);
            let lines = text.lines().count().max(1);
            assert!(
                lesson.faults.iter().all(|fault| (1..=lines).contains(&fault.line)),
                "{text:?}: {lesson:?}"
            );
            assert!(!lesson.screens.is_empty() || !lesson.faults.is_empty(), "{text:?}: {lesson:?}");
        }
    }
}
