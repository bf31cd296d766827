//! Lessons: figures in states that somebody chose, in a sequence, with words: a lecture, or a set of exercises.
//!
//! A lesson is a text that a person writes. Screens are separated by empty lines. The first line of a screen names a figure
//! and where it differs from its start; the other lines are its caption, or begin with one of [`WORDS`]:
//!
//! ```text
//! title: Two directions of KL
//!
//! # A line like this one is for whoever edits the text.
//! kl-fit step=0
//! One bell for two humps: where should it go?
//! note: Let the room point, left, right or middle.
//! guess: reverse-end-mean within 0.5
//!
//! same step=300
//! Reverse KL settles on one hump. KL(q‖p) = {reverse}.
//! ```
//!
//! `title:` names the screens that follow. `same` is the figure of the screen before as it was left there. `preset=three` takes a preset's values. `{reverse}` is a
//! number that follows the figure. What can't be read is told with its line, and the rest is used.

mod fault;
mod read;

pub use fault::{Fault, Wrong};
pub use read::read;

/// The words that begin a line which is no caption, each followed by a colon.
pub const WORDS: [&str; 8] = ["note", "veil", "guess", "goal", "show", "hint", "solution", "why"];

/// Several screens, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// Its screens, in order.
    pub screens: Vec<Screen>,
    /// What could not be read, from the top.
    pub faults: Vec<Fault>,
}

/// One figure in one state, and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Screen {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The title of its part of the lesson; may be empty.
    pub title: String,
    /// The figure's name.
    pub figure: &'static str,
    /// Every parameter with its value.
    pub values: Vec<(&'static str, String)>,
    /// What is said under the figure, one text a line; `{name}` is a readout's number.
    pub caption: Vec<String>,
    /// What only the speaker sees, one text a line.
    pub note: Vec<String>,
    /// Names of readouts and curves that are hidden until revealed.
    pub veil: String,
    /// The readout of which a guess is asked.
    pub guess: String,
    /// The conditions to be met.
    pub goal: String,
    /// The controls that are shown in a lecture, where they are hidden else.
    pub show: String,
    /// What helps without giving the answer away.
    pub hint: String,
    /// Every parameter with its value in a state that is an answer; empty if none was given.
    pub solution: Vec<(&'static str, String)>,
    /// Why the answer is as it is.
    pub why: String,
}
