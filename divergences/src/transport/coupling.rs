//! The increasing coupling of two shares of mass that both have a density.

use super::levels::{Piece, Span};
use super::margin::{Margin, Mass};
use crate::distribution::Distribution;
use crate::distribution::normals::Normals;
use crate::numeric::mass_root::mass_root;
use crate::numeric::quadrature::{Row, Values, halving};
use crate::numeric::simd::{ln, splat};
use crate::pair::{Marks, Parts, edges_and_atoms};
use wide::f64x2;

/// The increasing coupling of two shares with densities, as the curve F(x) = G(y) parametrised by s = x + y.
///
/// Along it both x and y are smooth wherever the densities are, and neither quantile function need be steep: in a gap of
/// either density, that one's coordinate moves on alone.
pub(super) struct Coupling<'a> {
    p: Margin<'a>,
    q: Margin<'a>,
    p_share: Span,
    q_share: Span,
}

/// A point of the coupling.
#[derive(Clone, Copy)]
pub(super) struct Coupled {
    pub(super) s: f64,
    pub(super) x: f64,
    /// dx/ds.
    pub(super) rate: f64,
    /// Mass per unit of s: f g/(f + g).
    pub(super) density: f64,
    /// x − y.
    pub(super) displacement: f64,
}

impl<'a> Coupling<'a> {
    pub(super) fn new(p: &'a Distribution, q: &'a Distribution, piece: &Piece) -> Self {
        Self { p: Margin::new(p), q: Margin::new(q), p_share: piece.p, q_share: piece.q }
    }

    /// The integral of a smooth power of the displacement, between a mixture of Gaussians and a distribution
    /// whose quantile is smooth and quick; `None` for others.
    pub(super) fn mapped_cost(&self, power: &dyn Fn(f64) -> f64) -> Option<f64> {
        let (from, share, to) = match (&self.p, &self.q) {
            (Margin { normals: Some(normals), .. }, to) if to.is_quick() => (normals, self.p_share, to),
            (to, Margin { normals: Some(normals), .. }) if to.is_quick() => (normals, self.q_share, to),
            _ => return None,
        };
        let image = |below: f64, above: f64| {
            if below < above {
                to.distribution.quantile(below)
            } else {
                to.distribution.upper_quantile(above)
            }
        };
        let mut add_row = |row: Row, sums: &mut Values| {
            for k in (0..row.count).step_by(2) {
                let x = [k, k + 1].map(|k| row.first + row.step * k as f64);
                let m = from.at(f64x2::new(x));
                let [below, above, density] = [m.below, m.above, m.density].map(f64x2::to_array);
                for i in 0..2.min(row.count - k) {
                    sums[0] += density[i] * power(x[i] - image(below[i], above[i]));
                }
            }
        };
        halving(share.lower, share.upper, from.least_sd(), 1, 1e-8, &mut add_row).map(|values| values[0])
    }

    /// The integral of a smooth power of the displacement, between mixtures of Gaussians; `None` for others.
    pub(super) fn analytic_cost(&self, power: &dyn Fn(f64) -> f64) -> Option<f64> {
        let (p, q) = (self.p.normals.as_ref()?, self.q.normals.as_ref()?);
        let (start, end) = self.ends();
        let mut points: Vec<Coupled> = Vec::new();
        let mut add_row = |row: Row, sums: &mut Values| {
            let mut next: Vec<Coupled> = Vec::with_capacity(points.len() + row.count);
            for k in (0..row.count).step_by(2) {
                let s = [k, k + 1].map(|k| row.first + row.step * k as f64);
                let mut found = [None; 2];
                if let Some([a, b, rest @ ..]) = points.get(k..) {
                    // Hermite's cubics through the neighbours on both sides.
                    let halfway = |a: &Coupled, b: &Coupled| {
                        0.5 * (a.x + b.x) + 0.125 * (b.s - a.s) * (a.rate - b.rate)
                    };
                    let x = [halfway(a, b), rest.first().map_or(b.x, |c| halfway(b, c))];
                    found = refined(p, q, f64x2::new(s), f64x2::new(x));
                }
                for (i, found) in found.into_iter().enumerate().take(row.count - k) {
                    next.extend(points.get(k + i));
                    let coupled = found.unwrap_or_else(|| self.at(s[i], next.last().copied()));
                    next.push(coupled);
                    sums[0] += coupled.density * power(coupled.displacement);
                }
            }
            if points.len() > 1 {
                next.extend(points.last());
            }
            points = next;
        };
        // The first row is coarse: later rows know about where their points are.
        let step = 3.0 * (p.least_sd() + q.least_sd());
        halving(start, end, step, 1, 1e-8, &mut add_row).map(|values| values[0])
    }

    pub(super) fn at(&self, s: f64, near: Option<Coupled>) -> Coupled {
        let lower = self.p_share.lower.max(s - self.q_share.upper);
        let upper = self.p_share.upper.min(s - self.q_share.lower).max(lower);
        let start = near.map_or(f64::NAN, |near| near.x + near.rate * (s - near.s));
        let x = mass_root(lower, upper, start, &mut |x| log_excess(&self.p.at(x), &self.q.at(s - x)));
        let y = s - x;
        let (p, q) = (self.p.at(x).density, self.q.at(y).density);
        let rate = if p + q > 0.0 { q / (p + q) } else { 0.5 };
        Coupled { s, x, rate, density: p * rate, displacement: x - y }
    }

    fn ends(&self) -> (f64, f64) {
        (self.p_share.lower + self.q_share.lower, self.p_share.upper + self.q_share.upper)
    }

    /// Panels along the curve: its points where either density changes.
    pub(super) fn panels(&self) -> Vec<(f64, f64)> {
        let (start, end) = self.ends();
        // Points of the curve, each with the length over which a density changes there: 0 at a kink or a jump.
        let mut marks = Vec::new();
        let (p, q) = (self.p.distribution, self.q.distribution);
        for (from, to, share) in [(p, q, self.p_share), (q, p, self.q_share)] {
            let parts = Parts::of(from);
            let mut own = Marks::default();
            own.add(&parts);
            let breakpoints = from.breakpoints();
            let mut previous = start;
            for (_, x) in own.panels(&edges_and_atoms(&[&parts])) {
                if x > share.lower && x < share.upper {
                    let (below, above) = (from.cdf(x), from.survival(x));
                    let s = x + if below < above { to.quantile(below) } else { to.upper_quantile(above) };
                    marks.push((s, if breakpoints.contains(&x) { 0.0 } else { s - previous }));
                    previous = s;
                }
            }
        }
        crate::order::by_first(&mut marks);
        let mut panels = Vec::with_capacity(marks.len() + 1);
        let mut previous = start;
        for (s, length) in marks {
            if s > previous && s - previous >= 0.3 * length && s < end {
                panels.push((previous, s));
                previous = s;
            }
        }
        panels.push((previous, end));
        panels
    }
}

/// The points of the coupling at both `s`, from `x` close to them; `None` for those that are not close.
fn refined(p: &Normals, q: &Normals, s: f64x2, mut x: f64x2) -> [Option<Coupled>; 2] {
    // A straight line leaves out the square of this.
    let part = splat(3e-6);
    let mut found = [None; 2];
    for _ in 0..3 {
        let (p, q) = (p.at(x), q.at(s - x));
        let is_lower = (p.below + q.below).simd_le(splat(1.0));
        let (f, g) = (is_lower.select(p.below, p.above), is_lower.select(q.below, q.above));
        // The logarithm of f/g, or of its inverse in the upper tail.
        let value = ln(is_lower.select(f, g) / is_lower.select(g, f));
        let step = -value / (p.density / f + q.density / g);
        let (p_rise, q_rise) = (p.slope * step, -q.slope * step);
        let is_close = value.abs().simd_lt(part)
            & f.fast_min(g).simd_gt(splat(1e-290))
            & p_rise.abs().simd_le(part * p.density)
            & q_rise.abs().simd_le(part * q.density);
        x += step;
        let (height, other) = (p.density + p_rise, q.density + q_rise);
        let rate = other / (height + other);
        let is_close = is_close & rate.is_finite();
        let lanes = [s, x, rate, height * rate, x - (s - x)].map(f64x2::to_array);
        let flags = is_close.select(splat(1.0), splat(0.0)).to_array();
        for i in 0..2 {
            if flags[i] > 0.0 {
                let [s, x, rate, density, displacement] = lanes.map(|lane| lane[i]);
                found[i] = Some(Coupled { s, x, rate, density, displacement });
            }
        }
        if is_close.all() {
            break;
        }
    }
    found
}

/// log F(x)/G(y) in the lower tail and log (1 − G(y))/(1 − F(x)) in the upper one, whichever is nearer, and
/// its slope as x rises and y falls.
fn log_excess(p: &Mass, q: &Mass) -> (f64, f64) {
    if p.below + q.below <= 1.0 {
        ((p.below / q.below).ln(), p.density / p.below + q.density / q.below)
    } else {
        ((q.above / p.above).ln(), p.density / p.above + q.density / q.above)
    }
}
