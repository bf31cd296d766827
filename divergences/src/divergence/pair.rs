//! Two distributions cut into what an f-divergence counts: a common density, common atoms, and mass where the other has none.

use super::generator::{Generator, Point, PointPair};
use super::log_ratio;
use super::tail::{Side, Tail};
use crate::distribution::Distribution;
use crate::distribution::quadrature::{Block, Nodes, OUTPUTS, PAIRS, Values, integrate_blocks, trapezoidal};
use crate::distribution::simd::{exp, ln, splat};
use crate::order::clamp;
use core::cell::OnceCell;
use wide::f64x2;

/// One side of a pair: components with a density, and atoms.
pub(crate) struct Parts<'a> {
    pub(crate) components: Vec<Component<'a>>,
    pub(crate) atoms: Vec<(f64, f64)>,
}

/// A component with a density, and its weight.
pub(crate) struct Component<'a> {
    pub(crate) weight: f64,
    pub(crate) log_weight: f64,
    pub(crate) distribution: &'a Distribution,
    pub(crate) interval: (f64, f64),
}

impl<'a> Parts<'a> {
    pub(crate) fn of(distribution: &'a Distribution) -> Self {
        let components = distribution
            .parts()
            .into_iter()
            .filter_map(|(weight, part)| {
                let interval = part.interval()?;
                Some(Component { weight, log_weight: weight.ln(), distribution: part, interval })
            })
            .collect();
        Self { components, atoms: distribution.atoms() }
    }

    pub(crate) fn log_density(&self, x: f64) -> f64 {
        let mut log = [splat(x)];
        self.log_densities(&[splat(x)], &mut log);
        log[0].to_array()[0]
    }

    /// `log_density` at pairs of points.
    pub(crate) fn log_densities(&self, points: &[f64x2], logs: &mut [f64x2]) {
        if let [only] = self.components.as_slice() {
            only.distribution.log_densities(only.log_weight, points, logs);
            return;
        }
        for (points, logs) in points.chunks(PAIRS).zip(logs.chunks_mut(PAIRS)) {
            let mut own = [splat(0.0); PAIRS];
            let own = &mut own[..points.len()];
            // The largest component first, then Σ exp relative to it.
            logs.fill(splat(f64::NEG_INFINITY));
            for c in &self.components {
                c.distribution.log_densities(c.log_weight, points, own);
                logs.iter_mut().zip(&*own).for_each(|(largest, log)| *largest = log.fast_max(*largest));
            }
            let mut sums = [splat(0.0); PAIRS];
            for c in &self.components {
                c.distribution.log_densities(c.log_weight, points, own);
                for ((sum, log), largest) in sums.iter_mut().zip(&*own).zip(&*logs) {
                    // Where there is none, −∞ is still below this.
                    let fall = *log - largest.fast_max(splat(f64::MIN));
                    // Far apart, one component alone matters at most points.
                    if fall.simd_gt(splat(-38.0)).any() {
                        *sum += exp(fall);
                    }
                }
            }
            for (log, sum) in logs.iter_mut().zip(sums) {
                let none = log.simd_eq(splat(f64::NEG_INFINITY));
                *log = none.select(*log, *log + ln(sum));
            }
        }
    }

    /// E (x − X)⁺, the integral of the cdf up to `x`.
    pub(crate) fn shortfall(&self, x: f64) -> f64 {
        let of_atoms: f64 = self.atoms.iter().map(|atom| atom.1 * (x - atom.0).max(0.0)).sum();
        of_atoms + self.components.iter().map(|c| c.weight * c.distribution.shortfall(x)).sum::<f64>()
    }

    fn covers(&self, lower: f64, upper: f64) -> bool {
        self.components.iter().any(|c| c.interval.0 <= lower && upper <= c.interval.1)
    }

    fn is_flat(&self, lower: f64, upper: f64) -> bool {
        self.components
            .iter()
            .all(|c| c.distribution.is_flat() || c.interval.1 <= lower || upper <= c.interval.0)
    }

    pub(crate) fn mass(&self, lower: f64, upper: f64) -> f64 {
        self.components.iter().map(|c| c.weight * mass(c, lower, upper)).sum()
    }
}

/// The mass of a component between two points, from the tail in which it loses fewer digits.
fn mass(component: &Component, lower: f64, upper: f64) -> f64 {
    if lower <= component.interval.0 && component.interval.1 <= upper {
        return 1.0;
    }
    let d = component.distribution;
    if d.is_flat() {
        let (start, end) = component.interval;
        return (upper.min(end) - lower.max(start)).max(0.0) / (end - start);
    }
    let survival = d.survival(lower);
    if survival < 0.5 { survival - d.survival(upper) } else { d.cdf(upper) - d.cdf(lower) }
}

/// Two distributions, with the line cut at the ends of their supports.
pub(crate) struct Pair<'a> {
    pub(crate) p: Parts<'a>,
    pub(crate) q: Parts<'a>,
    /// Intervals on which both have a density, at least one of them not constant.
    pub(crate) common: Vec<(f64, f64)>,
    /// Widths of the intervals on which both densities are constant, with these.
    flat: Vec<(f64, Point)>,
    /// Masses that both have at the same position.
    atoms: Vec<Point>,
    /// The mass of p where q has none, and that of q where p has none.
    pub(crate) singular: (f64, f64),
    pub(crate) comparable: bool,
    crossings: OnceCell<Vec<f64>>,
}

impl<'a> Pair<'a> {
    pub(crate) fn of(p: &'a Distribution, q: &'a Distribution) -> Self {
        let (p, q) = (Parts::of(p), Parts::of(q));
        let comparable = log_ratio::comparable(&p, &q);
        let mut pair = Self {
            p,
            q,
            common: Vec::new(),
            flat: Vec::new(),
            atoms: Vec::new(),
            singular: (0.0, 0.0),
            comparable,
            crossings: OnceCell::new(),
        };
        pair.cut_densities();
        pair.match_atoms();
        // Rounding of weights must not blur a complete separation.
        if pair.common.is_empty() && pair.flat.is_empty() && pair.atoms.is_empty() {
            pair.singular = (1.0, 1.0);
        }
        pair
    }

    fn cut_densities(&mut self) {
        let ends =
            |parts: &Parts| parts.components.iter().flat_map(|c| [c.interval.0, c.interval.1]).collect();
        let mut edges: Vec<f64> = ends(&self.p);
        edges.extend::<Vec<f64>>(ends(&self.q));
        crate::order::ascending(&mut edges);
        edges.dedup();
        for ends in edges.windows(2) {
            let (lower, upper) = (ends[0], ends[1]);
            match (self.p.covers(lower, upper), self.q.covers(lower, upper)) {
                (true, true) if self.p.is_flat(lower, upper) && self.q.is_flat(lower, upper) => {
                    let middle = 0.5 * lower + 0.5 * upper;
                    self.flat.push((upper - lower, self.at(middle)));
                }
                (true, true) => self.common.push((lower, upper)),
                (true, false) => self.singular.0 += self.p.mass(lower, upper),
                (false, true) => self.singular.1 += self.q.mass(lower, upper),
                (false, false) => {}
            }
        }
    }

    fn match_atoms(&mut self) {
        let (mut i, mut j) = (0, 0);
        let (p, q) = (&self.p.atoms, &self.q.atoms);
        while i < p.len() || j < q.len() {
            let left = p.get(i).map_or(f64::INFINITY, |atom| atom.0);
            let right = q.get(j).map_or(f64::INFINITY, |atom| atom.0);
            if left < right {
                self.singular.0 += p[i].1;
                i += 1;
            } else if right < left {
                self.singular.1 += q[j].1;
                j += 1;
            } else {
                self.atoms.push(Point::of_masses(p[i].1, q[j].1));
                (i, j) = (i + 1, j + 1);
            }
        }
    }

    /// The two densities at a point where both are positive.
    pub(crate) fn at(&self, x: f64) -> Point {
        let mut logs = [[splat(0.0)]; 3];
        self.logs(&[splat(x)], &mut logs.each_mut().map(|log| log.as_mut_slice()));
        let [log_p, log_q, log_ratio] = logs.map(|log| log[0].to_array()[0]);
        Point { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio }
    }

    /// log p, log q and log p/q at pairs of points where both are positive.
    fn logs(&self, points: &[f64x2], [log_p, log_q, ratio]: &mut [&mut [f64x2]; 3]) {
        self.p.log_densities(points, log_p);
        self.q.log_densities(points, log_q);
        for (i, &x) in points.iter().enumerate() {
            ratio[i] = log_p[i] - log_q[i];
            let close = ratio[i].abs().simd_lt(splat(0.01));
            if self.comparable && close.any() {
                ratio[i] = close.select(log_ratio::near(&self.p, &self.q, log_q[i], x, ratio[i]), ratio[i]);
            }
        }
    }

    /// Whether the tails let ∫ p^α q^(1−α) be finite.
    fn is_finite(&self, alpha: f64) -> bool {
        [Side::Lower, Side::Upper]
            .into_iter()
            .all(|side| Tail::of(&self.p, side).power_is_integrable(&Tail::of(&self.q, side), alpha, side))
    }

    /// The f-divergences of several generators, in one pass over the nodes of quadrature.
    pub(crate) fn f_divergences(&self, generators: &[Generator]) -> Vec<f64> {
        let mut sums: Vec<f64> = generators.iter().map(|&g| self.without_quadrature(g)).collect();
        let mut open: Vec<usize> = (0..sums.len()).filter(|&k| sums[k].is_finite()).collect();
        if self.common.is_empty() {
            return sums;
        }
        if let Some(place) = open.iter().position(|&k| generators[k] == Generator::TotalVariation) {
            let k = open.remove(place);
            sums[k] += self
                .variation(self.crossings())
                .unwrap_or_else(|| self.integrals(&[Generator::TotalVariation])[0]);
        }
        for batch in open.chunks(OUTPUTS) {
            let batch_generators: Vec<Generator> = batch.iter().map(|&k| generators[k]).collect();
            for (&k, integral) in batch.iter().zip(self.integrals(&batch_generators)) {
                sums[k] += integral;
            }
        }
        sums
    }

    /// What needs no quadrature: mass where the other has none, common atoms, constant densities; ∞ where the tails say so.
    fn without_quadrature(&self, generator: Generator) -> f64 {
        if generator.power().is_some_and(|alpha| !self.is_finite(alpha)) {
            return f64::INFINITY;
        }
        let cost = |price: f64, mass: f64| if mass > 0.0 { price * mass } else { 0.0 };
        cost(generator.slope_at_infinity(), self.singular.0)
            + cost(generator.at_zero(), self.singular.1)
            + self.atoms.iter().map(|point| generator.at(point)).sum::<f64>()
            + self.flat.iter().map(|(width, point)| width * generator.at(point)).sum::<f64>()
    }

    fn integrals(&self, generators: &[Generator]) -> Values {
        let powers: Vec<f64> = generators.iter().filter_map(|g| g.power()).collect();
        let mut panels = self.panels(&powers);
        let integrands = &mut |nodes: &Nodes, block: &mut Block| {
            let mut logs = [[splat(0.0); PAIRS]; 3];
            self.logs(nodes, &mut logs.each_mut().map(|log| log.as_mut_slice()));
            for i in 0..PAIRS {
                let points = PointPair::new(logs[0][i], logs[1][i], logs[2][i], !powers.is_empty());
                for (values, &generator) in block.iter_mut().zip(generators) {
                    values[i] = points.terms(generator);
                }
            }
        };
        if generators.contains(&Generator::TotalVariation) {
            // Its integrand has a kink wherever the densities cross.
            panels = split(&panels, self.crossings());
        } else if let (Some(first), Some(last), Some(step)) =
            (panels.first(), panels.last(), self.analytic_scale())
            && let Some(values) = trapezoidal(first.0, last.1, step, generators.len(), integrands)
        {
            return values;
        }
        integrate_blocks(&panels, generators.len(), integrands)
    }

    /// The least standard deviation, if both densities are analytic on the whole line.
    fn analytic_scale(&self) -> Option<f64> {
        let mut least = f64::INFINITY;
        for c in self.p.components.iter().chain(&self.q.components) {
            let Distribution::Gaussian(d) = c.distribution else { return None };
            least = least.min(d.sd());
        }
        Some(least)
    }

    /// The total variation over the common intervals, from the masses between the points where the densities cross;
    /// `None` where the two are so close that these differences lose digits.
    fn variation(&self, crossings: &[f64]) -> Option<f64> {
        let sum: f64 = split(&self.common, crossings)
            .into_iter()
            .map(|(lower, upper)| (self.p.mass(lower, upper) - self.q.mass(lower, upper)).abs())
            .sum();
        (sum > 1e-3).then_some(0.5 * sum)
    }

    /// The f-divergence of one generator.
    pub(crate) fn f_divergence(&self, generator: Generator) -> f64 {
        self.f_divergences(&[generator]).first().copied().unwrap_or(f64::NAN)
    }

    /// Panels that cover the common intervals as far as p, q, and p^α q^(1−α) for the given powers have mass.
    pub(crate) fn panels(&self, powers: &[f64]) -> Vec<(f64, f64)> {
        let mut marks = Marks::default();
        marks.add(&self.p);
        marks.add(&self.q);
        for &alpha in powers {
            marks.add_powers(&self.p, &self.q, alpha);
        }
        marks.panels(&self.common)
    }

    /// Where the densities cross inside the common intervals.
    pub(crate) fn crossings(&self) -> &[f64] {
        self.crossings.get_or_init(|| {
            roots_by_pairs(&self.panels(&[]), &mut |points, values| {
                let mut logs = [[splat(0.0); SCAN / 2]; 2];
                let [log_p, log_q] = logs.each_mut().map(|log| &mut log[..points.len()]);
                self.logs(points, &mut [log_p, log_q, values]);
            })
        })
    }
}

/// Points that tell where densities change, each with the length over which they do.
#[derive(Default)]
pub(crate) struct Marks {
    marks: Vec<(f64, f64)>,
    /// Kinks, which must stay.
    kinks: Vec<f64>,
}

/// Offsets of marks in standard deviations of a Gaussian: beyond the last it is below e^−40 of its peak.
const GAUSSIAN: [f64; 5] = [0.0, 2.0, 4.0, 6.0, 9.0];
/// Offsets of marks in scales of an exponential decay.
const EXPONENTIAL: [f64; 8] = [0.0, 1.5, 4.0, 8.0, 14.0, 22.0, 34.0, 50.0];

impl Marks {
    pub(crate) fn add(&mut self, parts: &Parts) {
        for c in &parts.components {
            self.kinks.extend(c.distribution.kink());
            match c.distribution {
                Distribution::Gaussian(d) => self.add_around(d.mean(), d.sd(), &GAUSSIAN),
                Distribution::Laplace(d) => self.add_around(d.location(), d.scale(), &EXPONENTIAL),
                Distribution::Smoothed(d) => {
                    let (lower, upper) = d.ends();
                    for end in [lower, upper] {
                        self.add_around(end, d.noise(), &GAUSSIAN);
                    }
                    if let Some(whole) = d.whole() {
                        self.add_around(whole.mean(), whole.sd().hypot(d.noise()), &GAUSSIAN);
                    }
                }
                Distribution::Truncated(d) => {
                    let points = d.panels();
                    self.marks.extend(points.windows(2).map(|ends| (ends[1], ends[1] - ends[0])));
                    self.marks.extend(points.windows(2).take(1).map(|ends| (ends[0], ends[1] - ends[0])));
                }
                _ => {}
            }
        }
    }

    fn add_around(&mut self, centre: f64, scale: f64, offsets: &[f64]) {
        for offset in offsets {
            self.marks.push((centre - offset * scale, scale));
            if *offset > 0.0 {
                self.marks.push((centre + offset * scale, scale));
            }
        }
    }

    /// Marks where p^α q^(1−α) has its mass, for each pair of components: that may be far outside both.
    pub(crate) fn add_powers(&mut self, p: &Parts, q: &Parts, alpha: f64) {
        for side in [Side::Lower, Side::Upper] {
            for a in p.components.iter().map(|c| Tail::of_component(c, side)) {
                for b in q.components.iter().map(|c| Tail::of_component(c, side)) {
                    let Some((centre, scale, gaussian)) = a.power_peak(&b, alpha, side) else { continue };
                    self.add_around(centre, scale, if gaussian { &GAUSSIAN } else { &EXPONENTIAL });
                }
            }
        }
    }

    /// The marks inside the `intervals`, thinned out where they crowd, as panels between neighbours.
    pub(crate) fn panels(mut self, intervals: &[(f64, f64)]) -> Vec<(f64, f64)> {
        self.marks.retain(|mark| mark.0.is_finite());
        crate::order::by_first(&mut self.marks);
        crate::order::ascending(&mut self.kinks);
        let (Some(&first), Some(&last)) = (self.marks.first(), self.marks.last()) else {
            return intervals.iter().copied().filter(|i| i.0.is_finite() && i.1.is_finite()).collect();
        };
        let mut panels = Vec::with_capacity(self.marks.len());
        for &(lower, upper) in intervals {
            let start = if lower.is_finite() { lower } else { first.0 };
            let end = if upper.is_finite() { upper } else { last.0 };
            let mut previous = start;
            let mut kinks = self.kinks.iter().copied().filter(|&x| x > start && x < end).peekable();
            for &(x, scale) in &self.marks {
                while let Some(kink) = kinks.next_if(|&kink| kink <= x) {
                    panels.push((previous, kink));
                    previous = kink;
                }
                if x > start && x - previous >= 0.7 * scale && x < end {
                    panels.push((previous, x));
                    previous = x;
                }
            }
            for kink in kinks {
                panels.push((previous, kink));
                previous = kink;
            }
            panels.push((previous, end));
        }
        panels.retain(|panel| panel.0 < panel.1);
        panels
    }
}

/// The panels, cut at the sorted `points`.
pub(crate) fn split(panels: &[(f64, f64)], points: &[f64]) -> Vec<(f64, f64)> {
    let mut cut = Vec::with_capacity(panels.len() + points.len());
    for &(lower, upper) in panels {
        let mut previous = lower;
        for &x in points.iter().filter(|&&x| x > lower && x < upper) {
            cut.push((previous, x));
            previous = x;
        }
        cut.push((previous, upper));
    }
    cut.retain(|panel| panel.0 < panel.1);
    cut
}

/// Points per panel at which a function is looked at for changes of sign.
const SCAN: usize = 8;

/// The roots of `f` inside the panels, sorted: simple ones, and pairs of them down to a fraction of the scan's step.
pub(crate) fn roots(panels: &[(f64, f64)], f: &mut dyn FnMut(f64) -> f64) -> Vec<f64> {
    roots_by_pairs(panels, &mut |points, values| {
        for (value, x) in values.iter_mut().zip(points) {
            let [a, b] = x.to_array();
            let first = f(a);
            *value = f64x2::new([first, if a == b { first } else { f(b) }]);
        }
    })
}

/// The same of a function that writes its values at up to [`SCAN`] points, two by two.
fn roots_by_pairs(panels: &[(f64, f64)], f: &mut dyn FnMut(&[f64x2], &mut [f64x2])) -> Vec<f64> {
    let mut found = Vec::new();
    // The last two points and their values.
    let mut before: Option<(f64, f64)> = None;
    let mut last: Option<(f64, f64)> = None;
    for &(lower, upper) in panels {
        if last.is_none_or(|last| last.0 != lower) {
            (before, last) = (None, Some((lower, alone(f, lower))));
            if last.is_some_and(|last| last.1 == 0.0) {
                found.push(lower);
            }
        }
        let at = |i: usize| lower + (upper - lower) * (i as f64 / SCAN as f64);
        let points: [f64x2; SCAN / 2] = core::array::from_fn(|i| f64x2::new([at(2 * i + 1), at(2 * i + 2)]));
        let mut values = points;
        f(&points, &mut values);
        let one = &mut |x: f64| alone(f, x);
        let flat = |pairs: [f64x2; SCAN / 2]| pairs.into_iter().flat_map(f64x2::to_array);
        for next in flat(points).zip(flat(values)) {
            if let Some(last) = last {
                if last.1 * next.1 < 0.0 {
                    found.push(root_between(last, next, one));
                } else if let Some(before) = before
                    && before.1 * last.1 > 0.0
                    && last.1 * next.1 > 0.0
                    && last.1.abs() < before.1.abs()
                    && last.1.abs() < next.1.abs()
                {
                    // A dip towards 0 may cross it twice between the scan's points.
                    let low = dip(before.0, next.0, last.1.signum(), one);
                    if low.1 * next.1 < 0.0 {
                        found.push(root_between(before, low, one));
                        found.push(root_between(low, next, one));
                    }
                }
            }
            if next.1 == 0.0 {
                found.push(next.0);
            }
            (before, last) = (last, Some(next));
        }
    }
    crate::order::ascending(&mut found);
    found.dedup();
    found
}

/// The value of such a function at one point.
fn alone(f: &mut dyn FnMut(&[f64x2], &mut [f64x2]), x: f64) -> f64 {
    let mut value = [splat(0.0)];
    f(&[splat(x)], &mut value);
    value[0].to_array()[0]
}

/// The root between two points at which `f` has different signs, to the last digits.
///
/// Chandrupatla, A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28 (1997).
pub(crate) fn root_between(a: (f64, f64), b: (f64, f64), f: &mut dyn FnMut(f64) -> f64) -> f64 {
    let finest = f64::EPSILON * f64::EPSILON * (b.0 - a.0).abs();
    let (mut a, mut b) = (b, a);
    let mut share = 0.5;
    for _ in 0..100 {
        let x = a.0 + share * (b.0 - a.0);
        let next = (x, f(x));
        let c = if (next.1 > 0.0) == (a.1 > 0.0) { a } else { core::mem::replace(&mut b, a) };
        a = next;
        let best = if a.1.abs() < b.1.abs() { a } else { b };
        let tolerance = (f64::EPSILON * best.0.abs() + finest) / (b.0 - a.0).abs();
        if tolerance.is_nan() || tolerance > 0.5 || best.1 == 0.0 {
            return best.0;
        }
        // Inverse quadratic interpolation where it can be trusted, else bisection.
        let xi = (a.0 - b.0) / (c.0 - b.0);
        let phi = (a.1 - b.1) / (c.1 - b.1);
        let next = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            a.1 / (b.1 - a.1) * (c.1 / (b.1 - c.1))
                + (c.0 - a.0) / (b.0 - a.0) * (a.1 / (c.1 - a.1)) * (b.1 / (c.1 - b.1))
        } else {
            0.5
        };
        share = clamp(next, tolerance, 1.0 - tolerance);
    }
    a.0
}

/// Where sign · f is least between `lower` and `upper`, by golden sections; ends early once it is below 0.
fn dip(mut lower: f64, mut upper: f64, sign: f64, f: &mut dyn FnMut(f64) -> f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let mut x = [upper - GOLDEN * (upper - lower), lower + GOLDEN * (upper - lower)];
    let mut y = [sign * f(x[0]), sign * f(x[1])];
    for _ in 0..30 {
        if y[0] < 0.0 || y[1] < 0.0 {
            break;
        }
        if y[0] < y[1] {
            upper = x[1];
            (x[1], y[1]) = (x[0], y[0]);
            x[0] = upper - GOLDEN * (upper - lower);
            y[0] = sign * f(x[0]);
        } else {
            lower = x[0];
            (x[0], y[0]) = (x[1], y[1]);
            x[1] = lower + GOLDEN * (upper - lower);
            y[1] = sign * f(x[1]);
        }
    }
    if y[0] < y[1] { (x[0], sign * y[0]) } else { (x[1], sign * y[1]) }
}
