//! The figure `kl-fit`: a Gaussian fitted to a mixture by forward and by reverse KL, side by side.

mod fits;

use divergences::distribution::Gaussian;
use divergences::fit::Optimiser;
use divergences::order::clamp;

use crate::figure::component_handles::{self, MixtureHandleStyle, Side};
use crate::figure::components::{Components, Shape, greatest};
use crate::figure::prelude::*;
use fits::{Model, Run, mean_of_optimum};

/// The number of steps of a fit.
const LAST_STEP: u32 = 300;
/// The end of the horizontal axis, on both sides of 0.
const EDGE: f64 = 7.5;
/// The number of samples of the integrand.
const PLACES: usize = 361;
/// The number of earlier steps that are drawn.
const GHOSTS: usize = 6;

choice! {
    for Optimiser { GradientDescent = "gradient-descent", Momentum = "momentum", Adam = "adam" }
}

parameters! {
    /// The parameters of the figure.
    Fits {
        /// The target p.
        target / "p": Components = Components::new(&[[0.5, -2.6, 0.75], [0.5, 2.6, 0.75]]),
            Kind::Components { most: 5 }, More;
        /// The initial mean of both fits.
        mean / "mu": f64 = 1.2, Kind::Number { least: -6.0, most: 6.0, step: 0.1 }, Front;
        /// The initial standard deviation of both fits.
        sd / "sigma": f64 = 1.0, Kind::Positive { least: 0.15, most: 4.0, steps_per_decade: 24 }, Front;
        /// The learning rate.
        rate / "rate": f64 = 0.02, Kind::Positive { least: 0.005, most: 1.0, steps_per_decade: 10 }, Front;
        /// The optimiser.
        optimiser / "optimiser": Optimiser = Optimiser::Adam, Kind::Choice(&["gradient-descent", "momentum", "adam"]), More;
        /// The unit of logarithmic divergences.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
        /// The number of steps taken.
        step / "step": u32 = 80, Kind::Count { most: LAST_STEP }, Front;
    }
}

/// The greatest reach of the axes of densities and of integrands. A reader's own start takes a quarter of it at
/// most; a fit that runs away leaves them.
const DENSEST: f64 = 12.0;
const STEEPEST: f64 = 4e4;

/// The density of a Gaussian at its mean.
fn peak(sd: f64) -> f64 {
    Shape::Bells.peak(sd)
}

/// `value` with two decimals, or the word for undefined.
fn two_decimals(value: f64, texts: &Texts) -> String {
    if value.is_nan() { texts.get("number.undefined").to_owned() } else { number::fixed(value, 2) }
}

/// The figure `kl-fit`.
pub struct KlFit;

impl Figure for KlFit {
    const NAME: &'static str = "kl-fit";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "separated", values: &[] },
        Preset { name: "unequal", values: &[("p", "0.8,-2.2,0.9;0.2,2.6,0.6")] },
        Preset { name: "tiny", values: &[("p", "0.99,-1.5,0.8;0.01,4,0.5")] },
        Preset { name: "close", values: &[("p", "0.5,-1.1,0.75;0.5,1.1,0.75")] },
        Preset { name: "three", values: &[("p", "0.3,-3.8,0.6;0.4,0,0.6;0.3,3.8,0.6"), ("mu", "3")] },
    ];
    const CURVES: &'static [Curve] = &[
        Curve::new("forward-q", &["forward-mean", "forward-sd"]).hides(&["forward-optima"]),
        Curve::new(
            "forward-optima",
            &["forward-best", "forward-best-mean", "forward-best-sd", "forward-end-mean"],
        ),
        Curve::new("reverse-q", &["reverse-mean", "reverse-sd"]).hides(&["reverse-optima"]),
        Curve::new(
            "reverse-optima",
            &["reverse-best", "reverse-best-mean", "reverse-minima", "reverse-end-mean"],
        ),
    ];
    const HEARD: Heard = Heard { readouts: ["forward", "reverse"], columns: ["q_forward", "q_reverse"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("forward-mean", Asked::Across(0)),
        Question::new("forward-best-mean", Asked::Across(0)),
        Question::new("forward-end-mean", Asked::Across(0)).at_end(),
        Question::new("reverse-mean", Asked::Across(3)),
        Question::new("reverse-best-mean", Asked::Across(3)),
        Question::new("reverse-end-mean", Asked::Across(3)).at_end(),
        Question::new("reverse-minima", Asked::Count(9.0)),
    ];
    const STEPS: Option<&'static str> = Some("step");
    const LAYOUT: Layout =
        Layout::new(&[Tier::new(58.0, 200.0), Tier::new(52.0, 70.0), Tier::new(34.0, 50.0)], 24.0)
            .columns(2, 0.06, 24.0, 64.0, 24.0)
            .slim(460.0, 22.0);

    type Parameters = Fits;
    type Model = Model;

    fn model(fits: &Fits, before: Option<&Model>) -> Model {
        Model::new(fits, before)
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let [forward, reverse] = &model.runs();
        let best = |run: &Run, key| Readout::divergence(key, run.best_value(), model.fits.unit);
        let end = |run: &Run, key| {
            let last = run.at(LAST_STEP as usize);
            Readout::number(key, last.map_or(f64::NAN, |last| last.q.mean()))
        };
        let of_best =
            |read: fn(&Gaussian) -> f64| forward.optima.first().map_or(f64::NAN, |best| read(&best.q));
        let mut readouts = vec![forward.value()];
        readouts.extend(forward.place());
        readouts.extend([
            best(forward, "forward-best"),
            Readout::number("forward-best-mean", of_best(mean_of_optimum)),
            Readout::number("forward-best-sd", of_best(Gaussian::sd)),
            end(forward, "forward-end-mean"),
            reverse.value(),
        ]);
        readouts.extend(reverse.place());
        readouts.extend([
            best(reverse, "reverse-best"),
            Readout::number("reverse-best-mean", reverse.best_mean()),
            Readout::count("reverse-minima", reverse.optima.len()),
            end(reverse, "reverse-end-mean"),
            Readout::count("step", model.step()).given(),
        ]);
        readouts
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let runs = model.runs();
        let top = |f: &dyn Fn(f64) -> f64| greatest(f, EDGE, &[&model.fits.target]);
        let bells =
            runs.iter().flat_map(|run| run.optima.iter().map(|optimum| optimum.q).chain([run.held()]));
        let peaks = bells.map(|q| peak(q.sd()));
        let density = (1.12 * peaks.fold(top(&|x| model.p.density(x)), f64::max)).min(DENSEST);
        let sizes = runs.iter().map(|run| top(&|x| run.integrand(x).abs()));
        let integrand = (1.05 * sizes.fold(0.05, f64::max)).min(STEEPEST);
        let loss = 1.08 * runs.iter().map(|run| run.start().value).fold(0.1, f64::max);
        let column = [
            Axes::following(-EDGE..EDGE, 0.0..density),
            Axes::following(-EDGE..EDGE, -0.35 * integrand..integrand),
            Axes::following(0.0..f64::from(LAST_STEP), 0.0..loss),
        ];
        [column.clone(), column].concat()
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        for (run, plots) in model.runs().iter().zip(plots.chunks_exact(Self::LAYOUT.tiers())) {
            if let [density, integrand, loss] = plots {
                run.draw_heading(density, texts);
                run.draw_densities(density, texts);
                run.draw_integrand(integrand, texts);
                run.draw_loss(loss, texts);
            }
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Fits>> {
        let mut handles = Vec::new();
        for (which, run) in model.runs().iter().enumerate() {
            let panel = Self::LAYOUT.tiers() * which;
            let style = MixtureHandleStyle {
                panel,
                ink: Ink::Target,
                side: Side::Peak,
                twin: which > 0,
                words: "kl-fit.handle",
            };
            let density = |x| model.p.density(x);
            handles.extend(component_handles::handles(
                &model.fits.target,
                Shape::Bells,
                &density,
                style,
                texts,
                |fits: &mut Fits| &mut fits.target,
            ));
            let q = run.held();
            let words = [("mean", number::fixed(q.mean(), 2)), ("sd", number::fixed(q.sd(), 2))];
            let name = texts.fill(&format!("kl-fit.handle.{}", run.of.key), &words);
            let handle = Handle::new(panel, (q.mean(), peak(q.sd())), run.of.ink)
                .step(0.1, 0.05 * peak(q.sd()))
                .named(name, texts.fill("kl-fit.handle.fit.value", &words))
                .on(run.of.q);
            // Dragging a fit sets the start of both.
            handles.push(handle.drags(|fits: &mut Fits, to| {
                fits.mean = clamp(to.x, -6.0, 6.0);
                fits.sd = clamp(peak(1.0) / to.y.max(1e-3), 0.15, 4.0);
                fits.step = 0;
            }));
        }
        handles
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        let mut words = vec![("modes", model.fits.target.described("kl-fit.summary.mode", 1, texts))];
        let places = model.runs().into_iter().flat_map(|run| run.place());
        words.extend(places.map(|place| (place.key, two_decimals(place.value, texts))));
        let diverged = |run: &Run| {
            let step = (run.last() + 1).to_string();
            let words = [("name", texts.get(&format!("kl-fit.{}", run.of.key)).to_owned()), ("step", step)];
            run.now.is_none().then(|| format!(" {}", texts.fill("kl-fit.summary.diverged", &words)))
        };
        words.push(("diverged", model.runs().iter().filter_map(diverged).collect()));
        words
    }

    fn table(model: &Model) -> Table {
        let [forward, reverse] = &model.runs();
        let columns: [(&str, &dyn Fn(f64) -> f64); 5] = [
            ("p", &|x| model.p.density(x)),
            ("q_forward", &|x| forward.density(x)),
            ("q_reverse", &|x| reverse.density(x)),
            ("p_log_p_over_q_forward", &|x| forward.integrand(x)),
            ("q_log_q_over_p_reverse", &|x| reverse.integrand(x)),
        ];
        Table::sampled("x", -EDGE..EDGE, 301, &columns)
    }
}

impl Run<'_> {
    fn draw_heading(&self, plot: &Plot, texts: &Texts) {
        let label = |key: &str| texts.label(&format!("kl-fit.{}{key}", self.of.key), &[]);
        let value = plot.picture.told(self.of.key, self.value().text(texts));
        let [mean, sd] =
            self.place().map(|place| plot.picture.told(place.key, two_decimals(place.value, texts)));
        let place = match self.now {
            Some(_) => format!("μ {mean}   σ {sd}"),
            None => texts.get("kl-fit.diverged.short").to_owned(),
        };
        let place = (place, TextStyle::new(Ink::Soft, 14.0));
        let heading = Heading::new(46.0, label(""), self.of.ink, value, label(".about"));
        plot.heading(&heading.beside(place, KlFit::LAYOUT.is_slim(plot.panel), Third::About));
    }

    fn draw_densities(&self, plot: &Plot, texts: &Texts) {
        let Self { model, of, now, .. } = self;
        let q = &self.held();
        let top = |q: &Gaussian| plot.pixel(q.mean(), peak(q.sd()));
        plot.density(&model.p, DensityStyle::TARGET);
        plot.part(of.optima, || plot.optima(self.optima, of.ink));
        plot.part(of.q, || {
            // Browsers paint hairlines many times as fast as wider lines.
            for (step, opacity) in ghosts(model.step(), GHOSTS, 0.2, 0.08) {
                if let Some(earlier) = self.at(step) {
                    plot.bell(&earlier.q, of.ink, Stroke::solid(1.0).fade(opacity));
                }
            }
            if now.is_some() {
                plot.bell(q, of.ink, Stroke::solid(3.2));
            }
        });
        plot.x_axis(0.0, true);
        // The letters stand beside the handle of p and above that of q, where they meet no other handle.
        let first = model.fits.target.all()[0].mean;
        plot.letter("p", first, model.p.density(first), (-18.0, 8.0), Ink::Soft);
        plot.part(of.q, || {
            plot.letter("q", q.mean(), peak(q.sd()), (0.0, 20.0), of.ink);
            let start = self.start().q;
            let (from, to) = (top(&start), top(q));
            if (to.x - from.x).hypot(to.y - from.y) > 40.0 && peak(start.sd()) < plot.panel.y.end {
                let style = TextStyle::new(Ink::Soft, 12.5).align(Align::Centre);
                plot.picture.text(Point { y: from.y - 9.0, ..from }, texts.get("kl-fit.start"), style);
            }
        });
    }

    fn draw_integrand(&self, plot: &Plot, texts: &Texts) {
        if self.now.is_some() {
            plot.part(self.of.q, || plot.signed_area(&plot.graph(PLACES, &|x| self.integrand(x))));
        }
        plot.x_axis(0.0, false);
        let formula = texts.get(&format!("kl-fit.{}.integrand", self.of.key)).to_owned();
        plot.title(&texts.label("kl-fit.integrand", &[("formula", formula)]), Ink::Soft);
    }

    fn draw_loss(&self, plot: &Plot, texts: &Texts) {
        let losses: Vec<_> = self.way.points.iter().map(|step| step.value).collect();
        let step = self.model.step();
        plot.part(self.of.key, || {
            plot.descent(&losses, step.min(self.last()), self.best_value(), self.of.optima, self.of.ink);
        });
        plot.x_axis(0.0, true);
        let label = texts.fill("kl-fit.loss", &[("step", step.to_string())]);
        plot.at_left(12.0, &label, TextStyle::new(Ink::Soft, 14.0));
        if self.now.is_none() {
            plot.at_right(12.0, texts.get("kl-fit.diverged"), TextStyle::new(Ink::ReverseKl, 14.0).bold());
        }
    }
}

#[cfg(test)]
mod tests;
