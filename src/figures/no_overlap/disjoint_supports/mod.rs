//! When nothing overlaps: p stays, q is shifted, and every divergence and its slope is drawn over the shift.

mod graphs;
mod reading;

use divergences::distribution::{Distribution, Error, Gaussian, PointMasses, Truncated, Uniform};
use divergences::fit::Translates;
use divergences::order::clamp;

use crate::figure::parameter::Field;
use crate::figure::prelude::*;
use crate::figures::measure::Measure;
use reading::{Reading, curves, number_of};

/// How far q can be shifted, both ways.
const EDGE: f64 = 5.0;
/// The greatest divergence and slope that the panels show.
const TOP: f64 = 2.4;
/// The decimal logarithms between which the logarithmic panel shows slopes.
const DECADES: std::ops::Range<f64> = -26.0..3.0;
choice! {
    /// What is shifted.
    Family {
        /// A single point mass.
        Points = "points",
        /// A uniform distribution.
        Uniforms = "uniforms",
        /// A Gaussian cut off at two standard deviations.
        Truncated = "truncated",
        /// A Gaussian.
        Gaussians = "gaussians",
    }
}

choice! {
    /// The axis of the slopes.
    Axis {
        /// Slopes as they are.
        Linear = "linear",
        /// Their sizes' logarithms.
        Logarithmic = "logarithmic",
    }
}

parameters! {
    /// What the reader can change.
    Shifted {
        /// How far q is shifted.
        theta / "theta": f64 = 1.6, Kind::Number { least: -EDGE, most: EDGE, step: 0.05 }, Front;
        /// The family of both.
        family / "family": Family = Family::Uniforms, Kind::Choice(Family::WORDS), Front;
        /// How wide both are: the width of the support, or four standard deviations.
        width / "width": f64 = 1.0, Kind::Positive { least: 0.2, most: 4.0, steps_per_decade: 40 }, Front;
        /// The standard deviation of the noise added to both.
        noise / "noise": f64 = 0.0, Kind::Number { least: 0.0, most: 1.5, step: 0.02 }, Front;
        /// The axis of the slopes.
        axis / "slopes": Axis = Axis::Linear, Kind::Choice(Axis::WORDS), Front;
        /// The unit.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), More;
    }
}

impl Shifted {
    /// What is shifted, at `centre`.
    fn shape(&self, centre: f64) -> Result<Distribution, Error> {
        let (half, noise) = (self.width / 2.0, self.noise);
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

    /// Whether the supports part at some shift, and from which on.
    fn parting(&self) -> Option<f64> {
        match self.family {
            _ if self.noise > 0.0 => None,
            Family::Points => Some(0.0),
            Family::Uniforms | Family::Truncated => Some(self.width),
            Family::Gaussians => None,
        }
    }
}

/// What the parameters imply.
pub struct Model {
    shifted: Shifted,
    p: Distribution,
    q: Distribution,
    now: Reading,
    /// Over shifts to the right, in pieces between jumps; to the left everything mirrors.
    pieces: Memo<Shifted, Vec<Vec<Reading>>>,
}

/// Divergences are guessed in their panel, at the present shift.
const VALUES: Asked = Asked::Up(1, "theta");
/// Slopes may stand on a logarithmic axis.
const SLOPES: Asked = Asked::Beside(-3.0, 3.0);

/// The when-nothing-overlaps figure, `disjoint-supports`.
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
        // One curve says both, since they agree.
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
        // The curves are the same wherever q is on them.
        let key = Shifted { theta: 0.0, unit: Unit::Nats, ..shifted.clone() };
        let pieces =
            Memo::new(key, before.map(|model| &model.pieces), |shifted| curves(shifted, &translates));
        Model { shifted: shifted.clone(), p, q, now, pieces }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let (now, unit) = (&model.now, model.shifted.unit);
        let of = |measure: Measure| {
            let slope = number_of(now.slopes[measure as usize]);
            [measure.readout(now.values[measure as usize], unit), measure.slope_readout(slope, unit)]
        };
        let theta = Readout::number("theta", model.shifted.theta).given();
        std::iter::once(theta).chain(Measure::ALL.into_iter().flat_map(of)).collect()
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let across = || -EDGE..EDGE;
        let peak = if model.p.atoms().is_empty() { model.p.density(0.0) } else { 1.0 };
        let slopes = match model.shifted.axis {
            Axis::Linear => -TOP..TOP,
            Axis::Logarithmic => DECADES,
        };
        vec![
            Axes::following(across(), 0.0..1.25 * peak),
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
        let height = if model.q.atoms().is_empty() { model.q.density(theta) } else { 1.0 };
        let handle = Handle::new(0, (theta, height / 2.0), Ink::Wasserstein1).step(0.1, 0.0).named(
            texts.fill("disjoint-supports.handle.q", &words),
            texts.fill("disjoint-supports.handle.q.value", &words),
        );
        // What is read off the axis is a number one would name.
        vec![handle.drags(|shifted: &mut Shifted, to| {
            shifted.theta = clamp((to.x * 200.0).round() / 200.0, -EDGE, EDGE);
        })]
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        vec![("family", texts.get(&family_key(model)).to_owned())]
    }

    fn table(model: &Model) -> Table {
        let mut columns = vec!["theta".to_owned()];
        for measure in Measure::ALL {
            columns.extend([measure.key().replace('-', "_"), measure.slope_key().replace('-', "_")]);
        }
        let rows = model.pieces.iter().flatten().map(|reading| {
            let pairs = reading.values.iter().zip(reading.slopes);
            let pairs = pairs.flat_map(|(&value, slope)| [value, number_of(slope)]);
            std::iter::once(reading.theta).chain(pairs).collect()
        });
        Table { columns, rows: rows.collect() }
    }
}

fn family_key(model: &Model) -> String {
    format!("disjoint-supports.param.family.{}", model.shifted.family.write())
}

fn draw_heading(model: &Model, plot: &Plot, texts: &Texts) {
    let (now, unit) = (&model.now, model.shifted.unit);
    let js = Measure::JensenShannon;
    let value = js.readout(now.values[js as usize], unit).text(texts);
    let slope = js.slope_readout(number_of(now.slopes[js as usize]), unit).digits(texts);
    let told = |key, name, value| {
        texts.fill(&format!("disjoint-supports.{key}"), &[("value", plot.picture.told(name, value))])
    };
    let theta = format!("θ = {}", number::fixed(now.theta, 2)).into();
    let family = texts.label(&family_key(model), &[]);
    plot.heading(&Heading {
        line: plot.picture.leading(14.0).max(22.0),
        aside: Some((told("slope", "js-slope", slope), TextStyle::new(Ink::Soft, 14.0))),
        ..Heading::new(52.0, theta, Ink::Text, told("js", "js", value), family)
    });
}

fn draw_densities(model: &Model, plot: &Plot) {
    let q = DensityStyle { fill: (Ink::Wasserstein1, 0.16), ink: Ink::Wasserstein1, ..DensityStyle::TARGET };
    let theta = model.shifted.theta;
    // Where q lies on p, their letters stand side by side.
    let near = (theta / (2.0 * EDGE) * plot.panel.rect.width).abs() < 30.0;
    for (shape, centre, style, ink, letter, aside) in [
        (&model.p, 0.0, DensityStyle::TARGET, Ink::Soft, "p", -14.0),
        (&model.q, theta, q, Ink::Wasserstein1, "q", 14.0),
    ] {
        plot.density(shape, style.off_axis());
        let top = plot.top_of(shape, centre);
        plot.letter(letter, centre, top.y, (if near { aside } else { 0.0 }, 12.0), ink);
    }
    plot.x_axis(0.0, true);
}
