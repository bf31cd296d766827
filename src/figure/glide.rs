//! Intermediate values between two states of a figure, for animated transitions.

use super::components::Components;
use super::parameter::{Field, Kind};
use super::weights::Weights;
use crate::decimal;
use divergences::order::clamp;

/// The value at the fraction `part` of the way from `from` to `to`, as text.
///
/// Numbers are interpolated linearly, positive numbers geometrically, and mixtures and weights component by
/// component. Values that cannot be interpolated (choices, mixtures of different sizes) become `to` at once.
pub(super) fn between(kind: &Kind, from: &str, to: &str, part: f64) -> String {
    if part.is_nan() || part >= 1.0 || from == to {
        return to.to_owned();
    }
    let part = part.max(0.0);
    let number = |mix: &dyn Fn(f64, f64) -> f64| match (decimal::read(from), decimal::read(to)) {
        (Some(from), Some(to)) => decimal::write(mix(from, to)),
        _ => to.to_owned(),
    };
    let even = |from: f64, to: f64| from + part * (to - from);
    match kind {
        // These numbers accept whole steps only.
        Kind::Number { step: 1.0, .. } => number(&|from, to| even(from, to).round()),
        Kind::Number { .. } => number(&|from, to| rounded(even(from, to))),
        Kind::Positive { least, most, .. } => {
            number(&|from, to| clamp(rounded(from * (to / from).powf(part)), *least, *most))
        }
        Kind::Count { .. } => number(&|from, to| even(from, to).round()),
        Kind::Choice(_) => to.to_owned(),
        Kind::Components { .. } => {
            let read = |text| Components::read(text, kind);
            match (read(from), read(to)) {
                (Some(from), Some(to)) if from.all().len() == to.all().len() => {
                    let mixed = from.triples().into_iter().zip(to.triples()).map(|(from, to)| {
                        // A share is not rounded, because it may be smaller than any number of decimals.
                        [even(from.0, to.0), rounded(even(from.1, to.1)), rounded(even(from.2, to.2))]
                    });
                    Components::new(&mixed.collect::<Vec<_>>()).write()
                }
                _ => to.to_owned(),
            }
        }
        Kind::Weights { .. } => {
            let read = |text| Weights::read(text, kind);
            match (read(from), read(to)) {
                (Some(from), Some(to)) if from.count() == to.count() => {
                    let pairs = from.shares().into_iter().zip(to.shares());
                    let mut mixed = Weights::new(&pairs.map(|(from, to)| even(from, to)).collect::<Vec<_>>());
                    for index in 0..to.count() {
                        mixed.lock(index, to.is_locked(index));
                    }
                    mixed.write()
                }
                _ => to.to_owned(),
            }
        }
    }
}

/// `value` with four decimals, which is as fine as a reader can set anything.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_move_as_their_sliders_do() {
        let number = Kind::Number { least: -6.0, most: 6.0, step: 0.1 };
        assert_eq!(between(&number, "-1", "2", 0.5), "0.5", "evenly");
        let positive = Kind::Positive { least: 0.01, most: 1.0, steps_per_decade: 10 };
        assert_eq!(between(&positive, "0.01", "1", 0.5), "0.1", "by equal factors");
        assert_eq!(between(&Kind::Count { most: 300 }, "0", "5", 0.5), "3", "by whole numbers");
        let whole = Kind::Number { least: 1.0, most: 40.0, step: 1.0 };
        assert_eq!(between(&whole, "1", "9", 0.3), "3", "by whole numbers, too");
        let choice = Kind::Choice(&["nats", "bits"]);
        assert_eq!(between(&choice, "nats", "bits", 0.1), "bits", "a choice at once");
    }

    #[test]
    fn mixtures_move_component_by_component() {
        let kind = Kind::Components { most: 5 };
        assert_eq!(
            between(&kind, "0.5,-2,1;0.5,2,1", "0.8,0,1;0.2,2,0.5", 0.5),
            "0.65,-1,1;0.35,2,0.75",
            "half way"
        );
        assert_eq!(
            between(&kind, "1,0,1", "0.5,-2,1;0.5,2,1", 0.5),
            "0.5,-2,1;0.5,2,1",
            "no half a component"
        );
    }

    #[test]
    fn weights_move_share_by_share() {
        let kind = Kind::Weights { least: 2, most: 3 };
        assert_eq!(between(&kind, "1,1", "0!,3", 0.5), "0.25!,0.75", "half way");
        assert_eq!(between(&kind, "1,0.00004,1", "1,0.00004,1!", 1.0), "1,0.00004,1!", "to the last digit");
        assert_eq!(between(&kind, "1,1", "1,0,3", 0.5), "1,0,3", "no half an outcome");
    }

    #[test]
    fn the_end_is_what_was_asked_for() {
        let kind = Kind::Positive { least: 0.01, most: 1.0, steps_per_decade: 10 };
        assert_eq!(between(&kind, "0.01", "0.123456", 1.0), "0.123456", "to the last digit");
        let outside = [-80.0, 80.0, f64::NAN].map(|part| between(&kind, "0.01", "1", part));
        assert_eq!(outside, ["0.01", "1", "1"], "nothing is beyond the ends");
    }
}
