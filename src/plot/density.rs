//! How distributions are drawn: p filled and grey, q a line in its colour.

use std::ops::Range;

use divergences::distribution::{Distribution, Gaussian};
use divergences::order::ascending;

use super::element::Stroke;
use super::marks::Plot;
use super::panel::Point;
use super::theme::Ink;

/// At how many places a density is sampled, besides its jumps.
const PLACES: usize = 401;
/// Into how many pieces a bell is cut, over all that is seen of it.
const BELL: u32 = 120;
/// So near to a jump, to either side, the density is sampled.
const BESIDE: f64 = 1e-9;
/// A density lower than this part of the panel is on the axis.
const ON_AXIS: f64 = 1e-3;

/// How a density is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DensityStyle {
    /// The colour of its area, and how opaque that is.
    pub fill: (Ink, f64),
    /// The colour of its outline.
    pub ink: Ink,
    /// Its outline.
    pub stroke: Stroke,
    /// Whether the outline also goes along the axis, where there is no mass.
    pub along_axis: bool,
}

impl DensityStyle {
    /// p, the target: grey, filled.
    pub const TARGET: Self =
        Self { fill: (Ink::TargetFill, 1.0), ink: Ink::Target, stroke: Stroke::solid(2.0), along_axis: true };

    /// q, the model: a line of `ink`, lightly filled.
    #[must_use]
    pub const fn model(ink: Ink) -> Self {
        Self { fill: (ink, 0.1), ink, stroke: Stroke::solid(2.8), along_axis: true }
    }

    /// The same without its area.
    #[must_use]
    pub const fn unfilled(self) -> Self {
        Self { fill: (self.fill.0, 0.0), ..self }
    }

    /// The same without a line along the axis.
    #[must_use]
    pub const fn off_axis(self) -> Self {
        Self { along_axis: false, ..self }
    }
}

impl Plot<'_> {
    /// The density of `d`, with each of its jumps as a vertical line.
    #[must_use]
    pub fn outline(&self, d: &Distribution) -> Vec<(f64, f64)> {
        let Range { start, end } = self.panel.x;
        self.places(&[d], start, end).into_iter().map(|x| (x, d.density(x))).collect()
    }

    /// Where densities are looked at from `from` to `to`, as far as that is seen: evenly, and to both sides of each jump.
    pub(super) fn places(&self, densities: &[&Distribution], from: f64, to: f64) -> Vec<f64> {
        let seen = from.max(self.panel.x.start)..=to.min(self.panel.x.end);
        let mut xs: Vec<f64> = self.panel.sample(PLACES).chain([*seen.start(), *seen.end()]).collect();
        let edges = densities.iter().flat_map(|d| d.breakpoints());
        xs.extend(edges.flat_map(|edge| [edge - BESIDE, edge + BESIDE]));
        xs.retain(|x| seen.contains(x));
        ascending(&mut xs);
        xs.dedup();
        xs
    }

    /// Draws `d`: its density, and each of its atoms as a stem as high as its mass.
    pub fn density(&self, d: &Distribution, style: DensityStyle) {
        let DensityStyle { fill, ink, stroke, along_axis } = style;
        let atoms = d.atoms();
        for &(x, mass) in &atoms {
            let [foot, head] = [self.pixel(x, 0.0), self.pixel(x, mass)];
            self.picture.rule(foot, head, ink, Stroke::solid(3.0));
            self.picture.dot(head, 5.0, ink);
        }
        if !atoms.is_empty() {
            return;
        }
        let mut outline = self.outline(d);
        self.area(&outline, 0.0, fill.0, fill.1);
        if !along_axis {
            // At an edge the line goes down to the axis.
            let floor = ON_AXIS * self.panel.y.end;
            let zero: Vec<bool> = outline.iter().map(|point| point.1 < floor).collect();
            let at = |i: usize| zero.get(i).is_none_or(|zero| *zero);
            for (i, point) in outline.iter_mut().enumerate() {
                if at(i) && at(i + 1) && (i == 0 || at(i - 1)) {
                    point.1 = f64::NAN;
                }
            }
        }
        self.line(&outline, ink, stroke);
    }

    /// Draws the line of the bell `q`, over as much of it as is seen, finely however narrow it is.
    pub fn bell(&self, q: &Gaussian, ink: Ink, stroke: Stroke) {
        // Where a bell has run out it would only colour the axis.
        let floor = 0.002 * self.panel.y.end;
        let reach = q.sd() * (2.0 * (q.density(q.mean()) / floor).ln().max(0.0)).sqrt();
        let points: Vec<_> = (0..=BELL)
            .map(|i| {
                let x = q.mean() + reach * (2.0 * f64::from(i) / f64::from(BELL) - 1.0);
                (x, if self.panel.x.contains(&x) { q.density(x) } else { f64::NAN })
            })
            .collect();
        self.line(&points, ink, stroke);
    }

    /// Where the top of `d` at `x` is seen: of its density, or of its atom there.
    #[must_use]
    pub fn top_of(&self, d: &Distribution, x: f64) -> Point {
        let atom = d.atoms().into_iter().find(|atom| atom.0 == x).map(|atom| atom.1);
        Point { x, y: atom.unwrap_or_else(|| d.density(x)) }
    }
}
