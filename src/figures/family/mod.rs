//! The chapter *A family*.

mod hellinger;
mod js_mixture;
mod total_variation;

pub use hellinger::Hellinger;
pub use js_mixture::JsMixture;
pub use total_variation::TotalVariation;

use crate::figure::{EVENT_PACE, valid};
use divergences::distribution::{Categorical, Rng, seeded};

/// Makes `count` draws, each with whether it came from p. A coin chooses p with probability `chance`, and q
/// otherwise.
fn deal<T>(seed: u32, chance: f64, count: u32, draw: impl Fn(&mut Rng, bool) -> T) -> Vec<(T, bool)> {
    let (mut rng, coin) = (seeded(seed.into()), valid(Categorical::new(vec![chance, 1.0 - chance])));
    let one = |_| {
        let from_p = coin.sample(&mut rng) == 0;
        (draw(&mut rng, from_p), from_p)
    };
    (0..count).map(one).collect()
}

/// The number of draws that are looked at one by one. After them only their number and mean tell something.
const ONE_BY_ONE: u32 = 12;

/// The pace at which draws are dealt, in draws a second: at first one by one, then ever faster.
fn dealing_pace(draws: u32) -> f64 {
    if draws < ONE_BY_ONE { EVENT_PACE } else { 0.5 * f64::from(draws) }
}

/// The letter of the distribution.
fn letter(is_p: bool) -> String {
    if is_p { "p" } else { "q" }.to_owned()
}

/// The running mean of `values`: pairs of a number of values and their mean.
fn running_mean(values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    let mut sum = 0.0;
    let mean = |(count, value): (u32, f64)| {
        sum += value;
        (f64::from(count), sum / f64::from(count))
    };
    (1..).zip(values).map(mean).collect()
}

/// The mean of all values. It is NaN if there are none.
fn last(means: &[(f64, f64)]) -> f64 {
    means.last().map_or(f64::NAN, |last| last.1)
}

/// The share of right answers after each draw. The answer to a draw is p if `says_p` is true, and q
/// otherwise.
fn share_right(draws: &[(f64, bool)], says_p: &dyn Fn(f64) -> bool) -> Vec<(f64, f64)> {
    running_mean(draws.iter().map(|&(x, from_p)| f64::from(says_p(x) == from_p)))
}
