//! Lessons: sequences of figures in chosen states, with words. A lesson is a lecture or a set of exercises.
//!
//! A lesson is a text that a person writes. Empty lines separate its screens. The first line of a screen
//! names a figure and the parameters that differ from its start. Each further line is a part of the caption,
//! or begins with one of [`WORDS`]:
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
//! `title:` is the title of the screens that follow. `same` continues with the figure of the screen before in
//! its last state. `preset=three` takes the values of a preset. `{reverse}` is a readout, which is updated as
//! the figure changes. What cannot be read is reported with its line, and the rest is used.

mod fault;
mod read;

pub use fault::{Fault, Wrong};
pub use read::read;

/// The words that begin a line that is not part of the caption. A colon follows each of them.
pub const WORDS: [&str; 8] = ["note", "veil", "guess", "goal", "show", "hint", "solution", "why"];

/// A sequence of screens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// The screens, in order.
    pub screens: Vec<Screen>,
    /// The faults, in the order of their lines.
    pub faults: Vec<Fault>,
}

/// One figure in one state, with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Screen {
    /// The number of its first line, from 1.
    pub line: usize,
    /// The title of this part of the lesson, which may be empty.
    pub title: String,
    /// The name of the figure.
    pub figure: &'static str,
    /// The key and the value of every parameter.
    pub values: Vec<(&'static str, String)>,
    /// The lines of the caption. `{name}` in a line is the value of a readout.
    pub caption: Vec<String>,
    /// The lines of the notes, which only the speaker sees.
    pub note: Vec<String>,
    /// The names of the readouts and curves that are hidden until revealed.
    pub veil: String,
    /// The readout to be guessed.
    pub guess: String,
    /// The conditions to be met.
    pub goal: String,
    /// The controls to be shown in a lecture, where they are hidden otherwise.
    pub show: String,
    /// A hint that does not give the answer away.
    pub hint: String,
    /// The key and the value of every parameter in a state that solves the task. Empty if none is given.
    pub solution: Vec<(&'static str, String)>,
    /// The reason why the solution is right.
    pub why: String,
}
