//! Generators: the convex functions that define the f-divergences.

use crate::distribution::simd::{exp, exp_or_infinity, ln_1p, polynomial, second_order, splat};
use crate::distribution::special::exp_minus_one_minus;
use core::f64::consts::LN_2;
use wide::f64x2;

/// A convex function f on the positive numbers that defines an f-divergence
/// D(p‖q) = ∫ q f(p/q) + f(0) Q(p = 0) + f′(∞) P(q = 0).
///
/// The last two terms count exactly the mass of either that lies where the other has none. Each f is normalised so that
/// f(1) = f′(1) = 0, which changes no divergence and makes q f(p/q) at least 0 everywhere: sums of it do not cancel, and
/// near-identical pairs keep their relative accuracy.
///
/// ```
/// use divergences::divergence::Generator;
///
/// let js = Generator::JensenShannon;
/// // Disjoint: all of q lies where p = 0, and all of p where q = 0.
/// assert_eq!(js.at_zero() + js.slope_at_infinity(), 2_f64.ln());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Generator {
    /// f(t) = t log t − t + 1, for KL(p‖q).
    KullbackLeibler,
    /// f(t) = −log t + t − 1, for KL(q‖p).
    ReverseKullbackLeibler,
    /// f(t) = (t − 1) log t, for KL(p‖q) + KL(q‖p).
    Jeffreys,
    /// f(t) = ½ (t log t − (1 + t) log ((1 + t)/2)), for ½ KL(p‖m) + ½ KL(q‖m), m = (p + q)/2.
    JensenShannon,
    /// f(t) = ½ |t − 1|, for the total variation sup |P − Q|.
    TotalVariation,
    /// f(t) = ½ (√t − 1)², for 1 − ∫ √(pq).
    HellingerSquared,
    /// f(t) = (t − 1)², for ∫ p²/q − 1.
    ChiSquared,
    /// f(t) = (1 − t)²/t, for ∫ q²/p − 1.
    ReverseChiSquared,
    /// f(t) = (t^α − 1 − α (t − 1)) / α (α − 1), for (∫ p^α q^(1−α) − 1) / α (α − 1); α = 1 is the limit KL(p‖q),
    /// α = 0 is KL(q‖p).
    Alpha(f64),
}

/// Two densities, or two masses, at one point, with what the generators need of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) p: f64,
    pub(crate) q: f64,
    pub(crate) log_p: f64,
    pub(crate) log_q: f64,
    /// log p/q, relatively accurate also where p and q are nearly equal.
    pub(crate) log_ratio: f64,
}

impl Point {
    /// From two masses, which may be 0.
    pub(crate) fn of_masses(p: f64, q: f64) -> Self {
        let (log_p, log_q) = (p.ln(), q.ln());
        let near = p > 0.5 * q && p < 2.0 * q;
        Self { p, q, log_p, log_q, log_ratio: if near { ((p - q) / q).ln_1p() } else { log_p - log_q } }
    }

    fn swapped(self) -> Self {
        Self { p: self.q, q: self.p, log_p: self.log_q, log_q: self.log_p, log_ratio: -self.log_ratio }
    }
}

impl Generator {
    /// f(t) for t ≥ 0.
    #[must_use]
    pub fn value(self, t: f64) -> f64 {
        self.at(&Point::of_masses(t, 1.0))
    }

    /// f′(t) for t > 0; for the total variation, at its kink t = 1, the subgradient 0.
    #[must_use]
    pub fn derivative(self, t: f64) -> f64 {
        match self {
            Self::KullbackLeibler => t.ln(),
            Self::ReverseKullbackLeibler => (t - 1.0) / t,
            Self::Jeffreys => t.ln() + (t - 1.0) / t,
            Self::JensenShannon => 0.5 * ((t - 1.0) / (1.0 + t)).ln_1p(),
            Self::TotalVariation if t == 1.0 => 0.0,
            Self::TotalVariation => 0.5 * (t - 1.0).signum(),
            Self::HellingerSquared => 0.5 * (t - 1.0) / (t + t.sqrt()),
            Self::ChiSquared => 2.0 * (t - 1.0),
            Self::ReverseChiSquared => (t - 1.0) * (t + 1.0) / (t * t),
            Self::Alpha(1.0) => t.ln(),
            Self::Alpha(alpha) => ((alpha - 1.0) * t.ln()).exp_m1() / (alpha - 1.0),
        }
    }

    /// f(0), which may be ∞: what q's mass costs where p has none.
    #[must_use]
    pub fn at_zero(self) -> f64 {
        match self {
            Self::KullbackLeibler | Self::ChiSquared => 1.0,
            Self::ReverseKullbackLeibler | Self::Jeffreys | Self::ReverseChiSquared => f64::INFINITY,
            Self::JensenShannon => 0.5 * LN_2,
            Self::TotalVariation | Self::HellingerSquared => 0.5,
            Self::Alpha(alpha) if alpha <= 0.0 => f64::INFINITY,
            Self::Alpha(alpha) => 1.0 / alpha,
        }
    }

    /// f′(∞) = lim f(t)/t, which may be ∞: what p's mass costs where q has none.
    #[must_use]
    pub fn slope_at_infinity(self) -> f64 {
        match self {
            Self::ReverseKullbackLeibler | Self::ReverseChiSquared => 1.0,
            Self::KullbackLeibler | Self::Jeffreys | Self::ChiSquared => f64::INFINITY,
            Self::JensenShannon => 0.5 * LN_2,
            Self::TotalVariation | Self::HellingerSquared => 0.5,
            Self::Alpha(alpha) if alpha >= 1.0 => f64::INFINITY,
            Self::Alpha(alpha) => 1.0 / (1.0 - alpha),
        }
    }

    /// The generator of D(q‖p): t f(1/t).
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::KullbackLeibler => Self::ReverseKullbackLeibler,
            Self::ReverseKullbackLeibler => Self::KullbackLeibler,
            Self::ChiSquared => Self::ReverseChiSquared,
            Self::ReverseChiSquared => Self::ChiSquared,
            Self::Alpha(alpha) => Self::Alpha(1.0 - alpha),
            symmetric => symmetric,
        }
    }

    /// The power α of ∫ p^α q^(1−α) that must be finite for the divergence to be, where that can fail in the tails.
    pub(crate) fn power(self) -> Option<f64> {
        match self {
            Self::ChiSquared => Some(2.0),
            Self::ReverseChiSquared => Some(-1.0),
            Self::Alpha(alpha) if !(0.0..=1.0).contains(&alpha) => Some(alpha),
            _ => None,
        }
    }

    /// q f(p/q), with its limits f(0) q and f′(∞) p where one of them is 0; 0 where both are.
    pub(crate) fn at(self, point: &Point) -> f64 {
        let Point { p, q, log_p, log_q, log_ratio: r } = *point;
        if r == 0.0 || (p == 0.0 && q == 0.0 && !r.is_finite()) {
            return 0.0;
        }
        match self {
            Self::KullbackLeibler => kullback_leibler(point),
            Self::ReverseKullbackLeibler => kullback_leibler(&point.swapped()),
            Self::Jeffreys => kullback_leibler(point) + kullback_leibler(&point.swapped()),
            Self::JensenShannon => jensen_shannon(p, q, r),
            Self::TotalVariation => 0.5 * p.max(q) * -(-r.abs()).exp_m1(),
            Self::HellingerSquared => 0.5 * p.max(q) * (-0.5 * r.abs()).exp_m1().powi(2),
            Self::ChiSquared => chi_squared(q, log_p, log_q, r),
            Self::ReverseChiSquared => chi_squared(p, log_q, log_p, -r),
            Self::Alpha(_) if r == f64::NEG_INFINITY => self.at_zero() * q,
            Self::Alpha(_) if r == f64::INFINITY => self.slope_at_infinity() * p,
            Self::Alpha(a) if a >= 0.5 => alpha(a, point),
            Self::Alpha(a) => alpha(1.0 - a, &point.swapped()),
        }
    }
}

/// Two densities at two points, as logarithms, with log p/q and what the generators share.
#[derive(Clone, Copy)]
pub(crate) struct PointPair {
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
    /// Its square over the lesser.
    steep: f64x2,
}

impl PointPair {
    /// From log p, log q and log p/q, the last relatively accurate; `powers` is whether terms of χ² will be asked for.
    #[inline(always)]
    pub(crate) fn new(log_p: f64x2, log_q: f64x2, ratio: f64x2, powers: bool) -> Self {
        let (zero, one) = (splat(0.0), splat(1.0));
        let log_large = log_p.fast_max(log_q);
        // Where neither has a density the ratio is NaN.
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
                // Where the density that is integrated is the greater, large (a − m), else large (m − a e).
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
                    generator.at(&Point { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio })
                }))
            }
        }
    }
}

/// ½ ((1 + δ) log (1 + δ) + (1 − δ) log (1 − δ)) for |δ| ≤ 1/5.
#[inline(always)]
pub(super) fn entropy_of_halves(delta: f64x2) -> f64x2 {
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

fn kullback_leibler(point: &Point) -> f64 {
    let Point { p, q, log_ratio: r, .. } = *point;
    if p == 0.0 {
        q
    } else if r.abs() < 0.7 {
        p * exp_minus_one_minus(-r)
    } else {
        p * r - (p - q)
    }
}

fn jensen_shannon(p: f64, q: f64, r: f64) -> f64 {
    let (large, small, r) = (p.max(q), p.min(q), r.abs());
    if r < 0.2 {
        // (p + q)/2 · Σ δ^2k / 2k(2k − 1), with δ = (p − q)/(p + q) = tanh r/2.
        let rise = r.exp_m1();
        let delta = rise / (rise + 2.0);
        let y = delta * delta;
        let mut sum = 0.0;
        for k in (1..=8).rev() {
            sum = sum * y + 1.0 / f64::from(2 * k * (2 * k - 1));
        }
        return 0.5 * (p + q) * y * sum;
    }
    if small == 0.0 {
        return 0.5 * LN_2 * large;
    }
    let log_sum = (-r).exp().ln_1p();
    0.5 * (large * (LN_2 - log_sum) + small * (LN_2 - r - log_sum))
}

/// (p − q)²/q.
fn chi_squared(q: f64, log_p: f64, log_q: f64, r: f64) -> f64 {
    if r < 1.0 { q * r.exp_m1().powi(2) } else { (2.0 * log_p - log_q).exp() * (-r).exp_m1().powi(2) }
}

/// For α ≥ ½: below, `D_α(p‖q) = D_(1−α)(q‖p)` avoids the cancellation at α = 0.
fn alpha(alpha: f64, point: &Point) -> f64 {
    let Point { p, q, log_p, log_q, log_ratio: r } = *point;
    let excess = alpha - 1.0;
    let x = excess * r;
    if x.abs() < 1.0 {
        // p r (e^x/x − 1/x) − p + q, written as the KL term and what α − 1 adds to it.
        let added = if x == 0.0 { 0.0 } else { p * r * (exp_minus_one_minus(x) / x) };
        return (kullback_leibler(point) + added) / alpha;
    }
    ((alpha * log_p - excess * log_q).exp() - alpha * p + excess * q) / (alpha * excess)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Generator; 13] = [
        Generator::KullbackLeibler,
        Generator::ReverseKullbackLeibler,
        Generator::Jeffreys,
        Generator::JensenShannon,
        Generator::TotalVariation,
        Generator::HellingerSquared,
        Generator::ChiSquared,
        Generator::ReverseChiSquared,
        Generator::Alpha(-1.5),
        Generator::Alpha(0.0),
        Generator::Alpha(0.3),
        Generator::Alpha(1.0),
        Generator::Alpha(3.0),
    ];

    #[test]
    fn each_is_the_textbook_formula() {
        for t in [0.01_f64, 0.3, 0.9, 1.2, 4.0, 50.0] {
            let (l, m) = (t.ln(), f64::midpoint(1.0, t));
            let power = |a: f64| (t.powf(a) - 1.0 - a * (t - 1.0)) / (a * (a - 1.0));
            let expected = [
                t * l - t + 1.0,
                t - 1.0 - l,
                (t - 1.0) * l,
                0.5 * (t * (t / m).ln() - m.ln()),
                0.5 * (t - 1.0).abs(),
                0.5 * (t.sqrt() - 1.0).powi(2),
                (t - 1.0).powi(2),
                (t - 1.0).powi(2) / t,
                power(-1.5),
                t - 1.0 - l,
                power(0.3),
                t * l - t + 1.0,
                power(3.0),
            ];
            for (generator, want) in ALL.into_iter().zip(expected) {
                let got = generator.value(t);
                assert!((got - want).abs() <= 2e-13 * want, "{generator:?} at {t}: {got} is not {want}");
            }
        }
    }

    #[test]
    fn two_points_at_once_agree_with_one() {
        for log_q in [-30.0, 0.0, 3.0] {
            for i in 0..200 {
                let size = (f64::from(i) * 0.3 - 40.0).exp();
                let r = f64x2::new([size, -size]);
                let pair = PointPair::new(splat(log_q) + r, splat(log_q), r, true);
                for generator in ALL {
                    let ours = pair.terms(generator).to_array();
                    for (ours, r) in ours.into_iter().zip(r.to_array()) {
                        let log_p = log_q + r;
                        let point = Point { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio: r };
                        let one = generator.at(&point);
                        // exp (log p) passes on the rounding of a large log p.
                        let tolerance = 1e-14 + 4e-16 * (r.abs() + log_q.abs()) + f64::MIN_POSITIVE;
                        assert!(
                            ours == one
                                || (ours - one).abs() <= tolerance * one
                                || !(1e-300..1e306).contains(&one),
                            "{generator:?} at log q = {log_q}, log p/q = {r:e}: {ours:e}, alone {one:e}"
                        );
                    }
                }
            }
        }
        let apart = f64x2::new([f64::NEG_INFINITY, 0.0]);
        let pair = PointPair::new(apart, splat(f64::NEG_INFINITY), apart + splat(f64::INFINITY), true);
        for generator in ALL {
            let [neither, p_alone] = pair.terms(generator).to_array();
            assert_eq!(neither, 0.0, "{generator:?} where neither has a density");
            assert!(p_alone > 0.0, "{generator:?} where p has one alone: {p_alone}");
        }
    }

    #[test]
    fn limits_are_those_of_the_function() {
        for generator in ALL {
            assert_eq!(generator.value(1.0), 0.0, "f(1) of {generator:?}");
            assert_eq!(generator.derivative(1.0), 0.0, "f′(1) of {generator:?}");
            assert_eq!(generator.value(0.0), generator.at_zero(), "f(0) of {generator:?}");
            let steep = generator.at(&Point::of_masses(1.0, 0.0));
            assert_eq!(steep, generator.slope_at_infinity(), "f′(∞) of {generator:?}");
            let twice = generator.reversed().reversed();
            let same = matches!((twice, generator), (Generator::Alpha(a), Generator::Alpha(b)) if (a - b).abs() < 1e-15);
            assert!(same || twice == generator, "reversal of {generator:?} twice is {twice:?}");
            for (p, q) in [(1e-310, 1e-300), (1e300, 1e-300), (1e-300, 1e300), (5e-324, 5e-324), (0.0, 0.0)] {
                let value = generator.at(&Point::of_masses(p, q));
                assert!(value >= 0.0, "{generator:?} at ({p:e}, {q:e}) is {value}");
                let reversed = generator.reversed().at(&Point::of_masses(q, p));
                assert!(
                    value == reversed || (value / reversed - 1.0).abs() < 1e-13,
                    "{generator:?} reversed at ({p:e}, {q:e}): {reversed:e} is not {value:e}"
                );
            }
        }
    }

    #[test]
    fn derivatives_are_slopes() {
        for generator in ALL {
            for t in [0.2, 0.8, 1.5, 9.0] {
                let h = 1e-4;
                let slope = (generator.value(t + h) - generator.value(t - h)) / (2.0 * h);
                let derivative = generator.derivative(t);
                assert!(
                    (slope - derivative).abs() < 1e-4,
                    "{generator:?} at {t}: {derivative} is not {slope}"
                );
            }
        }
    }

    #[test]
    fn nearly_equal_arguments_keep_their_digits() {
        // To second order each is f″(1)/2 (p − q)²/q; the third order is below 1e-11 here.
        let (p, q) = (1.0 + 1e-12, 1.0_f64);
        let square = ((p - q) / q).powi(2);
        for generator in ALL {
            let curvature = match generator {
                Generator::TotalVariation => continue,
                Generator::Jeffreys | Generator::ChiSquared | Generator::ReverseChiSquared => 1.0,
                Generator::JensenShannon | Generator::HellingerSquared => 0.125,
                _ => 0.5,
            };
            let value = generator.at(&Point::of_masses(p, q));
            assert!((value / (curvature * square) - 1.0).abs() < 1e-11, "{generator:?}: {value:e}");
        }
    }
}
