//! Weighted point masses on the line, and samples.

use super::Error;
use super::error;

/// Finitely many points of the line, each with a probability.
///
/// Points are sorted, those at equal positions joined, and those of weight 0 left out.
///
/// ```
/// use divergences::distribution::PointMasses;
///
/// let samples = PointMasses::from_samples(&[2.0, 0.0, 2.0, 4.0])?;
/// assert_eq!(samples.atoms(), [(0.0, 0.25), (2.0, 0.5), (4.0, 0.25)]);
/// assert_eq!(samples.quantile(0.75), 2.0);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PointMasses {
    atoms: Vec<(f64, f64)>,
    /// The mass up to each atom, and from each one on.
    below: Vec<f64>,
    above: Vec<f64>,
}

impl PointMasses {
    /// Point masses at (position, probability) pairs.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let coin = PointMasses::new(vec![(1.0, 0.5), (-1.0, 0.5)])?;
    /// assert_eq!(coin.atoms(), [(-1.0, 0.5), (1.0, 0.5)]);
    /// assert!(PointMasses::new(vec![(1.0, 0.5)]).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, a position is not finite, a probability is negative or not finite, or the probabilities do not
    /// add up to 1 within 1e-12.
    pub fn new(points: Vec<(f64, f64)>) -> Result<Self, Error> {
        error::normalised(Self::check(&points)?)?;
        Ok(Self::of(joined(points)))
    }

    /// Point masses at (position, weight) pairs; the weights may add up to any positive total.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let p = PointMasses::from_weights(vec![(0.0, 1.0), (1.0, 3.0)])?;
    /// assert_eq!(p.atoms(), [(0.0, 0.25), (1.0, 0.75)]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, a position is not finite, a weight is negative or not finite, or all are 0.
    pub fn from_weights(mut points: Vec<(f64, f64)>) -> Result<Self, Error> {
        let total = Self::check(&points)?;
        for point in &mut points {
            point.1 /= total;
        }
        Ok(Self::of(joined(points)))
    }

    /// The empirical distribution of `samples`: each carries the same probability.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// assert_eq!(PointMasses::from_samples(&[5.0, 1.0])?.atoms(), [(1.0, 0.5), (5.0, 0.5)]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, or one is not finite.
    pub fn from_samples(samples: &[f64]) -> Result<Self, Error> {
        Self::from_weights(samples.iter().map(|&x| (x, 1.0)).collect())
    }

    fn of(atoms: Vec<(f64, f64)>) -> Self {
        let (mut below, mut above) = (Vec::with_capacity(atoms.len()), vec![0.0; atoms.len()]);
        let mut sum = 0.0;
        for atom in &atoms {
            sum += atom.1;
            below.push(sum);
        }
        sum = 0.0;
        for (i, atom) in atoms.iter().enumerate().rev() {
            sum += atom.1;
            above[i] = sum;
        }
        Self { atoms, below, above }
    }

    fn check(points: &[(f64, f64)]) -> Result<f64, Error> {
        for &(position, _) in points {
            error::finite("position", position)?;
        }
        error::total("points", "weight", &mut points.iter().map(|point| point.1))
    }

    /// The (position, probability) pairs, by position.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// assert_eq!(PointMasses::from_samples(&[2.0])?.atoms(), [(2.0, 1.0)]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn atoms(&self) -> &[(f64, f64)] {
        &self.atoms
    }

    /// P(X ≤ x): the sum of the probabilities up to `x`, in time in proportion to their number.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let p = PointMasses::from_samples(&[0.0, 1.0])?;
    /// assert_eq!((p.cdf(-0.1), p.cdf(0.0), p.cdf(1.0)), (0.0, 0.5, 1.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match self.atoms.partition_point(|atom| atom.0 <= x) {
            0 => 0.0,
            // All of the mass is 1, whatever the rounding of the sum.
            count if count == self.atoms.len() => 1.0,
            count => self.below[count - 1].min(1.0),
        }
    }

    /// P(X > x): the sum of the probabilities beyond `x`, in time in proportion to their number.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let p = PointMasses::from_samples(&[0.0, 1.0])?;
    /// assert_eq!((p.survival(-0.1), p.survival(0.0), p.survival(1.0)), (1.0, 0.5, 0.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        match self.atoms.len() - self.atoms.partition_point(|atom| atom.0 <= x || x.is_nan()) {
            0 => 0.0,
            count if count == self.atoms.len() => 1.0,
            count => self.above[self.atoms.len() - count].min(1.0),
        }
    }

    /// The first point up to which a share `u` of the mass lies; the outermost points at 0 and 1, NaN outside [0, 1].
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let p = PointMasses::from_samples(&[0.0, 1.0])?;
    /// assert_eq!((p.quantile(0.5), p.quantile(0.51)), (0.0, 1.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        if !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        let place = self.below.partition_point(|&mass| mass < u);
        self.atoms.get(place).or(self.atoms.last()).map_or(f64::NAN, |atom| atom.0)
    }

    /// The first point beyond which a share of at most `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// let p = PointMasses::from_samples(&[0.0, 1.0])?;
    /// assert_eq!((p.upper_quantile(0.5), p.upper_quantile(0.49)), (0.0, 1.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        if !(0.0..=1.0).contains(&v) {
            return f64::NAN;
        }
        let place = self.above.get(1..).unwrap_or_default().partition_point(|&mass| mass > v);
        self.atoms.get(place).map_or(f64::NAN, |atom| atom.0)
    }

    /// The mean Σ wᵢ xᵢ, summed from the first point, so that a cluster far from 0 keeps its digits.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// assert_eq!(PointMasses::from_samples(&[1e15, 1e15 + 1.0])?.mean(), 1e15 + 0.5);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        // Relative to a point of the support, so that a cluster far from 0 keeps its digits.
        let origin = self.atoms.first().map_or(f64::NAN, |atom| atom.0);
        origin + self.atoms.iter().map(|(x, w)| w * (x - origin)).sum::<f64>()
    }

    /// The variance Σ wᵢ (xᵢ − m)², of the distribution itself: samples are divided by n, not by n − 1.
    ///
    /// ```
    /// # use divergences::distribution::PointMasses;
    /// assert_eq!(PointMasses::from_samples(&[0.0, 2.0])?.variance(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.atoms.iter().map(|(x, w)| w * (x - mean) * (x - mean)).sum()
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        for atom in &self.atoms {
            error::finite("position", atom.0 * factor + shift)?;
        }
        Ok(Self::of(joined(self.atoms.iter().map(|&(x, w)| (x * factor + shift, w)).collect())))
    }
}

/// The atoms by position, without those of weight 0, equal positions joined.
pub(super) fn joined(mut atoms: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    atoms.retain(|atom| atom.1 > 0.0);
    crate::order::by_first(&mut atoms);
    atoms.dedup_by(|next, kept| {
        let equal = next.0 == kept.0;
        if equal {
            kept.1 += next.1;
        }
        equal
    });
    atoms
}
