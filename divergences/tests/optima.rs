//! Minima against a search by brute force, on chosen targets and on random ones.
//!
//! `DIVERGENCES_SEED` chooses other targets than usual, `DIVERGENCES_TARGETS` how many. The usual ones are always the same, as each
//! takes a quarter of a second.

mod common;

use common::{between, setting};
use divergences::distribution::{Gaussian, Rng, seeded};
use divergences::divergence::Divergence;
use divergences::fit::{Optimum, Target, landscape};

const SEARCHED: [Divergence; 14] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::TotalVariation,
    Divergence::HellingerSquared,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(0.3),
    Divergence::Alpha(1.5),
    Divergence::Wasserstein(1.0),
    Divergence::Wasserstein(2.0),
    Divergence::Wasserstein(4.0),
];

/// A weight, a mean and a standard deviation.
type Component = (f64, f64, f64);

fn components(rng: &mut Rng) -> Vec<Component> {
    let count = between(rng, 2.0, 5.0) as usize;
    (0..count)
        .map(|_| {
            let weight = between(rng, 0.02_f64.ln(), 0.0).exp();
            (weight, between(rng, -5.0, 5.0), between(rng, 0.25_f64.ln(), 2_f64.ln()).exp())
        })
        .collect()
}

fn moved(q: Gaussian, [x, y]: [f64; 2]) -> Gaussian {
    Gaussian::new(q.mean() + q.sd() * x, q.sd() * y.exp()).expect("a Gaussian")
}

fn around(q: Gaussian, step: f64) -> impl Iterator<Item = Gaussian> {
    (0..16).map(move |k| {
        let (sin, cos) = (f64::from(k) * std::f64::consts::TAU / 16.0).sin_cos();
        moved(q, [step * cos, step * sin])
    })
}

/// Steps to the best of 16 neighbours, ever nearer ones: a grid alone takes the floor of a slanting valley for a row of minima.
fn descent(value: &dyn Fn(Gaussian) -> f64, start: Gaussian, mut step: f64) -> Gaussian {
    let (mut q, mut here) = (start, value(start));
    while step > 1e-5 {
        let best = around(q, step).map(|q| (q, value(q))).min_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((next, there)) if there < here => (q, here) = (next, there),
            _ => step *= 0.5,
        }
    }
    q
}

/// Points of a grid that lie below all eight neighbours.
fn grid_minima(target: &Target, divergence: Divergence) -> Vec<Gaussian> {
    const N: usize = 41;
    let map = landscape(target, divergence, (-7.0, 7.0), (0.15, 8.0), N, N);
    let mut minima = Vec::new();
    for j in 1..N - 1 {
        for i in 1..N - 1 {
            let here = map.values[j * N + i];
            let mut neighbours = (0..9).filter(|&k| k != 4).map(|k| (j + k / 3 - 1) * N + i + k % 3 - 1);
            if here.is_finite() && neighbours.all(|k| map.values[k] > here) {
                minima.extend(Gaussian::new(map.means[i], map.sds[j]));
            }
        }
    }
    minima
}

/// Whether no value on the way from `a` to `b` exceeds those at both ends by more than 2e-6.
fn joined(value: &dyn Fn(Gaussian) -> f64, a: Gaussian, b: Gaussian) -> bool {
    let level = value(a).max(value(b)) + 2e-6;
    (1..32).all(|k| {
        let share = f64::from(k) / 32.0;
        let mean = a.mean() + share * (b.mean() - a.mean());
        let sd = a.sd() * (b.sd() / a.sd()).powf(share);
        value(Gaussian::new(mean, sd).expect("a Gaussian")) < level
    })
}

/// What is wrong with the minima that are found for the target: those that are none, and those of a grid that are missing.
fn faults(components: &[Component]) -> Vec<String> {
    let target = Target::new(components).expect("a target");
    let mut faults = Vec::new();
    for divergence in SEARCHED {
        let value = |q: Gaussian| target.evaluate(divergence, q).value;
        let optima = target.optima(divergence);
        if optima.is_empty() {
            faults.push(format!("{divergence:?} of {components:?} has no minimum"));
        }
        for optimum in &optima {
            let here = value(optimum.q);
            if here != optimum.value {
                faults.push(format!("{divergence:?} of {components:?}: {optimum:?} has the value {here}"));
            }
            let stationary = optimum.gradient_norm < 1e-8 * here.max(1.0);
            if !stationary && divergence != Divergence::TotalVariation {
                faults.push(format!("{divergence:?} of {components:?}: {optimum:?} is not stationary"));
            }
            // A lower point nearby is on the way to a minimum.
            let mut near = [1e-3, 0.02].into_iter().flat_map(|step| around(optimum.q, step));
            if let Some(lower) = near.find(|&q| value(q) < here - 3e-9 * here.max(1.0)) {
                faults.push(format!(
                    "{divergence:?} of {components:?}: spurious {optimum:?}, {lower:?} is lower"
                ));
            }
        }
        for start in grid_minima(&target, divergence) {
            let q = descent(&value, start, 0.1);
            let near = |o: &Optimum| {
                (o.q.mean() - q.mean()).abs() < 1e-2 * q.sd() && (o.q.sd() / q.sd()).ln().abs() < 1e-2
                    || value(o.q) <= value(q) + 1e-6 && joined(&value, o.q, q)
            };
            if !optima.iter().any(near) {
                let height = value(q);
                faults.push(format!(
                    "{divergence:?} of {components:?}: {q:?} with {height} is missed: {optima:?}"
                ));
            }
        }
    }
    faults
}

#[test]
fn chosen_targets_have_all_their_minima() {
    let targets: [&[Component]; 6] = [
        &[(0.3, -2.0, 0.6), (0.5, 0.5, 1.0), (0.2, 3.0, 0.5)],
        &[(0.3, -4.0, 0.4), (0.5, 0.5, 0.5), (0.2, 4.0, 0.4)],
        &[(0.5, -3.0, 0.7), (0.5, 3.0, 0.7)],
        &[(0.6, 0.0, 2.0), (0.4, 0.3, 0.3)],
        &[(0.98, -1.0, 0.8), (0.02, 3.5, 0.5)],
        &[(0.2, -4.0, 0.5), (0.2, -2.0, 0.4), (0.2, 0.0, 0.6), (0.2, 1.5, 0.3), (0.2, 4.0, 0.8)],
    ];
    let faults: Vec<String> = targets.into_iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn random_targets_have_all_their_minima() {
    let seed = setting("DIVERGENCES_SEED").unwrap_or(1);
    println!("DIVERGENCES_SEED={seed}");
    let mut rng = seeded(seed);
    let count = setting("DIVERGENCES_TARGETS").unwrap_or(12);
    let faults: Vec<String> = (0..count).flat_map(|_| faults(&components(&mut rng))).collect();
    assert!(faults.is_empty(), "seed {seed}: {} faults\n{}", faults.len(), faults.join("\n"));
}
