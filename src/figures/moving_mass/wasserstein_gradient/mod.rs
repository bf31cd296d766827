//! The figure `wasserstein-gradient`: q descends on JS, W₁ and W₂² from the same start, side by side.

mod blocks;
mod body;
mod drawing;
mod handles;
mod mass;
mod run;
mod target;
#[cfg(test)]
mod tests;

use crate::figure::parameter::Field;
use crate::figure::prelude::*;
use blocks::Blocks;
use body::{Body, Loss};
use run::Run;
use target::DescentTarget;

/// The number of steps of a descent.
const LAST_STEP: u32 = 150;
/// The end of the horizontal axis, on both sides of 0.
const EDGE: f64 = 6.5;
/// The number of panels of a descent.
const PANELS: usize = WassersteinGradient::LAYOUT.tiers();
/// The range of the centres of p and q.
const CENTRES: Kind = Kind::Number { least: -5.0, most: 5.0, step: 0.1 };
/// The range of the scales of p and of the initial q.
const HALVES: Kind = Kind::Positive { least: 0.3, most: 2.5, steps_per_decade: 24 };
/// The greatest gap between the halves of p.
const WIDEST_GAP: f64 = 5.0;

choice! {
    /// The family of p and q.
    Family {
        /// Uniform distributions.
        Uniform = "uniform",
        /// Point masses that move freely for q, and a uniform distribution for p.
        Particles = "particles",
        /// Gaussians.
        Gaussian = "gaussian",
    }
}

/// The number of points of q.
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
    /// The parameters of the figure.
    Descents {
        /// The family of p and q.
        family / "family": Family = Family::Uniform, Kind::Choice(Family::WORDS), Front;
        /// The initial mean of q.
        mean / "mu": f64 = 3.2, CENTRES, Front;
        /// The learning rate.
        rate / "rate": f64 = 0.06, Kind::Positive { least: 0.01, most: 0.9, steps_per_decade: 10 }, Front;
        /// The number of steps taken.
        step / "step": u32 = 8, Kind::Count { most: LAST_STEP }, Front;
        /// The initial scale of q: half its width, or the standard deviation of a Gaussian.
        scale / "scale": f64 = 1.0, HALVES, More;
        /// The number of points of q.
        points / "n": Points = Points(9), Kind::Number { least: 1.0, most: 40.0, step: 1.0 }, More;
        /// The centre of p.
        centre / "p": f64 = -2.7, CENTRES, More;
        /// The scale of p: half its width, or the standard deviation of a Gaussian.
        half / "width": f64 = 1.0, HALVES, More;
        /// The gap between the halves of p.
        gap / "gap": f64 = 0.0, Kind::Number { least: 0.0, most: WIDEST_GAP, step: 0.1 }, More;
        /// The unit of JS.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
    }
}

/// The parameters on which the target depends.
type TargetKey = (Family, Points, [f64; 3]);

impl Descents {
    fn target_key(&self) -> TargetKey {
        (self.family, self.points, [self.centre, self.half, self.gap])
    }

    /// The parameters on which the states of the descents depend.
    fn way_key(&self) -> (TargetKey, [f64; 3]) {
        (self.target_key(), [self.mean, self.scale, self.rate])
    }

    fn target(&self) -> DescentTarget {
        let Self { centre, half, gap, .. } = *self;
        DescentTarget::new(self.family, Blocks { centre, half, gap }, self.points.0 as usize)
    }

    fn start(&self) -> Body {
        Body::start(self.family, self.mean, self.scale, self.points.0 as usize)
    }
}

/// The model: everything that follows from the parameters.
pub struct Model {
    descents: Descents,
    target: Memo<TargetKey, DescentTarget>,
    runs: [Run; 3],
}

impl Model {
    fn step(&self) -> usize {
        self.descents.step as usize
    }
}

/// The figure `wasserstein-gradient`.
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

    const LAYOUT: Layout = Layout::new(
        &[Tier::new(58.0, 134.0), Tier::new(48.0, 36.0), Tier::new(40.0, 66.0), Tier::new(42.0, 82.0)],
        24.0,
    )
    .columns(3, 0.04, 20.0, 44.0, 32.0)
    .slim(280.0, 22.0);

    type Parameters = Descents;
    type Model = Model;

    fn model(descents: &Descents, before: Option<&Model>) -> Model {
        let target =
            Memo::new(descents.target_key(), before.map(|model| &model.target), |_| descents.target());
        let run = |which: usize| {
            let run = before.map(|model| &model.runs[which]);
            // Playing continues with the states that are there.
            let same = before.is_some_and(|model| model.descents.way_key() == descents.way_key());
            let way = run.filter(|_| same).map_or_else(|| vec![descents.start()], |run| run.way.clone());
            Run::new(Loss::ALL[which], descents, &target, way, run)
        };
        Model { runs: [0, 1, 2].map(run), target, descents: descents.clone() }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let means = ["js-mean", "w1-mean", "w2-squared-mean"];
        let mut readouts = Vec::with_capacity(11);
        for (run, mean) in model.runs.iter().zip(means) {
            readouts.push(run.readout(model.descents.unit));
            readouts.push(run.loss.measure().slope_readout(run.slope(), model.descents.unit));
            readouts.push(Readout::number(mean, run.q().mean()));
        }
        readouts.push(Readout::number("p-mean", model.target.blocks.centre).given());
        readouts.push(Readout::count("step", model.step()).given());
        readouts
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let peak = |run: &Run| match run.q() {
            Body::Block { scale, .. } => 0.5 / scale,
            Body::Bell { scale, .. } => 0.4 / scale,
            Body::Points(_) => 0.0,
        };
        let density = 1.3 * model.runs.iter().map(peak).fold(model.target.peak(), f64::max);
        let axes = |top: f64| Axes::following(-EDGE..EDGE, 0.0..top);
        let column = |run: &Run| {
            let loss = match run.loss {
                Loss::JensenShannon => 1.25 * std::f64::consts::LN_2,
                _ => 1.3 * model.target.rough_value(run.loss, &run.way[0]).max(0.5),
            };
            [density, 1.0, 1.0, loss].map(axes)
        };
        model.runs.iter().flat_map(column).collect()
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        for (run, plots) in model.runs.iter().zip(plots.chunks_exact(PANELS)) {
            drawing::Column { model, run, texts }.draw(plots);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Descents>> {
        handles::all(model, texts)
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        let family = format!("wasserstein-gradient.summary.{}", model.target.family.write());
        let mut words = vec![
            ("family", texts.get(&family).to_owned()),
            ("p", number::fixed(model.target.blocks.centre, 2)),
        ];
        let keys =
            [["js", "js-slope", "js-mean"], ["w1", "w1-slope", "w1-mean"], ["w2", "w2-slope", "w2-mean"]];
        for (run, [value, slope, mean]) in model.runs.iter().zip(keys) {
            let unit = model.descents.unit;
            words.push((value, run.readout(unit).text(texts)));
            words.push((slope, run.slope_text(unit, texts)));
            words.push((mean, number::fixed(run.q().mean(), 2)));
        }
        words
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
