//! Exact divergences between a uniform q and a p of one or two blocks. Optimal transport takes the mass of q
//! at μ + s t to c + h t ± g/2, where t is uniform on −1..1, so that all integrands are straight lines.

use crate::figure::valid;
use std::f64::consts::LN_2;

use divergences::distribution::{Distribution, Mixture, Uniform};
use divergences::fit::Slope;

/// A uniform distribution whose halves are moved apart. Its density is 1/2h on two blocks of length h each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Blocks {
    /// The centre c.
    pub(super) centre: f64,
    /// Half the length of the support, h.
    pub(super) half: f64,
    /// The gap between the halves, g.
    pub(super) gap: f64,
}

/// A divergence at q = U(μ − s, μ + s), with its derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Local {
    pub(super) value: f64,
    /// The derivative by μ.
    pub(super) by_mean: Slope,
    /// The derivative by s. At a kink it is the mean of the two one-sided ones.
    pub(super) by_scale: f64,
}

impl Blocks {
    /// The intervals of the two blocks.
    pub(super) fn intervals(&self) -> [(f64, f64); 2] {
        let Self { centre, half, gap } = *self;
        let (left, right) = (centre - 0.5 * gap, centre + 0.5 * gap);
        [(left - half, left), (right, right + half)]
    }

    /// The density on the blocks.
    pub(super) fn level(&self) -> f64 {
        0.5 / self.half
    }

    pub(super) fn distribution(&self) -> Distribution {
        let block = |(lower, upper)| valid(Uniform::new(lower, upper)).into();
        let [left, right] = self.intervals();
        if self.gap == 0.0 {
            return block((left.0, right.1));
        }
        valid(Mixture::new(vec![(0.5, block(left)), (0.5, block(right))])).into()
    }

    /// The limits of the density from the left and from the right at `x`.
    fn density_beside(&self, x: f64) -> [f64; 2] {
        let inside = |test: &dyn Fn(f64, f64) -> bool| {
            if self.intervals().iter().any(|&(lower, upper)| test(lower, upper)) { self.level() } else { 0.0 }
        };
        [inside(&|lower, upper| lower < x && x <= upper), inside(&|lower, upper| lower <= x && x < upper)]
    }

    /// The length of the overlap of p and q.
    fn overlap(&self, mean: f64, scale: f64) -> f64 {
        self.intervals()
            .iter()
            .map(|&(lower, upper)| ((mean + scale).min(upper) - (mean - scale).max(lower)).max(0.0))
            .sum()
    }

    /// JS = log 2 + ∫ J over the overlap, where J is [`shared`]. Without overlap it is exactly log 2, with
    /// slopes of exactly 0.
    pub(super) fn jensen_shannon(&self, mean: f64, scale: f64) -> Local {
        let b = 0.5 / scale;
        let shared = |a: f64| shared(a, b);
        let [low, high] = [mean - scale, mean + scale].map(|x| self.density_beside(x).map(shared));
        let overlap = self.overlap(mean, scale);
        let a = self.level();
        let by_height = if overlap > 0.0 { 0.5 * (b / (a + b)).ln() } else { 0.0 };
        Local {
            value: (LN_2 + overlap * shared(a)).max(0.0),
            by_mean: slope(high[0] - low[0], high[1] - low[1]),
            by_scale: 0.5 * (low[0] + low[1] + high[0] + high[1]) - overlap * b / scale * by_height,
        }
    }

    /// The corners of JS as a function of μ. Between them it is a straight line.
    pub(super) fn jensen_shannon_corners(&self, scale: f64) -> Vec<f64> {
        let edges = self.intervals().into_iter().flat_map(|(lower, upper)| [lower, upper]);
        let mut corners: Vec<f64> = edges.flat_map(|edge| [edge - scale, edge + scale]).collect();
        divergences::order::ascending(&mut corners);
        corners
    }

    /// The forces of JS, as positions and forces on all of q. They act at the edges of p inside q, into p,
    /// and at the edges of q inside p, outwards. Elsewhere the functional gradient ½ log(2q/(p + q)) is
    /// constant.
    pub(super) fn jensen_shannon_pushes(&self, mean: f64, scale: f64) -> Vec<(f64, f64)> {
        let (a, b) = (self.level(), 0.5 / scale);
        let (low, high) = (mean - scale, mean + scale);
        let (into, out) = (0.5 * b * (a / b).ln_1p(), 0.5 * a * (b / a).ln_1p());
        let mut pushes = Vec::new();
        for (x, side) in self.intervals().into_iter().flat_map(|(lower, upper)| [(lower, 1.0), (upper, -1.0)])
        {
            // Blocks that touch have no edge between them.
            if x > low && x < high && !(self.gap == 0.0 && x == self.centre) {
                pushes.push((x, side * into));
            }
        }
        for (x, side, density) in
            [(low, -1.0, self.density_beside(low)), (high, 1.0, self.density_beside(high))]
        {
            if density[0] > 0.0 && density[1] > 0.0 {
                pushes.push((x, side * out));
            }
        }
        pushes
    }

    /// W₁ = ½ ∫ |d(t)| dt with the displacement d(t) = μ − c + (s − h) t ∓ g/2.
    pub(super) fn wasserstein_1(&self, mean: f64, scale: f64) -> Local {
        let (offset, widening, half_gap) = (mean - self.centre, scale - self.half, 0.5 * self.gap);
        let left = Line::new(offset + half_gap, -widening);
        let right = Line::new(offset - half_gap, widening);
        let (sign, zero) = (0.5 * (left.sign + right.sign), 0.5 * (left.zero + right.zero));
        Local {
            value: 0.5 * (left.size + right.size),
            by_mean: slope(sign - zero, sign + zero),
            by_scale: 0.5 * (right.weighted_sign - left.weighted_sign),
        }
    }

    /// W₂² = ½ ∫ d(t)² dt = (μ − c)² + (s − h − 3g/4)²/3 + g²/16.
    pub(super) fn wasserstein_2_squared(&self, mean: f64, scale: f64) -> Local {
        let (offset, excess) = (mean - self.centre, scale - self.half - 0.75 * self.gap);
        Local {
            value: offset * offset + excess * excess / 3.0 + self.gap * self.gap / 16.0,
            by_mean: Slope::Finite(2.0 * offset),
            by_scale: 2.0 * excess / 3.0,
        }
    }
}

/// J(a, b) = ½ a log(a/(a + b)) + ½ b log(b/(a + b)), by which JS differs from log 2 where the densities a
/// and b overlap.
fn shared(a: f64, b: f64) -> f64 {
    if a > 0.0 && b > 0.0 { -0.5 * (a * (b / a).ln_1p() + b * (a / b).ln_1p()) } else { 0.0 }
}

fn slope(left: f64, right: f64) -> Slope {
    if left == right { Slope::Finite(left) } else { Slope::Kink { left, right } }
}

/// Integrals over 0 < t < 1 of the line c + k t: of its absolute value, of its sign, and of t times its sign.
/// `zero` is the length on which the line is 0.
struct Line {
    size: f64,
    sign: f64,
    weighted_sign: f64,
    zero: f64,
}

impl Line {
    fn new(c: f64, k: f64) -> Self {
        let end = c + k;
        if c * end < 0.0 {
            let root = c / (c - end);
            let (before, after) = (c.signum(), end.signum());
            return Self {
                size: 0.5 * (c.abs() * root + end.abs() * (1.0 - root)),
                sign: before * root + after * (1.0 - root),
                weighted_sign: 0.5 * (before * root * root + after * (1.0 - root * root)),
                zero: 0.0,
            };
        }
        let middle = c + end;
        let sign = if middle == 0.0 { 0.0 } else { middle.signum() };
        let zero = if middle == 0.0 { 1.0 } else { 0.0 };
        Self { size: 0.5 * middle.abs(), sign, weighted_sign: 0.5 * sign, zero }
    }
}
