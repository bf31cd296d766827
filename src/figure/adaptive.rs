//! Curves sampled more densely where straight lines between the samples would be seen.

use std::ops::Range;

/// How finely a curve is sampled.
pub struct Adaptive<'a, T> {
    /// Into how many stretches its range is cut at first.
    pub stretches: u32,
    /// How often each of them may be halved.
    pub halvings: u32,
    /// A sample.
    pub at: &'a dyn Fn(f64) -> T,
    /// Whether the first sample, halfway between the others, is so far from the line between them that it would be seen.
    pub strays: &'a dyn Fn(&T, &T, &T) -> bool,
}

impl<T> Adaptive<'_, T> {
    /// The samples of `range`, both ends included.
    #[must_use]
    pub fn over(&self, range: Range<f64>) -> Vec<T> {
        let mut samples = vec![(self.at)(range.start)];
        let mut from = range.start;
        for i in 1..=self.stretches {
            let to = range.start + (range.end - range.start) * (f64::from(i) / f64::from(self.stretches));
            self.bend((from, to), (self.at)(to), self.halvings, &mut samples);
            from = to;
        }
        samples
    }

    /// Adds `end`, the sample at `to`, and before it those that bend the line from the last one, at `from`.
    fn bend(&self, (from, to): (f64, f64), end: T, halvings: u32, samples: &mut Vec<T>) {
        if let Some(start) = samples.last()
            && halvings > 0
        {
            let half = 0.5 * (from + to);
            let middle = (self.at)(half);
            if (self.strays)(&middle, start, &end) {
                self.bend((from, half), middle, halvings - 1, samples);
                self.bend((half, to), end, halvings - 1, samples);
                return;
            }
            samples.push(middle);
        }
        samples.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_dense_where_the_curve_bends() {
        let bent = |x: f64| (x, (x - 1.0).abs());
        let strays = |middle: &(f64, f64), from: &(f64, f64), to: &(f64, f64)| {
            (middle.1 - 0.5 * (from.1 + to.1)).abs() > 1e-3
        };
        let samples = Adaptive { stretches: 3, halvings: 8, at: &bent, strays: &strays }.over(0.0..3.5);
        assert!(samples.is_sorted_by(|a, b| a.0 < b.0), "in order");
        assert_eq!((samples[0].0, samples[samples.len() - 1].0), (0.0, 3.5), "from end to end");
        let near = samples.iter().filter(|sample| (sample.0 - 1.0).abs() < 0.1).count();
        assert!(near > samples.len() / 3, "{near} of {} at the bend", samples.len());
    }
}
