//! Sorting numbers, compiled once: the library's generic sorts take 5 KB of wasm for each closure they are given.

/// Sorts `values` in ascending order (that of [`f64::total_cmp`]).
#[inline(never)]
pub(crate) fn ascending(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

/// Sorts `pairs` by their first numbers in ascending order.
#[inline(never)]
pub(crate) fn by_first(pairs: &mut [(f64, f64)]) {
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
}
