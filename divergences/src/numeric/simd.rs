//! Exponential and logarithm of two lanes at once, for the ranges that the quadratures meet.
//!
//! `wide` has both, but for every argument: the checks for NaN, infinities and subnormals, and a rounding that
//! SSE2 lacks, cost more than the polynomials.

use std::hint::black_box;

use bytemuck::cast;
use wide::{f64x2, u64x2};

/// 1.5 · 2⁵²: added to a small number, it leaves the nearest integer in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// log 2 in two parts, the first with enough trailing zeros that its product with an exponent is exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
/// The rest of log 2 after [`LN_2_HIGH`].
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Both lanes equal to `x`.
#[inline(always)]
pub(crate) fn splat(x: f64) -> f64x2 {
    f64x2::new([x, x])
}

/// e^x for x ≤ 709, within 2 units in the last place; 0 below −708, where the result is subnormal.
#[inline(always)]
pub(crate) fn exp(x: f64x2) -> f64x2 {
    let clamped = x.fast_max(splat(-708.0));
    let rounded = clamped * splat(std::f64::consts::LOG2_E) + splat(ROUND);
    let n = rounded - splat(ROUND);
    let r = clamped - n * splat(LN_2_HIGH) - n * splat(LN_2_LOW);
    // Taylor's polynomial to r¹² / 12!, in Estrin's order: |r| ≤ ½ log 2 leaves 2e-16.
    let r2 = r * r;
    let r4 = r2 * r2;
    let r8 = r4 * r4;
    let low = (splat(1.0) + r) + r2 * (splat(0.5) + r * splat(1.0 / 6.0));
    let middle =
        (splat(1.0 / 24.0) + r * splat(1.0 / 120.0)) + r2 * (splat(1.0 / 720.0) + r * splat(1.0 / 5040.0));
    let high = (splat(1.0 / 40_320.0) + r * splat(1.0 / 362_880.0))
        + r2 * (splat(1.0 / 3_628_800.0) + r * splat(1.0 / 39_916_800.0))
        + r4 * splat(1.0 / 479_001_600.0);
    let mantissa = low + r4 * middle + r8 * high;
    // 2ⁿ: n sits in the lowest bits of `rounded`; moved to the exponent's place it is added to the result's bits.
    let exponent: u64x2 = cast::<f64x2, u64x2>(rounded) << 52;
    let scaled: f64x2 = cast(cast::<f64x2, u64x2>(mantissa) + exponent);
    x.simd_lt(splat(-708.0)).select(splat(0.0), scaled)
}

/// e^x of one number: the same bits on every machine, which the standard library's is not.
pub(crate) fn exp_of(x: f64) -> f64 {
    exp_or_infinity(splat(x)).to_array()[0]
}

/// log x of one number above 0: the same bits on every machine, which the standard library's is not.
pub(crate) fn ln_of(x: f64) -> f64 {
    if x.is_normal() { ln(splat(x)).to_array()[0] } else { x.ln() }
}

/// log(1 + x) for 0 ≤ x < 1e300, with full relative accuracy for small x.
#[inline(always)]
pub(crate) fn ln_1p(x: f64x2) -> f64x2 {
    Logarithm::new(&LN).of_1_plus(x)
}

/// log x for positive x that is not subnormal; some finite number for 0.
#[inline(always)]
pub(crate) fn ln(x: f64x2) -> f64x2 {
    Logarithm::new(&LN).of(x)
}

/// The constants of [`Logarithm`], in their order there.
static LN: [f64; 17] = [
    1.0,
    2.0,
    0.5,
    std::f64::consts::SQRT_2,
    LN_2_HIGH,
    LN_2_LOW,
    f64::from_bits((1024 << 52) - 0x3fe6_a09e_667f_3bcd),
    f64::from_bits(1024 << 52),
    f64::from_bits(0x4330_0000_0000_0000),
    4_503_599_627_370_496.0 + 1024.0,
    // fdlibm's coefficients (e_log.c).
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// Logarithms, with their constants in both lanes: what the compiler knows to be constant the browser's makes anew at each
/// use, so loops that take little else than logarithms [load](Self::load) them once.
pub(crate) struct Logarithm {
    one: f64x2,
    two: f64x2,
    half: f64x2,
    root_2: f64x2,
    ln_2_high: f64x2,
    ln_2_low: f64x2,
    /// 1024 in an exponent's place, less the bits of √½.
    raise: u64x2,
    /// 1024 in an exponent's place.
    bias: u64x2,
    /// The bits of 2⁵².
    integer: u64x2,
    /// 2⁵² + 1024.
    biased: f64x2,
    coefficients: [f64x2; 7],
}

impl Logarithm {
    /// With the constants loaded behind the compiler's back.
    #[inline(always)]
    pub(crate) fn load() -> Self {
        Self::new(black_box(&LN))
    }

    #[inline(always)]
    fn new(table: &[f64; 17]) -> Self {
        let [one, two, half, root_2, ln_2_high, ln_2_low, raise, bias, integer, biased, coefficients @ ..] =
            table.map(splat);
        let [raise, bias, integer] = [raise, bias, integer].map(cast);
        Self { one, two, half, root_2, ln_2_high, ln_2_low, raise, bias, integer, biased, coefficients }
    }

    /// [`ln`].
    #[inline(always)]
    pub(crate) fn of(&self, x: f64x2) -> f64x2 {
        let (f, count) = self.reduce(x);
        self.of_reduced(f, count)
    }

    /// [`ln_1p`].
    #[inline(always)]
    pub(crate) fn of_1_plus(&self, x: f64x2) -> f64x2 {
        let u = x + self.one;
        let (f, count) = self.reduce(u);
        // While u is not halved, x itself is the exact u − 1.
        self.of_reduced(u.simd_lt(self.root_2).select(x, f), count)
    }

    /// u = 2ⁿ (1 + f) with 1 + f in [√½, √2): f and n.
    #[inline(always)]
    fn reduce(&self, u: f64x2) -> (f64x2, f64x2) {
        // The exponent of u / √½, raised by 1024 to stay positive, and put into the lowest bits of 2⁵².
        let bits: u64x2 = cast(u);
        let raised = (bits + self.raise) >> 52;
        let count = cast::<u64x2, f64x2>(raised | self.integer) - self.biased;
        let reduced: f64x2 = cast(bits + self.bias - (raised << 52));
        (reduced - self.one, count)
    }

    /// log(1 + f) + count · log 2 for 1 + f in [√½, √2).
    #[inline(always)]
    fn of_reduced(&self, f: f64x2, count: f64x2) -> f64x2 {
        // log(1 + f) = 2 atanh(s), s = f / (2 + f), |s| < 0.172.
        let c = &self.coefficients;
        let s = f / (f + self.two);
        let z = s * s;
        let w = z * z;
        let even = w * (c[1] + w * (c[3] + w * c[5]));
        let odd = z * (c[0] + w * (c[2] + w * (c[4] + w * c[6])));
        let half_square = self.half * f * f;
        let correction = s * (half_square + even + odd);
        count * self.ln_2_high + (f - (half_square - (correction + count * self.ln_2_low)))
    }
}

/// e^x for any x but NaN: ∞ above 709, where the other overflows.
#[inline(always)]
pub(crate) fn exp_or_infinity(x: f64x2) -> f64x2 {
    let most = splat(709.0);
    x.simd_gt(most).select(splat(f64::INFINITY), exp(x.fast_min(most)))
}

/// The polynomial's value, its halves side by side so that the processor need not wait for each term.
#[inline(always)]
pub(crate) fn polynomial(c: &[f64; 8], y: f64x2) -> f64x2 {
    let c = |i: usize| splat(c[i]);
    let y2 = y * y;
    let y4 = y2 * y2;
    (c(0) + c(1) * y + (c(2) + c(3) * y) * y2) + (c(4) + c(5) * y + (c(6) + c(7) * y) * y2) * y4
}

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

/// (e^x − 1 − x)/x² for |x| ≤ 1.
#[inline(always)]
pub(crate) fn second_order(x: f64x2) -> f64x2 {
    // Taylor's polynomial, even and odd powers side by side: the first term left out is 1/19!.
    const FACTORIALS: [f64; 18] = {
        let mut table = [0.5; 18];
        let mut k = 1;
        while k < 18 {
            table[k] = table[k - 1] / (k + 2) as f64;
            k += 1;
        }
        table
    };
    let y = x * x;
    let (mut even, mut odd) = (splat(FACTORIALS[16]), splat(FACTORIALS[17]));
    for k in (0..8).rev() {
        even = even * y + splat(FACTORIALS[2 * k]);
        odd = odd * y + splat(FACTORIALS[2 * k + 1]);
    }
    even + x * odd
}

/// The Mills ratio (1 − Φ(z))/φ(z) for z ≥ 0, within 3 units in the last place.
#[inline(always)]
pub(crate) fn mills_ratio(z: f64x2) -> f64x2 {
    // After division by 1/(z + 4.5) the function has no singularity in w = (z − 4.5)/(z + 4.5) on [−1, 1).
    // The polynomial interpolates it at Chebyshev points, with an error below 1e-16.
    const COEFFICIENTS: [f64; 25] = [
        1.913_135_223_978_286_2,
        -1.604_888_204_901_126_2,
        1.119_090_502_531_945_5,
        -0.634_532_393_248_104_8,
        0.279_194_765_864_499_43,
        -0.084_902_823_894_105_06,
        0.010_587_028_725_654_708,
        0.004_383_668_136_013_047,
        -0.002_300_449_406_542_663,
        1.599_528_939_338_186e-5,
        0.000_280_849_949_380_063_45,
        -3.993_893_182_964_579e-5,
        -3.568_645_989_177_821_4e-5,
        7.998_688_074_858_116e-6,
        5.377_587_637_560_456e-6,
        -1.258_196_116_201_374_6e-6,
        -9.612_667_597_172_33e-7,
        1.605_327_510_382_191_5e-7,
        1.880_594_259_125_606_4e-7,
        -1.193_456_523_338_832_1e-8,
        -3.555_466_574_333_578_5e-8,
        -7.460_702_913_734_561e-10,
        5.417_690_627_712_938e-9,
        2.458_095_853_292_996_3e-10,
        -4.667_845_887_893_746e-10,
    ];
    let beyond = z + splat(4.5);
    let w = (z - splat(4.5)) / beyond;
    // Powers in fours, side by side.
    let y = w * w;
    let y2 = y * y;
    let mut sums = [splat(COEFFICIENTS[24]), splat(0.0), splat(0.0), splat(0.0)];
    for k in (0..6).rev() {
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = *sum * y2 + splat(COEFFICIENTS[4 * k + i]);
        }
    }
    (sums[0] + w * sums[1] + y * (sums[2] + w * sums[3])) / beyond
}

/// e^x − 1 for any x but NaN, with full relative accuracy for small x.
#[inline(always)]
pub(crate) fn exp_m1(x: f64x2) -> f64x2 {
    let small = x.fast_max(splat(-1.0)).fast_min(splat(1.0));
    let near = small + small * small * second_order(small);
    x.abs().simd_lt(splat(1.0)).select(near, exp_or_infinity(x) - splat(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_is_right_to_the_last_digits() {
        for i in 0..=14_160 {
            let x = -708.0 + f64::from(i) * 0.1;
            let ours = exp(splat(x)).to_array()[0];
            assert!((ours / x.exp() - 1.0).abs() < 6e-16, "exp({x}) = {ours}");
        }
        assert_eq!(exp(f64x2::new([-709.0, -1e9])).to_array(), [0.0, 0.0], "underflow is 0");
    }

    #[test]
    fn exponential_less_1_keeps_its_digits() {
        for i in -4000..=4000 {
            let x = f64::from(i) * 1e-3 * f64::from(i).abs().max(1.0).powi(2) * 1e-5;
            let ours = exp_m1(splat(x)).to_array()[0];
            assert!((ours - x.exp_m1()).abs() <= 6e-16 * x.exp_m1().abs(), "exp({x}) − 1 = {ours}");
        }
        let ends = exp_m1(f64x2::new([f64::NEG_INFINITY, 1e9])).to_array();
        assert_eq!(ends, [-1.0, f64::INFINITY], "at both ends");
    }

    #[test]
    fn logarithm_is_right_to_the_last_digits() {
        let mut x = 1e-300;
        while x < 1e300 {
            let ours = ln_1p(splat(x)).to_array()[0];
            assert!((ours / x.ln_1p() - 1.0).abs() < 6e-16, "log(1 + {x}) = {ours}");
            let plain = ln(splat(x)).to_array()[0];
            assert!((plain - x.ln()).abs() <= 4e-16 * x.ln().abs().max(0.1), "log {x} = {plain}");
            x *= 1.037;
        }
        assert_eq!(ln_1p(splat(0.0)).to_array(), [0.0, 0.0], "log 1 is 0");
    }
}
