//! Where a distribution has its mass.

/// A closed set that carries all of a distribution's mass: intervals and isolated points.
///
/// [`Distribution::support`](super::Distribution::support) makes it.
///
/// ```
/// use divergences::distribution::{Distribution, Mixture, PointMasses, Uniform};
///
/// let p = Distribution::from(Mixture::new(vec![
///     (0.5, Uniform::new(0.0, 1.0)?.into()),
///     (0.5, PointMasses::new(vec![(3.0, 1.0)])?.into()),
/// ])?);
/// assert_eq!(p.support().intervals, [(0.0, 1.0)]);
/// assert_eq!(p.support().atoms, [3.0]);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Support {
    /// Closed intervals with a density, by position, disjoint; ends may be infinite.
    pub intervals: Vec<(f64, f64)>,
    /// Positions of the point masses, by position; they may lie inside the intervals.
    pub atoms: Vec<f64>,
}

impl Support {
    /// The least point, or −∞; ∞ if the set is empty.
    ///
    /// ```
    /// # use divergences::distribution::{Distribution, Gaussian, Uniform};
    /// assert_eq!(Distribution::from(Uniform::new(0.0, 1.0)?).support().lower(), 0.0);
    /// assert_eq!(Distribution::from(Gaussian::new(0.0, 1.0)?).support().lower(), f64::NEG_INFINITY);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn lower(&self) -> f64 {
        let intervals = self.intervals.first().map(|interval| interval.0);
        intervals.into_iter().chain(self.atoms.first().copied()).fold(f64::INFINITY, f64::min)
    }

    /// The greatest point, or ∞; −∞ if the set is empty.
    ///
    /// ```
    /// # use divergences::distribution::{Distribution, Uniform};
    /// assert_eq!(Distribution::from(Uniform::new(0.0, 1.0)?).support().upper(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper(&self) -> f64 {
        let intervals = self.intervals.last().map(|interval| interval.1);
        intervals.into_iter().chain(self.atoms.last().copied()).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Whether `x` is a point of the support.
    ///
    /// ```
    /// # use divergences::distribution::{Distribution, Uniform};
    /// let support = Distribution::from(Uniform::new(0.0, 1.0)?).support();
    /// assert!(support.contains(1.0) && !support.contains(1.1));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn contains(&self, x: f64) -> bool {
        self.intervals.iter().any(|&(a, b)| x >= a && x <= b) || self.atoms.contains(&x)
    }

    /// The union of `intervals` as disjoint intervals; those that touch are joined.
    pub(super) fn union(mut intervals: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        crate::order::by_first(&mut intervals);
        let mut joined: Vec<(f64, f64)> = Vec::new();
        for (a, b) in intervals {
            match joined.last_mut() {
                Some(last) if a <= last.1 => last.1 = last.1.max(b),
                _ => joined.push((a, b)),
            }
        }
        joined
    }
}
