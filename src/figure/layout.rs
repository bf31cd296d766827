//! Where a figure's panels lie: rows of them in columns, side by side or, where it is narrow, below each other.

use std::ops::Range;

use divergences::order::clamp;

use crate::plot::{Panel, Rect, octant, simplex};

/// Below this width, in CSS pixels, a figure stacks its columns. The page's styles switch posters at the same width.
pub const NARROW: f64 = 700.0;

/// What is left free at both sides: handles and tick labels at the edges need room.
const MARGIN: f64 = 8.0;

/// A tier of panels, the same in each column; lengths in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// What is left free above it, for its title or heading.
    pub above: f64,
    /// Its height.
    pub height: f64,
}

impl Tier {
    /// A tier so high, with so much free above it.
    #[must_use]
    pub const fn new(above: f64, height: f64) -> Self {
        Self { above, height }
    }
}

/// How a figure's panels lie; lengths in CSS pixels. The height that follows is the same at all widths from [`NARROW`]
/// on, and at all below, so that a page can keep the room before anything is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    tiers: &'static [Tier],
    below: f64,
    columns: usize,
    /// Between columns: a part of the width, the least and the most.
    gap: (f64, f64, f64),
    /// Between columns that are stacked.
    stacked: f64,
    /// Columns narrower than the first take the second from the first tier, for one more line of its heading.
    slim: (f64, f64),
    /// What is added above the first tier where the figure is narrow.
    narrow: f64,
}

impl Layout {
    /// One column of `tiers`, with `below` left free under the last.
    #[must_use]
    pub const fn new(tiers: &'static [Tier], below: f64) -> Self {
        Self { tiers, below, columns: 1, gap: (0.0, 0.0, 0.0), stacked: 0.0, slim: (0.0, 0.0), narrow: 0.0 }
    }

    /// The same `columns` times, with `part` of the width between them, but at least and at most so much; `stacked` where
    /// they are below each other.
    #[must_use]
    pub const fn columns(self, columns: usize, part: f64, least: f64, most: f64, stacked: f64) -> Self {
        Self { columns, gap: (part, least, most), stacked, ..self }
    }

    /// The same with headings one line, `line`, higher in columns below `width`; the first tier gives way.
    #[must_use]
    pub const fn slim(self, width: f64, line: f64) -> Self {
        Self { slim: (width, line), ..self }
    }

    /// The same with `more` above the first tier where the figure is narrow.
    #[must_use]
    pub const fn narrow(self, more: f64) -> Self {
        Self { narrow: more, ..self }
    }

    /// Whether a panel so wide stands in a column whose heading has one line more.
    #[must_use]
    pub fn is_slim(&self, panel: &Panel) -> bool {
        panel.rect.width < self.slim.0
    }

    /// How many panels a column has.
    #[must_use]
    pub const fn tiers(&self) -> usize {
        self.tiers.len()
    }

    fn column_height(&self, width: f64) -> f64 {
        let tiers: f64 = self.tiers.iter().map(|tier| tier.above + tier.height).sum();
        tiers + self.below + if width < NARROW { self.narrow } else { 0.0 }
    }

    /// The height that a drawing of `width` needs.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        let column = self.column_height(width);
        if width < NARROW {
            column * self.columns as f64 + self.stacked * (self.columns as f64 - 1.0)
        } else {
            column
        }
    }

    /// Where the panels are in a drawing of `width`, column after column.
    #[must_use]
    pub fn rects(&self, width: f64) -> Vec<Rect> {
        let (part, least, most) = self.gap;
        let (stacked, gap) = (width < NARROW, clamp(width * part, least, most));
        let room = width - 2.0 * MARGIN;
        let count = self.columns as f64;
        let column = if stacked { room } else { (room - gap * (count - 1.0)) / count };
        let line = if column < self.slim.0 { self.slim.1 } else { 0.0 };
        let mut rects = Vec::with_capacity(self.columns * self.tiers.len());
        for index in 0..self.columns {
            let shift = index as f64;
            let left = MARGIN + if stacked { 0.0 } else { shift * (column + gap) };
            let mut top =
                if stacked { self.narrow + shift * (self.column_height(width) + self.stacked) } else { 0.0 };
            for (i, tier) in self.tiers.iter().enumerate() {
                let less = if i == 0 { line } else { 0.0 };
                top += tier.above + less;
                rects.push(Rect { left, top, width: column, height: tier.height - less });
                top += tier.height - less;
            }
        }
        rects
    }
}

/// Axes that are so many times as long as they should be jump.
const FAR: f64 = 100.0;

/// What the edges of a panel stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// Its left and right edges.
    pub x: Range<f64>,
    /// Its lower and upper edges.
    pub y: Range<f64>,
    /// Whether they follow the model: they then move smoothly from one value to the next, and hold still while a handle
    /// is dragged, but for what would no longer be seen.
    pub following: bool,
    /// Whether a unit is as long across as up: the panel then takes as much of its room as that allows, in its middle.
    pub even: bool,
}

impl Axes {
    /// Axes that do not depend on what the reader does.
    #[must_use]
    pub const fn fixed(x: Range<f64>, y: Range<f64>) -> Self {
        Self { x, y, following: false, even: false }
    }

    /// Axes that follow the model.
    #[must_use]
    pub const fn following(x: Range<f64>, y: Range<f64>) -> Self {
        Self { x, y, following: true, even: false }
    }

    /// The axes of the triangle of three outcomes ([`simplex`]).
    #[must_use]
    pub fn simplex() -> Self {
        Self { even: true, ..Self::fixed(simplex::X, simplex::Y) }
    }

    /// The axes of the octant of three outcomes ([`octant`]).
    #[must_use]
    pub fn octant() -> Self {
        Self { even: true, ..Self::fixed(octant::X, octant::Y) }
    }

    /// The panel with these axes in `rect`.
    #[must_use]
    pub fn panel(&self, rect: Rect) -> Panel {
        let [across, up] = [&self.x, &self.y].map(|range| range.end - range.start);
        let rect = if self.even {
            let unit = (rect.width / across).min(rect.height / up);
            let (width, height) = (unit * across, unit * up);
            let left = rect.left + 0.5 * (rect.width - width);
            Rect { left, top: rect.top + 0.5 * (rect.height - height), width, height }
        } else {
            rect
        };
        Panel { rect, x: self.x.clone(), y: self.y.clone() }
    }

    /// Whether something can be drawn between them.
    pub(super) fn are_finite(&self) -> bool {
        [self.x.start, self.x.end, self.y.start, self.y.end].into_iter().all(f64::is_finite)
    }

    /// Whether `other` can be reached from here smoothly, and before the reader has lost patience.
    fn leads_to(&self, other: &Self) -> bool {
        let length = |range: &Range<f64>| range.end - range.start;
        let near = |from: &Range<f64>, to: &Range<f64>| length(from) < FAR * length(to);
        self.following && other.following && near(&self.x, &other.x) && near(&self.y, &other.y)
    }

    /// Takes in what of `wanted` is outside, at once.
    pub(super) fn grow(&mut self, wanted: &Self) {
        if !self.leads_to(wanted) {
            self.clone_from(wanted);
        }
        for (shown, wanted) in [(&mut self.x, &wanted.x), (&mut self.y, &wanted.y)] {
            shown.start = shown.start.min(wanted.start);
            shown.end = shown.end.max(wanted.end);
        }
    }

    /// Goes `part` of the way to `wanted`, and all of it where hardly any is left.
    pub(super) fn approach(&mut self, wanted: &Self, part: f64) {
        if !self.leads_to(wanted) {
            self.clone_from(wanted);
        }
        for (shown, wanted) in [(&mut self.x, &wanted.x), (&mut self.y, &wanted.y)] {
            let near = 1e-3 * (wanted.end - wanted.start).abs();
            for (shown, wanted) in [(&mut shown.start, wanted.start), (&mut shown.end, wanted.end)] {
                let gap = wanted - *shown;
                *shown = if gap.abs() <= near { wanted } else { *shown + part * gap };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Layout = Layout::new(&[Tier::new(50.0, 100.0), Tier::new(30.0, 40.0)], 20.0)
        .columns(2, 0.05, 20.0, 40.0, 10.0)
        .slim(400.0, 22.0);

    #[test]
    fn columns_stand_side_by_side_or_below_each_other() {
        assert_eq!((TWO.height(1000.0), TWO.height(360.0)), (240.0, 490.0), "stacked");
        let rects = TWO.rects(1000.0);
        assert_eq!(rects.len(), 4, "column after column");
        assert_eq!((rects[0].left, rects[2].right()), (8.0, 992.0), "from margin to margin");
        assert_eq!((rects[1].top, rects[1].bottom()), (180.0, 220.0), "above, height, above");
        let narrow = TWO.rects(360.0);
        assert_eq!(narrow[2].top - narrow[0].top, 250.0, "the second column is below the first");
    }

    #[test]
    fn a_slim_column_has_a_higher_heading_and_keeps_its_height() {
        let slim = TWO.rects(720.0);
        assert_eq!((slim[0].top, slim[0].bottom()), (72.0, 150.0), "the first tier gives way");
    }

    #[test]
    fn a_triangle_is_as_large_as_there_is_room_for_and_even() {
        for (width, height) in [(343.0, 300.0), (600.0, 200.0), (20.0, 2000.0)] {
            let outer = Rect { left: 10.0, top: 5.0, width, height };
            let Rect { left, top, width: wide, height: high } = Axes::simplex().panel(outer).rect;
            assert!((high / wide - 0.75_f64.sqrt()).abs() < 1e-12, "its sides are equal: {wide} by {high}");
            assert!((width - wide).min(height - high).abs() < 1e-9, "it fills the room one way");
            let middle = [left + 0.5 * wide - 10.0 - 0.5 * width, top + 0.5 * high - 5.0 - 0.5 * height];
            assert!(middle.iter().all(|off| off.abs() < 1e-9), "it is in the middle: {middle:?}");
        }
    }

    #[test]
    fn axes_grow_at_once_and_shrink_slowly() {
        let mut shown = Axes::following(0.0..1.0, 0.0..1.0);
        shown.grow(&Axes::following(0.0..1.0, 0.0..3.0));
        assert_eq!(shown.y.end, 3.0, "what is higher is seen at once");
        shown.grow(&Axes::following(0.0..1.0, 0.0..1.0));
        assert_eq!(shown.y.end, 3.0, "what is lower waits");
        shown.approach(&Axes::following(0.0..1.0, 0.0..1.0), 0.5);
        assert_eq!(shown.y.end, 2.0, "half of the way");
        shown.approach(&Axes::fixed(0.0..1.0, -9.0..1.0), 0.5);
        assert_eq!(shown, Axes::fixed(0.0..1.0, -9.0..1.0), "another kind of axis is there at once");
    }

    #[test]
    fn what_has_been_beyond_all_bounds_comes_back() {
        let mut shown = Axes::following(0.0..1.0, 0.0..1e300);
        let wanted = Axes::following(0.0..1.0, 0.0..1.0);
        shown.approach(&wanted, 0.5);
        assert_eq!(shown, wanted, "at once");
    }
}
