//! The drawing of mass in one descent: the densities, the transport between them, and the forces.

use divergences::distribution::Gaussian;
use divergences::order::clamp;

use super::body::{Body, extent};
use super::drawing::{Column, GHOSTS};
use super::target::Piece;
use super::{EDGE, Family, Loss};
use crate::figure::prelude::*;

/// The height of points, as a multiple of the density of p.
pub(super) const STEM: f64 = 0.9;
/// The length of the arrow of a force of 1, in CSS pixels.
const FORCE: f64 = 22.0;
/// The greatest length of an arrow, in CSS pixels.
const LONGEST: f64 = 64.0;
/// The length of the arrow of a force of 1 of W₂², in CSS pixels. Its forces grow with the distance.
const FORCE_BY_DISTANCE: f64 = 4.0;
/// The factor by which arrows are longer that act on all of q at one place.
const EDGE_FORCE: f64 = 6.0;
/// The length below which an arrow is drawn as a dot, in CSS pixels.
const SHORTEST: f64 = 1.5;
/// The number of pieces above which they are drawn in thin lines.
const MANY: usize = 14;

impl Column<'_> {
    /// Draws the outline of `q`. Points have none.
    fn outline(&self, plot: &Plot, q: &Body, stroke: Stroke) {
        match *q {
            Body::Block { .. } => {
                let style = DensityStyle { stroke, ..DensityStyle::model(self.ink()) };
                plot.density(&q.distribution(), style.unfilled().off_axis());
            }
            Body::Bell { mean, scale } => plot.bell(&valid(Gaussian::new(mean, scale)), self.ink(), stroke),
            Body::Points(_) => {}
        }
    }

    pub(super) fn densities(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        // A bell has mass everywhere, so its outline follows the axis.
        let bells = model.target.family == Family::Gaussian;
        let style = if bells { DensityStyle::TARGET } else { DensityStyle::TARGET.off_axis() };
        plot.density(&model.target.p, style);
        plot.part(run.loss.curve(), || self.model_densities(plot));
        plot.x_axis(0.0, true);
        self.letters(plot);
    }

    /// Draws q, its earlier states and the transport to p.
    fn model_densities(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        let many = matches!(run.q(), Body::Points(points) if points.len() > MANY);
        let count = if many { 2 } else { GHOSTS };
        for (step, opacity) in ghosts(model.step(), count, 0.16, 0.07) {
            let q = &run.way[step];
            if q == run.q() {
                continue;
            }
            if let Body::Points(points) = q {
                self.marks(plot, points, opacity);
            } else {
                self.outline(plot, q, Stroke::solid(1.0).fade(opacity));
            }
        }
        if let Body::Points(points) = run.q() {
            self.stems(plot, points);
        } else {
            plot.area(&plot.outline(&run.q().distribution()), 0.0, self.ink(), 0.1);
            self.outline(plot, run.q(), self.stroke(2.8));
        }
        if run.loss != Loss::JensenShannon {
            self.coupling(plot);
        }
    }

    /// The height of points.
    fn stem(&self) -> f64 {
        STEM * self.model.target.blocks.level()
    }

    /// Draws the current points, each on a stem.
    fn stems(&self, plot: &Plot, points: &[f64]) {
        let stroke =
            if points.len() > MANY { Stroke::solid(0.8).fade(0.4) } else { Stroke::solid(1.4).fade(0.7) };
        for &x in points.iter().filter(|x| x.abs() <= EDGE) {
            let foot = plot.pixel(x, 0.0);
            let head = plot.pixel(x, self.stem());
            plot.picture.rule(foot, head, self.ink(), stroke);
            plot.picture.dot(head, if points.len() > MANY { 2.2 } else { 3.2 }, self.ink());
        }
    }

    /// Draws earlier points as marks on the axis.
    fn marks(&self, plot: &Plot, points: &[f64], opacity: f64) {
        for &x in points.iter().filter(|x| x.abs() <= EDGE) {
            let foot = plot.pixel(x, 0.0);
            let head = Point { y: foot.y - 9.0, ..foot };
            plot.picture.rule(foot, head, self.ink(), Stroke::solid(1.2).fade(opacity));
        }
    }

    /// Draws the coupling by quantiles as arrows, from each piece of q to its position in p.
    fn coupling(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        let q = run.q().distribution();
        let pieces = &run.pieces;
        let least =
            |density: &dyn Fn(&Piece) -> f64| pieces.iter().map(density).fold(f64::INFINITY, f64::min);
        let from =
            if let Body::Points(_) = run.q() { self.stem() } else { least(&|piece| q.density(piece.at)) };
        let to = match model.target.family {
            Family::Gaussian => least(&|piece| model.target.p.density(piece.to)),
            _ => model.target.blocks.level(),
        };
        let height = from.min(to);
        let many = pieces.len() > MANY;
        for (i, piece) in pieces.iter().enumerate() {
            // The arrows are horizontal, because mass moves along the line, and lie below both densities.
            let y = 0.94 * height * (i as f64 + 0.7) / pieces.len() as f64;
            let [from, to] = [piece.at, piece.to].map(|x| plot.pixel(clamp(x, -EDGE, EDGE), y));
            let stroke = if many { Stroke::solid(0.7).fade(0.55) } else { Stroke::solid(1.2).fade(0.75) };
            plot.picture.arrow(from, to, self.ink(), stroke);
            if !many && !matches!(run.q(), Body::Points(_)) {
                plot.picture.dot(from, 2.0, self.ink());
            }
        }
    }

    fn letters(&self, plot: &Plot) {
        let above = (0.0, 12.0);
        let beside = |across: f64| (across, 4.0);
        let p = &self.model.target.blocks;
        let left = p.centre - 0.5 * p.gap;
        if self.model.target.family == Family::Gaussian {
            let x = left - 0.6 * p.half;
            plot.letter("p", x, self.model.target.p.density(x), beside(-14.0), Ink::Soft);
        } else {
            plot.letter("p", left - 0.85 * p.half, p.level(), above, Ink::Soft);
        }
        if !plot.picture.shows(self.run.loss.curve()) {
            return;
        }
        let (mean, scale) = (self.run.q().mean(), self.run.q().scale());
        let (x, y, away) = match self.run.q() {
            Body::Block { .. } => (mean + 0.7 * scale, 0.5 / scale, above),
            Body::Bell { .. } => (mean + 0.6 * scale, 0.333 / scale, beside(14.0)),
            Body::Points(points) => (extent(points).1, self.stem(), beside(14.0)),
        };
        plot.letter("q", x, y, away, self.ink());
    }

    pub(super) fn forces(&self, plot: &Plot) {
        let Self { run, .. } = *self;
        if !plot.picture.shows(run.loss.curve()) {
            return;
        }
        self.title(plot, self.force_title(), self.ink());
        let unit = if run.loss == Loss::Wasserstein2Squared { FORCE_BY_DISTANCE } else { FORCE };
        let length = |force: f64| clamp(unit * force, -LONGEST, LONGEST);
        let many = run.pieces.len() > MANY;
        let pushes =
            if run.loss == Loss::JensenShannon { self.model.target.pushes(run.q()) } else { Vec::new() };
        for (x, force) in &pushes {
            let from = plot.pixel(clamp(*x, -EDGE, EDGE), 0.5);
            let to = Point { x: from.x + length(EDGE_FORCE * force), y: from.y };
            plot.picture.arrow(from, to, self.ink(), Stroke::solid(2.6));
        }
        for (i, piece) in run.pieces.iter().enumerate().filter(|_| pushes.is_empty()) {
            let level = (i as f64 + 0.5) / run.pieces.len() as f64;
            let from = plot.pixel(clamp(piece.at, -EDGE, EDGE), level);
            let by = length(piece.force);
            if by.abs() < SHORTEST {
                plot.picture.dot(from, if many { 1.4 } else { 2.2 }, self.ink());
            } else {
                let to = Point { x: from.x + by, y: from.y };
                plot.picture.arrow(from, to, self.ink(), Stroke::solid(if many { 1.1 } else { 1.8 }));
            }
        }
    }

    fn force_title(&self) -> &'static str {
        match (self.run.loss, self.run.q()) {
            (Loss::JensenShannon, Body::Bell { .. }) => {
                let greatest = self.run.pieces.iter().map(|piece| piece.force.abs()).fold(0.0, f64::max);
                if greatest * FORCE < SHORTEST { "force.tiny" } else { "force.bells" }
            }
            (Loss::JensenShannon, _) if self.is_apart() => "force.none",
            (Loss::Wasserstein1, Body::Points(_)) => "force.points",
            _ => "force",
        }
    }
}
