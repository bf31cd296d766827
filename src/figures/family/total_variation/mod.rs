//! The figure `total-variation`: the reader's event, the best event, and the game of guessing by either.

mod games;

use divergences::distribution::Distribution;
use divergences::divergence::{ScheffeSet, total_variation};

use super::{deal, dealing_pace, last, share_right};
use crate::figure::component_handles::{MixtureSide, of_pair};
use crate::figure::components::{Components, Shape, greatest};
use crate::figure::prelude::*;
use games::draw_games;

/// The end of the horizontal axis, on both sides of 0.
const EDGE: f64 = 6.5;
/// The greatest number of games.
const GAMES: u32 = 300;
/// The range of the edges of the reader's event.
const ENDS: Kind = Kind::Number { least: -6.0, most: 6.0, step: 0.05 };
/// The height of the bracket, as a multiple of the greatest density.
const BRACKET: f64 = 1.16;
/// The stroke of everything that belongs to the best event. It has the colour of the text, because q has that of
/// total variation.
const BEST: Stroke = Stroke::dashed(2.0, &[7.0, 4.0]);

choice! {
    /// The event that is tried.
    Tried {
        /// The interval between the edges of the bracket.
        Interval = "interval",
        /// The set on which p is greater than q.
        Best = "best",
    }
}

parameters! {
    /// The parameters of the figure.
    Game {
        /// The event that is tried.
        event / "event": Tried = Tried::Interval, Kind::Choice(Tried::WORDS), Front;
        /// One edge of the bracket.
        from / "from": f64 = -3.0, ENDS, Front;
        /// The other edge of the bracket.
        to / "to": f64 = -1.5, ENDS, Front;
        /// The number of games played.
        draws / "draws": u32 = 0, Kind::Count { most: GAMES }, Front;
        /// The seed of the random draws.
        seed / "seed": u32 = 1, Kind::Count { most: 999 }, More;
        /// The shape of the components.
        shape / "shape": Shape = Shape::Bells, Kind::Choice(Shape::WORDS), More;
        /// The distribution p.
        p / "p": Components = Components::new(&[[1.0, -1.0, 1.0]]), Kind::Components { most: 3 }, More;
        /// The distribution q.
        q / "q": Components = Components::new(&[[1.0, 1.0, 1.0]]), Kind::Components { most: 3 }, More;
    }
}

/// The part of the model that does not depend on the reader's event.
struct Pair {
    p: Distribution,
    q: Distribution,
    tv: f64,
    best: ScheffeSet,
    peak: f64,
    /// The greatest |p − q|.
    gap: f64,
    draws: Vec<(f64, bool)>,
    /// The share of right answers of the best guesser after each game.
    best_right: Vec<(f64, f64)>,
}

impl Pair {
    fn of((p, q, shape, seed): &PairKey) -> Self {
        let parts = [p, q];
        let (p, q) = (p.distribution(*shape), q.distribution(*shape));
        let peak = greatest(&|x| p.density(x).max(q.density(x)), EDGE, &parts);
        let gap = greatest(&|x| (p.density(x) - q.density(x)).abs(), EDGE, &parts);
        let draws = deal(*seed, 0.5, GAMES, |rng, from_p| if from_p { &p } else { &q }.sample(rng));
        let best_right = share_right(&draws, &|x| p.density(x) > q.density(x));
        Self { tv: total_variation(&p, &q), best: ScheffeSet::of(&p, &q), p, q, peak, gap, draws, best_right }
    }
}

/// The parameters on which a [`Pair`] depends.
type PairKey = (Components, Components, Shape, u32);

/// The model: everything that follows from the parameters.
pub struct Model {
    game: Game,
    pair: Memo<PairKey, Pair>,
    /// The event that is tried.
    event: Vec<(f64, f64)>,
    /// The probabilities of the event under p and under q.
    caught: [f64; 2],
    gap: f64,
    /// The share of the reader's right answers after each game.
    right: Vec<(f64, f64)>,
}

/// Whether the answer to `x` is p: inside the event, the distribution that gives it the higher probability.
fn says_p(event: &[(f64, f64)], caught: [f64; 2], x: f64) -> bool {
    event.iter().any(|&(from, to)| from <= x && x <= to) == (caught[0] >= caught[1])
}

impl Model {
    /// The part of `all` that belongs to the games played.
    fn played<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        &all[..self.game.draws as usize]
    }
}

/// The figure `total-variation`.
pub struct TotalVariation;

impl Figure for TotalVariation {
    const NAME: &'static str = "total-variation";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "bells", values: &[] },
        Preset { name: "two-bumps", values: &[("p", "0.5,-2,0.6;0.5,2,0.6"), ("q", "1,0,3.5")] },
        Preset { name: "boxes", values: &[("shape", "boxes"), ("q", "1,1.5,0.6")] },
        Preset { name: "disjoint", values: &[("shape", "boxes"), ("p", "1,-2.5,0.8"), ("q", "1,2.5,0.8")] },
    ];
    const STEPS: Option<&'static str> = Some("draws");
    const CURVES: &'static [Curve] = &[
        Curve::new("best", &["tv", "overlap", "best-guess", "best-right", "shortfall"]),
        Curve::new("caught", &["gap", "p-event", "q-event", "guess"]),
    ];
    const HEARD: Heard = Heard { readouts: ["gap", "tv"], columns: ["p", "q"] };
    const QUESTIONS: &'static [Question] = &[
        Question::new("tv", Asked::Beside(0.0, 1.0)),
        Question::new("gap", Asked::Beside(0.0, 1.0)),
        Question::new("guess", Asked::Up(2, "draws")),
        Question::new("best-guess", Asked::Up(2, "draws")),
    ];
    const LAYOUT: Layout =
        Layout::new(&[Tier::new(64.0, 180.0), Tier::new(54.0, 70.0), Tier::new(42.0, 108.0)], 24.0);

    type Parameters = Game;
    type Model = Model;

    fn model(game: &Game, before: Option<&Model>) -> Model {
        let key = (game.p.clone(), game.q.clone(), game.shape, game.seed);
        let pair = Memo::new(key, before.map(|model| &model.pair), Pair::of);
        let event = match game.event {
            Tried::Interval => vec![(game.from.min(game.to), game.from.max(game.to))],
            Tried::Best => pair.best.intervals.clone(),
        };
        let caught: [f64; 2] =
            [&pair.p, &pair.q].map(|d| event.iter().map(|e| d.probability(e.0, e.1)).sum());
        let right = share_right(&pair.draws, &|x| says_p(&event, caught, x));
        Model { game: game.clone(), event, caught, gap: (caught[0] - caught[1]).abs(), right, pair }
    }

    fn readouts(model: &Model) -> Vec<Readout> {
        let (tv, gap) = (model.pair.tv, model.gap);
        let [right, best_right] = [&model.right, &model.pair.best_right].map(|right| model.played(right));
        let share = |key, share| Readout::number(key, share).at_most(1.0);
        vec![
            share("gap", gap),
            share("p-event", model.caught[0]),
            share("q-event", model.caught[1]),
            share("guess", 0.5 * (1.0 + gap)),
            share("right", last(right)),
            share("tv", tv),
            share("shortfall", if tv - gap > 1e-12 { tv - gap } else { 0.0 }),
            share("overlap", 1.0 - tv),
            share("best-guess", 0.5 * (1.0 + tv)),
            share("best-right", last(best_right)),
            Readout::count("draws", model.game.draws as usize).given(),
        ]
    }

    fn pace(draws: u32) -> f64 {
        dealing_pace(draws)
    }

    fn axes(model: &Model) -> Vec<Axes> {
        let gap = 1.12 * model.pair.gap.max(1e-3);
        vec![
            Axes::following(-EDGE..EDGE, 0.0..1.3 * model.pair.peak),
            Axes::following(-EDGE..EDGE, -gap..gap),
            // The scale stands left of 0.
            Axes::fixed(-10.0..f64::from(GAMES), 0.4..1.12),
        ]
    }

    fn draw(model: &Model, plots: &[Plot], texts: &Texts) {
        if let [densities, difference, games] = plots {
            draw_densities(model, densities, texts);
            draw_difference(model, difference, texts);
            draw_games(model, games, texts);
        }
    }

    fn handles(model: &Model, texts: &Texts) -> Vec<Draggable<Game>> {
        let mut handles = Vec::new();
        let edges = [("from", model.game.from), ("to", model.game.to)];
        for (key, at) in edges.into_iter().filter(|_| model.game.event == Tried::Interval) {
            let words = [("place", number::fixed(at, 2))];
            let handle = Handle::new(0, (at, BRACKET * model.pair.peak), Ink::Text).step(0.1, 0.0).worded(
                &format!("total-variation.handle.{key}"),
                &words,
                texts,
            );
            handles.push(handle.drags(move |game: &mut Game, to| {
                let edge = if key == "from" { &mut game.from } else { &mut game.to };
                *edge = ENDS.bounded(decimal::rounded(to.x, 2));
            }));
        }
        let Game { shape, p, q, .. } = &model.game;
        let of_p: MixtureSide<Game> = ("total-variation.handle.p", p, &model.pair.p, |game| &mut game.p);
        let of_q: MixtureSide<Game> = ("total-variation.handle.q", q, &model.pair.q, |game| &mut game.q);
        handles.extend(of_pair(*shape, [of_p, of_q], Ink::TotalVariation, texts));
        handles
    }

    fn words(model: &Model, texts: &Texts) -> Vec<(&'static str, String)> {
        let piece = |&(from, to): &(f64, f64)| {
            let words = [("from", number::fixed(from, 2)), ("to", number::fixed(to, 2))];
            texts.fill("total-variation.summary.piece", &words)
        };
        vec![("pieces", texts.list(model.event.iter().map(piece).collect()))]
    }

    fn table(model: &Model) -> Table {
        let Pair { p, q, .. } = &*model.pair;
        let columns: [(&str, &dyn Fn(f64) -> f64); 2] = [("p", &|x| p.density(x)), ("q", &|x| q.density(x))];
        Table::sampled("x", -EDGE..EDGE, 301, &columns)
    }
}

fn draw_densities(model: &Model, plot: &Plot, texts: &Texts) {
    let Pair { p, q, peak, .. } = &*model.pair;
    let told = |key: &str, value| plot.picture.told(key, number::share(value));
    let words = [("p", told("p-event", model.caught[0])), ("q", told("q-event", model.caught[1]))];
    let most = texts.fill("total-variation.most", &[("value", told("tv", model.pair.tv))]);
    let label = |key: &str| texts.label(&format!("total-variation.{key}"), &words);
    plot.heading(&Heading {
        aside: Some((most, TextStyle::new(Ink::Text, 14.0).bold())),
        ..Heading::new(50.0, label("gap"), Ink::Text, told("gap", model.gap), label("caught"))
    });
    plot.density(p, DensityStyle::TARGET);
    for &(from, to) in &model.event {
        plot.surplus(p, q, from, to);
        let top = BRACKET * peak;
        let middle = plot.bracket(from, to, top, Ink::Text, Stroke::solid(1.8));
        plot.letter("A", middle, top, (0.0, 10.0), Ink::Text);
    }
    plot.density(p, DensityStyle::TARGET.unfilled());
    plot.density(q, DensityStyle::model(Ink::TotalVariation).unfilled());
    plot.x_axis(0.0, true);
    for (back, &(x, from_p)) in model.played(&model.pair.draws).iter().rev().take(24).enumerate() {
        let ink = if from_p { Ink::Target } else { Ink::TotalVariation };
        plot.dot(x, 0.0, if back == 0 { 6.0 } else { 3.0 }, ink);
    }
    let [left, right] = [&model.game.p, &model.game.q].map(|components| components.all()[0].mean);
    // There is no handle at the peak of p. Boxes are flat at the top, so that a letter beside their middle stands
    // above it.
    let up = if model.game.shape == Shape::Boxes { 14.0 } else { 6.0 };
    plot.letter("p", left, p.density(left), (0.0, 14.0), Ink::Soft);
    plot.letter("q", right, q.density(right), (24.0, up), Ink::TotalVariation);
}

fn draw_difference(model: &Model, plot: &Plot, texts: &Texts) {
    let Pair { p, q, .. } = &*model.pair;
    let seen = plot.picture.shows("best");
    let key = if seen { "total-variation.difference" } else { "total-variation.difference.plain" };
    plot.title(&texts.label(key, &[]), Ink::Soft);
    for &(from, to) in &model.event {
        plot.signed_fill(&plot.difference(p, q, from, to));
    }
    // What is dashed can't be told on a solid line.
    let solid = |(x, y): (f64, f64)| (x, if seen { y.min(0.0) } else { y });
    let all: Vec<_> = plot.difference(p, q, -EDGE, EDGE).into_iter().map(solid).collect();
    plot.line(&all, Ink::Soft, Stroke::solid(1.4));
    plot.part("best", || {
        for &(from, to) in &model.pair.best.intervals {
            plot.line(&plot.difference(p, q, from, to), Ink::Text, BEST);
        }
    });
    plot.x_axis(0.0, false);
}
