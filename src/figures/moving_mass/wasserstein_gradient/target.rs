//! The target p: the value and the gradient of each divergence from it, and the descents.

use super::Family;
use super::blocks::Blocks;
use super::body::{Body, Loss};
use crate::figure::valid;
use divergences::distribution::{Distribution, Gaussian, Mixture};
use divergences::divergence::Divergence;
use divergences::fit::{self, Cells, Objective, Slope};

/// The target p, with precomputed quantities for the divergences from it.
pub(super) struct DescentTarget {
    pub(super) family: Family,
    pub(super) blocks: Blocks,
    pub(super) p: Distribution,
    bells: Option<fit::Target>,
    cells: Option<Cells>,
}

/// The gradient of a divergence at a state of q.
pub(super) struct BodyGradient {
    /// The derivative as all of q is translated.
    pub(super) slope: Slope,
    /// The gradient by the mean and the scale, or by each point per unit of its mass.
    pub(super) by: Vec<f64>,
}

/// A piece of the mass of q.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// The position.
    pub(super) at: f64,
    /// The position to which optimal transport takes it.
    pub(super) to: f64,
    /// The force on a unit of mass: minus the derivative of the functional gradient.
    pub(super) force: f64,
}

/// The number of pieces into which a block or a bell is divided.
const PIECES: u32 = 6;

impl DescentTarget {
    pub(super) fn new(family: Family, blocks: Blocks, count: usize) -> Self {
        let Blocks { centre, half, gap } = blocks;
        let means = [centre - 0.5 * gap, centre + 0.5 * gap];
        let (p, bells) = if family == Family::Gaussian {
            let bell = |mean| valid(Gaussian::new(mean, half)).into();
            let p = if gap == 0.0 {
                bell(centre)
            } else {
                valid(Mixture::new(means.map(|mean| (0.5, bell(mean))).to_vec())).into()
            };
            let bells = valid(fit::Target::new(&means.map(|mean| (0.5, mean, half))));
            (p, Some(bells))
        } else {
            (blocks.distribution(), None)
        };
        let cells = (family == Family::Particles).then(|| valid(Cells::new(&p, count)));
        Self { family, blocks, p, bells, cells }
    }

    /// The greatest density.
    pub(super) fn peak(&self) -> f64 {
        if self.family == Family::Gaussian {
            self.p.density(self.blocks.centre - 0.5 * self.blocks.gap).max(self.p.density(self.blocks.centre))
        } else {
            self.blocks.level()
        }
    }

    /// Whether p and `q` have no overlap.
    pub(super) fn is_apart_from(&self, q: &Body) -> bool {
        match q {
            Body::Block { mean, scale } => {
                self.blocks.jensen_shannon(*mean, *scale).value == std::f64::consts::LN_2
            }
            Body::Bell { .. } => false,
            Body::Points(_) => true,
        }
    }

    /// Whether W₁ has a kink at some translate of `q`. It has one if a part of the mass of the translate
    /// coincides with that of p.
    pub(super) fn has_kink(&self, q: &Body) -> bool {
        match q {
            Body::Block { scale, .. } => *scale == self.blocks.half,
            Body::Bell { scale, .. } => *scale == self.blocks.half && self.blocks.gap == 0.0,
            Body::Points(_) => false,
        }
    }

    /// The value of the divergence, with natural logarithms.
    pub(super) fn value(&self, loss: Loss, q: &Body) -> f64 {
        match (loss, q) {
            // The closed form loses digits where the overlap is nearly complete. The library does not.
            (Loss::JensenShannon, Body::Block { .. }) => {
                Divergence::JensenShannon.between(&self.p, &q.distribution())
            }
            _ => self.rough_value(loss, q),
        }
    }

    /// The value as accurate as a drawing needs it. JS between blocks has an absolute error of 1e-15.
    pub(super) fn rough_value(&self, loss: Loss, q: &Body) -> f64 {
        match q {
            Body::Block { mean, scale } => self.block(loss, *mean, *scale).value,
            Body::Bell { mean, scale } => {
                self.bell(loss, *mean, *scale).map_or(f64::NAN, |local| local.value)
            }
            Body::Points(points) => match (loss, &self.cells) {
                (Loss::Wasserstein1, Some(cells)) => cells.wasserstein_1(points),
                (Loss::Wasserstein2Squared, Some(cells)) => cells.wasserstein_2_squared(points),
                _ => std::f64::consts::LN_2,
            },
        }
    }

    fn block(&self, loss: Loss, mean: f64, scale: f64) -> super::blocks::Local {
        match loss {
            Loss::JensenShannon => self.blocks.jensen_shannon(mean, scale),
            Loss::Wasserstein1 => self.blocks.wasserstein_1(mean, scale),
            Loss::Wasserstein2Squared => self.blocks.wasserstein_2_squared(mean, scale),
        }
    }

    fn bell(&self, loss: Loss, mean: f64, scale: f64) -> Option<fit::Evaluation> {
        let objective = match loss {
            Loss::JensenShannon => Divergence::JensenShannon.into(),
            Loss::Wasserstein1 => Divergence::Wasserstein(1.0).into(),
            Loss::Wasserstein2Squared => Objective::TransportCost(2.0),
        };
        let q = Gaussian::new(mean, scale).ok()?;
        self.bells.as_ref().map(|target| target.evaluate(objective, q))
    }

    pub(super) fn gradient(&self, loss: Loss, q: &Body) -> BodyGradient {
        match q {
            Body::Block { mean, scale } => {
                let local = self.block(loss, *mean, *scale);
                BodyGradient { slope: local.by_mean, by: vec![middle(local.by_mean), local.by_scale] }
            }
            Body::Bell { mean, scale } => {
                let [by_mean, by_log_scale] = self
                    .bell(loss, *mean, *scale)
                    .map_or([Slope::Undefined; 2], |evaluation| evaluation.gradient);
                BodyGradient { slope: by_mean, by: vec![middle(by_mean), middle(by_log_scale) / scale] }
            }
            Body::Points(points) => {
                let gradient = match (loss, &self.cells) {
                    (Loss::Wasserstein1, Some(cells)) => cells.wasserstein_1_gradient(points),
                    (Loss::Wasserstein2Squared, Some(cells)) => cells.wasserstein_2_squared_gradient(points),
                    // Point masses never overlap with a density.
                    _ => vec![0.0; points.len()],
                };
                let slope = Slope::Finite(gradient.iter().sum());
                let count = points.len() as f64;
                BodyGradient { slope, by: gradient.into_iter().map(|by| count * by).collect() }
            }
        }
    }

    /// Appends states to `way` until it has `steps` beyond the first.
    pub(super) fn descend(&self, loss: Loss, rate: f64, steps: usize, way: &mut Vec<Body>) {
        while let Some(q) = way.last().filter(|_| way.len() <= steps) {
            let next = q.step(&self.gradient(loss, q).by, rate);
            way.push(next);
        }
    }

    /// The points of the loss over the mean of q, whose shape is kept, between `from` and `to`. Corners are
    /// among them.
    pub(super) fn landscape(&self, loss: Loss, q: &Body, from: f64, to: f64) -> Vec<(f64, f64)> {
        // JS between bells needs more samples than W₁ and W₂², which are nearly straight.
        let samples = if loss == Loss::JensenShannon { 96 } else { 48 };
        let mut means = vec![from, to];
        match (loss, q) {
            (Loss::JensenShannon, Body::Points(_)) => {}
            (Loss::JensenShannon, Body::Block { scale, .. }) => {
                means.extend(self.blocks.jensen_shannon_corners(*scale));
            }
            _ => {
                means.extend((1..samples).map(|i| from + (to - from) * f64::from(i) / f64::from(samples)));
                // The kinks of W₁, if any, are at these positions.
                let half_gap = 0.5 * self.blocks.gap;
                means.extend([-half_gap, 0.0, half_gap].map(|by| self.blocks.centre + by));
            }
        }
        means.retain(|mean| (from..=to).contains(mean));
        divergences::order::ascending(&mut means);
        means.into_iter().map(|mean| (mean, self.rough_value(loss, &q.moved_to(mean)))).collect()
    }

    /// The pieces of the mass of q, from left to right.
    pub(super) fn pieces(&self, loss: Loss, q: &Body) -> Vec<Piece> {
        if let (Body::Points(points), Some(cells)) = (q, &self.cells) {
            let mut pieces: Vec<_> =
                points.iter().zip(self.gradient(loss, q).by).map(|(at, by)| (*at, -by)).collect();
            divergences::order::by_first(&mut pieces);
            return pieces
                .into_iter()
                .zip(cells.means())
                .map(|((at, force), to)| Piece { at, to, force })
                .collect();
        }
        let distribution = q.distribution();
        let piece = |i| {
            let u = (f64::from(i) + 0.5) / f64::from(PIECES);
            let (at, to) = (distribution.quantile(u), self.p.quantile(u));
            let force = match loss {
                Loss::JensenShannon => self.jensen_shannon_force(q, at),
                Loss::Wasserstein1 if at == to => 0.0,
                Loss::Wasserstein1 => (to - at).signum(),
                Loss::Wasserstein2Squared => 2.0 * (to - at),
            };
            Piece { at, to, force }
        };
        (0..PIECES).map(piece).collect()
    }

    /// The force of JS, −d/dx ½ log(2q/(p + q)). Between blocks it is 0 wherever it is defined.
    pub(super) fn jensen_shannon_force(&self, q: &Body, x: f64) -> f64 {
        let Body::Bell { mean, scale } = *q else { return 0.0 };
        let Blocks { centre, half, gap } = self.blocks;
        let log_bell = |mean: f64, sd: f64| -0.5 * ((x - mean) / sd).powi(2) - sd.ln();
        let pull = |mean: f64, sd: f64| (mean - x) / (sd * sd);
        let [left, right] = [centre - 0.5 * gap, centre + 0.5 * gap];
        let share = 1.0 / (1.0 + (log_bell(right, half) - log_bell(left, half)).exp());
        let log_p_slope = share * pull(left, half) + (1.0 - share) * pull(right, half);
        let log_ratio = valid(Gaussian::new(mean, scale)).log_density(x) - self.p.log_density(x);
        -0.5 / (1.0 + log_ratio.exp()) * (pull(mean, scale) - log_p_slope)
    }

    /// The forces of JS at single positions: pairs of position and force on all of q.
    pub(super) fn pushes(&self, q: &Body) -> Vec<(f64, f64)> {
        match q {
            Body::Block { mean, scale } => self.blocks.jensen_shannon_pushes(*mean, *scale),
            _ => Vec::new(),
        }
    }
}

/// The number by which a step goes: the derivative, or at a kink the mean of the two one-sided ones.
fn middle(slope: Slope) -> f64 {
    match slope {
        Slope::Finite(slope) | Slope::Infinite(slope) => slope,
        Slope::Kink { left, right } => 0.5 * (left + right),
        Slope::Undefined => 0.0,
    }
}
