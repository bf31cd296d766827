//! Two distributions cut into what an f-divergence counts: a common density, common atoms, and mass where the other has none.

mod envelope;
mod equal;
mod frames;
mod likelihoods;
mod marks;
mod near;
mod parts;
mod tail;

pub(crate) use equal::equal;
pub(crate) use frames::centre;
pub(crate) use likelihoods::Likelihoods;
pub(crate) use marks::{Marks, split};
pub(crate) use parts::{Parts, edges, edges_and_atoms};
pub(crate) use tail::{Side, Tail};

use crate::distribution::Distribution;
use crate::numeric::roots::{SCAN, roots_by_pairs};
use crate::numeric::simd::splat;
use core::cell::OnceCell;
use wide::f64x2;

/// Two distributions, with the line cut at the ends of their supports.
pub(crate) struct Pair<'a> {
    pub(crate) p: Parts<'a>,
    pub(crate) q: Parts<'a>,
    /// Intervals on which both have a density, at least one of them not constant.
    pub(crate) common: Vec<(f64, f64)>,
    /// Widths of the intervals on which both densities are constant, with the densities there.
    pub(crate) flat: Vec<(f64, Likelihoods)>,
    /// Masses that both have at the same position.
    pub(crate) atoms: Vec<Likelihoods>,
    /// The mass of p where q has none, and that of q where p has none.
    pub(crate) singular: (f64, f64),
    pub(crate) comparable: bool,
    /// Whether the common intervals are a part of those on which both have a density.
    pub(crate) partial: bool,
    whole: (&'a Distribution, &'a Distribution),
    crossings: OnceCell<Vec<f64>>,
}

impl<'a> Pair<'a> {
    pub(crate) fn of(p: &'a Distribution, q: &'a Distribution) -> Self {
        let whole = (p, q);
        let (p, q) = (Parts::of(p), Parts::of(q));
        let comparable = near::comparable(&p, &q);
        let mut pair = Self {
            p,
            q,
            common: Vec::new(),
            flat: Vec::new(),
            atoms: Vec::new(),
            singular: (0.0, 0.0),
            comparable,
            partial: false,
            whole,
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
        for (lower, upper) in edges(&[&self.p, &self.q]) {
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
                self.atoms.push(Likelihoods::of_masses(p[i].1, q[j].1));
                (i, j) = (i + 1, j + 1);
            }
        }
    }

    /// The two densities at a point where both are positive.
    pub(crate) fn at(&self, x: f64) -> Likelihoods {
        let mut logs = [[splat(0.0)]; 3];
        self.logs(&[splat(x)], &mut logs.each_mut().map(|log| log.as_mut_slice()));
        let [log_p, log_q, log_ratio] = logs.map(|log| log[0].to_array()[0]);
        Likelihoods { p: log_p.exp(), q: log_q.exp(), log_p, log_q, log_ratio }
    }

    /// log p, log q and log p/q at pairs of points where both are positive.
    pub(crate) fn logs(&self, points: &[f64x2], [log_p, log_q, ratio]: &mut [&mut [f64x2]; 3]) {
        self.p.log_densities(points, log_p);
        self.q.log_densities(points, log_q);
        for (i, &x) in points.iter().enumerate() {
            ratio[i] = log_p[i] - log_q[i];
            let close = ratio[i].abs().simd_lt(splat(0.01));
            if self.comparable && close.any() {
                ratio[i] = close.select(near::near(&self.p, &self.q, log_q[i], x, ratio[i]), ratio[i]);
            }
        }
    }

    /// Panels that cover the common intervals as far as p, q, and p^α q^(1−α) for the given powers have mass.
    pub(crate) fn panels(&self, powers: &[f64]) -> Vec<(f64, f64)> {
        let mut marks = Marks::default();
        marks.add(&self.p);
        marks.add(&self.q);
        self.add_powers(powers, &mut marks);
        marks.panels(&self.common)
    }

    /// The interval outside which p, q, and p^α q^(1−α) for the given powers have no mass that counts.
    pub(crate) fn reach(&self, powers: &[f64]) -> (f64, f64) {
        let mut marks = Marks::default();
        marks.add_components(&self.p);
        marks.add_components(&self.q);
        self.add_powers(powers, &mut marks);
        marks.ends()
    }

    fn add_powers(&self, powers: &[f64], marks: &mut Marks) {
        for &alpha in powers {
            marks.add_powers(&self.p, &self.q, alpha);
            marks.add_falls(&self.p, &self.q, alpha);
        }
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
