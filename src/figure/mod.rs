//! Figures, and the contract that they share.
//!
//! A figure is a value: its parameters imply a model, the model implies numbers, a drawing and a sentence. A figure
//! says only that, by implementing [`Figure`]; everything else is written once, here and in `www/`, and works for all
//! of them: controls, handles, state in the URL, reset, presets, play and step, export, posters, the text alternative
//! and the tests. To add a figure, add a file in `src/figures`, a line in `src/book.rs`, and its words in `www/content`.

mod adaptive;
pub(crate) mod component_handles;
pub mod components;
mod ghosts;
mod glide;
pub mod goal;
pub mod grid;
pub mod guess;
mod handle;
mod layout;
mod live;
mod markup;
mod memo;
mod numbers;
pub mod parameter;
mod parts;
pub(crate) mod prelude;
pub mod readout;
mod room;
mod shares;
pub mod sound;
mod table;
mod task;
pub mod texts;
pub mod weight_handles;
pub mod weights;

pub use adaptive::Adaptive;
pub use ghosts::ghosts;
pub use handle::{Draggable, Handle};
pub use layout::{Axes, Layout, NARROW, Tier};
pub use live::{HandleView, Live, Tick};
pub use markup::{Form, PARTS, POSTER_WIDTHS, markup, rows};
pub use memo::Memo;
pub use numbers::numbers;
pub use room::Room;
pub use table::Table;
pub use task::{ConditionView, Curve, GuessView, TaskView};

use crate::plot::Plot;
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

/// A named set of values: where its parameters differ from the defaults, as key and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name, in lower case with hyphens; its label is the text `<figure>.preset.<name>`.
    pub name: &'static str,
    /// The parameters that differ from the defaults.
    pub values: &'static [(&'static str, &'static str)],
}

/// A figure: parameters, what they imply, and how that is drawn and said.
///
/// All functions are pure. Lengths are CSS pixels.
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
    /// Where its panels lie.
    const LAYOUT: Layout;

    /// What the reader can change.
    type Parameters: Parameters;
    /// What the parameters imply.
    type Model;

    /// What `parameters` imply.
    ///
    /// `before` is what was shown until now: what the change leaves as it is may be taken over from there ([`Memo`]), so
    /// that a drag need not compute it again. The model must be the same as without.
    fn model(parameters: &Self::Parameters, before: Option<&Self::Model>) -> Self::Model;

    /// The numbers that the figure shows.
    fn readouts(model: &Self::Model) -> Vec<Readout>;

    /// The axes of its panels, column after column.
    fn axes(model: &Self::Model) -> Vec<Axes>;

    /// Draws the model into its panels, column after column.
    fn draw(model: &Self::Model, plots: &[Plot], texts: &Texts);

    /// What can be taken hold of, and what moving it does; the order never depends on values, only on how many there are.
    fn handles(_: &Self::Model, _: &Texts) -> Vec<Draggable<Self::Parameters>> {
        Vec::new()
    }

    /// Words of the summary, the text `<figure>.summary`, besides the readouts, which it can name too.
    fn words(_: &Self::Model, _: &Texts) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The model's data.
    fn table(model: &Self::Model) -> Table;

    /// A table of words and numbers to stand under the drawing, if the figure has one; how many rows and columns it
    /// has never depends on values.
    fn grid(_: &Self::Model, _: &Texts) -> Option<Grid> {
        None
    }
}
