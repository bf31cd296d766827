//! A rectangle of the drawing with its own axes.

use std::ops::Range;

/// A position, in CSS pixels or in the units of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The horizontal coordinate, to the right.
    pub x: f64,
    /// The vertical coordinate: downwards in pixels, upwards in the units of a panel.
    pub y: f64,
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// A rectangle with a horizontal and a vertical axis. The pointer uses the same one as the drawing, so that
/// they agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The rectangle in the drawing.
    pub rect: Rect,
    /// The values at the left and right edge.
    pub x: Range<f64>,
    /// The values at the lower and upper edge.
    pub y: Range<f64>,
}

impl Panel {
    /// The position in pixels of `at`, which is in the panel's units.
    #[must_use]
    pub fn pixel(&self, at: Point) -> Point {
        Point {
            x: self.rect.left + (at.x - self.x.start) / (self.x.end - self.x.start) * self.rect.width,
            y: self.rect.bottom() - (at.y - self.y.start) / (self.y.end - self.y.start) * self.rect.height,
        }
    }

    /// The position in the panel's units of `pixel`; the inverse of [`Self::pixel`].
    #[must_use]
    pub fn value(&self, pixel: Point) -> Point {
        Point {
            x: self.x.start + (pixel.x - self.rect.left) / self.rect.width * (self.x.end - self.x.start),
            y: self.y.start + (self.rect.bottom() - pixel.y) / self.rect.height * (self.y.end - self.y.start),
        }
    }

    /// `count` evenly spaced values of x, from edge to edge.
    pub fn sample(&self, count: usize) -> impl Iterator<Item = f64> + use<> {
        let Range { start, end } = self.x;
        let last = count.saturating_sub(1).max(1) as f64;
        (0..count).map(move |i| start + (end - start) * (i as f64 / last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointing_undoes_drawing() {
        let panel = Panel {
            rect: Rect { left: 10.0, top: 20.0, width: 300.0, height: 100.0 },
            x: -3.0..5.0,
            y: 0.0..0.4,
        };
        assert_eq!(panel.pixel(Point { x: -3.0, y: 0.0 }), Point { x: 10.0, y: 120.0 }, "lower left corner");
        let back = panel.value(panel.pixel(Point { x: 1.5, y: 0.3 }));
        assert!((back.x - 1.5).abs() < 1e-12 && (back.y - 0.3).abs() < 1e-12, "{back:?}");
    }
}
