//! The faults that the text of a lesson can have.

use super::WORDS;
use crate::book;
use crate::figure::Live;
use crate::figure::parameter::{Problem, Spec, beginning};
use crate::figure::texts::Texts;

/// A part of a lesson's text that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The number of its line, from 1.
    pub line: usize,
    /// The kind of fault.
    pub wrong: Wrong,
}

// Equality is total, because the numbers inside are limits declared in the source, never NaN.
impl Eq for Fault {}

/// The kind of a fault.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// The name of a screen's figure, which does not exist.
    Figure(String),
    /// `same` on the first screen.
    Same,
    /// A word after the figure's name that is not `key=value`.
    Pair(String),
    /// A preset that the figure does not have, and the presets that it has.
    Preset(String, Vec<&'static str>),
    /// A parameter or value that is refused, and the figure's parameters.
    Value(Problem, &'static [Spec]),
    /// A word followed by a colon that is not one of [`WORDS`].
    Word(String),
    /// A name in braces that is not a readout of the figure, and those that are.
    Name(String, Vec<&'static str>),
    /// A task that the figure cannot have: the figure, the word that begins the line, and the rest of the
    /// line.
    Task(&'static str, &'static str, String),
    /// A brace that is not closed.
    Brace,
    /// A text without screens.
    Empty,
    /// More than is read of a lesson: from its line on nothing is.
    Long,
}

impl Fault {
    /// A sentence for the author that names the line and states what would be accepted.
    #[must_use]
    pub fn message(&self, texts: &Texts) -> String {
        let (key, value, choices) = match &self.wrong {
            Wrong::Figure(name) => ("figure", beginning(name), book::names().collect()),
            Wrong::Same => ("same", String::new(), Vec::new()),
            Wrong::Pair(text) => ("pair", beginning(text), Vec::new()),
            Wrong::Preset(name, names) => ("preset", beginning(name), names.clone()),
            Wrong::Value(problem, specs) => ("value", problem.message(texts, specs), Vec::new()),
            Wrong::Word(word) => ("word", beginning(word), WORDS.to_vec()),
            Wrong::Name(name, names) => ("name", beginning(name), names.clone()),
            Wrong::Task(figure, word, text) => {
                let problems = book::make(figure).map(|mut live| ask(&mut live, word, text, texts));
                ("value", problems.unwrap_or_default().join(" "), Vec::new())
            }
            Wrong::Brace => ("brace", String::new(), Vec::new()),
            Wrong::Empty => ("empty", String::new(), book::names().collect()),
            Wrong::Long => ("long", String::new(), Vec::new()),
        };
        let words = [("line", self.line.to_string()), ("value", value), ("choices", choices.join(", "))];
        texts.fill(&format!("lesson.problem.{key}"), &words)
    }
}

/// Gives `figure` the task of a line that begins with `word`: "veil", "guess" or "goal". Returns what is
/// wrong with it.
pub(super) fn ask(figure: &mut Live, word: &str, text: &str, texts: &Texts) -> Vec<String> {
    let [veil, guess, goal] = ["veil", "guess", "goal"].map(|known| if known == word { text } else { "" });
    figure.ask(veil, guess, goal, texts)
}
