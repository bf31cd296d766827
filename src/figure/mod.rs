//! Figures and the contract that they share.
//!
//! A figure is a value: its parameters determine a model, and the model determines numbers, a drawing and a
//! sentence. An implementation of [`Figure`] states these and nothing else. Everything more is written once,
//! here and in `www/`, for all figures: controls, handles, state in the address, reset, presets, play and
//! step, export, posters, the text alternative and the tests. To add a figure, add a file in `src/figures`, a
//! line in `src/book.rs`, and its words in `www/content`.

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
mod scale;
mod shares;
pub mod sound;
mod table;
mod task;
pub mod texts;
pub mod weight_handles;
pub mod weights;

pub use adaptive::{Adaptive, Pieces};
pub use ghosts::ghosts;
pub use handle::{Draggable, Handle};
pub use layout::{Axes, Layout, NARROW, Tier};
pub use live::{HandleView, Live, Tick};
pub use markup::{Form, PARTS, POSTER_WIDTHS, markup, rows};
pub use memo::Memo;
pub use numbers::numbers;
pub use room::Room;
pub use scale::Scale;
pub use table::Table;
pub use task::{ConditionView, Curve, GuessView, TaskView};

use crate::plot::Plot;
use grid::Grid;
use guess::Question;
use parameter::Parameters;
use readout::Readout;
use sound::Heard;
use texts::Texts;

/// The value of a result that cannot be an error, because all parameters are within their ranges.
///
/// This replaces [`Result::expect`], which formats the error: formatting its numbers would take 10 KB of
/// wasm.
pub(crate) fn valid<T, E>(made: Result<T, E>) -> T {
    made.unwrap_or_else(|_| unreachable!("parameters within their ranges are valid"))
}

/// The pace of Play for steps that are small parts of one motion, in steps a second.
const PACE: f64 = 45.0;
/// The pace of Play for steps that are events of their own, in steps a second: an eye can follow each.
pub(crate) const EVENT_PACE: f64 = 4.0;

/// A named set of parameter values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name, in lower case with hyphens. Its label is the text `<figure>.preset.<name>`.
    pub name: &'static str,
    /// The key and the text of each parameter that differs from its default.
    pub values: &'static [(&'static str, &'static str)],
}

/// A figure: its parameters, what follows from them, and how that is drawn and described.
///
/// All functions are pure. Lengths are in CSS pixels.
pub trait Figure: 'static {
    /// The name in addresses and in the custom element.
    const NAME: &'static str;
    /// The presets. A figure starts with the first.
    const PRESETS: &'static [Preset];
    /// The key of the parameter that Play advances, if the figure is animated. It is a
    /// [`parameter::Kind::Count`].
    const STEPS: Option<&'static str> = None;
    /// The key of the choice that picks a row of [`Figure::grid`]. Presets leave it unchanged.
    const PICK: Option<&'static str> = None;

    /// The curves and areas that can be hidden, in addition to the readouts.
    const CURVES: &'static [Curve] = &[];
    /// The readouts with a place on the drawing, or with a range, where readers guess them.
    const QUESTIONS: &'static [Question] = &[];
    /// What readers who turn on the sound hear.
    const HEARD: Heard;
    /// The layout of the panels.
    const LAYOUT: Layout;

    /// The type of the parameters.
    type Parameters: Parameters;
    /// The type of the model.
    type Model;

    /// The model of `parameters`.
    ///
    /// `before` is the last model shown. A model may take over parts that have not changed ([`Memo`]), so
    /// that a drag need not compute them again. The result must be the same as without it.
    fn model(parameters: &Self::Parameters, before: Option<&Self::Model>) -> Self::Model;

    /// The number of steps that Play takes in a second, at the step `step`.
    fn pace(_step: u32) -> f64 {
        PACE
    }

    /// The step at which Play ends, if nothing more happens after it. Otherwise Play ends with the last step.
    fn last_step(_: &Self::Model) -> Option<u32> {
        None
    }

    /// The numbers that the figure shows.
    fn readouts(model: &Self::Model) -> Vec<Readout>;

    /// The axes of the panels, column after column.
    fn axes(model: &Self::Model) -> Vec<Axes>;

    /// Draws the model into the panels, which are listed column after column.
    fn draw(model: &Self::Model, plots: &[Plot], texts: &Texts);

    /// The handles and their effects. Their order may depend on the number of components or outcomes, but not
    /// on other values.
    fn handles(_: &Self::Model, _: &Texts) -> Vec<Draggable<Self::Parameters>> {
        Vec::new()
    }

    /// The words of the text `<figure>.summary`, in addition to the readouts and the chosen word of each
    /// choice, which it can also name.
    fn words(_: &Self::Model, _: &Texts) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// The model's data.
    fn table(model: &Self::Model) -> Table;

    /// The table under the drawing, if the figure has one. The number of its rows and columns never depends
    /// on values.
    fn grid(_: &Self::Model, _: &Texts) -> Option<Grid> {
        None
    }
}
