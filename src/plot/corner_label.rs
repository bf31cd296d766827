//! A label in the corner of a panel that is the least occupied.

use super::marks::Plot;
use super::panel::{Point, Rect};
use super::picture::{Align, TextStyle};

/// The distances of the label's middle from the top and from the bottom of the panel, in CSS pixels.
const INSETS: [f64; 2] = [8.0, 10.0];
/// Half the height of a label, in CSS pixels.
const HALF_HEIGHT: f64 = 9.0;
/// The distance that is kept from a curve, in CSS pixels.
const CURVE_MARGIN: f64 = 3.0;
/// The distance that is kept from the marked point, which may have a tangent to both sides, in CSS pixels.
const POINT_MARGIN: f64 = 24.0;
/// The number of points of the curve that are as bad to cover as the marked point.
const POINT_COST: usize = 20;

impl Plot<'_> {
    /// Writes `text` into the corner where it covers the fewest of the points of `curve` and keeps clear of
    /// the pixel `marked`.
    pub fn corner_label(&self, text: &str, style: TextStyle, curve: &[(f64, f64)], marked: Point) {
        let width = self.picture.text_width(text, style);
        let Rect { left, top, .. } = self.panel.rect;
        let (right, bottom) = (self.panel.rect.right(), self.panel.rect.bottom());
        let (high, low) = (top + INSETS[0], bottom - INSETS[1]);
        let corners = [(right, low), (left, low), (left, high), (right, high)];
        let cost = |&(x, y): &(f64, f64)| {
            let start = if x == left { left } else { right - width };
            let near = |at: Point, margin: f64| {
                at.x > start - margin
                    && at.x < start + width + margin
                    && (at.y - y).abs() < HALF_HEIGHT + margin
            };
            let seen = curve.iter().filter(|point| point.1 <= self.panel.y.end);
            let covered = seen.map(|&(x, y)| self.pixel(x, y)).filter(|at| near(*at, CURVE_MARGIN)).count();
            covered + if near(marked, POINT_MARGIN) { POINT_COST } else { 0 }
        };
        let (x, y) = corners.into_iter().min_by_key(cost).unwrap_or(corners[0]);
        let align = if x == left { Align::Left } else { Align::Right };
        self.picture.text(Point { x, y }, text, style.align(align));
    }
}
