//! The gradient of any divergence between any two distributions on the line, as one of them moves.
//!
//! The model's mass flows with a velocity v: its density changes by −(v q)′, the edges of its support move with v.
//! An f-divergence ∫ F(p, q) then changes by ∫ (∂F/∂q) ∂q inside the support, and at each edge by v times the jump of
//! F there, p being taken on the side into which the edge moves: that is what makes one-sided derivatives differ.

use super::coupled::transport_sides;
use super::evaluate::unrooted;
use super::objective::Objective;
use super::slope::Slope;
use crate::distribution::quadrature::integrate_many;
use crate::distribution::{Distribution, PointMasses};
use crate::divergence::pair::{Marks, Parts, roots, split};
use crate::divergence::{Divergence, farthest_places};

/// How the model moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// All of it to the right; the derivative is by its location.
    Location,
    /// All of it away from its mean; the derivative is by the logarithm of its scale.
    Scale,
}

/// The gradient of an objective as the model is shifted and stretched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gradient {
    /// By the location, in the objective's units per unit of length.
    pub location: Slope,
    /// By the logarithm of the scale, the mean staying where it is.
    pub scale: Slope,
}

/// The gradient of the objective from `p` to `q` by the location and the log scale of `q`: see [`slope`].
#[must_use]
pub fn gradient(p: &Distribution, q: &Distribution, objective: impl Into<Objective>) -> Gradient {
    let objective = objective.into();
    Gradient {
        location: side_slope(p, q, objective, Direction::Location),
        scale: side_slope(p, q, objective, Direction::Scale),
    }
}

/// The derivative of the objective from `p` to `q` as `q` moves, by quadrature of its closed form.
///
/// Exactly 0 where an f-divergence does not change, as between disjoint supports. [`Slope::Undefined`] where the
/// objective is infinite. [`Slope::Kink`] where the derivatives from left and right differ: where edges of the supports
/// meet, at distance 0, and, with infinite one-sided derivatives, where the objective jumps or rises to ∞.
///
/// ```
/// use divergences::distribution::{Distribution, Uniform};
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Direction, Slope, slope};
///
/// let p = Distribution::from(Uniform::new(0.0, 1.0)?);
/// let apart = Distribution::from(Uniform::new(2.0, 3.0)?);
/// assert_eq!(slope(&p, &apart, Divergence::JensenShannon, Direction::Location), Slope::Finite(0.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[must_use]
pub fn slope(
    p: &Distribution,
    q: &Distribution,
    objective: impl Into<Objective>,
    direction: Direction,
) -> Slope {
    side_slope(p, q, objective.into(), direction)
}

/// The derivatives of the transport cost of order `order` ≥ 1 (`W_p^p`) by the position of each of the atoms of `q`.
///
/// At [`PointMasses::atoms`]' positions in their order: the forces on free particles are their negatives.
#[must_use]
pub fn particle_slopes(p: &Distribution, q: &PointMasses, order: f64) -> Vec<Slope> {
    let whole = Distribution::from(q.clone());
    let mut from = 0.0;
    let mut slopes = Vec::with_capacity(q.atoms().len());
    let last = q.atoms().len().saturating_sub(1);
    for (i, &(_, mass)) in q.atoms().iter().enumerate() {
        let to = if i == last { 1.0 } else { from + mass };
        let sides = transport_sides(p, &whole, order, &|_| 1.0, (from, to));
        slopes.push(Slope::from_sides(sides));
        from = to;
    }
    slopes
}

fn side_slope(p: &Distribution, q: &Distribution, objective: Objective, direction: Direction) -> Slope {
    let centre = q.mean();
    let velocity = |x: f64| match direction {
        Direction::Location => 1.0,
        Direction::Scale => x - centre,
    };
    let stretch = if direction == Direction::Scale { 1.0 } else { 0.0 };
    let divergence = match objective {
        Objective::TransportCost(order) => {
            return cost_slope(p, q, order, false, direction, &velocity);
        }
        Objective::Divergence(Divergence::WassersteinInfinity | Divergence::Wasserstein(f64::INFINITY)) => {
            return match direction {
                Direction::Location => supremum_slope(p, q),
                Direction::Scale => supremum_stretch(p, q, centre),
            };
        }
        Objective::Divergence(Divergence::Wasserstein(order)) => {
            return cost_slope(p, q, order, true, direction, &velocity);
        }
        Objective::Divergence(divergence) => divergence,
    };
    let (base, rooted) = match unrooted(objective) {
        (Objective::Divergence(base), rooted) => (base, rooted),
        _ => (divergence, false),
    };
    let value = base.between(p, q);
    if !value.is_finite() {
        return Slope::Undefined;
    }
    let flow = Flow { p: Parts::of(p), q: Parts::of(q), velocity: &velocity, stretch };
    let mut sides = flow.sides(base, p, q);
    if rooted {
        sides = if value > 0.0 {
            sides.map(|slope| 0.5 * slope / value.sqrt())
        } else if sides == [0.0, 0.0] {
            // JS and H² grow from 0 like ⅛ x² times the Fisher information.
            let slope = (0.125 * flow.fisher_information(q)).sqrt();
            [-slope, slope]
        } else {
            sides.map(|slope| slope * f64::INFINITY)
        };
    }
    Slope::from_sides(sides)
}

/// A pair of which the model moves.
struct Flow<'a> {
    p: Parts<'a>,
    q: Parts<'a>,
    velocity: &'a dyn Fn(f64) -> f64,
    /// v′.
    stretch: f64,
}

impl Flow<'_> {
    /// The derivatives from the left and from the right.
    fn sides(&self, divergence: Divergence, p: &Distribution, q: &Distribution) -> [f64; 2] {
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
                // The side into which the edge moves.
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

    /// ∫ ∂q ∂F/∂q over the common support, once for each side: they differ only where TV has p = q on an interval.
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
                    // The lesser of p and q falls with q, and does not rise with it: TV rises to both sides.
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
            // Where two that hardly overlap do so.
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

    /// ∂q / q with ∂q = −(v q)′.
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

    /// ∫ (∂q)² / q.
    fn fisher_information(&self, q: &Distribution) -> f64 {
        let panels = self.panels(Divergence::JensenShannon, q, q);
        integrate_many(&panels, 1, &mut |x, values| {
            let log_q = self.q.log_density(x);
            let change = if log_q > f64::NEG_INFINITY { self.relative_change(log_q, x) } else { 0.0 };
            values[0] = change * change * log_q.exp();
        })[0]
    }
}

/// (log q)′ of a component.
pub(super) fn score(component: &Distribution, x: f64) -> f64 {
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

/// F(p, q), up to multiples of p and of q: those of q are left out of ∂F/∂q as well, and chosen so that F vanishes
/// where the divergence saturates.
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

/// q ∂F/∂q where q > 0.
fn marginal_price(divergence: Divergence, log_p: f64, log_q: f64) -> f64 {
    let l = log_p - log_q;
    // Without density nothing costs; log 0 must not meet a 0.
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

/// The slope of a transport cost, or of the distance that is its root.
fn cost_slope(
    p: &Distribution,
    q: &Distribution,
    order: f64,
    distance: bool,
    direction: Direction,
    velocity: &dyn Fn(f64) -> f64,
) -> Slope {
    let value = Divergence::Wasserstein(order).between(p, q);
    if !(value.is_finite() && order.is_finite()) {
        return Slope::Undefined;
    }
    if value == 0.0 && order > 1.0 {
        if !distance {
            return Slope::Finite(0.0);
        }
        // The distance by which a small move takes the mass, (∫ |v|^order)^(1/order).
        let moved = match direction {
            Direction::Location => 1.0,
            Direction::Scale => {
                let mean = Distribution::from(match PointMasses::new(vec![(q.mean(), 1.0)]) {
                    Ok(mean) => mean,
                    Err(_) => return Slope::Undefined,
                });
                Divergence::Wasserstein(order).between(&mean, q)
            }
        };
        return Slope::from_sides([-moved, moved]);
    }
    let sides = if order == 2.0 && direction == Direction::Location {
        [2.0 * (q.mean() - p.mean()); 2]
    } else {
        transport_sides(p, q, order, velocity, (0.0, 1.0))
    };
    let factor = if distance { value.powf(1.0 - order) / order } else { 1.0 };
    Slope::from_sides(sides.map(|slope| slope * factor))
}

/// W_∞ by the location: the greater of the farthest that mass goes to the right and to the left.
fn supremum_slope(p: &Distribution, q: &Distribution) -> Slope {
    let farthest = |q: &Distribution| Divergence::WassersteinInfinity.between(p, q);
    let value = farthest(q);
    // Far enough away all mass goes one way.
    let away = 4.0 * value + 1.0;
    let (Ok(right), Ok(left)) = (q.translate(away), q.translate(-away)) else { return Slope::Undefined };
    let difference = farthest(&right) - farthest(&left);
    if difference.is_nan() {
        Slope::Undefined
    } else if difference.abs() <= 1e-13 * away {
        Slope::Kink { left: -1.0, right: 1.0 }
    } else {
        Slope::Finite(difference.signum())
    }
}

/// W_∞ by the logarithm of the scale: how fast the mass that goes farthest moves on, away from where it comes from; of
/// several such places the fastest and the slowest make the derivatives from right and left (Danskin's theorem).
fn supremum_stretch(p: &Distribution, q: &Distribution, centre: f64) -> Slope {
    let value = Divergence::WassersteinInfinity.between(p, q);
    if !value.is_finite() {
        return Slope::Undefined;
    }
    let support = q.support();
    if !(support.lower().is_finite() && support.upper().is_finite()) {
        // Tails that fit each other, or the distance would be infinite: stretched, they no longer do.
        return Slope::from_sides([f64::NEG_INFINITY, f64::INFINITY]);
    }
    if value == 0.0 {
        let reach = (support.lower() - centre).abs().max((support.upper() - centre).abs());
        return Slope::from_sides([-reach, reach]);
    }
    let rates = farthest_places(p, q).into_iter().map(|(place, beyond)| beyond.signum() * (place - centre));
    let ends = rates
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[left, right], rate| [left.min(rate), right.max(rate)]);
    Slope::from_sides(ends)
}
