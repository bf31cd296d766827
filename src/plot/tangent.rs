//! The tangent of a curve at a point.

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::theme::Ink;

/// The length of a tangent to each side of its point, in CSS pixels.
const HALF_LENGTH: f64 = 30.0;

impl Plot<'_> {
    /// Draws a tangent of the given slope, in the units of the panel, through the pixel `at`. It ends at the
    /// bottom of the panel.
    pub fn tangent(&self, at: Point, slope: f64, ink: Ink, stroke: Stroke) {
        let panel = self.panel;
        let across = panel.rect.width / (panel.x.end - panel.x.start);
        let down = -slope * panel.rect.height / (panel.y.end - panel.y.start);
        let scale = HALF_LENGTH / across.hypot(down);
        let end = |side: f64| {
            let by = side * scale * down;
            let part = if by > 0.0 { ((panel.rect.bottom() - at.y) / by).min(1.0) } else { 1.0 };
            Point { x: at.x + part * side * scale * across, y: at.y + part * by }
        };
        self.picture.rule(end(-1.0), end(1.0), ink, stroke);
    }
}
