//! Ordering numbers, compiled once: the library's generic sorts take 5 KB of wasm for each closure they are given.

use std::cmp::Ordering;

/// Sorts `values` in ascending order (that of [`f64::total_cmp`]).
#[inline(never)]
pub(crate) fn ascending(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// Sorts `pairs` by their first numbers in ascending order; equals stay in theirs.
pub(crate) fn by_first(pairs: &mut [(f64, f64)]) {
    let before = pairs.to_vec();
    let places = permutation(before.len(), &|i, j| before[i].0.total_cmp(&before[j].0));
    for (pair, place) in pairs.iter_mut().zip(places) {
        *pair = before[place];
    }
}

/// The places of `count` things in ascending order, as `compare` compares those at two places; equals stay in theirs.
#[inline(never)]
pub(crate) fn permutation(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_unstable_by(|&i, &j| compare(i, j).then(i.cmp(&j)));
    places
}

/// `value`, or the end of `low..=high` beyond which it lies; NaN stays NaN.
///
/// Unlike [`f64::clamp`] it never panics: where `low` is above `high`, one of them is the answer.
#[inline]
pub(crate) fn clamp(value: f64, low: f64, high: f64) -> f64 {
    if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    }
}
