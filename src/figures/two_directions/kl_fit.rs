//! Two directions of KL: one Gaussian fitted to a mixture by forward and by reverse KL, side by side.

use divergences::distribution::{Distribution, Gaussian};
use divergences::divergence::Divergence;
use divergences::fit::{self, Ending, Optimum, Step, Target, Trajectory};
use divergences::order::clamp;

use crate::figure::component_handles::{self, Looks};
use crate::figure::components::{Components, Shape};
use crate::figure::prelude::*;

/// How many steps a fit takes.
const LAST_STEP: u32 = 300;
/// How far the x axis reaches, both ways.
const EDGE: f64 = 7.5;
/// At how many places curves are sampled.
const PLACES: usize = 361;
/// Optima whose values differ by less are equally good: mirror images of each other differ by rounding.
const AS_GOOD: f64 = 1e-9;
/// How many earlier places of a fit are shown.
const GHOSTS: usize = 6;

choice! {
    /// How the fits descend.
    Optimiser {
        /// Plain gradient descent.
        GradientDescent = "gradient-descent",
        /// Gradient descent with momentum.
        Momentum = "momentum",
        /// Adam.
        Adam = "adam",
    }
}

parameters! {
    /// What the reader can change about the fits.
    Fits {
        /// The target.
        target / "p": Components = Components::new(&[[0.5, -2.6, 0.75], [0.5, 2.6, 0.75]]),
            Kind::Components { most: 5 }, More;
        /// The mean from which both fits start.
        mean / "mu": f64 = 1.2, Kind::Number { least: -6.0, most: 6.0, step: 0.1 }, Front;
        /// The standard deviation from which both fits start.
        sd / "sigma": f64 = 1.0, Kind::Positive { least: 0.15, most: 4.0, steps_per_decade: 24 }, Front;
        /// The learning rate.
        rate / "rate": f64 = 0.02, Kind::Positive { least: 0.005, most: 1.0, steps_per_decade: 10 }, Front;
        /// The optimiser.
        optimiser / "optimiser": Optimiser = Optimiser::Adam, Kind::Choice(Optimiser::WORDS), More;
        /// The unit.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
        /// How many steps have been taken.
        step / "step": u32 = 40, Kind::Count { most: LAST_STEP }, Front;
    }
}

/// The two directions, as the words of a fit's parts and numbers begin.
const DIRECTIONS: [(Divergence, Ink, &str); 2] =
    [(Divergence::ForwardKl, Ink::ForwardKl, "forward"), (Divergence::ReverseKl, Ink::ReverseKl, "reverse")];

/// What the parameters imply.
pub struct Model {
    fits: Fits,
    p: Distribution,
    /// All optima, by direction; the target alone decides on them.
    optima: Memo<Components, [Vec<Optimum>; 2]>,
    /// The whole way of each fit, whichever of its steps is shown.
    ways: Memo<Fits, [Trajectory; 2]>,
}

/// One of the two fits.
struct Run<'a> {
    model: &'a Model,
    divergence: Divergence,
    ink: Ink,
    key: &'static str,
    names: Names,
    way: &'a Trajectory,
    optima: &'a [Optimum],
    /// Where the fit stands now.
    q: Gaussian,
    value: f64,
}

/// What the parts and numbers of a fit are called.
#[derive(Clone, Copy)]
struct Names {
    q: &'static str,
    optima: &'static str,
    mean: &'static str,
    sd: &'static str,
}

const NAMES: [Names; 2] = [
    Names { q: "forward-q", optima: "forward-optima", mean: "forward-mean", sd: "forward-sd" },
    Names { q: "reverse-q", optima: "reverse-optima", mean: "reverse-mean", sd: "reverse-sd" },
];

/// The height of a Gaussian's peak.
fn peak(sd: f64) -> f64 {
    Shape::Bells.peak(sd)
}

impl Model {
    fn runs(&self) -> [Run<'_>; 2] {
        [0, 1].map(|which| {
            let (divergence, ink, key) = DIRECTIONS[which];
            let (way, optima) = (&self.ways[which], &*self.optima[which]);
            let mut run = Run {
                model: self,
                divergence,
                ink,
                key,
                names: NAMES[which],
                way,
                optima,
                q: way.points[0].q,
                value: 0.0,
            };
            Step { q: run.q, value: run.value, .. } = run.at(self.step());
            run
        })
    }

    fn step(&self) -> usize {
        self.fits.step as usize
    }
}

impl Run<'_> {
    /// Where the fit is after `step` steps; if it ended before, where it ended.
    fn at(&self, step: usize) -> Step {
        self.way.points[step.min(self.way.points.len() - 1)]
    }

    fn best(&self) -> Option<&Optimum> {
        self.optima.first()
    }

    fn best_value(&self) -> f64 {
        self.best().map_or(f64::NAN, |best| best.value)
    }

    /// The mean of the best fit; NaN where several are equally good.
    fn best_mean(&self) -> f64 {
        match self.optima {
            [best, next, ..] if next.value <= best.value + AS_GOOD => f64::NAN,
            [best, ..] => best.q.mean(),
            [] => f64::NAN,
        }
    }

    fn readout(&self) -> Readout {
        Readout::divergence(self.key, self.value, self.model.fits.unit)
    }

    /// What a place adds to the divergence: p log(p/q), or q log(q/p).
    fn integrand(&self, x: f64) -> f64 {
        let (log_p, log_q) = (self.model.p.log_density(x), self.q.log_density(x));
        if self.divergence == Divergence::ForwardKl {
            log_p.exp() * (log_p - log_q)
        } else {
            log_q.exp() * (log_q - log_p)
        }
    }
}

/// The two-directions-of-KL figure, `kl-fit`.
pub struct KlFit;

impl Figure for KlFit {
    const NAME: &'static str = "kl-fit";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "separated", values: &[] },
        Preset { name: "unequal", values: &[("p", "0.8,-2.2,0.9;0.2,2.6,0.6")] },
        Preset { name: "tiny", values: &[("p", "0.99,-1.5,0.8;0.01,4,0.5")] },
        Preset { name: "close", values: &[("p", "0.5,-1.1,0.75;0.5,1.1,0.75")] },
        Preset { name: "three", values: &[("p", "0.3,-3.8,0.6;0.4,0,0.6;0.3,3.8,0.6")] },
    ];
    const CURVES: &'static [Curve] = &[
        Curve { name: "forward", tells: &["forward"], with: &[] },
        Curve { name: "forward-q", tells: &["forward-mean", "forward-sd"], with: &["forward-optima"] },
        Curve {
            name: "forward-optima",
            tells: &["forward-best", "forward-best-mean", "forward-best-sd", "forward-end-mean"],
            with: &[],
        },
        Curve { name: "reverse", tells: &["reverse"], with: &[] },
        Curve { name: "reverse-q", tells: &["reverse-mean", "reverse-sd"], with: &["reverse-optima"] },
        Curve {
            name: "reverse-optima",
            tells: &["reverse-best", "reverse-best-mean", "reverse-minima", "reverse-end-mean"],
            with: &[],
        },
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
        Layout::new(&[Row::new(58.0, 200.0), Row::new(52.0, 70.0), Row::new(34.0, 50.0)], 24.0)
            .columns(2, 0.06, 24.0, 64.0, 24.0)
            .slim(460.0, 22.0);

    type Parameters = Fits;
    type Model = Model;

    fn model(fits: &Fits, before: Option<&Model>) -> Model {
        let target = || valid(Target::new(&fits.target.triples()));
        let optima = Memo::new(fits.target.clone(), before.map(|model| &model.optima), |_| {
            let target = target();
            DIRECTIONS.map(|(divergence, ..)| target.optima(divergence))
        });
        // Playing changes the step alone.
        let way = Fits { step: 0, unit: Unit::Nats, ..fits.clone() };
        let ways = Memo::new(way, before.map(|model| &model.ways), |fits| {
            let (target, start) = (target(), valid(Gaussian::new(fits.mean, fits.sd)));
            let optimiser = match fits.optimiser {
                Optimiser::GradientDescent => fit::Optimiser::GradientDescent,
                Optimiser::Momentum => fit::Optimiser::Momentum,
                Optimiser::Adam => fit::Optimiser::Adam,
            };
            DIRECTIONS.map(|(divergence, ..)| {
                fit::descend(&target, divergence, start, optimiser, fits.rate, LAST_STEP as usize)
            })
        });
        Model { p: fits.target.distribution(Shape::Bells), optima, ways, fits: fits.clone() }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let [forward, reverse] = &model.runs();
        let unit = model.fits.unit;
        let best = forward.best().map(|best| best.q);
        vec![
            forward.readout(),
            Readout::number("forward-mean", forward.q.mean()),
            Readout::number("forward-sd", forward.q.sd()),
            Readout::divergence("forward-best", forward.best_value(), unit),
            Readout::number("forward-best-mean", best.map_or(f64::NAN, |q| q.mean())),
            Readout::number("forward-best-sd", best.map_or(f64::NAN, |q| q.sd())),
            Readout::number("forward-end-mean", forward.at(LAST_STEP as usize).q.mean()),
            reverse.readout(),
            Readout::number("reverse-mean", reverse.q.mean()),
            Readout::number("reverse-sd", reverse.q.sd()),
            Readout::divergence("reverse-best", reverse.best_value(), unit),
            Readout::number("reverse-best-mean", reverse.best_mean()),
            Readout::count("reverse-minima", reverse.optima.len()),
            Readout::number("reverse-end-mean", reverse.at(LAST_STEP as usize).q.mean()),
            Readout::count("step", model.step()).given(),
        ]
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let runs = model.runs();
        let greatest = |least: f64, sizes: &mut dyn Iterator<Item = f64>| {
            sizes.filter(|size| size.is_finite()).fold(least, f64::max)
        };
        let p_peaks = model.fits.target.all().iter().map(|c| model.p.density(c.mean));
        let q_peaks =
            runs.iter().flat_map(|run| run.optima.iter().map(|optimum| optimum.q.sd()).chain([run.q.sd()]));
        let density = 1.12 * greatest(0.0, &mut p_peaks.chain(q_peaks.map(peak)));
        let places = (0..PLACES).map(|i| EDGE * (2.0 * i as f64 / (PLACES - 1) as f64 - 1.0));
        let sizes = &mut places.flat_map(|x| runs.each_ref().map(|run| run.integrand(x).abs()));
        let integrand = 1.05 * greatest(0.05, sizes);
        let loss = 1.08 * greatest(0.1, &mut runs.iter().map(|run| run.at(0).value));
        let column = [
            Axes::following(-EDGE..EDGE, 0.0..density),
            Axes::following(-EDGE..EDGE, -0.35 * integrand..integrand),
            Axes::following(0.0..f64::from(LAST_STEP), 0.0..loss),
        ];
        [column.clone(), column].concat()
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        for (run, plots) in model.runs().iter().zip(plots.chunks_exact(Self::LAYOUT.rows())) {
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
            let panel = Self::LAYOUT.rows() * which;
            let looks =
                Looks { panel, ink: Ink::Target, level: 1.0, twin: which > 0, words: "kl-fit.handle" };
            let density = |x| model.p.density(x);
            handles.extend(component_handles::handles(
                &model.fits.target,
                Shape::Bells,
                &density,
                looks,
                texts,
                |fits: &mut Fits| &mut fits.target,
            ));
            let words = [("mean", number::fixed(run.q.mean(), 2)), ("sd", number::fixed(run.q.sd(), 2))];
            let height = peak(run.q.sd());
            let handle = Handle::new(panel, (run.q.mean(), height), run.ink)
                .step(0.1, 0.05 * height)
                .named(
                    texts.fill(&format!("kl-fit.handle.{}", run.key), &words),
                    texts.fill("kl-fit.handle.fit.value", &words),
                )
                .on(run.names.q);
            // Taking hold of a fit is choosing where both start.
            handles.push(handle.drags(|fits: &mut Fits, to| {
                fits.mean = clamp(to.x, -6.0, 6.0);
                fits.sd = clamp(peak(1.0) / to.y.max(1e-3), 0.15, 4.0);
                fits.step = 0;
            }));
        }
        handles
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        let target = &model.fits.target;
        let mode = |i: usize| {
            let words = [
                ("mean", number::fixed(target.all()[i].mean, 1)),
                ("weight", number::fixed(100.0 * target.share(i), 0)),
            ];
            texts.fill("kl-fit.summary.mode", &words)
        };
        let mut words = vec![
            ("modes", texts.list((0..target.all().len()).map(mode).collect())),
            ("minima", model.optima[1].len().to_string()),
        ];
        for run in model.runs() {
            words.push((run.names.mean, number::fixed(run.q.mean(), 2)));
            words.push((run.names.sd, number::fixed(run.q.sd(), 2)));
        }
        words
    }

    fn table(model: &Model) -> Table {
        let [forward, reverse] = &model.runs();
        Table::sampled(
            "x",
            -EDGE..EDGE,
            301,
            &[
                ("p", &|x| model.p.density(x)),
                ("q_forward", &|x| forward.q.density(x)),
                ("q_reverse", &|x| reverse.q.density(x)),
                ("p_log_p_over_q_forward", &|x| forward.integrand(x)),
                ("q_log_q_over_p_reverse", &|x| reverse.integrand(x)),
            ],
        )
    }
}

impl Run<'_> {
    fn draw_heading(&self, plot: &Plot, texts: &Texts) {
        let slim = KlFit::LAYOUT.is_slim(plot.panel);
        let label = |key: &str| texts.label(&format!("kl-fit.{}{key}", self.key), &[]);
        let value = plot.picture.told(self.key, self.readout().text(texts));
        let told = |name, value| plot.picture.told(name, number::fixed(value, 2));
        let (mean, sd) = (told(self.names.mean, self.q.mean()), told(self.names.sd, self.q.sd()));
        plot.heading(&Heading {
            aside: Some((format!("μ {mean}   σ {sd}"), TextStyle::new(Ink::Soft, 14.0))),
            third: slim.then_some(Third::About),
            ..Heading::new(if slim { 68.0 } else { 46.0 }, label(""), self.ink, value, label(".about"))
        });
    }

    fn draw_densities(&self, plot: &Plot, texts: &Texts) {
        let Self { model, names, .. } = self;
        plot.density(&model.p, DensityStyle::TARGET);
        plot.part(names.optima, || {
            for optimum in self.optima {
                // Mirror images are equally good.
                let opacity = if optimum.value <= self.best_value() + AS_GOOD { 0.95 } else { 0.5 };
                plot.bell(&optimum.q, self.ink, Stroke::dashed(1.8, &[3.0, 5.0]).fade(opacity));
            }
        });
        plot.part(names.q, || {
            // Where it was: the start and five places on the way. Hairlines are painted many times as fast as wider lines.
            for ghost in 0..GHOSTS {
                let step = model.step() * ghost / GHOSTS;
                if step < model.step() {
                    plot.bell(&self.at(step).q, self.ink, Stroke::solid(1.0).fade(0.2 + 0.08 * ghost as f64));
                }
            }
            plot.bell(&self.q, self.ink, Stroke::solid(3.2));
        });
        plot.x_axis(0.0, true);
        // Beside p's ring and above q's, where no other ring comes to lie.
        let first = model.fits.target.all()[0].mean;
        plot.letter("p", first, model.p.density(first), (-18.0, 8.0), Ink::Soft);
        plot.part(names.q, || {
            plot.letter("q", self.q.mean(), peak(self.q.sd()), (0.0, 20.0), self.ink);
        });
        let start = self.at(0).q;
        let [from, to] = [start, self.q].map(|q| plot.pixel(q.mean(), peak(q.sd())));
        // Without the fit there is nothing to tell the start from.
        if (to.x - from.x).hypot(to.y - from.y) > 40.0
            && peak(start.sd()) < plot.panel.y.end
            && plot.picture.shows(names.q)
        {
            let style = TextStyle::new(Ink::Soft, 12.5).align(Align::Centre);
            plot.picture.text(Point { y: from.y - 9.0, ..from }, texts.get("kl-fit.start"), style);
        }
    }

    fn draw_integrand(&self, plot: &Plot, texts: &Texts) {
        plot.part(self.names.q, || plot.signed_area(&plot.graph(PLACES, &|x| self.integrand(x))));
        plot.x_axis(0.0, false);
        let formula = texts.get(&format!("kl-fit.{}.integrand", self.key)).to_owned();
        plot.title(&texts.label("kl-fit.integrand", &[("formula", formula)]), Ink::Soft);
    }

    fn draw_loss(&self, plot: &Plot, texts: &Texts) {
        let losses =
            |last: usize| -> Vec<_> { (0..=last).map(|step| (step as f64, self.at(step).value)).collect() };
        let step = self.model.step();
        plot.part(self.key, || {
            // Where it is going to.
            plot.part(self.names.optima, || {
                plot.level(self.best_value(), self.ink, Stroke::dashed(1.4, &[3.0, 5.0]).fade(0.9));
                plot.line(&losses(LAST_STEP as usize), self.ink, Stroke::solid(1.0).fade(0.5));
            });
            plot.line(&losses(step), self.ink, Stroke::solid(2.6));
            let height = clamp(self.value, plot.panel.y.start, plot.panel.y.end);
            plot.dot(step as f64, height, 4.5, self.ink);
        });
        plot.x_axis(0.0, true);
        let label = texts.fill("kl-fit.loss", &[("step", step.to_string())]);
        plot.at_left(12.0, &label, TextStyle::new(Ink::Soft, 14.0));
        if self.way.ending != Ending::Completed {
            plot.at_right(12.0, texts.get("kl-fit.diverged"), TextStyle::new(Ink::ReverseKl, 14.0).bold());
        }
    }
}
