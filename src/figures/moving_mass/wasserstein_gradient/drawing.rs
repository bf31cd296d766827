//! How one descent is drawn: heading, densities, forces, cdfs, landscape.

use std::f64::consts::LN_2;

use divergences::distribution::Distribution;
use divergences::fit::Slope;
use divergences::order::{ascending, clamp};

use super::descent::{Body, Loss, Piece, extent};
use super::{EDGE, Model, Run, WassersteinGradient};
use crate::figure::prelude::*;

/// How many points a bell has.
const POINTS: usize = 241;
/// How high points stand, relative to p's density.
pub(super) const STEM: f64 = 0.9;
/// How long the arrow of a force of 1 is, in pixels, and how long any is at most.
const FORCE: f64 = 22.0;
const LONGEST: f64 = 64.0;
/// The same for W₂², whose forces grow with the distance.
const FORCE_BY_DISTANCE: f64 = 4.0;
/// How much longer arrows are that push all of q at one place.
const EDGE_FORCE: f64 = 6.0;
/// A force whose arrow is shorter than this, in pixels, is drawn as a dot.
const SHORTEST: f64 = 1.5;
/// Titles within the drawing.
const TITLE: f64 = 13.5;
/// More pieces than this are drawn finely.
const MANY: usize = 14;
/// How many earlier places are shown.
const GHOSTS: usize = 5;

/// One descent with what it is drawn on.
pub(super) struct Column<'a> {
    pub(super) model: &'a Model,
    pub(super) run: &'a Run,
    pub(super) texts: &'a Texts,
}

impl Column<'_> {
    pub(super) fn draw(&self, plots: &[Plot]) {
        if let [density, force, cdf, landscape] = plots {
            self.heading(density);
            self.densities(density);
            self.forces(force);
            self.cdfs(cdf);
            self.landscape(landscape);
        }
    }

    fn key(&self, key: &str) -> String {
        format!("wasserstein-gradient.{}.{key}", self.run.loss.measure().key())
    }

    fn ink(&self) -> Ink {
        self.run.loss.measure().ink()
    }

    /// A line of the loss's kind, so wide.
    fn stroke(&self, width: f64) -> Stroke {
        Stroke { width, ..self.run.loss.measure().stroke() }
    }

    fn is_apart(&self) -> bool {
        self.model.target.is_apart_from(self.run.q())
    }

    fn heading(&self, plot: &Plot) {
        let slim = WassersteinGradient::LAYOUT.is_slim(plot.panel);
        let (measure, unit) = (self.run.loss.measure(), self.model.descents.unit);
        let value = plot.picture.told(measure.key(), self.run.readout(unit).text(self.texts));
        let slope_key = measure.slope_key();
        let slope = plot.picture.told(slope_key, self.run.slope_text(unit, self.texts));
        // At the bottom it is no news.
        let exactly = plot.picture.shows(slope_key)
            && self.run.gradient.slope == Slope::Finite(0.0)
            && self.run.value > 0.0;
        let (key, style) = if exactly {
            ("wasserstein-gradient.slope.zero", TextStyle::new(self.ink(), 14.0).bold())
        } else {
            ("wasserstein-gradient.slope", TextStyle::new(Ink::Soft, 14.0))
        };
        let label = |key: &str| self.texts.label(&self.key(key), &[]);
        let above = if slim { 68.0 } else { 46.0 };
        plot.heading(&Heading {
            aside: Some((self.texts.fill(key, &[("slope", slope)]), style)),
            third: slim.then_some(Third::Aside),
            ..Heading::new(above, label("name"), self.ink(), value, label("about"))
        });
    }

    /// The outline of `q`, cut off at the panel's sides.
    fn outline(&self, plot: &Plot, q: &Body) -> Vec<(f64, f64)> {
        match q {
            Body::Block { mean, scale } => block(mean - scale, mean + scale),
            Body::Bell { .. } => {
                let q = q.distribution();
                // Where a bell has run out it would only colour the axis.
                let floor = 0.002 * plot.panel.y.end;
                let bell = plot.panel.sample(POINTS).map(|x| (x, q.density(x)));
                bell.map(|(x, y)| (x, if y < floor { f64::NAN } else { y })).collect()
            }
            Body::Points(_) => Vec::new(),
        }
    }

    fn densities(&self, plot: &Plot) {
        let Self { run, .. } = *self;
        self.target(plot);
        plot.part(run.loss.curve(), || self.model_densities(plot));
        plot.x_axis(0.0, true);
        self.letters(plot);
    }

    /// q, where it was and where it goes.
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
                plot.line(&self.outline(plot, q), self.ink(), Stroke::solid(1.0).fade(opacity));
            }
        }
        let outline = self.outline(plot, run.q());
        let filled: Vec<_> = outline.iter().copied().filter(|point| point.1.is_finite()).collect();
        plot.area(&filled, 0.0, self.ink(), 0.1);
        plot.line(&outline, self.ink(), self.stroke(2.8));
        if let Body::Points(points) = run.q() {
            self.stems(plot, points);
        }
        if run.loss != Loss::JensenShannon {
            self.coupling(plot);
        }
    }

    fn target(&self, plot: &Plot) {
        let Self { model, .. } = *self;
        let outlines: Vec<Vec<_>> = if model.target.family == super::Family::Gaussian {
            vec![plot.panel.sample(POINTS).map(|x| (x, model.target.p.density(x))).collect()]
        } else if model.target.blocks.gap == 0.0 {
            let [left, right] = model.target.blocks.intervals();
            vec![block_of(left.0, right.1, model.target.blocks.level())]
        } else {
            let level = model.target.blocks.level();
            model.target.blocks.intervals().map(|(lower, upper)| block_of(lower, upper, level)).to_vec()
        };
        for outline in outlines {
            plot.area(&outline, 0.0, Ink::TargetFill, 1.0);
            plot.line(&outline, Ink::Target, Stroke::solid(2.0));
        }
    }

    /// How high points stand.
    fn stem(&self) -> f64 {
        STEM * self.model.target.blocks.level()
    }

    /// Points as they are now, each on its stem.
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

    /// Points as they were: marks on the axis.
    fn marks(&self, plot: &Plot, points: &[f64], opacity: f64) {
        for &x in points.iter().filter(|x| x.abs() <= EDGE) {
            let foot = plot.pixel(x, 0.0);
            let head = Point { y: foot.y - 9.0, ..foot };
            plot.picture.rule(foot, head, self.ink(), Stroke::solid(1.2).fade(opacity));
        }
    }

    /// From each piece of q to its place in p: the coupling by quantiles.
    fn coupling(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        let q = run.q().distribution();
        let pieces = &run.pieces;
        let least =
            |density: &dyn Fn(&Piece) -> f64| pieces.iter().map(density).fold(f64::INFINITY, f64::min);
        let from =
            if let Body::Points(_) = run.q() { self.stem() } else { least(&|piece| q.density(piece.at)) };
        let to = match model.target.family {
            super::Family::Gaussian => least(&|piece| model.target.p.density(piece.to)),
            _ => model.target.blocks.level(),
        };
        let height = from.min(to);
        let many = pieces.len() > MANY;
        for (i, piece) in pieces.iter().enumerate() {
            // Level, since mass moves along the line; below both tops.
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
        let letter = |x: f64, y: f64, shift: Point, text: &str, ink: Ink| {
            let Point { x, y } = plot.pixel(x, y.min(plot.panel.y.end));
            let style = TextStyle::new(ink, 15.0).bold().align(Align::Centre);
            plot.picture.text(Point { x: x + shift.x, y: y + shift.y }, text, style);
        };
        let above = Point { x: 0.0, y: -12.0 };
        let beside = |x: f64| Point { x, y: -4.0 };
        let p = &self.model.target.blocks;
        let left = p.centre - 0.5 * p.gap;
        if self.model.target.family == super::Family::Gaussian {
            let x = left - 0.6 * p.half;
            letter(x, self.model.target.p.density(x), beside(-14.0), "p", Ink::Soft);
        } else {
            letter(left - 0.85 * p.half, p.level(), above, "p", Ink::Soft);
        }
        if !plot.picture.shows(self.run.loss.curve()) {
            return;
        }
        let (mean, scale) = (self.run.q().mean(), self.run.q().scale());
        match self.run.q() {
            Body::Block { .. } => letter(mean + 0.7 * scale, 0.5 / scale, above, "q", self.ink()),
            Body::Bell { .. } => letter(mean + 0.6 * scale, 0.333 / scale, beside(14.0), "q", self.ink()),
            Body::Points(points) => letter(extent(points).1, self.stem(), beside(14.0), "q", self.ink()),
        }
    }

    fn forces(&self, plot: &Plot) {
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

    fn title(&self, plot: &Plot, key: &str, ink: Ink) {
        let (label, style) = (self.texts.label(&self.key(key), &[]), TextStyle::new(ink, TITLE));
        plot.at_left(13.0, &label.cut(style, plot.panel.rect.width, plot.picture), style);
    }

    fn cdfs(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        let q = run.q().distribution();
        let dim = run.loss == Loss::JensenShannon;
        self.title(plot, "cdf", if dim { Ink::Soft } else { self.ink() });
        let cdf = |of: &Distribution, corners: &[f64]| {
            let mut xs: Vec<f64> = plot.panel.sample(121).chain(corners.iter().copied()).collect();
            xs.retain(|x| x.abs() <= EDGE);
            ascending(&mut xs);
            let mut line: Vec<(f64, f64)> = Vec::with_capacity(xs.len() + 2 * corners.len());
            for x in xs {
                // An atom is a step, straight up.
                let atom: f64 = if let (Body::Points(points), false) = (run.q(), of == &model.target.p) {
                    points.iter().filter(|point| **point == x).count() as f64 / points.len() as f64
                } else {
                    0.0
                };
                let y = of.cdf(x);
                if atom > 0.0 {
                    line.push((x, y - atom));
                }
                line.push((x, y));
            }
            line
        };
        let p_line = cdf(&model.target.p, &model.target.p.breakpoints());
        let q_corners = match run.q() {
            Body::Points(points) => points.clone(),
            _ => q.breakpoints(),
        };
        let q_line = cdf(&q, &q_corners);
        if run.loss == Loss::Wasserstein1 {
            let between: Vec<_> = p_line.iter().copied().chain(q_line.iter().rev().copied()).collect();
            plot.part(run.loss.curve(), || plot.area(&between, 0.0, self.ink(), 0.28));
        }
        let faint = if dim { 0.45 } else { 1.0 };
        plot.x_axis(0.0, false);
        plot.line(&p_line, Ink::Target, Stroke::solid(2.0).fade(faint));
        if !plot.picture.shows(run.loss.curve()) {
            return;
        }
        plot.line(&q_line, self.ink(), self.stroke(2.2).fade(faint));
        if run.loss == Loss::Wasserstein2Squared {
            let count = run.pieces.len() as f64;
            for (i, piece) in run.pieces.iter().enumerate() {
                let y = (i as f64 + 0.5) / count;
                let ends = [piece.at, piece.to].map(|x| plot.pixel(clamp(x, -EDGE, EDGE), y));
                plot.picture.rule(ends[0], ends[1], self.ink(), Stroke::solid(1.4));
            }
        }
    }

    fn landscape(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        self.title(plot, "landscape", Ink::Soft);
        plot.x_axis(0.0, false);
        let measure = run.loss.measure();
        if !plot.picture.shows(measure.key()) {
            return;
        }
        plot.part(measure.key(), || {
            plot.line(&run.landscape, self.ink(), self.stroke(2.4));
        });
        let label = match (run.loss, run.q()) {
            (Loss::JensenShannon, Body::Bell { .. }) => "shape.bells",
            (Loss::Wasserstein1, q) if !model.target.has_kink(q) => "shape.rounded",
            _ => "shape",
        };
        let style = TextStyle::new(self.ink(), TITLE).bold();
        let plateau = Readout::divergence("js", LN_2, model.descents.unit).text(self.texts);
        let room = 0.66 * plot.panel.rect.width;
        let label =
            self.texts.label(&self.key(label), &[("plateau", plateau)]).fit(style, room, plot.picture);
        let here = |q: &Body| {
            let (x, y) = (q.mean(), model.target.rough_value(run.loss, q));
            plot.pixel(clamp(x, -EDGE, EDGE), clamp(y, plot.panel.y.start, plot.panel.y.end))
        };
        // The step before as well: there it shows on which side of a kink q was.
        let steps = (0..GHOSTS).map(|ghost| model.step() * ghost / GHOSTS).chain(model.step().checked_sub(1));
        let at = here(run.q());
        plot.part(run.loss.curve(), || {
            for step in steps {
                if run.way[step] != *run.q() {
                    let at = here(&run.way[step]);
                    plot.picture.dot(at, 3.6, Ink::Panel);
                    plot.picture.dot(at, 2.4, self.ink());
                }
            }
            plot.part(measure.slope_key(), || {
                if let Some(slope) = run.gradient.slope.finite() {
                    self.tangent(plot, at, slope);
                }
            });
            plot.picture.dot(at, 5.0, self.ink());
        });
        let (place, align) = if run.loss == Loss::JensenShannon {
            let plateau = plot.pixel(plot.panel.x.end, LN_2);
            (Point { y: plateau.y - 12.0, ..plateau }, Align::Right)
        } else {
            self.clear_place(plot, at, plot.picture.text_width(&label, style))
        };
        plot.picture.text(place, &label, style.align(align));
    }

    /// Where a label of that width keeps clear of the landscape and of the dot at `now`.
    fn clear_place(&self, plot: &Plot, now: Point, width: f64) -> (Point, Align) {
        let Rect { left, top, .. } = plot.panel.rect;
        let (right, bottom) = (plot.panel.rect.right(), plot.panel.rect.bottom());
        let (high, low) = (top + 8.0, bottom - 10.0);
        let places = [(right, low), (left, low), (left, high), (right, high)];
        let hits = |&(x, y): &(f64, f64)| {
            let from = if x == left { left } else { right - width };
            let near = |at: Point, by: f64| {
                at.x > from - by && at.x < from + width + by && (at.y - y).abs() < 9.0 + by
            };
            let curve = self.run.landscape.iter().filter(|point| point.1 <= plot.panel.y.end);
            let curve = curve.map(|&(x, y)| plot.pixel(x, y)).filter(|at| near(*at, 3.0)).count();
            // The dot has a tangent to both sides.
            curve + if near(now, 24.0) { 20 } else { 0 }
        };
        let (x, y) = places.into_iter().min_by_key(hits).unwrap_or(places[0]);
        (Point { x, y }, if x == left { Align::Left } else { Align::Right })
    }

    fn tangent(&self, plot: &Plot, at: Point, slope: f64) {
        const HALF: f64 = 30.0;
        let across = plot.panel.rect.width / (plot.panel.x.end - plot.panel.x.start);
        let up = plot.panel.rect.height / (plot.panel.y.end - plot.panel.y.start);
        let (dx, dy) = (across, -slope * up);
        let by = HALF / dx.hypot(dy);
        let end = |side: f64| {
            let down = side * by * dy;
            // No further down than the axis.
            let part = if down > 0.0 { ((plot.panel.rect.bottom() - at.y) / down).min(1.0) } else { 1.0 };
            Point { x: at.x + part * side * by * dx, y: at.y + part * down }
        };
        plot.picture.rule(end(-1.0), end(1.0), Ink::Text, Stroke::solid(1.6));
    }
}

/// The outline of the uniform density on an interval.
fn block(lower: f64, upper: f64) -> Vec<(f64, f64)> {
    block_of(lower, upper, (upper - lower).recip())
}

/// The same, of any height; cut off at the panel's sides.
fn block_of(lower: f64, upper: f64, level: f64) -> Vec<(f64, f64)> {
    let [lower, upper] = [lower, upper].map(|x| clamp(x, -EDGE, EDGE));
    vec![(lower, 0.0), (lower, level), (upper, level), (upper, 0.0)]
}
