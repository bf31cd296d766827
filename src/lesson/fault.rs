//! What can be wrong with a lesson's text.

use super::WORDS;
use crate::book;
use crate::figure::Live;
use crate::figure::parameter::{Problem, Spec};
use crate::figure::texts::Texts;

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The line on which it stands, from 1.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

// Numbers in it are bounds declared in source, never NaN.
impl Eq for Fault {}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// A screen of a figure that there is not.
    Figure(String),
    /// `same` where no figure came before.
    Same,
    /// Something on the first line that is no `key=value`.
    Pair(String),
    /// A preset that the figure does not have, and those that it has.
    Preset(String, Vec<&'static str>),
    /// A parameter or its value; with the figure's parameters.
    Value(Problem, &'static [Spec]),
    /// A word with a colon that is none of [`WORDS`].
    Word(String),
    /// A name that is none of the figure's, and those that would be.
    Name(String, Vec<&'static str>),
    /// What a screen of the figure hides, asks or aims at: the word and what follows it.
    Task(&'static str, &'static str, String),
    /// A caption with a brace that is never closed.
    Brace,
    /// No screen at all.
    Empty,
}

impl Fault {
    /// A sentence for the author that names the line and what would be accepted.
    #[must_use]
    pub fn message(&self, texts: &Texts) -> String {
        let (key, value, choices) = match &self.wrong {
            Wrong::Figure(name) => ("figure", name.clone(), book::names().collect()),
            Wrong::Same => ("same", String::new(), Vec::new()),
            Wrong::Pair(text) => ("pair", text.clone(), Vec::new()),
            Wrong::Preset(name, names) => ("preset", name.clone(), names.clone()),
            Wrong::Value(problem, specs) => ("value", problem.message(texts, specs), Vec::new()),
            Wrong::Word(word) => ("word", word.clone(), WORDS.to_vec()),
            Wrong::Name(name, names) => ("name", name.clone(), names.clone()),
            Wrong::Task(figure, word, text) => {
                let problems = book::make(figure).map(|mut live| ask(&mut live, word, text, texts));
                ("value", problems.unwrap_or_default().join(" "), Vec::new())
            }
            Wrong::Brace => ("brace", String::new(), Vec::new()),
            Wrong::Empty => ("empty", String::new(), book::names().collect()),
        };
        let words = [("line", self.line.to_string()), ("value", value), ("choices", choices.join(", "))];
        texts.fill(&format!("lesson.problem.{key}"), &words)
    }
}

/// Asks of `figure` what follows `word`, one of "veil", "guess" and "goal"; returns what is wrong with it.
pub(super) fn ask(figure: &mut Live, word: &str, text: &str, texts: &Texts) -> Vec<String> {
    let [veil, guess, goal] = ["veil", "guess", "goal"].map(|known| if known == word { text } else { "" });
    figure.ask(veil, guess, goal, texts)
}
