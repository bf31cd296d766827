//! The bracket over an event on the line.

use divergences::order::clamp;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::theme::Ink;

/// The length of the arrow of an open side, in CSS pixels.
const ARROW: f64 = 18.0;

impl Plot<'_> {
    /// Draws the bracket from `from` to `to`, with its top at the height `top`, and returns the middle of its
    /// visible part. A side beyond the panel is open: an arrow says that the event goes on.
    pub fn bracket(&self, from: f64, to: f64, top: f64, ink: Ink, stroke: Stroke) -> f64 {
        let (start, end) = (self.panel.x.start, self.panel.x.end);
        let [left, right] = [from, to].map(|x| clamp(x, start, end));
        let mut points = vec![(left, top), (right, top)];
        if from >= start {
            points.insert(0, (left, 0.0));
        } else {
            self.arrow_along(left, top, -ARROW, ink, stroke);
        }
        if to <= end {
            points.push((right, 0.0));
        } else {
            self.arrow_along(right, top, ARROW, ink, stroke);
        }
        self.line(&points, ink, stroke);
        0.5 * (left + right)
    }

    /// Draws a horizontal arrow of `length` CSS pixels, to the left if negative, whose tip is at (`x`, `y`).
    fn arrow_along(&self, x: f64, y: f64, length: f64, ink: Ink, stroke: Stroke) {
        let tip = self.pixel(x, y);
        self.picture.arrow(Point { x: tip.x - length, ..tip }, tip, ink, stroke);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::super::{Look, Panel, Picture, Rect, Surface, SvgSink, Theme};
    use super::*;

    fn drawn(from: f64, to: f64) -> (f64, String) {
        let body = Rc::new(RefCell::new(String::new()));
        let surface = Surface::new(Box::new(SvgSink::new(Rc::clone(&body), false)), 320.0, 160.0);
        let picture = Picture::new(surface, 320.0, 160.0, Look::from(Theme::Light));
        let rect = Rect { left: 10.0, top: 20.0, width: 300.0, height: 100.0 };
        let panel = Panel { rect, x: -1.0..1.0, y: 0.0..1.0 };
        let plot = Plot { panel: &panel, picture: &picture };
        let middle = plot.bracket(from, to, 0.9, Ink::Text, Stroke::solid(1.8));
        (middle, body.take())
    }

    #[test]
    fn a_side_beyond_the_panel_is_open() {
        let shapes = |svg: &str| svg.matches("<p").count() + svg.matches("<l").count();
        let [(_, closed), (_, half), (_, open)] =
            [drawn(-0.5, 0.5), drawn(f64::NEG_INFINITY, 0.5), drawn(f64::NEG_INFINITY, f64::INFINITY)];
        assert!(shapes(&closed) < shapes(&half), "an arrow on one side: {half}");
        assert!(shapes(&half) < shapes(&open), "an arrow on either side: {open}");
    }

    #[test]
    fn its_letter_stands_where_it_is_seen() {
        assert_eq!(drawn(-0.5, 0.75).0, 0.125, "in the middle");
        assert_eq!(drawn(f64::NEG_INFINITY, 0.0).0, -0.5, "in the middle of what is seen");
    }
}
