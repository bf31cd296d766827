//! Ordering numbers, compiled once and small: the standard library's sorts take 9 KB of wasm for each kind of thing and
//! closure that they are given, this merging of runs less than one.
//!
//! The library sorts with these throughout; a program that is compiled to WebAssembly beside it may want to as well.
//!
//! ```
//! use divergences::order::{ascending, clamp};
//!
//! let mut edges = [3.0, 0.0, 1.0].map(|edge| clamp(edge, 0.0, 2.0));
//! ascending(&mut edges);
//! assert_eq!(edges, [0.0, 1.0, 2.0]);
//! ```

use std::cmp::Ordering;

/// Sorts `values` in ascending order, that of [`f64::total_cmp`]: NaN comes last.
///
/// ```
/// use divergences::order::ascending;
///
/// let mut values = [2.0, -1.0, 0.5];
/// ascending(&mut values);
/// assert_eq!(values, [-1.0, 0.5, 2.0]);
/// ```
pub fn ascending(values: &mut [f64]) {
    let mut pairs: Vec<(f64, f64)> = values.iter().map(|&value| (value, 0.0)).collect();
    by_first(&mut pairs);
    values.iter_mut().zip(pairs).for_each(|(value, pair)| *value = pair.0);
}

/// Sorts `pairs` by their first numbers in ascending order; equals stay in theirs.
///
/// ```
/// use divergences::order::by_first;
///
/// let mut pairs = [(1.0, 0.3), (0.0, 0.5), (1.0, 0.2)];
/// by_first(&mut pairs);
/// assert_eq!(pairs, [(0.0, 0.5), (1.0, 0.3), (1.0, 0.2)]);
/// ```
#[inline(never)]
pub fn by_first(pairs: &mut [(f64, f64)]) {
    // What is merged lies side by side, which a million of them need: those of a permutation lie all about.
    let mut sorted = pairs.to_vec();
    let mut merged = Vec::with_capacity(pairs.len());
    let mut length = 1;
    while length < pairs.len() {
        merged.clear();
        for both in sorted.chunks(2 * length) {
            let (mut left, mut right) = both.split_at(length.min(both.len()));
            while let (Some((one, next_left)), Some((other, next_right))) =
                (left.split_first(), right.split_first())
            {
                // The left one of two equals comes first.
                if one.0.total_cmp(&other.0).is_le() {
                    merged.push(*one);
                    left = next_left;
                } else {
                    merged.push(*other);
                    right = next_right;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        core::mem::swap(&mut sorted, &mut merged);
        length *= 2;
    }
    pairs.copy_from_slice(&sorted);
}

/// The indices of `count` things in ascending order, as `compare` compares those at two indices; equals stay in theirs.
///
/// ```
/// use divergences::order::permutation;
///
/// let names = ["mode", "mean", "median"];
/// let places = permutation(names.len(), &|i, j| names[i].cmp(names[j]));
/// assert_eq!(places, [1, 2, 0]);
/// ```
#[inline(never)]
pub fn permutation(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut length = 1;
    while length < count {
        merged.clear();
        for both in places.chunks(2 * length) {
            let (mut left, mut right) = both.split_at(length.min(both.len()));
            while let (Some((&i, next_left)), Some((&j, next_right))) =
                (left.split_first(), right.split_first())
            {
                // The left one of two equals comes first.
                if compare(i, j).is_le() {
                    merged.push(i);
                    left = next_left;
                } else {
                    merged.push(j);
                    right = next_right;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        core::mem::swap(&mut places, &mut merged);
        length *= 2;
    }
    places
}

/// `value`, or the end of `low..=high` beyond which it lies; NaN stays NaN.
///
/// Unlike [`f64::clamp`] it never panics: where `low` is above `high`, one of them is the answer. The panic's message brings the
/// printing of floating-point numbers with it, some 10 KB of WebAssembly.
///
/// ```
/// use divergences::order::clamp;
///
/// assert_eq!((clamp(-1.0, 0.0, 1.0), clamp(0.5, 0.0, 1.0), clamp(2.0, 0.0, 1.0)), (0.0, 0.5, 1.0));
/// assert!(clamp(f64::NAN, 0.0, 1.0).is_nan());
/// ```
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn n_things_are_compared_n_log_n_times_at_most() {
        for count in [2_usize, 10, 1000, 100_000] {
            let values: Vec<u32> = (0..count as u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
            let compared = Cell::new(0);
            let places = permutation(count, &|i, j| {
                compared.set(compared.get() + 1);
                values[i].cmp(&values[j])
            });
            assert!(places.windows(2).all(|pair| values[pair[0]] <= values[pair[1]]), "{count} in order");
            let most = count * count.next_power_of_two().ilog2() as usize;
            assert!(compared.get() <= most, "{} comparisons of {count} things", compared.get());
        }
    }
}
