//! Random, extreme and broken values for any parameter.

use divergences::distribution::seeded;
use divergences::order::clamp;
use explainer::figure::parameter::Kind;
use rand_xoshiro::rand_core::Rng;

/// A source of random values.
pub(crate) struct Dice(divergences::distribution::Rng);

impl Dice {
    /// The source that always yields the same values for the same `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seeded(seed))
    }

    /// A whole number from 0 to `count` − 1.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.0.next_u64() % count as u64) as usize
    }

    /// A number between `least` and `most`, and sometimes one of them.
    pub(crate) fn between(&mut self, least: f64, most: f64) -> f64 {
        match self.below(12) {
            0 => least,
            1 => most,
            _ => least + (most - least) * (self.0.next_u64() as f64 / u64::MAX as f64),
        }
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A value that `kind` accepts.
    pub(crate) fn value(&mut self, kind: Kind) -> String {
        match kind {
            // These numbers accept whole steps only.
            Kind::Number { least, most, step: 1.0 } => self.between(least, most).round().to_string(),
            Kind::Number { least, most, .. } => self.between(least, most).to_string(),
            Kind::Positive { least, most, .. } => {
                clamp(self.between(least.ln(), most.ln()).exp(), least, most).to_string()
            }
            Kind::Count { most } => self.below(most as usize + 1).to_string(),
            Kind::Choice(words) => (*self.pick(words)).to_owned(),
            Kind::Components { most } => {
                let count = 1 + self.below(most);
                self.components(count)
            }
            Kind::Weights { least, most } => {
                let count = least + self.below(most - least + 1);
                self.weights(count)
            }
        }
    }

    fn weights(&mut self, count: usize) -> String {
        // At least one weight is positive.
        let some = self.below(count);
        let weights: Vec<_> = (0..count)
            .map(|index| {
                let lock = if self.below(6) == 0 { "!" } else { "" };
                let weight = match self.below(5) {
                    0 if index != some => 0.0,
                    1 => 10f64.powf(self.between(-300.0, 0.0)),
                    _ => self.between(1e-3, 1.0),
                };
                format!("{weight}{lock}")
            })
            .collect();
        weights.join(",")
    }

    fn components(&mut self, count: usize) -> String {
        let parts: Vec<_> = (0..count)
            .map(|_| {
                let [weight, mean, sd] =
                    [self.between(0.0001, 1.0), self.between(-6.0, 6.0), self.between(0.15, 4.0)];
                format!("{weight},{mean},{sd}")
            })
            .collect();
        parts.join(";")
    }
}

/// The extreme values that `kind` accepts.
pub(crate) fn extremes(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            vec![least.to_string(), most.to_string()]
        }
        Kind::Count { most } => vec!["0".to_owned(), most.to_string()],
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { most } => vec![
            "1,0,0.15".to_owned(),
            "0.0001,-6,4".to_owned(),
            "0.0001,-6,0.15;1,6,4".to_owned(),
            "0.5,-6,0.15;0.5,6,0.15".to_owned(),
            vec!["1,6,0.15"; most].join(";"),
            "1e-300,-2,1;1,2,1".to_owned(),
            "1e300,-2,1;3e300,2,1".to_owned(),
        ],
        Kind::Weights { least, most } => vec![
            [vec!["0"; least - 1].join(","), "1".to_owned()].join(","),
            vec!["5e-324"; least].join(","),
            ["1!".to_owned(), vec!["0!"; most - 1].join(",")].join(","),
            ["1e-300".to_owned(), vec!["1"; most - 1].join(",")].join(","),
            vec!["1e308"; most].join(","),
        ],
    }
}

/// Values that `kind` refuses.
pub(crate) fn refused(kind: Kind) -> Vec<String> {
    let mut refused: Vec<String> = [
        "", " ", "abc", "NaN", "inf", "-inf", "1e999", "1e9", "-1e9", "0x10", "1.2,5", "--1", "<b>1</b>",
        "{value}", "0,0,0",
    ]
    .map(str::to_owned)
    .to_vec();
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            refused.extend([least - 1e-6, most + 1e-6].map(|value| value.to_string()));
        }
        Kind::Count { most } => refused.extend(["-1".to_owned(), "1.5".to_owned(), (most + 1).to_string()]),
        Kind::Choice(words) => refused.extend([words[0].to_uppercase(), format!("{} ", words[0])]),
        Kind::Components { most } => {
            refused.push(vec!["1,0,1"; most + 1].join(";"));
            let parts = [
                "1,0,1;", ";1,0,1", "1,0", "1,0,1,1", "0,0,1", "-1,0,1", "1,7,1", "1,0,0", "1,0,5", "1,NaN,1",
            ];
            refused.extend(parts.map(str::to_owned));
        }
        Kind::Weights { least, most } => {
            // This is a valid pair of weights.
            refused.retain(|bad| bad != "1.2,5");
            refused.push(vec!["1"; most + 1].join(","));
            refused.push(vec!["1"; least - 1].join(","));
            refused.push(vec!["0"; least].join(","));
            for bad in ["-1", "NaN", "", "!", "1!!", "1e999", "1;1", "1 1"] {
                refused.push([bad.to_owned(), vec!["1"; least - 1].join(",")].join(","));
            }
            refused.push(["1e200".to_owned(), vec!["1e-200"; least - 1].join(",")].join(","));
        }
    }
    refused
}

/// The words in a problem's message that state what would be accepted.
pub(crate) fn accepted(kind: Kind) -> Vec<String> {
    let number = |value: f64| value.abs().to_string();
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            vec![number(least), number(most)]
        }
        Kind::Count { most } => vec!["0".to_owned(), most.to_string()],
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { most } => vec![most.to_string()],
        Kind::Weights { least, most } => vec![least.to_string(), most.to_string()],
    }
}
