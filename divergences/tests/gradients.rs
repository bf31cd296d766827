//! Gradients against forward-mode autodiff of an independent, far finer evaluation of the same integral.

use std::ops::{Add, Mul, Neg, Sub};

use divergences::distribution::{Distribution, Gaussian, Laplace, Mixture, PointMasses, Truncated, Uniform};
use divergences::divergence::Divergence;
use divergences::fit::{Direction, Objective, Slope, Target, gradient, particle_slopes, slope};

/// A number with its derivatives by μ and log σ.
#[derive(Clone, Copy, Debug)]
struct Dual {
    value: f64,
    by: [f64; 2],
}

impl Dual {
    fn constant(value: f64) -> Self {
        Self { value, by: [0.0; 2] }
    }

    fn chain(self, value: f64, slope: f64) -> Self {
        Self { value, by: self.by.map(|d| slope * d) }
    }

    /// `value` with the derivatives of self + other.
    fn plus_by(self, other: Self, value: f64) -> Self {
        Self { value, by: (self + other).by }
    }

    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }

    fn abs(self) -> Self {
        if self.value < 0.0 { -self } else { self }
    }

    fn powf(self, power: f64) -> Self {
        let value = self.value.powf(power);
        self.chain(value, if self.value == 0.0 { 0.0 } else { power * value / self.value })
    }

    /// Φ, the standard normal cdf.
    fn normal_cdf(self) -> Self {
        let density = (-0.5 * self.value * self.value).exp() / std::f64::consts::TAU.sqrt();
        self.chain(normal_cdf(self.value), density)
    }

    fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        self.chain(value, 0.5 / value)
    }

    /// log(1 + e^self).
    fn softplus(self) -> Self {
        let value = self.value.max(0.0) + (-self.value.abs()).exp().ln_1p();
        self.chain(value, 1.0 / (1.0 + (-self.value).exp()))
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, by: [0, 1].map(|i| self.by[i] + other.by[i]) }
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        self.chain(-self.value, -1.0)
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        times(other.value, self).plus_by(times(self.value, other), self.value * other.value)
    }
}

fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

fn times(factor: f64, x: Dual) -> Dual {
    x.chain(factor * x.value, factor)
}

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

const SMOOTH: [Divergence; 14] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::HellingerSquared,
    Divergence::Hellinger,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(0.3),
    Divergence::Alpha(0.95),
    Divergence::Alpha(0.04),
    Divergence::Alpha(1.5),
    Divergence::Alpha(-0.4),
];

/// A small generator of test cases. It is an LCG, whose quality suffices here.
struct Cases(u64);

impl Cases {
    fn uniform(&mut self, from: f64, to: f64) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (to - from) * ((self.0 >> 11) as f64 / (1_u64 << 53) as f64)
    }

    fn components(&mut self, count: usize) -> Vec<(f64, f64, f64)> {
        (0..count)
            .map(|_| (self.uniform(0.05, 1.0), self.uniform(-5.0, 5.0), self.uniform(-1.6, 0.9).exp()))
            .collect()
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

/// Divergences that the general gradient and the fitted target's must agree on.
const ALL: [Divergence; 16] = [
    Divergence::ForwardKl,
    Divergence::ReverseKl,
    Divergence::Jeffreys,
    Divergence::JensenShannon,
    Divergence::JensenShannonDistance,
    Divergence::TotalVariation,
    Divergence::HellingerSquared,
    Divergence::Hellinger,
    Divergence::ChiSquared,
    Divergence::ReverseChiSquared,
    Divergence::Alpha(0.3),
    Divergence::Alpha(-0.4),
    Divergence::Wasserstein(1.0),
    Divergence::Wasserstein(1.5),
    Divergence::Wasserstein(2.0),
    Divergence::Wasserstein(3.0),
];

#[test]
fn general_gradients_agree_with_the_targets() {
    let mut cases = Cases(5);
    for case in 0..12 {
        let components = cases.components(1 + case % 3);
        let (mean, sd) = (cases.uniform(-4.0, 4.0), cases.uniform(-1.0, 1.0).exp());
        let (target, q) = (Target::new(&components).unwrap(), Gaussian::new(mean, sd).unwrap());
        let parts = components.iter().map(|&(w, m, s)| (w, Gaussian::new(m, s).unwrap().into())).collect();
        let p = Distribution::from(Mixture::from_weights(parts).unwrap());
        for divergence in ALL {
            let ours = gradient(&p, &q.into(), divergence);
            let exact = target.evaluate(divergence, q);
            if exact.value.is_infinite() {
                assert_eq!(ours.location, Slope::Undefined, "{divergence:?} of {components:?}, {q:?}");
                continue;
            }
            let exact = exact.gradient.map(|slope| slope.finite().unwrap());
            let ours = [ours.location, ours.scale].map(|slope| {
                slope.finite().unwrap_or_else(|| panic!("{divergence:?} of {components:?}, {q:?}: {slope:?}"))
            });
            let scale = exact[0].abs().max(exact[1].abs());
            for (ours, exact) in ours.into_iter().zip(exact) {
                assert!(
                    (ours - exact).abs() <= 1e-9 * scale,
                    "{divergence:?} of {components:?}, {q:?}: {ours} is not {exact}"
                );
            }
        }
    }
}

fn uniform(lower: f64, upper: f64) -> Distribution {
    Uniform::new(lower, upper).expect("the bounds of a test are in order").into()
}

fn close(slope: Slope, exact: f64) -> bool {
    slope.finite().is_some_and(|slope| (slope - exact).abs() <= 1e-12 * exact.abs())
}

#[test]
fn shifted_uniforms_have_a_constant_slope_and_then_none() {
    let log_2 = std::f64::consts::LN_2;
    let shift = |theta: f64, divergence: Divergence| {
        slope(&uniform(0.0, 1.0), &uniform(theta, theta + 1.0), divergence, Direction::Location)
    };
    for (divergence, rate) in [
        (Divergence::JensenShannon, log_2),
        (Divergence::TotalVariation, 1.0),
        (Divergence::HellingerSquared, 1.0),
        (Divergence::Alpha(0.5), 4.0),
    ] {
        for theta in [0.25, 0.5, 0.75] {
            assert!(
                close(shift(theta, divergence), rate),
                "{divergence:?} at {theta}: {:?}",
                shift(theta, divergence)
            );
            assert!(close(shift(-theta, divergence), -rate), "{divergence:?} at -{theta}");
        }
        assert_eq!(shift(0.0, divergence), Slope::Kink { left: -rate, right: rate }, "{divergence:?} at 0");
        assert_eq!(shift(1.0, divergence), Slope::Kink { left: rate, right: 0.0 }, "{divergence:?} at 1");
        assert_eq!(shift(1.5, divergence), Slope::Finite(0.0), "{divergence:?} apart");
    }
    for divergence in
        [Divergence::ForwardKl, Divergence::ReverseKl, Divergence::ChiSquared, Divergence::Jeffreys]
    {
        assert_eq!(shift(0.5, divergence), Slope::Undefined, "{divergence:?} is infinite");
        let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
        assert_eq!(shift(0.0, divergence), jump, "{divergence:?} is finite at 0 alone");
    }
    assert!(
        close(shift(0.5, Divergence::JensenShannonDistance), 0.5 * (log_2 / 0.5).sqrt()),
        "√JS = √(θ log 2)"
    );
    assert!(close(shift(0.5, Divergence::Wasserstein(1.0)), 1.0), "W1 is θ");
    assert!(close(shift(3.0, Divergence::Wasserstein(2.0)), 1.0), "W2 is θ");
    assert!(close(shift(-3.0, Divergence::WassersteinInfinity), -1.0), "W∞ is |θ|");
    assert_eq!(
        shift(0.0, Divergence::Wasserstein(1.0)),
        Slope::Kink { left: -1.0, right: 1.0 },
        "W1 has a kink at 0"
    );
}

#[test]
fn edges_that_leave_the_target_behind_make_kl_infinite() {
    // KL(p‖q) is log 2 while q covers p.
    let (p, q) = (uniform(0.0, 1.0), uniform(0.0, 2.0));
    let slope = slope(&p, &q, Divergence::ForwardKl, Direction::Location);
    assert_eq!(slope, Slope::Kink { left: 0.0, right: f64::INFINITY }, "q's left edge stands on p's");
}

#[test]
fn stretched_uniforms() {
    for a in [1.5_f64, 4.0] {
        let (p, q) = (uniform(-1.0, 1.0), uniform(-a, a));
        let by_scale = |divergence: Divergence| slope(&p, &q, divergence, Direction::Scale);
        assert!(close(by_scale(Divergence::ForwardKl), 1.0), "KL(p‖q) is log a");
        // JS = ½ [log 2a/(a+1) + log(2/(1+a))/a + (1 − 1/a) log 2].
        let exact = 0.5 * (1.0 / (a + 1.0) - (2.0 / (1.0 + a)).ln() / a - 1.0 / (1.0 + a) + 2_f64.ln() / a);
        assert!(
            close(by_scale(Divergence::JensenShannon), exact),
            "{:?}",
            by_scale(Divergence::JensenShannon)
        );
        assert!(close(by_scale(Divergence::TotalVariation), 1.0 / a), "TV is 1 − 1/a");
        assert!(close(by_scale(Divergence::Wasserstein(1.0)), a / 2.0), "W1 is (a − 1)/2");
        assert!(close(by_scale(Divergence::ChiSquared), a), "χ² is a − 1");
    }
}

#[test]
fn far_gaussians_keep_their_relative_accuracy() {
    // dJS/dθ for N(0, 1) and N(θ, 1), by mpmath at 40 digits.
    for (theta, exact) in [
        (5.0, 0.023_689_808_591_675_953),
        (10.0, 2.232_050_107_230_353_4e-6),
        (20.0, 1.194_191_735_635_57e-22),
    ] {
        let p = Distribution::from(Gaussian::new(0.0, 1.0).unwrap());
        let q = Gaussian::new(theta, 1.0).unwrap();
        let fitted =
            Target::new(&[(1.0, 0.0, 1.0)]).unwrap().evaluate(Divergence::JensenShannon, q).gradient[0];
        let general = slope(&p, &q.into(), Divergence::JensenShannon, Direction::Location);
        for slope in [fitted, general] {
            let slope = slope.finite().unwrap();
            assert!((slope / exact - 1.0).abs() < 1e-9, "dJS/dθ at {theta} is {slope:e}");
        }
    }
}

#[test]
fn laplace_and_truncated() {
    let laplace = |m: f64| Distribution::from(Laplace::new(m, 1.0).unwrap());
    for theta in [0.3_f64, 2.0, 9.0] {
        // KL of two Laplace distributions of scale 1 is θ + e^−θ − 1.
        let ours = slope(&laplace(0.0), &laplace(theta), Divergence::ForwardKl, Direction::Location);
        let exact = -(-theta).exp_m1();
        assert!((ours.finite().unwrap() / exact - 1.0).abs() < 1e-9, "{ours:?} is not {exact}");
    }
    // KL from N(0,1) on [−1, 1] to its translate has mass where the other has none.
    let normal = Gaussian::new(0.0, 1.0).unwrap();
    let p = Distribution::from(Truncated::new(normal, -1.0, 1.0).unwrap());
    let q = p.translate(0.5).unwrap();
    assert_eq!(slope(&p, &q, Divergence::ForwardKl, Direction::Location), Slope::Undefined, "KL is infinite");
    assert_eq!(
        slope(&p, &p.translate(2.5).unwrap(), Divergence::JensenShannon, Direction::Location),
        Slope::Finite(0.0),
        "apart"
    );
    // TV of p and its translate by θ: they cross midway, TV = F(θ/2) − F(−θ/2), slope the density at θ/2.
    let ours = slope(&p, &q, Divergence::TotalVariation, Direction::Location);
    assert!(close(ours, p.density(0.25)), "{ours:?} is not {}", p.density(0.25));
}

#[test]
fn point_masses() {
    let at = |x: f64| PointMasses::new(vec![(x, 1.0)]).unwrap();
    let origin = Distribution::from(at(0.0));
    let by_location =
        |x: f64, objective: Objective| slope(&origin, &at(x).into(), objective, Direction::Location);
    let kink = Slope::Kink { left: -1.0, right: 1.0 };
    let w1 = Objective::from(Divergence::Wasserstein(1.0));
    for theta in [0.5, 3.0] {
        assert_eq!(by_location(theta, w1), Slope::Finite(1.0), "W1 on the right");
        assert_eq!(by_location(-theta, w1), Slope::Finite(-1.0), "W1 on the left");
        assert!(close(by_location(theta, Objective::TransportCost(2.0)), 2.0 * theta), "W2² is θ²");
        assert_eq!(by_location(theta, Divergence::JensenShannon.into()), Slope::Finite(0.0), "JS is log 2");
        assert_eq!(by_location(theta, Divergence::ForwardKl.into()), Slope::Undefined, "KL is infinite");
    }
    assert_eq!(by_location(0.0, w1), kink, "W1 at 0");
    assert_eq!(by_location(0.0, Objective::TransportCost(2.0)), Slope::Finite(0.0), "W2² at 0");
    let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
    assert_eq!(by_location(0.0, Divergence::JensenShannon.into()), jump, "JS jumps");
    // Half of U(0, 1)'s mass belongs to each particle.
    let particles = PointMasses::new(vec![(0.2, 0.5), (2.0, 0.5)]).unwrap();
    let forces = particle_slopes(&uniform(0.0, 1.0), &particles, 2.0);
    for (force, exact) in forces.into_iter().zip([0.2 - 0.25, 2.0 - 0.75]) {
        assert!((force.finite().unwrap() - exact).abs() < 1e-12, "{force:?} is not {exact}");
    }
    let pulls = particle_slopes(&uniform(0.0, 1.0), &particles, 1.0);
    for (pull, exact) in pulls.into_iter().zip([0.2 - 0.3, 0.5]) {
        assert!((pull.finite().unwrap() - exact).abs() < 1e-12, "{pull:?} is not {exact}");
    }
}

#[test]
fn extreme_inputs_neither_panic_nor_hang() {
    let objectives = SMOOTH.into_iter().chain(ALL).map(Objective::from);
    let objectives: Vec<_> = objectives
        .chain([
            Objective::TransportCost(2.0),
            Objective::TransportCost(f64::NAN),
            Divergence::WassersteinInfinity.into(),
            Divergence::Wasserstein(0.5).into(),
            Divergence::Wasserstein(12.0).into(),
            Divergence::Alpha(f64::NAN).into(),
            Divergence::Alpha(60.0).into(),
            Divergence::Alpha(-60.0).into(),
            Divergence::Alpha(1e-9).into(),
        ])
        .collect();
    let targets: [&[(f64, f64, f64)]; 6] = [
        &[(1.0, 0.0, 1e-300)],
        &[(1.0, 1e300, 1.0), (1.0, -1e300, 1e-3)],
        &[(1e-300, 0.0, 1.0), (1.0, 1.0, 1e-6), (1.0, -1e6, 1e3)],
        &[(1.0, 0.0, 1e200), (1.0, 1.0, 1e-200)],
        &[(0.5, -60.0, 0.01), (0.5, 60.0, 0.01)],
        &[(0.5, 0.0, 1.0), (0.5, 1e-9, 1.0)],
    ];
    for components in targets {
        let target = Target::new(components).unwrap();
        for (mean, sd) in [(0.0, 1.0), (1e300, 1e-300), (-40.0, 1e-5), (3.0, 1e150)] {
            let q = Gaussian::new(mean, sd).unwrap();
            for &objective in &objectives {
                let evaluation = target.evaluate(objective, q);
                let invalid = format!("{objective:?}").contains("NaN")
                    || objective == Divergence::Wasserstein(0.5).into();
                // Scales 1e400 apart are beyond what nodes can follow: there the answer need only be a number.
                let moderate = |x: f64| x == 0.0 || (1e-100..1e100).contains(&x.abs());
                let absurd = !(components.iter().all(|c| moderate(c.1) && moderate(c.2))
                    && moderate(mean)
                    && moderate(sd));
                assert!(
                    invalid || absurd || evaluation.value >= -1e-12,
                    "{objective:?} of {components:?} at {q:?}: {evaluation:?}"
                );
                for slope in evaluation.gradient {
                    assert!(slope.finite().is_none_or(f64::is_finite), "{objective:?}: {evaluation:?}");
                }
            }
        }
    }
}

#[test]
fn the_farthest_distance_changes_with_the_scale_as_its_farthest_mass_moves() {
    let stretch =
        |p: &Distribution, q: &Distribution| slope(p, q, Divergence::WassersteinInfinity, Direction::Scale);
    let unit = uniform(0.0, 1.0);
    for (q, exact) in [
        (uniform(2.0, 4.0), 1.0),
        (uniform(2.0, 2.5), -0.25),
        // Both ends go equally far, and as fast.
        (uniform(-1.0, 2.0), 1.5),
        (uniform(0.25, 0.75), -0.25),
    ] {
        let found = stretch(&unit, &q).finite().unwrap();
        assert!((found - exact).abs() < 1e-12, "{q:?}: {found} is not {exact}");
    }
    // All mass goes equally far, or none at all: one end moves on, the other comes back.
    for q in [uniform(2.0, 3.0), unit.clone()] {
        assert_eq!(stretch(&unit, &q), Slope::Kink { left: -0.5, right: 0.5 }, "{q:?}");
    }
    let point = |x| PointMasses::new(vec![(x, 1.0)]).unwrap().into();
    assert_eq!(stretch(&point(0.0), &point(2.0)), Slope::Finite(0.0), "a point has no scale");

    // Farthest is where the densities are equal: ½ = exp(−½ y²/σ²) / (σ √(2π) Z).
    let (even, sd) = (uniform(-1.0, 1.0), 0.3);
    let bell = Gaussian::new(0.0, sd).unwrap();
    let mass = 2.0 * bell.cdf(1.0) - 1.0;
    let place = sd * (-2.0 * (0.5 * sd * mass * std::f64::consts::TAU.sqrt()).ln()).sqrt();
    let found = stretch(&even, &Truncated::new(bell, -1.0, 1.0).unwrap().into()).finite().unwrap();
    assert!((found + place).abs() < 1e-12 * place, "{found} is not −{place}");

    // Tails that fit each other fit no more once one is stretched.
    let normal = |mean| Gaussian::new(mean, 1.0).unwrap().into();
    let jump = Slope::Kink { left: f64::NEG_INFINITY, right: f64::INFINITY };
    assert_eq!(stretch(&normal(0.0), &normal(1.0)), jump, "two bells of equal width");
    assert_eq!(stretch(&unit, &normal(0.0)), Slope::Undefined, "infinite already");
}
