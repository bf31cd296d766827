//! Random pairs of Gaussian mixtures, other ones each time: ordinary ones against a slow reference, extreme ones against all bounds.
//!
//! `DIVERGENCES_SEED` repeats a run, `DIVERGENCES_PAIRS` says on how many pairs.

mod common;

use common::{between, setting};
use divergences::distribution::{Distribution, Gaussian, Mixture, Rng, seeded};
use divergences::divergence::{Divergence, Profile};

/// A weight, a mean and a standard deviation.
type Component = (f64, f64, f64);

/// What may separate two quadratures.
const QUADRATURE: f64 = 1e-9;

/// A seed of this run alone, unless one is asked for; it is printed.
fn seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = setting("DIVERGENCES_SEED").unwrap_or(now.map_or(0, |now| now.as_nanos() as u64));
    println!("DIVERGENCES_SEED={seed}");
    seed
}

fn log_between(rng: &mut Rng, lower: f64, upper: f64) -> f64 {
    between(rng, lower.ln(), upper.ln()).exp()
}

/// Up to three components with scales, places and weights of many sizes.
fn components(rng: &mut Rng, scales: (f64, f64), farthest: f64, lightest: f64) -> Vec<Component> {
    let count = between(rng, 1.0, 4.0) as usize;
    (0..count)
        .map(|_| {
            let sign = between(rng, -1.0, 1.0).signum();
            let place = sign * log_between(rng, 1e-3, farthest);
            (log_between(rng, lightest, 1.0), place, log_between(rng, scales.0, scales.1))
        })
        .collect()
}

fn mixture(components: &[Component]) -> Distribution {
    let part =
        |&(weight, mean, sd): &Component| (weight, Gaussian::new(mean, sd).expect("a Gaussian").into());
    Mixture::from_weights(components.iter().map(part).collect()).expect("a mixture").into()
}

/// log Σ w N(x; m, s²), the weights divided by their sum.
fn log_density(components: &[Component], x: f64) -> f64 {
    let total: f64 = components.iter().map(|c| c.0).sum();
    let log = |&(weight, mean, sd): &Component| {
        let z = (x - mean) / sd;
        (weight / total).ln() - sd.ln() - 0.918_938_533_204_672_8 - 0.5 * z * z
    };
    let greatest = components.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
    greatest + components.iter().map(|c| (log(c) - greatest).exp()).sum::<f64>().ln()
}

const VALUES: usize = 5;

/// The integrands of KL both ways, JS, H² and χ², none of them negative.
fn integrands(log_p: f64, log_q: f64) -> [f64; VALUES] {
    let ratio = log_p - log_q;
    let (p, q) = (log_p.exp(), log_q.exp());
    let kl = |p: f64, ratio: f64| if p == 0.0 { 0.0 } else { p * ((-ratio).exp_m1() + ratio) };
    // log (1 + e^x), which does not overflow.
    let log_sum = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
    let half =
        |p: f64, other: f64| if p == 0.0 { 0.0 } else { 0.5 * p * (std::f64::consts::LN_2 - log_sum(other)) };
    // Where it is small, KL is the other way round, so that nothing overflows.
    let forward = if ratio > -30.0 { kl(p, ratio) } else { q + p * (ratio - 1.0) };
    let reverse = if ratio < 30.0 { kl(q, -ratio) } else { p - q * (ratio + 1.0) };
    let close = ratio.abs() < 1e-3;
    let js = if close {
        ratio * ratio / 16.0 * (p + q) * (1.0 - ratio * ratio / 8.0)
    } else {
        half(p, -ratio) + half(q, ratio)
    };
    let root = (0.5 * log_p).exp() - (0.5 * log_q).exp();
    let squared = if ratio > 1.0 {
        (2.0 * log_p - log_q).exp() * (-ratio).exp_m1().powi(2)
    } else {
        q * ratio.exp_m1().powi(2)
    };
    [forward, reverse, js, 0.5 * root * root, squared]
}

/// Gauss's rule with ten nodes.
const NODES: [(f64, f64); 5] = [
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.148_874_338_981_631_22, 0.295_524_224_714_752_87),
];

/// Where two components of a mixture are equally high, with the length over which the log-density bends there. Halving does not find
/// every bend: one that lies nearer to a panel's end than any node, of the halves either, is seen by neither.
fn bends(components: &[Component]) -> Vec<(f64, f64)> {
    let mut bends = Vec::new();
    for (i, &(v, m, s)) in components.iter().enumerate() {
        for &(w, n, t) in &components[i + 1..] {
            // ½ (x − n)²/t² − ½ (x − m)²/s² + log (v t/(w s)) = a y² + b y + c, y = x − m.
            let (d, a) = (n - m, 0.5 / (t * t) - 0.5 / (s * s));
            let (b, c) = (-d / (t * t), 0.5 * d * d / (t * t) + (v * t / (w * s)).ln());
            let h = -0.5 * (b + (b * b - 4.0 * a * c).sqrt().copysign(b));
            for y in [h / a, c / h] {
                bends.push((m + y, (2.0 * a * y + b).abs().recip()));
            }
        }
    }
    bends.retain(|bend| bend.0.is_finite() && bend.1.is_finite());
    bends
}

/// The integrals over panels that grow geometrically away from every component and every bend, each halved until it is right.
fn reference(p: &[Component], q: &[Component]) -> [f64; VALUES] {
    let mut edges = Vec::new();
    let components = p.iter().chain(q).map(|&(_, mean, sd)| (mean, sd));
    for (centre, length) in components.chain(bends(p)).chain(bends(q)) {
        edges.push(centre);
        let mut offset = 0.25 * length;
        while offset < 1e6 {
            edges.extend([centre - offset, centre + offset]);
            offset *= 1.6;
        }
    }
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let panel = |lower: f64, upper: f64| {
        let (middle, half) = (0.5 * (lower + upper), 0.5 * (upper - lower));
        let mut sums = [0.0; VALUES];
        for (node, weight) in NODES {
            for x in [middle - half * node, middle + half * node] {
                let values = integrands(log_density(p, x), log_density(q, x));
                sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += half * weight * value);
            }
        }
        sums
    };
    let mut open: Vec<_> =
        edges.windows(2).map(|ends| (ends[0], ends[1], panel(ends[0], ends[1]), 0)).collect();
    let mut totals = [0.0; VALUES];
    for part in &open {
        totals.iter_mut().zip(part.2).for_each(|(total, value)| *total += value);
    }
    let magnitudes = totals;
    totals = [0.0; VALUES];
    while let Some((lower, upper, coarse, depth)) = open.pop() {
        let middle = 0.5 * (lower + upper);
        let halves = [panel(lower, middle), panel(middle, upper)];
        let fine: [f64; VALUES] = core::array::from_fn(|k| halves[0][k] + halves[1][k]);
        let right = (0..VALUES)
            .all(|k| (fine[k] - coarse[k]).abs() <= 1e-12 * magnitudes[k] || !magnitudes[k].is_finite());
        if right || depth > 20 {
            totals.iter_mut().zip(fine).for_each(|(total, value)| *total += value);
        } else {
            open.extend([(lower, middle, halves[0], depth + 1), (middle, upper, halves[1], depth + 1)]);
        }
    }
    totals
}

/// Whether the tails make χ²(p‖q) infinite, and by how much they are away from that.
fn chi_squared_margin(p: &[Component], q: &[Component]) -> f64 {
    let widest = |parts: &[Component]| parts.iter().map(|c| c.2).fold(0.0, f64::max);
    2.0 * (widest(q) / widest(p)).powi(2) - 1.0
}

#[test]
fn ordinary_pairs_agree_with_a_slow_reference() {
    let mut rng = seeded(seed());
    let mut faults = Vec::new();
    for _ in 0..setting("DIVERGENCES_PAIRS").unwrap_or(300) {
        let p = components(&mut rng, (0.03, 30.0), 100.0, 1e-6);
        let q = components(&mut rng, (0.03, 30.0), 100.0, 1e-6);
        let (one, other) = (mixture(&p), mixture(&q));
        let theirs = reference(&p, &q);
        let found = Profile::between(&one, &other);
        let ours = [
            found.forward_kl,
            found.reverse_kl,
            found.jensen_shannon,
            found.hellinger_squared,
            found.chi_squared,
        ];
        let alone = [
            Divergence::ForwardKl,
            Divergence::ReverseKl,
            Divergence::JensenShannon,
            Divergence::HellingerSquared,
            Divergence::ChiSquared,
        ]
        .map(|divergence| divergence.between(&one, &other));
        for (k, name) in ["KL(p‖q)", "KL(q‖p)", "JS", "H²", "χ²"].into_iter().enumerate() {
            for ours in [ours[k], alone[k]] {
                let infinite = name == "χ²" && chi_squared_margin(&p, &q) < 1e-3;
                let beyond = name == "χ²" && (theirs[k].is_nan() || theirs[k] > 1e300);
                let right = (ours - theirs[k]).abs() <= QUADRATURE * theirs[k];
                if !right && !infinite && !beyond {
                    faults
                        .push(format!("{name} of {p:?} and {q:?}: {ours:e}, the reference {:e}", theirs[k]));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn extreme_pairs_break_no_bound() {
    let mut rng = seeded(seed());
    let mut faults = Vec::new();
    for _ in 0..setting("DIVERGENCES_PAIRS").unwrap_or(1700) {
        let p = components(&mut rng, (1e-6, 1e6), 1e12, 1e-12);
        let mut q = components(&mut rng, (1e-6, 1e6), 1e12, 1e-12);
        // Half of them have places in common, as else nothing would overlap.
        for (own, other) in q.iter_mut().zip(&p) {
            if between(&mut rng, 0.0, 1.0) < 0.5 {
                own.1 = other.1 + between(&mut rng, -2.0, 2.0) * other.2;
            }
        }
        let (one, other) = (mixture(&p), mixture(&q));
        let all = |p: &Distribution, q: &Distribution| {
            use Divergence as D;
            [
                D::ForwardKl,
                D::ReverseKl,
                D::JensenShannon,
                D::TotalVariation,
                D::HellingerSquared,
                D::ChiSquared,
            ]
            .map(|divergence| divergence.between(p, q))
        };
        let [kl, reverse_kl, js, tv, h2, chi_squared] = all(&one, &other);
        let back = all(&other, &one);
        let log_2 = std::f64::consts::LN_2;
        let near = |a: f64, b: f64| (a - b).abs() <= QUADRATURE * (a.abs() + b.abs()) || a == b;
        let most = |a: f64, b: f64| a <= b * (1.0 + QUADRATURE);
        let laws = [
            ("KL(p‖q) is finite", kl.is_finite() && kl >= 0.0),
            ("KL(q‖p) is finite", reverse_kl.is_finite() && reverse_kl >= 0.0),
            ("JS ≤ log 2", (0.0..=log_2).contains(&js)),
            ("TV ≤ 1", (0.0..=1.0).contains(&tv)),
            ("H² ≤ 1", (0.0..=1.0).contains(&h2)),
            ("χ² is a number", chi_squared >= 0.0 && back[5] >= 0.0),
            ("H² ≤ TV", most(h2, tv)),
            ("TV² ≤ H² (2 − H²)", most(tv * tv, h2 * (2.0 - h2))),
            ("JS ≤ TV log 2", most(js, tv * log_2)),
            ("Pinsker", most(2.0 * tv * tv, kl) && most(2.0 * tv * tv, reverse_kl)),
            ("KL ≤ log (1 + χ²)", most(kl, chi_squared.ln_1p())),
            ("reverse KL ≤ log (1 + χ²)", most(reverse_kl, back[5].ln_1p())),
            ("KL ≥ −2 log (1 − H²)", most(-2.0 * (-h2).ln_1p(), kl) || h2 > 1.0 - 1e-6),
            ("JS is symmetric", near(js, back[2])),
            ("TV is symmetric", near(tv, back[3])),
            ("H² is symmetric", near(h2, back[4])),
            ("KL turns round", near(kl, back[1]) && near(reverse_kl, back[0])),
        ];
        faults.extend(
            laws.iter()
                .filter(|law| !law.1)
                .map(|law| format!("{}: {p:?} and {q:?}: {:?}", law.0, all(&one, &other))),
        );
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
