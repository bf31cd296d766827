//! Ordering numbers, compiled once and small: the standard library's sorts take 9 KB of wasm for each kind of thing and
//! closure that they are given, its heap less than one.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Sorts `values` in ascending order (that of [`f64::total_cmp`]).
#[inline(never)]
pub fn ascending(values: &mut [f64]) {
    let before = values.to_vec();
    let places = permutation(before.len(), &|i, j| before[i].total_cmp(&before[j]));
    for (value, place) in values.iter_mut().zip(places) {
        *value = before[place];
    }
}

/// Sorts `pairs` by their first numbers in ascending order; equals stay in theirs.
pub fn by_first(pairs: &mut [(f64, f64)]) {
    let before = pairs.to_vec();
    let places = permutation(before.len(), &|i, j| before[i].0.total_cmp(&before[j].0));
    for (pair, place) in pairs.iter_mut().zip(places) {
        *pair = before[place];
    }
}

/// The places of `count` things in ascending order, as `compare` compares those at two places; equals stay in theirs.
#[inline(never)]
pub fn permutation(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let places: BinaryHeap<_> = (0..count).map(|index| Ranked { index, compare }).collect();
    places.into_sorted_vec().into_iter().map(|place| place.index).collect()
}

/// One of the places that are put in order, as a heap compares them.
struct Ranked<'a> {
    index: usize,
    compare: &'a dyn Fn(usize, usize) -> Ordering,
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.compare)(self.index, other.index).then(self.index.cmp(&other.index))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Ranked<'_> {}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

/// `value`, or the end of `low..=high` beyond which it lies; NaN stays NaN.
///
/// Unlike [`f64::clamp`] it never panics: where `low` is above `high`, one of them is the answer.
#[inline]
pub fn clamp(value: f64, low: f64, high: f64) -> f64 {
    if value < low {
        low
    } else if value > high {
        high
    } else {
        value
    }
}
