//! Special functions of the normal distribution, and e^x − 1 − x, each accurate to a few units in the last place.
//!
//! Transcendental functions come from `libm`, not from `std`, so that samples are the same in WebAssembly and natively.

use super::simd;

/// ½ log 2π.
pub(crate) const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// √(2π).
pub(crate) const SQRT_TWO_PI: f64 = 2.506_628_274_631_000_7;

/// The normal distribution has 1e-21 of its mass beyond this many standard deviations, which counts for nothing.
pub(crate) const NORMAL_REACH: f64 = 9.5;

/// e^x − 1 − x, without cancellation for small x.
#[must_use]
pub(crate) fn exp_minus_one_minus(x: f64) -> f64 {
    if x.abs() > 0.7 {
        return x.exp_m1() - x;
    }
    // x²/2 (1 + x/3 (1 + x/4 (…))): at |x| ≤ 0.7 the 17th term is below 2⁻⁵³ of the sum.
    let mut sum = 1.0;
    for k in (3..=18_u8).rev() {
        sum = 1.0 + sum * x * RECIPROCALS[usize::from(k)];
    }
    0.5 * x * x * sum
}

/// 1/k, so that series need no divisions.
const RECIPROCALS: [f64; 19] = {
    let mut table = [0.0; 19];
    let mut k = 1;
    while k < 19 {
        table[k] = 1.0 / k as f64;
        k += 1;
    }
    table
};

/// e^(−z²/2), accurate also where z² has lost digits to rounding.
fn exp_minus_half_square(z: f64) -> f64 {
    // The high part has 26 bits, so that its square is exact.
    let high = f64::from_bits(z.to_bits() & 0xffff_ffff_f800_0000);
    libm::exp(-0.5 * high * high) * libm::exp(-0.5 * (z - high) * (z + high))
}

/// The Mills ratio (1 − Φ(z))/φ(z) for z ≥ 0.
pub(crate) fn mills_ratio(z: f64) -> f64 {
    if z.is_infinite() { 0.0 } else { simd::mills_ratio(simd::splat(z)).to_array()[0] }
}

/// The density φ(z) of the standard normal distribution.
pub(crate) fn normal_density(z: f64) -> f64 {
    exp_minus_half_square(z) / SQRT_TWO_PI
}

/// 1 − Φ(z), relatively accurate in the upper tail.
pub(crate) fn normal_survival(z: f64) -> f64 {
    if z < 5.0 {
        0.5 * libm::erfc(z * core::f64::consts::FRAC_1_SQRT_2)
    } else if z > 39.0 {
        0.0
    } else {
        normal_density(z) * mills_ratio(z)
    }
}

/// Φ(z), relatively accurate in the lower tail.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    normal_survival(-z)
}

/// Φ⁻¹(u) for 0 < u < 1, relatively accurate in the lower tail.
///
/// Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988).
pub(crate) fn normal_quantile(u: f64) -> f64 {
    let centred = u - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = if centred < 0.0 { u } else { 1.0 - u };
    let r = (-libm::log(tail)).sqrt();
    let (table, r) = if r <= 5.0 { (&MIDDLE, r - 1.6) } else { (&FAR, r - 5.0) };
    let z = polynomial(&table.0, r) / polynomial(&table.1, r);
    if centred < 0.0 { -z } else { z }
}

fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

type Rational = ([f64; 8], [f64; 8]);

const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
);
const MIDDLE: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);
const FAR: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Values from mpmath at 40 digits.
    #[test]
    fn agrees_with_mpmath() {
        let close = |got: f64, want: f64, tolerance: f64| {
            assert!((got / want - 1.0).abs() <= tolerance, "{got:e} is not {want:e}");
        };
        close(normal_survival(-3.0), 0.9986501019683699, 1e-14);
        close(normal_survival(0.3), 0.3820885778110474, 1e-14);
        close(normal_survival(4.9), 4.79183276590319e-07, 1e-14);
        close(normal_survival(5.1), 1.6982674071476014e-07, 4e-15);
        close(normal_survival(7.5), 3.1908916729108963e-14, 4e-15);
        close(normal_survival(9.9), 2.081375219493206e-23, 4e-15);
        close(normal_survival(10.1), 2.762109471764517e-24, 4e-15);
        close(normal_survival(20.25), 1.77619986494957e-91, 4e-15);
        close(normal_survival(37.5), 4.605353009581955e-308, 4e-15);
        close(mills_ratio(0.0), 1.2533141373155003, 1e-14);
        close(mills_ratio(1.5), 0.5158156382179634, 1e-14);
        close(mills_ratio(4.9), 0.1964702701333561, 1e-14);
        close(mills_ratio(5.0), 0.19280810471531576, 1e-14);
        close(mills_ratio(6.3), 0.1550006300480009, 1e-14);
        close(mills_ratio(9.99), 0.09912583132776691, 1e-14);
        close(mills_ratio(10.0), 0.09902859647173193, 1e-14);
        close(mills_ratio(40.0), 0.02498440420572057, 1e-14);
        close(mills_ratio(100000.0), 9.999999999e-06, 1e-14);
        close(mills_ratio(1000000000.0), 1e-09, 1e-14);
        close(exp_minus_one_minus(1e-12), 5.000000000001666e-25, 1e-15);
        close(exp_minus_one_minus(-1e-05), 4.999983333375001e-11, 1e-15);
        close(exp_minus_one_minus(0.3), 0.0498588075760031, 1e-15);
        close(exp_minus_one_minus(-0.7), 0.19658530379140948, 1e-15);
        close(exp_minus_one_minus(0.71), 0.3239912586467506, 1e-15);
        close(exp_minus_one_minus(-3.0), 2.049787068367864, 1e-15);
        close(exp_minus_one_minus(20.0), 485165174.4097903, 1e-15);
        close(normal_quantile(1e-300), -37.0470962993612, 2e-15);
        close(normal_quantile(1e-20), -9.262340089798407, 2e-15);
        close(normal_quantile(0.001), -3.0902323061678136, 2e-15);
        close(normal_quantile(0.07), -1.4757910281791706, 2e-15);
        close(normal_quantile(0.075), -1.439531470938456, 2e-15);
        close(normal_quantile(0.3), -0.5244005127080408, 2e-15);
        close(normal_quantile(0.6), 0.2533471031357997, 2e-15);
        close(normal_quantile(0.93), 1.475791028179171, 2e-15);
        close(normal_quantile(0.999), 3.090232306167813, 2e-15);
    }
}
