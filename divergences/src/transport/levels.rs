//! The levels of two cdfs cut into pieces, inside each of which either distribution has an atom or a positive density.

use crate::distribution::{Distribution, Support};
use crate::pair::{Parts, Side};

/// A share of the mass of both, between two levels of the cdfs, inside which either has an atom or a positive density.
pub(super) struct Piece {
    pub(super) share: f64,
    pub(super) p: Span,
    pub(super) q: Span,
}

/// Where a share of one distribution's mass lies: from one point to another, equal ones for an atom.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl Span {
    pub(super) fn is_atom(self) -> bool {
        self.lower == self.upper
    }
}

/// The mass of the tails that are left out of the integrals: far below rounding when weighted with the power
/// of the distance.
fn negligible(order: f64) -> f64 {
    // The power of an exponential decay peaks at `order` scales, and is as wide as the root of that.
    let far = (-order - 9.0 * order.sqrt()).exp();
    if order <= 2.0 { 1e-26 } else { crate::order::clamp(far, 1e-300, 1e-40) }
}

/// Levels closer than this are one: they differ by the rounding of sums of weights.
pub(crate) const SAME_LEVEL: f64 = 1e-14;

pub(super) fn pieces(p: &Distribution, q: &Distribution, order: f64) -> Vec<Piece> {
    let mut levels = vec![0.0];
    let supports = [p.support(), q.support()];
    for (d, support) in [p, q].into_iter().zip(&supports) {
        levels.extend(d.atoms().iter().flat_map(|&(x, weight)| [d.cdf(x) - weight, d.cdf(x)]));
        levels.extend(support.intervals.iter().flat_map(|&(a, b)| [d.cdf(a), d.cdf(b)]));
    }
    levels.retain(|u| (0.0..1.0 - SAME_LEVEL).contains(u));
    crate::order::ascending(&mut levels);
    levels.dedup_by(|next, kept| *next - *kept < SAME_LEVEL);
    levels.push(1.0);
    let parts = [Parts::of(p), Parts::of(q)];
    let share = |d: &Distribution, parts: &Parts, support: &Support, from: f64, to: f64| {
        let middle = d.quantile(0.5 * (from + to));
        let atom = parts.atom_at(middle);
        if atom > 0.0 && atom >= to - from - SAME_LEVEL {
            return Span { lower: middle, upper: middle };
        }
        let lower = if from == 0.0 {
            outermost(d, Side::Lower, negligible(order))
        } else {
            after_gap(d, support, d.quantile(from + SAME_LEVEL.min(0.25 * (to - from))), from)
        };
        let upper = if to == 1.0 {
            outermost(d, Side::Upper, negligible(order))
        } else {
            d.quantile(to - SAME_LEVEL.min(0.25 * (to - from)))
        };
        Span { lower, upper: upper.max(lower) }
    };
    levels
        .windows(2)
        .map(|ends| Piece {
            share: ends[1] - ends[0],
            p: share(p, &parts[0], &supports[0], ends[0], ends[1]),
            q: share(q, &parts[1], &supports[1], ends[0], ends[1]),
        })
        .collect()
}

/// The end of the support, or a point beyond which there is next to nothing.
fn outermost(d: &Distribution, side: Side, negligible: f64) -> f64 {
    let parts = d.parts();
    let ends = parts.iter().map(|(_, part)| {
        let level = |end: f64| if end.is_finite() { 0.0 } else { negligible };
        let (lower, upper) = part.interval().unwrap_or((0.0, 0.0));
        match side {
            Side::Lower => part.quantile(level(lower)),
            Side::Upper => part.upper_quantile(level(upper)),
        }
    });
    ends.fold(-side.sign() * f64::INFINITY, |a, b| if (b - a) * side.sign() > 0.0 { b } else { a })
}

/// `x`, or the next point of the support if `x` is the last before a gap.
fn after_gap(d: &Distribution, support: &Support, x: f64, level: f64) -> f64 {
    if d.cdf(x) > level + 4.0 * SAME_LEVEL || support.intervals.iter().any(|i| i.0 <= x && x < i.1) {
        return x;
    }
    let atom = support.atoms.get(support.atoms.partition_point(|&atom| atom <= x)).copied();
    let starts = support.intervals.iter().map(|i| i.0).chain(atom);
    let next = starts.filter(|&start| start > x).fold(f64::INFINITY, f64::min);
    if next.is_finite() { next } else { x }
}

/// A length to which displacements compare: the largest of some, or the width of the distributions if these vanish.
pub(super) fn typical_displacement(order: f64, p: &Distribution, q: &Distribution, pieces: &[Piece]) -> f64 {
    let ends =
        |piece: &Piece| (piece.p.lower - piece.q.lower).abs().max((piece.p.upper - piece.q.upper).abs());
    let largest = pieces.iter().map(ends).fold(0.0, f64::max);
    // The displacement of a tail will do, unless its power dwarfs the others.
    let atoms = pieces.iter().all(|piece| piece.p.is_atom() && piece.q.is_atom());
    if atoms || (largest > 0.0 && order <= 8.0) {
        return largest;
    }
    let inside = (1..8).map(|k| (p.quantile(f64::from(k) / 8.0) - q.quantile(f64::from(k) / 8.0)).abs());
    let largest = inside.fold(largest, f64::max);
    if largest > 0.0 { largest } else { pieces.iter().map(|piece| piece.p.upper - piece.p.lower).sum() }
}
