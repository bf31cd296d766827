//! A figure's data.

use std::ops::Range;

/// The rows of a figure's data, for CSV.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<f64>>,
}

/// A column of a sampled table: its name, and its value at a place.
pub(super) type Column<'a> = (&'a str, &'a dyn Fn(f64) -> f64);

impl Table {
    /// Functions at `count` places of `range`, both ends included; the places' column is called `name`.
    ///
    /// Its middle is a place itself where `count` is odd, to the last digit.
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
