//! Guesses: the reader predicts a readout before seeing it, on the drawing if the readout has a place there.

use std::ops::Range;

use super::Handle;
use super::goal::read;
use super::parameter::{Field, Kind};
use super::readout::Readout;
use super::texts::Texts;
use crate::plot::{Ink, Panel, Picture, Point, Stroke, TextStyle, number};
use divergences::order::clamp;

/// The place where a readout is guessed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked {
    /// On the horizontal axis of this panel.
    Across(usize),
    /// On the vertical axis of this panel. The position on the horizontal axis is the readout with this key.
    Up(usize, &'static str),
    /// Beside the drawing, on a slider from the first value to the second.
    Beside(f64, f64),
    /// Beside the drawing, as a whole number from 0 to this one.
    Count(f64),
}

/// A readout that can be guessed, and the place where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// The readout's key.
    pub key: &'static str,
    /// The place where it is guessed.
    pub place: Asked,
    /// Whether the readout can be infinite.
    pub infinite: bool,
    /// Whether the readout describes the end of the figure's steps, so that the answer plays them.
    pub at_end: bool,
}

impl Question {
    /// A question about the readout `key`, guessed at `place`.
    #[must_use]
    pub const fn new(key: &'static str, place: Asked) -> Self {
        Self { key, place, infinite: false, at_end: false }
    }

    /// This question for a readout that can be infinite.
    #[must_use]
    pub const fn or_infinite(self) -> Self {
        Self { infinite: true, ..self }
    }

    /// This question for a readout that describes the end of the steps.
    #[must_use]
    pub const fn at_end(self) -> Self {
        Self { at_end: true, ..self }
    }
}

/// The greatest number of steps into which the range of a guess is divided.
const MOST_STEPS: f64 = 300.0;
/// The number of decimals of a guess and of its error.
const DECIMALS: usize = 2;

/// A guess in progress.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The question that is answered.
    pub question: Question,
    /// The error up to which the guess is right, if the author gave one.
    pub tolerance: Option<f64>,
    /// The guess in the unit of the readout. `None` until the reader has moved it.
    value: Option<f64>,
}

impl Guess {
    /// A guess that the reader has not moved yet.
    #[must_use]
    pub fn new(question: Question, tolerance: Option<f64>) -> Self {
        Self { question, tolerance, value: None }
    }

    /// The range of the guess and its steps.
    pub(super) fn kind(&self, panels: &[Panel]) -> Kind {
        let Range { start, end } = match self.question.place {
            Asked::Across(panel) => panels.get(panel).map_or(0.0..1.0, |panel| panel.x.clone()),
            Asked::Up(panel, _) => panels.get(panel).map_or(0.0..1.0, |panel| panel.y.clone()),
            Asked::Beside(least, most) => least..most,
            Asked::Count(most) => return Kind::Number { least: 0.0, most, step: 1.0 },
        };
        // The step is 1, 2 or 5 times a power of ten.
        let rough = (end - start) / MOST_STEPS;
        let power = 10f64.powf(rough.log10().floor());
        let step =
            power * [1.0, 2.0, 5.0, 10.0].into_iter().find(|n| n * power >= rough * 0.999).unwrap_or(1.0);
        // The ends are whole steps, so that 0 is one of the values.
        let whole = |edge: f64| (edge / step).round() * step;
        Kind::Number { least: whole(start), most: whole(end), step }
    }

    /// The guess, which is in the middle of its range until the reader has moved it.
    pub(super) fn value(&self, panels: &[Panel]) -> f64 {
        let middle = || {
            let kind = self.kind(panels);
            kind.at_position(kind.positions().unwrap_or_default() / 2).and_then(|text| read(&text))
        };
        self.value.or_else(middle).unwrap_or_default()
    }

    /// Takes a number or ∞ that the reader typed. Returns whether it is acceptable.
    pub(super) fn accept(&mut self, text: &str) -> bool {
        let value = read(text).filter(|value| value.is_finite() || self.question.infinite);
        self.value = value.or(self.value);
        value.is_some()
    }

    /// Moves the guess to the step `position` of its slider.
    pub(super) fn slide(&mut self, position: u32, panels: &[Panel]) {
        if let Some(text) = self.kind(panels).at_position(position) {
            self.accept(&text);
        }
    }

    /// The position of the slider and its last position.
    pub(super) fn slider(&self, panels: &[Panel]) -> Option<(u32, u32)> {
        let kind = self.kind(panels);
        Some((kind.position_of(&clamp(self.value(panels), -1e9, 1e9).write())?, kind.positions()?))
    }

    /// The least and the greatest value on the slider.
    pub(super) fn range(&self, panels: &[Panel]) -> [f64; 2] {
        if let Kind::Number { least, most, .. } = self.kind(panels) { [least, most] } else { [0.0; 2] }
    }

    /// The panel in which `value` is shown and its position there. `None` if it is guessed beside the
    /// drawing.
    fn position(&self, value: f64, panels: &[Panel], readouts: &[Readout]) -> Option<(usize, Point)> {
        let within = |range: &Range<f64>, value: f64| clamp(value, range.start, range.end);
        match self.question.place {
            Asked::Across(index) => {
                let panel = panels.get(index)?;
                let y = 0.5 * (panel.y.start + panel.y.end);
                Some((index, Point { x: within(&panel.x, value), y }))
            }
            Asked::Up(index, key) => {
                let panel = panels.get(index)?;
                let x = readouts.iter().find(|readout| readout.key == key)?.value;
                Some((index, Point { x: within(&panel.x, x), y: within(&panel.y, value) }))
            }
            Asked::Beside(..) | Asked::Count(_) => None,
        }
    }

    /// The marker that the reader drags, if the guess is made on the drawing.
    pub(super) fn marker(&self, panels: &[Panel], readouts: &[Readout], texts: &Texts) -> Option<Handle> {
        let value = self.value(panels);
        let (panel, at) = self.position(value, panels, readouts)?;
        let Kind::Number { step, .. } = self.kind(panels) else { return None };
        let across = matches!(self.question.place, Asked::Across(_));
        let (right, up) = if across { (step, 0.0) } else { (0.0, step) };
        let handle = Handle::new(panel, (at.x, at.y), Ink::Text).step(right, up);
        Some(handle.named(texts.get("guess.marker").to_owned(), guess_text(value)))
    }

    /// Moves the marker to `to`, in the units of its panel.
    pub(super) fn drag(&mut self, to: Point, panels: &[Panel]) {
        let to = if let Asked::Up(..) = self.question.place { to.y } else { to.x };
        let Kind::Number { least, most, .. } = self.kind(panels) else { return };
        if let Some(position) = self.kind(panels).position_of(&clamp(to, least, most).write()) {
            self.slide(position, panels);
        }
    }

    /// The guess minus the truth, and a few words on it.
    pub(super) fn difference(&self, truth: &Readout, panels: &[Panel], texts: &Texts) -> (f64, String) {
        let guess = self.value(panels);
        // The subtraction would give NaN for equal infinite values.
        let difference = if guess == truth.value { 0.0 } else { guess - truth.value };
        let decimals = if truth.count { 0 } else { DECIMALS };
        let size = number::fixed(difference.abs(), decimals);
        let words = if !difference.is_finite() {
            String::new()
        } else if size.bytes().all(|b| b == b'0' || b == b'.') {
            texts.get("guess.exact").to_owned()
        } else {
            let key = if difference > 0.0 { "guess.high" } else { "guess.low" };
            texts.fill(key, &[("difference", size)])
        };
        (difference, words)
    }

    /// Whether a guess with this error is right: within the tolerance, or exact if there is none.
    pub(super) fn is_right(&self, difference: f64) -> bool {
        difference.abs() <= self.tolerance.unwrap_or_default() + 1e-9
    }

    /// The sentence about the guess once the truth is known.
    pub(super) fn answer(&self, name: &str, truth: &Readout, panels: &[Panel], texts: &Texts) -> String {
        let guess = self.value(panels);
        let (difference, off) = self.difference(truth, panels, texts);
        let right = self.tolerance.is_some() && self.is_right(difference);
        let key = match (truth.value, guess) {
            (truth, _) if truth.is_nan() => "guess.answer.undefined",
            (truth, guess) if truth.is_infinite() && truth == guess => "guess.answer.infinite",
            (truth, _) if truth.is_infinite() => "guess.answer.unbounded",
            (_, guess) if guess.is_infinite() => "guess.answer.finite",
            _ if right => "guess.answer.right",
            _ => "guess.answer",
        };
        let words = [
            ("name", name.to_owned()),
            ("truth", truth.text(texts)),
            ("guess", guess_text(guess)),
            ("off", off),
            ("tolerance", self.tolerance.map(number::plain).unwrap_or_default()),
        ];
        texts.fill(key, &words)
    }

    /// Draws the guess. Once it is committed, draws the fraction `answered` of an arrow from it to the truth.
    pub(super) fn draw(
        &self,
        panels: &[Panel],
        picture: &Picture,
        readouts: &[Readout],
        answered: Option<f64>,
        texts: &Texts,
    ) {
        let value = self.value(panels);
        let Some((index, at)) = self.position(value, panels, readouts) else { return };
        let Some(truth) = readouts.iter().find(|readout| readout.key == self.question.key) else { return };
        let panel = &panels[index];
        let line = Line { panel, picture, across: matches!(self.question.place, Asked::Across(_)) };
        let guess = panel.pixel(at);
        line.draw(guess, false, Stroke::dashed(1.6, &[6.0, 4.0]));
        let label = texts.fill("guess.label", &[("guess", guess_text(value))]);
        let target = self.position(truth.value, panels, readouts).filter(|_| !truth.value.is_nan());
        let Some((answered, (_, end))) = answered.zip(target) else {
            line.label(guess, &label, true);
            return;
        };
        let end = panel.pixel(end);
        let part = |from: f64, to: f64| from + answered * (to - from);
        line.draw(end, true, Stroke::solid(1.8).fade(answered));
        let reached = Point { x: part(guess.x, end.x), y: part(guess.y, end.y) };
        picture.arrow(guess, reached, Ink::Text, Stroke::solid(2.4));
        picture.dot(guess, 4.5, Ink::Text);
        let (_, off) = self.difference(truth, panels, texts);
        let between = line.label_error(guess, end, &off);
        // The error goes into the label of the guess if there is no room between guess and truth.
        let label = if between || off.is_empty() { label } else { format!("{label}: {off}") };
        line.label(guess, &label, line.across || guess.y <= end.y);
        let truth = texts.fill("guess.truth", &[("truth", truth.digits(texts))]);
        line.label(end, &truth, !line.across && guess.y > end.y);
    }
}

/// `value` with two decimals, or with all its decimals if it has more.
fn guess_text(value: f64) -> String {
    let short = number::fixed(value, DECIMALS);
    if read(&short) == Some(value) { short } else { number::plain(value) }
}

/// A line through a panel that marks a value on one of its axes.
struct Line<'a> {
    panel: &'a Panel,
    picture: &'a Picture,
    /// Whether the value is on the horizontal axis.
    across: bool,
}

impl Line<'_> {
    const STYLE: TextStyle = TextStyle::new(Ink::Text, 14.0).bold();

    /// Draws the line through `at`. A `short` line leaves a horizontal curve at the same height visible.
    fn draw(&self, at: Point, short: bool, stroke: Stroke) {
        let rect = self.panel.rect;
        let reach = if short { 44.0 } else { rect.width };
        let (from, to) = if self.across {
            (Point { y: rect.top, ..at }, Point { y: rect.bottom(), ..at })
        } else {
            let end = |x: f64| Point { x: clamp(x, rect.left, rect.right()), ..at };
            (end(at.x - reach), end(at.x + reach))
        };
        self.picture.rule(from, to, Ink::Text, stroke);
    }

    /// Writes `text` beside `at`, on the side that has room.
    fn write(&self, at: Point, shift: f64, text: &str) {
        let rect = self.panel.rect;
        let width = self.picture.text_width(text, Self::STYLE);
        let right = at.x + shift;
        let x = if right + width <= rect.right() { right } else { at.x - shift - width };
        let x = clamp(x, rect.left.min(rect.right() - width), rect.right() - width);
        let y = clamp(at.y, rect.top + 2.0, rect.bottom() - 2.0);
        self.picture.label(Point { x, y }, text, Self::STYLE);
    }

    /// Labels the line at `at`. The label marked `first`, that of the guess or of the truth, is above the
    /// other.
    fn label(&self, at: Point, text: &str, first: bool) {
        let top = self.panel.rect.top;
        match (self.across, first) {
            (true, true) => self.write(Point { y: top + 9.0, ..at }, 8.0, text),
            (true, false) => self.write(Point { y: top + 28.0, ..at }, 8.0, text),
            (false, true) => self.write(Point { y: at.y - 13.0, ..at }, 16.0, text),
            (false, false) => self.write(Point { y: at.y + 13.0, ..at }, 16.0, text),
        }
    }

    /// Writes `text` between `guess` and `truth`. Returns whether there was room.
    fn label_error(&self, guess: Point, truth: Point, text: &str) -> bool {
        let middle = Point { x: 0.5 * (guess.x + truth.x), y: 0.5 * (guess.y + truth.y) };
        if self.across {
            let half = 0.5 * self.picture.text_width(text, Self::STYLE);
            self.write(Point { x: middle.x - half, y: middle.y + 17.0 }, 0.0, text);
        } else if (guess.y - truth.y).abs() > 60.0 {
            self.write(middle, 16.0, text);
        } else {
            return false;
        }
        true
    }
}
