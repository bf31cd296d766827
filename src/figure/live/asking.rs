//! Tasks of a figure in use: what is hidden, what is to be guessed, and the goal.

use super::Live;
use super::untyped::About;
use crate::decimal;
use crate::figure::NARROW;
use crate::figure::guess::Guess;
use crate::figure::task::{GuessView, Scope, TaskView};
use crate::figure::texts::Texts;
use crate::plot::Veil;

impl Live {
    /// The guess, unless it is already committed.
    pub(super) fn open_guess(&self) -> Option<&Guess> {
        self.task.guess.as_ref().filter(|_| self.task.revealed.is_none())
    }

    pub(super) fn veil(&self) -> Veil {
        self.task.veil(self.state.about().curves)
    }

    /// Calls `act` with what a task of this figure can be about.
    pub(super) fn with_scope<R>(&self, act: impl FnOnce(&Scope) -> R) -> R {
        let About { name, curves, questions, .. } = self.state.about();
        act(&Scope { figure: name, curves, questions, readouts: &self.state.readouts() })
    }

    /// The names of everything that can be hidden: the curves, and all readouts except those that repeat a
    /// parameter.
    #[must_use]
    pub fn hideable(&self) -> Vec<&'static str> {
        self.with_scope(|scope| scope.names())
    }

    /// Hides the names in the list `veil`, asks for the guess `guess` (“readout” or “readout within 0.3”),
    /// and sets the goal `goal` (“readout < 0.1, …”).
    ///
    /// An empty text asks for nothing. A text equal to the last one changes nothing. Returns a sentence for
    /// each part that cannot be read; the other parts take effect.
    pub fn ask(&mut self, veil: &str, guess: &str, goal: &str, texts: &Texts) -> Vec<String> {
        let mut task = std::mem::take(&mut self.task);
        let problems = self.with_scope(|scope| task.ask([veil, guess, goal], scope, texts));
        self.task = task;
        problems
    }

    /// Reveals what is hidden and commits the guess. Returns whether anything was hidden.
    pub fn reveal(&mut self) -> bool {
        let hidden = self.task.reveal();
        if hidden {
            self.held = None;
        }
        hidden
    }

    /// Hides everything again. The guess keeps its value and can be moved.
    pub fn veil_again(&mut self) {
        self.task.veil_again();
    }

    /// Takes a number or ∞ as the guess. Returns whether it is acceptable.
    pub fn guess(&mut self, text: &str) -> bool {
        self.task.guess.as_mut().is_some_and(|guess| guess.accept(text))
    }

    /// Moves the guess to the step `position` of its slider.
    pub fn slide_guess(&mut self, position: u32) {
        let panels = self.panels(NARROW);
        if let Some(guess) = &mut self.task.guess {
            guess.slide(position, &panels);
        }
    }

    /// The task as the page shows it; `None` if there is none.
    #[must_use]
    pub fn task(&self, texts: &Texts) -> Option<TaskView> {
        self.with_scope(|scope| {
            let guess = self.task.guess.as_ref().and_then(|guess| {
                let truth = scope.readouts.iter().find(|readout| readout.key == guess.question.key)?;
                let panels = self.panels(NARROW);
                let name = scope.word(truth.key, texts);
                let value = guess.value(&panels);
                let drawn = guess.marker(&panels, scope.readouts, texts).is_some();
                let revealed = self.task.revealed.is_some();
                let shown = |number: f64| if revealed { number } else { f64::NAN };
                let difference = shown(guess.difference(truth, &panels, texts).0);
                let prompt = if drawn { "guess.prompt.drag" } else { "guess.prompt.slide" };
                Some(GuessView {
                    prompt: texts.fill(prompt, &[("name", name.clone())]),
                    value: if value.is_infinite() { "∞".to_owned() } else { decimal::write(value) },
                    slider: if drawn { None } else { guess.slider(&panels) },
                    range: guess.range(&panels),
                    infinite: guess.question.infinite,
                    answer: revealed.then(|| guess.answer(&name, truth, &panels, texts)),
                    guess: value,
                    truth: shown(truth.value),
                    right: guess.is_right(difference),
                    difference,
                    plays: guess.question.at_end,
                })
            });
            self.task.view(scope, guess, &self.veil(), texts)
        })
    }
}
