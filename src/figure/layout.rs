//! The layout of panels: tiers in columns, which stand side by side, or below each other where the figure is
//! narrow.

use std::ops::Range;

use divergences::order::clamp;

use crate::plot::{Panel, Rect, octant, simplex, wedge};

/// The width in CSS pixels below which a figure stacks its columns. The page's styles switch posters at the
/// same width.
pub const NARROW: f64 = 700.0;

/// The margin at both sides. Handles and tick labels at the edges need it.
const MARGIN: f64 = 8.0;

/// A tier: a horizontal row of panels, one in each column. Lengths are in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// The space above the panels, for a title or heading.
    pub above: f64,
    /// The height of the panels.
    pub height: f64,
}

impl Tier {
    /// A tier of panels of `height`, with the space `above` over them.
    #[must_use]
    pub const fn new(above: f64, height: f64) -> Self {
        Self { above, height }
    }
}

/// The layout of a figure's panels. Lengths are in CSS pixels.
///
/// A figure has only two heights, one from [`NARROW`] on and one below, so that a page can reserve the space
/// before anything is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    tiers: &'static [Tier],
    below: f64,
    columns: usize,
    /// The gap between columns: a share of the width, and its least and greatest value.
    gap: (f64, f64, f64),
    /// The gap between stacked columns.
    stacked: f64,
    /// A column narrower than the first value gives the second from the height of its first tier to its
    /// heading.
    slim: (f64, f64),
    /// The additional space above the first tier of a narrow figure.
    narrow: f64,
}

impl Layout {
    /// One column of `tiers`, with the space `below` under the last.
    #[must_use]
    pub const fn new(tiers: &'static [Tier], below: f64) -> Self {
        Self { tiers, below, columns: 1, gap: (0.0, 0.0, 0.0), stacked: 0.0, slim: (0.0, 0.0), narrow: 0.0 }
    }

    /// This layout with `columns` columns. The gap between them is the share `part` of the width, but from
    /// `least` to `most`, or `stacked` where they are stacked.
    #[must_use]
    pub const fn columns(self, columns: usize, part: f64, least: f64, most: f64, stacked: f64) -> Self {
        Self { columns, gap: (part, least, most), stacked, ..self }
    }

    /// This layout with headings one `line` higher in columns narrower than `width`. The first tier becomes
    /// lower by as much.
    #[must_use]
    pub const fn slim(self, width: f64, line: f64) -> Self {
        Self { slim: (width, line), ..self }
    }

    /// This layout with additional space of `more` above the first tier of a narrow figure.
    #[must_use]
    pub const fn narrow(self, more: f64) -> Self {
        Self { narrow: more, ..self }
    }

    /// Whether `panel` is in a column whose heading has an additional line.
    #[must_use]
    pub fn is_slim(&self, panel: &Panel) -> bool {
        panel.rect.width < self.slim.0
    }

    /// The number of panels in a column.
    #[must_use]
    pub const fn tiers(&self) -> usize {
        self.tiers.len()
    }

    fn column_height(&self, width: f64) -> f64 {
        let tiers: f64 = self.tiers.iter().map(|tier| tier.above + tier.height).sum();
        tiers + self.below + if width < NARROW { self.narrow } else { 0.0 }
    }

    /// The height of a drawing of `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        let column = self.column_height(width);
        if width < NARROW {
            column * self.columns as f64 + self.stacked * (self.columns as f64 - 1.0)
        } else {
            column
        }
    }

    /// The rectangles of all panels in a drawing of `width`, column after column.
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

/// Axes longer than their target by this factor jump to it, because a smooth transition would take too long.
const JUMP_RATIO: f64 = 100.0;

/// The axes of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Axes {
    /// The values at the left and right edge.
    pub x: Range<f64>,
    /// The values at the lower and upper edge.
    pub y: Range<f64>,
    /// Whether the axes follow the model. Such axes move smoothly to new values. During a drag they only
    /// grow, as far as is needed to keep everything visible.
    pub following: bool,
    /// Whether a unit has the same length on both axes. The shorter axis is then extended to both sides.
    pub even: bool,
}

impl Axes {
    /// Axes that do not depend on the parameters.
    #[must_use]
    pub const fn fixed(x: Range<f64>, y: Range<f64>) -> Self {
        Self { x, y, following: false, even: false }
    }

    /// Axes that follow the model.
    #[must_use]
    pub const fn following(x: Range<f64>, y: Range<f64>) -> Self {
        Self { x, y, following: true, even: false }
    }

    /// The axes of the triangle of distributions on three outcomes ([`simplex`]).
    #[must_use]
    pub fn simplex() -> Self {
        Self { even: true, ..Self::fixed(simplex::X, simplex::Y) }
    }

    /// The axes of the octant of distributions on three outcomes ([`octant`]).
    #[must_use]
    pub fn octant() -> Self {
        Self { even: true, ..Self::fixed(octant::X, octant::Y) }
    }

    /// The axes of the plane through two points of the octant and its centre ([`wedge`]).
    #[must_use]
    pub fn wedge() -> Self {
        Self { even: true, ..Self::fixed(wedge::X, wedge::Y) }
    }

    /// The panel with these axes in `rect`.
    #[must_use]
    pub fn panel(&self, rect: Rect) -> Panel {
        let (mut x, mut y) = (self.x.clone(), self.y.clone());
        if self.even {
            let length = |range: &Range<f64>| range.end - range.start;
            let unit = (rect.width / length(&x)).min(rect.height / length(&y));
            for (range, room) in [(&mut x, rect.width), (&mut y, rect.height)] {
                let more = 0.5 * (room / unit - length(range));
                *range = range.start - more..range.end + more;
            }
        }
        Panel { rect, x, y }
    }

    /// Whether all ends are finite, without which nothing can be drawn.
    pub(super) fn are_finite(&self) -> bool {
        [self.x.start, self.x.end, self.y.start, self.y.end].into_iter().all(f64::is_finite)
    }

    /// Whether a smooth transition to `other` is possible and short enough.
    fn leads_to(&self, other: &Self) -> bool {
        let length = |range: &Range<f64>| range.end - range.start;
        let near = |from: &Range<f64>, to: &Range<f64>| length(from) < JUMP_RATIO * length(to);
        self.following && other.following && near(&self.x, &other.x) && near(&self.y, &other.y)
    }

    /// Extends the axes at once to include `wanted`.
    pub(super) fn grow(&mut self, wanted: &Self) {
        if !self.leads_to(wanted) {
            self.clone_from(wanted);
        }
        for (shown, wanted) in [(&mut self.x, &wanted.x), (&mut self.y, &wanted.y)] {
            shown.start = shown.start.min(wanted.start);
            shown.end = shown.end.max(wanted.end);
        }
    }

    /// Moves the axes the fraction `part` of the way to `wanted`, or all of it if they are nearly there.
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
            let rect = Rect { left: 10.0, top: 5.0, width, height };
            let (axes, panel) = (Axes::simplex(), Axes::simplex().panel(rect));
            assert_eq!(panel.rect, rect, "it takes the whole rectangle");
            let ends = [(panel.x, axes.x), (panel.y, axes.y)];
            let [across, up] = [0, 1].map(|i| ends[i].0.end - ends[i].0.start);
            assert!((width / across - height / up).abs() < 1e-9, "its sides are equal: {across} by {up}");
            let more = ends.map(|(shown, own)| [own.start - shown.start, shown.end - own.end]);
            assert!(more.iter().flatten().all(|more| *more > -1e-12), "all of it is seen: {more:?}");
            assert!(more.iter().all(|[a, b]| (a - b).abs() < 1e-12), "it is in the middle: {more:?}");
            assert!(more.iter().any(|[a, _]| a.abs() < 1e-12), "it fills the room one way: {more:?}");
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
