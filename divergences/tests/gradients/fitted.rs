//! A target's gradients against forward-mode autodiff of an independent, far finer evaluation of the same integral.

use divergences::distribution::Gaussian;
use divergences::divergence::Divergence;
use divergences::fit::{Objective, Slope, Target};

use crate::cases::{Cases, SMOOTH};
use crate::dual::{Dual, normal_cdf, times};

/// log p, and log q with its derivatives, at x.
fn logs(components: &[(f64, f64, f64)], mean: f64, sd: f64, x: f64) -> (f64, Dual) {
    let total: f64 = components.iter().map(|c| c.0).sum();
    let log = |w: f64, m: f64, s: f64| (w / total).ln() - s.ln() - 0.5 * ((x - m) / s).powi(2);
    let largest = components.iter().map(|&(w, m, s)| log(w, m, s)).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = components.iter().map(|&(w, m, s)| (log(w, m, s) - largest).exp()).sum();
    let half_log_two_pi = 0.5 * std::f64::consts::TAU.ln();
    let mu = Dual { value: mean, by: [1.0, 0.0] };
    let log_sd = Dual { value: sd.ln(), by: [0.0, 1.0] };
    let z = (Dual::constant(x) - mu) * (-log_sd).exp();
    (largest + sum.ln() - half_log_two_pi, times(-0.5, z * z) - log_sd - Dual::constant(half_log_two_pi))
}

/// The divergence by the trapezoidal rule on a hundred nodes for each of the narrowest scale.
fn reference(divergence: Divergence, components: &[(f64, f64, f64)], mean: f64, sd: f64) -> Dual {
    let mut narrowest = sd;
    let (mut from, mut to) = (mean - 12.0 * sd, mean + 12.0 * sd);
    for &(_, m, s) in components {
        narrowest = narrowest.min(s);
        (from, to) = (from.min(m - 12.0 * s), to.max(m + 12.0 * s));
    }
    // Two components of distance d and variance s² cross within s²/d.
    let step = (0.02 * narrowest).min(0.5 * narrowest * narrowest / (to - from));
    // The tails of q²/p and the like are wider than either, and may be centred elsewhere.
    if let Some(alpha) = match divergence {
        Divergence::ChiSquared => Some(2.0),
        Divergence::ReverseChiSquared => Some(-1.0),
        Divergence::Alpha(alpha) => Some(alpha),
        _ => None,
    } {
        let log = |x: f64| {
            let (log_p, log_q) = logs(components, mean, sd, x);
            alpha * log_p + (1.0 - alpha) * log_q.value
        };
        let (mut left, mut right, mut top) = (from, to, f64::NEG_INFINITY);
        let stride = 0.1 * (to - from);
        while log(left) > top - 80.0 && left > -1e5 {
            (top, left) = (top.max(log(left)), left - stride);
        }
        while log(right) > top - 80.0 && right < 1e5 {
            (top, right) = (top.max(log(right)), right + stride);
        }
        (from, to) = (left, right);
    }
    let count = ((to - from) / step).ceil() as usize;
    let mut sum = Dual::constant(0.0);
    for i in 0..=count {
        let (log_p, log_q) = logs(components, mean, sd, from + i as f64 * step);
        let (p, q, lp) = (log_p.exp(), log_q.exp(), Dual::constant(log_p));
        let l = lp - log_q;
        let term = match divergence {
            Divergence::ForwardKl => times(p, l),
            Divergence::ReverseKl => -(q * l),
            Divergence::Jeffreys => (Dual::constant(p) - q) * l,
            // log 2 is added at the end.
            Divergence::JensenShannon | Divergence::JensenShannonDistance => {
                times(-0.5 * p, (-l).softplus()) - times(0.5, q * l.softplus())
            }
            Divergence::HellingerSquared | Divergence::Hellinger => -times(0.5, lp + log_q).exp(),
            Divergence::ChiSquared => (lp + l).exp(),
            Divergence::ReverseChiSquared => (log_q - l).exp(),
            Divergence::Alpha(alpha) => (log_q + times(alpha, l)).exp(),
            _ => Dual::constant(f64::NAN),
        };
        sum = sum + term;
    }
    let sum = times(step, sum);
    match divergence {
        Divergence::JensenShannon => sum + Dual::constant(std::f64::consts::LN_2),
        Divergence::JensenShannonDistance => (sum + Dual::constant(std::f64::consts::LN_2)).sqrt(),
        Divergence::HellingerSquared => sum + Dual::constant(1.0),
        Divergence::Hellinger => (sum + Dual::constant(1.0)).sqrt(),
        Divergence::ChiSquared | Divergence::ReverseChiSquared => sum - Dual::constant(1.0),
        Divergence::Alpha(alpha) => times(1.0 / (alpha * (alpha - 1.0)), sum - Dual::constant(1.0)),
        _ => sum,
    }
}

#[test]
fn smooth_divergences_agree_with_autodiff() {
    let mut cases = Cases(20261122);
    let mut worst = [(0.0_f64, 0.0_f64); SMOOTH.len()];
    for case in 0..120 {
        let components = cases.components(1 + case % 5);
        let (mean, sd) = (cases.uniform(-6.0, 6.0), cases.uniform(-1.6, 1.6).exp());
        let (target, q) = (Target::new(&components).unwrap(), Gaussian::new(mean, sd).unwrap());
        for (divergence, worst) in SMOOTH.into_iter().zip(&mut worst) {
            let ours = target.evaluate(divergence, q);
            if ours.value.is_infinite() {
                assert_eq!(
                    ours.gradient,
                    [Slope::Undefined; 2],
                    "{divergence:?} of {components:?} at {mean}, {sd}"
                );
                continue;
            }
            let exact = reference(divergence, &components, mean, sd);
            if !exact.value.is_finite() {
                continue;
            }
            let scale = exact.by[0].abs().max(exact.by[1].abs()).max(exact.value.abs().min(1.0));
            let value_error = (ours.value - exact.value).abs() / exact.value.abs();
            let error = (0..2)
                .map(|i| (ours.gradient[i].finite().unwrap() - exact.by[i]).abs() / scale)
                .fold(0.0, f64::max);
            *worst = (worst.0.max(value_error), worst.1.max(error));
            if value_error > 1e-10 || error > 1e-10 {
                println!(
                    "{divergence:?} {value_error:e} {error:e} {components:?} {mean} {sd} {ours:?} {exact:?}"
                );
            }
        }
    }
    for (divergence, (value, gradient)) in SMOOTH.into_iter().zip(worst) {
        println!("{divergence:?}: worst error of the value {value:e}, of the gradient {gradient:e}");
        assert!(value < 1e-9 && gradient < 1e-9, "{divergence:?}: {value:e}, {gradient:e}");
    }
}

fn cdf(components: &[(f64, f64, f64)], x: f64) -> f64 {
    let total: f64 = components.iter().map(|c| c.0).sum();
    components.iter().map(|&(w, m, s)| w / total * normal_cdf((x - m) / s)).sum()
}

/// Φ⁻¹(P(x)) by bisection and Newton's method, from the nearer tail.
fn standardised(components: &[(f64, f64, f64)], x: f64) -> f64 {
    let mirrored: Vec<_> = components.iter().map(|&(w, m, s)| (w, -m, s)).collect();
    let below = cdf(components, x);
    let (u, side) = if below < 0.5 { (below, 1.0) } else { (cdf(&mirrored, -x), -1.0) };
    let (mut low, mut high) = (-38.0, 0.1);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if normal_cdf(middle) < u { low = middle } else { high = middle }
    }
    side * 0.5 * (low + high)
}

/// ∫ |f| between `from` and `to` by double exponential quadrature between the changes of sign of `f`.
fn integrate_absolute(from: f64, to: f64, f: impl Fn(f64) -> Dual, magnitude: impl Fn(f64) -> Dual) -> Dual {
    let mut edges = vec![from];
    let count = 8000;
    let at = |i: i32| from + (to - from) * f64::from(i) / f64::from(count);
    for i in 0..count {
        let (mut low, mut high) = (at(i), at(i + 1));
        let negative = f(low).value < 0.0;
        if negative != (f(high).value < 0.0) {
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if negative == (f(middle).value < 0.0) { low = middle } else { high = middle }
            }
            edges.push(low);
        }
    }
    edges.push(to);
    let mut sum = Dual::constant(0.0);
    for piece in edges.windows(2) {
        // Cut once more: a long piece may hold narrow peaks.
        let parts = 24;
        for part in 0..parts {
            let a = piece[0] + (piece[1] - piece[0]) * f64::from(part) / f64::from(parts);
            let half = 0.5 * (piece[1] - piece[0]) / f64::from(parts);
            for i in -60..=60 {
                let t = f64::from(i) * 0.0625;
                let inner = std::f64::consts::FRAC_PI_2 * t.sinh();
                let node = half / (1.0 + (-2.0 * inner).exp()) * 2.0;
                let weight = half * std::f64::consts::FRAC_PI_2 * t.cosh() / inner.cosh().powi(2) * 0.0625;
                if weight > 0.0 && node > 0.0 && node < 2.0 * half {
                    sum = sum + times(weight, magnitude(a + node));
                }
            }
        }
    }
    sum
}

#[test]
fn distances_with_kinks_agree_with_autodiff() {
    let mut cases = Cases(11);
    let mut worst = [0.0_f64; 6];
    for case in 0..24 {
        let components = cases.components(1 + case % 4);
        let (mean, sd) = (cases.uniform(-5.0, 5.0), cases.uniform(-1.2, 1.2).exp());
        let (target, q) = (Target::new(&components).unwrap(), Gaussian::new(mean, sd).unwrap());
        let (mut from, mut to) = (mean - 11.0 * sd, mean + 11.0 * sd);
        for &(_, m, s) in &components {
            (from, to) = (from.min(m - 11.0 * s), to.max(m + 11.0 * s));
        }
        let (mu, log_sd) = (Dual { value: mean, by: [1.0, 0.0] }, Dual { value: sd.ln(), by: [0.0, 1.0] });
        let variation = |x: f64| {
            let (log_p, log_q) = logs(&components, mean, sd, x);
            Dual::constant(log_p.exp()) - log_q.exp()
        };
        let lag = |x: f64| {
            let z = (Dual::constant(x) - mu) * (-log_sd).exp();
            // From the right, so that Q − P does not cancel there.
            if x > mean {
                let mirrored: Vec<_> = components.iter().map(|&(w, m, s)| (w, -m, s)).collect();
                Dual::constant(cdf(&mirrored, -x)) - (-z).normal_cdf()
            } else {
                z.normal_cdf() - Dual::constant(cdf(&components, x))
            }
        };
        let displacement =
            |x: f64| mu + times(standardised(&components, x), log_sd.exp()) - Dual::constant(x);
        let cost = |order: f64| {
            let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
            for &(_, m, s) in &components {
                (from, to) = (from.min(m - 10.0 * s), to.max(m + 10.0 * s));
            }
            integrate_absolute(from, to, displacement, |x| {
                times(logs(&components, mean, sd, x).0.exp(), displacement(x).abs().powf(order))
            })
        };
        let mut checks = vec![
            (
                Objective::from(Divergence::TotalVariation),
                times(0.5, integrate_absolute(from, to, variation, |x| variation(x).abs())),
            ),
            (Divergence::Wasserstein(1.0).into(), integrate_absolute(from, to, lag, |x| lag(x).abs())),
        ];
        if case < 6 {
            for order in [2.0, 1.5, 3.0, 4.0] {
                let exact = cost(order);
                checks.push(if order == 1.5 {
                    (Divergence::Wasserstein(order).into(), exact.powf(1.0 / order))
                } else {
                    (Objective::TransportCost(order), exact)
                });
            }
        }
        for ((objective, exact), worst) in checks.into_iter().zip(&mut worst) {
            let ours = target.evaluate(objective, q);
            let slopes = ours.gradient.map(|slope| slope.finite().unwrap());
            let scale = exact.by[0].abs().max(exact.by[1].abs()).max(exact.value.abs().min(1.0));
            let error = (ours.value - exact.value).abs() / exact.value;
            let error =
                error.max((slopes[0] - exact.by[0]).abs().max((slopes[1] - exact.by[1]).abs()) / scale);
            *worst = worst.max(error);
            assert!(error < 1e-9, "{objective:?}: {error:e} for {components:?}, {q:?}: {ours:?}, {exact:?}");
        }
    }
    println!("worst errors of TV, W1, W2², W1.5, W3³, W4⁴: {worst:?}");
}
