//! The figure `disjoint-supports`: all divergences of p and a shifted q, and their slopes, over the shift.

mod graphs;
mod reading;
#[cfg(test)]
mod tests;

use divergences::distribution::{Distribution, Error, Gaussian, PointMasses, Truncated, Uniform};
use divergences::fit::Translates;

use crate::figure::parameter::Field;
use crate::figure::prelude::*;
use crate::figure::{Pieces, Scale};
use crate::figures::measure::Measure;
use crate::plot::height_of;
use reading::{Reading, curves};

/// The greatest shift of q to either side.
const EDGE: f64 = 5.0;
/// The range of shifts.
const SHIFTS: Kind = Kind::Number { least: -EDGE, most: EDGE, step: 0.05 };
/// The greatest value and slope that the panels show.
const TOP: f64 = 2.4;
/// The range of the logarithmic axis of slopes, in decimal logarithms. It has room for the steepest slope of KL
/// between Gaussians without noise, 2900 bits at the least width.
const DECADES: std::ops::Range<f64> = -26.0..4.0;
/// The greatest height of the axis of densities. Noise too small to be seen makes them higher without end.
const HIGHEST: f64 = 1e6;
choice! {
    /// The family of p and q.
    Family {
        /// A point mass.
        Points = "points",
        /// A uniform distribution.
        Uniforms = "uniforms",
        /// A Gaussian cut off at two standard deviations.
        Truncated = "truncated",
        /// A Gaussian.
        Gaussians = "gaussians",
    }
}

parameters! {
    /// The parameters of the figure.
    Shifted {
        /// The shift of q to the right.
        theta / "theta": f64 = 1.6, SHIFTS, Front;
        /// The family of p and q.
        family / "family": Family = Family::Uniforms, Kind::Choice(Family::WORDS), Front;
        /// The width of the support of p and of q. For Gaussians it is four standard deviations.
        width / "width": f64 = 1.0, Kind::Positive { least: 0.2, most: 4.0, steps_per_decade: 40 }, Front;
        /// The standard deviation of the Gaussian noise added to both.
        noise / "noise": f64 = 0.0, Kind::Number { least: 0.0, most: 1.5, step: 0.02 }, Front;
        /// The scale of the axis of slopes.
        slopes / "slopes": Scale = Scale::Linear, Kind::Choice(Scale::WORDS), Front;
        /// The unit of logarithmic divergences.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
    }
}

impl Shifted {
    /// The noise's standard deviation. One that has no reciprocal changes no number, as what it makes finite is still beyond
    /// all numbers: the library refuses it, and here it is none.
    fn noise(&self) -> f64 {
        if self.noise < f64::MIN_POSITIVE { 0.0 } else { self.noise }
    }

    /// The distribution centred at `centre`.
    fn shape(&self, centre: f64) -> Result<Distribution, Error> {
        let (half, noise) = (self.width / 2.0, self.noise());
        let sharp: Distribution = match self.family {
            Family::Points if noise > 0.0 => return Ok(Gaussian::new(centre, noise)?.into()),
            Family::Points => PointMasses::new(vec![(centre, 1.0)])?.into(),
            Family::Uniforms => Uniform::new(centre - half, centre + half)?.into(),
            Family::Truncated => {
                Truncated::new(Gaussian::new(centre, half / 2.0)?, centre - half, centre + half)?.into()
            }
            Family::Gaussians => return Ok(Gaussian::new(centre, (half / 2.0).hypot(noise))?.into()),
        };
        if noise > 0.0 { sharp.smooth(noise) } else { Ok(sharp) }
    }

    /// The least shift at which the supports are disjoint, if there is one.
    fn parting(&self) -> Option<f64> {
        match self.family {
            Family::Points if self.noise() == 0.0 => Some(0.0),
            Family::Uniforms | Family::Truncated if self.noise() == 0.0 => Some(self.width),
            _ => None,
        }
    }
}

/// The model: everything that follows from the parameters.
pub struct Model {
    shifted: Shifted,
    p: Distribution,
    q: Distribution,
    now: Reading,
    /// The readings over shifts to the right. Those to the left are their mirror images.
    pieces: Memo<Shifted, Pieces<Reading>>,
}

impl Model {
    /// Whether the slope of `measure` is exactly 0 from some shift on.
    fn is_flat(&self, measure: Measure) -> bool {
        // Where the supports never part, a slope of 0 is a number too small to be represented.
        let last = self.pieces.samples().next_back().filter(|_| self.shifted.parting().is_some());
        last.is_some_and(|(_, reading)| reading.slope(measure) == 0.0)
    }
}

/// Values are guessed in their panel, at the current shift.
const VALUES: Asked = Asked::Up(1, "theta");
/// Slopes are guessed beside the drawing, because their axis may be logarithmic.
const SLOPES: Asked = Asked::Beside(-3.0, 3.0);

/// The figure `disjoint-supports`.
pub struct DisjointSupports;

impl Figure for DisjointSupports {
    const NAME: &'static str = "disjoint-supports";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "uniforms", values: &[] },
        Preset { name: "points", values: &[("family", "points")] },
        Preset { name: "truncated", values: &[("family", "truncated"), ("width", "1.6"), ("theta", "2")] },
        Preset {
            name: "gaussians",
            values: &[("family", "gaussians"), ("theta", "4"), ("slopes", "logarithmic")],
        },
        Preset { name: "noise", values: &[("noise", "0.5")] },
    ];
    const CURVES: &'static [Curve] = &[
        // One curve shows both directions of KL, because they agree.
        Curve::new("forward-kl", &["forward-kl", "reverse-kl"]),
        Curve::new("forward-kl-slope", &["forward-kl-slope", "reverse-kl-slope"]),
    ];
    const HEARD: Heard = Heard { readouts: ["js", "w1"], columns: ["js", "w1"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("forward-kl", VALUES).or_infinite(),
        Question::new("reverse-kl", VALUES).or_infinite(),
        Question::new("js", VALUES),
        Question::new("tv", VALUES),
        Question::new("hellinger-squared", VALUES),
        Question::new("w1", VALUES),
        Question::new("w2-squared", VALUES),
        Question::new("forward-kl-slope", SLOPES),
        Question::new("reverse-kl-slope", SLOPES),
        Question::new("js-slope", SLOPES),
        Question::new("tv-slope", SLOPES),
        Question::new("hellinger-squared-slope", SLOPES),
        Question::new("w1-slope", SLOPES),
        Question::new("w2-squared-slope", SLOPES),
    ];
    const LAYOUT: Layout =
        Layout::new(&[Tier::new(66.0, 90.0), Tier::new(56.0, 206.0), Tier::new(44.0, 150.0)], 30.0);

    type Parameters = Shifted;
    type Model = Model;

    fn model(shifted: &Shifted, before: Option<&Model>) -> Model {
        let shape = |centre| valid(shifted.shape(centre));
        let (p, q) = (shape(0.0), shape(shifted.theta));
        let translates = Translates::new(&p).expect("every family is symmetric");
        let now = Reading::at(shifted.theta, shifted, &translates);
        // The curves depend neither on the current shift nor on the unit.
        let key = Shifted { theta: 0.0, unit: Unit::Nats, ..shifted.clone() };
        let pieces =
            Memo::new(key, before.map(|model| &model.pieces), |shifted| curves(shifted, &translates));
        Model { shifted: shifted.clone(), p, q, now, pieces }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let (now, unit) = (&model.now, model.shifted.unit);
        let of = |measure: Measure| {
            [measure.readout(now.value(measure), unit), measure.slope_readout(now.slope(measure), unit)]
        };
        let theta = Readout::number("theta", model.shifted.theta).given();
        std::iter::once(theta).chain(Measure::ALL.into_iter().flat_map(of)).collect()
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let across = || -EDGE..EDGE;
        let slopes = if model.shifted.slopes == Scale::Logarithmic { DECADES } else { -TOP..TOP };
        vec![
            Axes::following(across(), 0.0..(1.25 * height_of(&model.p, 0.0)).min(HIGHEST)),
            Axes::fixed(across(), 0.0..TOP),
            Axes::fixed(across(), slopes),
        ]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        if let [density, values, slopes] = plots {
            draw_heading(model, density, texts);
            draw_densities(model, density);
            graphs::draw_values(model, values, texts);
            graphs::draw_slopes(model, slopes, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Shifted>> {
        let theta = model.shifted.theta;
        let words = [("theta", number::fixed(theta, 2))];
        let handle = Handle::new(0, (theta, 0.5 * height_of(&model.q, theta)), Ink::Wasserstein1)
            .step(0.1, 0.0)
            .worded("disjoint-supports.handle.q", &words, texts);
        // The shift is rounded, so that the reader sees a short number.
        vec![handle.drags(|shifted: &mut Shifted, to| {
            shifted.theta = SHIFTS.bounded((to.x * 200.0).round() / 200.0);
        })]
    }

    fn table(model: &Model) -> Table {
        let keys = Measure::ALL.into_iter().flat_map(|measure| [measure.key(), measure.slope_key()]);
        let rows = model.pieces.samples().map(|(theta, reading)| {
            let pair = |measure| [reading.value(measure), reading.slope(measure)];
            std::iter::once(*theta).chain(Measure::ALL.into_iter().flat_map(pair)).collect()
        });
        Table::keyed(std::iter::once("theta").chain(keys), rows.collect())
    }
}

fn draw_heading(model: &Model, plot: &Plot, texts: &Texts) {
    let (now, js) = (&model.now, Measure::JensenShannon);
    let Shifted { theta, unit, .. } = model.shifted;
    let value = js.readout(now.value(js), unit).text(texts);
    let slope = js.slope_readout(now.slope(js), unit).digits(texts);
    let told = |key, name, value| {
        texts.fill(&format!("disjoint-supports.{key}"), &[("value", plot.picture.told(name, value))])
    };
    let theta = number::fixed(theta, 2);
    let theta = Label { long: format!("θ = {theta}"), short: Some(format!("θ {theta}")) };
    let family =
        texts.label(&format!("disjoint-supports.param.family.{}", model.shifted.family.write()), &[]);
    plot.heading(&Heading {
        line: plot.picture.leading(14.0).max(22.0),
        aside: Some((told("slope", "js-slope", slope), TextStyle::new(Ink::Soft, 14.0))),
        ..Heading::new(52.0, theta, Ink::Text, told("js", "js", value), family)
    });
}

fn draw_densities(model: &Model, plot: &Plot) {
    let q = DensityStyle { fill: (Ink::Wasserstein1, 0.16), ink: Ink::Wasserstein1, ..DensityStyle::TARGET };
    let theta = model.shifted.theta;
    // The letters stand side by side where q lies on p.
    let near = (theta / (2.0 * EDGE) * plot.panel.rect.width).abs() < 30.0;
    for (shape, centre, style, ink, letter, aside) in [
        (&model.p, 0.0, DensityStyle::TARGET, Ink::Soft, "p", -14.0),
        (&model.q, theta, q, Ink::Wasserstein1, "q", 14.0),
    ] {
        plot.density(shape, style.off_axis());
        let away = (if near { aside } else { 0.0 }, 12.0);
        plot.letter(letter, centre, height_of(shape, centre), away, ink);
    }
    plot.x_axis(0.0, true);
}
