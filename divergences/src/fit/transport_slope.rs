//! How a transport cost changes as the model's mass moves.

use super::direction::Direction;
use super::slope::Slope;
use crate::distribution::{Distribution, PointMasses};
use crate::divergence::Divergence;
use crate::numeric::quadrature::integrate_over;
use crate::numeric::roots::roots;
use crate::numeric::special::{NORMAL_REACH, normal_cdf, normal_density, normal_quantile};
use crate::order::clamp;
use crate::pair::split;
use crate::transport::{SAME_LEVEL, farthest_places};

/// The derivatives from left and right of ∫ |y − x|^order, x and y being the quantiles of `p` and `q` at the same level
/// in the `window` of levels, as y moves with the velocity v(y).
///
/// Levels are integrated over as u = Φ(t), which takes the quantiles of every family here to functions smooth in t,
/// also in the tails.
pub(super) fn transport_sides(
    p: &Distribution,
    q: &Distribution,
    order: f64,
    velocity: &dyn Fn(f64) -> f64,
    window: (f64, f64),
) -> [f64; 2] {
    let quantile = |d: &Distribution, t: f64| {
        if t < 0.0 { d.quantile(normal_cdf(t)) } else { d.upper_quantile(normal_cdf(-t)) }
    };
    let mut levels = vec![window.0, window.1];
    for d in [p, q] {
        levels.extend(d.atoms().iter().flat_map(|&(x, mass)| [d.cdf(x) - mass, d.cdf(x)]));
        levels.extend(d.breakpoints().iter().map(|&x| d.cdf(x)));
    }
    levels.retain(|u| (window.0..=window.1).contains(u));
    crate::order::ascending(&mut levels);
    levels.dedup_by(|next, kept| *next - *kept < SAME_LEVEL);
    let scale = (p.mean() - q.mean()).abs() + p.variance().sqrt() + q.variance().sqrt();
    let (mut total, mut tied) = (0.0, 0.0);
    for ends in levels.windows(2) {
        let (from, to) = (t_of(ends[0]), t_of(ends[1]));
        let gap = |t: f64| quantile(q, t) - quantile(p, t);
        // An atom keeps its place between two levels.
        let inner = [0.25, 0.75].map(|part| t_of(ends[0] + part * (ends[1] - ends[0])));
        let still = |d: &Distribution| quantile(d, inner[0]) == quantile(d, inner[1]);
        let share = ends[1] - ends[0];
        if still(p) && still(q) {
            let (y, d) = (quantile(q, inner[0]), gap(inner[0]));
            if d == 0.0 {
                tied += share * velocity(y).abs();
            } else {
                total += share * rate(order, d) * velocity(y);
            }
            continue;
        }
        let marks = [-6.0, -3.0, -1.0, 0.0, 1.0, 3.0, 6.0];
        let mut panels = split(&[(from, to)], &marks);
        let same = |t: f64| gap(t).abs() <= 1e-13 * scale;
        if same(inner[0]) && same(inner[1]) && same(0.5 * (inner[0] + inner[1])) {
            tied += integrate_over(&panels, &mut |t| velocity(quantile(q, t)).abs() * normal_density(t));
            continue;
        }
        if order % 2.0 != 0.0 {
            let crossings = roots(&panels, &mut |t| gap(t));
            panels = split(&panels, &crossings);
        }
        total += integrate_over(&panels, &mut |t| {
            let y = quantile(q, t);
            rate(order, y - quantile(p, t)) * velocity(y) * normal_density(t)
        });
    }
    // Mass that lies where it should is moved away by either side's step; at higher orders that costs nothing yet.
    let tied = if order == 1.0 { tied } else { 0.0 };
    [total - tied, total + tied]
}

/// The derivative of |d|^order.
fn rate(order: f64, d: f64) -> f64 {
    if order == 1.0 {
        d.signum()
    } else if order == 2.0 {
        2.0 * d
    } else {
        order * d.abs().powf(order - 1.0) * d.signum()
    }
}

/// The normal quantile Φ⁻¹(u), cut off far out.
fn t_of(u: f64) -> f64 {
    if u <= 0.0 {
        -NORMAL_REACH
    } else if u >= 1.0 {
        NORMAL_REACH
    } else {
        clamp(normal_quantile(u), -NORMAL_REACH, NORMAL_REACH)
    }
}

/// The slope of a transport cost, or of the distance that is its root.
pub(super) fn cost_slope(
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
        // The distance (∫ |v|^order)^(1/order) by which a small move takes the mass.
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

/// The slope of W_∞ by the location: mass that goes farthest to the right draws it up, mass that goes
/// farthest to the left draws it down.
pub(super) fn supremum_slope(p: &Distribution, q: &Distribution) -> Slope {
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

/// The slope of W_∞ by the logarithm of the scale: how fast the mass that goes farthest moves on, away from
/// where it comes from.
///
/// Of several such places the fastest and the slowest make the derivatives from right and left (Danskin's
/// theorem).
pub(super) fn supremum_stretch(p: &Distribution, q: &Distribution, centre: f64) -> Slope {
    let value = Divergence::WassersteinInfinity.between(p, q);
    if !value.is_finite() {
        return Slope::Undefined;
    }
    let support = q.support();
    if !(support.lower().is_finite() && support.upper().is_finite()) {
        // The tails fit each other, or the distance would be infinite. Stretched, they no longer do.
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
