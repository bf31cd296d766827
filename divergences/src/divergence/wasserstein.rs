//! Wasserstein distances on the line, by the coupling of quantiles.

use super::affine::Affine;
use super::gaussian;
use super::pair::{Marks, Pair, Parts, root_between, roots, split};
use super::stretch::{Stretch, stretches};
use super::tail::{Side, Tail};
use crate::distribution::Distribution;
use crate::distribution::normals::Normals;
use crate::distribution::quadrature::{Block, Nodes, Row, Values, halving, integrate_blocks, integrate_over};
use crate::distribution::root::mass_root;
use crate::distribution::simd::{ln, splat};
use wide::f64x2;

/// The Wasserstein distance `W_p = (∫₀¹ |F⁻¹(u) − G⁻¹(u)|^p du)^(1/p)` of order `order` ≥ 1, a length.
///
/// The distance itself, not its p-th power. Order ∞ is [`wasserstein_infinity`]; an order below 1, and NaN, give NaN.
///
/// ```
/// use divergences::distribution::{Distribution, Gaussian};
/// use divergences::divergence::wasserstein;
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

/// The same, the pair being cut already or not.
pub(super) fn distance(order: f64, p: &Distribution, q: &Distribution, pair: Option<&Pair>) -> f64 {
    if order.is_nan() || order < 1.0 {
        return f64::NAN;
    }
    if order == f64::INFINITY {
        return wasserstein_infinity(p, q);
    }
    if p == q {
        return 0.0;
    }
    if let Some(map) = Affine::between(p, q) {
        // From the wider to the narrower, so that the slope can't overflow.
        return match Affine::between(q, p) {
            Some(back) if map.slope > 0.0 => affine(order, q, p, &back),
            _ => affine(order, p, q, &map),
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

/// The Wasserstein distance of order ∞: the farthest that any mass has to travel, sup |F⁻¹ − G⁻¹|.
///
/// ∞ where the tails differ in scale; where they agree, the limit of the difference counts as well.
#[must_use]
pub fn wasserstein_infinity(p: &Distribution, q: &Distribution) -> f64 {
    if p == q {
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

/// Where mass goes farthest, for a pair of bounded supports: places of `q`, each with how far it lies beyond its place in
/// `p`. All of them are as far as [`wasserstein_infinity`] says, to rounding; where a whole stretch is, its ends are among
/// them.
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

fn power(d: f64, order: f64) -> f64 {
    let d = d.abs();
    if order == 1.0 {
        d
    } else if order == 2.0 {
        d * d
    } else {
        d.powf(order)
    }
}

fn root(sum: f64, order: f64) -> f64 {
    if order == 1.0 {
        sum
    } else if order == 2.0 {
        sum.sqrt()
    } else {
        sum.powf(order.recip())
    }
}

/// `W_p` where an affine map carries p to q: the norm of its displacement under p.
fn affine(order: f64, p: &Distribution, q: &Distribution, map: &Affine) -> f64 {
    if map.slope == 0.0 {
        return map.shift.abs();
    }
    if order == 2.0 {
        return map.displacement(p.mean()).hypot(map.slope * p.standard_deviation());
    }
    if let (Distribution::Gaussian(p), Distribution::Gaussian(q)) = (p, q)
        && order == 1.0
    {
        return gaussian::wasserstein_1(p, q);
    }
    let parts = Parts::of(p);
    let mut marks = Marks::default();
    marks.add(&parts);
    let mut panels = marks.panels(&intervals(&[&parts]));
    // Where the displacement vanishes, its power is not smooth.
    let still = map.centre - map.shift / map.slope;
    if still.is_finite() {
        panels = split(&panels, &[still]);
    }
    let unit = map.displacement(p.mean()).hypot(map.slope * p.standard_deviation());
    let cost = |x: f64| power(map.displacement(x) / unit, order);
    let of_atoms: f64 = parts.atoms.iter().map(|&(x, weight)| weight * cost(x)).sum();
    unit * root(of_atoms + integrate_over(&panels, &mut |x| cost(x) * parts.log_density(x).exp()), order)
}

/// `W_1 = ∫ |F − G|`: the changes of ∫ (F − G) between the points where F − G changes its sign.
fn area_between_cdfs(p: &Distribution, q: &Distribution, pair: &Pair) -> f64 {
    let (p_parts, q_parts) = (&pair.p, &pair.q);
    // F − G has its extrema where the densities cross, so that between these points it has one root at most.
    let margins = [Margin::new(p), Margin::new(q)];
    let mut edges = pair.crossings().to_vec();
    edges.extend(intervals(&[p_parts, q_parts]).into_iter().flat_map(|(lower, upper)| [lower, upper]));
    crate::order::ascending(&mut edges);
    edges.dedup();
    let mut turns: Vec<f64> = Vec::new();
    let mut sign = 0.0;
    for ends in edges.windows(2) {
        let difference = Difference::on(&margins, p_parts, q_parts, ends[0], ends[1]);
        let ends = [ends[0], ends[1]].map(|x| (x, difference.at(x)));
        let mut turn = ends[0].0;
        if ends[0].1 * ends[1].1 < 0.0 {
            turn = root_between(ends[0], ends[1], &mut |x| difference.at(x));
        }
        for (end, turn) in ends.into_iter().zip([ends[0].0, turn]) {
            if end.1 * sign < 0.0 {
                turns.push(turn);
            }
            if end.1 != 0.0 {
                sign = end.1.signum();
            }
        }
    }
    let (mean, other_mean) = (p.mean(), q.mean());
    let mut magnitude = mean.abs() + other_mean.abs();
    // ∫ (F − G) up to each turn, and over the whole line.
    let mut integrals: Vec<f64> = vec![0.0];
    for &x in &turns {
        let [below, other_below] = [p_parts, q_parts].map(|parts| parts.shortfall(x));
        magnitude = magnitude.max(below + other_below);
        integrals.push(below - other_below);
    }
    integrals.push(other_mean - mean);
    let area = integrals.windows(2).map(|ends| (ends[1] - ends[0]).abs()).sum();
    if area > 1e-5 * magnitude {
        return area;
    }
    // The differences lose digits: add up the areas themselves.
    let mut marks = Marks::default();
    marks.add(p_parts);
    marks.add(q_parts);
    let areas = marks.panels(&intervals(&[p_parts, q_parts]));
    let areas = split(&split(&areas, &edges), &turns);
    integrate_over(&areas, &mut |x| Difference::on(&margins, p_parts, q_parts, x, x).at(x).abs())
}

/// F − G between two neighbouring atoms, from the tail in which it loses fewer digits.
struct Difference<'a> {
    margins: &'a [Margin<'a>; 2],
    /// Mass of the atom at the open upper end, which the limit from the left does not yet count.
    upper: f64,
    jumps: [f64; 2],
}

impl<'a> Difference<'a> {
    fn on(margins: &'a [Margin<'a>; 2], p: &Parts, q: &Parts, lower: f64, upper: f64) -> Self {
        let jump = |parts: &Parts| {
            if lower == upper {
                return 0.0;
            }
            parts.atoms.iter().filter(|atom| atom.0 == upper).map(|atom| atom.1).sum()
        };
        Self { margins, upper, jumps: [jump(p), jump(q)] }
    }

    fn at(&self, x: f64) -> f64 {
        let [p_jump, q_jump] = if x == self.upper { self.jumps } else { [0.0; 2] };
        let [(below, above), (other_below, other_above)] =
            self.margins.each_ref().map(|margin| margin.masses(x));
        let (f, g) = (below - p_jump, other_below - q_jump);
        if f + g <= 1.0 { f - g } else { (other_above + q_jump) - (above + p_jump) }
    }
}

/// A share of the mass of both, between two levels of the cdfs, inside which either has an atom or a positive density.
struct Piece {
    share: f64,
    p: Share,
    q: Share,
}

/// Where a share of one distribution's mass lies: from one point to another, equal ones for an atom.
#[derive(Clone, Copy)]
struct Share {
    lower: f64,
    upper: f64,
}

impl Share {
    fn is_atom(self) -> bool {
        self.lower == self.upper
    }
}

/// Tails beyond this are left out of the integrals: far below rounding when weighted with the power of the distance.
fn negligible(order: f64) -> f64 {
    if order <= 2.0 { 1e-26 } else { 1e-40 }
}

/// Levels closer than this are one: they differ by the rounding of sums of weights.
const SAME_LEVEL: f64 = 1e-14;

fn pieces(p: &Distribution, q: &Distribution, order: f64) -> Vec<Piece> {
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
    let share = |d: &Distribution, support: &crate::distribution::Support, from: f64, to: f64| {
        let middle = d.quantile(0.5 * (from + to));
        if d.atoms().iter().any(|&(x, w)| x == middle && w >= to - from - SAME_LEVEL) {
            return Share { lower: middle, upper: middle };
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
        Share { lower, upper: upper.max(lower) }
    };
    levels
        .windows(2)
        .map(|ends| Piece {
            share: ends[1] - ends[0],
            p: share(p, &supports[0], ends[0], ends[1]),
            q: share(q, &supports[1], ends[0], ends[1]),
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
fn after_gap(d: &Distribution, support: &crate::distribution::Support, x: f64, level: f64) -> f64 {
    if d.cdf(x) > level + 4.0 * SAME_LEVEL || support.intervals.iter().any(|i| i.0 <= x && x < i.1) {
        return x;
    }
    let starts = support.intervals.iter().map(|i| i.0).chain(support.atoms.iter().copied());
    let next = starts.filter(|&start| start > x).fold(f64::INFINITY, f64::min);
    if next.is_finite() { next } else { x }
}

/// A length to which displacements compare: the largest of some, or the width of the distributions if these vanish.
fn typical_displacement(order: f64, p: &Distribution, q: &Distribution, pieces: &[Piece]) -> f64 {
    let ends =
        |piece: &Piece| (piece.p.lower - piece.q.lower).abs().max((piece.p.upper - piece.q.upper).abs());
    let largest = pieces.iter().map(ends).fold(0.0, f64::max);
    // That of a tail will do unless its power dwarfs the others.
    let atoms = pieces.iter().all(|piece| piece.p.is_atom() && piece.q.is_atom());
    if atoms || (largest > 0.0 && order <= 8.0) {
        return largest;
    }
    let inside = (1..8).map(|k| (p.quantile(f64::from(k) / 8.0) - q.quantile(f64::from(k) / 8.0)).abs());
    let largest = inside.fold(largest, f64::max);
    if largest > 0.0 { largest } else { pieces.iter().map(|piece| piece.p.upper - piece.p.lower).sum() }
}

impl Piece {
    /// The integral of a power of the displacement over this share.
    fn cost(&self, p: &Distribution, q: &Distribution, order: f64, unit: f64) -> f64 {
        let power = |d: f64| power(d / unit, order);
        match (self.p.is_atom(), self.q.is_atom()) {
            (true, true) => self.share * power(self.p.lower - self.q.lower),
            (true, false) => from_atom(self.p.lower, q, self.q, &power),
            (false, true) => from_atom(self.q.lower, p, self.p, &power),
            (false, false) => {
                let coupling = Coupling::new(p, q, self);
                if order % 2.0 == 0.0
                    && let Some(cost) =
                        coupling.mapped_cost(&power).or_else(|| coupling.analytic_cost(&power))
                {
                    return cost;
                }
                // The last points found, one for either half of a panel.
                let mut last: [Option<Coupled>; 2] = [None; 2];
                let integrand = &mut |nodes: &Nodes, block: &mut Block| {
                    for (value, s) in block[0].iter_mut().zip(nodes) {
                        let mut lanes = s.to_array();
                        for (lane, last) in lanes.iter_mut().zip(&mut last) {
                            let coupled = coupling.at(*lane, *last);
                            *last = Some(coupled);
                            *lane = coupled.density * power(coupled.displacement);
                        }
                        *value = f64x2::new(lanes);
                    }
                };
                let mut panels = coupling.panels();
                // Where the displacement vanishes, its power is not smooth, unless it is even.
                if order % 2.0 != 0.0 {
                    let mut last = None;
                    let still = roots(&panels, &mut |s| {
                        let coupled = coupling.at(s, last);
                        last = Some(coupled);
                        coupled.displacement
                    });
                    panels = split(&panels, &still);
                }
                integrate_blocks(&panels, 1, integrand)[0]
            }
        }
    }

    /// The [`displacements`] in this share.
    fn extremes(&self, p: &Distribution, q: &Distribution) -> Vec<(f64, f64)> {
        let mut places =
            vec![(self.q.lower, self.q.lower - self.p.lower), (self.q.upper, self.q.upper - self.p.upper)];
        if self.p.is_atom() || self.q.is_atom() {
            return places;
        }
        let coupling = Coupling::new(p, q, self);
        // The displacement turns where x and y move on equally fast.
        let lead = |point: &Coupled| point.rate - 0.5;
        for (lower, upper) in coupling.panels() {
            const STEPS: u32 = 12;
            let at = |i| coupling.at(lower + (upper - lower) * (f64::from(i) / f64::from(STEPS)), None);
            let points: Vec<Coupled> = (0..=STEPS).map(at).collect();
            let mut turns = Vec::new();
            for pair in points.windows(2).filter(|pair| lead(&pair[0]) * lead(&pair[1]) < 0.0) {
                let (mut from, mut to) = (pair[0].s, pair[1].s);
                for _ in 0..60 {
                    let middle = 0.5 * (from + to);
                    let before = lead(&coupling.at(middle, None)) * lead(&pair[0]) > 0.0;
                    if before { from = middle } else { to = middle }
                }
                turns.push(coupling.at(0.5 * (from + to), None));
            }
            places.extend(points.iter().chain(&turns).map(|point| (point.s - point.x, -point.displacement)));
        }
        places
    }
}

/// The integral of a power of the distance from `atom` over a share of a density.
fn from_atom(atom: f64, d: &Distribution, share: Share, power: &dyn Fn(f64) -> f64) -> f64 {
    let parts = Parts::of(d);
    let mut marks = Marks::default();
    marks.add(&parts);
    let mut cuts: Vec<(f64, f64)> = intervals(&[&parts])
        .into_iter()
        .map(|(a, b)| (a.max(share.lower), b.min(share.upper)))
        .filter(|(a, b)| a < b)
        .collect();
    cuts = split(&cuts, &[atom]);
    integrate_over(&marks.panels(&cuts), &mut |x| power(x - atom) * parts.log_density(x).exp())
}

/// The increasing coupling of two shares with densities, as the curve F(x) = G(y) parametrised by s = x + y.
///
/// Along it both x and y are smooth wherever the densities are, and neither quantile function need be steep: in a gap of
/// either density, that one's coordinate moves on alone.
struct Coupling<'a> {
    p: Margin<'a>,
    q: Margin<'a>,
    p_share: Share,
    q_share: Share,
}

/// One of the two distributions.
struct Margin<'a> {
    distribution: &'a Distribution,
    normals: Option<Normals>,
}

impl<'a> Margin<'a> {
    fn new(distribution: &'a Distribution) -> Self {
        Self { distribution, normals: Normals::of(distribution) }
    }

    /// Whether the quantile needs no long search, and is analytic inside (0, 1).
    fn is_quick(&self) -> bool {
        match self.distribution {
            Distribution::Gaussian(_) => true,
            Distribution::Truncated(d) if matches!(d.base(), Distribution::Gaussian(_)) => true,
            other => other.is_flat(),
        }
    }

    /// The masses up to and beyond `x`.
    fn masses(&self, x: f64) -> (f64, f64) {
        let Some(normals) = &self.normals else {
            return (self.distribution.cdf(x), self.distribution.survival(x));
        };
        if x.is_infinite() {
            return if x < 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
        }
        let m = normals.at(splat(x));
        (m.below.to_array()[0], m.above.to_array()[0])
    }

    fn at(&self, x: f64) -> Mass {
        if let Some(normals) = &self.normals {
            let m = normals.at(splat(x));
            let [below, above, density] = [m.below, m.above, m.density].map(|pair| pair.to_array()[0]);
            return Mass { below, above, density };
        }
        let d = self.distribution;
        let below = d.cdf(x);
        // Only the lesser of the two loses digits.
        let above = if below > 0.5 { d.survival(x) } else { 1.0 - below };
        Mass { below, above, density: d.density(x) }
    }
}

/// The mass on both sides of a point, and the density there.
struct Mass {
    below: f64,
    above: f64,
    density: f64,
}

/// A point of the coupling.
#[derive(Clone, Copy)]
struct Coupled {
    s: f64,
    x: f64,
    /// dx/ds.
    rate: f64,
    /// Mass per unit of s: f g/(f + g).
    density: f64,
    /// x − y.
    displacement: f64,
}

impl<'a> Coupling<'a> {
    fn new(p: &'a Distribution, q: &'a Distribution, piece: &Piece) -> Self {
        Self { p: Margin::new(p), q: Margin::new(q), p_share: piece.p, q_share: piece.q }
    }

    /// The integral of a power of the displacement that is smooth, from a mixture of Gaussians to a distribution whose
    /// quantile is smooth and quick, or back.
    fn mapped_cost(&self, power: &dyn Fn(f64) -> f64) -> Option<f64> {
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
        halving(share.lower, share.upper, from.least_sd(), 1, &mut add_row).map(|values| values[0])
    }

    /// The integral of a power of the displacement that is smooth, between mixtures of Gaussians.
    fn analytic_cost(&self, power: &dyn Fn(f64) -> f64) -> Option<f64> {
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
        // Coarse at first: later rows know about where their points are.
        let step = 3.0 * (p.least_sd() + q.least_sd());
        halving(start, end, step, 1, &mut add_row).map(|values| values[0])
    }

    fn at(&self, s: f64, near: Option<Coupled>) -> Coupled {
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
    fn panels(&self) -> Vec<(f64, f64)> {
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
            for (_, x) in own.panels(&intervals(&[&parts])) {
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
    // What a straight line leaves out is the square of this.
    let part = splat(3e-6);
    let mut found = [None; 2];
    for _ in 0..3 {
        let (p, q) = (p.at(x), q.at(s - x));
        let is_lower = (p.below + q.below).simd_le(splat(1.0));
        let (f, g) = (is_lower.select(p.below, p.above), is_lower.select(q.below, q.above));
        // log f/g, or of its inverse in the upper tail.
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

/// How far F(x) is above G(y), as a logarithm of the masses in the nearer tail, and its slope as x rises and y falls.
fn log_excess(p: &Mass, q: &Mass) -> (f64, f64) {
    if p.below + q.below <= 1.0 {
        ((p.below / q.below).ln(), p.density / p.below + q.density / q.below)
    } else {
        ((q.above / p.above).ln(), p.density / p.above + q.density / q.above)
    }
}

/// The line cut at the ends of all components and at all atoms, as far as these reach.
fn intervals(parts: &[&Parts]) -> Vec<(f64, f64)> {
    let mut ends: Vec<f64> = parts
        .iter()
        .flat_map(|parts| {
            let ends = parts.components.iter().flat_map(|c| [c.interval.0, c.interval.1]);
            ends.chain(parts.atoms.iter().map(|atom| atom.0))
        })
        .collect();
    crate::order::ascending(&mut ends);
    ends.dedup();
    ends.windows(2).map(|ends| (ends[0], ends[1])).collect()
}
