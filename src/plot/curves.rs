//! Curves over one axis, each with its label at its right end and a dot at the current position.

use super::band::{BAND, above_band, below_band};
use super::curve_labels::{CurveLabels, curve_label_room, curve_label_style};
use super::element::Stroke;
use super::label::Label;
use super::marks::Plot;
use super::number;
use super::panel::{Panel, Point, Rect};
use super::picture::TextStyle;
use super::theme::Ink;
use super::ticks::ticks;

/// The greatest number of powers of ten labelled on a logarithmic axis.
const DECADES: usize = 5;
/// The radius of the dot at the current position, in CSS pixels.
const DOT_RADIUS: f64 = 5.0;

/// A curve with its label.
#[derive(Clone, Debug)]
pub struct NamedCurve {
    /// The name of the part of the figure that it belongs to. Veiling the name hides the curve.
    pub part: &'static str,
    /// The label at its right end, if it has one.
    pub label: Option<Label>,
    /// Its colour.
    pub ink: Ink,
    /// Its line.
    pub stroke: Stroke,
    /// Its points. One that is not finite interrupts it.
    pub points: Vec<(f64, f64)>,
    /// Its height at the current position.
    pub now: f64,
}

impl NamedCurve {
    fn is_finite(&self) -> bool {
        self.points.iter().any(|(_, y)| y.is_finite())
    }

    /// Whether its right end is at −∞, the logarithm of 0.
    fn ends_in_zero(&self) -> bool {
        self.points.iter().rev().find(|(_, y)| !y.is_nan()).is_some_and(|(_, y)| *y == f64::NEG_INFINITY)
    }

    /// The intervals of x on which it is −∞. A single point is not visible and is left out.
    fn zeros(&self) -> impl Iterator<Item = [f64; 2]> {
        let stretches = self.points.chunk_by(|a, b| a.1 == b.1);
        stretches.filter_map(|stretch| match stretch {
            [(from, f64::NEG_INFINITY), .., (to, _)] => Some([*from, *to]),
            _ => None,
        })
    }
}

/// The curves of a panel, and the bands at the ends of its vertical axis.
pub struct Curves<'a> {
    plot: &'a Plot<'a>,
    /// The panel without the bands. Curves are drawn in it.
    room: Panel,
    /// The y coordinate of the middle of the band for 0, in pixels, if there is that band.
    zero: Option<f64>,
    /// Whether the vertical axis is logarithmic.
    logarithmic: bool,
    curves: Vec<NamedCurve>,
}

impl<'a> Curves<'a> {
    /// A panel without bands and curves.
    #[must_use]
    pub fn new(plot: &'a Plot<'a>) -> Self {
        Self { plot, room: plot.panel.clone(), zero: None, logarithmic: false, curves: Vec::new() }
    }

    fn room(&self) -> Plot<'_> {
        Plot { panel: &self.room, ..*self.plot }
    }

    /// Draws the band for ∞ with `words` in it. It belongs to the part `part`, and is interrupted at x = `but`,
    /// where the value is finite.
    pub fn infinite_band(&mut self, part: &str, words: &str, but: Option<f64>) {
        self.plot.part(part, || self.plot.infinite_band(words, but));
        self.room = below_band(&self.room);
    }

    /// Draws the band for exactly 0 with `words` in it, below a logarithmic axis. A curve runs through it where
    /// it is −∞.
    pub fn zero_band(&mut self, words: &str) {
        self.zero = Some(self.plot.zero_band(words));
        self.room = above_band(&self.room);
    }

    /// Draws the powers of ten of a logarithmic axis.
    pub fn decades(&mut self) {
        self.logarithmic = true;
        let room = self.room();
        for exponent in ticks(&self.room.y, DECADES) {
            room.level(exponent, Ink::Hair, Stroke::solid(1.0).fade(0.6));
            let at = room.pixel(self.room.x.start, exponent);
            let style = TextStyle::new(Ink::Soft, 12.5);
            room.picture.label(Point { y: at.y + 9.0, ..at }, &number::power_of_ten(exponent), style);
        }
    }

    /// Draws the lines of `curves`, with an arrow where one leaves a logarithmic axis. The last one is on top.
    pub fn draw(&mut self, curves: Vec<NamedCurve>) {
        let room = self.room();
        for curve in &curves {
            room.part(curve.part, || {
                room.line(&curve.points, curve.ink, curve.stroke);
                if self.logarithmic {
                    room.leaving(&curve.points, curve.ink);
                }
                for ends in self.zero.iter().flat_map(|_| curve.zeros()) {
                    let [from, to] =
                        ends.map(|x| Point { y: self.zero.unwrap_or_default(), ..room.pixel(x, 0.0) });
                    room.picture.rule(from, to, curve.ink, curve.stroke);
                }
            });
        }
        self.curves = curves;
    }

    /// Draws what lies on top of the lines: a hairline at the current position `x`, the labels and the dots.
    pub fn draw_position(&self, x: f64) {
        let (plot, room) = (self.plot, self.room());
        plot.cursor(x);
        let shown = || self.curves.iter().filter(|curve| plot.picture.shows(curve.part));
        let labelled = shown().filter(|curve| curve.is_finite() && !curve.ends_in_zero());
        let words: Vec<_> = labelled
            .filter_map(|curve| {
                let (style, label) = (curve_label_style(curve.ink), curve.label.as_ref()?);
                Some((curve, label.fit(style, curve_label_room(&room), room.picture)))
            })
            .collect();
        let wide = |(curve, words): &(&NamedCurve, String)| {
            room.picture.text_width(words, curve_label_style(curve.ink))
        };
        // Elsewhere labels are long, and curves leave at the top, where there are few dots.
        let clear = if self.logarithmic {
            clear_of(&self.room, x, words.iter().map(wide).fold(0.0, f64::max))
        } else {
            self.room.clone()
        };
        let room = Plot { panel: &clear, ..*plot };
        let mut labels = CurveLabels::default();
        for (curve, words) in words {
            labels.add(&room, &until(&curve.points, clear.x.end), words, curve.ink);
        }
        labels.draw(&room);
        let room = self.room();
        for curve in shown() {
            let at = match curve.now {
                f64::INFINITY => Point { y: plot.panel.rect.top + 0.5 * BAND, ..plot.pixel(x, 0.0) },
                now if plot.panel.y.contains(&now) => room.pixel(x, now),
                _ => continue,
            };
            plot.part(curve.part, || plot.picture.dot(at, DOT_RADIUS, curve.ink));
        }
    }
}

/// The line through `points` as far as x = `end`.
fn until(points: &[(f64, f64)], end: f64) -> Vec<(f64, f64)> {
    let mut line = Vec::with_capacity(points.len());
    for &(x, y) in points {
        if x > end {
            if let Some(&(from, start)) = line.last() {
                line.push((end, start + (end - from) / (x - from) * (y - start)));
            }
            break;
        }
        line.push((x, y));
    }
    line
}

/// `room`, cut off left of the dots at `x` if labels of the width `wide` at its right end would cover them.
fn clear_of(room: &Panel, x: f64, wide: f64) -> Panel {
    const SPACE: f64 = DOT_RADIUS + 5.0;
    let (at, right) = (room.pixel(Point { x, y: 0.0 }).x, room.rect.right());
    if at + SPACE < right - wide || at - SPACE < room.rect.left + wide {
        return room.clone();
    }
    let end = right.min(at - SPACE);
    let rect = Rect { width: end - room.rect.left, ..room.rect };
    Panel { rect, x: room.x.start..room.value(Point { x: end, y: 0.0 }).x, y: room.y.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_end_left_of_the_dots_that_they_would_cover() {
        let rect = Rect { left: 10.0, top: 0.0, width: 300.0, height: 100.0 };
        let room = Panel { rect, x: -5.0..5.0, y: 0.0..1.0 };
        let dots = |x: f64| room.pixel(Point { x, y: 0.0 }).x;
        for x in [-5.0, -4.0, 0.0, 2.0] {
            assert_eq!(clear_of(&room, x, 60.0), room, "nothing is covered at {x}");
        }
        for x in [3.5, 4.0, 5.0] {
            let clear = clear_of(&room, x, 60.0);
            assert!(clear.rect.right() < dots(x) - DOT_RADIUS, "the dots at {x} are free");
            let end = clear.pixel(Point { x: clear.x.end, y: 0.0 }).x;
            assert!((end - clear.rect.right()).abs() < 1e-9, "places stay where they are");
        }
        assert_eq!(clear_of(&room, -3.9, 290.0), room, "there is no room on the left");
    }

    #[test]
    fn a_line_ends_between_its_points() {
        let line = [(f64::NAN, f64::NAN), (0.0, 0.0), (2.0, 4.0), (3.0, 4.0)];
        assert_eq!(until(&line, 1.0)[1..], [(0.0, 0.0), (1.0, 2.0)], "half way up");
        assert_eq!(until(&line, 9.0)[1..], line[1..], "all of it");
    }
}
