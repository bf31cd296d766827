//! The marks that figures are made of, drawn in the units of a panel.

use super::element::Stroke;
use super::label::Label;
use super::panel::{Panel, Point};
use super::picture::{Align, Picture, TextStyle};
use super::theme::Ink;

/// A panel of a drawing in progress. Positions are in the panel's units unless they are called pixels.
#[derive(Clone, Copy)]
pub struct Plot<'a> {
    /// The panel: its place in the drawing, and its axes.
    pub panel: &'a Panel,
    /// The drawing.
    pub picture: &'a Picture,
}

/// The distance of a label from the line or point that it belongs to, in CSS pixels.
const LABEL_OFFSET: f64 = 11.0;
/// The distance of a title above its panel, in CSS pixels.
const TITLE_RISE: f64 = 14.0;
/// The length of the arrow where a line leaves its panel, and the least distance between two, in CSS pixels.
const LEAVING: f64 = 12.0;
/// How far a title may extend beyond its panel, in CSS pixels.
const TITLE_OVERHANG: f64 = 8.0;

impl Plot<'_> {
    /// The position of a point in pixels.
    #[must_use]
    pub fn pixel(&self, x: f64, y: f64) -> Point {
        self.panel.pixel(Point { x, y })
    }

    /// Draws the part of the figure that belongs to `name`, or nothing while that is veiled.
    pub fn part(&self, name: &str, draw: impl FnOnce()) {
        self.picture.part(name, draw);
    }

    /// Draws the line through `points`. It is clipped at the top and bottom of the panel; a point that is not
    /// finite interrupts it.
    pub fn line(&self, points: &[(f64, f64)], ink: Ink, stroke: Stroke) {
        self.picture.line(self.panel, points.iter().copied(), ink, stroke);
    }

    /// Fills the area between the line through `points` and the height `base`, clipped at the top and bottom
    /// of the panel.
    pub fn area(&self, points: &[(f64, f64)], base: f64, ink: Ink, opacity: f64) {
        self.picture.area(self.panel, points.iter().copied(), base, ink, opacity);
    }

    /// The graph of `f` at `count` evenly spaced places from edge to edge.
    #[must_use]
    pub fn graph(&self, count: usize, f: &dyn Fn(f64) -> f64) -> Vec<(f64, f64)> {
        self.panel.sample(count).map(|x| (x, f(x))).collect()
    }

    /// Draws the line through `points` and fills the area between it and 0: warm above 0, cool below.
    pub fn signed_area(&self, points: &[(f64, f64)]) {
        self.signed_fill(points);
        self.line(points, Ink::Soft, Stroke::solid(1.0));
    }

    /// Fills the area between the line through `points` and 0: warm above 0, cool below.
    pub fn signed_fill(&self, points: &[(f64, f64)]) {
        for (ink, part) in [(Ink::Positive, f64::max as fn(f64, f64) -> f64), (Ink::Negative, f64::min)] {
            self.picture.area(self.panel, points.iter().map(|&(x, y)| (x, part(y, 0.0))), 0.0, ink, 1.0);
        }
    }

    /// Draws a horizontal line from edge to edge, such as a bound or the level of an optimum.
    pub fn level(&self, y: f64, ink: Ink, stroke: Stroke) {
        self.line(&[(self.panel.x.start, y), (self.panel.x.end, y)], ink, stroke);
    }

    /// Draws a hairline at each of `values`, with its text at the left edge.
    pub fn scale(&self, values: &[(f64, &str)]) {
        for &(y, text) in values {
            self.level(y, Ink::Hair, Stroke::solid(1.0));
            self.picture.label(self.pixel(self.panel.x.start, y), text, TextStyle::new(Ink::Soft, 14.0));
        }
    }

    /// Draws an arrow at each place where the line through `points` leaves the panel at the top or bottom, so
    /// that nobody takes the clipped line for the whole.
    pub fn leaving(&self, points: &[(f64, f64)], ink: Ink) {
        let range = &self.panel.y;
        let mut last = f64::NEG_INFINITY;
        for pair in points.windows(2) {
            let [(a, from), (b, to)] = [pair[0], pair[1]];
            let beyond = |edge: f64, y: f64| if edge == range.end { y > edge } else { y < edge };
            for (edge, inwards) in [(range.end, LEAVING), (range.start, -LEAVING)] {
                if beyond(edge, from) == beyond(edge, to) || !(from.is_finite() && to.is_finite()) {
                    continue;
                }
                let tip = self.pixel(a + (edge - from) / (to - from) * (b - a), edge);
                if tip.x - last > LEAVING {
                    let tail = Point { y: tip.y + inwards, ..tip };
                    self.picture.arrow(tail, tip, ink, Stroke::solid(1.6));
                    last = tip.x;
                }
            }
        }
    }

    /// Draws a horizontal line with `words` at its right end: below the line if `below`, and above it
    /// otherwise.
    pub fn named_level(&self, y: f64, words: &Label, below: bool, ink: Ink, stroke: Stroke) {
        self.level(y, ink, stroke);
        let Point { x, y } = self.pixel(self.panel.x.end, y);
        let at = Point { x, y: y + if below { LABEL_OFFSET } else { -LABEL_OFFSET } };
        let style = TextStyle::new(ink, 14.0).bold().align(Align::Right);
        self.picture.label(at, &words.fit(style, 0.6 * self.panel.rect.width, self.picture), style);
    }

    /// Writes `words` above the end of a curve at (`x`, `y`), on the side towards the middle of the panel.
    /// They stand no higher than the panel's top.
    pub fn end_label(&self, x: f64, y: f64, words: &Label, ink: Ink) {
        let style = TextStyle::new(ink, 14.0).bold();
        let text = words.fit(style, 0.48 * self.panel.rect.width, self.picture);
        let Point { x, y } = self.pixel(x, y.min(self.panel.y.end));
        let left = x < self.panel.rect.left + 0.5 * self.panel.rect.width;
        let (align, inwards) = if left { (Align::Left, LABEL_OFFSET) } else { (Align::Right, -LABEL_OFFSET) };
        self.picture.label(Point { x: x + inwards, y: y - LABEL_OFFSET }, &text, style.align(align));
    }

    /// Draws a vertical hairline through the whole panel, to mark a place that the reader has chosen.
    pub fn cursor(&self, x: f64) {
        let Point { x, .. } = self.pixel(x, 0.0);
        let ends = [self.panel.rect.top, self.panel.rect.bottom()].map(|y| Point { x, y });
        self.picture.rule(ends[0], ends[1], Ink::Soft, Stroke::solid(1.0));
    }

    /// Draws a dot with a radius of `radius` CSS pixels.
    pub fn dot(&self, x: f64, y: f64, radius: f64, ink: Ink) {
        self.picture.dot(self.pixel(x, y), radius, ink);
    }

    /// Draws the horizontal axis at the height `y`, with ticks at round numbers, and with their values if
    /// `labelled`.
    pub fn x_axis(&self, y: f64, labelled: bool) {
        self.picture.x_axis(self.panel, y, labelled);
    }

    /// Writes the letter of a distribution `across` and `up` CSS pixels from (`x`, `y`), where `y` is at most
    /// the panel's top.
    pub fn letter(&self, letter: &str, x: f64, y: f64, (across, up): (f64, f64), ink: Ink) {
        let Point { x, y } = self.pixel(x, y.min(self.panel.y.end));
        let style = TextStyle::new(ink, 15.0).bold().align(Align::Centre);
        self.picture.text(Point { x: x + across, y: y - up }, letter, style);
    }

    /// Writes the title above the panel. It may extend a little beyond the panel.
    pub fn title(&self, label: &Label, ink: Ink) {
        let style = TextStyle::new(ink, 14.0);
        let text = label.cut(style, self.panel.rect.width + TITLE_OVERHANG, self.picture);
        self.at_left(TITLE_RISE, &text, style);
    }
}
