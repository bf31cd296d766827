//! A panel to draw in: the marks that figures are made of.

use super::element::Stroke;
use super::label::Label;
use super::panel::{Panel, Point};
use super::picture::{Align, Picture, TextStyle};
use super::theme::Ink;

/// A panel of a drawing in progress. Positions are in the panel's units unless they are called pixels.
#[derive(Clone, Copy)]
pub struct Plot<'a> {
    /// Where it is, and what its edges stand for.
    pub panel: &'a Panel,
    /// The drawing.
    pub picture: &'a Picture,
}

/// How far from a level line the middle of its words is, in CSS pixels.
const BESIDE: f64 = 11.0;
/// How far above a panel its title stands, in CSS pixels.
const TITLE: f64 = 14.0;
/// How far it may reach beyond the panel.
const TITLE_BEYOND: f64 = 8.0;

impl Plot<'_> {
    /// The pixel of a place.
    #[must_use]
    pub fn pixel(&self, x: f64, y: f64) -> Point {
        self.panel.pixel(Point { x, y })
    }

    /// Draws what belongs to `name`; nothing if that is hidden.
    pub fn part(&self, name: &str, draw: impl FnOnce()) {
        self.picture.part(name, draw);
    }

    /// Draws the line through `points`; what lies above or below the panel is left out, and a point that is not finite
    /// interrupts it.
    pub fn line(&self, points: &[(f64, f64)], ink: Ink, stroke: Stroke) {
        self.picture.line(self.panel, points.iter().copied(), ink, stroke);
    }

    /// Fills the area between the line through `points` and the height `base`, cut off at the panel's edges.
    pub fn area(&self, points: &[(f64, f64)], base: f64, ink: Ink, opacity: f64) {
        self.picture.area(self.panel, points.iter().copied(), base, ink, opacity);
    }

    /// The graph of `f` at `count` places, from edge to edge.
    #[must_use]
    pub fn graph(&self, count: usize, f: &dyn Fn(f64) -> f64) -> Vec<(f64, f64)> {
        self.panel.sample(count).map(|x| (x, f(x))).collect()
    }

    /// Fills what lies between the line through `points` and 0, warm where it adds and cool where it takes away, and
    /// draws the line.
    pub fn signed_area(&self, points: &[(f64, f64)]) {
        for (ink, part) in [(Ink::Positive, f64::max as fn(f64, f64) -> f64), (Ink::Negative, f64::min)] {
            self.picture.area(self.panel, points.iter().map(|&(x, y)| (x, part(y, 0.0))), 0.0, ink, 1.0);
        }
        self.line(points, Ink::Soft, Stroke::solid(1.0));
    }

    /// Draws a level line from edge to edge: where something can end, a bound.
    pub fn level(&self, y: f64, ink: Ink, stroke: Stroke) {
        self.line(&[(self.panel.x.start, y), (self.panel.x.end, y)], ink, stroke);
    }

    /// The same with words at its right end, above the line or, if so, `below` it.
    pub fn named_level(&self, y: f64, words: &Label, below: bool, ink: Ink, stroke: Stroke) {
        self.level(y, ink, stroke);
        let Point { x, y } = self.pixel(self.panel.x.end, y);
        let at = Point { x, y: y + if below { BESIDE } else { -BESIDE } };
        let style = TextStyle::new(ink, 14.0).bold().align(Align::Right);
        self.picture.label(at, &words.fit(style, 0.6 * self.panel.rect.width, self.picture), style);
    }

    /// Writes words above the end of a curve at (`x`, `y`), inwards from the edge of the panel that is nearer; no higher than its top.
    pub fn end_label(&self, x: f64, y: f64, words: &Label, ink: Ink) {
        let style = TextStyle::new(ink, 14.0).bold();
        let text = words.fit(style, 0.48 * self.panel.rect.width, self.picture);
        let Point { x, y } = self.pixel(x, y.min(self.panel.y.end));
        let left = x < self.panel.rect.left + 0.5 * self.panel.rect.width;
        let (align, inwards) = if left { (Align::Left, BESIDE) } else { (Align::Right, -BESIDE) };
        self.picture.label(Point { x: x + inwards, y: y - BESIDE }, &text, style.align(align));
    }

    /// Draws an upright hairline through the whole panel: where the reader is.
    pub fn cursor(&self, x: f64) {
        let Point { x, .. } = self.pixel(x, 0.0);
        let ends = [self.panel.rect.top, self.panel.rect.bottom()].map(|y| Point { x, y });
        self.picture.rule(ends[0], ends[1], Ink::Soft, Stroke::solid(1.0));
    }

    /// Draws a dot of `radius` pixels.
    pub fn dot(&self, x: f64, y: f64, radius: f64, ink: Ink) {
        self.picture.dot(self.pixel(x, y), radius, ink);
    }

    /// Draws the horizontal axis at the height `y`, with ticks at round numbers and, if `labelled`, their values.
    pub fn x_axis(&self, y: f64, labelled: bool) {
        self.picture.x_axis(self.panel, y, labelled);
    }

    /// Writes the letter of a distribution, `across` and `up` pixels from a place; no higher than above the panel.
    pub fn letter(&self, letter: &str, x: f64, y: f64, (across, up): (f64, f64), ink: Ink) {
        let Point { x, y } = self.pixel(x, y.min(self.panel.y.end));
        let style = TextStyle::new(ink, 15.0).bold().align(Align::Centre);
        self.picture.text(Point { x: x + across, y: y - up }, letter, style);
    }

    /// Writes the title of the panel over it; it may reach a little beyond the panel.
    pub fn title(&self, label: &Label, ink: Ink) {
        let style = TextStyle::new(ink, 14.0);
        let text = label.cut(style, self.panel.rect.width + TITLE_BEYOND, self.picture);
        self.at_left(TITLE, &text, style);
    }
}
