//! Finite mixtures.

use super::{Distribution, Error};

/// A finite mixture: component i is drawn with probability `weights[i]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    components: Vec<(f64, Distribution)>,
}

impl Mixture {
    /// The mixture of `components`, each with its weight; the weights may add up to any positive total.
    ///
    /// # Errors
    ///
    /// If there is no component, a weight is negative or not finite, or all are 0.
    pub fn from_weights(components: Vec<(f64, Distribution)>) -> Result<Self, Error> {
        if components.is_empty() {
            return Err(Error::Empty { parameter: "components" });
        }
        for &(weight, _) in &components {
            super::error::finite("weight", weight)?;
            if weight < 0.0 {
                return Err(Error::Negative { parameter: "weight", value: weight });
            }
        }
        let total: f64 = components.iter().map(|(weight, _)| weight).sum();
        super::error::positive("sum of the weights", total)?;
        Ok(Self { components: components.into_iter().map(|(w, c)| (w / total, c)).collect() })
    }

    /// The components, each with its weight; the weights add up to 1.
    #[must_use]
    pub fn components(&self) -> &[(f64, Distribution)] {
        &self.components
    }

    /// Natural logarithm of the density at `x`.
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        let logs = self.components.iter().map(|(weight, c)| weight.ln() + c.log_density(x));
        let largest = logs.clone().fold(f64::NEG_INFINITY, f64::max);
        if largest == f64::NEG_INFINITY {
            return largest;
        }
        largest + logs.map(|l| (l - largest).exp()).sum::<f64>().ln()
    }
}
