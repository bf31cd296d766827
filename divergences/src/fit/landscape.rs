//! A divergence's values over a grid of Gaussians.

use super::expansion::Detail;
use super::objective::Objective;
use super::target::Target;
use crate::distribution::Gaussian;

/// Values over a grid of means and standard deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The means, equally spaced.
    pub means: Vec<f64>,
    /// The standard deviations, equally spaced in their logarithm.
    pub sds: Vec<f64>,
    /// The value at `means[i]` and `sds[j]` is `values[j * means.len() + i]`, to 1e-12; +∞ where it is infinite, NaN
    /// where no Gaussian has these parameters.
    pub values: Vec<f64>,
}

/// The objective from `target` to each Gaussian of a grid from the first to the second of `means` and `sds`.
#[must_use]
pub fn landscape(
    target: &Target,
    objective: impl Into<Objective>,
    means: (f64, f64),
    sds: (f64, f64),
    columns: usize,
    rows: usize,
) -> Landscape {
    let objective = objective.into();
    let spaced = |(from, to): (f64, f64), count: usize| -> Vec<f64> {
        (0..count).map(|i| from + (to - from) * (i as f64 / count.saturating_sub(1).max(1) as f64)).collect()
    };
    let means = spaced(means, columns);
    let sds: Vec<f64> = spaced((sds.0.ln(), sds.1.ln()), rows).into_iter().map(f64::exp).collect();
    let value = |mean: f64, sd: f64| {
        Gaussian::new(mean, sd).map_or(f64::NAN, |q| target.expand(objective, q, Detail::Descent).value)
    };
    let values = sds.iter().flat_map(|&sd| means.iter().map(move |&mean| value(mean, sd))).collect();
    Landscape { means, sds, values }
}
