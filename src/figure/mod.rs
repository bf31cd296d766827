//! Figures, and the contract that they share.
//!
//! A figure is a value: its parameters imply a model, the model implies numbers, a drawing and a sentence. A figure
//! says only that, by implementing [`Figure`]; everything else is written once, here and in `www/`, and works for all
//! of them: controls, handles, state in the URL, reset, presets, play and step, export, posters, the text alternative
//! and the tests. To add a figure, add a file in `src/figures`, a line in `src/book.rs`, and its words in `www/content`.

pub(crate) mod component_handles;
pub mod components;
mod glide;
pub mod goal;
pub mod grid;
pub mod guess;
mod instance;
mod markup;
mod numbers;
pub mod parameter;
pub mod readout;
mod room;
pub mod sound;
mod task;
pub mod texts;

pub use instance::{HandleView, Live, Tick};
pub use markup::{Form, PARTS, POSTER_WIDTHS, component_rows, markup};
pub use numbers::numbers;
pub use room::Room;
pub use task::{ConditionView, Curve, GuessView, TaskView};

use crate::plot::{Ink, Panel, Picture, Point, TextStyle};
use grid::Grid;
use guess::Question;
use parameter::Parameters;
use readout::Readout;
use sound::Heard;
use texts::Texts;

/// What was made of parameters within their ranges, as it always can be.
///
/// Not [`Result::expect`], which would write the error, and to write its numbers takes 10 KB of wasm.
pub(crate) fn valid<T, E>(made: Result<T, E>) -> T {
    made.unwrap_or_else(|_| unreachable!("parameters within their ranges are valid"))
}

/// The text of `key`, or its short form `<key>.short` where the long one would be wider than `room`, in CSS pixels.
pub(crate) fn fitting(
    key: &str,
    words: &[(&str, String)],
    style: TextStyle,
    room: f64,
    picture: &Picture,
    texts: &Texts,
) -> String {
    let (long, short) = (texts.fill(key, words), format!("{key}.short"));
    if texts.has(&short) && picture.text_width(&long, style) > room {
        texts.fill(&short, words)
    } else {
        long
    }
}

/// The same, without its end where even that would be wider than `room`: a language of longer words may have no form that is
/// short enough.
pub(crate) fn within(
    key: &str,
    words: &[(&str, String)],
    style: TextStyle,
    room: f64,
    picture: &Picture,
    texts: &Texts,
) -> String {
    let mut text = fitting(key, words, style, room, picture, texts);
    let wide = |text: &str| picture.text_width(text, style) > room;
    if wide(&text) {
        while !text.is_empty() && wide(&format!("{text}…")) {
            text.pop();
        }
        text.truncate(text.trim_end().len());
        text.push('…');
    }
    text
}

/// Below this width, in CSS pixels, a figure stacks its panels. The page's styles switch posters at the same width.
pub const NARROW: f64 = 700.0;

/// A named set of values: where its parameters differ from the defaults, as key and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name, in lower case with hyphens; its label is the text `<figure>.preset.<name>`.
    pub name: &'static str,
    /// The parameters that differ from the defaults.
    pub values: &'static [(&'static str, &'static str)],
}

/// Something on the drawing that the reader can take hold of.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The panel in which it stands, as an index of what [`Figure::panels`] returns.
    pub panel: usize,
    /// Where it stands, in the panel's units.
    pub at: Point,
    /// How far one press of an arrow key moves it, in the panel's units; 0 where it does not move.
    pub step: Point,
    /// The colour of its ring.
    pub ink: Ink,
    /// Whether it is a lesser one (a width rather than a position), drawn smaller.
    pub minor: bool,
    /// Whether another handle does the same: the keyboard passes it over.
    pub twin: bool,
    /// What it is called aloud.
    pub name: String,
    /// Where it stands, as said aloud.
    pub value: String,
    /// The curve that it stands on, one of [`Figure::CURVES`] or none: hidden, it takes its handles along.
    pub curve: &'static str,
}

/// The rows of a figure's data, for CSV.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<f64>>,
}

/// A figure: parameters, what they imply, and how that is drawn and said.
///
/// All functions are pure. Lengths are CSS pixels; `width` is what the figure has, `height` what it asks for.
pub trait Figure: 'static {
    /// Its name in URLs and in the custom element.
    const NAME: &'static str;
    /// Its named sets of values; the first is how it starts.
    const PRESETS: &'static [Preset];
    /// The key of the parameter that Play advances, if the figure moves by itself; a [`parameter::Kind::Count`].
    const STEPS: Option<&'static str> = None;
    /// The key of the choice that picks a row of its [`Figure::grid`], if it has one; presets leave it as it is.
    const PICK: Option<&'static str> = None;

    /// What of its drawing can be hidden, besides its readouts, and what that tells.
    const CURVES: &'static [Curve] = &[];
    /// The readouts that have a place on the drawing or a range of their own, where readers guess them.
    const QUESTIONS: &'static [Question] = &[];
    /// What of it is heard by those who ask for that.
    const HEARD: Heard;

    /// What the reader can change.
    type Parameters: Parameters;
    /// What the parameters imply.
    type Model;

    /// What `parameters` imply.
    ///
    /// `before` is what was shown until now: what the change leaves as it is may be taken over from there, so that a
    /// drag need not compute it again. The model must be the same as without.
    fn model(parameters: &Self::Parameters, before: Option<(&Self::Parameters, &Self::Model)>)
    -> Self::Model;

    /// The numbers that the figure shows.
    fn readouts(model: &Self::Model) -> Vec<Readout>;

    /// How far the axes that follow the model reach. It moves smoothly from one value to the next, and holds still
    /// while a handle is dragged.
    fn reach(model: &Self::Model) -> Vec<f64>;

    /// The height that the drawing needs at `width`: one height from [`NARROW`] on, another below, so that the page
    /// can keep the room before anything is drawn.
    fn height(width: f64) -> f64;

    /// Its panels at `width`, with axes as far as `reach`.
    fn panels(model: &Self::Model, width: f64, reach: &[f64]) -> Vec<Panel>;

    /// Draws the model into `panels`.
    fn draw(model: &Self::Model, panels: &[Panel], picture: &Picture, texts: &Texts);

    /// What can be taken hold of; the order never depends on values, only on how many there are.
    fn handles(model: &Self::Model, texts: &Texts) -> Vec<Handle>;

    /// Changes `parameters` so that handle `index` comes to stand as near to `to`, in its panel's units, as it may.
    fn drag(parameters: &mut Self::Parameters, index: usize, to: Point);

    /// The model's state in one or two sentences, for those who do not see the drawing.
    fn summary(model: &Self::Model, texts: &Texts) -> String;

    /// The model's data.
    fn table(model: &Self::Model) -> Table;

    /// A table of words and numbers to stand under the drawing, if the figure has one; how many rows and columns it
    /// has never depends on values.
    fn grid(_: &Self::Model, _: &Texts) -> Option<Grid> {
        None
    }
}
