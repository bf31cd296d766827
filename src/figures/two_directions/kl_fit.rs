//! Two directions of KL: one Gaussian fitted to a mixture by forward and by reverse KL, side by side.

use std::rc::Rc;

use crate::figure::component_handles::{self, Looks};
use crate::figure::components::{Components, Shape};
use crate::figure::guess::{Asked, Question};
use crate::figure::parameter::{Kind, choice, parameters};
use crate::figure::readout::{Readout, UNITS, Unit};
use crate::figure::sound::Heard;
use crate::figure::texts::Texts;
use crate::figure::{Curve, Figure, Handle, NARROW, Preset, Table, fitting, valid};
use crate::plot::{Align, Ink, Panel, Picture, Point, Rect, Stroke, TextStyle, number};
use divergences::distribution::{Distribution, Gaussian};
use divergences::divergence::Divergence;
use divergences::fit::{self, Ending, Optimum, Step, Target, Trajectory};
use divergences::order::clamp;

/// How many steps a fit takes.
const LAST_STEP: u32 = 300;
/// How far the x axis reaches, both ways.
const EDGE: f64 = 7.5;
/// Into how many pieces curves are cut.
const LAST_PLACE: u32 = 360;
/// Into how many pieces a bell is cut, over all that is seen of it.
const BELL: u32 = 120;
/// Below this width of a column its heading takes three lines.
const SLIM: f64 = 460.0;
/// The height of one fit with all its panels.
const COLUMN_HEIGHT: f64 = 488.0;

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

/// What the parts and numbers of a fit are called.
#[derive(Clone, Copy)]
struct Names {
    q: &'static str,
    optima: &'static str,
    mean: &'static str,
    sd: &'static str,
}

const FORWARD: Names =
    Names { q: "forward-q", optima: "forward-optima", mean: "forward-mean", sd: "forward-sd" };
const REVERSE: Names =
    Names { q: "reverse-q", optima: "reverse-optima", mean: "reverse-mean", sd: "reverse-sd" };

/// One of the two fits.
struct Run {
    divergence: Divergence,
    ink: Ink,
    key: &'static str,
    names: Names,
    trajectory: Rc<Trajectory>,
    optima: Rc<[Optimum]>,
    /// Where the fit stands now.
    q: Gaussian,
    value: f64,
}

/// Optima whose values differ by less are equally good: mirror images of each other differ by rounding.
const AS_GOOD: f64 = 1e-9;

impl Run {
    /// The mean of the best fit; NaN where several are equally good.
    fn best_mean(&self) -> f64 {
        match &*self.optima {
            [best, next, ..] if next.value <= best.value + AS_GOOD => f64::NAN,
            [best, ..] => best.q.mean(),
            [] => f64::NAN,
        }
    }

    /// What a place of the grid adds to the divergence: p log(p/q), or q log(q/p).
    fn integrand(&self, at: &Place) -> f64 {
        let log_q = self.q.log_density(at.x);
        if self.divergence == Divergence::ForwardKl {
            at.density * (at.log_density - log_q)
        } else {
            log_q.exp() * (log_q - at.log_density)
        }
    }
}

/// A place on the axis, and p there.
struct Place {
    x: f64,
    log_density: f64,
    density: f64,
}

impl Place {
    fn of(p: &Distribution, x: f64) -> Self {
        let log_density = p.log_density(x);
        Self { x, log_density, density: log_density.exp() }
    }
}

/// Where `trajectory` is after `step` steps; if it ended before, where it ended.
fn at(trajectory: &Trajectory, step: usize) -> Step {
    trajectory.points[step.min(trajectory.points.len() - 1)]
}

/// What the parameters imply.
pub struct Model {
    target: Components,
    p: Distribution,
    /// The places at which p is drawn, and what is made of it.
    grid: Rc<Vec<Place>>,
    runs: [Run; 2],
    step: usize,
    unit: Unit,
}

/// The height of a Gaussian's peak times its standard deviation.
fn peak(sd: f64) -> f64 {
    Shape::Bells.peak(sd)
}

fn grid(p: &Distribution) -> Vec<Place> {
    let x = |i| EDGE * (2.0 * f64::from(i) / f64::from(LAST_PLACE) - 1.0);
    (0..=LAST_PLACE).map(|i| Place::of(p, x(i))).collect()
}

impl Model {
    fn density(&self, x: f64) -> f64 {
        self.p.log_density(x).exp()
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

    type Parameters = Fits;
    type Model = Model;

    fn model(fits: &Fits, before: Option<(&Fits, &Model)>) -> Model {
        let target = valid(Target::new(&fits.target.triples()));
        let p = fits.target.distribution(Shape::Bells).expect("Components holds valid mixtures only");
        let start = valid(Gaussian::new(fits.mean, fits.sd));
        let optimiser = match fits.optimiser {
            Optimiser::GradientDescent => fit::Optimiser::GradientDescent,
            Optimiser::Momentum => fit::Optimiser::Momentum,
            Optimiser::Adam => fit::Optimiser::Adam,
        };
        // Playing changes the step alone; a new start leaves the valleys where they are.
        let same_target = before.filter(|(old, _)| old.target == fits.target).map(|(_, model)| model);
        let only_step =
            before.filter(|(old, _)| Fits { step: fits.step, unit: fits.unit, ..(*old).clone() } == *fits);
        let run = |which: usize, divergence, ink, key, names| {
            let trajectory = match only_step {
                Some((_, old)) => Rc::clone(&old.runs[which].trajectory),
                None => Rc::new(fit::descend(
                    &target,
                    divergence,
                    start,
                    optimiser,
                    fits.rate,
                    LAST_STEP as usize,
                )),
            };
            let optima = match same_target {
                Some(old) => Rc::clone(&old.runs[which].optima),
                None => target.optima(divergence).into(),
            };
            let Step { q, value, .. } = at(&trajectory, fits.step as usize);
            Run { divergence, ink, key, names, optima, trajectory, q, value }
        };
        let grid = match same_target {
            Some(old) => Rc::clone(&old.grid),
            None => Rc::new(grid(&p)),
        };
        Model {
            grid,
            runs: [
                run(0, Divergence::ForwardKl, Ink::ForwardKl, "forward", FORWARD),
                run(1, Divergence::ReverseKl, Ink::ReverseKl, "reverse", REVERSE),
            ],
            target: fits.target.clone(),
            p,
            step: fits.step as usize,
            unit: fits.unit,
        }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let [forward, reverse] = &model.runs;
        let best = |run: &Run| run.optima.first().map_or(f64::NAN, |optimum| optimum.value);
        vec![
            Readout::divergence("forward", forward.value, model.unit),
            Readout::number("forward-mean", forward.q.mean()),
            Readout::number("forward-sd", forward.q.sd()),
            Readout::divergence("forward-best", best(forward), model.unit),
            Readout::number(
                "forward-best-mean",
                forward.optima.first().map_or(f64::NAN, |best| best.q.mean()),
            ),
            Readout::number("forward-best-sd", forward.optima.first().map_or(f64::NAN, |best| best.q.sd())),
            Readout::number("forward-end-mean", at(&forward.trajectory, LAST_STEP as usize).q.mean()),
            Readout::divergence("reverse", reverse.value, model.unit),
            Readout::number("reverse-mean", reverse.q.mean()),
            Readout::number("reverse-sd", reverse.q.sd()),
            Readout::divergence("reverse-best", best(reverse), model.unit),
            Readout::number("reverse-best-mean", reverse.best_mean()),
            Readout::count("reverse-minima", reverse.optima.len()),
            Readout::number("reverse-end-mean", at(&reverse.trajectory, LAST_STEP as usize).q.mean()),
            Readout::count("step", model.step).given(),
        ]
    }

    fn reach(model: &Model) -> Vec<f64> {
        let p_peak = model.target.all().iter().map(|c| model.density(c.mean)).fold(0.0, f64::max);
        let q_peak = model
            .runs
            .iter()
            .flat_map(|run| run.optima.iter().map(|optimum| optimum.q).chain([run.q]))
            .map(|q| peak(q.sd()))
            .fold(0.0, f64::max);
        let integrand = model
            .grid
            .iter()
            .flat_map(|place| model.runs.each_ref().map(|run| run.integrand(place).abs()))
            .filter(|size| size.is_finite())
            .fold(0.05, f64::max);
        let loss = model.runs.iter().map(|run| at(&run.trajectory, 0).value).fold(0.1, f64::max);
        vec![1.12 * p_peak.max(q_peak), 1.05 * integrand, 1.08 * loss]
    }

    fn height(width: f64) -> f64 {
        if width < NARROW { 2.0 * COLUMN_HEIGHT + 24.0 } else { COLUMN_HEIGHT }
    }

    fn panels(_: &Model, width: f64, reach: &[f64]) -> Vec<Panel> {
        let stacked = width < NARROW;
        let gap = (width * 0.06).clamp(24.0, 64.0);
        // Handles and tick labels at the edges need room on either side.
        let margin = 8.0;
        let column = if stacked { width - 2.0 * margin } else { (width - gap) / 2.0 - margin };
        let [density, integrand, loss] = *reach else { return Vec::new() };
        let mut panels = Vec::with_capacity(6);
        for index in 0..2 {
            let shift = f64::from(index);
            let left = if stacked { margin } else { margin + shift * (column + gap) };
            let top = if stacked { shift * (COLUMN_HEIGHT + 24.0) } else { 0.0 };
            let rect = |from: f64, height: f64| Rect { left, top: top + from, width: column, height };
            let heading = if column < SLIM { 80.0 } else { 58.0 };
            panels.push(Panel { rect: rect(heading, 258.0 - heading), x: -EDGE..EDGE, y: 0.0..density });
            panels.push(Panel { rect: rect(310.0, 70.0), x: -EDGE..EDGE, y: -0.35 * integrand..integrand });
            panels.push(Panel { rect: rect(414.0, 50.0), x: 0.0..f64::from(LAST_STEP), y: 0.0..loss });
        }
        panels
    }

    fn draw(model: &Model, panels: &[Panel], picture: &Picture, texts: &Texts) {
        for (run, panels) in model.runs.iter().zip(panels.chunks_exact(3)) {
            if let [density, integrand, loss] = panels {
                draw_heading(model, run, density, picture, texts);
                draw_densities(model, run, density, picture, texts);
                draw_integrand(model, run, integrand, picture, texts);
                draw_loss(model, run, loss, picture, texts);
            }
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Handle> {
        let mut handles = Vec::new();
        for (which, run) in model.runs.iter().enumerate() {
            let panel = 3 * which;
            let looks =
                Looks { panel, ink: Ink::Target, level: 1.0, twin: which > 0, words: "kl-fit.handle" };
            let density = |x| model.density(x);
            handles.extend(component_handles::handles(&model.target, Shape::Bells, density, looks, texts));
            let words = [("mean", number::fixed(run.q.mean(), 2)), ("sd", number::fixed(run.q.sd(), 2))];
            let height = peak(run.q.sd());
            handles.push(Handle {
                panel,
                at: Point { x: run.q.mean(), y: height },
                step: Point { x: 0.1, y: 0.05 * height },
                ink: run.ink,
                minor: false,
                twin: false,
                name: texts.fill(&format!("kl-fit.handle.{}", run.key), &words),
                value: texts.fill("kl-fit.handle.fit.value", &words),
                curve: run.names.q,
            });
        }
        handles
    }

    fn drag(fits: &mut Fits, index: usize, to: Point) {
        let of_target = component_handles::count(&fits.target);
        let within = index % (of_target + 1);
        if within == of_target {
            // Taking hold of a fit is choosing where both start.
            fits.mean = to.x.clamp(-6.0, 6.0);
            fits.sd = (peak(1.0) / to.y.max(1e-3)).clamp(0.15, 4.0);
            fits.step = 0;
        } else {
            component_handles::drag(&mut fits.target, Shape::Bells, within, 1.0, to);
        }
    }

    fn summary(model: &Model, texts: &Texts) -> String {
        let [forward, reverse] = &model.runs;
        let modes: Vec<_> = (0..model.target.all().len())
            .map(|i| {
                let words = [
                    ("mean", number::fixed(model.target.all()[i].mean, 1)),
                    ("weight", number::fixed(100.0 * model.target.share(i), 0)),
                ];
                texts.fill("kl-fit.summary.mode", &words)
            })
            .collect();
        let value = |key, nats| Readout::divergence(key, nats, model.unit).text(texts);
        texts.fill(
            "kl-fit.summary",
            &[
                ("modes", texts.list(modes)),
                ("step", model.step.to_string()),
                ("forward", value("forward", forward.value)),
                ("forward-mean", number::fixed(forward.q.mean(), 2)),
                ("forward-sd", number::fixed(forward.q.sd(), 2)),
                ("reverse", value("reverse", reverse.value)),
                ("reverse-mean", number::fixed(reverse.q.mean(), 2)),
                ("reverse-sd", number::fixed(reverse.q.sd(), 2)),
                ("minima", reverse.optima.len().to_string()),
            ],
        )
    }

    fn table(model: &Model) -> Table {
        let columns =
            ["x", "p", "q_forward", "q_reverse", "p_log_p_over_q_forward", "q_log_q_over_p_reverse"];
        let rows = (0..=300).map(|i| {
            let place = Place::of(&model.p, EDGE * (f64::from(i) / 150.0 - 1.0));
            let [forward, reverse] = &model.runs;
            vec![
                place.x,
                place.density,
                forward.q.density(place.x),
                reverse.q.density(place.x),
                forward.integrand(&place),
                reverse.integrand(&place),
            ]
        });
        Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

fn draw_heading(model: &Model, run: &Run, panel: &Panel, picture: &Picture, texts: &Texts) {
    let Rect { left, top, width, .. } = panel.rect;
    let right = panel.rect.right();
    let first = if width < SLIM { top - 68.0 } else { top - 46.0 };
    let second = first + 22.0;
    let soft = TextStyle::new(Ink::Soft, 14.0);
    let value = Readout::divergence(run.key, run.value, model.unit).text(texts);
    let value = picture.told(run.key, value);
    let large = TextStyle::new(Ink::Text, 21.0).bold().align(Align::Right);
    picture.text(Point { x: right, y: first }, &value, large);
    let heading = TextStyle::new(run.ink, 18.0).bold();
    let beside = picture.text_width(&value, large) + 16.0;
    let name = fitting(&format!("kl-fit.{}", run.key), &[], heading, width - beside, picture, texts);
    picture.text(Point { x: left, y: first }, &name, heading);
    let about = if width < SLIM { second + 22.0 } else { second };
    let told = |name, value| picture.told(name, number::fixed(value, 2));
    let (mean, sd) = (told(run.names.mean, run.q.mean()), told(run.names.sd, run.q.sd()));
    let parameters = format!("μ {mean}   σ {sd}");
    let beside = if width < SLIM { 0.0 } else { picture.text_width(&parameters, soft) + 16.0 };
    let key = format!("kl-fit.{}.about", run.key);
    let words = fitting(&key, &[], soft, width - beside, picture, texts);
    picture.text(Point { x: left, y: about }, &words, soft);
    picture.text(Point { x: right, y: second }, &parameters, soft.align(Align::Right));
}

fn draw_densities(model: &Model, run: &Run, panel: &Panel, picture: &Picture, texts: &Texts) {
    let p: Vec<_> = model.grid.iter().map(|place| (place.x, place.density)).collect();
    picture.area(panel, p.iter().copied(), 0.0, Ink::TargetFill, 1.0);
    picture.line(panel, p, Ink::Target, Stroke::solid(2.0));
    // Where a bell has run out it would only colour the axis.
    let floor = 0.002 * panel.y.end;
    let bell = |q: Gaussian, stroke: Stroke| {
        let reach = q.sd() * (2.0 * (peak(q.sd()) / floor).ln().max(0.0)).sqrt();
        let points = (0..=BELL).map(|i| {
            let x = q.mean() + reach * (2.0 * f64::from(i) / f64::from(BELL) - 1.0);
            (x, if x.abs() <= EDGE { q.density(x) } else { f64::NAN })
        });
        picture.line(panel, points, run.ink, stroke);
    };
    let best = run.optima.first().map_or(f64::NAN, |optimum| optimum.value);
    picture.part(run.names.optima, || {
        for optimum in run.optima.iter() {
            // Mirror images are equally good.
            let opacity = if optimum.value <= best + AS_GOOD { 0.95 } else { 0.5 };
            bell(optimum.q, Stroke::dashed(1.8, &[3.0, 5.0]).fade(opacity));
        }
    });
    // Where it was: the start and five places on the way. Hairlines are painted many times as fast as wider lines.
    const GHOSTS: usize = 6;
    picture.part(run.names.q, || {
        for ghost in 0..GHOSTS {
            let step = model.step * ghost / GHOSTS;
            if step < model.step {
                bell(at(&run.trajectory, step).q, Stroke::solid(1.0).fade(0.2 + 0.08 * ghost as f64));
            }
        }
        bell(run.q, Stroke::solid(3.2));
    });
    picture.x_axis(panel, 0.0, true);
    // Beside p's ring and above q's, where no other ring comes to lie.
    let letter = |x: f64, y: f64, right: f64, up: f64, text: &str, ink: Ink| {
        let Point { x, y } = panel.pixel(Point { x, y: y.min(panel.y.end) });
        let style = TextStyle::new(ink, 15.0).bold().align(Align::Centre);
        picture.text(Point { x: x + right, y: y - up }, text, style);
    };
    let first = model.target.all()[0].mean;
    letter(first, model.density(first), -18.0, 8.0, "p", Ink::Soft);
    picture.part(run.names.q, || letter(run.q.mean(), peak(run.q.sd()), 0.0, 20.0, "q", run.ink));
    let start = at(&run.trajectory, 0).q;
    let apart = (panel.pixel(Point { x: start.mean(), y: peak(start.sd()) }).y
        - panel.pixel(Point { x: run.q.mean(), y: peak(run.q.sd()) }).y)
        .hypot((start.mean() - run.q.mean()) / (2.0 * EDGE) * panel.rect.width);
    // Without the fit there is nothing to tell the start from.
    if apart > 40.0 && peak(start.sd()) < panel.y.end && picture.shows(run.names.q) {
        let Point { x, y } = panel.pixel(Point { x: start.mean(), y: peak(start.sd()) });
        let style = TextStyle::new(Ink::Soft, 12.5).align(Align::Centre);
        picture.text(Point { x, y: y - 9.0 }, texts.get("kl-fit.start"), style);
    }
}

fn draw_integrand(model: &Model, run: &Run, panel: &Panel, picture: &Picture, texts: &Texts) {
    let curve: Vec<_> = model.grid.iter().map(|place| (place.x, run.integrand(place))).collect();
    picture.part(run.names.q, || {
        picture.area(panel, curve.iter().map(|&(x, y)| (x, y.max(0.0))), 0.0, Ink::Positive, 1.0);
        picture.area(panel, curve.iter().map(|&(x, y)| (x, y.min(0.0))), 0.0, Ink::Negative, 1.0);
        picture.line(panel, curve, Ink::Soft, Stroke::solid(1.0));
    });
    picture.x_axis(panel, 0.0, false);
    let formula = texts.get(&format!("kl-fit.{}.integrand", run.key)).to_owned();
    let label = texts.fill("kl-fit.integrand", &[("formula", formula)]);
    let at = Point { x: panel.rect.left, y: panel.rect.top - 14.0 };
    picture.text(at, &label, TextStyle::new(Ink::Soft, 14.0));
}

fn draw_loss(model: &Model, run: &Run, panel: &Panel, picture: &Picture, texts: &Texts) {
    let losses = |range: std::ops::RangeInclusive<usize>| {
        range.map(|step| (step as f64, at(&run.trajectory, step).value)).collect::<Vec<_>>()
    };
    picture.part(run.key, || {
        // Where it is going to.
        picture.part(run.names.optima, || {
            if let Some(best) = run.optima.first() {
                let ends = [(panel.x.start, best.value), (panel.x.end, best.value)];
                picture.line(panel, ends, run.ink, Stroke::dashed(1.4, &[3.0, 5.0]).fade(0.9));
            }
            picture.line(panel, losses(0..=LAST_STEP as usize), run.ink, Stroke::solid(1.0).fade(0.5));
        });
        picture.line(panel, losses(0..=model.step), run.ink, Stroke::solid(2.6));
        let now =
            panel.pixel(Point { x: model.step as f64, y: clamp(run.value, panel.y.start, panel.y.end) });
        picture.dot(now, 4.5, run.ink);
    });
    picture.x_axis(panel, 0.0, true);
    let at = Point { x: panel.rect.left, y: panel.rect.top - 12.0 };
    let soft = TextStyle::new(Ink::Soft, 14.0);
    let label = texts.fill("kl-fit.loss", &[("step", model.step.to_string())]);
    picture.text(at, &label, soft);
    if run.trajectory.ending != Ending::Completed {
        let at = Point { x: panel.rect.right(), y: at.y };
        let style = TextStyle::new(Ink::ReverseKl, 14.0).bold().align(Align::Right);
        picture.text(at, texts.get("kl-fit.diverged"), style);
    }
}
