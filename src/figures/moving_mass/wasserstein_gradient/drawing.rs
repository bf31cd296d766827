//! The drawing of one descent: heading, cumulative distribution functions and landscape.

use std::f64::consts::LN_2;

use divergences::fit::Slope;
use divergences::order::clamp;

use super::body::{Body, Loss};
use super::{EDGE, Model, Run, WassersteinGradient};
use crate::figure::prelude::*;

/// The size of titles, in CSS pixels.
const TITLE: f64 = 13.5;
/// The number of earlier states that are drawn.
pub(super) const GHOSTS: usize = 5;

/// The column of panels of one descent.
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

    pub(super) fn ink(&self) -> Ink {
        self.run.loss.measure().ink()
    }

    /// The stroke of the loss with the width `width`.
    pub(super) fn stroke(&self, width: f64) -> Stroke {
        Stroke { width, ..self.run.loss.measure().stroke() }
    }

    pub(super) fn is_apart(&self) -> bool {
        self.model.target.is_apart_from(self.run.q())
    }

    fn heading(&self, plot: &Plot) {
        let (measure, unit) = (self.run.loss.measure(), self.model.descents.unit);
        let value = plot.picture.told(measure.key(), self.run.readout(unit).text(self.texts));
        let slope_key = measure.slope_key();
        let slope = plot.picture.told(slope_key, self.run.slope_text(unit, self.texts));
        // A slope of 0 is worth emphasis only away from the minimum.
        let exactly = plot.picture.shows(slope_key)
            && self.run.gradient.slope == Slope::Finite(0.0)
            && self.run.value > 0.0;
        let (key, style) = if exactly {
            ("wasserstein-gradient.slope.zero", TextStyle::new(self.ink(), 14.0).bold())
        } else {
            ("wasserstein-gradient.slope", TextStyle::new(Ink::Soft, 14.0))
        };
        let label = |key: &str| self.texts.label(&self.key(key), &[]);
        let slope = (self.texts.fill(key, &[("slope", slope)]), style);
        let heading = Heading::new(46.0, label("name"), self.ink(), value, label("about"));
        let slim = WassersteinGradient::LAYOUT.is_slim(plot.panel);
        plot.heading(&heading.beside(slope, slim, Third::Aside));
    }

    pub(super) fn title(&self, plot: &Plot, key: &str, ink: Ink) {
        let (label, style) = (self.texts.label(&self.key(key), &[]), TextStyle::new(ink, TITLE));
        plot.at_left(13.0, &label.cut(style, plot.panel.rect.width, plot.picture), style);
    }

    fn cdfs(&self, plot: &Plot) {
        let Self { model, run, .. } = *self;
        let dim = run.loss == Loss::JensenShannon;
        self.title(plot, "cdf", if dim { Ink::Soft } else { self.ink() });
        let [p_line, q_line] = [&model.target.p, &run.q().distribution()].map(|d| plot.cumulative(d));
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
        // The previous step is included, because it shows on which side of a kink q was.
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
                    plot.tangent(at, slope, Ink::Text, Stroke::solid(1.6));
                }
            });
            plot.picture.dot(at, 5.0, self.ink());
        });
        if run.loss == Loss::JensenShannon {
            let plateau = plot.pixel(plot.panel.x.end, LN_2);
            plot.picture.text(Point { y: plateau.y - 12.0, ..plateau }, &label, style.align(Align::Right));
        } else {
            plot.corner_label(&label, style, &run.landscape, at);
        }
    }
}
