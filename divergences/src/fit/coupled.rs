//! How a transport cost changes as the model's mass moves.

use crate::distribution::Distribution;
use crate::distribution::quadrature::integrate_over;
use crate::distribution::special::{normal_cdf, normal_density, normal_quantile};
use crate::divergence::pair::{roots, split};

/// Beyond this many standard deviations the normal distribution has 1e-21 of its mass.
const REACH: f64 = 9.5;
/// Levels of the cdf closer than this are one.
const SAME_LEVEL: f64 = 1e-14;

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
        // Inside the level an atom keeps its place.
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

/// (|d|^order)′.
fn rate(order: f64, d: f64) -> f64 {
    if order == 1.0 {
        d.signum()
    } else if order == 2.0 {
        2.0 * d
    } else {
        order * d.abs().powf(order - 1.0) * d.signum()
    }
}

/// Φ⁻¹(u), cut off far out.
fn t_of(u: f64) -> f64 {
    if u <= 0.0 {
        -REACH
    } else if u >= 1.0 {
        REACH
    } else {
        normal_quantile(u).clamp(-REACH, REACH)
    }
}
