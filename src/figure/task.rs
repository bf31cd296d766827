//! Tasks, which work with every figure: what is hidden from the reader, what is to be guessed, and the goal.

use serde::Serialize;

use super::goal::{Condition, split_tolerance};
use super::guess::{Asked, Guess, Question};
use super::parameter::beginning;
use super::readout::Readout;
use super::texts::Texts;
use crate::plot::Veil;

/// The duration in seconds over which hidden things fade in.
const REVEAL_DURATION: f64 = 0.3;

/// A curve or area that can be hidden.
///
/// The graph of a readout has the readout's key as its name, and need not be listed if it reveals nothing
/// else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The name, in lower case with hyphens. Its label is the text `<figure>.name.<name>` or `name.<name>`.
    pub name: &'static str,
    /// The readouts that can be read off the curve. Hiding one of them hides the curve, and the reverse.
    pub tells: &'static [&'static str],
    /// The curves that are hidden together with this one, because they would reveal it.
    pub with: &'static [&'static str],
}

impl Curve {
    /// The curve `name`, off which `tells` can be read.
    #[must_use]
    pub const fn new(name: &'static str, tells: &'static [&'static str]) -> Self {
        Self { name, tells, with: &[] }
    }

    /// This curve, hidden together with `others`.
    #[must_use]
    pub const fn hides(self, others: &'static [&'static str]) -> Self {
        Self { with: others, ..self }
    }
}

/// A task: the veil, the guess and the goal. The default is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    /// The veil, the guess and the goal as the author wrote them.
    written: [String; 3],
    problems: [Vec<String>; 3],
    veil: Vec<&'static str>,
    pub(super) guess: Option<Guess>,
    pub(super) goal: Vec<Condition>,
    /// The progress of the reveal, from 0 to 1. `None` while things are hidden.
    pub(super) revealed: Option<f64>,
}

/// Everything of a figure that a task can refer to.
pub(super) struct Scope<'a> {
    pub(super) figure: &'static str,
    pub(super) curves: &'static [Curve],
    pub(super) questions: &'static [Question],
    pub(super) readouts: &'a [Readout],
}

impl Scope<'_> {
    /// The readouts that do not repeat a parameter.
    fn guessable(&self) -> Vec<&'static str> {
        self.readouts.iter().filter(|readout| !readout.given).map(|readout| readout.key).collect()
    }

    /// The names of everything that can be hidden.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = self.guessable();
        for curve in self.curves {
            if !names.contains(&curve.name) {
                names.push(curve.name);
            }
        }
        names
    }

    /// The name of the readout or curve `name` for readers.
    pub(super) fn word(&self, name: &str, texts: &Texts) -> String {
        texts.named(self.figure, "name", name)
    }

    fn problem(&self, key: &str, value: &str, names: &[&'static str], texts: &Texts) -> String {
        let example = names.first().copied().unwrap_or_default().to_owned();
        let words = [("value", beginning(value)), ("names", names.join(", ")), ("example", example)];
        texts.fill(key, &words)
    }
}

impl Task {
    /// Takes the veil, the guess and the goal from three texts. A text that has not changed keeps its state.
    /// Returns a sentence for each part that cannot be read.
    pub(super) fn ask(&mut self, texts_of: [&str; 3], scope: &Scope, texts: &Texts) -> Vec<String> {
        let fields = texts_of.into_iter().enumerate().filter(|(i, text)| self.written[*i] != *text);
        for (i, text) in fields.collect::<Vec<_>>() {
            text.clone_into(&mut self.written[i]);
            let mut problems = Vec::new();
            match i {
                0 => {
                    let names = scope.names();
                    self.veil.clear();
                    for word in text.split([',', ' ', '\n', '\t']).filter(|word| !word.is_empty()) {
                        match names.iter().find(|name| **name == word) {
                            Some(name) => self.veil.push(name),
                            None => problems.push(scope.problem("problem.veil", word, &names, texts)),
                        }
                    }
                    self.revealed = None;
                }
                1 => {
                    let names = scope.guessable();
                    let read = split_tolerance(text.trim());
                    let found = read.and_then(|(key, tolerance)| {
                        let key = names.iter().find(|name| **name == key.trim())?;
                        let listed = scope.questions.iter().find(|question| question.key == *key);
                        let question = listed.copied().unwrap_or(Question::new(key, Asked::Beside(0.0, 5.0)));
                        Some(Guess::new(question, tolerance))
                    });
                    if found.is_none() && !text.trim().is_empty() {
                        problems.push(scope.problem("problem.guess", text, &names, texts));
                    }
                    self.guess = found;
                    self.revealed = None;
                }
                _ => {
                    let names: Vec<_> = scope.readouts.iter().map(|readout| readout.key).collect();
                    self.goal.clear();
                    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
                        match Condition::parse(part, &names) {
                            Some(condition) => self.goal.push(condition),
                            None => problems.push(scope.problem("problem.goal", part.trim(), &names, texts)),
                        }
                    }
                }
            }
            self.problems[i] = problems;
        }
        self.problems.concat()
    }

    /// The names that the author asked to hide, without those that must be hidden together with them.
    fn requested(&self) -> Vec<&'static str> {
        let mut names = self.veil.clone();
        names.extend(self.guess.as_ref().map(|guess| guess.question.key));
        names
    }

    /// The names that are hidden, or were until the reveal, with the progress of the reveal.
    pub(super) fn veil(&self, curves: &'static [Curve]) -> Veil {
        let mut names = self.requested();
        let mut next = 0;
        while let Some(&name) = names.get(next) {
            next += 1;
            for curve in curves {
                let more: &[&[&'static str]] = if curve.name == name {
                    &[curve.tells, curve.with]
                } else if curve.tells.contains(&name) {
                    &[&[curve.name]]
                } else {
                    &[]
                };
                for name in more.iter().copied().flatten() {
                    if !names.contains(name) {
                        names.push(name);
                    }
                }
            }
        }
        Veil { names, lifted: self.revealed }
    }

    /// Whether there is something to reveal.
    pub(super) fn is_hidden(&self) -> bool {
        self.revealed.is_none() && !(self.veil.is_empty() && self.guess.is_none())
    }

    /// Starts the reveal. Returns whether anything was hidden.
    pub(super) fn reveal(&mut self) -> bool {
        let hidden = self.is_hidden();
        if hidden {
            self.revealed = Some(0.0);
        }
        hidden
    }

    /// Hides everything again. A guess keeps its value and can be moved.
    pub(super) fn veil_again(&mut self) {
        self.revealed = None;
    }

    /// Lets `seconds` pass. Returns whether the reveal is in progress.
    pub(super) fn tick(&mut self, seconds: f64) -> bool {
        let moving = self.revealed.is_some_and(|revealed| revealed < 1.0);
        if moving {
            self.revealed = self.revealed.map(|revealed| (revealed + seconds / REVEAL_DURATION).min(1.0));
        }
        moving
    }

    /// The sentence that says what is hidden.
    pub(super) fn hidden_words(&self, scope: &Scope, texts: &Texts) -> String {
        let names = self.requested().into_iter().map(|name| scope.word(name, texts)).collect();
        texts.fill("veil.hidden", &[("names", texts.list(names))])
    }

    /// The task as the page shows it; `None` if there is none.
    pub(super) fn view(
        &self,
        scope: &Scope,
        guess: Option<GuessView>,
        veil: &Veil,
        texts: &Texts,
    ) -> Option<TaskView> {
        let any = guess.is_some() || !self.goal.is_empty() || !self.veil.is_empty();
        let mut goal = Vec::with_capacity(self.goal.len());
        for condition in &self.goal {
            let Some(readout) = scope.readouts.iter().find(|readout| readout.key == condition.key) else {
                continue;
            };
            let hidden = veil.hides(condition.key);
            let now = if hidden { readout.clone().veil() } else { readout.clone() };
            goal.push(ConditionView {
                text: condition.text(&scope.word(condition.key, texts)),
                now: texts.fill("goal.now", &[("value", now.digits(texts))]),
                holds: !hidden && condition.holds(readout.value),
            });
        }
        let solved = !goal.is_empty() && goal.iter().all(|condition| condition.holds);
        let hidden = self.is_hidden().then(|| self.hidden_words(scope, texts));
        any.then_some(TaskView { hidden, revealed: self.revealed.is_some(), guess, goal, solved })
    }
}

/// A task as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskView {
    /// A sentence on what is hidden, if anything is.
    pub hidden: Option<String>,
    /// Whether the task has been revealed.
    pub revealed: bool,
    /// The guess, if one is asked for.
    pub guess: Option<GuessView>,
    /// The conditions of the goal.
    pub goal: Vec<ConditionView>,
    /// Whether there are conditions and all of them hold.
    pub solved: bool,
}

/// A guess as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuessView {
    /// The sentence that asks the reader to guess.
    pub prompt: String,
    /// The guess as text.
    pub value: String,
    /// The position of the slider and its last position. `None` if the guess is made on the drawing.
    pub slider: Option<(u32, u32)>,
    /// The least and the greatest value on the slider.
    pub range: [f64; 2],
    /// Whether the readout can be infinite.
    pub infinite: bool,
    /// The sentence about the guess, once it is revealed.
    pub answer: Option<String>,
    /// The guess.
    pub guess: f64,
    /// The truth. NaN until it is revealed.
    pub truth: f64,
    /// The guess minus the truth. NaN until it is revealed.
    pub difference: f64,
    /// Whether the guess is revealed and right, within the tolerance if there is one.
    pub right: bool,
    /// Whether playing the figure to its end shows the answer.
    pub plays: bool,
}

/// A condition of a goal as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionView {
    /// The condition as text.
    pub text: String,
    /// The present value of its readout, as text.
    pub now: String,
    /// Whether it holds.
    pub holds: bool,
}
