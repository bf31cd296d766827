//! The coupling of quantiles between piecewise constant densities and point masses, where it is linear piece by piece.

use crate::numeric::quadrature::gauss;
use crate::pair::Parts;
use wide::f64x2;

/// A share of the mass over whose levels the displacement x − y changes linearly.
pub(super) struct Stretch {
    share: f64,
    from: f64,
    to: f64,
}

/// A share of one distribution's mass, spread evenly between two points or all at one.
#[derive(Clone, Copy)]
struct Slab {
    share: f64,
    lower: f64,
    upper: f64,
}

/// The whole coupling, in stretches; `None` if a density is not piecewise constant.
pub(super) fn stretches(p: &Parts, q: &Parts) -> Option<Vec<Stretch>> {
    let (p, q) = (slabs(p)?, slabs(q)?);
    let ends = [&p, &q].map(|slabs| slabs.last().map_or(f64::NAN, |slab| slab.upper));
    let (mut p, mut q) = (p.into_iter(), q.into_iter());
    let mut stretches = Vec::with_capacity(p.len() + q.len());
    let (mut left, mut right) = (p.next(), q.next());
    while let (Some(a), Some(b)) = (&mut left, &mut right) {
        let share = a.share.min(b.share);
        let ((x, next_x), (y, next_y)) = (a.take(share), b.take(share));
        stretches.push(Stretch { share, from: x - y, to: next_x - next_y });
        // The rest of a slab may be rounding of sums. A whole slab never is, however light.
        if a.share <= f64::EPSILON {
            left = p.next();
        }
        if b.share <= f64::EPSILON {
            right = q.next();
        }
    }
    // Rounding may leave one of the two with less mass. The end of that one then takes the rest.
    let of_p = left.into_iter().chain(p).map(|slab| (slab.share, slab.lower - ends[1], slab.upper - ends[1]));
    let of_q =
        right.into_iter().chain(q).map(|slab| (slab.share, ends[0] - slab.lower, ends[0] - slab.upper));
    stretches.extend(of_p.chain(of_q).map(|(share, from, to)| Stretch { share, from, to }));
    Some(stretches)
}

/// The slabs of one distribution, by position; `None` if a density is not piecewise constant.
fn slabs(parts: &Parts) -> Option<Vec<Slab>> {
    if parts.components.iter().any(|c| !c.distribution.is_flat()) {
        return None;
    }
    let mut edges: Vec<f64> = parts.components.iter().flat_map(|c| [c.interval.0, c.interval.1]).collect();
    edges.extend(parts.atoms.iter().map(|atom| atom.0));
    crate::order::ascending(&mut edges);
    edges.dedup();
    let mut atoms = parts.atoms.iter().peekable();
    let mut slabs = Vec::with_capacity(edges.len() + parts.atoms.len());
    for (i, &lower) in edges.iter().enumerate() {
        while let Some(atom) = atoms.next_if(|atom| atom.0 <= lower) {
            slabs.push(Slab { share: atom.1, lower, upper: lower });
        }
        if let Some(&upper) = edges.get(i + 1) {
            let share = parts.mass(lower, upper);
            if share > 0.0 {
                slabs.push(Slab { share, lower, upper });
            }
        }
    }
    Some(slabs)
}

impl Slab {
    /// Takes a share away from the lower end, and says between which points it lay.
    fn take(&mut self, share: f64) -> (f64, f64) {
        let start = self.lower;
        if share < self.share {
            self.lower += (self.upper - self.lower) * (share / self.share);
        } else {
            self.lower = self.upper;
        }
        self.share -= share;
        (start, self.lower)
    }
}

impl Stretch {
    /// The largest displacement, without its sign.
    pub(super) fn farthest(&self) -> f64 {
        self.from.abs().max(self.to.abs())
    }

    /// The integral over the levels of `power`, which is the displacement's |d|^order.
    pub(super) fn cost(&self, order: f64, power: &dyn Fn(f64) -> f64) -> f64 {
        let (from, to) = (self.from.abs(), self.to.abs());
        // The antiderivative of |d|^order.
        let whole = |d: f64| d * power(d) / (order + 1.0);
        let mean = if self.from == self.to {
            power(from)
        } else if self.from * self.to <= 0.0 {
            (whole(from) + whole(to)) / (from + to)
        } else if 2.0 * from.min(to) < from.max(to) {
            (whole(to) - whole(from)) / (to - from)
        } else {
            // The difference would lose digits, and ten nodes leave 1e-15.
            gauss(from, to, &|d| f64x2::new(d.to_array().map(power))) / (to - from)
        };
        self.share * mean
    }
}
