//! The parts of parameters that consist of several numbers, such as the mean of a component (`p.0.mean`) or
//! the share of an outcome (`q.2.share`).

use super::components::{Component, Components, MEANS, SDS};
use super::parameter::{Accepted, Field, Kind};
use super::weights::Weights;
use crate::decimal;

/// The value of a parameter of `kind` after its part `part` of `whole` is set to `text`. The error states
/// what would be accepted. `None` if there is no such part.
///
/// Three parts are commands, which ignore `text`: `add`, `0.remove`, and `0.lock`, which toggles the lock.
pub(super) fn set(kind: &Kind, whole: &str, part: &str, text: &str) -> Option<Result<String, Accepted>> {
    let outcome = match kind {
        Kind::Components { .. } => {
            let mut mixture = Components::read(whole, kind)?;
            set_component(&mut mixture, kind, part, text)?.map(|()| mixture.write())
        }
        Kind::Weights { .. } => {
            let mut weights = Weights::read(whole, kind)?;
            set_weight(&mut weights, kind, part, text)?.map(|()| weights.write())
        }
        _ => return None,
    };
    Some(outcome)
}

/// The index at the start of a part's name, if it is below `count`, and the rest of the name.
fn indexed(part: &str, count: usize) -> Option<(usize, &str)> {
    let (index, part) = part.split_once('.')?;
    let index = index.parse().ok().filter(|&index: &usize| index < count)?;
    Some((index, part))
}

/// The number `text`, if it is from `least` to `most`.
fn number(text: &str, least: f64, most: f64) -> Result<f64, Accepted> {
    let kind = Kind::Number { least, most, step: 0.01 };
    f64::read(text, &kind).ok_or(Accepted::Kind(kind))
}

fn set_component(
    mixture: &mut Components,
    kind: &Kind,
    part: &str,
    text: &str,
) -> Option<Result<(), Accepted>> {
    let Kind::Components { most } = *kind else { return None };
    let count = mixture.all().len();
    if part == "add" {
        if count >= most {
            return Some(Err(Accepted::Kind(*kind)));
        }
        mixture.add();
        return Some(Ok(()));
    }
    let (index, part) = indexed(part, count)?;
    Some(match part {
        "remove" => {
            mixture.remove(index);
            Ok(())
        }
        // The share of a single component is always 1.
        "weight" if count == 1 => number(text, 1.0, 1.0).map(|_| ()),
        "weight" => number(text, 0.0, 1.0)
            .ok()
            .filter(|&share| share > 0.0 && share < 1.0)
            .map(|share| mixture.set_share(index, share))
            .ok_or(Accepted::Share),
        "mean" => number(text, *MEANS.start(), *MEANS.end()).map(|mean| mixture.set_mean(index, mean)),
        "sd" => number(text, *SDS.start(), *SDS.end()).map(|sd| mixture.set_sd(index, sd)),
        _ => return None,
    })
}

fn set_weight(weights: &mut Weights, kind: &Kind, part: &str, text: &str) -> Option<Result<(), Accepted>> {
    let Kind::Weights { least, most } = *kind else { return None };
    if part == "add" {
        if weights.count() >= most {
            return Some(Err(Accepted::Kind(*kind)));
        }
        weights.add();
        return Some(Ok(()));
    }
    let (index, part) = indexed(part, weights.count())?;
    match part {
        "remove" => {
            if weights.count() <= least {
                return Some(Err(Accepted::Kind(*kind)));
            }
            weights.remove(index);
        }
        "lock" => weights.lock(index, !weights.is_locked(index)),
        "share" => {
            let Some(most) = weights.most(index) else { return Some(Err(Accepted::Unlocked)) };
            match number(text, 0.0, most) {
                Ok(share) => weights.set_share(index, share),
                Err(accepted) => return Some(Err(accepted)),
            }
        }
        _ => return None,
    }
    Some(Ok(()))
}

/// Whether setting `part` of weights adds or removes an outcome.
pub(super) fn changes_outcomes(kind: &Kind, part: &str) -> bool {
    matches!(kind, Kind::Weights { .. }) && (part == "add" || part.ends_with(".remove"))
}

/// The part `part` of the value `whole`, as text.
pub(super) fn get(kind: &Kind, whole: &str, part: &str) -> Option<String> {
    if let Kind::Components { .. } = kind {
        let mixture = Components::read(whole, kind)?;
        let (index, part) = indexed(part, mixture.all().len())?;
        let Component { mean, sd, .. } = mixture.all()[index];
        let value = match part {
            "weight" => mixture.share(index),
            "mean" => mean,
            "sd" => sd,
            _ => return None,
        };
        return Some(decimal::write(value));
    }
    let weights = Weights::read(whole, kind)?;
    let (index, part) = indexed(part, weights.count())?;
    match part {
        "share" => Some(decimal::write(weights.shares()[index])),
        "lock" => Some(weights.is_locked(index).to_string()),
        _ => None,
    }
}

/// The number of components or outcomes of the value `whole`. `None` if its kind has neither.
pub(super) fn count(kind: &Kind, whole: &str) -> Option<usize> {
    match kind {
        Kind::Components { .. } => Some(Components::read(whole, kind)?.all().len()),
        Kind::Weights { .. } => Some(Weights::read(whole, kind)?.count()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: Kind = Kind::Weights { least: 2, most: 4 };
    const MIXTURE: Kind = Kind::Components { most: 5 };

    #[test]
    fn a_share_is_what_is_typed_as_far_as_there_is_that_much() {
        let after = |part: &str, text: &str| set(&WEIGHTS, "0.35!,0.4,0.25", part, text).unwrap();
        assert_eq!(after("1.share", "0.123456789"), Ok("0.35!,0.123456789,0.526543211".to_owned()));
        assert_eq!(after("1.share", "0.65"), Ok("0.35!,0.65,0".to_owned()), "all that is left");
        let most = Accepted::Kind(Kind::Number { least: 0.0, most: 0.65, step: 0.01 });
        for bad in ["0.66", "-1", "", "x", "1e999"] {
            assert_eq!(after("2.share", bad), Err(most), "{bad}");
        }
        assert_eq!(after("0.share", "0.1"), Err(Accepted::Unlocked), "locked");
        assert_eq!(after("1.lock", ""), Ok("0.35!,0.4!,0.25".to_owned()), "locks");
        assert_eq!(after("0.lock", ""), Ok("0.35,0.4,0.25".to_owned()), "unlocks");
        assert_eq!(get(&WEIGHTS, "0.35!,0.4,0.25", "0.lock").as_deref(), Some("true"));
    }

    #[test]
    fn outcomes_come_and_go_within_limits() {
        let after = |whole: &str, part: &str| set(&WEIGHTS, whole, part, "").unwrap();
        assert_eq!(after("1,3", "add"), Ok("1,3,0".to_owned()), "one more");
        assert_eq!(after("1,0,0,3", "add"), Err(Accepted::Kind(WEIGHTS)), "no more than four");
        assert_eq!(after("1,2,2", "0.remove"), Ok("0.5,0.5".to_owned()), "one fewer");
        assert_eq!(after("1,3", "0.remove"), Err(Accepted::Kind(WEIGHTS)), "no fewer than two");
        for none in ["2.share", "0", "share", "0.mean", "0.share.x", "x.share", ""] {
            assert_eq!(set(&WEIGHTS, "1,3", none, "1"), None, "{none}");
            assert_eq!(get(&WEIGHTS, "1,3", none), None, "{none}");
        }
    }

    #[test]
    fn the_weight_of_a_component_is_its_share() {
        let whole = "30,-2,0.7;70,2,0.7";
        assert_eq!(get(&MIXTURE, whole, "0.weight").as_deref(), Some("0.3"), "what is used is shown");
        let after = |text| set(&MIXTURE, whole, "0.weight", text).unwrap();
        assert_eq!(after("0.00001"), Ok("0.00001,-2,0.7;0.99999,2,0.7".to_owned()), "to the last digit");
        for bad in ["0", "1", "30", ""] {
            assert_eq!(after(bad), Err(Accepted::Share), "{bad}");
        }
    }
}
