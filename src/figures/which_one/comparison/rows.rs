//! The words of the table.

use super::Model;
use super::measured::{Candidate, Detour, Way, same};
use crate::figure::grid::{Cell, Detail, Grid, Row};
use crate::figure::readout::{Readout, unit_name};
use crate::figure::texts::Texts;
use crate::plot::number;
use divergences::fit::Slope;

/// The name of `candidate`.
pub(super) fn name(candidate: Candidate, texts: &Texts) -> String {
    texts.get(&format!("comparison.param.row.{}", candidate.key())).to_owned()
}

/// The table.
pub(super) fn grid(model: &Model, texts: &Texts) -> Grid {
    let unit = unit_name(model.pair.unit, texts).to_owned();
    let column = |key: &str| {
        let about = texts.fill(&format!("comparison.column.{key}.about"), &[("unit", unit.clone())]);
        (texts.get(&format!("comparison.column.{key}")).to_owned(), about)
    };
    let columns = ["name", "value", "symmetry", "bounds", "triangle", "finite", "slope", "cost", "use"];
    Grid {
        parameter: "row",
        caption: texts.get("comparison.grid").to_owned(),
        columns: columns.map(column).to_vec(),
        rows: Candidate::ALL.map(|candidate| Words { model, texts, candidate }.row()).to_vec(),
        picked: model.pair.picked.key(),
        detail: Words { model, texts, candidate: model.pair.picked }.detail(),
    }
}

/// The writer of one row.
struct Words<'a> {
    model: &'a Model,
    texts: &'a Texts,
    candidate: Candidate,
}

impl Words<'_> {
    /// The text `comparison.<key>`.
    fn text(&self, key: &str) -> String {
        self.texts.get(&format!("comparison.{key}")).to_owned()
    }

    /// The text `comparison.<row>.<key>` of this row.
    fn own(&self, key: &str) -> String {
        self.text(&format!("{}.{key}", self.candidate.key()))
    }

    fn fill(&self, key: &str, words: &[(&str, String)]) -> String {
        self.texts.fill(&format!("comparison.{key}"), words)
    }

    /// The digits of a value of this divergence, which has natural logarithms.
    fn digits(&self, value: f64) -> String {
        self.candidate.readout("", value, self.model.pair.unit).digits(self.texts)
    }

    /// The digits of an exact value. A whole number has no decimals.
    fn exact(&self, value: f64) -> String {
        let readout = self.candidate.readout("", value, self.model.pair.unit);
        if readout.value.fract() == 0.0 { number::plain(readout.value) } else { readout.digits(self.texts) }
    }

    fn value(&self) -> f64 {
        self.candidate.of(&self.model.measured.profile)
    }

    fn swapped(&self) -> f64 {
        self.model.measured.swapped(self.candidate)
    }

    fn row(&self) -> Row {
        let Self { model, texts, candidate } = *self;
        Row {
            key: candidate.key(),
            ink: candidate.ink(),
            name: name(candidate, texts),
            about: self.own("formula"),
            cells: vec![
                Cell { head: model.readout(candidate.key(), candidate).text(texts), ..Cell::default() },
                self.symmetry(),
                self.bounds(),
                self.triangle(),
                self.finite(),
                self.slope(),
                Cell { about: self.own("cost"), ..Cell::default() },
                Cell { about: self.own("use"), ..Cell::default() },
            ],
        }
    }

    fn symmetry(&self) -> Cell {
        let symmetric = self.candidate.divergence().is_symmetric();
        let (value, swapped) = (self.value(), self.swapped());
        let key = match (symmetric, same(value, swapped)) {
            (true, _) => "symmetry.holds",
            (false, true) => "symmetry.accident",
            (false, false) => "symmetry.broken",
        };
        Cell {
            verdict: Some(symmetric),
            head: self.text(if symmetric { "symmetry.yes" } else { "symmetry.no" }),
            about: self.fill(key, &[("swapped", self.digits(swapped))]),
            tells: match self.candidate {
                Candidate::ForwardKl => Candidate::ReverseKl.key(),
                Candidate::ReverseKl => Candidate::ForwardKl.key(),
                other => other.key(),
            },
        }
    }

    fn bounds(&self) -> Cell {
        let upper = self.exact(self.candidate.divergence().upper_bound());
        Cell { head: self.fill("bounds", &[("upper", upper)]), about: self.own("bounds"), ..Cell::default() }
    }

    fn triangle(&self) -> Cell {
        let metric = self.candidate.divergence().is_metric();
        let way = &self.model.measured.mixture;
        let (straight, length) = (self.value(), way.length(self.candidate));
        let outcome = way.against(straight, self.candidate);
        let head = match (metric, outcome) {
            (true, _) => "triangle.yes",
            (false, Detour::Shorter) => "triangle.no",
            (false, _) => "triangle.not-always",
        };
        let [first, second] = [straight, length].map(|value| self.digits(value));
        let about = match outcome {
            Detour::AsLong if length.is_infinite() => "triangle.infinite",
            Detour::AsLong if metric => "triangle.as-long",
            Detour::AsLong => "triangle.as-long.here",
            // The two values differ only in digits that are not shown.
            Detour::Shorter if first == second => "triangle.hardly-shorter",
            Detour::Longer if first == second => "triangle.hardly-longer",
            Detour::Shorter => "triangle.shorter",
            Detour::Longer if metric => "triangle.longer",
            Detour::Longer => "triangle.longer.here",
        };
        let words = [("straight", first), ("way", second)];
        Cell { verdict: Some(metric), head: self.text(head), about: self.fill(about, &words), tells: "" }
    }

    fn finite(&self) -> Cell {
        let value = self.model.measured.apart.value(self.candidate);
        let finite = value.is_finite();
        Cell {
            verdict: Some(finite),
            head: self.text(if finite { "finite.yes" } else { "finite.no" }),
            about: self.exact(value),
            tells: "",
        }
    }

    fn slope(&self) -> Cell {
        let slope = self.model.measured.apart.slope(self.candidate);
        let (verdict, key, digits) = match slope {
            Slope::Finite(0.0) => (false, "slope.zero", String::new()),
            Slope::Finite(slope) => (true, "slope.yes", self.exact(slope)),
            _ => (false, "slope.none", String::new()),
        };
        let about = self.fill(&format!("{key}.about"), &[("slope", digits)]);
        Cell { verdict: Some(verdict), head: self.text(key), about, tells: "" }
    }

    fn detail(&self) -> Detail {
        let Self { model, texts, candidate } = *self;
        let profile = &model.measured.profile;
        let plain = |value: f64| Readout::number("", value).digits(texts);
        let share = |value: f64| Readout::number("", value).at_most(1.0).digits(texts);
        let h = profile.hellinger_squared.sqrt();
        let words = [
            ("value", model.readout(candidate.key(), candidate).text(texts)),
            ("swapped", self.digits(self.swapped())),
            ("unit", unit_name(model.pair.unit, texts).to_owned()),
            ("tv", share(profile.total_variation)),
            ("error", plain(0.5 * (1.0 - profile.total_variation))),
            ("h2", share(profile.hellinger_squared)),
            ("h2-upper", share(h * (2.0 - profile.hellinger_squared).sqrt())),
            ("w2-squared", plain(profile.wasserstein_2 * profile.wasserstein_2)),
        ];
        let mut text = vec![self.fill(&format!("{}.more", candidate.key()), &words)];
        text.push(self.way("way.mixture", &model.measured.mixture, &[]));
        if let Some((halfway, [mean, sd])) = &model.measured.halfway {
            let words = [("mean", number::fixed(*mean, 2)), ("sd", number::fixed(*sd, 2))];
            text.push(self.way("way.halfway", halfway, &words));
        }
        Detail { title: name(candidate, texts), text, figure: candidate.figure() }
    }

    /// The sentence on the length of the way by a third distribution.
    fn way(&self, key: &str, way: &Way, words: &[(&str, String)]) -> String {
        let outcome = match way.against(self.value(), self.candidate) {
            _ if way.length(self.candidate).is_infinite() => "way.infinite",
            Detour::Shorter => "way.shorter",
            Detour::AsLong => "way.as-long",
            Detour::Longer => "way.longer",
        };
        let [first, second] = way.legs(self.candidate).map(|leg| self.digits(leg));
        let mut words = words.to_vec();
        words.extend([
            ("outcome", self.fill(outcome, &[("straight", self.digits(self.value()))])),
            ("first", first),
            ("second", second),
        ]);
        self.fill(key, &words)
    }
}
