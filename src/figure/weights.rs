//! Weights over outcomes as a parameter: a distribution on finitely many outcomes.

use super::parameter::{Field, Kind};
use super::shares::{self, Digits};
use super::texts::Texts;
use crate::decimal;

/// The name of outcome `index` in the figure `figure`: the text `<figure>.outcome.<index + 1>` if there is
/// one, and a letter from A on otherwise.
#[must_use]
pub fn outcome_name(figure: &str, index: usize, texts: &Texts) -> String {
    let key = format!("{figure}.outcome.{}", index + 1);
    if texts.has(&key) {
        texts.get(&key).to_owned()
    } else {
        char::from(b'A' + (index % 26) as u8).to_string()
    }
}

/// The names of the first `count` outcomes in the figure `figure`.
#[must_use]
pub fn outcome_names(figure: &str, count: usize, texts: &Texts) -> Vec<String> {
    (0..count).map(|index| outcome_name(figure, index, texts)).collect()
}

/// The mark after a locked weight.
const LOCK: char = '!';

/// Weights over two or more outcomes. In addresses: `1,0.00004,1`, with an exclamation mark after each locked
/// one.
///
/// Only their shares of the sum matter. A weight of 0 stays 0, and nothing is rounded.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    weights: Vec<f64>,
    /// Whether each outcome keeps its share when another one changes.
    locked: Vec<bool>,
}

impl Weights {
    /// Weights of which none is locked.
    #[must_use]
    pub fn new(weights: &[f64]) -> Self {
        Self { weights: weights.to_vec(), locked: vec![false; weights.len()] }
    }

    /// The number of outcomes.
    #[must_use]
    pub fn count(&self) -> usize {
        self.weights.len()
    }

    /// The share of each outcome.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        shares::of(&self.weights)
    }

    /// Whether outcome `index` keeps its share when another one changes.
    #[must_use]
    pub fn is_locked(&self, index: usize) -> bool {
        self.locked.get(index).is_some_and(|&locked| locked)
    }

    /// Locks outcome `index`, or unlocks it.
    pub fn lock(&mut self, index: usize, locked: bool) {
        if let Some(lock) = self.locked.get_mut(index) {
            *lock = locked;
        }
    }

    /// The greatest share that outcome `index` can have beside the locked ones. `None` if it cannot change,
    /// because it or all others are locked.
    #[must_use]
    pub fn most(&self, index: usize) -> Option<f64> {
        let others = (0..self.count()).any(|other| other != index && !self.is_locked(other));
        (others && !self.is_locked(index))
            .then(|| shares::most(&self.shares(), index, &|other| self.is_locked(other)))
    }

    /// Sets the share of outcome `index`, as far as that much is available. The others change in proportion.
    pub fn set_share(&mut self, index: usize, share: f64) {
        self.change(index, share, Digits::Exact);
    }

    /// Sets the share of outcome `index` by dragging or by an arrow key. All shares are rounded to what
    /// pixels can show.
    pub fn drag_share(&mut self, index: usize, share: f64) {
        self.change(index, decimal::rounded(share, 4), Digits::Seen);
    }

    fn change(&mut self, index: usize, share: f64, digits: Digits) {
        if index >= self.count() || self.is_locked(index) || share.is_nan() {
            return;
        }
        let mut shares = self.shares();
        if shares[index] != share {
            shares::change(&mut shares, index, share, &|other| self.is_locked(other), digits);
            self.weights = shares;
        }
    }

    /// Sets all shares at once, as near to `wanted` as possible. Negative ones count as 0. Locked outcomes
    /// keep their shares, and the others divide the rest.
    pub fn drag_shares(&mut self, wanted: &[f64]) {
        if wanted.len() != self.count() || !wanted.iter().all(|share| share.is_finite()) {
            return;
        }
        // The outcomes that can change are set one after another. The last one gets what is left.
        let free: Vec<usize> = (0..self.count()).filter(|&index| !self.is_locked(index)).collect();
        let Some((_, all_but_last)) = free.split_last() else { return };
        let total: f64 = free.iter().map(|&index| wanted[index].max(0.0)).sum();
        let mut shares = self.shares();
        let room: f64 = free.iter().map(|&index| shares[index]).sum();
        for (place, &index) in all_but_last.iter().enumerate() {
            let share = if total > 0.0 { wanted[index].max(0.0) / total * room } else { shares[index] };
            let done = &free[..place];
            let keeps = |other: usize| self.is_locked(other) || done.contains(&other);
            shares::change(&mut shares, index, decimal::rounded(share, 4), &keeps, Digits::Seen);
        }
        self.weights = shares;
    }

    /// Extends the weights to at least `count` outcomes. New ones have weight 0.
    pub fn pad(&mut self, count: usize) {
        if count > self.count() {
            self.weights.resize(count, 0.0);
            self.locked.resize(count, false);
        }
    }

    /// Extends the shorter of two sets of weights to the length of the other.
    pub fn even(&mut self, other: &mut Self) {
        let count = self.count().max(other.count());
        self.pad(count);
        other.pad(count);
    }

    /// Adds an outcome of weight 0, which changes no share.
    pub fn add(&mut self) {
        self.pad(self.count() + 1);
    }

    /// Removes outcome `index`. Its share goes to the others.
    pub fn remove(&mut self, index: usize) {
        if self.count() < 2 || index >= self.count() {
            return;
        }
        self.locked[index] = false;
        self.set_share(index, 0.0);
        self.weights.remove(index);
        self.locked.remove(index);
        if self.weights.iter().all(|&weight| weight == 0.0) {
            // The removed outcome had a share of 1 and all others were locked at 0.
            self.weights.fill(1.0);
        }
    }
}

impl Field for Weights {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let Kind::Weights { least, most } = *kind else { return None };
        let (mut weights, mut locked) = (Vec::new(), Vec::new());
        for part in text.split(',') {
            let part = part.trim();
            let number = part.strip_suffix(LOCK);
            locked.push(number.is_some());
            weights.push(decimal::read(number.unwrap_or(part).trim_end())?);
        }
        ((least..=most).contains(&weights.len()) && shares::are_valid(&weights))
            .then_some(Self { weights, locked })
    }

    fn write(&self) -> String {
        let mut text = String::new();
        for (index, &weight) in self.weights.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.push_str(&decimal::write(weight));
            if self.locked[index] {
                text.push(LOCK);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use rand_xoshiro::rand_core::Rng;

    use super::*;
    use divergences::distribution::seeded;
    use divergences::order::clamp;

    const KIND: Kind = Kind::Weights { least: 2, most: 16 };

    fn read(text: &str) -> Weights {
        Weights::read(text, &KIND).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again_to_the_last_bit() {
        for text in ["1,0.00004,1", "0,1", "1e-300,1", "0.1!,0.2,0.7!", "3,0,4!,0!", "5e-324,5e-324"] {
            assert_eq!(read(text).write(), text, "as it was given");
            assert_eq!(read(&read(text).write()), read(text), "{text}");
        }
        let third = Weights::new(&[1.0 / 3.0, 2.0 / 3.0]);
        assert_eq!(read(&third.write()), third, "in as many digits as it takes");
        assert_eq!(read(" 1 , 2 ! ").write(), "1,2!", "spaces say nothing");
    }

    #[test]
    fn what_are_no_weights_is_refused() {
        for bad in
            ["", "1", "0,0", "1,", "1,-1", "1,NaN", "1,inf", "1;2", "1,!", "1,2!!", "1e200,1e-200", "1,1e999"]
        {
            assert_eq!(Weights::read(bad, &KIND), None, "{bad}");
        }
        assert_eq!(Weights::read(&["1"; 17].join(","), &KIND), None, "too many");
        assert_eq!(Weights::read("1,1", &Kind::Weights { least: 3, most: 3 }), None, "too few");
    }

    #[test]
    fn shares_are_what_is_used() {
        assert_eq!(read("1,0,1").shares(), [0.5, 0.0, 0.5], "0 is 0");
        let share = read("1,0.00004,1").shares()[1];
        assert!((share / (0.00004 / 2.00004) - 1.0).abs() < 1e-15, "{share:e} is not rounded to 0");
        assert_eq!(read("1e-300,1").shares(), [1e-300, 1.0], "however small");
    }

    #[test]
    fn a_locked_outcome_keeps_its_share() {
        let mut weights = read("2!,5,2,1");
        weights.set_share(1, 0.2);
        assert_eq!(weights.write(), "0.2!,0.2,0.4,0.2", "the others in proportion");
        weights.set_share(0, 0.9);
        assert_eq!(weights.write(), "0.2!,0.2,0.4,0.2", "it does not move itself");
        assert_eq!((weights.most(0), weights.most(1)), (None, Some(0.8)), "what is left for each");
        weights.set_share(1, 1.0);
        assert_eq!(weights.write(), "0.2!,0.8,0,0", "no more than that");
        let mut held = read("0.3,0.3!,0.4!");
        held.drag_share(0, 0.1);
        assert_eq!((held.write(), held.most(0)), ("0.3,0.3!,0.4!".to_owned(), None), "all others are locked");
    }

    #[test]
    fn outcomes_come_with_nothing_and_leave_their_share() {
        let mut weights = read("1,3");
        weights.add();
        assert_eq!(weights.shares(), [0.25, 0.75, 0.0], "nothing else changes");
        weights.set_share(2, 0.5);
        weights.remove(1);
        assert_eq!(weights.write(), "0.2,0.8", "the others in proportion");
        for (text, index, left) in
            [("0,1,0", 1, "0.5,0.5"), ("1,0!,0!", 0, "1!,1!"), ("0.5!,0.3!,0.2", 0, "0.3!,0.7")]
        {
            let mut weights = read(text);
            weights.remove(index);
            assert_eq!(weights.write(), left, "{text} without outcome {index}");
        }
    }

    #[test]
    fn several_are_dragged_at_once() {
        let mut weights = read("1,1,1");
        weights.drag_shares(&[0.2, 0.5, 0.3]);
        assert_eq!(weights.write(), "0.2,0.5,0.3");
        weights.drag_shares(&[-1.0, 0.0, 2.0]);
        assert_eq!(weights.write(), "0,0,1", "into a corner, exactly");
        let mut weights = read("0.25!,0.5,0.25");
        weights.drag_shares(&[0.9, 0.02, 0.08]);
        assert_eq!(weights.write(), "0.25!,0.15,0.6", "along the line on which the locked one stays");
    }

    /// Dragging keeps the sum at 1 and locked shares unchanged, never makes a share 0 by rounding, and keeps
    /// the text short.
    #[test]
    fn no_drag_loses_anything() {
        let mut rng = seeded(7);
        let mut dice = move |count: u64| rng.next_u64() % count;
        for round in 0..400 {
            let count = 2 + dice(15) as usize;
            let mut weights = Weights::new(&vec![1.0; count]);
            for _ in 0..30 {
                let index = dice(count as u64) as usize;
                let share = match dice(8) {
                    0 => -0.1,
                    1 => 1.1,
                    2 => 1e-300,
                    _ => dice(1 << 20) as f64 / f64::from(1 << 20),
                };
                let before = weights.shares();
                let locks: Vec<usize> = (0..count).filter(|&one| weights.is_locked(one)).collect();
                let typed = dice(3) == 0;
                if typed {
                    weights.set_share(index, share);
                } else {
                    weights.drag_share(index, share);
                }
                let after = weights.shares();
                let place = format!("round {round}: {before:?} to {after:?} by {share} at {index}");
                let sum: f64 = after.iter().sum();
                assert!((sum - 1.0).abs() <= count as f64 * f64::EPSILON, "the sum is {sum}: {place}");
                for &lock in &locks {
                    assert_eq!(after[lock], before[lock], "{lock} is locked: {place}");
                }
                let movable = !weights.is_locked(index) && locks.len() + 1 < count;
                let most = weights.most(index).unwrap_or(after[index]);
                let wanted = clamp(share, 0.0, most);
                let exact = if typed { 0.0 } else { 5.1e-5 };
                assert!(
                    !movable || (after[index] - wanted).abs() <= exact,
                    "it has what was asked for: {place}"
                );
                let others: Vec<usize> =
                    (0..count).filter(|one| *one != index && !locks.contains(one)).collect();
                let total = |shares: &[f64]| others.iter().map(|&one| shares[one]).sum::<f64>();
                let (was, is) = (total(&before), total(&after));
                for &one in &others {
                    let part = if was > 0.0 { before[one] / was } else { 1.0 / others.len() as f64 };
                    assert!(
                        (after[one] - part * is).abs() <= 1e-4 * is,
                        "{one} gives way in proportion: {place}"
                    );
                    assert_eq!(after[one] == 0.0, part == 0.0 || is == 0.0, "{one} vanishes: {place}");
                }
                assert_eq!(read(&weights.write()), weights, "round trip: {place}");
                if dice(5) == 0 {
                    weights.lock(index, !weights.is_locked(index));
                }
            }
            let mut short = Weights::new(&vec![1.0; count]);
            for _ in 0..9 {
                short.drag_share(dice(count as u64) as usize, dice(1000) as f64 / 1250.0);
            }
            let longest = short.write().split(',').map(str::len).max().unwrap_or_default();
            assert!(longest <= 14, "round {round}: {}", short.write());
        }
    }
}
