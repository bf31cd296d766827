//! The figure `comparison`: a pair of distributions, and a table with the properties of each divergence,
//! tested on that pair.

mod measured;
mod rows;
#[cfg(test)]
mod tests;

use divergences::distribution::Distribution;

use crate::figure::component_handles::{MixtureSide, of_pair};
use crate::figure::components::{Components, Shape, greatest};
use crate::figure::grid::Grid;
use crate::figure::prelude::*;
use measured::{Candidate, Measured};

/// The end of the horizontal axis, on both sides of 0.
const EDGE: f64 = 7.5;
/// The greatest number of components of either mixture.
const MOST: usize = 3;

parameters! {
    /// The parameters of the figure.
    Pair {
        /// The selected row of the table.
        picked / "row": Candidate = Candidate::ForwardKl, Kind::Choice(Candidate::WORDS), Front;
        /// The shape of the components.
        shape / "shape": Shape = Shape::Bells, Kind::Choice(Shape::WORDS), Front;
        /// The unit of logarithmic divergences.
        unit / "unit": Unit = Unit::Nats, Kind::Choice(UNITS), Front;
        /// The target p.
        p / "p": Components = Components::new(&[[0.6, -1.6, 0.7], [0.4, 1.4, 0.9]]),
            Kind::Components { most: MOST }, More;
        /// The model q.
        q / "q": Components = Components::new(&[[1.0, 0.6, 1.1]]), Kind::Components { most: MOST }, More;
    }
}

/// The model: everything that follows from the parameters.
pub struct Model {
    pair: Pair,
    measured: Memo<(Components, Components, Shape), Measured>,
}

impl Model {
    /// The readout `key` of the value of `candidate`.
    fn readout(&self, key: &'static str, candidate: Candidate) -> Readout {
        candidate.readout(key, candidate.of(&self.measured.profile), self.pair.unit)
    }

    /// The greatest density of p and q.
    fn peak(&self) -> f64 {
        let Measured { p, q, .. } = &*self.measured;
        greatest(&|x| p.density(x).max(q.density(x)), EDGE, &[&self.pair.p, &self.pair.q])
    }

    /// The two ends of the pair pushed apart, and its greatest density.
    fn apart_extent(&self) -> (f64, f64, f64) {
        let apart = &self.measured.apart;
        let (a, b) = (apart.p.support(), apart.q.support());
        let edges = |d: &Distribution| d.breakpoints().into_iter().map(|x| x - 1e-6).collect::<Vec<_>>();
        let top_of = |d: &Distribution| edges(d).into_iter().map(|x| d.density(x)).fold(0.0, f64::max);
        (a.lower().min(b.lower()), a.upper().max(b.upper()), top_of(&apart.p).max(top_of(&apart.q)))
    }
}

/// The figure `comparison`.
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
    // The readouts that a row of the table tells, and those that follow from them.
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

    const LAYOUT: Layout = Layout::new(&[Tier::new(72.0, 210.0), Tier::new(70.0, 50.0)], 24.0).narrow(20.0);

    type Parameters = Pair;
    type Model = Model;

    fn model(pair: &Pair, before: Option<&Model>) -> Model {
        let key = (pair.p.clone(), pair.q.clone(), pair.shape);
        let measured =
            Memo::new(key, before.map(|model| &model.measured), |(p, q, shape)| Measured::of(p, q, *shape));
        Model { pair: pair.clone(), measured }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let unit = model.pair.unit;
        let mut readouts: Vec<_> =
            Candidate::ALL.map(|candidate| model.readout(candidate.key(), candidate)).to_vec();
        let js = Candidate::JensenShannon;
        readouts.extend([
            Readout::number("hellinger-squared", model.measured.profile.hellinger_squared).at_most(1.0),
            Readout::number("chi-squared-swapped", model.measured.profile.reverse_chi_squared),
            js.readout("js-by-mixture", model.measured.mixture.length(js), unit),
            // The difference between the direct way and that by the mixture. For a metric it is never
            // positive.
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

    fn axes(model: &Model) -> Vec<Axes> {
        let (from, to, top) = model.apart_extent();
        let (middle, half) = (0.5 * (from + to), 0.53 * (to - from));
        vec![
            Axes::following(-EDGE..EDGE, 0.0..1.16 * model.peak()),
            Axes::following(middle - half..middle + half, 0.0..1.4 * top),
        ]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        if let [densities, apart] = plots {
            draw_heading(model, densities, texts);
            draw_densities(model, densities);
            draw_apart(model, apart, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Pair>> {
        let (Measured { p, q, .. }, pair) = (&*model.measured, &model.pair);
        let of_p: MixtureSide<Pair> = ("comparison.handle.p", &pair.p, p, |pair| &mut pair.p);
        let of_q: MixtureSide<Pair> = ("comparison.handle.q", &pair.q, q, |pair| &mut pair.q);
        of_pair(pair.shape, [of_p, of_q], pair.picked.ink(), texts)
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        let mixture = |components: &Components| components.described("comparison.summary.part", 2, texts);
        let Pair { picked, ref p, ref q, .. } = model.pair;
        vec![
            ("p", mixture(p)),
            ("q", mixture(q)),
            ("picked", rows::name(picked, texts)),
            ("value", model.readout(picked.key(), picked).text(texts)),
        ]
    }

    fn table(model: &Model) -> Table {
        let Measured { p, q, mixture, .. } = &*model.measured;
        let columns: [(&str, &dyn Fn(f64) -> f64); 3] =
            [("p", &|x| p.density(x)), ("q", &|x| q.density(x)), ("mixture", &|x| mixture.r.density(x))];
        Table::sampled("x", -EDGE..EDGE, 301, &columns)
    }

    fn grid(model: &Model, texts: &Texts) -> Option<Grid> {
        Some(rows::grid(model, texts))
    }
}

fn draw_heading(model: &Model, plot: &Plot, texts: &Texts) {
    let rect = plot.panel.rect;
    let narrow = plot.picture.width() < NARROW;
    let first = if narrow { 78.0 } else { 58.0 };
    let picked = model.pair.picked;
    let name = TextStyle::new(picked.ink(), 18.0).bold();
    let named = rows::name(picked, texts);
    let value = plot.picture.told(picked.key(), model.readout(picked.key(), picked).text(texts));
    let large = TextStyle::new(Ink::Text, 26.0).bold();
    let both = plot.picture.text_width(&named, name) + plot.picture.text_width(&value, large) + 12.0;
    let large = if both > rect.width { TextStyle { size: 20.0, ..large } } else { large };
    plot.at_left(first, &named, name);
    plot.at_right(first - 2.0, &value, large);
    let about = texts.get(&format!("comparison.{}.formula", picked.key())).to_owned();
    plot.at_left(first - if narrow { 28.0 } else { 24.0 }, &about, TextStyle::new(Ink::Soft, 14.0));
}

/// Draws p as a filled grey area, and q as a line in the colour of the selected divergence.
fn draw_pair(p: &Distribution, q: &Distribution, ink: Ink, plot: &Plot) {
    plot.density(p, DensityStyle::TARGET);
    plot.density(q, DensityStyle::model(ink));
}

fn draw_densities(model: &Model, plot: &Plot) {
    let Measured { p, q, mixture, .. } = &*model.measured;
    let ink = model.pair.picked.ink();
    draw_pair(p, q, ink, plot);
    plot.line(&plot.outline(&mixture.r), Ink::Soft, Stroke::dashed(1.4, &[3.0, 4.0]));
    plot.x_axis(0.0, true);
    let [from, to] = [&model.pair.p, &model.pair.q].map(|components| components.all()[0].mean);
    if (plot.pixel(to, 0.0).x - plot.pixel(from, 0.0).x).abs() > 100.0 {
        let x = 0.5 * (from + to);
        let Point { x, y } = plot.pixel(x, mixture.r.density(x));
        let style = TextStyle::new(Ink::Soft, 13.0).align(Align::Centre);
        plot.picture.text(Point { x, y: y - 10.0 }, "r", style);
    }
    // Each letter stands over the first component, that of p to its left and that of q to its right, so that
    // they never coincide.
    plot.letter("p", from, p.density(from), (-18.0, 10.0), Ink::Soft);
    plot.letter("q", to, q.density(to), (18.0, 10.0), ink);
}

fn draw_apart(model: &Model, plot: &Plot, texts: &Texts) {
    let apart = &model.measured.apart;
    plot.part("apart", || {
        let key = match apart.shift {
            0.0 => "comparison.apart.already",
            shift if shift > 0.0 => "comparison.apart.right",
            _ => "comparison.apart.left",
        };
        let words = [("shift", number::fixed(apart.shift.abs(), 2))];
        plot.title(&texts.label(key, &words), Ink::Soft);
        draw_pair(&apart.p, &apart.q, model.pair.picked.ink(), plot);
        plot.x_axis(0.0, true);
    });
}
