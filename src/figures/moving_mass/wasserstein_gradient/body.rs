//! The state of a descent: the model q, and the divergence that is its loss.

use super::Family;
use crate::figure::valid;
use crate::figures::measure::Measure;
use divergences::distribution::{Distribution, Gaussian, PointMasses, Uniform};

/// The least scale of q. A step that would go below it stops there.
pub(super) const NARROWEST: f64 = 0.1;

/// The divergence on which q descends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    JensenShannon,
    Wasserstein1,
    Wasserstein2Squared,
}

impl Loss {
    pub(super) const ALL: [Self; 3] = [Self::JensenShannon, Self::Wasserstein1, Self::Wasserstein2Squared];

    /// The name that veils q and everything that q does.
    pub(super) fn curve(self) -> &'static str {
        match self {
            Self::JensenShannon => "js-q",
            Self::Wasserstein1 => "w1-q",
            Self::Wasserstein2Squared => "w2-squared-q",
        }
    }

    /// The divergence with its colour, stroke and keys.
    pub(super) fn measure(self) -> Measure {
        match self {
            Self::JensenShannon => Measure::JensenShannon,
            Self::Wasserstein1 => Measure::Wasserstein1,
            Self::Wasserstein2Squared => Measure::Wasserstein2Squared,
        }
    }
}

/// The model q.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// The uniform distribution on mean ± scale.
    Block { mean: f64, scale: f64 },
    /// The Gaussian N(mean, scale²).
    Bell { mean: f64, scale: f64 },
    /// Equal point masses, in their initial order.
    Points(Vec<f64>),
}

impl Body {
    pub(super) fn start(family: Family, mean: f64, scale: f64, count: usize) -> Self {
        match family {
            Family::Uniform => Self::Block { mean, scale },
            Family::Gaussian => Self::Bell { mean, scale },
            Family::Particles => {
                let middle = |i| (2.0 * f64::from(i) + 1.0) / count as f64 - 1.0;
                Self::Points((0..count as u32).map(|i| mean + scale * middle(i)).collect())
            }
        }
    }

    pub(super) fn mean(&self) -> f64 {
        match self {
            Self::Block { mean, .. } | Self::Bell { mean, .. } => *mean,
            Self::Points(points) => points.iter().sum::<f64>() / points.len() as f64,
        }
    }

    /// Half the width of a block, or the standard deviation of a bell. Points have the scale of the block
    /// that they represent.
    pub(super) fn scale(&self) -> f64 {
        match self {
            Self::Block { scale, .. } | Self::Bell { scale, .. } => *scale,
            Self::Points(points) => {
                let (low, high) = extent(points);
                let count = points.len() as f64;
                if points.len() > 1 { 0.5 * (high - low) * count / (count - 1.0) } else { 0.5 }
            }
        }
    }

    /// The shape, which does not change as q is translated. Points are returned unchanged.
    pub(super) fn shape(&self) -> Self {
        if let Self::Points(_) = self { self.clone() } else { self.moved_to(0.0) }
    }

    /// This shape with the mean `to`.
    pub(super) fn moved_to(&self, to: f64) -> Self {
        match self {
            Self::Block { scale, .. } => Self::Block { mean: to, scale: *scale },
            Self::Bell { scale, .. } => Self::Bell { mean: to, scale: *scale },
            Self::Points(points) => {
                let by = to - self.mean();
                Self::Points(points.iter().map(|x| x + by).collect())
            }
        }
    }

    pub(super) fn distribution(&self) -> Distribution {
        match self {
            Self::Block { mean, scale } => valid(Uniform::new(mean - scale, mean + scale)).into(),
            Self::Bell { mean, scale } => valid(Gaussian::new(*mean, *scale)).into(),
            Self::Points(points) => valid(PointMasses::from_samples(points)).into(),
        }
    }

    /// The state after a step with learning rate `rate` against the gradient `by`.
    pub(super) fn step(&self, by: &[f64], rate: f64) -> Self {
        let next = |mean: f64, scale: f64| (mean - rate * by[0], (scale - rate * by[1]).max(NARROWEST));
        match self {
            Self::Block { mean, scale } => {
                let (mean, scale) = next(*mean, *scale);
                Self::Block { mean, scale }
            }
            Self::Bell { mean, scale } => {
                let (mean, scale) = next(*mean, *scale);
                Self::Bell { mean, scale }
            }
            Self::Points(points) => {
                Self::Points(points.iter().zip(by).map(|(x, by)| x - rate * by).collect())
            }
        }
    }
}

/// The least and the greatest of `points`.
pub(super) fn extent(points: &[f64]) -> (f64, f64) {
    points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)))
}
