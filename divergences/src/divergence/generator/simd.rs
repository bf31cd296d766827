//! The terms of f-divergences at two points at once.

use super::Generator;
use crate::numeric::simd::{exp, exp_or_infinity, ln_1p, polynomial, second_order, splat};
use crate::pair::Likelihoods;
use core::f64::consts::LN_2;
use wide::f64x2;

/// Two densities at two points, as logarithms, with log p/q and what the generators share.
#[derive(Clone, Copy)]
pub(crate) struct SimdLikelihoods {
    log_p: f64x2,
    log_q: f64x2,
    /// log p/q.
    ratio: f64x2,
    /// |log p/q|.
    a: f64x2,
    /// e^−a.
    e: f64x2,
    /// 1 − e^−a.
    m: f64x2,
    /// a − 1 + e^−a.
    u: f64x2,
    /// The greater of the densities.
    large: f64x2,
    /// The square of the larger density, divided by the smaller.
    steep: f64x2,
}

impl SimdLikelihoods {
    /// From log p, log q and log p/q, the last relatively accurate; `powers` is whether terms of χ² will be asked for.
    #[inline(always)]
    pub(crate) fn new(log_p: f64x2, log_q: f64x2, ratio: f64x2, powers: bool) -> Self {
        let (zero, one) = (splat(0.0), splat(1.0));
        let log_large = log_p.fast_max(log_q);
        // The ratio is NaN where neither has a density.
        let ratio = log_large.simd_gt(splat(f64::MIN)).select(ratio, zero);
        let a = ratio.abs().fast_min(splat(1e300));
        let e = exp(-a);
        let (mut m, mut u) = (one - e, a - (one - e));
        let is_near = a.simd_lt(one);
        if is_near.any() {
            let small = a.fast_min(one);
            let near = small * small * second_order(-small);
            (m, u) = (is_near.select(small - near, m), is_near.select(near, u));
        }
        let large = exp_or_infinity(log_large);
        let steep = if powers { exp_or_infinity(log_large + a) } else { zero };
        Self { log_p, log_q, ratio, a, e, m, u, large, steep }
    }

    /// The terms q f(p/q) of a generator.
    #[inline(always)]
    pub(crate) fn terms(&self, generator: Generator) -> f64x2 {
        let (half, one) = (splat(0.5), splat(1.0));
        let Self { a, e, m, u, large, .. } = *self;
        let p_is_larger = self.ratio.simd_gt(splat(0.0));
        match generator {
            Generator::KullbackLeibler | Generator::ReverseKullbackLeibler => {
                // The value is large (a − m) where the integrated density is the larger, and large (m − a e)
                // elsewhere.
                let other = a.simd_lt(one).select(a * m - u, m - a * e);
                let forward = generator == Generator::KullbackLeibler;
                let (above, below) = if forward { (u, other) } else { (other, u) };
                large * p_is_larger.select(above, below)
            }
            Generator::Jeffreys => large * a * m,
            Generator::JensenShannon => {
                let delta = m / (one + e);
                let is_near = delta.simd_lt(splat(0.2));
                let mut value = (one + e) * entropy_of_halves(delta);
                if !is_near.all() {
                    let far = (one + e) * (splat(LN_2) - ln_1p(e)) - a * e;
                    value = is_near.select(value, far);
                }
                half * large * value
            }
            Generator::TotalVariation => half * large * m,
            Generator::HellingerSquared => {
                let root = m / (one + e.sqrt());
                half * large * root * root
            }
            Generator::ChiSquared | Generator::ReverseChiSquared => {
                // (p − q)²/q: q is the smaller where p is the larger.
                let steep = self.steep * m * m;
                let flat = large * m * m;
                let forward = generator == Generator::ChiSquared;
                let (above, below) = if forward { (steep, flat) } else { (flat, steep) };
                p_is_larger.select(above, below)
            }
            Generator::Alpha(_) => {
                let lanes = [self.log_p, self.log_q, self.ratio].map(f64x2::to_array);
                f64x2::new([0, 1].map(|i| {
                    let [log_p, log_q, log_ratio] = lanes.map(|lane| lane[i]);
                    generator.at(&Likelihoods { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio })
                }))
            }
        }
    }
}

/// ½ ((1 + δ) log (1 + δ) + (1 − δ) log (1 − δ)) for |δ| ≤ 1/5.
#[inline(always)]
fn entropy_of_halves(delta: f64x2) -> f64x2 {
    /// Interpolates the value over δ² in y = δ² on [0, 1/25] at Chebyshev's points: relative error 3e-18.
    const ENTROPY: [f64; 8] = [
        0.5,
        0.083_333_333_333_335_72,
        0.033_333_333_332_083_97,
        0.017_857_143_106_391_544,
        0.011_111_086_733_501_748,
        0.007_577_048_766_589_704,
        0.005_456_817_491_481_794,
        0.004_732_101_584_905_008,
    ];
    let y = delta * delta;
    y * polynomial(&ENTROPY, y)
}
