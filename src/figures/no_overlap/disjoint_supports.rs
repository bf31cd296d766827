//! When nothing overlaps: p stays, q is shifted, and every divergence and its slope is drawn over the shift.

use divergences::distribution::{Distribution, Error, Gaussian, PointMasses, Truncated, Uniform};
use divergences::fit::{Slope, Translated, Translates};
use divergences::order::clamp;

use crate::figure::parameter::Field;
use crate::figure::prelude::*;
use crate::figures::measure::Measure;
use crate::plot::{
    BAND, CurveLabels, Panel, above_band, below_band, curve_label_room, curve_label_style, ticks,
};

/// How far q can be shifted, both ways.
const EDGE: f64 = 5.0;
/// The greatest divergence and slope that the panels show.
const TOP: f64 = 2.4;
/// The decimal logarithms between which the logarithmic panel shows slopes.
const DECADES: std::ops::Range<f64> = -26.0..3.0;
/// Into how many stretches the shifts to each side are cut,
const STRETCHES: f64 = 10.0;
/// how often each of them may be halved,
const HALVINGS: u32 = 6;
/// and the part of the panel's height by which a curve may stray from a line before its stretch is: halved, it then strays by
/// a quarter of that, a third of a pixel of the values.
const TOLERANCE: f64 = 6e-3;
/// How near to a jump the curves go.
const NEAR: f64 = 1e-7;

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

/// What a shift makes of every divergence.
struct Reading {
    theta: f64,
    values: [f64; Measure::ALL.len()],
    slopes: [Slope; Measure::ALL.len()],
}

impl Reading {
    /// At any shift, also to the left, where everything mirrors.
    fn at(theta: f64, shifted: &Shifted, translates: &Translates) -> Self {
        let right = Self::of(&translates.at(theta.abs()));
        if Some(theta.abs()) == shifted.parting()
            && let (Ok(p), Ok(q)) = (shifted.shape(0.0), shifted.shape(theta))
        {
            // The derivatives to the left and to the right differ.
            return Self { theta, slopes: Measure::ALL.map(|measure| measure.slope(&p, &q)), ..right };
        }
        let mirror = |slope: Slope| match number_of(slope) {
            slope if theta == 0.0 && slope != 0.0 => Slope::Kink { left: -slope, right: slope },
            slope if theta < 0.0 => Slope::from_f64(-slope),
            _ => slope,
        };
        Self { theta, slopes: right.slopes.map(mirror), ..right }
    }

    fn of(found: &Translated) -> Self {
        let theta = found.shift;
        let pairs = Measure::ALL.map(|measure| match measure {
            Measure::ForwardKl | Measure::ReverseKl => found.kullback_leibler,
            Measure::JensenShannon => found.jensen_shannon,
            Measure::TotalVariation => found.total_variation,
            Measure::HellingerSquared => found.hellinger_squared,
            // All mass travels by θ.
            Measure::Wasserstein1 => [theta, 1.0],
            Measure::Wasserstein2Squared => [theta * theta, 2.0 * theta],
        });
        Self { theta, values: pairs.map(|pair| pair[0]), slopes: pairs.map(|pair| Slope::from_f64(pair[1])) }
    }

    /// Whether the straight line between two readings misses this one, halfway, by so much that it would be seen.
    fn strays(&self, from: &Self, to: &Self, axis: Axis) -> bool {
        let apart = |read: &dyn Fn(&Self) -> f64, shown: f64| {
            let off = (read(self) - 0.5 * (read(from) + read(to))).abs();
            // Above the panel nothing is seen, and infinite off is no number.
            read(from).abs().min(read(to).abs()) < shown && off > TOLERANCE * shown
        };
        (0..self.values.len()).any(|i| {
            let slope = |reading: &Self| number_of(reading.slopes[i]);
            apart(&|reading| reading.values[i], TOP)
                || match axis {
                    Axis::Linear => apart(&slope, TOP),
                    Axis::Logarithmic => apart(&|reading| slope(reading).abs().log10(), -DECADES.start),
                }
        })
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

/// The curves' readings, in pieces between jumps: denser where straight lines between them would be seen.
fn curves(shifted: &Shifted, translates: &Translates) -> Vec<Vec<Reading>> {
    let parting = shifted.parting().filter(|&parting| parting > 0.0 && parting < EDGE);
    let near = if shifted.parting().is_some() { NEAR } else { 0.0 };
    let knots: Vec<f64> = [Some(0.0), parting, Some(EDGE)].into_iter().flatten().collect();
    let piece = |ends: &[f64]| {
        let (from, to) = (ends[0] + near, ends[1] - near);
        let count = (STRETCHES * (to - from) / EDGE).ceil();
        let mut piece = vec![Reading::of(&translates.at(from))];
        for i in 1..=count as u32 {
            let end = Reading::of(&translates.at(from + (to - from) * (f64::from(i) / count)));
            bend(translates, shifted.axis, end, HALVINGS, &mut piece);
        }
        piece
    };
    knots.windows(2).map(piece).collect()
}

/// Adds `end` to the readings, and before it those that bend the line from the last one.
fn bend(translates: &Translates, axis: Axis, end: Reading, halvings: u32, piece: &mut Vec<Reading>) {
    if let Some(start) = piece.last()
        && halvings > 0
    {
        let middle = Reading::of(&translates.at(0.5 * (start.theta + end.theta)));
        if middle.strays(start, &end, axis) {
            bend(translates, axis, middle, halvings - 1, piece);
            bend(translates, axis, end, halvings - 1, piece);
            return;
        }
        piece.push(middle);
    }
    piece.push(end);
}

/// A number for a readout: a kink or an infinite divergence has no slope.
fn number_of(slope: Slope) -> f64 {
    match slope {
        Slope::Finite(slope) | Slope::Infinite(slope) => slope,
        _ => f64::NAN,
    }
}

/// The graph of `tells` over the shift.
const fn graph(name: &'static str, tells: &'static [&'static str]) -> Curve {
    Curve { name, tells, with: &[] }
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
        graph("forward-kl", &["forward-kl", "reverse-kl"]),
        graph("js", &["js"]),
        graph("tv", &["tv"]),
        graph("hellinger-squared", &["hellinger-squared"]),
        graph("w1", &["w1"]),
        graph("w2-squared", &["w2-squared"]),
        graph("forward-kl-slope", &["forward-kl-slope", "reverse-kl-slope"]),
        graph("js-slope", &["js-slope"]),
        graph("tv-slope", &["tv-slope"]),
        graph("hellinger-squared-slope", &["hellinger-squared-slope"]),
        graph("w1-slope", &["w1-slope"]),
        graph("w2-squared-slope", &["w2-squared-slope"]),
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
        Layout::new(&[Row::new(66.0, 90.0), Row::new(56.0, 206.0), Row::new(44.0, 150.0)], 30.0);

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
        let unit = model.shifted.unit;
        let mut readouts = vec![Readout::number("theta", model.shifted.theta).given()];
        for (i, measure) in Measure::ALL.into_iter().enumerate() {
            let readout = |key, value| {
                if measure.is_logarithmic() {
                    Readout::divergence(key, value, unit)
                } else {
                    Readout::number(key, value)
                }
            };
            readouts.push(readout(measure.key(), model.now.values[i]));
            // A slope is per unit of θ besides, and so has no unit of its own here.
            let slope = readout(measure.slope_key(), number_of(model.now.slopes[i]));
            readouts.push(Readout { unit: None, ..slope });
        }
        readouts
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
            Graphs { model, texts, plot: values, logarithmic: false }.draw_values();
            let logarithmic = model.shifted.axis == Axis::Logarithmic;
            Graphs { model, texts, plot: slopes, logarithmic }.draw_slopes();
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
    let js = Measure::JensenShannon as usize;
    let value = Readout::divergence("js", now.values[js], unit).text(texts);
    let slope = Readout::divergence("js-slope", number_of(now.slopes[js]), unit).digits(texts);
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

/// What is drawn over the shift, divergences or slopes.
struct Graphs<'a> {
    model: &'a Model,
    texts: &'a Texts,
    plot: &'a Plot<'a>,
    logarithmic: bool,
}

impl Graphs<'_> {
    /// The divergences that have a graph, in the order in which they are drawn. Both directions of KL agree between
    /// mirror images: one curve says it.
    fn drawn() -> impl Iterator<Item = Measure> {
        Measure::ALL.into_iter().rev().filter(|measure| *measure != Measure::ReverseKl)
    }

    /// `value` of `measure`, or its slope, as it is shown.
    fn shown(&self, measure: Measure, value: f64) -> f64 {
        let unit = self.model.shifted.unit;
        let value = if measure.is_logarithmic() { unit.from_nats(value) } else { value };
        if self.logarithmic { value.abs().log10() } else { value }
    }

    /// The curve of what `read` takes from each reading, over shifts both ways; `mirrored` is what it becomes on the left.
    fn curve(&self, read: &dyn Fn(&Reading) -> f64, mirrored: &dyn Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let mut right: Vec<(f64, f64)> = Vec::new();
        for piece in self.model.pieces.iter() {
            right.extend(piece.iter().map(|reading| (reading.theta, read(reading))));
            // A gap: at a jump no line is drawn.
            right.push((f64::NAN, f64::NAN));
        }
        let left = right.iter().rev().map(|&(theta, value)| (-theta, mirrored(value)));
        left.chain([(f64::NAN, f64::NAN)]).chain(right.iter().copied()).collect()
    }

    /// The label of `measure`'s curve, in as many words as there is room for.
    fn label(&self, key: &str, measure: Measure, words: &[(&str, String)]) -> String {
        let label = self.texts.label(&format!("disjoint-supports.{key}"), words);
        label.fit(curve_label_style(measure.ink()), curve_label_room(self.plot), self.plot.picture)
    }

    fn draw_values(&self) {
        let Self { model, texts, plot, .. } = *self;
        let now = &model.now;
        plot.title(&texts.label("disjoint-supports.values", &[]), Ink::Soft);
        let infinite = model.pieces.iter().flatten().any(|reading| reading.values[0] == f64::INFINITY);
        if infinite && plot.picture.shows("forward-kl") {
            // Only at shift 0 is the support of one within the other's.
            plot.infinite_band(texts.get("disjoint-supports.infinite"), Some(0.0));
        }
        let ceiling = model.shifted.unit.from_nats(std::f64::consts::LN_2);
        plot.part("js", || plot.level(ceiling, Ink::JensenShannon, Stroke::dashed(1.0, &[1.0, 4.0])));
        // Curves end below the band for ∞, and their labels stand there.
        let panel = if infinite { below_band(plot.panel) } else { plot.panel.clone() };
        let room = Plot { panel: &panel, ..*plot };
        let mut labels = CurveLabels::default();
        let log_2 = Readout::divergence("", std::f64::consts::LN_2, model.shifted.unit).digits(texts);
        for measure in Self::drawn() {
            let value = |reading: &Reading| self.shown(measure, reading.values[measure as usize]);
            let points = self.curve(&value, &|value| value);
            if points.iter().all(|(_, y)| !y.is_finite()) {
                continue;
            }
            plot.part(measure.key(), || {
                let flat = measure == Measure::JensenShannon && model.shifted.parting().is_some();
                let key = format!("label.{}{}", measure.key(), if flat { ".flat" } else { "" });
                let words = self.label(&key, measure, &[("value", log_2.clone())]);
                labels.add(&room, &points, words, measure.ink());
                room.line(&points, measure.ink(), measure.stroke());
            });
        }
        plot.x_axis(0.0, false);
        plot.cursor(model.shifted.theta);
        labels.draw(&room);
        // On top of the words: they say where the reader is.
        for measure in Self::drawn() {
            let value = self.shown(measure, now.values[measure as usize]);
            plot.part(measure.key(), || {
                if value <= TOP {
                    plot.dot(now.theta, value, 5.0, measure.ink());
                } else if value == f64::INFINITY && measure == Measure::ForwardKl {
                    let x = plot.pixel(now.theta, 0.0).x;
                    plot.picture.dot(Point { x, y: plot.panel.rect.top + BAND / 2.0 }, 5.0, measure.ink());
                }
            });
        }
    }

    /// Whether the slope of `measure` is exactly 0 from some shift on.
    fn is_flat(&self, measure: Measure) -> bool {
        let last = self.model.pieces.last().and_then(|piece| piece.last());
        last.is_some_and(|reading| reading.slopes[measure as usize] == Slope::Finite(0.0))
    }

    fn draw_slopes(&self) {
        let Self { model, texts, plot, logarithmic } = *self;
        let title = if logarithmic { "disjoint-supports.slopes.log" } else { "disjoint-supports.slopes" };
        plot.title(&texts.label(title, &[]), Ink::Soft);
        let panel = if logarithmic { above_band(plot.panel) } else { plot.panel.clone() };
        let room = Plot { panel: &panel, ..*plot };
        let zero = if logarithmic { self.draw_decades(&room) } else { 0.0 };
        // Divergences whose slope is exactly 0 share one label, which names all of them: none may be hidden.
        let mut flat = Measure::ALL.into_iter().filter(|measure| self.is_flat(*measure)).peekable();
        let together = !logarithmic
            && flat.peek().is_some()
            && flat.all(|measure| plot.picture.shows(measure.slope_key()));
        let mut labels = CurveLabels::default();
        for measure in Self::drawn().filter(|measure| plot.picture.shows(measure.slope_key())) {
            let slope = |reading: &Reading| self.shown(measure, number_of(reading.slopes[measure as usize]));
            let points = self.curve(&slope, &|slope| if logarithmic { slope } else { -slope });
            let finite = points.iter().any(|(_, y)| y.is_finite());
            if finite {
                plot.part(measure.slope_key(), || room.line(&points, measure.ink(), measure.stroke()));
            }
            if logarithmic && self.is_flat(measure) {
                // −∞ on the logarithmic axis: in the band that says so.
                let parting = model.shifted.parting().unwrap_or_default();
                for (from, to) in [(-EDGE, -parting), (parting, EDGE)] {
                    let [from, to] = [from, to].map(|theta| Point { y: zero, ..plot.pixel(theta, 0.0) });
                    plot.picture.rule(from, to, measure.ink(), measure.stroke());
                }
            } else if finite {
                let words = match measure {
                    // Among crowded logarithmic curves there is room for names only.
                    _ if logarithmic => {
                        texts.get(&format!("disjoint-supports.label.{}", measure.key())).to_owned()
                    }
                    Measure::JensenShannon if together => self.label("slope-label.flat", measure, &[]),
                    _ if together && self.is_flat(measure) => continue,
                    _ => self.label(&format!("slope-label.{}", measure.key()), measure, &[]),
                };
                labels.add(&room, &points, words, measure.ink());
            }
        }
        if !logarithmic {
            plot.x_axis(0.0, false);
        }
        let base = Panel { y: 0.0..1.0, ..plot.panel.clone() };
        Plot { panel: &base, ..*plot }.x_axis(0.0, true);
        plot.cursor(model.shifted.theta);
        labels.draw(plot);
        // On top of the words: they say where the reader is.
        for measure in Self::drawn() {
            let slope = self.shown(measure, number_of(model.now.slopes[measure as usize]));
            if panel.y.contains(&slope) {
                plot.part(measure.slope_key(), || room.dot(model.now.theta, slope, 5.0, measure.ink()));
            }
        }
    }

    /// Draws the scale of logarithmic slopes into `room`, and the band for 0 below it; returns the height of its middle.
    fn draw_decades(&self, room: &Plot) -> f64 {
        let middle = self.plot.zero_band(self.texts.get("disjoint-supports.zero"));
        for exponent in ticks(&DECADES, 5) {
            room.level(exponent, Ink::Hair, Stroke::solid(1.0).fade(0.6));
            let at = room.pixel(room.panel.x.start, exponent);
            let style = TextStyle::new(Ink::Soft, 12.5);
            room.picture.label(Point { y: at.y + 9.0, ..at }, &number::power_of_ten(exponent), style);
        }
        middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far, in parts of the panel's height, what is drawn is from `read` of the true reading at `theta`.
    fn off(pieces: &[Vec<Reading>], truth: &Reading, shown: f64, read: &dyn Fn(&Reading) -> f64) -> f64 {
        for ends in pieces.iter().flat_map(|piece| piece.windows(2)) {
            let ([from, to], theta) = ([&ends[0], &ends[1]], truth.theta);
            if from.theta <= theta && theta <= to.theta {
                let part = (theta - from.theta) / (to.theta - from.theta);
                let drawn = read(from) + part * (read(to) - read(from));
                let seen = read(truth).abs() < shown && drawn.is_finite();
                return if seen { (drawn - read(truth)).abs() / shown } else { 0.0 };
            }
        }
        0.0
    }

    #[test]
    fn lines_between_the_readings_are_the_curves() {
        let mut most = 0;
        for family in [Family::Uniforms, Family::Truncated, Family::Gaussians] {
            for (width, noise) in [(1.0, 0.0), (1.0, 0.02), (0.2, 0.06), (4.0, 0.02), (1.0, 0.3), (3.0, 1.5)]
            {
                let shifted = Shifted { family, width, noise, ..Shifted::default() };
                let translates = Translates::new(&shifted.shape(0.0).unwrap()).unwrap();
                let pieces = curves(&shifted, &translates);
                most = most.max(pieces.iter().map(Vec::len).sum());
                for i in 1..997 {
                    let truth = Reading::of(&translates.at(EDGE * f64::from(i) / 997.0));
                    for k in 0..Measure::ALL.len() {
                        let value = off(&pieces, &truth, TOP, &|reading| reading.values[k]);
                        let slope = off(&pieces, &truth, TOP, &|reading| number_of(reading.slopes[k]));
                        // Less than half a pixel of the values and a whole one of the slopes.
                        assert!(
                            value < 0.002 && slope < 0.01,
                            "{family:?} {width} {noise} at {} measure {k}: {value} {slope}",
                            truth.theta
                        );
                    }
                }
            }
        }
        assert!(most < 120, "{most} readings");
        println!("{most} readings at most");
    }
}
