//! A slope from anywhere: q descends on JS, W₁ and W₂² from the same start, side by side.

mod blocks;
mod descent;
mod drawing;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::figure::guess::{Asked, Question};
use crate::figure::parameter::{Field, Kind, choice, parameters};
use crate::figure::readout::{Readout, UNITS, Unit};
use crate::figure::sound::Heard;
use crate::figure::texts::Texts;
use crate::figure::{Curve, Figure, Handle, NARROW, Preset, Table};
use crate::plot::{Ink, Panel, Picture, Point, Rect, number};
use blocks::Blocks;
use descent::{Body, Gradient, Loss, NARROWEST, Piece, Target};
use divergences::fit::Slope;
use divergences::order::clamp;

/// How many steps a descent takes.
const LAST_STEP: u32 = 150;
/// How far the x axis reaches, both ways.
const EDGE: f64 = 6.5;
/// The height of one descent with all its panels.
const COLUMN_HEIGHT: f64 = 530.0;
/// Below this width of a column its heading takes three lines.
const SLIM: f64 = 280.0;
/// Between stacked descents.
const STACK_GAP: f64 = 32.0;
/// How many panels a descent has.
const PANELS: usize = 4;
/// Within these, in either direction, p and q are centred.
const CENTRES: Kind = Kind::Number { least: -5.0, most: 5.0, step: 0.1 };
/// How wide, to either side, p and the start are.
const HALVES: Kind = Kind::Positive { least: 0.3, most: 2.5, steps_per_decade: 24 };
/// How far p's halves are apart at most.
const WIDEST_GAP: f64 = 5.0;

choice! {
    /// What p and q are.
    Family {
        /// Uniform distributions.
        Uniform = "uniform",
        /// q is point masses that move freely, p as before.
        Particles = "particles",
        /// Gaussians.
        Gaussian = "gaussian",
    }
}

/// How many points q has: a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points(u32);

impl Field for Points {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        f64::read(text, kind).filter(|count| count.fract() == 0.0).map(|count| Self(count as u32))
    }

    fn write(&self) -> String {
        self.0.to_string()
    }
}

parameters! {
    /// What the reader can change about the descents.
    Descents {
        /// What p and q are.
        family / "family": Family = Family::Uniform, Kind::Choice(Family::WORDS), Front;
        /// The mean of q at the start.
        mean / "mu": f64 = 3.2, CENTRES, Front;
        /// The learning rate.
        rate / "rate": f64 = 0.06, Kind::Positive { least: 0.01, most: 0.9, steps_per_decade: 10 }, Front;
        /// How many steps have been taken.
        step / "step": u32 = 8, Kind::Count { most: LAST_STEP }, Front;
        /// How wide q is at the start, to either side; a Gaussian's standard deviation.
        scale / "scale": f64 = 1.0, HALVES, More;
        /// How many points q is.
        points / "n": Points = Points(9), Kind::Number { least: 1.0, most: 40.0, step: 1.0 }, More;
        /// The centre of p.
        centre / "p": f64 = -2.7, CENTRES, More;
        /// How wide p is, to either side; a Gaussian's standard deviation.
        half / "width": f64 = 1.0, HALVES, More;
        /// How far p's halves are apart.
        gap / "gap": f64 = 0.0, Kind::Number { least: 0.0, most: WIDEST_GAP, step: 0.1 }, More;
        /// The unit of JS.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
    }
}

impl Descents {
    fn target(&self) -> Target {
        let Self { centre, half, gap, .. } = *self;
        Target::new(self.family, Blocks { centre, half, gap }, self.points.0 as usize)
    }

    fn start(&self) -> Body {
        Body::start(self.family, self.mean, self.scale, self.points.0 as usize)
    }

    fn same_target(&self, other: &Self) -> bool {
        self.family == other.family
            && self.points == other.points
            && [self.centre, self.half, self.gap] == [other.centre, other.half, other.gap]
    }

    fn same_way(&self, other: &Self) -> bool {
        self.same_target(other) && [self.mean, self.scale, self.rate] == [other.mean, other.scale, other.rate]
    }
}

/// One descent.
struct Run {
    loss: Loss,
    /// The start and the states after each step, up to the present one.
    way: Vec<Body>,
    value: f64,
    gradient: Gradient,
    pieces: Vec<Piece>,
    landscape: Rc<[(f64, f64)]>,
}

impl Run {
    /// `before` is the same descent as it was, if it was towards the same target.
    fn new(
        loss: Loss,
        target: &Target,
        rate: f64,
        step: usize,
        mut way: Vec<Body>,
        before: Option<&Self>,
    ) -> Self {
        way.truncate(step + 1);
        target.descend(loss, rate, step, &mut way);
        let q = &way[way.len() - 1];
        let landscape = match before {
            Some(run) if run.q().has_shape_of(q) => Rc::clone(&run.landscape),
            _ => target.landscape(loss, q, -EDGE, EDGE).into(),
        };
        Self {
            loss,
            value: target.value(loss, q),
            gradient: target.gradient(loss, q),
            pieces: target.pieces(loss, q),
            landscape,
            way,
        }
    }

    /// Where q is now.
    fn q(&self) -> &Body {
        &self.way[self.way.len() - 1]
    }

    /// dD/dμ; NaN where there is a kink.
    fn slope(&self) -> f64 {
        self.gradient.slope.finite().unwrap_or(f64::NAN)
    }

    fn readout(&self, unit: Unit) -> Readout {
        if self.loss.measure().is_logarithmic() {
            Readout::divergence(self.loss.measure().key(), self.value, unit)
        } else {
            Readout::number(self.loss.measure().key(), self.value)
        }
    }

    /// The slope as it is written: a number, or those on both sides of a kink.
    fn slope_text(&self, unit: Unit, texts: &Texts) -> String {
        let of = |slope: f64| {
            let slope = if self.loss.measure().is_logarithmic() { unit.from_nats(slope) } else { slope };
            Readout::number("slope", slope).digits(texts)
        };
        match self.gradient.slope {
            Slope::Kink { left, right } => {
                texts.fill("wasserstein-gradient.kink", &[("left", of(left)), ("right", of(right))])
            }
            _ => of(self.slope()),
        }
    }
}

/// What the parameters imply.
pub struct Model {
    target: Rc<Target>,
    runs: [Run; 3],
    step: usize,
    unit: Unit,
}

/// The figure of gradients from anywhere, `wasserstein-gradient`.
pub struct WassersteinGradient;

impl Figure for WassersteinGradient {
    const NAME: &'static str = "wasserstein-gradient";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "apart", values: &[] },
        Preset { name: "touching", values: &[("mu", "-1.2"), ("step", "0")] },
        Preset { name: "big-steps", values: &[("rate", "0.4"), ("mu", "3")] },
        Preset {
            name: "two-blocks",
            values: &[("p", "-2.5"), ("width", "0.8"), ("gap", "3"), ("scale", "0.6"), ("mu", "2.5")],
        },
        Preset {
            name: "points",
            values: &[
                ("family", "particles"),
                ("p", "-2.5"),
                ("width", "0.8"),
                ("gap", "3"),
                ("scale", "1.2"),
                ("mu", "2.5"),
            ],
        },
        Preset { name: "bells", values: &[("family", "gaussian"), ("scale", "0.8"), ("width", "0.8")] },
    ];
    const STEPS: Option<&'static str> = Some("step");
    const CURVES: &'static [Curve] = &[
        Curve { name: "js-q", tells: &["js-mean"], with: &["js-slope"] },
        Curve { name: "js", tells: &["js"], with: &["js-slope"] },
        Curve { name: "js-slope", tells: &["js-slope"], with: &[] },
        Curve { name: "w1-q", tells: &["w1-mean"], with: &["w1-slope"] },
        Curve { name: "w1", tells: &["w1"], with: &["w1-slope"] },
        Curve { name: "w1-slope", tells: &["w1-slope"], with: &[] },
        Curve { name: "w2-squared-q", tells: &["w2-squared-mean"], with: &["w2-squared-slope"] },
        Curve { name: "w2-squared", tells: &["w2-squared"], with: &["w2-squared-slope"] },
        Curve { name: "w2-squared-slope", tells: &["w2-squared-slope"], with: &[] },
    ];
    const HEARD: Heard = Heard { readouts: ["js", "w1"], columns: ["p_quantile", "q_quantile_w1"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("js-mean", Asked::Across(0)),
        Question::new("w1-mean", Asked::Across(PANELS)),
        Question::new("w2-squared-mean", Asked::Across(2 * PANELS)),
        Question::new("js", Asked::Beside(0.0, 1.0)),
        Question::new("w1", Asked::Beside(0.0, 12.0)),
        Question::new("w2-squared", Asked::Beside(0.0, 100.0)),
        Question::new("js-slope", Asked::Beside(-3.0, 3.0)),
        Question::new("w1-slope", Asked::Beside(-3.0, 3.0)),
        Question::new("w2-squared-slope", Asked::Beside(-20.0, 20.0)),
    ];

    type Parameters = Descents;
    type Model = Model;

    fn model(descents: &Descents, before: Option<(&Descents, &Model)>) -> Model {
        let step = descents.step as usize;
        let target = match before {
            Some((old, model)) if old.same_target(descents) => Rc::clone(&model.target),
            _ => Rc::new(descents.target()),
        };
        let run = |which: usize| {
            // Playing goes on from where it was.
            let way = match before {
                Some((old, model)) if old.same_way(descents) => model.runs[which].way.clone(),
                _ => vec![descents.start()],
            };
            let same = before.filter(|(old, _)| old.same_target(descents));
            let same = same.map(|(_, model)| &model.runs[which]);
            Run::new(Loss::ALL[which], &target, descents.rate, step, way, same)
        };
        Model { runs: [run(0), run(1), run(2)], target, step, unit: descents.unit }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let means = ["js-mean", "w1-mean", "w2-squared-mean"];
        let mut readouts = Vec::with_capacity(11);
        for (run, mean) in model.runs.iter().zip(means) {
            let slope = run.slope();
            let slope = if run.loss.measure().is_logarithmic() { model.unit.from_nats(slope) } else { slope };
            readouts.push(run.readout(model.unit));
            readouts.push(Readout::number(run.loss.measure().slope_key(), slope));
            readouts.push(Readout::number(mean, run.q().mean()));
        }
        readouts.push(Readout::number("p-mean", model.target.blocks.centre).given());
        readouts.push(Readout::count("step", model.step).given());
        readouts
    }

    fn reach(model: &Model) -> Vec<f64> {
        let peak = |run: &Run| match run.q() {
            Body::Block { scale, .. } => 0.5 / scale,
            Body::Bell { scale, .. } => 0.4 / scale,
            Body::Points(_) => 0.0,
        };
        let density = model.runs.iter().map(peak).fold(model.target.peak(), f64::max);
        let [_, w1, w2] = &model.runs;
        let loss = |run: &Run| model.target.rough_value(run.loss, &run.way[0]).max(0.5);
        vec![1.3 * density, 1.3 * loss(w1), 1.3 * loss(w2)]
    }

    fn height(width: f64) -> f64 {
        if width < NARROW { 3.0 * COLUMN_HEIGHT + 2.0 * STACK_GAP } else { COLUMN_HEIGHT }
    }

    fn panels(_: &Model, width: f64, reach: &[f64]) -> Vec<Panel> {
        let [density, w1, w2] = *reach else { return Vec::new() };
        let stacked = width < NARROW;
        let gap = (width * 0.04).clamp(20.0, 44.0);
        // Handles and tick labels at the edges need room on either side.
        let margin = 8.0;
        let room = width - 2.0 * margin;
        let column = if stacked { room } else { (room - 2.0 * gap) / 3.0 };
        let mut panels = Vec::with_capacity(3 * PANELS);
        for (index, loss) in [1.25 * std::f64::consts::LN_2, w1, w2].into_iter().enumerate() {
            let shift = index as f64;
            let left = if stacked { margin } else { margin + shift * (column + gap) };
            let top = if stacked { shift * (COLUMN_HEIGHT + STACK_GAP) } else { 0.0 };
            let heading = if column < SLIM { 72.0 } else { 50.0 };
            let panel = |from: f64, to: f64, y| Panel {
                rect: Rect { left, top: top + from, width: column, height: to - from },
                x: -EDGE..EDGE,
                y,
            };
            panels.push(panel(heading + 8.0, 192.0, 0.0..density));
            panels.push(panel(240.0, 276.0, 0.0..1.0));
            panels.push(panel(316.0, 382.0, 0.0..1.0));
            panels.push(panel(424.0, 506.0, 0.0..loss));
        }
        panels
    }

    fn draw(model: &Model, panels: &[Panel], picture: &Picture, texts: &Texts) {
        for (run, panels) in model.runs.iter().zip(panels.chunks_exact(PANELS)) {
            drawing::Column { model, run, picture, texts }.draw(panels);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Handle> {
        let Blocks { centre, half, gap } = model.target.blocks;
        let bells = model.target.family == Family::Gaussian;
        let level = model.target.blocks.level();
        let p_at =
            |x: f64, of: f64| Point { x, y: if bells { model.target.p.density(x) } else { of * level } };
        let mut handles = Vec::new();
        for (which, run) in model.runs.iter().enumerate() {
            let mut add = |at: Point, ink, minor, key: &str, value: f64| {
                handles.push(Handle {
                    panel: PANELS * which,
                    at,
                    step: Point { x: if minor { 0.05 } else { 0.1 }, y: 0.0 },
                    ink,
                    minor,
                    twin: which > 0,
                    name: texts.get(&format!("wasserstein-gradient.handle.{key}")).to_owned(),
                    value: number::fixed(value, 2),
                    curve: if ink == Ink::Target { "" } else { run.loss.curve() },
                });
            };
            add(p_at(grip(model.target.family, &model.target.blocks), 1.0), Ink::Target, false, "p", centre);
            add(p_at(centre - 0.5 * gap - half, 0.5), Ink::Target, true, "width", half);
            let inner = p_at(centre + 0.5 * gap, 0.5);
            add(
                Point { y: if bells { 0.5 * inner.y } else { inner.y }, ..inner },
                Ink::Target,
                true,
                "gap",
                gap,
            );
            let (mean, scale) = (run.q().mean(), run.q().scale());
            let [top, side] = match run.q() {
                Body::Block { .. } => [0.5 / scale, 0.25 / scale],
                Body::Bell { .. } => [0.398_942 / scale, 0.241_971 / scale],
                Body::Points(_) => [drawing::STEM * level, 0.5 * drawing::STEM * level],
            };
            add(Point { x: mean, y: top }, run.loss.measure().ink(), false, "q", mean);
            add(Point { x: mean + scale, y: side }, run.loss.measure().ink(), true, "scale", scale);
        }
        handles
    }

    fn drag(descents: &mut Descents, index: usize, to: Point) {
        const HANDLES: usize = 5;
        let within = |value: f64, kind: Kind| match kind {
            Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
                clamp(value, least, most)
            }
            _ => value,
        };
        let Descents { centre, half, gap, .. } = *descents;
        match index % HANDLES {
            0 => {
                let blocks = Blocks { centre: 0.0, half, gap };
                descents.centre = within(to.x - grip(descents.family, &blocks), CENTRES);
            }
            1 => descents.half = within((centre - 0.5 * gap - to.x).abs(), HALVES),
            2 => descents.gap = (2.0 * (to.x - centre)).clamp(0.0, WIDEST_GAP),
            part => {
                // All start again from where this one is.
                let loss = Loss::ALL[(index / HANDLES).min(2)];
                let mut way = vec![descents.start()];
                descents.target().descend(loss, descents.rate, descents.step as usize, &mut way);
                let q = &way[way.len() - 1];
                let (mean, scale) = (q.mean(), q.scale());
                let (mean, scale) = if part == 3 { (to.x, scale) } else { (mean, (to.x - mean).abs()) };
                descents.mean = within(mean, CENTRES);
                descents.scale = within(scale.max(NARROWEST), HALVES);
                descents.step = 0;
            }
        }
    }

    fn summary(model: &Model, texts: &Texts) -> String {
        let mut words = vec![
            (
                "family",
                texts
                    .get(&format!("wasserstein-gradient.summary.{}", model.target.family.write()))
                    .to_owned(),
            ),
            ("p", number::fixed(model.target.blocks.centre, 2)),
            ("step", model.step.to_string()),
        ];
        let [js, w1, w2] = model.runs.each_ref().map(|run| {
            [
                run.readout(model.unit).text(texts),
                run.slope_text(model.unit, texts),
                number::fixed(run.q().mean(), 2),
            ]
        });
        let keys =
            [["js", "js-slope", "js-mean"], ["w1", "w1-slope", "w1-mean"], ["w2", "w2-slope", "w2-mean"]];
        for (keys, values) in keys.into_iter().zip([js, w1, w2]) {
            words.extend(keys.into_iter().zip(values));
        }
        texts.fill("wasserstein-gradient.summary", &words)
    }

    fn table(model: &Model) -> Table {
        let columns = ["u", "p_quantile", "q_quantile_js", "q_quantile_w1", "q_quantile_w2_squared"];
        let states = model.runs.each_ref().map(|run| run.q().distribution());
        let rows = (0..200).map(|i| {
            let u = (f64::from(i) + 0.5) / 200.0;
            let mut row = vec![u, model.target.p.quantile(u)];
            row.extend(states.iter().map(|q| q.quantile(u)));
            row
        });
        Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
    }
}

/// Where p is taken hold of: in the middle of its left half, or on its left bell.
fn grip(family: Family, p: &Blocks) -> f64 {
    p.centre - 0.5 * p.gap - if family == Family::Gaussian { 0.0 } else { 0.5 * p.half }
}
