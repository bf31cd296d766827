//! The positions of ticks on an axis.

use std::ops::Range;

/// At most `most` round numbers in `range`, both ends included. They are 1, 2 or 5 times a power of ten
/// apart.
///
/// There are none if `range` is empty or not finite, or if `most` is 0.
pub(super) fn ticks(range: &Range<f64>, most: usize) -> Vec<f64> {
    let span = range.end - range.start;
    if !(span > 0.0 && span.is_finite()) || most == 0 {
        return Vec::new();
    }
    let mut power = 10f64.powf((span / most as f64).log10().floor());
    loop {
        for step in [power, 2.0 * power, 5.0 * power] {
            let first = (range.start / step - 1e-9).ceil();
            let last = (range.end / step + 1e-9).floor();
            if last - first < most as f64 {
                return (0..=(last - first).max(0.0) as usize)
                    .map(|i| (first + i as f64) * step + 0.0)
                    .collect();
            }
        }
        power *= 10.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_few_and_inside() {
        assert_eq!(ticks(&(-7.0..7.0), 7), [-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0], "the sketch's axis");
        assert_eq!(ticks(&(0.0..1.0), 3), [0.0, 0.5, 1.0], "both ends count");
        assert!(ticks(&(1.0..1.0), 5).is_empty() && ticks(&(0.0..f64::NAN), 5).is_empty(), "nothing to mark");
    }
}
