//! A family of divergences.

mod hellinger;
mod js_mixture;
mod total_variation;

pub use hellinger::Hellinger;
pub use js_mixture::JsMixture;
pub use total_variation::TotalVariation;

use crate::figure::valid;
use divergences::distribution::{Categorical, Rng, seeded};

/// Draws, each from p or from q as a coin says that picks p with `chance`; with whether it came from p.
fn deal<T>(seed: u32, chance: f64, count: u32, draw: impl Fn(&mut Rng, bool) -> T) -> Vec<(T, bool)> {
    let (mut rng, coin) = (seeded(seed.into()), valid(Categorical::new(vec![chance, 1.0 - chance])));
    let one = |_| {
        let from_p = coin.sample(&mut rng) == 0;
        (draw(&mut rng, from_p), from_p)
    };
    (0..count).map(one).collect()
}

/// What a draw is said to have come from.
fn letter(is_p: bool) -> String {
    if is_p { "p" } else { "q" }.to_owned()
}

/// The mean of the first values after each of them, with how many these are.
fn running_mean(values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    let mut sum = 0.0;
    let mean = |(count, value): (u32, f64)| {
        sum += value;
        (f64::from(count), sum / f64::from(count))
    };
    (1..).zip(values).map(mean).collect()
}

/// The last mean; undefined before there is a value.
fn last(means: &[(f64, f64)]) -> f64 {
    means.last().map_or(f64::NAN, |last| last.1)
}

/// The share of right answers after each draw, where `says_p` is the answer to one.
fn share_right(draws: &[(f64, bool)], says_p: &dyn Fn(f64) -> bool) -> Vec<(f64, f64)> {
    running_mean(draws.iter().map(|&(x, from_p)| f64::from(says_p(x) == from_p)))
}
