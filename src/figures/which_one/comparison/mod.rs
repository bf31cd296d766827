//! Which one should I use: the reader's own pair, and a row of properties for each divergence, tested on that pair.

mod measured;
mod rows;

use std::rc::Rc;

use crate::figure::component_handles::{self, Looks};
use crate::figure::components::{Components, Shape};
use crate::figure::grid::Grid;
use crate::figure::guess::{Asked, Question};
use crate::figure::parameter::{Kind, parameters};
use crate::figure::readout::{Readout, UNITS, Unit};
use crate::figure::sound::Heard;
use crate::figure::texts::Texts;
use crate::figure::{Curve, Figure, Handle, NARROW, Preset, Table, within};
use crate::plot::{Align, Ink, Panel, Picture, Point, Rect, Stroke, TextStyle, number};
use divergences::distribution::Distribution;
use divergences::order::ascending;
use measured::{Candidate, Measured};

/// How far the x axis reaches, both ways.
const EDGE: f64 = 7.5;
/// How many points a curve has.
const POINTS: usize = 361;
/// The most components that either may have.
const MOST: usize = 3;
/// At which part of p's height its handles stand: q's stand on the curve, and the two may coincide.
const LEVEL: f64 = 0.5;

parameters! {
    /// What the reader can change.
    Pair {
        /// The divergence whose row is picked.
        picked / "row": Candidate = Candidate::ForwardKl, Kind::Choice(Candidate::WORDS), Front;
        /// What the components look like.
        shape / "shape": Shape = Shape::Bells, Kind::Choice(Shape::WORDS), Front;
        /// The unit.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), Front;
        /// The target.
        p / "p": Components = Components::new(&[[0.6, -1.6, 0.7], [0.4, 1.4, 0.9]]),
            Kind::Components { most: MOST }, More;
        /// The model.
        q / "q": Components = Components::new(&[[1.0, 0.6, 1.1]]), Kind::Components { most: MOST }, More;
    }
}

/// What the parameters imply.
pub struct Model {
    pair: Pair,
    measured: Rc<Measured>,
}

impl Model {
    /// The value of `candidate` now, to be read out under `key`.
    fn readout(&self, key: &'static str, candidate: Candidate) -> Readout {
        candidate.readout(key, candidate.of(&self.measured.profile), self.pair.unit)
    }

    /// The greatest density of either.
    fn peak(&self) -> f64 {
        let Measured { p, q, .. } = &*self.measured;
        let xs = (0..=300).map(|i| EDGE * (f64::from(i) / 150.0 - 1.0));
        let means = self.pair.p.all().iter().chain(self.pair.q.all()).map(|component| component.mean);
        xs.chain(means).map(|x| p.density(x).max(q.density(x))).fold(0.0, f64::max)
    }

    /// The ends of the pair pushed apart, and its greatest density.
    fn apart_extent(&self) -> (f64, f64, f64) {
        let apart = &self.measured.apart;
        let (a, b) = (apart.p.support(), apart.q.support());
        let edges = |d: &Distribution| d.breakpoints().into_iter().map(|x| x - 1e-6).collect::<Vec<_>>();
        let top_of = |d: &Distribution| edges(d).into_iter().map(|x| d.density(x)).fold(0.0, f64::max);
        (a.lower().min(b.lower()), a.upper().max(b.upper()), top_of(&apart.p).max(top_of(&apart.q)))
    }
}

/// The which-one-should-I-use figure, `comparison`.
pub struct Comparison;

impl Figure for Comparison {
    const NAME: &'static str = "comparison";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "bells", values: &[] },
        Preset { name: "boxes", values: &[("shape", "boxes"), ("p", "1,-0.6,1"), ("q", "1,0.9,1")] },
        Preset { name: "disjoint", values: &[("shape", "boxes"), ("p", "1,-2.5,0.8"), ("q", "1,2.5,0.8")] },
        Preset { name: "near", values: &[("p", "1,0,1"), ("q", "1,0.001,1")] },
        Preset { name: "nested", values: &[("shape", "boxes"), ("p", "1,0,0.6"), ("q", "1,0.5,1.5")] },
    ];
    const PICK: Option<&'static str> = Some("row");
    // What the table's row of a divergence tells, and what follows from it.
    const CURVES: &'static [Curve] = &[
        Curve { name: "js", tells: &["js", "js-distance", "js-by-mixture", "js-apart"], with: &[] },
        Curve { name: "hellinger", tells: &["hellinger", "hellinger-squared"], with: &[] },
        Curve { name: "chi-squared", tells: &["chi-squared", "chi-squared-swapped"], with: &[] },
        Curve { name: "w1", tells: &["w1", "w1-apart"], with: &[] },
        Curve { name: "apart", tells: &["shift-apart"], with: &[] },
    ];
    const HEARD: Heard = Heard { readouts: ["forward-kl", "reverse-kl"], columns: ["p", "q"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("forward-kl", Asked::Beside(0.0, 5.0)).or_infinite(),
        Question::new("reverse-kl", Asked::Beside(0.0, 5.0)).or_infinite(),
        Question::new("js", Asked::Beside(0.0, 1.0)),
        Question::new("js-distance", Asked::Beside(0.0, 1.0)),
        Question::new("tv", Asked::Beside(0.0, 1.0)),
        Question::new("hellinger", Asked::Beside(0.0, 1.0)),
        Question::new("hellinger-squared", Asked::Beside(0.0, 1.0)),
        Question::new("chi-squared", Asked::Beside(0.0, 20.0)).or_infinite(),
        Question::new("chi-squared-swapped", Asked::Beside(0.0, 20.0)).or_infinite(),
        Question::new("w1", Asked::Beside(0.0, 12.0)),
        Question::new("w2", Asked::Beside(0.0, 12.0)),
        Question::new("js-apart", Asked::Beside(0.0, 1.0)),
        Question::new("w1-apart", Asked::Beside(0.0, 12.0)),
    ];

    type Parameters = Pair;
    type Model = Model;

    fn model(pair: &Pair, before: Option<(&Pair, &Model)>) -> Model {
        let measured = match before {
            Some((old, model)) if (&old.p, &old.q, old.shape) == (&pair.p, &pair.q, pair.shape) => {
                Rc::clone(&model.measured)
            }
            _ => {
                let measured = Measured::of(&pair.p, &pair.q, pair.shape);
                Rc::new(measured.expect("Components holds valid mixtures only"))
            }
        };
        Model { pair: pair.clone(), measured }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let unit = model.pair.unit;
        let mut readouts: Vec<_> =
            Candidate::ALL.map(|candidate| model.readout(candidate.key(), candidate)).to_vec();
        let js = Candidate::JensenShannon;
        readouts.extend([
            Readout::number("hellinger-squared", model.measured.profile.hellinger_squared),
            Readout::number("chi-squared-swapped", model.measured.profile.reverse_chi_squared),
            js.readout("js-by-mixture", model.measured.mixture.length(js), unit),
            // What is saved by going by way of the mixture; a metric would save nothing.
            js.readout(
                "js-shortcut",
                js.of(&model.measured.profile) - model.measured.mixture.length(js),
                unit,
            ),
            js.readout("js-apart", model.measured.apart.value(js), unit),
            Readout::number("w1-apart", model.measured.apart.value(Candidate::Wasserstein1)),
            Readout::number("shift-apart", model.measured.apart.shift.abs()),
        ]);
        readouts
    }

    fn reach(model: &Model) -> Vec<f64> {
        let (from, to, top) = model.apart_extent();
        vec![1.16 * model.peak(), 0.53 * (to - from), 1.4 * top]
    }

    fn height(width: f64) -> f64 {
        if width < NARROW { 446.0 } else { 426.0 }
    }

    fn panels(model: &Model, width: f64, reach: &[f64]) -> Vec<Panel> {
        let [peak, half, top] = *reach else { return Vec::new() };
        let rect = |top, height| Rect { left: 8.0, top, width: width - 16.0, height };
        let first = if width < NARROW { 92.0 } else { 72.0 };
        let (from, to, _) = model.apart_extent();
        let middle = 0.5 * (from + to);
        vec![
            Panel { rect: rect(first, 210.0), x: -EDGE..EDGE, y: 0.0..peak },
            Panel { rect: rect(first + 280.0, 50.0), x: middle - half..middle + half, y: 0.0..top },
        ]
    }

    fn draw(model: &Model, panels: &[Panel], picture: &Picture, texts: &Texts) {
        if let [densities, apart] = panels {
            draw_heading(model, densities, picture, texts);
            draw_densities(model, densities, picture);
            draw_apart(model, apart, picture, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Handle> {
        let Measured { p, q, .. } = &*model.measured;
        let shape = model.pair.shape;
        let of = |words, ink, level| Looks { panel: 0, ink, level, twin: false, words };
        let of_p = of("comparison.handle.p", Ink::Target, LEVEL);
        let of_q = of("comparison.handle.q", model.pair.picked.ink(), 1.0);
        let mut handles = component_handles::handles(&model.pair.p, shape, |x| p.density(x), of_p, texts);
        handles.extend(component_handles::handles(&model.pair.q, shape, |x| q.density(x), of_q, texts));
        handles
    }

    fn drag(pair: &mut Pair, index: usize, to: Point) {
        let of_p = component_handles::count(&pair.p);
        if index < of_p {
            component_handles::drag(&mut pair.p, pair.shape, index, LEVEL, to);
        } else {
            component_handles::drag(&mut pair.q, pair.shape, index - of_p, 1.0, to);
        }
    }

    fn summary(model: &Model, texts: &Texts) -> String {
        let mixture = |components: &Components| {
            let parts: Vec<_> = (0..components.all().len())
                .map(|i| {
                    let words = [
                        ("mean", number::fixed(components.all()[i].mean, 2)),
                        ("sd", number::fixed(components.all()[i].sd, 2)),
                        ("weight", number::fixed(100.0 * components.share(i), 0)),
                    ];
                    texts.fill("comparison.summary.part", &words)
                })
                .collect();
            texts.list(parts)
        };
        let picked = model.pair.picked;
        let mut words = vec![
            ("shape", texts.get(shape_key(model.pair.shape)).to_owned()),
            ("p", mixture(&model.pair.p)),
            ("q", mixture(&model.pair.q)),
            ("picked", rows::name(picked, texts)),
            ("value", model.readout(picked.key(), picked).text(texts)),
        ];
        words.extend(Self::readouts(model).iter().map(|readout| (readout.key, readout.text(texts))));
        texts.fill("comparison.summary", &words)
    }

    fn table(model: &Model) -> Table {
        let columns = ["x", "p", "q", "mixture"].map(str::to_owned).to_vec();
        let Measured { p, q, mixture, .. } = &*model.measured;
        let rows = (0..=300).map(|i| {
            let x = EDGE * (f64::from(i) / 150.0 - 1.0);
            vec![x, p.density(x), q.density(x), mixture.r.density(x)]
        });
        Table { columns, rows: rows.collect() }
    }

    fn grid(model: &Model, texts: &Texts) -> Option<Grid> {
        Some(rows::grid(model, texts))
    }
}

fn shape_key(shape: Shape) -> &'static str {
    match shape {
        Shape::Bells => "comparison.param.shape.bells",
        Shape::Boxes => "comparison.param.shape.boxes",
    }
}

fn draw_heading(model: &Model, panel: &Panel, picture: &Picture, texts: &Texts) {
    let Rect { left, top, .. } = panel.rect;
    let right = panel.rect.right();
    let narrow = picture.width() < NARROW;
    let first = if narrow { top - 78.0 } else { top - 58.0 };
    let picked = model.pair.picked;
    let name = TextStyle::new(picked.ink(), 18.0).bold();
    let named = rows::name(picked, texts);
    picture.text(Point { x: left, y: first }, &named, name);
    let value = picture.told(picked.key(), model.readout(picked.key(), picked).text(texts));
    let large = TextStyle::new(Ink::Text, 26.0).bold().align(Align::Right);
    let both = picture.text_width(&named, name) + picture.text_width(&value, large) + 12.0;
    let large = if both > panel.rect.width { TextStyle { size: 20.0, ..large } } else { large };
    picture.text(Point { x: right, y: first + 2.0 }, &value, large);
    let about = texts.get(&format!("comparison.{}.formula", picked.key())).to_owned();
    let below = first + if narrow { 28.0 } else { 24.0 };
    picture.text(Point { x: left, y: below }, &about, TextStyle::new(Ink::Soft, 14.0));
}

/// The density of `d` over the panel, with each jump as a vertical line.
fn outline(d: &Distribution, panel: &Panel) -> Vec<(f64, f64)> {
    let mut xs: Vec<f64> = panel.sample(POINTS).collect();
    xs.extend(d.breakpoints().into_iter().flat_map(|edge| [edge - 1e-9, edge + 1e-9]));
    xs.retain(|x| panel.x.contains(x));
    ascending(&mut xs);
    xs.into_iter().map(|x| (x, d.density(x))).collect()
}

/// Draws p as a filled grey area and q as a line in the colour of what is picked.
fn draw_pair(p: &Distribution, q: &Distribution, ink: Ink, panel: &Panel, picture: &Picture) {
    let p = outline(p, panel);
    picture.area(panel, p.iter().copied(), 0.0, Ink::TargetFill, 1.0);
    picture.line(panel, p, Ink::Target, Stroke::solid(2.0));
    let q = outline(q, panel);
    picture.area(panel, q.iter().copied(), 0.0, ink, 0.1);
    picture.line(panel, q, ink, Stroke::solid(2.8));
}

fn draw_densities(model: &Model, panel: &Panel, picture: &Picture) {
    let Measured { p, q, mixture, .. } = &*model.measured;
    let ink = model.pair.picked.ink();
    draw_pair(p, q, ink, panel, picture);
    picture.line(panel, outline(&mixture.r, panel), Ink::Soft, Stroke::dashed(1.4, &[3.0, 4.0]));
    picture.x_axis(panel, 0.0, true);
    let across = |components: &Components| panel.pixel(Point { x: components.all()[0].mean, y: 0.0 }).x;
    let (from, to) = (across(&model.pair.p), across(&model.pair.q));
    if (to - from).abs() > 100.0 {
        let x = panel.value(Point { x: 0.5 * (from + to), y: 0.0 }).x;
        let Point { x, y } = panel.pixel(Point { x, y: mixture.r.density(x) });
        let style = TextStyle::new(Ink::Soft, 13.0).align(Align::Centre);
        picture.text(Point { x, y: y - 10.0 }, "r", style);
    }
    // Each letter over its first component, p's to the left and q's to the right, so that they never coincide.
    for (components, d, shift, letter, ink) in
        [(&model.pair.p, p, -18.0, "p", Ink::Soft), (&model.pair.q, q, 18.0, "q", ink)]
    {
        let x = components.all()[0].mean;
        let Point { x, y } = panel.pixel(Point { x, y: d.density(x).min(panel.y.end) });
        let style = TextStyle::new(ink, 15.0).bold().align(Align::Centre);
        picture.text(Point { x: x + shift, y: y - 10.0 }, letter, style);
    }
}

fn draw_apart(model: &Model, panel: &Panel, picture: &Picture, texts: &Texts) {
    if !picture.shows("apart") {
        return;
    }
    let apart = &model.measured.apart;
    let words = [("shift", number::fixed(apart.shift.abs(), 2))];
    let key = if apart.shift == 0.0 {
        "comparison.apart.already"
    } else if apart.shift > 0.0 {
        "comparison.apart.right"
    } else {
        "comparison.apart.left"
    };
    let style = TextStyle::new(Ink::Soft, 14.0);
    let label = within(key, &words, style, panel.rect.width, picture, texts);
    let at = Point { x: panel.rect.left, y: panel.rect.top - 14.0 };
    picture.text(at, &label, style);
    draw_pair(&apart.p, &apart.q, model.pair.picked.ink(), panel, picture);
    picture.x_axis(panel, 0.0, true);
}
