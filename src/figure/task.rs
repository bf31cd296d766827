//! What a figure hides from its reader for a while, asks, or sets as a goal: generic over all figures.

use serde::Serialize;

use super::goal::{Condition, split_tolerance};
use super::guess::{Asked, Guess, Question};
use super::readout::Readout;
use super::texts::Texts;
use crate::plot::Veil;

/// How long what was hidden takes to come out, in seconds.
const REVEAL: f64 = 0.3;

/// Something that is drawn and can be hidden. The graph of a readout bears its key; one that tells nothing else need not be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Its name, in lower case with hyphens; its label is the text `<figure>.name.<name>` or `name.<name>`.
    pub name: &'static str,
    /// The readouts that can be read off it: each of them and the curve hide each other.
    pub tells: &'static [&'static str],
    /// Other curves that are hidden with it, since they would tell where it is.
    pub with: &'static [&'static str],
}

impl Curve {
    /// The curve `name` from which `tells` can be read.
    #[must_use]
    pub const fn new(name: &'static str, tells: &'static [&'static str]) -> Self {
        Self { name, tells, with: &[] }
    }

    /// The same, with which `others` are hidden.
    #[must_use]
    pub const fn hides(self, others: &'static [&'static str]) -> Self {
        Self { with: others, ..self }
    }
}

/// What is hidden, asked and aimed at. At first nothing is.
#[derive(Clone, Debug, Default)]
pub(super) struct Task {
    /// What it was made of: the veil, the guess and the goal as the author wrote them.
    written: [String; 3],
    problems: [Vec<String>; 3],
    veil: Vec<&'static str>,
    pub(super) guess: Option<Guess>,
    pub(super) goal: Vec<Condition>,
    /// How far what was hidden has come out; `None` while it is hidden.
    pub(super) revealed: Option<f64>,
}

/// What a figure has that can be hidden, asked and aimed at.
pub(super) struct Scope<'a> {
    pub(super) figure: &'static str,
    pub(super) curves: &'static [Curve],
    pub(super) questions: &'static [Question],
    pub(super) readouts: &'a [Readout],
}

impl Scope<'_> {
    /// The readouts that follow from what the reader sets.
    fn asked(&self) -> Vec<&'static str> {
        self.readouts.iter().filter(|readout| !readout.given).map(|readout| readout.key).collect()
    }

    /// All that can be hidden.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = self.asked();
        for curve in self.curves {
            if !names.contains(&curve.name) {
                names.push(curve.name);
            }
        }
        names
    }

    /// What readers call the readout or curve `name`.
    pub(super) fn word(&self, name: &str, texts: &Texts) -> String {
        texts.named(self.figure, "name", name)
    }

    fn problem(&self, key: &str, value: &str, names: &[&'static str], texts: &Texts) -> String {
        let example = names.first().copied().unwrap_or_default().to_owned();
        let words = [("value", value.to_owned()), ("names", names.join(", ")), ("example", example)];
        texts.fill(key, &words)
    }
}

impl Task {
    /// Hides, asks and aims at what the three texts say, and no more at what they said before; what they say still stays
    /// as it is. Returns a sentence for each part of them that can't be read.
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
                    let names = scope.asked();
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

    /// What is asked for to be hidden, not what must be hidden with it.
    fn wanted(&self) -> Vec<&'static str> {
        let mut names = self.veil.clone();
        names.extend(self.guess.as_ref().map(|guess| guess.question.key));
        names
    }

    /// What is hidden, or was until it was revealed.
    pub(super) fn veil(&self, curves: &'static [Curve]) -> Veil {
        let mut names = self.wanted();
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

    /// Shows what is hidden; tells whether anything was.
    pub(super) fn reveal(&mut self) -> bool {
        let hidden = self.is_hidden();
        if hidden {
            self.revealed = Some(0.0);
        }
        hidden
    }

    /// Hides it again; a guess stays where it is and can be moved.
    pub(super) fn veil_again(&mut self) {
        self.revealed = None;
    }

    /// Lets `seconds` pass; tells whether something came out.
    pub(super) fn tick(&mut self, seconds: f64) -> bool {
        let moving = self.revealed.is_some_and(|revealed| revealed < 1.0);
        if moving {
            self.revealed = self.revealed.map(|revealed| (revealed + seconds / REVEAL).min(1.0));
        }
        moving
    }

    /// The sentence that says what is hidden.
    pub(super) fn hidden_words(&self, scope: &Scope, texts: &Texts) -> String {
        let names = self.wanted().into_iter().map(|name| scope.word(name, texts)).collect();
        texts.fill("veil.hidden", &[("names", texts.list(names))])
    }

    /// What the page says and asks.
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

/// What the page says about a figure's task, and what it asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TaskView {
    /// A sentence on what is hidden, if anything is.
    pub hidden: Option<String>,
    /// Whether it was hidden and is no longer.
    pub revealed: bool,
    /// What is to be guessed.
    pub guess: Option<GuessView>,
    /// What is to be reached.
    pub goal: Vec<ConditionView>,
    /// Whether all of the goal holds.
    pub solved: bool,
}

/// A guess as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuessView {
    /// What the reader is asked to do.
    pub prompt: String,
    /// The guess as it is typed.
    pub value: String,
    /// Where its slider stands and ends; none if it is guessed on the drawing.
    pub slider: Option<(u32, u32)>,
    /// Whether the readout can be infinite.
    pub infinite: bool,
    /// What there is to say once it is revealed.
    pub answer: Option<String>,
    /// The guess.
    pub guess: f64,
    /// The truth; NaN until it is revealed.
    pub truth: f64,
    /// Guess less truth.
    pub difference: f64,
    /// Whether it is revealed and right, to within the tolerance if one was given.
    pub right: bool,
    /// Whether the answer is seen by playing the figure to its end.
    pub plays: bool,
}

/// A condition of a goal as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionView {
    /// The condition.
    pub text: String,
    /// Where its readout stands.
    pub now: String,
    /// Whether it holds.
    pub holds: bool,
}
