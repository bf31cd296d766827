//! A figure for tests: two sets of weights over the same outcomes, as bars and on a triangle, and the
//! contributions to their KL.

use divergences::divergence::discrete;
use explainer::figure::parameter::{Field, Kind, Parameters, Rank, Spec};
use explainer::figure::readout::{Readout, UNITS, Unit};
use explainer::figure::sound::Heard;
use explainer::figure::texts::Texts;
use explainer::figure::weight_handles::{self, WeightHandleStyle};
use explainer::figure::weights::{Weights, outcome_name};
use explainer::figure::{Axes, Draggable, Figure, Layout, Preset, Table, Tier};
use explainer::plot::{BarLook, Bars, Ink, Plot, Stroke};

/// The texts of the specimen, in addition to those of all figures.
pub(crate) const WORDS: &str = "
weights-specimen.title = Bars
weights-specimen.caption = Drag the bars.
weights-specimen.summary = KL is {kl}.
weights-specimen.param.p = p
weights-specimen.param.q = q
weights-specimen.preset.start = Start
weights-specimen.preset.zero = With a zero
weights-specimen.name.kl = KL
weights-specimen.name.tv = TV
weights-specimen.data.p = p
weights-specimen.data.q = q
weights-specimen.data.outcome = outcome
weights-specimen.bar = {outcome}
weights-specimen.bar.value = {share} %
weights-specimen.point = all of q
weights-specimen.point.value = {first}, {second} and {third} %
";

/// The parameters of the specimen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    p: Weights,
    q: Weights,
    unit: Unit,
}

impl Default for Pair {
    fn default() -> Self {
        Self { p: Weights::new(&[0.5, 0.25, 0.25]), q: Weights::new(&[0.2, 0.3, 0.5]), unit: Unit::Nats }
    }
}

const WEIGHTS: Kind = Kind::Weights { least: 2, most: 6 };

impl Parameters for Pair {
    const SPECS: &'static [Spec] = &[
        Spec { key: "p", kind: WEIGHTS, rank: Rank::Front },
        Spec { key: "q", kind: WEIGHTS, rank: Rank::More },
        Spec { key: "unit", kind: Kind::Choice(UNITS), rank: Rank::Front },
    ];

    fn get(&self, place: usize) -> String {
        [self.p.write(), self.q.write(), self.unit.write()].into_iter().nth(place).unwrap_or_default()
    }

    fn set(&mut self, place: usize, text: &str) -> bool {
        let kind = &Self::SPECS[place].kind;
        match place {
            0 => Weights::read(text, kind).map(|p| self.p = p).is_some(),
            1 => Weights::read(text, kind).map(|q| self.q = q).is_some(),
            _ => Unit::read(text, kind).map(|unit| self.unit = unit).is_some(),
        }
    }
}

impl Pair {
    /// These parameters with the same number of outcomes for both.
    fn even(&self) -> Self {
        let mut pair = self.clone();
        let count = pair.p.count().max(pair.q.count());
        pair.p.pad(count);
        pair.q.pad(count);
        pair
    }

    fn bars(&self) -> Bars {
        Bars::new(self.p.count(), 2)
    }

    /// The contribution of each outcome to KL.
    fn terms(&self) -> Vec<f64> {
        let pairs = self.p.shares().into_iter().zip(self.q.shares());
        pairs.map(|(p, q)| if p == 0.0 { 0.0 } else { p * (p / q).ln() }).collect()
    }
}

/// The specimen.
pub(crate) struct Specimen;

impl Figure for Specimen {
    const NAME: &'static str = "weights-specimen";
    const PRESETS: &'static [Preset] = &[
        Preset { name: "start", values: &[] },
        Preset { name: "zero", values: &[("p", "1,0,1"), ("q", "1,0.00004,1")] },
    ];
    const LAYOUT: Layout =
        Layout::new(&[Tier::new(20.0, 160.0), Tier::new(50.0, 60.0), Tier::new(30.0, 170.0)], 30.0);
    const HEARD: Heard = Heard { readouts: ["kl", "tv"], columns: ["p", "q"] };

    type Parameters = Pair;
    type Model = Pair;

    fn model(pair: &Pair, _: Option<&Pair>) -> Pair {
        pair.even()
    }

    fn readouts(pair: &Pair) -> Vec<Readout> {
        let (p, q) = (pair.p.shares(), pair.q.shares());
        vec![
            Readout::divergence("kl", discrete::kullback_leibler(&p, &q), pair.unit),
            Readout::number("tv", discrete::total_variation(&p, &q)),
        ]
    }

    fn axes(pair: &Pair) -> Vec<Axes> {
        let x = pair.bars().axis();
        vec![Axes::fixed(x.clone(), 0.0..1.0), Axes::fixed(x, -0.5..1.0), Axes::simplex()]
    }

    fn draw(pair: &Pair, plots: &[Plot], texts: &Texts) {
        let [bars, terms, triangle] = plots else { return };
        let group = pair.bars();
        let name = |index| outcome_name(Self::NAME, index, texts);
        bars.base();
        bars.bars(group, 0, &pair.p.shares(), BarLook::Target);
        bars.bars(group, 1, &pair.q.shares(), BarLook::Model(Ink::ForwardKl, Stroke::solid(2.4)));
        bars.outcomes(&(0..pair.p.count()).map(name).collect::<Vec<_>>());
        terms.base();
        terms.bars(Bars::new(pair.p.count(), 1), 0, &pair.terms(), BarLook::Signed);
        if let (Ok(p), Ok(q)) = (pair.p.shares().try_into(), pair.q.shares().try_into()) {
            triangle.simplex(&[name(0), name(1), name(2)]);
            triangle.simplex_line(&[p, q], Ink::Hair, Stroke::dashed(1.5, &[4.0, 3.0]));
            triangle.simplex_dot(p, 5.0, Ink::Target);
        }
    }

    fn handles(pair: &Pair, texts: &Texts) -> Vec<Draggable<Pair>> {
        let words = "weights-specimen.bar";
        let looks = |ink| WeightHandleStyle {
            panel: 0,
            ink,
            twin: false,
            roots: false,
            figure: Self::NAME,
            words,
            curve: "",
        };
        let bars = pair.bars();
        let mut handles =
            weight_handles::handles(&pair.p, (&bars, 0), looks(Ink::Target), texts, |pair: &mut Pair| {
                &mut pair.p
            });
        let q: fn(&mut Pair) -> &mut Weights = |pair| &mut pair.q;
        handles.extend(weight_handles::handles(&pair.q, (&bars, 1), looks(Ink::ForwardKl), texts, q));
        let looks = WeightHandleStyle {
            panel: 2,
            twin: true,
            words: "weights-specimen.point",
            ..looks(Ink::ForwardKl)
        };
        handles.extend(weight_handles::on_simplex(&pair.q, looks, texts, q));
        handles
    }

    fn table(pair: &Pair) -> Table {
        let shares = pair.p.shares().into_iter().zip(pair.q.shares());
        Table {
            columns: ["outcome", "p", "q"].map(str::to_owned).to_vec(),
            rows: shares.enumerate().map(|(index, (p, q))| vec![(index + 1) as f64, p, q]).collect(),
        }
    }
}
