//! Adaptive sampling: a curve gets more samples where straight lines between the samples would be visible.

/// The rule by which curves over one axis are sampled.
pub struct Adaptive<'a, T> {
    /// The number of equal intervals into which the whole range is first divided.
    pub stretches: f64,
    /// The number of times that each interval may be halved.
    pub halvings: u32,
    /// The deviation of a curve from a straight line at which its interval is halved, as a share of the height
    /// of its panel. The deviation is then about a quarter of that.
    pub tolerance: f64,
    /// The sample at a given position.
    pub at: &'a dyn Fn(f64) -> T,
    /// The heights of the curves in a sample, as shares of the heights of their panels. A curve is not visible
    /// beyond 1.
    pub heights: &'a dyn Fn(&T) -> Vec<f64>,
}

/// The samples of curves with their positions, in pieces between jumps.
#[derive(Debug)]
pub struct Pieces<T>(Vec<Vec<(f64, T)>>);

impl<T> Pieces<T> {
    /// All samples with their positions, in order.
    pub fn samples(&self) -> impl DoubleEndedIterator<Item = &(f64, T)> {
        self.0.iter().flatten()
    }

    /// The points of the curve `height`. A point that is NaN precedes each piece, so that no line is drawn
    /// across a jump.
    #[must_use]
    pub fn line(&self, height: &dyn Fn(&T) -> f64) -> Vec<(f64, f64)> {
        let piece = |piece: &Vec<(f64, T)>| {
            let points = piece.iter().map(|(x, sample)| (*x, height(sample)));
            std::iter::once((f64::NAN, f64::NAN)).chain(points).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(piece).collect()
    }
}

impl<T> Adaptive<'_, T> {
    /// The samples from the first to the last of `knots`, which are in order. The curves may jump at each knot;
    /// the nearest samples are at the distance `near` from it.
    #[must_use]
    pub fn over(&self, knots: &[f64], near: f64) -> Pieces<T> {
        let [first, .., last] = knots else { return Pieces(Vec::new()) };
        let piece = |ends: &[f64]| {
            let (start, end) = (ends[0] + near, ends[1] - near);
            let stretches = (self.stretches * (end - start) / (last - first)).ceil();
            let mut samples = vec![(start, (self.at)(start))];
            for i in 1..=stretches as u32 {
                let to = start + (end - start) * (f64::from(i) / stretches);
                self.refine((to, (self.at)(to)), self.halvings, &mut samples);
            }
            samples
        };
        Pieces(knots.windows(2).map(piece).collect())
    }

    /// Appends the sample `end`, preceded by those that are needed between it and the last of `samples`.
    fn refine(&self, end: (f64, T), halvings: u32, samples: &mut Vec<(f64, T)>) {
        if let Some(start) = samples.last()
            && halvings > 0
        {
            let half = 0.5 * (start.0 + end.0);
            let middle = (self.at)(half);
            let strays = self.strays(&middle, &start.1, &end.1);
            if strays {
                self.refine((half, middle), halvings - 1, samples);
                self.refine(end, halvings - 1, samples);
                return;
            }
            samples.push((half, middle));
        }
        samples.push(end);
    }

    /// Whether the sample `middle` is visibly off the straight lines between two others.
    fn strays(&self, middle: &T, from: &T, to: &T) -> bool {
        let ends = (self.heights)(from).into_iter().zip((self.heights)(to));
        let misses = |(middle, (from, to)): (f64, (f64, f64))| {
            let seen = from.abs().min(to.abs()) < 1.0;
            seen && (middle - 0.5 * (from + to)).abs() > self.tolerance
        };
        (self.heights)(middle).into_iter().zip(ends).any(misses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_dense_where_the_curve_bends() {
        let bent = |x: f64| (x - 1.0).abs();
        let heights = |y: &f64| vec![*y / 4.0];
        let curve = Adaptive { stretches: 3.0, halvings: 8, tolerance: 2.5e-4, at: &bent, heights: &heights };
        let mut points = curve.over(&[0.0, 3.5], 0.0).line(&|y| *y);
        assert!(points.remove(0).1.is_nan(), "a gap before the piece");
        assert!(points.is_sorted_by(|a, b| a.0 < b.0), "in order");
        assert_eq!((points[0].0, points[points.len() - 1].0), (0.0, 3.5), "from end to end");
        let near = points.iter().filter(|point| (point.0 - 1.0).abs() < 0.1).count();
        assert!(near > points.len() / 3, "{near} of {} at the bend", points.len());
    }

    #[test]
    fn no_line_is_drawn_across_a_jump() {
        let jump = |x: f64| if x < 1.0 { 0.0 } else { 5.0 };
        let heights = |y: &f64| vec![*y];
        let curve = Adaptive { stretches: 2.0, halvings: 6, tolerance: 1e-3, at: &jump, heights: &heights };
        let pieces = curve.over(&[0.0, 1.0, 2.0], 1e-6);
        let rise = |pair: &[(f64, f64)]| pair[1].1 > pair[0].1;
        assert!(!pieces.line(&|y| *y).windows(2).any(rise), "a gap at the jump");
        assert!(pieces.samples().all(|(x, y)| *y == jump(*x)), "what is there");
        assert!(curve.over(&[1.0], 0.0).samples().next().is_none(), "nowhere to go");
    }
}
