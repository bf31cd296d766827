//! A divergence's values over a grid of Gaussians.

use super::expansion::Detail;
use super::objective::Objective;
use super::target::Target;
use crate::distribution::Gaussian;

/// An objective's values over a grid of means and standard deviations.
///
/// ```
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Landscape, Target, landscape};
///
/// let target = Target::new(&[(1.0, 0.0, 1.0)])?;
/// let Landscape { means, sds, values } = landscape(&target, Divergence::ForwardKl, (-1.0, 1.0), (0.5, 2.0), 3, 3);
/// assert_eq!(means, [-1.0, 0.0, 1.0]);
/// assert!((sds[1] - 1.0).abs() < 1e-15); // the geometric mean
/// assert_eq!(values[1 * means.len() + 2], 0.5); // at mean 1, sd 1
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
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
///
/// Means are equally spaced, standard deviations in their logarithm.
///
/// - **Accuracy**: 1e-12 absolutely.
/// - **Cost**: that of one [`Target::evaluate`] a point: 3 ms for 32 × 32 points of reverse KL to three components.
///
/// ```
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Target, landscape};
///
/// let target = Target::new(&[(0.5, -2.0, 0.7), (0.5, 2.0, 0.7)])?;
/// let map = landscape(&target, Divergence::ReverseKl, (-4.0, 4.0), (0.3, 3.0), 9, 5);
/// assert_eq!(map.values.len(), 45);
/// assert!(map.values.iter().all(|value| *value >= 0.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
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
