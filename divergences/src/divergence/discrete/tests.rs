use super::*;
use core::f64::consts::LN_2;

fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!((got - want).abs() <= tolerance * want.abs() || got == want, "{what}: {got:e} is not {want:e}");
}

/// Arrays of `n` weights that add up to 1, from a fixed sequence.
fn arrays(n: usize, sharpness: f64) -> [Vec<f64>; 2] {
    let mut state = 1_u64;
    [0, 1].map(|_| {
        let weights: Vec<f64> = (0..n)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (sharpness * ((state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5)).exp()
            })
            .collect();
        let total: f64 = weights.iter().sum();
        weights.iter().map(|w| w / total).collect()
    })
}

#[test]
fn corrections_have_these_values() {
    let (p, q) = ([0.1, 0.2, 0.7], [0.8, 0.1, 0.1]);
    // 0.7 log 7 + 0.2 log 2 + 0.1 log 0.125, and so on.
    close(kullback_leibler(&p, &q), 0.7 * 7_f64.ln() + 0.2 * LN_2 - 0.3 * LN_2, 1e-14, "KL(p1‖p2)");
    close(kullback_leibler(&p, &q), 1.29282, 1e-5, "KL(p1‖p2) as printed");
    close(kullback_leibler(&q, &p), 1.39965, 1e-5, "KL(p2‖p1) as printed");
    close(jensen_shannon(&p, &q), 0.28999, 1e-4, "JS as printed");
    let rare = kullback_leibler(&[0.99, 0.01], &[1.0 - 1e-6, 1e-6]);
    close(rare, 0.0822, 1e-3, "a small missed region costs little");
    // Triangles: JS and KL and H² break them.
    let js = |a: &[f64; 2], b: &[f64; 2]| jensen_shannon(a, b);
    let (a, b, c) = ([1.0, 0.0], [0.5, 0.5], [0.0, 1.0]);
    assert_eq!(js(&a, &c), LN_2, "JS of disjoint arrays");
    close(js(&a, &b) + js(&b, &c), 0.4315, 1e-4, "the way round by JS");
    close(js(&a, &b).sqrt() + js(&b, &c).sqrt(), 0.9290, 1e-4, "the way round by its root");
    close(js(&a, &c).sqrt(), 0.8326, 1e-4, "the direct way by its root");
    close(kullback_leibler(&[0.5, 0.5], &[0.1, 0.9]), 0.5108, 1e-4, "direct by KL");
    let round = kullback_leibler(&[0.5, 0.5], &[0.25, 0.75]) + kullback_leibler(&[0.25, 0.75], &[0.1, 0.9]);
    close(round, 0.2362, 2e-4, "the way round by KL");
    assert_eq!(hellinger_squared(&a, &c), 1.0, "H² of disjoint arrays");
    close(hellinger_squared(&a, &b) + hellinger_squared(&b, &c), 0.5858, 1e-4, "the way round by H²");
}

#[test]
fn vectors_agree_with_the_generator() {
    for n in [1, 2, 3, 4, 5, 7, 64, 2048] {
        for sharpness in [0.0, 1e-9, 0.1, 1.0, 30.0, 1200.0] {
            let [p, q] = arrays(n, sharpness);
            let want = f_divergence(Generator::KullbackLeibler, &p, &q);
            close(kullback_leibler(&p, &q), want, 2e-14, &format!("KL of {n}, sharpness {sharpness}"));
            let want = f_divergence(Generator::JensenShannon, &p, &q);
            close(jensen_shannon(&p, &q), want, 2e-14, &format!("JS of {n}, sharpness {sharpness}"));
        }
    }
}

/// To second order KL is Σ d²/2q and JS Σ d²/8q.
#[test]
fn near_identical_arrays_keep_their_digits() {
    let [q, noise] = arrays(8, 2.0);
    let p: Vec<f64> = q.iter().zip(&noise).map(|(q, n)| q * (1.0 + 1e-13 * (n - 0.125))).collect();
    let chi: f64 = p.iter().zip(&q).map(|(p, q)| (p - q) * (p - q) / q).sum();
    assert!(chi > 0.0 && chi < 1e-26, "the arrays are close: {chi:e}");
    close(kullback_leibler(&p, &q), 0.5 * chi, 1e-12, "KL");
    close(jensen_shannon(&p, &q), 0.125 * chi, 1e-12, "JS");
    close(hellinger_squared(&p, &q), 0.125 * chi, 1e-12, "H²");
    close(chi_squared(&p, &q), chi, 1e-13, "χ²");
    close(alpha_divergence(1.0 + 1e-9, &p, &q), 0.5 * chi, 1e-12, "D_α");
}

#[test]
fn zeros_are_counted_exactly() {
    let (p, q) = (vec![0.1; 10], vec![0.0; 10]);
    let p: Vec<f64> = p.into_iter().chain([0.0; 10]).collect();
    let q: Vec<f64> = q.into_iter().chain([0.1; 10]).collect();
    assert_eq!(kullback_leibler(&p, &q), f64::INFINITY, "KL");
    assert_eq!(jensen_shannon(&p, &q), LN_2, "JS");
    assert_eq!(total_variation(&p, &q), 1.0, "TV");
    assert_eq!(hellinger_squared(&p, &q), 1.0, "H²");
    assert_eq!(chi_squared(&p, &q), f64::INFINITY, "χ²");
    assert_eq!(jeffreys(&p, &q), f64::INFINITY, "Jeffreys");
    assert_eq!(alpha_divergence(0.5, &p, &q), 4.0, "4 H² at α = ½");
    // Where only p is 0, KL(p‖q) is finite: log 2 here.
    close(kullback_leibler(&[1.0, 0.0], &[0.5, 0.5]), LN_2, 1e-15, "zeros of p");
    assert_eq!(kullback_leibler(&[0.5, 0.5], &[1.0, 0.0]), f64::INFINITY, "zeros of q");
    close(chi_squared(&[1.0, 0.0], &[0.5, 0.5]), 1.0, 1e-15, "χ² with zeros of p");
    assert_eq!(entropy(&[0.0, 1.0]).to_bits(), 0.0_f64.to_bits(), "a certainty has entropy +0");
    assert_eq!(cross_entropy(&[0.5, 0.5], &[1.0, 0.0]), f64::INFINITY, "cross-entropy");
}

#[test]
fn extreme_entries_neither_overflow_nor_turn_into_nan() {
    let tiny = 5e-324;
    let (p, q) = ([1.0, tiny, 1e-300, 0.0], [tiny, 1.0, 1e-310, 0.0]);
    for (p, q) in [(p, q), (q, p)] {
        for value in
            [kullback_leibler(&p, &q), jensen_shannon(&p, &q), jeffreys(&p, &q), total_variation(&p, &q)]
        {
            assert!(value.is_finite() && value > 0.0, "{value} between subnormal numbers");
        }
        // (1 − 0)²/5e-324 is beyond the largest number.
        assert_eq!(chi_squared(&p, &q), f64::INFINITY, "χ² overflows to ∞");
    }
    close(kullback_leibler(&p, &q), -(tiny.ln()), 1e-13, "−log of the smallest number");
    close(
        kullback_leibler(&[0.5, 0.5], &[1e-200, 1.0]),
        0.5 * (0.5_f64.ln() - 1e-200_f64.ln()) + 0.5 * 0.5_f64.ln(),
        1e-14,
        "k ≫ 0",
    );
}

#[test]
fn what_is_no_distribution_gives_nan() {
    assert!(kullback_leibler(&[1.0], &[0.5, 0.5]).is_nan(), "different lengths");
    assert!(total_variation(&[1.0], &[0.5, 0.5]).is_nan(), "different lengths");
    for bad in [f64::NAN, -0.5] {
        let (p, q) = ([0.25, bad, 0.25, 0.25, 0.25], [0.2; 5]);
        for value in
            [kullback_leibler(&p, &q), kullback_leibler(&q, &p), jensen_shannon(&p, &q), chi_squared(&p, &q)]
        {
            assert!(value.is_nan(), "{bad} gives {value}");
        }
    }
}
