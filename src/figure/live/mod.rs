//! A figure in use: its parameters' present values, and all that the contract makes of them.

mod asking;
mod export;
mod hold;
mod untyped;
mod values;

pub use hold::HandleView;

use super::grid::{Cell, Grid};
use super::parameter::{Parameters, Spec};
use super::readout::Readout;
use super::sound::Heard;
use super::task::Task;
use super::texts::Texts;
use super::{Axes, Figure, Preset};
use crate::plot::{HIDDEN, Look, Panel, Picture, Plot, Sink, Surface};
use hold::Held;
use untyped::{Typed, Untyped, apply};

/// How long the axes take to follow the model, in seconds.
const FOLLOWING: f64 = 0.3;

/// What a moment of time did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Nothing is left to move.
    Still,
    /// The drawing changed, and will again.
    Moving,
}

/// A figure in use, whichever it is: what the page and the tools call.
pub struct Live {
    state: Box<dyn Untyped>,
    /// The panels' axes, as shown and as the model wants them.
    axes: Vec<Axes>,
    wanted: Vec<Axes>,
    held: Option<Held>,
    /// The values that Reset returns to, as text.
    start: Vec<String>,
    /// The places of the parameters that the reader can't change.
    locked: Vec<usize>,
    task: Task,
}

impl Live {
    /// The figure `F` as it starts.
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

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.state.about().name
    }

    /// What can be changed.
    #[must_use]
    pub fn specs(&self) -> &'static [Spec] {
        self.state.about().specs
    }

    /// Its named sets of values.
    #[must_use]
    pub fn presets(&self) -> &'static [Preset] {
        self.state.about().presets
    }

    /// The key of the parameter that Play advances.
    #[must_use]
    pub fn steps(&self) -> Option<&'static str> {
        self.state.about().steps
    }

    fn update(&mut self) {
        self.state.update();
        self.wanted = self.state.axes();
        if self.axes.len() != self.wanted.len() {
            self.axes.clone_from(&self.wanted);
        }
        for (shown, wanted) in self.axes.iter_mut().zip(&mut self.wanted) {
            if wanted.are_finite() {
                // What grows is shown at once; what shrinks may wait for the reader to let go.
                shown.grow(wanted);
            } else {
                wanted.clone_from(shown);
            }
        }
    }

    fn panels(&self, width: f64) -> Vec<Panel> {
        let rects = self.state.about().layout.rects(width);
        self.axes.iter().zip(rects).map(|(axes, rect)| axes.panel(rect)).collect()
    }

    /// Its numbers, without those that are hidden.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let veil = self.veil();
        let seen = |readout: Readout| if veil.hides(readout.key) { readout.veil() } else { readout };
        self.state.readouts().into_iter().map(seen).collect()
    }

    /// Its state in a sentence or two; while anything is hidden, only that.
    #[must_use]
    pub fn summary(&self, texts: &Texts) -> String {
        if self.task.is_hidden() {
            return self.with_scope(|scope| self.task.hidden_words(scope, texts));
        }
        let mut words = self.state.words(texts);
        words.extend(self.state.readouts().iter().map(|readout| (readout.key, readout.text(texts))));
        // It is said aloud.
        texts.fill(&format!("{}.summary", self.name()), &words).replace('∞', texts.get("number.infinite"))
    }

    /// The table under its drawing, without what is hidden.
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

    /// The height it needs at `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        self.state.about().layout.height(width)
    }

    /// Draws it onto `sink`.
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

    /// Lets `seconds` pass: the axes follow the model.
    pub fn tick(&mut self, seconds: f64) -> Tick {
        let coming_out = self.task.tick(seconds);
        if self.held.is_some() || self.axes == self.wanted {
            return if coming_out { Tick::Moving } else { Tick::Still };
        }
        let part = 1.0 - (-4.0 * seconds / FOLLOWING).exp();
        for (shown, wanted) in self.axes.iter_mut().zip(&self.wanted) {
            shown.approach(wanted, part);
        }
        Tick::Moving
    }

    /// What of it is heard.
    #[must_use]
    pub fn heard(&self) -> Heard {
        self.state.about().heard
    }
}
