//! The figure `hellinger`: square roots of probabilities as points on a sphere, the angle between them, and
//! total variation and affinity of several draws.

use std::f64::consts::SQRT_2;

use divergences::divergence::discrete::{self, total_variation_of_draws};

use crate::figure::prelude::*;
use crate::figure::weight_handles::{WeightsSide, of_pair};
use crate::figure::weights::{Weights, outcome_names};
use crate::plot::{Bars, octant};

/// The greatest number of draws.
const DRAWS: u32 = 60;
/// There are three outcomes, because the sphere that is drawn has three dimensions.
const OUTCOMES: Kind = Kind::Weights { least: 3, most: 3 };
/// Play ends once the lower bound of total variation is above this: nothing more is seen to happen.
const CERTAIN: f64 = 0.999;
/// The distance that an arrow key moves a point.
const STEP: f64 = 0.01;

parameters! {
    /// The parameters of the figure.
    Pair {
        /// The number of draws.
        draws / "n": u32 = 1, Kind::Count { most: DRAWS }, Front;
        /// The distribution p.
        p / "p": Weights = Weights::new(&[0.7, 0.2, 0.1]), OUTCOMES, More;
        /// The distribution q.
        q / "q": Weights = Weights::new(&[0.2, 0.3, 0.5]), OUTCOMES, More;
    }
}

/// The square roots of the shares, which are the coordinates of a point on the unit sphere.
fn roots(weights: &Weights) -> [f64; 3] {
    let shares = weights.shares();
    [0, 1, 2].map(|i| shares.get(i).copied().unwrap_or_default().sqrt())
}

/// The model: everything that follows from the parameters.
pub struct Model {
    pair: Pair,
    squared: f64,
    affinity: f64,
    /// The angle between the two points, in degrees.
    angle: f64,
    /// The total variation for each number of draws, from 0.
    tv: Memo<(Weights, Weights), Vec<f64>>,
}

impl Model {
    /// The affinity of `draws` draws, and the lower and upper bound of total variation that follow from it.
    fn power(&self, draws: f64) -> [f64; 3] {
        let exponent = if draws == 0.0 { 0.0 } else { draws * (-self.squared).ln_1p() };
        [exponent.exp(), -exponent.exp_m1(), (-(2.0 * exponent).exp_m1()).sqrt()]
    }

    fn tv(&self, draws: f64) -> f64 {
        self.tv.get(draws as usize).copied().unwrap_or(f64::NAN)
    }

    fn draws(&self) -> f64 {
        f64::from(self.pair.draws)
    }
}

/// The figure `hellinger`.
pub struct Hellinger;

impl Figure for Hellinger {
    const NAME: &'static str = "hellinger";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "start", values: &[] },
        Preset { name: "half", values: &[("p", "0.5,0.5,0"), ("q", "0,0.5,0.5")] },
        Preset { name: "near", values: &[("p", "0.4,0.35,0.25"), ("q", "0.35,0.35,0.3"), ("n", "30")] },
        Preset { name: "disjoint", values: &[("p", "0.4,0.6,0"), ("q", "0,0,1")] },
    ];
    const STEPS: Option<&'static str> = Some("n");
    const CURVES: &'static [Curve] = &[
        Curve::new("angle", &["angle", "affinity", "hellinger", "hellinger-squared"]),
        Curve::new("bounds", &["affinity-n", "lower", "upper"]),
    ];
    const HEARD: Heard = Heard { readouts: ["angle", "tv-n"], columns: ["tv_n", "affinity_n"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("angle", Asked::Beside(0.0, 90.0)),
        Question::new("affinity", Asked::Beside(0.0, 1.0)),
        Question::new("hellinger", Asked::Beside(0.0, 1.0)),
        Question::new("tv", Asked::Beside(0.0, 1.0)),
        Question::new("tv-n", Asked::Up(3, "n")),
        Question::new("affinity-n", Asked::Up(3, "n")),
    ];
    const LAYOUT: Layout = Layout::new(&[Tier::new(64.0, 290.0), Tier::new(64.0, 120.0)], 34.0)
        .columns(2, 0.06, 24.0, 64.0, 24.0);

    type Parameters = Pair;
    type Model = Model;

    fn model(pair: &Pair, before: Option<&Model>) -> Model {
        let (p, q) = (pair.p.shares(), pair.q.shares());
        let key = (pair.p.clone(), pair.q.clone());
        let tv =
            Memo::new(key, before.map(|model| &model.tv), |_| valid(total_variation_of_draws(&p, &q, DRAWS)));
        Model {
            pair: pair.clone(),
            squared: discrete::hellinger_squared(&p, &q),
            affinity: discrete::affinity(&p, &q),
            angle: discrete::hellinger_angle(&p, &q).to_degrees(),
            tv,
        }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let [power, lower, upper] = model.power(model.draws());
        let share = |key, share| Readout::number(key, share).at_most(1.0);
        vec![
            Readout::degrees("angle", model.angle),
            share("affinity", model.affinity),
            share("hellinger", model.squared.sqrt()),
            share("hellinger-squared", model.squared),
            share("tv", model.tv(1.0)),
            share("tv-n", model.tv(model.draws())),
            share("affinity-n", power),
            share("lower", lower),
            share("upper", upper),
            Readout::count("n", model.pair.draws as usize).given(),
        ]
    }

    fn pace(_: u32) -> f64 {
        EVENT_PACE
    }

    fn last_step(model: &Model) -> Option<u32> {
        let draws = (1.0 - CERTAIN).ln() / (-model.squared).ln_1p();
        // Without a difference nobody is ever certain.
        (draws < f64::from(DRAWS)).then(|| draws as u32 + 1)
    }

    fn axes(_: &Model) -> Vec<Axes> {
        vec![
            Axes::octant(),
            Axes::fixed(Bars::new(3, 2).axis(), 0.0..1.3),
            Axes::wedge(),
            // The scale stands left of 0.
            Axes::fixed(-2.5..f64::from(DRAWS), 0.0..1.08),
        ]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        if let [sphere, bars, plane, draws] = plots {
            draw_sphere(model, sphere, texts);
            draw_roots(model, bars, texts);
            draw_plane(model, plane, texts);
            draw_draws(model, draws, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Pair>> {
        let point = |key: &str, weights: &Weights, ink, of: fn(&mut Pair) -> &mut Weights| {
            let all: Vec<String> = weights.shares().iter().map(|share| number::per_cent(*share, 1)).collect();
            let value = texts.fill("hellinger.handle.value", &[("shares", texts.list(all))]);
            let handle = Handle::new(0, octant::place(roots(weights)), ink).step(STEP, STEP);
            let named = handle.named(texts.get(&format!("hellinger.handle.{key}")).to_owned(), value);
            named.drags(move |pair: &mut Pair, to| {
                of(pair).drag_shares(&octant::roots(to).map(|root| root * root));
            })
        };
        let Pair { p, q, .. } = &model.pair;
        let bars_of_p: WeightsSide<Pair> = ("hellinger.bar.p", p, |pair| &mut pair.p);
        let bars_of_q: WeightsSide<Pair> = ("hellinger.bar.q", q, |pair| &mut pair.q);
        let mut handles =
            vec![point("p", p, Ink::Target, bars_of_p.2), point("q", q, Ink::Hellinger, bars_of_q.2)];
        handles.extend(of_pair((Self::NAME, 1), [bars_of_p, bars_of_q], true, Ink::Hellinger, texts));
        handles
    }

    fn table(model: &Model) -> Table {
        let columns: [(&str, &dyn Fn(f64) -> f64); 4] = [
            ("tv_n", &|n| model.tv(n.round())),
            ("affinity_n", &|n| model.power(n)[0]),
            ("lower", &|n| model.power(n)[1]),
            ("upper", &|n| model.power(n)[2]),
        ];
        Table::sampled("n", 0.0..f64::from(DRAWS), DRAWS as usize + 1, &columns)
    }
}

fn draw_roots(model: &Model, plot: &Plot, texts: &Texts) {
    let words = [("affinity", plot.picture.told("affinity", number::share(model.affinity)))];
    plot.title(&texts.label("hellinger.roots", &words), Ink::Soft);
    let (p, q) = (roots(&model.pair.p), roots(&model.pair.q));
    plot.bars_of_pair([("√p", &p), ("√q", &q)], Ink::Hellinger);
    plot.outcomes(&outcome_names(Hellinger::NAME, 3, texts));
}

/// The angle in words.
fn degrees(model: &Model, texts: &Texts) -> String {
    texts.fill("hellinger.degrees", &[("angle", number::bounded(model.angle, 1, 90.0))])
}

fn draw_plane(model: &Model, plot: &Plot, texts: &Texts) {
    let told = |value, most| plot.picture.told("hellinger", number::bounded(value, 3, most));
    let words = [("chord", told((2.0 * model.squared).sqrt(), SQRT_2))];
    let [name, about] = ["hellinger.distance", "hellinger.chord"].map(|key| texts.label(key, &words));
    let value = told(model.squared.sqrt(), 1.0);
    plot.heading(&Heading::new(50.0, name, Ink::Hellinger, value, about));
    plot.quarter();
    let angle = model.angle.to_radians();
    plot.part("angle", || {
        plot.wedge(angle, &degrees(model, texts), Ink::Hellinger);
        let words = texts.fill("hellinger.cosine", &[("affinity", number::share(model.affinity))]);
        plot.cosine(angle, &words, Ink::Hellinger);
        plot.on_arc(angle, "√q", true, Ink::Hellinger);
    });
    plot.on_arc(0.0, "√p", false, Ink::Target);
}

fn draw_sphere(model: &Model, plot: &Plot, texts: &Texts) {
    let [name, about] = ["hellinger.angle", "hellinger.sphere"].map(|key| texts.label(key, &[]));
    let value = plot.picture.told("angle", degrees(model, texts));
    plot.heading(&Heading::new(50.0, name, Ink::Text, value, about));
    plot.octant(&outcome_names(Hellinger::NAME, 3, texts));
    let (p, q) = (roots(&model.pair.p), roots(&model.pair.q));
    plot.part("angle", || {
        plot.octant_arc(p, q, Ink::Hellinger, Stroke::solid(3.2));
    });
    // The letter of the higher point stands above it and that of the other below, so that they do not meet.
    let [p, q] = [p, q].map(octant::place);
    let up = if q.1 > p.1 { 19.0 } else { -19.0 };
    plot.letter("√p", p.0, p.1, (0.0, -up), Ink::Soft);
    plot.letter("√q", q.0, q.1, (0.0, up), Ink::Hellinger);
}

fn draw_draws(model: &Model, plot: &Plot, texts: &Texts) {
    let now = model.draws();
    let [_, lower, upper] = model.power(now);
    let told = |key: &str, value| plot.picture.told(key, number::share(value));
    let words = [
        ("n", model.pair.draws.to_string()),
        ("tv", told("tv-n", model.tv(now))),
        ("lower", told("lower", lower)),
        ("upper", told("upper", upper)),
    ];
    // An upper bound that is all but 1 tells nothing more.
    let key = if upper > 0.9995 { "hellinger.draws.sure" } else { "hellinger.draws" };
    plot.title(&texts.label(key, &words), Ink::Soft);
    plot.scale(&[(0.5, "½"), (1.0, "1")]);
    let over =
        |of: &dyn Fn(f64) -> f64| (0..=DRAWS).map(|n| (f64::from(n), of(n.into()))).collect::<Vec<_>>();
    let [power, lower, upper] = [0, 1, 2].map(|i| over(&|n| model.power(n)[i]));
    let tv = over(&|n| model.tv(n));
    // The point at which a curve has passed `level`. Its label is clear of the other labels there.
    let past = |points: &[(f64, f64)], level: f64, rises: bool| {
        let there = points.iter().position(|point| (point.1 >= level) == rises).unwrap_or(40);
        points[there.min(48)]
    };
    plot.part("bounds", || {
        let band: Vec<_> = upper.iter().chain(lower.iter().rev()).copied().collect();
        plot.area(&band, 0.0, Ink::TotalVariation, 0.16);
        plot.line(&power, Ink::Hellinger, Stroke::solid(2.4));
        let (x, y) = past(&power, 0.4, false);
        plot.letter("ρⁿ", x, y, (18.0, 8.0), Ink::Hellinger);
    });
    plot.part("tv-n", || {
        plot.line(&tv, Ink::TotalVariation, Stroke::solid(2.4));
        plot.dot(now, model.tv(now), 5.0, Ink::TotalVariation);
        let (x, y) = past(&tv, 0.8, true);
        plot.letter("TV", x, y, (20.0, -12.0), Ink::TotalVariation);
    });
    plot.cursor(now);
    plot.x_axis(0.0, true);
}
