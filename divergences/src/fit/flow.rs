//! How an f-divergence changes as the model's mass flows.
//!
//! The model's mass flows with a velocity v: its density changes by −(v q)′, the edges of its support move with v.
//! An f-divergence ∫ F(p, q) then changes by ∫ (∂F/∂q) ∂q inside the support, and at each edge by v times the jump of
//! F there, p being taken on the side into which the edge moves: that is what makes one-sided derivatives differ.

use crate::distribution::Distribution;
use crate::divergence::Divergence;
use crate::numeric::quadrature::integrate_many;
use crate::numeric::roots::roots;
use crate::pair::{Marks, Parts, split};

/// A pair whose model flows with a velocity.
pub(super) struct Flow<'a> {
    pub(super) p: Parts<'a>,
    pub(super) q: Parts<'a>,
    pub(super) velocity: &'a dyn Fn(f64) -> f64,
    /// The derivative v′ of the velocity.
    pub(super) stretch: f64,
}

impl Flow<'_> {
    /// The derivatives from the left and from the right.
    pub(super) fn sides(&self, divergence: Divergence, p: &Distribution, q: &Distribution) -> [f64; 2] {
        let mut rates = self.interior(divergence, p, q);
        let mut edges: Vec<f64> = self
            .q
            .components
            .iter()
            .flat_map(|c| [c.interval.0, c.interval.1])
            .filter(|x| x.is_finite())
            .collect();
        crate::order::ascending(&mut edges);
        edges.dedup();
        for x in edges {
            let v = (self.velocity)(x);
            if v == 0.0 {
                continue;
            }
            let (before, after) = (self.q.log_density(x.next_down()), self.q.log_density(x.next_up()));
            for (rate, sign) in rates.iter_mut().zip([-1.0, 1.0]) {
                // The point just ahead, on the side into which the edge moves.
                let ahead = if sign * v > 0.0 { x.next_up() } else { x.next_down() };
                let log_p = self.p.log_density(ahead);
                let (before, after) = (price(divergence, log_p, before), price(divergence, log_p, after));
                if before != after {
                    *rate += v * (before - after);
                }
            }
        }
        // An atom that leaves one of p's makes the divergence jump up, whichever way it leaves.
        let parted = self.q.atoms.iter().any(|&(x, mass)| {
            mass > 0.0 && (self.velocity)(x) != 0.0 && self.p.atoms.iter().any(|a| a.0 == x && a.1 > 0.0)
        });
        if parted { [f64::NEG_INFINITY, f64::INFINITY] } else { rates }
    }

    /// The integral of ∂q ∂F/∂q over the common support, for a move to the left and to the right. The two
    /// differ only for total variation, where p = q on an interval.
    fn interior(&self, divergence: Divergence, p: &Distribution, q: &Distribution) -> [f64; 2] {
        let mut panels = self.panels(divergence, p, q);
        if divergence == Divergence::TotalVariation {
            let crossings = roots(&panels, &mut |x| self.p.log_density(x) - self.q.log_density(x));
            panels = split(&panels, &crossings);
        }
        let sums = integrate_many(&panels, 2, &mut |x, values| {
            let (log_p, log_q) = (self.p.log_density(x), self.q.log_density(x));
            let change = if log_q > f64::NEG_INFINITY { self.relative_change(log_q, x) } else { 0.0 };
            values[0] = 0.0;
            if change != 0.0 {
                if divergence == Divergence::TotalVariation && log_p == log_q {
                    // At p = q the smaller of the two falls with q but does not rise with it, so that total
                    // variation rises in both directions.
                    let change = change * log_q.exp();
                    values[0] = -change.max(0.0);
                    values[1] = -change.min(0.0);
                    return;
                }
                values[0] = change * marginal_price(divergence, log_p, log_q);
            }
            values[1] = values[0];
        });
        [sums[0], sums[1]]
    }

    fn panels(&self, divergence: Divergence, p: &Distribution, q: &Distribution) -> Vec<(f64, f64)> {
        let mut marks = Marks::default();
        marks.add(&self.p);
        marks.add(&self.q);
        let power = match divergence {
            Divergence::ChiSquared => Some(2.0),
            Divergence::ReverseChiSquared => Some(-1.0),
            Divergence::Alpha(alpha) => Some(alpha),
            // The power ½ marks the places where two densities that hardly overlap do overlap.
            _ => Some(0.5),
        };
        if let Some(alpha) = power {
            marks.add_powers(&self.p, &self.q, alpha);
        }
        let mut edges = p.breakpoints();
        edges.extend(q.breakpoints());
        crate::order::ascending(&mut edges);
        edges.dedup();
        let mut common = Vec::new();
        for a in p.support().intervals {
            for b in q.support().intervals {
                let both = (a.0.max(b.0), a.1.min(b.1));
                if both.0 < both.1 {
                    common.push(both);
                }
            }
        }
        split(&marks.panels(&common), &edges)
    }

    /// The relative change ∂q / q, with ∂q = −(v q)′.
    fn relative_change(&self, log_q: f64, x: f64) -> f64 {
        let mut sum = 0.0;
        for c in &self.q.components {
            let share = (c.log_weight + c.distribution.log_density(x) - log_q).exp();
            if share > 0.0 {
                sum -= share * ((self.velocity)(x) * score(c.distribution, x) + self.stretch);
            }
        }
        sum
    }

    /// The Fisher information ∫ (∂q)² / q of the model along its flow.
    pub(super) fn fisher_information(&self, q: &Distribution) -> f64 {
        let panels = self.panels(Divergence::JensenShannon, q, q);
        integrate_many(&panels, 1, &mut |x, values| {
            let log_q = self.q.log_density(x);
            let change = if log_q > f64::NEG_INFINITY { self.relative_change(log_q, x) } else { 0.0 };
            values[0] = change * change * log_q.exp();
        })[0]
    }
}

/// The score (log q)′ of a component.
fn score(component: &Distribution, x: f64) -> f64 {
    match component {
        Distribution::Gaussian(d) => (d.mean() - x) / (d.sd() * d.sd()),
        Distribution::Laplace(d) => {
            if x == d.location() {
                0.0
            } else {
                (d.location() - x).signum() / d.scale()
            }
        }
        Distribution::Truncated(d) => score(&d.base(), x),
        Distribution::Smoothed(d) => d.score(x),
        Distribution::Uniform(_) | Distribution::Mixture(_) | Distribution::PointMasses(_) => 0.0,
    }
}

/// The integrand F(p, q), up to multiples of p and of q, which are chosen so that F vanishes where the
/// divergence saturates. [`marginal_price`] leaves out the same multiples of q.
fn price(divergence: Divergence, log_p: f64, log_q: f64) -> f64 {
    let (p, q, l) = (log_p.exp(), log_q.exp(), log_p - log_q);
    let product = |alpha: f64| match (p > 0.0, q > 0.0) {
        (true, true) => (log_q + alpha * l).exp(),
        (true, false) if alpha > 1.0 => f64::INFINITY,
        (false, true) if alpha < 0.0 => f64::INFINITY,
        _ => 0.0,
    };
    let forward = || match (p > 0.0, q > 0.0) {
        (true, true) => p * l,
        (true, false) => f64::INFINITY,
        _ => 0.0,
    };
    let reverse = || match (p > 0.0, q > 0.0) {
        (true, true) => -q * l - q,
        (false, true) => f64::INFINITY,
        _ => 0.0,
    };
    match divergence {
        Divergence::ForwardKl | Divergence::Alpha(1.0) => forward(),
        Divergence::ReverseKl | Divergence::Alpha(0.0) => reverse(),
        Divergence::Jeffreys => forward() + reverse(),
        Divergence::JensenShannon if p > 0.0 && q > 0.0 => -0.5 * (p * softplus(-l) + q * softplus(l)),
        Divergence::TotalVariation => -p.min(q),
        Divergence::HellingerSquared => -product(0.5),
        Divergence::ChiSquared => product(2.0),
        Divergence::ReverseChiSquared => product(-1.0),
        Divergence::Alpha(alpha) => product(alpha) / (alpha * (alpha - 1.0)),
        _ => 0.0,
    }
}

/// The marginal price q ∂F/∂q, where q > 0.
fn marginal_price(divergence: Divergence, log_p: f64, log_q: f64) -> f64 {
    let l = log_p - log_q;
    // A price of 0 stays 0 where there is no density: log 0 must not meet it.
    let times_q = |x: f64| if x == 0.0 { 0.0 } else { x * log_q.exp() };
    match divergence {
        Divergence::ForwardKl | Divergence::Alpha(1.0) => -log_p.exp(),
        Divergence::ReverseKl | Divergence::Alpha(0.0) => -times_q(l),
        Divergence::Jeffreys => -log_p.exp() - times_q(l),
        Divergence::JensenShannon => -0.5 * times_q(softplus(l)),
        Divergence::TotalVariation => {
            if log_q < log_p {
                -log_q.exp()
            } else {
                0.0
            }
        }
        Divergence::HellingerSquared => -0.5 * (0.5 * (log_p + log_q)).exp(),
        Divergence::ChiSquared => -(log_p + l).exp(),
        Divergence::ReverseChiSquared => 2.0 * (log_q - l).exp(),
        Divergence::Alpha(alpha) => -(log_q + alpha * l).exp() / alpha,
        _ => f64::NAN,
    }
}

/// log(1 + e^l).
fn softplus(l: f64) -> f64 {
    l.max(0.0) + (-l.abs()).exp().ln_1p()
}
