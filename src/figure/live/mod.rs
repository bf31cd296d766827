//! A figure in use: the present values of its parameters, and everything that the contract derives from them.

mod asking;
mod export;
mod hold;
mod play;
mod untyped;
mod values;

pub use hold::HandleView;

use super::grid::{Cell, Grid};
use super::parameter::{Kind, Parameters, Spec};
use super::readout::Readout;
use super::sound::Heard;
use super::task::Task;
use super::texts::Texts;
use super::{Axes, Figure, Preset};
use crate::plot::{HIDDEN, Look, Panel, Picture, Plot, Sink, Surface};
use hold::Held;
use untyped::{Typed, Untyped, apply};

/// The duration in seconds over which the axes follow the model.
const FOLLOW_DURATION: f64 = 0.3;

/// The effect of letting time pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// The drawing is at rest.
    Still,
    /// The drawing has changed and will change again.
    Moving,
}

/// A figure in use, whichever it is. The page and the tools call it.
pub struct Live {
    state: Box<dyn Untyped>,
    /// The axes of the panels as they are shown. `wanted` has those that the model asks for.
    axes: Vec<Axes>,
    wanted: Vec<Axes>,
    held: Option<Held>,
    /// The values that Reset returns to, as text.
    start: Vec<String>,
    /// The indices of the parameters that the reader cannot change.
    locked: Vec<usize>,
    task: Task,
}

impl Live {
    /// The figure `F` in its first preset.
    #[must_use]
    pub fn new<F: Figure>() -> Self {
        let mut parameters = F::Parameters::default();
        if let Some(preset) = F::PRESETS.first() {
            apply(&mut parameters, F::Parameters::SPECS, preset);
        }
        let model = F::model(&parameters, None);
        let axes = F::axes(&model);
        let mut live = Self {
            state: Box::new(Typed::<F> { parameters, model }),
            wanted: axes.clone(),
            axes,
            held: None,
            start: Vec::new(),
            locked: Vec::new(),
            task: Task::default(),
        };
        live.settle();
        live
    }

    /// The figure's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.state.about().name
    }

    /// The figure's parameters.
    #[must_use]
    pub fn specs(&self) -> &'static [Spec] {
        self.state.about().specs
    }

    /// The figure's presets.
    #[must_use]
    pub fn presets(&self) -> &'static [Preset] {
        self.state.about().presets
    }

    fn update(&mut self) {
        self.state.update();
        self.wanted = self.state.axes();
        if self.axes.len() != self.wanted.len() {
            self.axes.clone_from(&self.wanted);
        }
        for (shown, wanted) in self.axes.iter_mut().zip(&mut self.wanted) {
            debug_assert!(wanted.are_finite(), "a figure's axes depend on its values alone: {wanted:?}");
            if wanted.are_finite() {
                // The axes grow at once. They shrink later, in `tick`.
                shown.grow(wanted);
            } else {
                wanted.clone_from(shown);
            }
        }
    }

    /// The panels of a drawing of `width`, column after column.
    #[must_use]
    pub fn panels(&self, width: f64) -> Vec<Panel> {
        let rects = self.state.about().layout.rects(width);
        self.axes.iter().zip(rects).map(|(axes, rect)| axes.panel(rect)).collect()
    }

    /// The readouts. The values of hidden ones are withheld.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let veil = self.veil();
        let seen = |readout: Readout| if veil.hides(readout.key) { readout.veil() } else { readout };
        self.state.readouts().into_iter().map(seen).collect()
    }

    /// A sentence or two on the present state, for reading aloud. While anything is hidden, it only says
    /// that.
    #[must_use]
    pub fn summary(&self, texts: &Texts) -> String {
        if self.task.is_hidden() {
            return self.with_scope(|scope| self.task.hidden_words(scope, texts));
        }
        let mut words = self.state.words(texts);
        words.extend(self.state.readouts().iter().map(|readout| (readout.key, readout.text(texts))));
        let chosen = |(place, spec): (usize, &Spec)| {
            let word = || texts.parameter(self.name(), &format!("{}.{}", spec.key, self.text(place)));
            matches!(spec.kind, Kind::Choice(_)).then(|| (spec.key, word()))
        };
        words.extend(self.specs().iter().enumerate().filter_map(chosen));
        // A word replaces the sign ∞, because this text is read aloud.
        texts.fill(&format!("{}.summary", self.name()), &words).replace('∞', texts.get("number.infinite"))
    }

    /// The table under the drawing, with hidden cells replaced by "?".
    #[must_use]
    pub fn grid(&self, texts: &Texts) -> Option<Grid> {
        let mut grid = self.state.grid(texts)?;
        let veil = self.veil();
        if veil.is_down() {
            grid.detail.text = vec![self.with_scope(|scope| self.task.hidden_words(scope, texts))];
            for row in &mut grid.rows {
                let own = veil.hides(row.key);
                for (column, cell) in row.cells.iter_mut().enumerate() {
                    if veil.hides(cell.tells) || own && (column == 0 || cell.verdict.is_some()) {
                        *cell = Cell { head: HIDDEN.to_owned(), ..Cell::default() };
                    }
                }
            }
        }
        Some(grid)
    }

    /// The height of a drawing of `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        self.state.about().layout.height(width)
    }

    /// Draws the figure onto `sink`.
    pub fn draw(&self, sink: Box<dyn Sink>, width: f64, look: Look, texts: &Texts) {
        let height = self.height(width);
        let surface = Surface::new(sink, width, height);
        let picture = Picture::new(surface, width, height, look).under(self.veil());
        let panels = self.panels(width);
        let plots: Vec<_> = panels.iter().map(|panel| Plot { panel, picture: &picture }).collect();
        self.state.draw(&plots, texts);
        if let Some(guess) = &self.task.guess {
            guess.draw(&panels, &picture, &self.state.readouts(), self.task.revealed, texts);
        }
    }

    /// Lets `seconds` pass: the axes move towards the model, and what was revealed fades in.
    pub fn tick(&mut self, seconds: f64) -> Tick {
        let revealing = self.task.tick(seconds);
        if self.held.is_some() || self.axes == self.wanted {
            return if revealing { Tick::Moving } else { Tick::Still };
        }
        let part = 1.0 - (-4.0 * seconds / FOLLOW_DURATION).exp();
        for (shown, wanted) in self.axes.iter_mut().zip(&self.wanted) {
            shown.approach(wanted, part);
        }
        Tick::Moving
    }

    /// What readers hear of the figure.
    #[must_use]
    pub fn heard(&self) -> Heard {
        self.state.about().heard
    }
}
