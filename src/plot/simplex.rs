//! The triangle (2-simplex) of all distributions on three outcomes. At each corner one outcome is certain.

use std::ops::Range;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::picture::{Align, TextStyle};
use super::theme::Ink;
use divergences::order::clamp;

/// The height of an equilateral triangle of side 1.
const HEIGHT: f64 = 0.866_025_403_784_438_6;

/// The corners in the panel's units: the first outcome is at the left, the second at the right, the third at
/// the top.
const CORNERS: [Point; 3] = [Point { x: 0.0, y: 0.0 }, Point { x: 1.0, y: 0.0 }, Point { x: 0.5, y: HEIGHT }];

/// The x axis of a panel for the triangle. One unit must be as long horizontally as vertically.
pub const X: Range<f64> = 0.0..1.0;
/// The y axis of a panel for the triangle.
pub const Y: Range<f64> = 0.0..HEIGHT;

/// The distance of a corner's name from the corner, in CSS pixels.
const NAME_OFFSET: f64 = 15.0;

/// The position of the distribution with these `shares`, in the panel's units.
#[must_use]
pub fn place(shares: [f64; 3]) -> Point {
    let [_, second, third] = shares;
    Point { x: second + 0.5 * third, y: HEIGHT * third }
}

/// The shares of the distribution at `at`, or at the nearest point of the triangle. On an edge one share is
/// exactly 0.
#[must_use]
pub fn shares(at: Point) -> [f64; 3] {
    let third = at.y / HEIGHT;
    let second = at.x - 0.5 * third;
    let inside = [1.0 - second - third, second, third];
    if inside.iter().all(|&share| share >= 0.0) {
        return inside;
    }
    let mut nearest = (f64::INFINITY, [1.0, 0.0, 0.0]);
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        let (a, b) = (CORNERS[from], CORNERS[to]);
        // The projection onto a side needs no division, because the sides have length 1.
        let along = clamp((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y), 0.0, 1.0);
        let mut edge = [0.0; 3];
        (edge[from], edge[to]) = (1.0 - along, along);
        let there = place(edge);
        let distance = (there.x - at.x).hypot(there.y - at.y);
        if distance < nearest.0 {
            nearest = (distance, edge);
        }
    }
    nearest.1
}

impl Plot<'_> {
    /// Draws the triangle, with the names of the outcomes above and below its corners.
    pub fn simplex(&self, names: &[String; 3]) {
        let [first, second, third] = CORNERS.map(|corner| (corner.x, corner.y));
        self.line(&[first, second, third, first], Ink::Hair, Stroke::solid(1.0));
        let style = TextStyle::new(Ink::Soft, 14.5).align(Align::Centre);
        for (name, corner) in names.iter().zip(CORNERS) {
            let at = self.panel.pixel(corner);
            let y = at.y + if corner.y > 0.0 { -NAME_OFFSET } else { NAME_OFFSET };
            self.picture.text(Point { x: at.x, y }, name, style);
        }
    }

    /// Draws the line through several distributions.
    pub fn simplex_line(&self, through: &[[f64; 3]], ink: Ink, stroke: Stroke) {
        let points: Vec<_> = through.iter().map(|&shares| place(shares)).map(|at| (at.x, at.y)).collect();
        self.line(&points, ink, stroke);
    }

    /// Draws a distribution as a dot of `radius` CSS pixels.
    pub fn simplex_dot(&self, shares: [f64; 3], radius: f64, ink: Ink) {
        let Point { x, y } = place(shares);
        self.dot(x, y, radius, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointing_undoes_drawing() {
        for shares_in in [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.25, 0.75], [1.0 / 3.0; 3]] {
            let out = shares(place(shares_in));
            let off = shares_in.iter().zip(out).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(off < 1e-15, "{shares_in:?} is {out:?}");
        }
    }

    #[test]
    fn what_is_outside_goes_to_the_nearest_there_is() {
        assert_eq!(shares(Point { x: 0.25, y: -3.0 }), [0.75, 0.25, 0.0], "down to the lower edge");
        assert_eq!(shares(Point { x: -5.0, y: -1.0 }), [1.0, 0.0, 0.0], "a corner");
        assert_eq!(shares(Point { x: 0.5, y: 9.0 }), [0.0, 0.0, 1.0], "the top");
        let [first, second, third] = shares(Point { x: 0.75 + HEIGHT, y: 0.5 * HEIGHT + 0.5 });
        assert!(
            first == 0.0 && (second - 0.5).abs() < 1e-15 && (third - 0.5).abs() < 1e-15,
            "at right angles"
        );
        for odd in [f64::NAN, f64::INFINITY, f64::MAX, -f64::MAX] {
            let sum: f64 = shares(Point { x: odd, y: odd }).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{odd}: {sum}");
        }
    }
}
