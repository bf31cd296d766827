//! The densities of target and model at a rule's nodes, a block at a time.

use wide::f64x2;

use super::parabola::Parabola;
use super::target::Target;
use crate::numeric::nodes::Rule;
use crate::numeric::simd::{Logarithm, exp, splat};
use crate::order::clamp;

/// Pairs of nodes in a block.
pub(super) const BLOCK_PAIRS: usize = 32;

/// Some nodes, their weights, and the densities there.
pub(super) struct DensityBlock {
    /// The number of pairs in use.
    pub(super) count: usize,
    pub(super) x: [f64x2; BLOCK_PAIRS],
    pub(super) w: [f64x2; BLOCK_PAIRS],
    /// p e^−shift.
    pub(super) p: [f64x2; BLOCK_PAIRS],
    /// q e^−shift.
    pub(super) q: [f64x2; BLOCK_PAIRS],
    /// log(p/q), where asked for.
    pub(super) log_ratio: [f64x2; BLOCK_PAIRS],
}

/// A walk over a rule's nodes.
///
/// On the trapezoidal rule a Gaussian's values follow each other by two products: N(x + d) = N(x) R(x) and
/// R(x + d) = R(x) c. Each block begins anew, at the node nearest to the mean: that keeps the error near
/// 1e-14, and what underflows does no harm.
pub(super) struct Densities<'a> {
    target: &'a Target,
    model: &'a Parabola,
    rule: &'a Rule,
    shift: f64,
    logs: bool,
    /// Whether nothing underflows that is divided by or that logarithms are taken of.
    shallow: bool,
    done: usize,
    block: DensityBlock,
}

impl<'a> Densities<'a> {
    pub(super) fn new(
        target: &'a Target,
        model: &'a Parabola,
        rule: &'a Rule,
        shift: f64,
        logs: bool,
        over_model: bool,
    ) -> Self {
        // The density p is at least that of its widest component, which is least at one of the ends, as q is.
        let ends = [rule.pair(0).0.to_array()[0], rule.pair(rule.pairs().max(1) - 1).0.to_array()[1]];
        let widest = target.parabolas.iter().fold(None, |widest: Option<&Parabola>, p| match widest {
            Some(other) if other.sd >= p.sd => Some(other),
            _ => Some(p),
        });
        let top = target.parabolas.iter().map(|p| p.top).fold(model.top, f64::max);
        let above = |p: &Parabola| ends.iter().all(|&x| p.at(x) - shift > -600.0);
        let shallow = top - shift < 600.0 && widest.is_some_and(above) && (!over_model || above(model));
        let zeros = [splat(0.0); BLOCK_PAIRS];
        let block = DensityBlock { count: 0, x: zeros, w: zeros, p: zeros, q: zeros, log_ratio: zeros };
        Self { target, model, rule, shift, logs, shallow, done: 0, block }
    }

    /// Whether products and ratios of p and q can be formed from their values.
    pub(super) fn direct(&self) -> bool {
        self.shallow
    }

    /// The next nodes, or `None` at the end.
    #[inline(always)]
    pub(super) fn next_block(&mut self) -> Option<&DensityBlock> {
        let count = (self.rule.pairs() - self.done).min(BLOCK_PAIRS);
        if count == 0 {
            return None;
        }
        let block = &mut self.block;
        block.count = count;
        for i in 0..count {
            (block.x[i], block.w[i]) = self.rule.pair(self.done + i);
        }
        self.done += count;
        let shift = splat(self.shift);
        if !self.shallow {
            let limit = splat(600.0);
            for i in 0..count {
                let (log_p, log_q) =
                    (self.target.log_density_pair(block.x[i]), self.model.at_pair(block.x[i]));
                block.p[i] = exp((log_p - shift).fast_min(limit));
                block.q[i] = exp((log_q - shift).fast_min(limit));
                block.log_ratio[i] = log_p - log_q;
            }
            return Some(block);
        }
        let nodes = &block.x[..count];
        block.p = [splat(0.0); BLOCK_PAIRS];
        block.q = [splat(0.0); BLOCK_PAIRS];
        if let Rule::Trapezoidal { step, .. } = self.rule {
            for parabola in &self.target.parabolas {
                add_stepwise(parabola, nodes, 2.0 * step, self.shift, &mut block.p);
            }
            add_stepwise(self.model, nodes, 2.0 * step, self.shift, &mut block.q);
        } else {
            for (i, &x) in nodes.iter().enumerate() {
                let logs = self.target.parabolas.iter().map(|parabola| parabola.at_pair(x) - shift);
                let least = logs.clone().fold(splat(-700.0), f64x2::fast_max) - splat(38.0);
                for log in logs {
                    // Far apart, one component alone matters at most nodes.
                    if log.simd_gt(least).any() {
                        block.p[i] += exp(log);
                    }
                }
                block.q[i] = exp(self.model.at_pair(x) - shift);
            }
        }
        if self.logs {
            let logarithm = Logarithm::load();
            for i in 0..count {
                block.log_ratio[i] = logarithm.of(block.p[i]) - (self.model.at_pair(block.x[i]) - shift);
            }
        }
        Some(block)
    }
}

/// Adds exp(parabola − shift) at `nodes`, each pair `stride` further on than the last, to `sums`.
#[inline(always)]
fn add_stepwise(
    parabola: &Parabola,
    nodes: &[f64x2],
    stride: f64,
    shift: f64,
    sums: &mut [f64x2; BLOCK_PAIRS],
) {
    let from = nodes[0].to_array()[0];
    let nearest = clamp((parabola.mean - from) / stride, 0.0, (nodes.len() - 1) as f64) as usize;
    let x = nodes[nearest];
    let start = exp(parabola.at_pair(x) - splat(shift));
    if !start.simd_gt(splat(0.0)).any() {
        return;
    }
    let t = parabola.scale * stride;
    let change = exp(splat(-2.0 * t * t));
    let forward = exp(((x - splat(parabola.mean)) * splat(2.0) + splat(stride)) * splat(-t * parabola.scale));
    // N(x − d) = N(x) c / R(x).
    let backward = change / forward;
    let mut density = start;
    let mut ratio = forward;
    for sum in &mut sums[nearest..nodes.len()] {
        *sum += density;
        density *= ratio;
        ratio *= change;
    }
    let mut density = start;
    let mut ratio = backward;
    for sum in sums[..nearest].iter_mut().rev() {
        density *= ratio;
        ratio *= change;
        *sum += density;
    }
}
