//! Wasserstein distances on the line, by the coupling of quantiles.
//!
//! Of all ways to carry the mass of p to q, the one that keeps its order is the cheapest for every cost |x − y|^p with
//! p ≥ 1: the mass at p's quantile F⁻¹(u) goes to q's quantile G⁻¹(u). A distance is then an integral over the levels u.
//!
//! ```
//! use divergences::distribution::PointMasses;
//! use divergences::transport::wasserstein;
//!
//! let p = PointMasses::from_samples(&[0.0, 1.0])?.into();
//! let q = PointMasses::from_samples(&[5.0, 2.0])?.into();
//! assert_eq!(wasserstein(1.0, &p, &q), 3.0); // 0 goes to 2, and 1 to 5
//! # Ok::<(), divergences::distribution::Error>(())
//! ```

mod affine;
mod cdf_area;
mod cost;
mod coupling;
mod levels;
mod margin;
mod power;
mod stretch;

use crate::distribution::Distribution;
use crate::numeric::quadrature::integrate_over;
use crate::pair::{Marks, Pair, Parts, Side, Tail, centre, edges_and_atoms, equal, split};
use affine::Affine;
use cdf_area::area_between_cdfs;
pub(crate) use levels::SAME_LEVEL;
use levels::{pieces, typical_displacement};
use power::{power, root};
use stretch::{Stretch, stretches};

/// The Wasserstein distance `W_p = (∫₀¹ |F⁻¹(u) − G⁻¹(u)|^p du)^(1/p)` of order `order` ≥ 1, a length.
///
/// - **Convention**: the distance itself, not its p-th power. Order ∞ is [`wasserstein_infinity`]; an order below 1,
///   and NaN, give NaN.
/// - **Accuracy**: 1e-13 of the value, also between near-identical pairs.
/// - **Cost**: 0.1 µs or less where the two are of one family; between point masses it grows with their number;
///   between mixtures of Gaussians some 40 µs at the orders 1 and 2; milliseconds at other orders where quantiles
///   have no closed form.
/// - **Method**: where an affine map carries p to q, the norm of its displacement; between piecewise constant
///   densities a sum; at order 1 the area between the cdfs; else quadrature along the curve F(x) = G(y).
/// - **Source**: Villani, Topics in optimal transportation (2003), theorem 2.18.
///
/// ```
/// use divergences::distribution::{Distribution, Gaussian};
/// use divergences::transport::wasserstein;
///
/// let p = Distribution::from(Gaussian::new(0.0, 1.0)?);
/// assert_eq!(wasserstein(1.0, &p, &p.translate(3.0)?), 3.0);
/// assert_eq!(wasserstein(2.0, &p, &Gaussian::new(3.0, 5.0)?.into()), 5.0); // √(3² + 4²)
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[must_use]
pub fn wasserstein(order: f64, p: &Distribution, q: &Distribution) -> f64 {
    distance(order, p, q, None)
}

/// The Wasserstein distance of order `order`, with the cut of the pair if it is at hand.
pub(crate) fn distance(order: f64, p: &Distribution, q: &Distribution, pair: Option<&Pair>) -> f64 {
    if order.is_nan() || order < 1.0 {
        return f64::NAN;
    }
    if order == f64::INFINITY {
        return wasserstein_infinity(p, q);
    }
    if equal(p, q) {
        return 0.0;
    }
    if let Some(map) = Affine::between(p, q) {
        // From the wider to the narrower, so that the slope can't overflow.
        return match Affine::between(q, p) {
            Some(back) if map.slope > 0.0 => along(order, q, p, &back),
            _ => along(order, p, q, &map),
        };
    }
    if let Some(stretches) = stretches(&Parts::of(p), &Parts::of(q)) {
        let unit = stretches.iter().map(Stretch::farthest).fold(0.0, f64::max);
        if unit == 0.0 {
            return 0.0;
        }
        let power = |d: f64| power(d / unit, order);
        return unit * root(stretches.iter().map(|stretch| stretch.cost(order, &power)).sum(), order);
    }
    if let Some((p, q)) = seen_from_nearby(p, q) {
        return distance(order, &p, &q, None);
    }
    if order == 1.0 {
        return match pair {
            Some(pair) => area_between_cdfs(p, q, pair),
            None => area_between_cdfs(p, q, &Pair::of(p, q)),
        };
    }
    let pieces = pieces(p, q, order);
    // Powers are taken relative to a typical displacement, so that none overflows.
    let unit = typical_displacement(order, p, q, &pieces);
    if unit == 0.0 {
        return 0.0;
    }
    let sum: f64 = pieces.iter().map(|piece| piece.cost(p, q, order, unit)).sum();
    unit * root(sum, order)
}

/// Two distributions far from 0, in coordinates whose 0 is where they are.
fn seen_from_nearby(p: &Distribution, q: &Distribution) -> Option<(Distribution, Distribution)> {
    let origin = centre(&[&Parts::of(p), &Parts::of(q)])?;
    let (p, q) = (p.translate(-origin).ok()?, q.translate(-origin).ok()?);
    centre(&[&Parts::of(&p), &Parts::of(&q)]).is_none().then_some((p, q))
}

/// The Wasserstein distance of order ∞: the farthest that any mass has to travel, sup |F⁻¹ − G⁻¹|.
///
/// ∞ where the tails differ in scale; where they agree, the limit of the difference counts as well.
///
/// - **Accuracy**: a few units in the last place.
/// - **Cost**: 0.1 to 10 µs.
/// - **Source**: Champion, De Pascale and Juutinen, The ∞-Wasserstein distance, SIAM Journal on Mathematical Analysis
///   40 (2008).
///
/// ```
/// use divergences::distribution::{Gaussian, Uniform};
/// use divergences::transport::wasserstein_infinity;
///
/// let (p, q) = (Uniform::new(0.0, 1.0)?.into(), Uniform::new(0.0, 3.0)?.into());
/// assert_eq!(wasserstein_infinity(&p, &q), 2.0);
/// let (p, q) = (Gaussian::new(0.0, 1.0)?.into(), Gaussian::new(0.0, 1.1)?.into());
/// assert_eq!(wasserstein_infinity(&p, &q), f64::INFINITY);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[must_use]
pub fn wasserstein_infinity(p: &Distribution, q: &Distribution) -> f64 {
    if equal(p, q) {
        return 0.0;
    }
    if let Some(map) = Affine::between(p, q) {
        if map.slope == 0.0 {
            return map.shift.abs();
        }
        let (p, q) = (p.support(), q.support());
        let farthest = (q.lower() - p.lower()).abs().max((q.upper() - p.upper()).abs());
        return if p.lower().is_finite() && p.upper().is_finite() { farthest } else { f64::INFINITY };
    }
    let (p_parts, q_parts) = (Parts::of(p), Parts::of(q));
    if let Some(stretches) = stretches(&p_parts, &q_parts) {
        return stretches.iter().map(Stretch::farthest).fold(0.0, f64::max);
    }
    let mut farthest = 0.0_f64;
    for side in [Side::Lower, Side::Upper] {
        farthest = farthest.max(tail_gap(&Tail::of(&p_parts, side), &Tail::of(&q_parts, side), side));
    }
    if farthest == f64::INFINITY {
        return farthest;
    }
    displacements(p, q).iter().map(|place| place.1.abs()).fold(farthest, f64::max)
}

/// The places where mass goes farthest, for a pair of bounded supports: points of `q`, each with how far it
/// lies beyond its place in `p`.
///
/// All of them are as far as [`wasserstein_infinity`] says, to rounding. Of a whole stretch that is as far,
/// the ends are among them.
pub(crate) fn farthest_places(p: &Distribution, q: &Distribution) -> Vec<(f64, f64)> {
    let mut places = displacements(p, q);
    let farthest = places.iter().map(|place| place.1.abs()).fold(0.0, f64::max);
    let reach = places.iter().map(|place| place.0.abs()).fold(farthest, f64::max);
    places.retain(|place| place.1.abs() >= farthest - 1e-13 * reach);
    places
}

/// Every place of `q` where the displacement from `p` may be largest, with that displacement.
fn displacements(p: &Distribution, q: &Distribution) -> Vec<(f64, f64)> {
    pieces(p, q, f64::INFINITY).iter().flat_map(|piece| piece.extremes(p, q)).collect()
}

/// The limit of |F⁻¹ − G⁻¹| towards one end of the line; 0 for bounded tails, whose ends are looked at elsewhere.
fn tail_gap(p: &Tail, q: &Tail, side: Side) -> f64 {
    match (p, q) {
        (Tail::Bounded, Tail::Bounded) => 0.0,
        (Tail::Gaussian { mean: m, sd: a }, Tail::Gaussian { mean: n, sd: b }) if a == b => (m - n).abs(),
        (
            Tail::Exponential { scale: a, log_factor: p, .. },
            Tail::Exponential { scale: b, log_factor: q, .. },
        ) if a == b => (side.sign() * a * (p - q)).abs(),
        _ => f64::INFINITY,
    }
}

/// `W_p` where an affine map carries p to q: the norm of its displacement under p.
fn along(order: f64, p: &Distribution, q: &Distribution, map: &Affine) -> f64 {
    if map.slope == 0.0 {
        return map.shift.abs();
    }
    if order == 2.0 {
        return map.displacement(p.mean()).hypot(map.slope * p.standard_deviation());
    }
    if let (Distribution::Gaussian(p), Distribution::Gaussian(q)) = (p, q)
        && order == 1.0
    {
        return affine::gaussian_wasserstein_1(p, q);
    }
    if let Some((p, q)) = seen_from_nearby(p, q) {
        return distance(order, &p, &q, None);
    }
    let parts = Parts::of(p);
    // Where the displacement vanishes, its power is not smooth.
    let still = map.centre - map.shift / map.slope;
    let mut marks = Marks::default();
    marks.add(&parts);
    marks.add_power(&parts, still, order);
    let mut panels = marks.panels(&edges_and_atoms(&[&parts]));
    if still.is_finite() {
        panels = split(&panels, &[still]);
    }
    // Powers are taken relative to the greatest part of the integrand, so that none overflows.
    let log_cost = |x: f64, log_mass: f64| order * map.displacement(x).abs().ln() + log_mass;
    let at_ends =
        panels.iter().flat_map(|panel| [panel.0, panel.1]).map(|x| log_cost(x, parts.log_density(x)));
    let at_atoms = parts.atoms.iter().map(|&(x, weight)| log_cost(x, weight.ln()));
    let greatest = at_ends.chain(at_atoms).fold(f64::NEG_INFINITY, f64::max);
    if !greatest.is_finite() {
        return 0.0;
    }
    let cost = |x: f64, log_mass: f64| (log_cost(x, log_mass) - greatest).exp();
    let of_atoms: f64 = parts.atoms.iter().map(|&(x, weight)| cost(x, weight.ln())).sum();
    let sum = of_atoms + integrate_over(&panels, &mut |x| cost(x, parts.log_density(x)));
    ((greatest + sum.ln()) / order).exp()
}
