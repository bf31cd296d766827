//! Labels at the right ends of curves, in the curves' colours, placed so that they do not overlap.

use super::labels::spread;
use super::marks::Plot;
use super::panel::Point;
use super::picture::{Align, Picture, TextStyle};
use super::theme::Ink;

/// The distance of a label below the upper edge of the panel, where its curve leaves there, in CSS pixels.
const LEAVING_DEPTH: f64 = 14.0;
/// The size of labels, in CSS pixels.
const SIZE: f64 = 15.0;
/// A curve that ends farther from the right edge than this does not reach it, in CSS pixels.
const EARLY: f64 = 30.0;
/// The distance of a label from the end of such a curve, in CSS pixels.
const BESIDE: f64 = 12.0;
/// Two curves whose heights differ by less than this share of the panel's height coincide.
const COINCIDENCE: f64 = 1e-6;

/// The labels of the curves of one panel. Curves that coincide share a label.
#[derive(Default)]
pub(super) struct CurveLabels(Vec<CurveLabel>);

/// One label and the position it should take.
struct CurveLabel {
    words: String,
    ink: Ink,
    /// The curve's right end, or the point at which it leaves the panel at the top, in pixels.
    at: Point,
    /// The position of the label's right end if the curve leaves the panel, in pixels.
    beside: Option<Point>,
    /// The curve's heights as shares of the panel's height. Comparing them tells whether two curves coincide.
    heights: Vec<f64>,
}

/// The text style of the label of a curve drawn in `ink`.
pub(super) fn curve_label_style(ink: Ink) -> TextStyle {
    TextStyle::new(ink, SIZE).bold()
}

/// The greatest width of a curve's label in `plot`, in CSS pixels. Labels cover curves, so larger text gets
/// less room.
pub(super) fn curve_label_room(plot: &Plot) -> f64 {
    const LEADING: f64 = 18.75;
    0.43 * plot.panel.rect.width * LEADING / plot.picture.leading(SIZE)
}

impl CurveLabel {
    fn new(plot: &Plot, points: &[(f64, f64)], words: String, ink: Ink) -> Self {
        let panel = plot.panel;
        let middle = 0.5 * (panel.x.start + panel.x.end);
        let right = || points.iter().filter(|(x, y)| *x >= middle && y.is_finite());
        let mut seen: Vec<Point> =
            right().filter(|(_, y)| panel.y.contains(y)).map(|&(x, y)| plot.pixel(x, y)).collect();
        // The point at which the curve crosses the upper edge.
        let crossing = right().zip(right().skip(1)).find(|(a, b)| a.1 < panel.y.end && b.1 >= panel.y.end);
        if let Some((a, b)) = crossing {
            let x = a.0 + (panel.y.end - a.1) / (b.1 - a.1) * (b.0 - a.0);
            seen.push(plot.pixel(x, panel.y.end));
        }
        let at = seen.last().copied().unwrap_or(Point { x: panel.rect.right(), y: panel.rect.top });
        let leaves = at.x < panel.rect.right() - EARLY && at.y < panel.rect.top + 40.0;
        // The label stands left of the rising curve, and clear of it over the height of the letters.
        let clear = seen.iter().rev().find(|point| point.y > panel.rect.top + LEAVING_DEPTH + 10.0);
        let beside = leaves.then(|| Point {
            x: clear.map_or(at.x, |point| point.x) - 8.0,
            y: panel.rect.top + LEAVING_DEPTH,
        });
        let span = panel.y.end - panel.y.start;
        let heights = points.iter().map(|point| point.1 / span).filter(|y| y.is_finite()).collect();
        Self { words, ink, at, beside, heights }
    }

    fn coincides(&self, other: &Self) -> bool {
        self.heights.len() == other.heights.len()
            && self.heights.iter().zip(&other.heights).all(|(a, b)| (a - b).abs() < COINCIDENCE)
    }

    fn style(&self) -> TextStyle {
        curve_label_style(self.ink).align(Align::Right)
    }
}

impl CurveLabels {
    /// Adds a label for the curve through `points`. The curve added last is drawn on top, and a shared label
    /// names it first.
    pub(super) fn add(&mut self, plot: &Plot, points: &[(f64, f64)], words: String, ink: Ink) {
        self.0.push(CurveLabel::new(plot, points, words, ink));
    }

    /// Writes all labels into `plot`.
    pub(super) fn draw(self, plot: &Plot) {
        let (panel, picture) = (plot.panel, plot.picture);
        let labels = shared(self.0);
        let (leaving, staying): (Vec<_>, Vec<_>) =
            labels.into_iter().partition(|label| label.beside.is_some());
        write_leaving(&leaving, plot);
        let mut heights: Vec<f64> = staying.iter().map(|label| label.at.y - 12.0).collect();
        spread(&mut heights, picture.leading(SIZE), panel.rect.top + 8.0, panel.rect.bottom() - 8.0);
        for (label, y) in staying.iter().zip(heights) {
            // The label of a curve that ends earlier, below a logarithmic axis, stands beside its end.
            let style = label.style();
            let wide = picture.text_width(&label.words, style);
            let beside = label.at.x + BESIDE + wide;
            let x = if label.at.x < panel.rect.right() - EARLY { beside } else { panel.rect.right() };
            picture.label(Point { x: x.min(panel.rect.right()), y }, &label.words, style);
        }
    }
}

/// Merges the labels of curves that coincide, and of curves that end at the same place.
fn shared(labels: Vec<CurveLabel>) -> Vec<CurveLabel> {
    let mut shared: Vec<CurveLabel> = Vec::new();
    for label in labels.into_iter().rev() {
        let meets = |other: &CurveLabel| other.beside.is_none() && (other.at.y - label.at.y).abs() < 2.0;
        match shared.iter_mut().find(|other| other.coincides(&label) || meets(other)) {
            Some(other) => {
                let joint = if other.coincides(&label) { " =" } else { "," };
                other.words = format!("{}{joint} {}", other.words, label.words);
            }
            None => shared.push(label),
        }
    }
    shared
}

/// Writes the labels of curves that leave the panel at the top. A label stands to the right of its curve if
/// there is room before the next curve, and otherwise to the left, below any label that it would cover.
fn write_leaving(leaving: &[CurveLabel], plot: &Plot) {
    let Plot { panel, picture } = *plot;
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for label in leaving {
        let style = label.style();
        let wide = picture.text_width(&label.words, style);
        let next = leaving
            .iter()
            .map(|other| other.at.x)
            .filter(|&x| x > label.at.x + 1.0)
            .fold(panel.rect.right(), f64::min);
        if next - label.at.x > wide + 18.0 {
            let at = Point { x: label.at.x + 10.0, y: panel.rect.top + LEAVING_DEPTH };
            picture.label(at, &label.words, style.align(Align::Left));
            taken.push((at.x, at.x + wide, at.y));
        } else {
            let at = clear(label.beside.unwrap_or(label.at), wide, &taken, picture);
            picture.label(at, &label.words, style);
            taken.push((at.x - wide, at.x, at.y));
        }
    }
}

/// `at`, moved down until a label of width `wide` that ends there covers none of the `taken` ones, each of
/// which is given by its left end, right end and height.
fn clear(mut at: Point, wide: f64, taken: &[(f64, f64, f64)], picture: &Picture) -> Point {
    let lies = |&(left, right, y): &(f64, f64, f64), at: Point| {
        left < at.x + 6.0 && at.x - wide - 6.0 < right && (y - at.y).abs() < 1.0
    };
    while taken.iter().any(|other| lies(other, at)) {
        at.y += picture.leading(SIZE);
    }
    at
}
