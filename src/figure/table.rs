//! A figure's data.

use std::ops::Range;

/// The data of a figure as a table, for CSV.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<f64>>,
}

/// A column of a sampled table: its name, and the function whose values it has.
pub(super) type Column<'a> = (&'a str, &'a dyn Fn(f64) -> f64);

impl Table {
    /// A table whose columns are named after the readouts `keys`, with underscores.
    #[must_use]
    pub fn keyed<'a>(keys: impl IntoIterator<Item = &'a str>, rows: Vec<Vec<f64>>) -> Self {
        Self { columns: keys.into_iter().map(|key| key.replace('-', "_")).collect(), rows }
    }

    /// A table of functions at `count` evenly spaced places of `range`, both ends included. The column of
    /// places is called `name`.
    ///
    /// If `count` is odd, the middle of `range` is exactly one of the places.
    #[must_use]
    pub fn sampled(name: &str, range: Range<f64>, count: usize, columns: &[Column]) -> Self {
        let (middle, half) = (0.5 * (range.start + range.end), 0.5 * (range.end - range.start));
        let last = count.saturating_sub(1).max(1) as f64;
        let row = |i: usize| {
            let x = middle + half * (i as f64 / (0.5 * last) - 1.0);
            std::iter::once(x).chain(columns.iter().map(|(_, value)| value(x))).collect()
        };
        let names = std::iter::once(name).chain(columns.iter().map(|(name, _)| *name));
        Self { columns: names.map(str::to_owned).collect(), rows: (0..count).map(row).collect() }
    }
}
