//! The octant of the unit sphere on which the square roots of three probabilities lie, seen from the
//! direction (1, 1, 1). At each corner one outcome is certain.

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::theme::Ink;

/// The x axis of a panel for the octant, with room for the names of its corners.
pub const X: Range<f64> = -1.0..1.0;
/// The y axis of a panel for the octant.
pub const Y: Range<f64> = -0.74..0.94;
/// The number of line segments in an arc.
const ARC_SEGMENTS: u32 = 32;
/// The offset of a corner's name from the corner, across and up, in CSS pixels.
const NAME_OFFSET: (f64, f64) = (15.0, 2.0);

/// The projection of a point of space along the direction (1, 1, 1), with the third axis upright.
#[must_use]
pub fn place([a, b, c]: [f64; 3]) -> (f64, f64) {
    ((b - a) * 0.5_f64.sqrt(), (2.0 * c - a - b) / 6_f64.sqrt())
}

/// The point of the octant that is projected to `at`. Its coordinates, the square roots of three
/// probabilities, are never negative.
#[must_use]
pub fn roots(at: Point) -> [f64; 3] {
    // A point outside the sphere's outline stands for the nearest one on it.
    let far = at.x.hypot(at.y).max(1.0);
    let (x, y) = (at.x / far * 0.5_f64.sqrt(), at.y / far / 6_f64.sqrt());
    let depth = ((1.0 - 2.0 * x * x - 6.0 * y * y).max(0.0) / 3.0).sqrt();
    [depth - x - y, depth + x - y, depth + 2.0 * y].map(|root| root.max(0.0))
}

/// The projection of the great-circle arc from `a` to `b`.
fn arc(a: [f64; 3], b: [f64; 3]) -> Vec<(f64, f64)> {
    let at = |piece: u32| {
        let part = f64::from(piece) / f64::from(ARC_SEGMENTS);
        let chord = [0, 1, 2].map(|i| (1.0 - part) * a[i] + part * b[i]);
        let length = chord.iter().map(|x| x * x).sum::<f64>().sqrt();
        place(chord.map(|x| x / length))
    };
    (0..=ARC_SEGMENTS).map(at).collect()
}

fn corner(index: usize) -> [f64; 3] {
    [0, 1, 2].map(|axis| f64::from(u8::from(axis == index % 3)))
}

impl Plot<'_> {
    /// Draws the octant, with three arcs from each corner to the opposite edge, and the names of the outcomes
    /// at the corners.
    pub fn octant(&self, names: &[String]) {
        let edges: Vec<_> = [0, 1, 2].iter().flat_map(|&i| arc(corner(i), corner(i + 1))).collect();
        self.area(&edges, 0.0, Ink::TargetFill, 0.5);
        for (index, name) in names.iter().enumerate().take(3) {
            for quarter in [0.25, 0.5, 0.75] {
                let (sin, cos) = (FRAC_PI_2 * quarter).sin_cos();
                let (one, other) = (corner(index + 1), corner(index + 2));
                let end = [0, 1, 2].map(|axis| sin * one[axis] + cos * other[axis]);
                self.line(&arc(corner(index), end), Ink::Hair, Stroke::solid(1.0));
            }
            let (x, y) = place(corner(index));
            let (beside, up) = NAME_OFFSET;
            self.letter(name, x, y, (if x < 0.0 { -beside } else { beside }, up), Ink::Soft);
        }
        self.line(&edges, Ink::Target, Stroke::solid(1.4));
    }

    /// Draws the great-circle arc between two points of the octant.
    pub fn octant_arc(&self, from: [f64; 3], to: [f64; 3], ink: Ink, stroke: Stroke) {
        self.line(&arc(from, to), ink, stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointing_undoes_drawing() {
        for shares in [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.25, 0.75], [1.0 / 3.0; 3]] {
            let (x, y) = place(shares.map(f64::sqrt));
            let out = roots(Point { x, y }).map(|root| root * root);
            let off = shares.iter().zip(out).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(off < 1e-15, "{shares:?} is {out:?}");
        }
    }

    #[test]
    fn beyond_the_edge_there_are_roots_too() {
        assert_eq!(roots(Point { x: 0.0, y: 99.0 })[..2], [0.0, 0.0], "the upper corner");
        for (x, y) in [(-5.0, 0.0), (1.0, -1.0), (0.9, 0.9)] {
            let length: f64 = roots(Point { x, y }).iter().map(|root| root * root).sum();
            assert!(length > 0.3, "{x}, {y}: {length}");
        }
    }
}
