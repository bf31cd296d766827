//! Coordinates that begin where densities are narrow.
//!
//! Between neighbouring numbers near 10¹² lie 10⁻⁴: a density that is no wider has no room there. Quadratures of it are done in
//! coordinates whose 0 is its own place, in which numbers are as near to each other as they need be.

use super::Pair;
use super::parts::{Component, Parts};
use crate::distribution::Distribution;

/// A component farther from 0 than so many of its scales wants its own coordinates: there a node loses 4 of 16 digits.
const FAR: f64 = 1e4;
/// How many scales of a component are integrated in its coordinates.
const REACH: f64 = 1e4;

/// A component's place, and the length over which its density changes.
fn place(component: &Component) -> (f64, f64) {
    let (lower, upper) = component.interval;
    let (at, scale) = match component.distribution {
        Distribution::Gaussian(d) => (d.mean(), d.sd()),
        Distribution::Laplace(d) => (d.location(), d.scale()),
        Distribution::Smoothed(d) => {
            let (a, b) = d.ends();
            (if a.is_finite() { a } else { b }, d.noise())
        }
        _ => (if lower.is_finite() { lower } else { upper }, upper - lower),
    };
    (if at.is_finite() { at } else { 0.0 }, scale.min(upper - lower))
}

/// The place of the narrowest component that is far from 0, if there is one.
pub(crate) fn centre(all: &[&Parts]) -> Option<f64> {
    let far = all
        .iter()
        .flat_map(|parts| &parts.components)
        .map(place)
        .filter(|(at, scale)| at.abs() > FAR * scale);
    far.min_by(|a, b| a.1.total_cmp(&b.1)).map(|place| place.0)
}

impl Pair<'_> {
    /// Calls `visit` with pairs, each in coordinates of its own, whose common intervals together are those of this one; `false`
    /// if the coordinates as they are will do.
    pub(crate) fn in_frames(&self, visit: &mut dyn FnMut(&Pair)) -> bool {
        let Some(origin) = centre(&[&self.p, &self.q]) else { return false };
        let moved = |origin: f64| {
            Some((self.whole.0.translate(-origin).ok()?, self.whole.1.translate(-origin).ok()?))
        };
        if let Some((p, q)) = moved(origin) {
            let pair = Pair::of(&p, &q);
            if centre(&[&pair.p, &pair.q]).is_none() && pair.common.len() == self.common.len() {
                visit(&pair);
                return true;
            }
        }
        // The narrowest come first, and take their surroundings from the others.
        let mut places: Vec<(f64, f64)> =
            [&self.p, &self.q].iter().flat_map(|parts| &parts.components).map(place).collect();
        places.retain(|(at, scale)| at.abs() > FAR * scale);
        let order = crate::order::permutation(places.len(), &|i, j| places[i].1.total_cmp(&places[j].1));
        let mut rest = self.common.clone();
        for (at, scale) in order.into_iter().map(|k| places[k]) {
            let reach = (REACH * scale).max(64.0 * f64::EPSILON * at.abs());
            let claim = (at - reach, at + reach);
            let mut own = Vec::new();
            let mut left = Vec::new();
            for (lower, upper) in rest {
                own.push((lower.max(claim.0), upper.min(claim.1)));
                left.extend([(lower, upper.min(claim.0)), (lower.max(claim.1), upper)]);
            }
            for intervals in [&mut own, &mut left] {
                intervals.retain(|interval| interval.0 < interval.1);
            }
            rest = left;
            if own.is_empty() {
                continue;
            }
            let Some((p, q)) = moved(at) else { continue };
            let mut pair = Pair::of(&p, &q);
            pair.common = own.iter().map(|&(lower, upper)| (lower - at, upper - at)).collect();
            pair.partial = true;
            visit(&pair);
        }
        let mut pair = Pair::of(self.whole.0, self.whole.1);
        pair.common = rest;
        pair.partial = true;
        visit(&pair);
        true
    }
}
