//! Distributions on finitely many categories, between which there is no distance.

use super::Error;
use super::error;
use super::rng::{self, Rng};

/// A distribution on the categories 0, 1, …, n − 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Categorical {
    probabilities: Vec<f64>,
}

impl Categorical {
    /// The distribution with these probabilities, kept as they are.
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
    #[must_use]
    pub fn probabilities(&self) -> &[f64] {
        &self.probabilities
    }

    /// The first category up to which a share `u` of the mass lies, among those of positive probability; the last of these
    /// for `u` above 1 or NaN.
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

    /// A category drawn at random.
    #[must_use]
    pub fn sample(&self, rng: &mut Rng) -> usize {
        self.quantile(rng::unit(rng))
    }
}
