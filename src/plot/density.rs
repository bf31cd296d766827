//! The marks of a distribution: its density as an outline with an area, and its atoms as stems.

use std::ops::Range;

use divergences::distribution::{Distribution, Gaussian};
use divergences::order::ascending;

use super::element::Stroke;
use super::marks::Plot;
use super::theme::Ink;

/// The number of evenly spaced places at which a density is sampled. Both sides of each jump come on top.
const SAMPLES: usize = 401;
/// The number of line segments in the curve of a Gaussian.
const BELL_SEGMENTS: u32 = 120;
/// The distance from a jump at which the density is sampled on either side.
const JUMP_OFFSET: f64 = 1e-9;
/// A density below this share of the panel's height counts as lying on the axis.
const AXIS_SHARE: f64 = 1e-3;

/// The look of a density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DensityStyle {
    /// The colour of the area under the density, and its opacity.
    pub fill: (Ink, f64),
    /// The colour of the outline.
    pub ink: Ink,
    /// The stroke of the outline.
    pub stroke: Stroke,
    /// Whether the outline is also drawn along the axis, where there is no mass.
    pub along_axis: bool,
}

impl DensityStyle {
    /// The target p: filled, in grey.
    pub const TARGET: Self =
        Self { fill: (Ink::TargetFill, 1.0), ink: Ink::Target, stroke: Stroke::solid(2.0), along_axis: true };

    /// A model q: an outline in `ink`, lightly filled.
    #[must_use]
    pub const fn model(ink: Ink) -> Self {
        Self { fill: (ink, 0.1), ink, stroke: Stroke::solid(2.8), along_axis: true }
    }

    /// This style without the area.
    #[must_use]
    pub const fn unfilled(self) -> Self {
        Self { fill: (self.fill.0, 0.0), ..self }
    }

    /// This style without an outline along the axis.
    #[must_use]
    pub const fn off_axis(self) -> Self {
        Self { along_axis: false, ..self }
    }
}

impl Plot<'_> {
    /// The outline of the density of `d`, with a vertical line at each jump.
    #[must_use]
    pub fn outline(&self, d: &Distribution) -> Vec<(f64, f64)> {
        let Range { start, end } = self.panel.x;
        self.places(&[d], start, end).into_iter().map(|x| (x, d.density(x))).collect()
    }

    /// The places at which to sample `densities` over the visible part of `from..to`: evenly spaced ones, and
    /// both sides of each jump.
    pub(super) fn places(&self, densities: &[&Distribution], from: f64, to: f64) -> Vec<f64> {
        let seen = from.max(self.panel.x.start)..=to.min(self.panel.x.end);
        let mut xs: Vec<f64> = self.panel.sample(SAMPLES).chain([*seen.start(), *seen.end()]).collect();
        let edges = densities.iter().flat_map(|d| d.breakpoints());
        xs.extend(edges.flat_map(|edge| [edge - JUMP_OFFSET, edge + JUMP_OFFSET]));
        xs.retain(|x| seen.contains(x));
        ascending(&mut xs);
        xs.dedup();
        xs
    }

    /// Draws the density of `d`. If `d` has atoms, draws each as a stem of its mass instead.
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
        if fill.1 > 0.0 {
            self.area(&outline, 0.0, fill.0, fill.1);
        }
        if !along_axis {
            // A point on the axis is kept if a neighbour is above it: there the line drops to the axis.
            let floor = AXIS_SHARE * self.panel.y.end;
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

    /// Draws the curve of the Gaussian `q`. The samples cover only its visible part, so that it is smooth
    /// however narrow it is.
    pub fn bell(&self, q: &Gaussian, ink: Ink, stroke: Stroke) {
        // The curve stops where it is too low to be distinguished from the axis.
        let floor = 0.002 * self.panel.y.end;
        let reach = q.sd() * (2.0 * (q.density(q.mean()) / floor).ln().max(0.0)).sqrt();
        let points: Vec<_> = (0..=BELL_SEGMENTS)
            .map(|i| {
                let x = q.mean() + reach * (2.0 * f64::from(i) / f64::from(BELL_SEGMENTS) - 1.0);
                (x, if self.panel.x.contains(&x) { q.density(x) } else { f64::NAN })
            })
            .collect();
        self.line(&points, ink, stroke);
    }
}

/// The height of `d` at `x`: the mass of the atom there if there is one, and the density otherwise.
#[must_use]
pub fn height_of(d: &Distribution, x: f64) -> f64 {
    let atom = d.atoms().into_iter().find(|atom| atom.0 == x).map(|atom| atom.1);
    atom.unwrap_or_else(|| d.density(x))
}
