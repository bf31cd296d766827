//! When nothing overlaps: p stays, q is shifted, and every divergence and its slope is drawn over the shift.

use std::rc::Rc;

use crate::figure::guess::{Asked, Question};
use crate::figure::parameter::{Kind, choice, parameters};
use crate::figure::readout::{Readout, UNITS, Unit};
use crate::figure::sound::Heard;
use crate::figure::texts::Texts;
use crate::figure::{Curve, Figure, Handle, Preset, Table, fitting, valid, within};
use crate::figures::measure::Measure;
use crate::plot::{Align, Ink, Panel, Picture, Point, Rect, Stroke, TextStyle, labels, number, ticks};
use divergences::distribution::{Distribution, Error, Gaussian, PointMasses, Truncated, Uniform};
use divergences::fit::{Slope, Translated, Translates};

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
/// How far a title may reach beyond its panel, in CSS pixels.
const TITLES_BEYOND: f64 = 8.0;
/// How near to a jump the curves go.
const NEAR: f64 = 1e-7;
/// The height of the bands for ∞ and for exactly 0.
const BAND: f64 = 20.0;

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

    /// Whether the curves are those of `other` too.
    fn has_curves_of(&self, other: &Self) -> bool {
        (self.family, self.width, self.noise, self.axis)
            == (other.family, other.width, other.noise, other.axis)
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
    pieces: Rc<Vec<Vec<Reading>>>,
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

    type Parameters = Shifted;
    type Model = Model;

    fn model(shifted: &Shifted, before: Option<(&Shifted, &Model)>) -> Model {
        let shape = |centre| valid(shifted.shape(centre));
        let (p, q) = (shape(0.0), shape(shifted.theta));
        let translates = Translates::new(&p).expect("every family is symmetric");
        let now = Reading::at(shifted.theta, shifted, &translates);
        let pieces = match before {
            Some((old, model)) if shifted.has_curves_of(old) => Rc::clone(&model.pieces),
            _ => Rc::new(curves(shifted, &translates)),
        };
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

    fn reach(model: &Model) -> Vec<f64> {
        let peak = if model.p.atoms().is_empty() { model.p.density(0.0) } else { 1.0 };
        vec![1.25 * peak]
    }

    fn height(_: f64) -> f64 {
        642.0
    }

    fn panels(model: &Model, width: f64, reach: &[f64]) -> Vec<Panel> {
        let [density] = *reach else { return Vec::new() };
        let rect = |top, height| Rect { left: 8.0, top, width: width - 16.0, height };
        let top = 66.0;
        let slopes = match model.shifted.axis {
            Axis::Linear => -TOP..TOP,
            Axis::Logarithmic => DECADES,
        };
        vec![
            Panel { rect: rect(top, 90.0), x: -EDGE..EDGE, y: 0.0..density },
            Panel { rect: rect(top + 146.0, 206.0), x: -EDGE..EDGE, y: 0.0..TOP },
            Panel { rect: rect(top + 396.0, 150.0), x: -EDGE..EDGE, y: slopes },
        ]
    }

    fn draw(model: &Model, panels: &[Panel], picture: &Picture, texts: &Texts) {
        if let [density, values, slopes] = panels {
            draw_heading(model, density, picture, texts);
            draw_densities(model, density, picture);
            draw_values(model, values, picture, texts);
            draw_slopes(model, slopes, picture, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Handle> {
        let theta = model.shifted.theta;
        let words = [("theta", number::fixed(theta, 2))];
        let height = if model.q.atoms().is_empty() { model.q.density(theta) } else { 1.0 };
        let handle = |panel, y, twin| Handle {
            panel,
            at: Point { x: theta, y },
            step: Point { x: 0.1, y: 0.0 },
            ink: Ink::Wasserstein1,
            minor: false,
            twin,
            name: texts.fill("disjoint-supports.handle.q", &words),
            value: texts.fill("disjoint-supports.handle.q.value", &words),
            curve: "",
        };
        vec![handle(0, height / 2.0, false)]
    }

    fn drag(shifted: &mut Shifted, _: usize, to: Point) {
        // What is read off the axis is a number one would name.
        shifted.theta = ((to.x * 200.0).round() / 200.0).clamp(-EDGE, EDGE);
    }

    fn summary(model: &Model, texts: &Texts) -> String {
        let mut words = vec![("family", texts.get(&family_key(model)).to_owned())];
        for readout in Self::readouts(model) {
            words.push((readout.key, readout.text(texts)));
        }
        texts.fill("disjoint-supports.summary", &words)
    }

    fn table(model: &Model) -> Table {
        let mut columns = vec!["theta".to_owned()];
        for measure in Measure::ALL {
            columns.extend([measure.key().replace('-', "_"), measure.slope_key().replace('-', "_")]);
        }
        let rows = model.pieces.iter().flatten().map(|reading| {
            let pairs = reading.values.iter().zip(reading.slopes);
            [reading.theta]
                .into_iter()
                .chain(pairs.flat_map(|(&value, slope)| [value, number_of(slope)]))
                .collect()
        });
        Table { columns, rows: rows.collect() }
    }
}

fn family_key(model: &Model) -> String {
    use crate::figure::parameter::Field;
    format!("disjoint-supports.param.family.{}", model.shifted.family.write())
}

fn draw_heading(model: &Model, panel: &Panel, picture: &Picture, texts: &Texts) {
    let (left, right, first) = (panel.rect.left, panel.rect.right(), 14.0);
    let second = first + picture.leading(14.0).max(22.0);
    let js = place(Measure::JensenShannon);
    let unit = model.shifted.unit;
    let value = Readout::divergence("js", model.now.values[js], unit).text(texts);
    let slope = Readout::divergence("js-slope", number_of(model.now.slopes[js]), unit).digits(texts);
    let (big, soft) = (TextStyle::new(Ink::Text, 21.0).bold(), TextStyle::new(Ink::Soft, 14.0));
    let (value, slope) = (
        texts.fill("disjoint-supports.js", &[("value", picture.told("js", value))]),
        texts.fill("disjoint-supports.slope", &[("value", picture.told("js-slope", slope))]),
    );
    picture.text(Point { x: right, y: first }, &value, big.align(Align::Right));
    picture.text(Point { x: right, y: second }, &slope, soft.align(Align::Right));
    let theta = format!("θ = {}", number::fixed(model.shifted.theta, 2));
    picture.text(Point { x: left, y: first }, &theta, TextStyle::new(Ink::Text, 18.0).bold());
    let room = right - left - picture.text_width(&slope, soft) - 12.0;
    let family = within(&family_key(model), &[], soft, room, picture, texts);
    picture.text(Point { x: left, y: second }, &family, soft);
}

/// Where `measure` stands in a reading.
fn place(measure: Measure) -> usize {
    Measure::ALL.iter().position(|other| *other == measure).unwrap_or_default()
}

fn draw_densities(model: &Model, panel: &Panel, picture: &Picture) {
    for (shape, centre, ink, fill, opacity, letter) in [
        (&model.p, 0.0, Ink::Target, Ink::TargetFill, 1.0, "p"),
        (&model.q, model.shifted.theta, Ink::Wasserstein1, Ink::Wasserstein1, 0.16, "q"),
    ] {
        let peak = if shape.atoms().is_empty() {
            // Samples, and the edges of the support from both sides: a jump is drawn as a vertical line.
            let mut xs: Vec<f64> = panel.sample(401).collect();
            xs.extend(shape.breakpoints().into_iter().flat_map(|edge| [edge - 1e-9, edge + 1e-9]));
            divergences::order::ascending(&mut xs);
            let outline: Vec<_> = xs.into_iter().map(|x| (x, shape.density(x))).collect();
            picture.area(panel, outline.iter().copied(), 0.0, fill, opacity);
            // Along the axis, where there is no mass, there is no line; at an edge it goes down to the axis.
            let zero = |i: usize| outline.get(i).is_none_or(|&(_, y)| y < 1e-3 * panel.y.end);
            let seen = |(i, &(x, y)): (usize, &(f64, f64))| {
                let alone = zero(i) && zero(i + 1) && (i == 0 || zero(i - 1));
                (x, if alone { f64::NAN } else { y })
            };
            let line: Vec<_> = outline.iter().enumerate().map(seen).collect();
            picture.line(panel, line, ink, Stroke::solid(2.0));
            shape.density(centre)
        } else {
            let (foot, head) =
                (panel.pixel(Point { x: centre, y: 0.0 }), panel.pixel(Point { x: centre, y: 1.0 }));
            picture.rule(foot, head, ink, Stroke::solid(3.0));
            picture.dot(head, 5.0, ink);
            1.0
        };
        let Point { x, y } = panel.pixel(Point { x: centre, y: peak });
        let ink = if letter == "p" { Ink::Soft } else { ink };
        // Where q lies on p, their letters stand side by side.
        let shift = if letter == "p" { -14.0 } else { 14.0 };
        let near = (model.shifted.theta / (2.0 * EDGE) * panel.rect.width).abs() < 30.0;
        let x = if near { x + shift } else { x };
        picture.text(Point { x, y: y - 12.0 }, letter, TextStyle::new(ink, 15.0).bold().align(Align::Centre));
    }
    picture.x_axis(panel, 0.0, true);
}

/// The curve of what `read` takes from each reading, over shifts both ways; `mirrored` is what it becomes on the left.
fn curve(model: &Model, read: impl Fn(&Reading) -> f64, mirrored: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let mut right: Vec<(f64, f64)> = Vec::new();
    for piece in model.pieces.iter() {
        right.extend(piece.iter().map(|reading| (reading.theta, read(reading))));
        // A gap: at a jump no line is drawn.
        right.push((f64::NAN, f64::NAN));
    }
    let left = right.iter().rev().map(|&(theta, value)| (-theta, mirrored(value)));
    left.chain([(f64::NAN, f64::NAN)]).chain(right.iter().copied()).collect()
}

/// Writes the text of `key` over `panel`.
fn titled(panel: &Panel, key: &str, picture: &Picture, texts: &Texts) {
    let (at, style) =
        (Point { x: panel.rect.left, y: panel.rect.top - 14.0 }, TextStyle::new(Ink::Soft, 14.0));
    let title = within(key, &[], style, panel.rect.width + TITLES_BEYOND, picture, texts);
    picture.text(at, &title, style);
}

fn cursor(model: &Model, panel: &Panel, picture: &Picture) {
    let Point { x, .. } = panel.pixel(Point { x: model.shifted.theta, y: 0.0 });
    let ends = (Point { x, y: panel.rect.top }, Point { x, y: panel.rect.bottom() });
    picture.rule(ends.0, ends.1, Ink::Soft, Stroke::solid(1.0));
}

fn draw_values(model: &Model, panel: &Panel, picture: &Picture, texts: &Texts) {
    let unit = model.shifted.unit;
    let shown =
        |measure: Measure, value: f64| if measure.is_logarithmic() { unit.from_nats(value) } else { value };
    titled(panel, "disjoint-supports.values", picture, texts);
    let infinite = model.pieces.iter().flatten().any(|reading| reading.values[0] == f64::INFINITY);
    if infinite && picture.shows("forward-kl") {
        let Rect { left, top, width, .. } = panel.rect;
        let middle = left + width / 2.0;
        // Only at shift 0 is the support of one within the other's.
        for left in [left, middle + 2.0] {
            picture.rectangle(Rect { left, top, width: width / 2.0 - 2.0, height: BAND }, Ink::Infinite, 1.0);
        }
        let at = Point { x: left + 8.0, y: top + BAND / 2.0 };
        picture.text(
            at,
            texts.get("disjoint-supports.infinite"),
            TextStyle::new(Ink::ReverseKl, 13.0).bold(),
        );
    }
    let ceiling = unit.from_nats(std::f64::consts::LN_2);
    let ends = [(panel.x.start, ceiling), (panel.x.end, ceiling)];
    picture.part("js", || {
        picture.line(panel, ends, Ink::JensenShannon, Stroke::dashed(1.0, &[1.0, 4.0]));
    });

    // Curves end below the band for ∞, and their labels stand there.
    let room = if infinite {
        Panel { rect: shorter(panel.rect), y: 0.0..TOP * (1.0 - BAND / panel.rect.height), ..panel.clone() }
    } else {
        panel.clone()
    };
    let mut marks: Vec<Mark> = Vec::new();
    for (i, measure) in Measure::ALL.into_iter().enumerate().rev() {
        let points = curve(model, |reading| shown(measure, reading.values[i]), |value| value);
        // Both directions of KL agree between mirror images: one curve says it.
        if measure == Measure::ReverseKl || points.iter().all(|(_, y)| !y.is_finite()) {
            continue;
        }
        picture.part(measure.key(), || {
            marks.push(Mark::of(measure, &points, &room));
            picture.line(&room, points, measure.ink(), measure.stroke());
        });
    }
    picture.x_axis(panel, 0.0, false);
    cursor(model, panel, picture);
    let text = |measure: Measure| {
        let words = [("value", Readout::divergence("", std::f64::consts::LN_2, unit).digits(texts))];
        let flat = measure == Measure::JensenShannon && model.shifted.parting().is_some();
        let key = format!("disjoint-supports.label.{}{}", measure.key(), if flat { ".flat" } else { "" });
        fitting(&key, &words, label_style(measure), label_room(panel, picture), picture, texts)
    };
    draw_marks(marks, &room, text, picture);
    // On top of the words: they say where the reader is.
    for (i, measure) in Measure::ALL.into_iter().enumerate() {
        let value = shown(measure, model.now.values[i]);
        picture.part(measure.key(), || {
            if value <= TOP && measure != Measure::ReverseKl {
                picture.dot(panel.pixel(Point { x: model.now.theta, y: value }), 5.0, measure.ink());
            } else if value == f64::INFINITY && measure == Measure::ForwardKl {
                let x = panel.pixel(Point { x: model.now.theta, y: 0.0 }).x;
                picture.dot(Point { x, y: panel.rect.top + BAND / 2.0 }, 5.0, measure.ink());
            }
        });
    }
}

/// How wide the label of a curve may be in `panel`: it stands over the curves, and larger words hide more of them.
fn label_room(panel: &Panel, picture: &Picture) -> f64 {
    const LEADING: f64 = 18.75;
    0.43 * panel.rect.width * LEADING / picture.leading(15.0)
}

/// How curves are labelled.
fn label_style(measure: Measure) -> TextStyle {
    TextStyle::new(measure.ink(), 15.0).bold()
}

fn shorter(rect: Rect) -> Rect {
    Rect { top: rect.top + BAND, height: rect.height - BAND, ..rect }
}

/// Where a curve's label wants to stand.
struct Mark {
    measure: Measure,
    /// The curve's right end, or where it leaves the panel at the top.
    at: Point,
    /// Where the right end of its label goes, if the curve leaves the panel.
    beside: Option<Point>,
    /// The curve's heights, which tell whether another is the same.
    heights: Vec<f64>,
}

/// How far below the upper edge the label of a curve stands that leaves there.
const BESIDE: f64 = 14.0;

impl Mark {
    fn of(measure: Measure, points: &[(f64, f64)], panel: &Panel) -> Self {
        let right = || points.iter().filter(|(x, y)| *x >= 0.0 && y.is_finite());
        let mut seen: Vec<Point> =
            right().filter(|(_, y)| panel.y.contains(y)).map(|&(x, y)| panel.pixel(Point { x, y })).collect();
        // Where the curve crosses the upper edge, if it does.
        let crossing = right().zip(right().skip(1)).find(|(a, b)| a.1 < panel.y.end && b.1 >= panel.y.end);
        if let Some((a, b)) = crossing {
            let x = a.0 + (panel.y.end - a.1) / (b.1 - a.1) * (b.0 - a.0);
            seen.push(panel.pixel(Point { x, y: panel.y.end }));
        }
        let at = seen.last().copied().unwrap_or(Point { x: panel.rect.right(), y: panel.rect.top });
        let leaves = at.x < panel.rect.right() - 30.0 && at.y < panel.rect.top + 40.0;
        // On the inner side of a rising curve, clear of it over the height of the letters.
        let clear = seen.iter().rev().find(|point| point.y > panel.rect.top + BESIDE + 10.0);
        let beside = leaves
            .then(|| Point { x: clear.map_or(at.x, |point| point.x) - 8.0, y: panel.rect.top + BESIDE });
        let heights = points.iter().map(|point| point.1).filter(|y| y.is_finite()).collect();
        Self { measure, at, beside, heights }
    }

    fn coincides(&self, other: &Self) -> bool {
        self.heights.len() == other.heights.len()
            && self.heights.iter().zip(&other.heights).all(|(a, b)| (a - b).abs() < 1e-6 * TOP)
    }
}

fn draw_marks(marks: Vec<Mark>, panel: &Panel, text: impl Fn(Measure) -> String, picture: &Picture) {
    let style = |measure: Measure| label_style(measure).align(Align::Right);
    // Curves that coincide share a label.
    let mut labelled: Vec<(Mark, String)> = Vec::new();
    for mark in marks.into_iter().rev() {
        let meets = |other: &Mark| other.beside.is_none() && (other.at.y - mark.at.y).abs() < 2.0;
        match labelled.iter_mut().find(|(other, _)| other.coincides(&mark) || meets(other)) {
            Some((other, words)) => {
                let joint = if other.coincides(&mark) { " =" } else { "," };
                *words = format!("{words}{joint} {}", text(mark.measure));
            }
            None => {
                let words = text(mark.measure);
                labelled.push((mark, words));
            }
        }
    }
    let (leaving, staying): (Vec<_>, Vec<_>) =
        labelled.into_iter().partition(|(mark, _)| mark.beside.is_some());
    // Outside its curve where there is room before the next one, else inside, and then clear of what stands there already.
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for (mark, words) in &leaving {
        let wide = picture.text_width(words, style(mark.measure));
        let next = leaving
            .iter()
            .map(|(other, _)| other.at.x)
            .filter(|&x| x > mark.at.x + 1.0)
            .fold(panel.rect.right(), f64::min);
        if next - mark.at.x > wide + 18.0 {
            let at = Point { x: mark.at.x + 10.0, y: panel.rect.top + BESIDE };
            picture.label(at, words, style(mark.measure).align(Align::Left));
            taken.push((at.x, at.x + wide, at.y));
        } else {
            let mut at = mark.beside.unwrap_or(mark.at);
            let lies = |&(left, right, y): &(f64, f64, f64), at: Point| {
                left < at.x + 6.0 && at.x - wide - 6.0 < right && (y - at.y).abs() < 1.0
            };
            while taken.iter().any(|other| lies(other, at)) {
                at.y += picture.leading(15.0);
            }
            picture.label(at, words, style(mark.measure));
            taken.push((at.x - wide, at.x, at.y));
        }
    }
    let mut heights: Vec<f64> = staying.iter().map(|(mark, _)| mark.at.y - 12.0).collect();
    labels::spread(&mut heights, picture.leading(15.0), panel.rect.top + 8.0, panel.rect.bottom() - 8.0);
    for ((mark, words), y) in staying.iter().zip(heights) {
        picture.label(Point { x: panel.rect.right(), y }, words, style(mark.measure));
    }
}

fn draw_slopes(model: &Model, panel: &Panel, picture: &Picture, texts: &Texts) {
    let logarithmic = model.shifted.axis == Axis::Logarithmic;
    let unit = model.shifted.unit;
    let title = if logarithmic { "disjoint-supports.slopes.log" } else { "disjoint-supports.slopes" };
    titled(panel, title, picture, texts);
    let shown = |measure: Measure, slope: Slope| {
        let slope = number_of(slope);
        let slope = if measure.is_logarithmic() { unit.from_nats(slope) } else { slope };
        if logarithmic { slope.abs().log10() } else { slope }
    };
    let mut curves_panel = panel.clone();
    let zero_band = Rect { top: panel.rect.bottom() - BAND, height: BAND, ..panel.rect };
    if logarithmic {
        picture.rectangle(zero_band, Ink::Negative, 0.5);
        let at = Point { x: panel.rect.left + 8.0, y: zero_band.top + BAND / 2.0 };
        picture.text(at, texts.get("disjoint-supports.zero"), TextStyle::new(Ink::Soft, 13.0).bold());
        curves_panel.rect.height -= BAND;
        for exponent in ticks(&DECADES, 5) {
            let y = curves_panel.pixel(Point { x: 0.0, y: exponent }).y;
            let (from, to) = (Point { x: panel.rect.left, y }, Point { x: panel.rect.right(), y });
            picture.rule(from, to, Ink::Hair, Stroke::solid(1.0).fade(0.6));
            let at = Point { x: panel.rect.left, y: y + 9.0 };
            picture.label(at, &number::power_of_ten(exponent), TextStyle::new(Ink::Soft, 12.5));
        }
    }
    let on_zero = |slope: Slope| logarithmic && slope == Slope::Finite(0.0);
    let mut marks: Vec<Mark> = Vec::new();
    for (i, measure) in Measure::ALL.into_iter().enumerate().rev() {
        if measure == Measure::ReverseKl || !picture.shows(measure.slope_key()) {
            continue;
        }
        let mirror = |slope: f64| if logarithmic { slope } else { -slope };
        let points = curve(model, |reading| shown(measure, reading.slopes[i]), mirror);
        if points.iter().any(|(_, y)| y.is_finite()) {
            picture.part(measure.slope_key(), || {
                picture.line(&curves_panel, points.iter().copied(), measure.ink(), measure.stroke());
            });
        }
        let last = model.pieces.last().and_then(|piece| piece.last());
        if last.is_some_and(|reading| on_zero(reading.slopes[i])) {
            // −∞ on the logarithmic axis: in the band that says so.
            let parting = model.shifted.parting().unwrap_or_default();
            let y = zero_band.top + BAND / 2.0;
            for (from, to) in [(-EDGE, -parting), (parting, EDGE)] {
                let x = |theta| panel.pixel(Point { x: theta, y: 0.0 }).x;
                picture.rule(Point { x: x(from), y }, Point { x: x(to), y }, measure.ink(), measure.stroke());
            }
        } else if points.iter().any(|(_, y)| y.is_finite()) {
            marks.push(Mark::of(measure, &points, &curves_panel));
        }
    }
    if !logarithmic {
        picture.x_axis(panel, 0.0, false);
    }
    let base = Panel { y: 0.0..1.0, ..panel.clone() };
    picture.x_axis(&base, 0.0, true);
    cursor(model, panel, picture);
    // Divergences whose slope is exactly 0 share one label.
    let flat = |measure: Measure| {
        let place = Measure::ALL.iter().position(|other| *other == measure).unwrap_or_default();
        let last = model.pieces.last().and_then(|piece| piece.last());
        last.is_some_and(|reading| reading.slopes[place] == Slope::Finite(0.0))
    };
    // The label names all of them, so none may be hidden.
    let open = |measure: Measure| picture.shows(measure.slope_key());
    let any_flat = marks.iter().any(|mark| flat(mark.measure))
        && Measure::ALL.into_iter().filter(|m| flat(*m)).all(open);
    let flat = |measure: Measure| any_flat && flat(measure);
    marks.retain(|mark| !flat(mark.measure) || mark.measure == Measure::JensenShannon);
    let text = |measure: Measure| {
        let key = if any_flat && measure == Measure::JensenShannon { "flat" } else { measure.key() };
        let key = format!("disjoint-supports.slope-label.{key}");
        // Among crowded logarithmic curves there is room for names only.
        if logarithmic {
            texts.get(&format!("disjoint-supports.label.{}", measure.key())).to_owned()
        } else {
            fitting(&key, &[], label_style(measure), label_room(panel, picture), picture, texts)
        }
    };
    draw_marks(marks, panel, text, picture);
    // On top of the words: they say where the reader is.
    for (i, measure) in Measure::ALL.into_iter().enumerate() {
        let slope = shown(measure, model.now.slopes[i]);
        if measure != Measure::ReverseKl && curves_panel.y.contains(&slope) {
            picture.part(measure.slope_key(), || {
                picture.dot(curves_panel.pixel(Point { x: model.now.theta, y: slope }), 5.0, measure.ink());
            });
        }
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
