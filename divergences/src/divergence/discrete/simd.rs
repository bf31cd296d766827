//! KL and JS of long arrays, two bins at a time.
//!
//! With k the rounded binary logarithm of p/q and r = 2^k q, d = p − r, s = p + r, x = d/s, one has |x| ≤ 1/5 and
//! log p/q = k log 2 + 2 artanh x, so that p log p/q − p + q = d x (1 + (x² + x) b) + p k log 2 + (q − r), where
//! artanh x = x + x³ b and b is a polynomial in x². Where k = 0, d is exact and the rest is 0: no digit is lost, however
//! close p and q.

use super::Sum;
use crate::divergence::generator::Generator;
use crate::numeric::simd::splat;
use core::hint::black_box;
use wide::{f64x2, u64x2};

/// A polynomial for (artanh(√y)/√y − 1)/y on [0, 1/25], shorter than [`ARTANH`](crate::numeric::simd::ARTANH), interpolated where the error in artanh comes out even: p log p/q − p + q has it to 2e-14.
static NARROW: [f64; 6] = [
    0.333_333_333_332_359_7,
    0.200_000_000_680_678_16,
    0.142_857_007_150_984_7,
    0.111_122_674_701_491_98,
    0.090_432_495_989_951_01,
    0.086_238_253_858_443_85,
];

/// The same polynomial on [0, 1/9], interpolated likewise. With it p log p/q − p + q has an error of 1.3e-14.
static WIDE: [f64; 8] = [
    0.333_333_333_332_838_2,
    0.200_000_000_213_450_4,
    0.142_857_116_099_621_8,
    0.111_112_611_485_463_7,
    0.090_864_713_314_683_17,
    0.077_661_191_344_229_95,
    0.059_792_227_712_579_44,
    0.091_384_583_848_558_48,
];

/// This is added to a difference of exponents to keep it positive.
const BIAS: u64 = 2048;
/// The numbers of [`Vectors`], in the order in which it has them.
static NUMBERS: [f64; 7] = [
    1.0,
    core::f64::consts::LN_2,
    f64::from_bits(1 << 51),
    f64::from_bits(0xfff << 52),
    f64::from_bits((0x433 << 52) | BIAS),
    ((1_u64 << 52) + BIAS) as f64,
    f64::from_bits(0x3fe << 52),
];

/// The constants, in both lanes. A browser makes a constant that the compiler knows anew at each use, from
/// several instructions; so these come from tables, hidden from the compiler.
pub(super) struct Vectors {
    narrow: [f64x2; 6],
    wide: [f64x2; 8],
    one: f64x2,
    ln_2: f64x2,
    /// Half of an exponent's last place, which turns cutting off into rounding.
    half_place: u64x2,
    /// The bits of sign and exponent.
    exponent: u64x2,
    /// The bits of 2^52, and [`BIAS`].
    biased: u64x2,
    /// 2^52 + [`BIAS`].
    bias: f64x2,
    half: f64x2,
}

impl Vectors {
    #[inline(always)]
    fn load() -> Self {
        let [one, ln_2, half_place, exponent, biased, bias, half] = black_box(&NUMBERS).map(splat);
        Self {
            narrow: black_box(&NARROW).map(splat),
            wide: black_box(&WIDE).map(splat),
            one,
            ln_2,
            half_place: bits(half_place),
            exponent: bits(exponent),
            biased: bits(biased),
            bias,
            half,
        }
    }

    /// The integer k next to log₂ p/q: as a number, and in the place of an exponent.
    #[inline(always)]
    fn rounded_log(&self, p: f64x2, q: f64x2) -> (f64x2, u64x2) {
        // A number's bits, read as an integer, are its logarithm made of straight lines.
        let log = bits(p) - bits(q) + self.half_place;
        // An integer below 2^52 in the low bits of 2^52 is that integer as a number. Flipping the bias's bit
        // adds it.
        let k = number((log >> 52_u32) ^ self.biased) - self.bias;
        (k, log & self.exponent)
    }

    /// The value p log p/r − p + r, from d = p − r and s = p + r.
    #[inline(always)]
    fn near<const N: usize>(&self, d: f64x2, s: f64x2, artanh: &[f64x2; N]) -> f64x2 {
        let x = d / s;
        let y = x * x;
        // Even and odd coefficients side by side.
        let z = y * y;
        let (mut even, mut odd) = (artanh[N - 2], artanh[N - 1]);
        for i in (0..N / 2 - 1).rev() {
            even = even * z + artanh[2 * i];
            odd = odd * z + artanh[2 * i + 1];
        }
        (self.one + (y + x) * (even + odd * y)) * (d * x)
    }
}

/// One divergence: its generator, and its terms for two pairs of ordinary positive numbers at a time.
pub(super) trait Terms {
    const GENERATOR: Generator;
    fn terms(p: f64x2, q: f64x2, c: &Vectors) -> f64x2;
}

pub(super) struct KullbackLeibler;

impl Terms for KullbackLeibler {
    const GENERATOR: Generator = Generator::KullbackLeibler;

    #[inline(always)]
    fn terms(p: f64x2, q: f64x2, c: &Vectors) -> f64x2 {
        let (k, shift) = c.rounded_log(p, q);
        // This r is near p, thus neither too large nor too small.
        let r = number(bits(q) + shift);
        c.near(p - r, p + r, &c.narrow) + (p * (k * c.ln_2) + (q - r))
    }
}

pub(super) struct JensenShannon;

impl Terms for JensenShannon {
    const GENERATOR: Generator = Generator::JensenShannon;

    /// Half the terms of KL(p‖m) and KL(q‖m) with m = (p + q)/2. Neither is negative.
    #[inline(always)]
    fn terms(p: f64x2, q: f64x2, c: &Vectors) -> f64x2 {
        let (small, large) = (p.fast_min(q), p.fast_max(q));
        let total = small + large;
        let m = c.half * total;
        // 1 ≤ large/m ≤ 2.
        let above = c.near(c.half * (large - small), large + m, &c.wide);
        let (k, shift) = c.rounded_log(small, m);
        // The power 2^(k − 1) gives small − 2^k m without m, which has been rounded.
        let power = number(bits(c.half) + shift);
        let r = power * total;
        let d = small * (c.one - power) - power * large;
        let below = c.near(d, small + r, &c.narrow) + (small * (k * c.ln_2) + (m - r));
        c.half * (above + below)
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

/// The number of bins that are summed before it is asked whether all of them were ordinary.
const BLOCK_BINS: usize = 32;
/// Less than any ordinary bin: 2^−1000.
const LEAST: f64 = f64::from_bits(23 << 52);
/// More than any ordinary bin: 2^900.
const MOST: f64 = f64::from_bits(1923 << 52);
/// More than any term of ordinary bins: 2^1000.
const MOST_TERMS: f64 = f64::from_bits(2023 << 52);

/// The sum of the terms; entries that are 0, tiny, huge or no probability at all go to the scalar code.
pub(super) fn sum<T: Terms>(p: &[f64], q: &[f64]) -> f64 {
    if p.len() != q.len() {
        return f64::NAN;
    }
    let vectors = Vectors::load();
    let (mut common, mut rest) = (f64x2::ZERO, Sum::default());
    let mut ordinary = [[1.0; BLOCK_BINS]; 2];
    for (p, q) in p.chunks(BLOCK_BINS).zip(q.chunks(BLOCK_BINS)) {
        let mut is_set_apart = false;
        let (mut p_block, mut q_block) = (p.try_into().ok(), q.try_into().ok());
        // One loop handles the rest of a block, too, because the code of the terms is long and a second call
        // would double it.
        loop {
            if let (Some(p), Some(q)) = (p_block, q_block) {
                let (terms, believed) = block::<T>(p, q, &vectors);
                if believed || is_set_apart {
                    common += terms;
                    break;
                }
            }
            set_apart(&mut rest, T::GENERATOR, [p, q], &mut ordinary);
            (p_block, q_block) = (Some(&ordinary[0]), Some(&ordinary[1]));
            is_set_apart = true;
        }
        rest.overlap |= !is_set_apart;
    }
    common.reduce_add() + rest.total(T::GENERATOR)
}

/// The terms of one block, and whether all its bins are ordinary.
#[inline(always)]
fn block<T: Terms>(p: &[f64; BLOCK_BINS], q: &[f64; BLOCK_BINS], vectors: &Vectors) -> (f64x2, bool) {
    let (mut even, mut odd) = (f64x2::ZERO, f64x2::ZERO);
    let mut least = splat(MOST);
    for (p, q) in p.as_chunks::<4>().0.iter().zip(q.as_chunks::<4>().0) {
        // Two vectors side by side, so that the processor need not wait for either.
        let ([a, c], [b, d]): ([f64x2; 2], [f64x2; 2]) = (bytemuck::cast(*p), bytemuck::cast(*q));
        least = least.fast_min(a.fast_min(b).fast_min(c.fast_min(d)));
        even += T::terms(a, b, vectors);
        odd += T::terms(c, d, vectors);
    }
    let terms = even + odd;
    // An entry that is infinite or NaN makes its term so.
    let ordinary = least.simd_gt(splat(LEAST)) & terms.simd_lt(splat(MOST_TERMS));
    (terms, ordinary.all())
}

/// Counts the bins that are not ordinary, and copies the others; in place of the missing stands 1, whose term
/// is 0.
///
/// This is a function of its own, so that the compiler does not load the vectors number by number for its
/// sake.
#[cold]
#[inline(never)]
fn set_apart(
    sum: &mut Sum,
    generator: Generator,
    [p, q]: [&[f64]; 2],
    ordinary: &mut [[f64; BLOCK_BINS]; 2],
) {
    *ordinary = [[1.0; BLOCK_BINS]; 2];
    let [p_ordinary, q_ordinary] = ordinary;
    for (((&p, &q), p_ordinary), q_ordinary) in p.iter().zip(q).zip(p_ordinary).zip(q_ordinary) {
        if [p, q].iter().all(|x| (LEAST..MOST).contains(x)) {
            (*p_ordinary, *q_ordinary) = (p, q);
            sum.overlap = true;
        } else {
            sum.add(generator, p, q);
        }
    }
}
