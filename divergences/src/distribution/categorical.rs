//! Distributions on finitely many categories, between which there is no distance.

use super::Error;
use super::error;
use super::rng::{self, Rng};

/// A distribution on the categories 0, 1, …, n − 1.
///
/// Categories have no positions: f-divergences are defined between them ([`Divergence::between_categorical`]), distances
/// of transport are not. Outcomes that stand somewhere on the line are [`PointMasses`](super::PointMasses).
///
/// [`Divergence::between_categorical`]: crate::divergence::Divergence::between_categorical
///
/// ```
/// use divergences::distribution::Categorical;
/// use divergences::divergence::Divergence;
///
/// let p = Categorical::new(vec![0.5, 0.5, 0.0])?;
/// let q = Categorical::from_weights(vec![1.0, 1.0, 2.0])?;
/// let kl = Divergence::ForwardKl.between_categorical(&p, &q)?;
/// assert!((kl - 2_f64.ln()).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Categorical {
    probabilities: Vec<f64>,
}

impl Categorical {
    /// The distribution with these probabilities, kept as they are.
    ///
    /// ```
    /// # use divergences::distribution::Categorical;
    /// assert_eq!(Categorical::new(vec![0.25, 0.75])?.probabilities(), [0.25, 0.75]);
    /// assert!(Categorical::new(vec![0.5, 0.6]).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, one is negative or not finite, or they do not add up to 1 within 1e-12.
    pub fn new(probabilities: Vec<f64>) -> Result<Self, Error> {
        let sum = error::total("probabilities", "probability", &mut probabilities.iter().copied())?;
        error::normalised(sum)?;
        Ok(Self { probabilities })
    }

    /// The distribution with probabilities proportional to `weights`.
    ///
    /// ```
    /// # use divergences::distribution::Categorical;
    /// assert_eq!(Categorical::from_weights(vec![1.0, 3.0])?.probabilities(), [0.25, 0.75]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, one is negative or not finite, or all are 0.
    pub fn from_weights(mut weights: Vec<f64>) -> Result<Self, Error> {
        let total = error::total("weights", "weight", &mut weights.iter().copied())?;
        for weight in &mut weights {
            *weight /= total;
        }
        Ok(Self { probabilities: weights })
    }

    /// The probabilities, one for each category.
    ///
    /// ```
    /// # use divergences::distribution::Categorical;
    /// assert_eq!(Categorical::new(vec![0.25, 0.75])?.probabilities().len(), 2);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The first category up to which a share `u` of the mass lies, among those of positive probability; the last of these
    /// for `u` above 1 or NaN.
    ///
    /// Takes time in proportion to the number of categories.
    ///
    /// ```
    /// # use divergences::distribution::Categorical;
    /// let p = Categorical::new(vec![0.25, 0.0, 0.75])?;
    /// assert_eq!((p.quantile(0.25), p.quantile(0.26)), (0, 2));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> usize {
        let (mut sum, mut last) = (0.0, 0);
        for (category, &probability) in self.probabilities.iter().enumerate() {
            if probability > 0.0 {
                (sum, last) = (sum + probability, category);
                if sum >= u {
                    break;
                }
            }
        }
        last
    }

    /// A category drawn at random: the quantile of a uniform number, the same natively and in WebAssembly.
    ///
    /// ```
    /// # use divergences::distribution::{Categorical, seeded};
    /// let p = Categorical::new(vec![0.0, 1.0])?;
    /// assert_eq!(p.sample(&mut seeded(1)), 1);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn sample(&self, rng: &mut Rng) -> usize {
        self.quantile(rng::unit(rng))
    }
}
