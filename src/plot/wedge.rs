//! The angle between two points of a sphere in true shape: in the plane through both and the centre, with a
//! quarter of the unit circle.

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::picture::{Align, TextStyle};
use super::theme::Ink;

/// The x axis of a panel for the quarter circle, with room for the names of the two points.
pub const X: Range<f64> = -0.14..1.2;
/// The y axis of a panel for the quarter circle.
pub const Y: Range<f64> = -0.14..1.12;
/// The number of line segments in a quarter circle.
const SEGMENTS: u32 = 48;
/// The distance of the names of the points from the arc, in radii.
const NAME: f64 = 1.09;
/// The names stand apart from the radii by this angle, in radians, so that two at one point can be read.
const APART: f64 = 0.06;
/// The size of an angle, in radians, is written inside it from this one on, and this far above it otherwise.
const ROOM: f64 = 0.42;
const ABOVE: f64 = 0.16;

/// The point at `angle` on the circle of `radius`.
fn at(angle: f64, radius: f64) -> (f64, f64) {
    (radius * angle.cos(), radius * angle.sin())
}

/// The arc from the first point to `angle`.
fn arc(angle: f64) -> Vec<(f64, f64)> {
    (0..=SEGMENTS).map(|i| at(angle * f64::from(i) / f64::from(SEGMENTS), 1.0)).collect()
}

impl Plot<'_> {
    /// Draws the quarter circle with the radius of the first point.
    pub fn quarter(&self) {
        self.line(&[(0.0, 1.0), (0.0, 0.0), (1.0, 0.0)], Ink::Hair, Stroke::solid(1.0));
        self.line(&arc(FRAC_PI_2), Ink::Hair, Stroke::solid(1.0));
        self.line(&[(0.0, 0.0), (1.0, 0.0)], Ink::Target, Stroke::solid(2.0));
    }

    /// Draws the wedge of `angle`, in radians: its area, the radius of the second point, the arc as a solid
    /// line, the chord as a dashed one, and `size`, the angle in words. A dotted line leads from the second
    /// point down to its cosine.
    pub fn wedge(&self, angle: f64, size: &str, ink: Ink) {
        let (x, y) = at(angle, 1.0);
        let outline: Vec<_> = [(0.0, 0.0)].into_iter().chain(arc(angle)).chain([(0.0, 0.0)]).collect();
        self.area(&outline, 0.0, ink, 0.12);
        self.line(&[(x, y), (x, 0.0)], Ink::Soft, Stroke::dashed(1.4, &[2.0, 4.0]));
        self.line(&[(0.0, 0.0), (x, y)], ink, Stroke::solid(2.0));
        self.line(&[(1.0, 0.0), (x, y)], ink, Stroke::dashed(1.8, &[6.0, 4.0]));
        self.line(&arc(angle), ink, Stroke::solid(3.2));
        // The words are left of the dotted line if there is room, and otherwise right of it.
        let radius = if angle.cos() > 0.4 { (0.55 * angle.cos()).max(0.28) } else { 0.6 };
        let (x, y) = at(if angle > ROOM { 0.5 * angle } else { angle + ABOVE }, radius);
        let style = TextStyle::new(ink, 16.0).bold().align(Align::Centre);
        self.picture.text(self.pixel(x, y), size, style);
    }

    /// Draws the point at `angle`, in radians, and writes its name outside the arc, a little further along it if
    /// `further` and a little back otherwise.
    pub fn on_arc(&self, angle: f64, name: &str, further: bool, ink: Ink) {
        let (x, y) = at(angle + if further { APART } else { -APART }, NAME);
        self.letter(name, x, y, (0.0, 0.0), ink);
        self.picture.dot(self.pixel(angle.cos(), angle.sin()), 5.0, ink);
    }

    /// Writes `words` under the first radius, below the middle of its part up to the cosine of `angle`, and
    /// marks that part.
    pub fn cosine(&self, angle: f64, words: &str, ink: Ink) {
        let x = angle.cos();
        self.line(&[(0.0, 0.0), (x, 0.0)], ink, Stroke::solid(4.0));
        let Point { x, y } = self.pixel(0.5 * x, 0.0);
        self.picture.text(
            Point { x, y: y + 15.0 },
            words,
            TextStyle::new(ink, 14.0).bold().align(Align::Centre),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_is_as_long_as_its_angle() {
        for angle in [0.0, 0.57, FRAC_PI_2] {
            let length: f64 =
                arc(angle).windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).sum();
            assert!((length - angle).abs() < 1e-4, "{angle}: {length}");
        }
    }
}
