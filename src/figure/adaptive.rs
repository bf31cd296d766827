//! Adaptive sampling: a curve gets more samples where straight lines between the samples would be visible.

use std::ops::Range;

/// The rule by which a curve is sampled.
pub struct Adaptive<'a, T> {
    /// The number of equal intervals into which the range is first divided.
    pub stretches: u32,
    /// The number of times that each interval may be halved.
    pub halvings: u32,
    /// The sample at a given position.
    pub at: &'a dyn Fn(f64) -> T,
    /// Whether the first sample, which is halfway between the others, is visibly off the line between them.
    pub strays: &'a dyn Fn(&T, &T, &T) -> bool,
}

impl<T> Adaptive<'_, T> {
    /// The samples over `range`, both ends included.
    #[must_use]
    pub fn over(&self, range: Range<f64>) -> Vec<T> {
        let mut samples = vec![(self.at)(range.start)];
        let mut from = range.start;
        for i in 1..=self.stretches {
            let to = range.start + (range.end - range.start) * (f64::from(i) / f64::from(self.stretches));
            self.refine((from, to), (self.at)(to), self.halvings, &mut samples);
            from = to;
        }
        samples
    }

    /// Appends the sample `end` at `to`, preceded by those that are needed between `from` and `to`. The
    /// sample at `from` is the last of `samples`.
    fn refine(&self, (from, to): (f64, f64), end: T, halvings: u32, samples: &mut Vec<T>) {
        if let Some(start) = samples.last()
            && halvings > 0
        {
            let half = 0.5 * (from + to);
            let middle = (self.at)(half);
            if (self.strays)(&middle, start, &end) {
                self.refine((from, half), middle, halvings - 1, samples);
                self.refine((half, to), end, halvings - 1, samples);
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
