//! Grouped bars over outcomes.

use std::ops::Range;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::{Panel, Point};
use super::picture::{Align, TextStyle};
use super::theme::Ink;

/// The layout of grouped bars: over each outcome stands a group of one to three bars, one for each series.
/// Outcome i spans the x axis from i to i + 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bars {
    outcomes: usize,
    series: usize,
}

/// What the bars of a series mean, which decides how they look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BarLook {
    /// The target p: filled, in grey.
    Target,
    /// A model: an outline of this colour and stroke, lightly filled.
    Model(Ink, Stroke),
    /// The contribution of each outcome to a sum: warm above 0, cool below.
    Signed,
}

/// The share of an outcome's width that its group takes. The rest separates groups.
const GROUP_SHARE: f64 = 0.72;
/// The share of a bar's width that separates it from its neighbour in the group.
const GAP_SHARE: f64 = 0.12;
/// The thickness of the tick that stands for a bar of height 0, in CSS pixels.
const ZERO_TICK: f64 = 3.0;
/// The distance of an infinite bar's sign from the edge of the panel, in CSS pixels.
const SIGN_INSET: f64 = 10.0;
/// The offset of a series' letter from the top of its first bar, across and up, in CSS pixels. It clears a
/// handle there.
const LETTER_OFFSET: (f64, f64) = (0.0, 20.0);
/// The size of the outcomes' names and their distance below the panel, in CSS pixels.
const NAME: (f64, f64) = (14.5, 15.0);

impl Bars {
    /// Groups of `series` bars over each of `outcomes` outcomes.
    #[must_use]
    pub fn new(outcomes: usize, series: usize) -> Self {
        Self { outcomes, series: series.max(1) }
    }

    /// The x axis of a panel for these bars.
    #[must_use]
    pub fn axis(&self) -> Range<f64> {
        0.0..self.outcomes.max(1) as f64
    }

    fn width(&self) -> f64 {
        GROUP_SHARE / self.series as f64
    }

    /// The x of the middle of one bar: of outcome `index` in series `series`.
    #[must_use]
    pub fn centre(&self, index: usize, series: usize) -> f64 {
        let middle = (self.series as f64 - 1.0) / 2.0;
        index as f64 + 0.5 + (series as f64 - middle) * self.width()
    }

    /// The left and right side of one bar, in the units of `panel`. Each falls on the middle of a pixel,
    /// which makes it sharp.
    fn sides(&self, panel: &Panel, index: usize, series: usize) -> [f64; 2] {
        let half = 0.5 * self.width() * if self.series > 1 { 1.0 - GAP_SHARE } else { 1.0 };
        let centre = self.centre(index, series);
        [centre - half, centre + half].map(|x| {
            let pixel = panel.pixel(Point { x, y: 0.0 });
            panel.value(Point { x: pixel.x.floor() + 0.5, y: pixel.y }).x
        })
    }

    /// The index of the outcome at `x`, or `None` beside all of them.
    #[must_use]
    pub fn outcome_at(&self, x: f64) -> Option<usize> {
        (self.axis().contains(&x)).then_some(x as usize)
    }
}

impl Plot<'_> {
    /// Draws one series of `bars` upwards from 0. A height of exactly 0 is drawn as a tick, ±∞ as a band over
    /// the whole height of the panel with its sign, and NaN not at all.
    pub fn bars(&self, bars: Bars, series: usize, heights: &[f64], look: BarLook) {
        for (index, &height) in heights.iter().enumerate().take(bars.outcomes) {
            let [left, right] = bars.sides(self.panel, index, series);
            let (fill, outline) = match look {
                BarLook::Target => ((Ink::TargetFill, 1.0), Some((Ink::Target, Stroke::solid(2.0)))),
                BarLook::Model(ink, stroke) => ((ink, 0.1), Some((ink, stroke))),
                BarLook::Signed if height < 0.0 => ((Ink::Negative, 1.0), None),
                BarLook::Signed => ((Ink::Positive, 1.0), None),
            };
            if height.is_infinite() {
                self.infinite_bar([left, right], height);
            } else if height == 0.0 {
                let ink = outline.map_or(Ink::Hair, |(ink, _)| ink);
                self.line(&[(left, 0.0), (right, 0.0)], ink, Stroke::solid(ZERO_TICK));
            } else if height.is_finite() {
                self.area(&[(left, height), (right, height)], 0.0, fill.0, fill.1);
                if let Some((ink, stroke)) = outline {
                    self.line(&[(left, 0.0), (left, height), (right, height), (right, 0.0)], ink, stroke);
                }
            }
        }
    }

    /// Draws the bars of p and q side by side. Each is given by its letter and its heights; q is drawn in
    /// `ink`.
    pub fn bars_of_pair(&self, [(p, p_heights), (q, q_heights)]: [(&str, &[f64]); 2], ink: Ink) {
        let bars = Bars::new(p_heights.len(), 2);
        self.base();
        self.bars(bars, 0, p_heights, BarLook::Target);
        self.bars(bars, 1, q_heights, BarLook::Model(ink, Stroke::solid(2.4)));
        let first = |heights: &[f64]| heights.first().copied().unwrap_or_default();
        self.letter(p, bars.centre(0, 0), first(p_heights), LETTER_OFFSET, Ink::Soft);
        self.letter(q, bars.centre(0, 1), first(q_heights), LETTER_OFFSET, ink);
    }

    fn infinite_bar(&self, [left, right]: [f64; 2], height: f64) {
        let end = if height > 0.0 { self.panel.y.end } else { self.panel.y.start };
        self.area(&[(left, end), (right, end)], 0.0, Ink::Infinite, 1.0);
        let at = self.pixel(0.5 * (left + right), end);
        let (sign, inwards) = if height > 0.0 { ("∞", SIGN_INSET) } else { ("−∞", -SIGN_INSET) };
        let style = TextStyle::new(Ink::ReverseKl, 15.0).bold().align(Align::Centre);
        self.picture.text(Point { x: at.x, y: at.y + inwards }, sign, style);
    }

    /// Draws the line at height 0.
    pub fn base(&self) {
        self.level(0.0, Ink::Hair, Stroke::solid(1.0));
    }

    /// Writes the names of the outcomes below the panel, each centred under its group.
    pub fn outcomes(&self, names: &[String]) {
        let (size, below) = NAME;
        let style = TextStyle::new(Ink::Soft, size).align(Align::Centre);
        for (index, name) in names.iter().enumerate() {
            let x = self.pixel(index as f64 + 0.5, 0.0).x;
            self.picture.text(Point { x, y: self.panel.rect.bottom() + below }, name, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::super::{Look, Picture, Rect, Surface, SvgSink, Theme};
    use super::*;

    fn panel(outcomes: usize) -> Panel {
        let rect = Rect { left: 10.0, top: 20.0, width: 300.0, height: 100.0 };
        Panel { rect, x: 0.0..outcomes as f64, y: -0.5..1.0 }
    }

    fn drawn(heights: &[f64], look: BarLook) -> String {
        let body = Rc::new(RefCell::new(String::new()));
        let surface = Surface::new(Box::new(SvgSink::new(Rc::clone(&body), false)), 320.0, 160.0);
        let picture = Picture::new(surface, 320.0, 160.0, Look::from(Theme::Light));
        Plot { panel: &panel(3), picture: &picture }.bars(Bars::new(3, 1), 0, heights, look);
        body.take()
    }

    #[test]
    fn bars_of_a_group_stand_side_by_side_inside_their_outcome() {
        for series in 1..=3 {
            let bars = Bars::new(4, series);
            let panel = panel(4);
            for index in 0..4 {
                let sides: Vec<_> = (0..series).map(|one| bars.sides(&panel, index, one)).collect();
                let edges: Vec<f64> = sides.concat();
                assert!(edges.windows(2).all(|pair| pair[0] < pair[1]), "{series}: {edges:?}");
                let (first, last) = (edges[0], edges[edges.len() - 1]);
                assert!(first > index as f64 && last < index as f64 + 1.0, "{series}: {edges:?}");
                for (one, [left, right]) in sides.into_iter().enumerate() {
                    let off = bars.centre(index, one) - 0.5 * (left + right);
                    assert!(off.abs() * 75.0 <= 1.0, "{series}: the centre is {off} off");
                    assert_eq!(bars.outcome_at(left), Some(index), "its outcome");
                }
            }
            assert_eq!([bars.outcome_at(-0.1), bars.outcome_at(4.0)], [None, None], "beside all");
        }
    }

    #[test]
    fn nothing_is_a_tick_and_too_much_a_sign() {
        let tick = drawn(&[0.0], BarLook::Target);
        assert!(
            tick.contains("stroke-width") && !tick.contains("fill=\"#e1e3e8\""),
            "a line, no area: {tick}"
        );
        assert!(drawn(&[0.5], BarLook::Target).contains("#e1e3e8"), "an area");
        assert_eq!(drawn(&[f64::NAN], BarLook::Signed), "", "no number, no bar");
        assert!(drawn(&[f64::INFINITY], BarLook::Signed).contains('∞'), "the sign");
        assert!(drawn(&[f64::NEG_INFINITY], BarLook::Signed).contains("−∞"), "the sign");
        let signed = drawn(&[0.25, -0.25], BarLook::Signed);
        assert!(signed.contains("#f3c3ab") && signed.contains("#bcd6f2"), "warm and cool: {signed}");
        assert!(!drawn(&[1e300, -1e300], BarLook::Signed).contains("NaN"), "cut off at the panel");
    }
}
