//! The Wasserstein distance of order 1 as the area between two cdfs.

use super::margin::Margin;
use crate::distribution::Distribution;
use crate::numeric::quadrature::integrate_over;
use crate::numeric::roots::root_between;
use crate::pair::{Marks, Pair, Parts, edges_and_atoms, split};

/// `W_1 = ∫ |F − G|`: the changes of ∫ (F − G) between the points where F − G changes its sign.
pub(super) fn area_between_cdfs(p: &Distribution, q: &Distribution, pair: &Pair) -> f64 {
    let (p_parts, q_parts) = (&pair.p, &pair.q);
    // F − G has its extrema where the densities cross, so that between these points it has one root at most.
    let margins = [Margin::new(p), Margin::new(q)];
    let mut edges = pair.crossings().to_vec();
    edges.extend(edges_and_atoms(&[p_parts, q_parts]).into_iter().flat_map(|(lower, upper)| [lower, upper]));
    crate::order::ascending(&mut edges);
    edges.dedup();
    let mut turns: Vec<f64> = Vec::new();
    let mut sign = 0.0;
    for ends in edges.windows(2) {
        let difference = CdfDifference::on(&margins, p_parts, q_parts, ends[0], ends[1]);
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
    let shortfalls = [p_parts, q_parts].map(|parts| parts.shortfalls(&turns));
    for (&below, &other_below) in shortfalls[0].iter().zip(&shortfalls[1]) {
        magnitude = magnitude.max(below + other_below);
        integrals.push(below - other_below);
    }
    integrals.push(other_mean - mean);
    let area = integrals.windows(2).map(|ends| (ends[1] - ends[0]).abs()).sum();
    if area > 1e-5 * magnitude {
        return area;
    }
    // The differences lose digits, so the areas themselves are added up.
    let mut marks = Marks::default();
    marks.add(p_parts);
    marks.add(q_parts);
    let areas = marks.panels(&edges_and_atoms(&[p_parts, q_parts]));
    let areas = split(&split(&areas, &edges), &turns);
    integrate_over(&areas, &mut |x| CdfDifference::on(&margins, p_parts, q_parts, x, x).at(x).abs())
}

/// F − G between two neighbouring atoms, from the tail in which it loses fewer digits.
struct CdfDifference<'a> {
    margins: &'a [Margin<'a>; 2],
    /// Mass of the atom at the open upper end, which the limit from the left does not yet count.
    upper: f64,
    jumps: [f64; 2],
}

impl<'a> CdfDifference<'a> {
    fn on(margins: &'a [Margin<'a>; 2], p: &Parts, q: &Parts, lower: f64, upper: f64) -> Self {
        let jump = |parts: &Parts| {
            if lower == upper {
                return 0.0;
            }
            parts.atom_at(upper)
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
