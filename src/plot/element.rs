//! Two things plotters lacks: dashed lines whose dashes survive clipping, and lines clipped at the edge of a
//! panel.

use std::convert::Infallible;

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendColor, BackendCoord, DrawingErrorKind};

use super::simplify::{TOLERANCE, simplified};
use super::surface::{SUBPIXELS, Surface};

/// The stroke of a line. Lengths are in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// The width of the line.
    pub width: f64,
    /// The lengths of dashes and gaps in turn. Empty for a solid line.
    pub dash: &'static [f64],
    /// The opacity, from 0 (invisible) to 1.
    pub opacity: f64,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(width: f64) -> Self {
        Self { width, dash: &[], opacity: 1.0 }
    }

    /// A dashed line: `dash` has the lengths of dashes and gaps in turn.
    #[must_use]
    pub const fn dashed(width: f64, dash: &'static [f64]) -> Self {
        Self { width, dash, opacity: 1.0 }
    }

    /// This stroke with another opacity.
    #[must_use]
    pub const fn fade(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// A line through points, or an area within them.
pub(super) struct Path {
    pub(super) points: Vec<(f64, f64)>,
    pub(super) colour: BackendColor,
    /// The stroke of the line. `None` fills the area instead.
    pub(super) stroke: Option<Stroke>,
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Path {
    type Point = &'a (f64, f64);
    type IntoIter = &'a [(f64, f64)];

    fn point_iter(self) -> Self::IntoIter {
        &self.points
    }
}

impl Drawable<Surface> for Path {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        surface: &mut Surface,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points = simplified(&points.collect::<Vec<_>>(), TOLERANCE);
        match self.stroke {
            None => surface.sink().fill(&points, self.colour),
            Some(Stroke { width, dash, .. }) => {
                let dash: Vec<f64> = dash.iter().map(|length| length * SUBPIXELS).collect();
                surface.sink().stroke(&points, self.colour, width * SUBPIXELS, &dash);
            }
        }
        Ok(())
    }
}

/// The parts of the line through `points` whose heights lie within `low..=high`, cut exactly at those
/// heights.
///
/// A point that is not finite interrupts the line.
pub(super) fn clip(
    points: &mut dyn Iterator<Item = (f64, f64)>,
    low: f64,
    high: f64,
) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut piece: Vec<(f64, f64)> = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for point in points {
        if !(point.0.is_finite() && point.1.is_finite()) {
            pieces.push(std::mem::take(&mut piece));
            before = None;
            continue;
        }
        let inside = |y: f64| (low..=high).contains(&y);
        if let Some(from) = before {
            let mut cuts: Vec<(f64, f64)> = [low, high]
                .into_iter()
                .filter(|&level| (from.1 - level) * (point.1 - level) < 0.0)
                .map(|level| (from.0 + (level - from.1) / (point.1 - from.1) * (point.0 - from.0), level))
                .collect();
            if from.1 > point.1 {
                cuts.reverse();
            }
            for cut in cuts {
                piece.push(cut);
                // A cut starts a piece if the line enters the range here, and ends the piece if the line
                // leaves it.
                if piece.len() > 1 {
                    pieces.push(std::mem::take(&mut piece));
                }
            }
        }
        if inside(point.1) {
            piece.push(point);
        }
        before = Some(point);
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_it_leaves_and_enters() {
        let points =
            [(0.0, -1.0), (1.0, 1.0), (2.0, 3.0), (3.0, 1.0), (4.0, f64::NAN), (5.0, 1.0), (6.0, 1.0)];
        let pieces = clip(&mut points.into_iter(), 0.0, 2.0);
        assert_eq!(
            pieces,
            [
                vec![(0.5, 0.0), (1.0, 1.0), (1.5, 2.0)],
                vec![(2.5, 2.0), (3.0, 1.0)],
                vec![(5.0, 1.0), (6.0, 1.0)]
            ],
            "in at 0.5, out at 1.5, in at 2.5, interrupted"
        );
    }

    #[test]
    fn a_line_that_crosses_the_whole_panel_keeps_its_middle() {
        assert_eq!(
            clip(&mut [(0.0, -1.0), (4.0, 3.0)].into_iter(), 0.0, 2.0),
            [vec![(1.0, 0.0), (3.0, 2.0)]],
            "from edge to edge"
        );
        assert_eq!(
            clip(&mut [(0.0, 3.0), (4.0, -1.0)].into_iter(), 0.0, 2.0),
            [vec![(1.0, 2.0), (3.0, 0.0)]],
            "and downwards"
        );
    }
}
