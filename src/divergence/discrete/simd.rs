//! KL and JS of long arrays, two bins at a time.
//!
//! With k the rounded binary logarithm of p/q and s = p + 2^k q, d = p − 2^k q, x = d/s, one has log p/q = k log 2 + 2 artanh x
//! and |x| ≤ 1/5. Where k = 0, d is exact, and the terms are x² times polynomials: no digit is lost, however close p and q.

use super::Sum;
use crate::distribution::simd::{polynomial, splat_bits};
use crate::divergence::generator::{Generator, entropy_of_halves};
use wide::{f64x2, u64x2};

/// The polynomial for (artanh(√y)/√y − 1)/y on [0, 1/25], interpolated at Chebyshev's points: relative error 6e-17.
pub(crate) const ARTANH: [f64; 8] = [
    0.333_333_333_333_333_3,
    0.200_000_000_000_039,
    0.142_857_142_836_695_96,
    0.111_111_115_189_036_21,
    0.090_908_692_273_615_13,
    0.076_944_173_389_009_58,
    0.066_051_802_425_663_1,
    0.068_020_078_535_620_39,
];

/// One divergence: its generator, and its terms for two pairs of ordinary positive numbers at a time.
pub(super) trait Terms {
    const GENERATOR: Generator;
    fn terms(p: f64x2, q: f64x2, artanh: &[f64; 8]) -> f64x2;
}

pub(super) struct KullbackLeibler;

impl Terms for KullbackLeibler {
    const GENERATOR: Generator = Generator::KullbackLeibler;

    #[inline(always)]
    fn terms(p: f64x2, q: f64x2, artanh: &[f64; 8]) -> f64x2 {
        let r = Ratio::of(p, q);
        let b = polynomial(artanh, r.y);
        // p log p/q − p + q = s x² (1 + (x² + x) b) if k = 0.
        let near = r.s * r.y * (f64x2::ONE + (r.y + r.x) * b);
        let far = p * r.log(b) - (p - q);
        r.k.simd_eq(f64x2::ZERO).select(near, far)
    }
}

pub(super) struct JensenShannon;

impl Terms for JensenShannon {
    const GENERATOR: Generator = Generator::JensenShannon;

    #[inline(always)]
    fn terms(p: f64x2, q: f64x2, artanh: &[f64; 8]) -> f64x2 {
        let (small, large) = (p.fast_min(q), p.fast_max(q));
        let r = Ratio::of(small, large);
        let near = f64x2::HALF * r.s * entropy_of_halves(r.x);
        let is_near = r.k.simd_eq(f64x2::ZERO);
        if is_near.all() {
            return near;
        }
        let total = small + large;
        let m = Ratio::of(total, large);
        // ½ (small log(small/large) − (p + q) log(m/large)), m = (p + q)/2.
        let log_mean = m.log(polynomial(artanh, m.y)) - f64x2::LN_2;
        let far = f64x2::HALF * (small * r.log(polynomial(artanh, r.y)) - total * log_mean);
        is_near.select(near, far)
    }
}

struct Ratio {
    k: f64x2,
    s: f64x2,
    x: f64x2,
    y: f64x2,
}

impl Ratio {
    /// For positive numbers between 2^−1000 and 2^20.
    #[inline(always)]
    fn of(p: f64x2, q: f64x2) -> Self {
        const BIAS: u64 = 2048;
        // Halfway between two powers of 2, so that the shift rounds; 2^(k + 2048) stays positive.
        let rounding = splat_bits((BIAS << 52) + (1 << 51));
        let k = (bits(p) - bits(q) + rounding) >> 52_u32;
        // An integer below 2^52 in the low bits of 2^52 is that integer as a number.
        let k_number =
            number(k | splat_bits(0x4330_0000_0000_0000)) - f64x2::splat(((1_u64 << 52) + BIAS) as f64);
        let power = number((k - splat_bits(BIAS - 1023)) << 52_u32);
        let q = q * power;
        let s = p + q;
        let x = (p - q) / s;
        Self { k: k_number, s, x, y: x * x }
    }

    /// log p/q, given the value of the polynomial [`ARTANH`].
    #[inline(always)]
    fn log(&self, b: f64x2) -> f64x2 {
        self.k * f64x2::LN_2 + (self.x + self.x) * (f64x2::ONE + self.y * b)
    }
}

#[inline(always)]
fn bits(x: f64x2) -> u64x2 {
    bytemuck::cast(x)
}

#[inline(always)]
fn number(x: u64x2) -> f64x2 {
    bytemuck::cast(x)
}

/// The sum of the terms; entries that are 0, tiny, huge or no probability at all go to the scalar code.
pub(super) fn sum<T: Terms>(p: &[f64], q: &[f64]) -> f64 {
    if p.len() != q.len() {
        return f64::NAN;
    }
    let (least, most) = (f64x2::splat(2_f64.powi(-1000)), f64x2::splat(2_f64.powi(20)));
    let (mut even, mut odd) = (f64x2::ZERO, f64x2::ZERO);
    let mut rest = Sum::default();
    let mut fast = false;
    let (p_fours, p_last) = p.as_chunks::<4>();
    let (q_fours, q_last) = q.as_chunks::<4>();
    // Coefficients that the compiler knows would be made anew from instructions at each use.
    let artanh = core::hint::black_box(&ARTANH);
    for (p, q) in p_fours.iter().zip(q_fours) {
        // Two vectors side by side, so that the processor need not wait for either.
        let ([a, c], [b, d]): ([f64x2; 2], [f64x2; 2]) = (bytemuck::cast(*p), bytemuck::cast(*q));
        let smallest = a.fast_min(b).fast_min(c.fast_min(d));
        // Bounds each of them, and is no number if one of them is none.
        let total = (a + b) + (c + d);
        if (smallest.simd_gt(least) & total.simd_lt(most)).all() {
            even += T::terms(a, b, artanh);
            odd += T::terms(c, d, artanh);
            fast = true;
        } else {
            scalar(&mut rest, T::GENERATOR, p, q);
        }
    }
    scalar(&mut rest, T::GENERATOR, p_last, q_last);
    rest.overlap |= fast;
    (even + odd).reduce_add() + rest.total(T::GENERATOR)
}

/// Apart, so that the compiler does not load the vectors number by number for its sake.
#[cold]
#[inline(never)]
fn scalar(sum: &mut Sum, generator: Generator, p: &[f64], q: &[f64]) {
    for (&p, &q) in p.iter().zip(q) {
        sum.add(generator, p, q);
    }
}
