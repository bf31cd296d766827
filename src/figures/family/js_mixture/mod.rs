//! The figure `js-mixture`: the mixture of p and q, the Jensen–Shannon divergence for any weight, and the
//! information that a draw gives about the coin that chose between p and q.

mod curves;

use std::f64::consts::LN_2;

use divergences::distribution::Categorical;
use divergences::divergence::discrete::{self, WeightedJensenShannon, mixture_terms};

use super::{deal, dealing_pace, last, running_mean};
use crate::figure::prelude::*;
use crate::figure::weight_handles::{WeightsSide, of_pair};
use crate::figure::weights::{Weights, outcome_names};
use crate::plot::{BarLook, Bars};
use curves::{draw_curves, draw_told};

/// The greatest number of draws.
const DRAWS: u32 = 300;
/// The number of intervals into which the axis of weights is divided.
const PLACES: u32 = 160;
/// The range of the probability with which the coin chooses p.
const CHANCE: Kind = Kind::Number { least: 0.0, most: 1.0, step: 0.01 };
/// The numbers of outcomes that are allowed.
const OUTCOMES: Kind = Kind::Weights { least: 3, most: 8 };
parameters! {
    /// The parameters of the figure.
    Coin {
        /// The probability with which the coin chooses p.
        pi / "pi": f64 = 0.5, CHANCE, Front;
        /// The number of draws shown.
        draws / "draws": u32 = 0, Kind::Count { most: DRAWS }, Front;
        /// The unit of logarithmic divergences.
        unit / "unit": Unit = Unit::Bits, Kind::Choice(UNITS), Front;
        /// The distribution p.
        p / "p": Weights = Weights::new(&[0.7, 0.2, 0.1]), OUTCOMES, More;
        /// The distribution q.
        q / "q": Weights = Weights::new(&[0.2, 0.3, 0.5]), OUTCOMES, More;
        /// The seed of the random draws.
        seed / "seed": u32 = 1, Kind::Count { most: 999 }, More;
    }
}

/// The model: everything that follows from the parameters.
pub struct Model {
    coin: Coin,
    p: Vec<f64>,
    q: Vec<f64>,
    now: WeightedJensenShannon,
    /// The terms p log(p/m) and q log(q/m) of each outcome, where m is the mixture.
    terms: Vec<[f64; 2]>,
    /// KL(p‖q) and KL(q‖p), to which the two scaled curves tend.
    ends: [f64; 2],
    /// All draws, each with whether it came from p.
    draws: Vec<(usize, bool)>,
    /// The running mean, over all draws, of the information that each gives about the coin, in nats.
    told: Vec<(f64, f64)>,
}

impl Model {
    fn at(&self, pi: f64) -> WeightedJensenShannon {
        WeightedJensenShannon::between(pi, &self.p, &self.q)
    }

    /// Whether a KL is infinite.
    fn is_infinite(&self) -> bool {
        self.ends.contains(&f64::INFINITY)
    }

    fn in_unit(&self, nats: f64) -> f64 {
        self.coin.unit.from_nats(nats)
    }

    /// The digits of `nats`, at most `most` nats, in the unit of the figure.
    fn digits(&self, nats: f64, most: f64) -> String {
        number::bounded(self.in_unit(nats), 3, self.in_unit(most))
    }

    /// The probability of p given the outcome, in per cent. It is a dash if the outcome is impossible.
    fn posterior(&self, outcome: usize) -> String {
        let (p, q) = (self.coin.pi * self.p[outcome], (1.0 - self.coin.pi) * self.q[outcome]);
        if p + q > 0.0 { number::per_cent(p / (p + q), 0) } else { "–".to_owned() }
    }

    /// The running mean over the draws that are shown.
    fn told_so_far(&self) -> &[(f64, f64)] {
        &self.told[..self.coin.draws as usize]
    }
}

/// The entropy of a coin that chooses p with probability `pi`, in nats.
fn entropy(pi: f64) -> f64 {
    discrete::entropy(&[pi, 1.0 - pi])
}

/// The figure `js-mixture`.
pub struct JsMixture;

impl Figure for JsMixture {
    const NAME: &'static str = "js-mixture";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "three", values: &[] },
        Preset { name: "missing", values: &[("p", "0.55,0.35,0.1"), ("q", "0.6,0.4,0")] },
        Preset { name: "disjoint", values: &[("p", "0.6,0.4,0,0"), ("q", "0,0,0.3,0.7")] },
        Preset { name: "near", values: &[("p", "0.25,0.35,0.3,0.1"), ("q", "0.3,0.3,0.3,0.1")] },
    ];
    const STEPS: Option<&'static str> = Some("draws");
    const CURVES: &'static [Curve] = &[
        Curve::new("js", &["js"]).hides(&["mean-told"]),
        Curve::new("js-over-pi", &["js-over-pi", "forward-kl"]),
        Curve::new("js-over-rest", &["js-over-rest", "reverse-kl"]),
        Curve::new("mean-told", &["mean-told"]),
    ];
    const HEARD: Heard = Heard { readouts: ["js", "forward-kl"], columns: ["p", "q"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("js", Asked::Up(2, "pi")),
        Question::new("js-over-pi", Asked::Up(2, "pi")),
        Question::new("forward-kl", Asked::Beside(0.0, 3.0)).or_infinite(),
        Question::new("reverse-kl", Asked::Beside(0.0, 3.0)).or_infinite(),
    ];
    const LAYOUT: Layout = Layout::new(&[Tier::new(64.0, 190.0), Tier::new(72.0, 130.0)], 34.0)
        .columns(2, 0.06, 24.0, 64.0, 24.0);

    type Parameters = Coin;
    type Model = Model;

    fn model(coin: &Coin, _: Option<&Model>) -> Model {
        let mut coin = coin.clone();
        coin.p.even(&mut coin.q);
        let (p, q) = (coin.p.shares(), coin.q.shares());
        let [one, other] = [&p, &q].map(|shares| valid(Categorical::from_weights(shares.clone())));
        let terms = mixture_terms(coin.pi, &p, &q);
        let draws =
            deal(coin.seed, coin.pi, DRAWS, |rng, from_p| if from_p { &one } else { &other }.sample(rng));
        let told = running_mean(draws.iter().map(|&(outcome, from_p)| {
            let (mass, side) = if from_p { (p[outcome], 0) } else { (q[outcome], 1) };
            terms[outcome][side] / mass
        }));
        Model {
            now: WeightedJensenShannon::between(coin.pi, &p, &q),
            terms,
            ends: [discrete::kullback_leibler(&p, &q), discrete::kullback_leibler(&q, &p)],
            draws,
            told,
            coin,
            p,
            q,
        }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let (pi, coin) = (model.coin.pi, entropy(model.coin.pi));
        let divergence = |key, nats| Readout::divergence(key, nats, model.coin.unit);
        vec![
            divergence("js", model.now.value).at_most(coin),
            divergence("p-to-mixture", model.now.p_to_mixture).at_most(-pi.ln()),
            divergence("q-to-mixture", model.now.q_to_mixture).at_most(-(1.0 - pi).ln()),
            divergence("js-over-pi", model.now.over_weight),
            divergence("js-over-rest", model.now.over_rest),
            divergence("forward-kl", model.ends[0]),
            divergence("reverse-kl", model.ends[1]),
            divergence("coin", coin).at_most(LN_2),
            divergence("mean-told", last(model.told_so_far())),
            Readout::number("tv", discrete::total_variation(&model.p, &model.q)).at_most(1.0),
            Readout::number("pi", pi).given(),
            Readout::count("draws", model.coin.draws as usize).given(),
        ]
    }

    fn pace(draws: u32) -> f64 {
        dealing_pace(draws)
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let bars = Bars::new(model.p.len(), 2).axis();
        let tallest = model.p.iter().chain(&model.q).fold(0.0, |most: f64, &share| most.max(share));
        // Where the coin is certain, a term can be infinite.
        let terms =
            model.terms.iter().flatten().filter(|nats| nats.is_finite()).map(|&nats| model.in_unit(nats));
        let (low, high) =
            terms.fold((-0.02, 0.05), |(low, high): (f64, f64), term| (low.min(term), high.max(term)));
        let js = model.in_unit(model.now.value).max(1e-3);
        let settled = model.told.iter().skip(15).map(|mean| model.in_unit(mean.1));
        let (least, most) =
            settled.fold((-0.3 * js, 1.6 * js), |(least, most), mean| (mean.min(least), mean.max(most)));
        // A curve to ∞ is followed near its end, but not far beyond what a coin can tell.
        let near = [model.at(0.01).over_weight, model.at(0.99).over_rest].map(|near| near.min(LN_2));
        let ends = model.ends.iter().zip(near).map(|(&end, near)| if end.is_finite() { end } else { near });
        let room = if model.is_infinite() { 1.35 } else { 1.15 };
        let top = room * model.in_unit(ends.fold(1e-9, f64::max));
        vec![
            Axes::following(bars.clone(), 0.0..1.15 * tallest),
            Axes::following(bars, 1.1 * low..1.1 * high),
            Axes::following(0.0..1.0, 0.0..top),
            Axes::following(0.0..f64::from(DRAWS), 1.1 * least..1.1 * most),
        ]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        if let [shares, terms, curves, draws] = plots {
            draw_shares(model, shares, texts);
            draw_terms(model, terms, texts);
            draw_curves(model, curves, texts);
            draw_told(model, draws, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Coin>> {
        let pi = model.coin.pi;
        let name = texts.get("js-mixture.handle.pi").to_owned();
        let value = texts.fill("js-mixture.handle.pi.value", &[("pi", number::fixed(pi, 2))]);
        let at = (pi, model.in_unit(model.now.value));
        let point = Handle::new(2, at, Ink::JensenShannon).step(0.05, 0.0).named(name, value).on("js");
        let mut handles =
            vec![point.drags(|coin: &mut Coin, to| coin.pi = CHANCE.bounded(decimal::rounded(to.x, 3)))];
        let of_p: WeightsSide<Coin> = ("js-mixture.handle.p", &model.coin.p, |coin| &mut coin.p);
        let of_q: WeightsSide<Coin> = ("js-mixture.handle.q", &model.coin.q, |coin| &mut coin.q);
        handles.extend(of_pair((Self::NAME, 0), [of_p, of_q], false, Ink::JensenShannon, texts));
        handles
    }

    fn table(model: &Model) -> Table {
        let columns = ["outcome", "p", "q", "p_log_p_over_m", "q_log_q_over_m"].map(str::to_owned).to_vec();
        let row = |(i, terms): (usize, &[f64; 2])| {
            let [first, second] = terms.map(|nats| model.in_unit(nats));
            vec![(i + 1) as f64, model.p[i], model.q[i], first, second]
        };
        Table { columns, rows: model.terms.iter().enumerate().map(row).collect() }
    }
}

fn draw_shares(model: &Model, plot: &Plot, texts: &Texts) {
    let coin = entropy(model.coin.pi);
    let js = plot.picture.told("js", model.digits(model.now.value, coin));
    let value = if model.in_unit(coin) == 1.0 {
        texts.fill("js-mixture.of-bit", &[("js", js)])
    } else {
        let coin = Readout::divergence("coin", coin, model.coin.unit).at_most(LN_2).text(texts);
        texts.fill("js-mixture.of-coin", &[("js", js), ("coin", plot.picture.told("coin", coin))])
    };
    let [name, about] = ["js-mixture.js", "js-mixture.mixture"].map(|key| texts.label(key, &[]));
    plot.heading(&Heading::new(50.0, name, Ink::JensenShannon, value, about));
    plot.bars_of_pair([("p", &model.p), ("q", &model.q)], Ink::JensenShannon);
    for (i, (p, q)) in model.p.iter().zip(&model.q).enumerate() {
        let m = model.coin.pi * p + (1.0 - model.coin.pi) * q;
        plot.line(&[0.08, 0.92].map(|part| (i as f64 + part, m)), Ink::Text, Stroke::solid(2.4));
    }
    plot.outcomes(&outcome_names(JsMixture::NAME, model.p.len(), texts));
}

fn draw_terms(model: &Model, plot: &Plot, texts: &Texts) {
    let bars = Bars::new(model.p.len(), 2);
    let told = |key, nats, chance: f64| plot.picture.told(key, model.digits(nats, -chance.ln()));
    let words = [
        ("p", told("p-to-mixture", model.now.p_to_mixture, model.coin.pi)),
        ("q", told("q-to-mixture", model.now.q_to_mixture, 1.0 - model.coin.pi)),
    ];
    plot.title(&texts.label("js-mixture.terms", &words), Ink::Soft);
    for side in [0, 1] {
        let heights: Vec<f64> = model.terms.iter().map(|terms| model.in_unit(terms[side])).collect();
        plot.bars(bars, side, &heights, BarLook::Signed);
    }
    plot.base();
    let room = plot.panel.rect.width / model.p.len() as f64 - 4.0;
    let chance = |i| {
        let label = texts.label("js-mixture.posterior", &[("chance", model.posterior(i))]);
        label.fit(TextStyle::new(Ink::Soft, 14.5), room, plot.picture)
    };
    plot.outcomes(&(0..model.p.len()).map(chance).collect::<Vec<_>>());
}
