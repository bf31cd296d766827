//! Bands at the ends of a y axis, for values that have no height: ∞ at the top, and exactly 0 at the bottom
//! of a logarithmic axis.

use super::label::Label;
use super::marks::Plot;
use super::panel::{Panel, Point, Rect};
use super::picture::{Align, TextStyle};
use super::theme::Ink;

/// The height of a band, in CSS pixels.
pub(super) const BAND: f64 = 20.0;
/// The width of the gap in a band at a place where its statement does not hold, in CSS pixels.
const GAP: f64 = 4.0;

/// `panel` without the band at its top. Curves are drawn in what remains.
#[must_use]
pub fn below_band(panel: &Panel) -> Panel {
    let rect = Rect { top: panel.rect.top + BAND, height: panel.rect.height - BAND, ..panel.rect };
    let share = BAND / panel.rect.height;
    Panel { rect, y: panel.y.start..panel.y.end - share * (panel.y.end - panel.y.start), ..panel.clone() }
}

/// `panel` without the band at its bottom.
pub(super) fn above_band(panel: &Panel) -> Panel {
    let mut panel = panel.clone();
    panel.rect.height -= BAND;
    panel
}

impl Plot<'_> {
    /// Draws the band for ∞ with `words` in it. It is interrupted at x = `but`, where the value is finite.
    pub fn infinite_band(&self, words: &str, but: Option<f64>) {
        let Rect { left, top, .. } = self.panel.rect;
        let right = self.panel.rect.right();
        let pieces = match but {
            Some(x) => {
                let Point { x, .. } = self.pixel(x, 0.0);
                vec![(left, x - 0.5 * GAP), (x + 0.5 * GAP, right)]
            }
            None => vec![(left, right)],
        };
        for (left, right) in pieces {
            let rect = Rect { left, top, width: right - left, height: BAND };
            self.picture.rectangle(rect, Ink::Infinite, 1.0);
        }
        let at = Point { x: left + 8.0, y: top + BAND / 2.0 };
        self.picture.text(at, words, TextStyle::new(Ink::ReverseKl, 13.0).bold());
    }

    /// Marks the end of a curve at (`x`, `y`) with a dot and `words`: above the dot, or beside it in the band
    /// if `y` is infinite.
    pub fn end_of_curve(&self, x: f64, y: f64, words: &Label, ink: Ink) {
        if y.is_finite() {
            self.dot(x, y.min(self.panel.y.end), 5.0, ink);
            return self.end_label(x, y, words, ink);
        }
        let at = Point { y: self.panel.rect.top + 0.5 * BAND, ..self.pixel(x, 0.0) };
        self.picture.dot(at, 5.0, ink);
        let left = at.x < self.panel.rect.left + 0.5 * self.panel.rect.width;
        let (align, inwards) = if left { (Align::Left, 11.0) } else { (Align::Right, -11.0) };
        let style = TextStyle::new(ink, 14.0).bold().align(align);
        let text = words.fit(style, 0.48 * self.panel.rect.width, self.picture);
        self.picture.text(Point { x: at.x + inwards, ..at }, &text, style);
    }

    /// Draws the band for exactly 0 with `words` in it. Returns the y coordinate of its middle, in pixels.
    pub(super) fn zero_band(&self, words: &str) -> f64 {
        let rect = Rect { top: self.panel.rect.bottom() - BAND, height: BAND, ..self.panel.rect };
        self.picture.rectangle(rect, Ink::Negative, 0.5);
        let middle = rect.top + BAND / 2.0;
        let at = Point { x: rect.left + 8.0, y: middle };
        self.picture.text(at, words, TextStyle::new(Ink::Soft, 13.0).bold());
        middle
    }
}
