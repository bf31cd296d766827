//! Every local minimum of a divergence between a target and a Gaussian.

use super::evaluate::{is_supremum, unrooted};
use super::objective::Objective;
use super::smooth::{Detail, Expansion};
use super::target::{Target, group_moments};
use crate::distribution::Gaussian;
use crate::divergence::Divergence;

/// A local minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimum {
    /// The model there.
    pub q: Gaussian,
    /// The divergence there.
    pub value: f64,
    /// The gradient's Euclidean norm in (μ, log σ), below 1e-8.
    pub gradient_norm: f64,
}

/// Newton stops when the gradient's norm is below this.
const STATIONARY: f64 = 1e-11;
/// What counts as a minimum; between this and [`STATIONARY`] rounding may stop the descent.
const ACCEPTED: f64 = 1e-8;

/// What Newton's method came to.
enum Arrival {
    Minimum(Optimum),
    /// A stationary point with a direction of negative curvature, and that direction in (μ/σ, log σ).
    Saddle(Gaussian, [f64; 2]),
    Nothing,
}

impl Target {
    /// Every local minimum of the divergence from this target over all Gaussians q, the best first.
    ///
    /// Newton's method in a trust region starts from the moments of every run of neighbouring components (each alone,
    /// pairs, …, the whole), and leaves saddles along both directions of negative curvature. Arrivals that coincide
    /// are merged. The result depends on nothing but the arguments.
    ///
    /// Where the minimum is a kink, as at the distance 0 or for the Wasserstein distance of order ∞, its gradient norm
    /// is that of the least subgradient, 0.
    #[must_use]
    pub fn optima(&self, objective: impl Into<Objective>) -> Vec<Optimum> {
        let objective = objective.into();
        if let Some(known) = self.known_optimum(objective) {
            return known.into_iter().collect();
        }
        let (base, rooted) = unrooted(objective);
        let mut optima = self.search(base);
        if rooted {
            for optimum in &mut optima {
                optimum.value = optimum.value.sqrt();
                optimum.gradient_norm *= if optimum.value > 0.0 { 0.5 / optimum.value } else { 0.0 };
            }
        }
        optima
    }

    /// The one optimum where it needs no search.
    fn known_optimum(&self, objective: Objective) -> Option<Option<Optimum>> {
        if is_supremum(objective) {
            let best = self.wasserstein_infinity_optimum();
            return Some(best.map(|(q, value)| Optimum { q, value, gradient_norm: 0.0 }));
        }
        match objective {
            Objective::TransportCost(order) | Objective::Divergence(Divergence::Wasserstein(order))
                if !(order >= 1.0 && order.is_finite()) =>
            {
                return Some(None);
            }
            Objective::Divergence(Divergence::Alpha(alpha)) if !alpha.is_finite() => return Some(None),
            _ => {}
        }
        if let [only] = self.parabolas.as_slice() {
            // Every divergence is 0 at the target itself, and has no other minimum among Gaussians.
            let q = Gaussian::new(only.mean, only.sd).ok();
            return Some(q.map(|q| Optimum { q, value: 0.0, gradient_norm: 0.0 }));
        }
        let q = match objective {
            Objective::TransportCost(2.0) | Objective::Divergence(Divergence::Wasserstein(2.0)) => {
                self.wasserstein_2_optimum()
            }
            Objective::Divergence(Divergence::ForwardKl | Divergence::Alpha(1.0)) => {
                Gaussian::new(self.mean, self.variance.sqrt()).ok()
            }
            _ => return None,
        };
        Some(q.map(|q| {
            let expansion = self.expand(objective, q, Detail::Exact);
            let gradient_norm = expansion.gradient[0].hypot(expansion.gradient[1]);
            Optimum { q, value: expansion.value, gradient_norm }
        }))
    }

    fn search(&self, objective: Objective) -> Vec<Optimum> {
        let mut optima: Vec<Optimum> = Vec::new();
        let convex = matches!(
            objective,
            Objective::TransportCost(_) | Objective::Divergence(Divergence::Wasserstein(_))
        );
        let mut starts = if convex {
            // A Wasserstein distance is convex in (μ, σ), the norm of an affine function of them.
            self.wasserstein_2_optimum().into_iter().collect()
        } else {
            self.starts()
        };
        starts.reverse();
        let mut saddles = 0;
        while let Some(start) = starts.pop() {
            match self.newton(objective, start) {
                Arrival::Minimum(optimum) if !optima.iter().any(|other| coincide(other.q, optimum.q)) => {
                    optima.push(optimum);
                }
                Arrival::Saddle(q, direction) if saddles < 8 => {
                    saddles += 1;
                    for side in [0.2, -0.2] {
                        if let Some(q) = moved(q, [side * direction[0], side * direction[1]]) {
                            starts.push(q);
                        }
                    }
                }
                _ => {}
            }
        }
        for optimum in &mut optima {
            optimum.value = self.expand(objective, optimum.q, Detail::Exact).value;
        }
        optima.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.q.mean().total_cmp(&b.q.mean())));
        optima
    }

    /// Gaussians with the moments of runs of neighbouring components.
    fn starts(&self) -> Vec<Gaussian> {
        let count = self.parabolas.len();
        let mut starts = Vec::new();
        for length in 1..=count {
            for first in 0..=count - length {
                let run = first..first + length;
                let (_, mean, variance) = group_moments(&self.weights[run.clone()], &self.parabolas[run]);
                starts.extend(Gaussian::new(mean, variance.sqrt()));
            }
        }
        starts
    }

    fn newton(&self, objective: Objective, start: Gaussian) -> Arrival {
        let mut q = start;
        let mut here = self.expand(objective, q, Detail::Curvature);
        let mut radius = 0.5;
        for _ in 0..100 {
            if !here.value.is_finite() {
                return Arrival::Nothing;
            }
            let norm = here.gradient[0].hypot(here.gradient[1]);
            let (step, lowest) = newton_step(&here, q.sd(), radius);
            if norm < STATIONARY {
                return arrival(q, &here, norm, lowest);
            }
            let Some(next) = moved(q, step) else { return Arrival::Nothing };
            let there = self.expand(objective, next, Detail::Curvature);
            let next_norm = there.gradient[0].hypot(there.gradient[1]);
            // Where rounding hides the difference of two values, the gradient still tells.
            let rounding = 1e-13 * here.value.abs();
            let better = there.value < here.value - rounding
                || (there.value <= here.value + rounding && next_norm < norm);
            if better {
                (q, here) = (next, there);
                radius = (radius * 2.0).min(1.0);
            } else if norm < 0.01 * ACCEPTED {
                return arrival(q, &here, norm, lowest);
            } else {
                radius = 0.25 * radius.min(step[0].hypot(step[1]));
                if radius < 1e-12 {
                    return if norm < ACCEPTED { arrival(q, &here, norm, lowest) } else { Arrival::Nothing };
                }
            }
        }
        Arrival::Nothing
    }
}

fn arrival(q: Gaussian, here: &Expansion, gradient_norm: f64, lowest: (f64, [f64; 2])) -> Arrival {
    // At the birth of a minimum the curvature is 0, and comes out as rounding noise.
    if lowest.0 < -1e-7 {
        Arrival::Saddle(q, lowest.1)
    } else {
        Arrival::Minimum(Optimum { q, value: here.value, gradient_norm })
    }
}

/// The step −|H|⁻¹ g in the coordinates (μ/σ, log σ), no longer than `radius`, with the lowest eigenvalue of H there
/// and its direction. Where H is not definite, |H| turns the step downhill.
fn newton_step(here: &Expansion, sd: f64, radius: f64) -> ([f64; 2], (f64, [f64; 2])) {
    let g = [here.gradient[0] * sd, here.gradient[1]];
    let (a, b, d) = (here.hessian[0] * sd * sd, here.hessian[1] * sd, here.hessian[2]);
    let (middle, half) = (0.5 * (a + d), 0.5 * (a - d));
    let spread = half.hypot(b);
    // The eigenvector of the greater eigenvalue, by the half-angle.
    let angle = 0.5 * b.atan2(half);
    let (sin, cos) = angle.sin_cos();
    let (high, low) = ([cos, sin], [-sin, cos]);
    let floor = 1e-9 * (middle.abs() + spread) + f64::MIN_POSITIVE;
    let along = |v: [f64; 2], value: f64| -(g[0] * v[0] + g[1] * v[1]) / value.abs().max(floor);
    let (s, t) = (along(high, middle + spread), along(low, middle - spread));
    let mut step = [s * high[0] + t * low[0], s * high[1] + t * low[1]];
    let length = step[0].hypot(step[1]);
    if length > radius {
        step = step.map(|x| x * radius / length);
    }
    (step, (middle - spread, low))
}

/// q moved by a step in (μ/σ, log σ).
fn moved(q: Gaussian, step: [f64; 2]) -> Option<Gaussian> {
    Gaussian::new(q.mean() + q.sd() * step[0], q.sd() * step[1].exp()).ok()
}

fn coincide(a: Gaussian, b: Gaussian) -> bool {
    let scale = a.sd().min(b.sd());
    (a.mean() - b.mean()).abs() < 1e-4 * scale && (a.sd() - b.sd()).abs() < 1e-4 * scale
}
