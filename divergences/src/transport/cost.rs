//! The cost of carrying the mass of one piece, and its displacement.

use super::coupling::{Coupled, Coupling};
use super::levels::{Piece, Span};
use super::power::power;
use crate::distribution::Distribution;
use crate::numeric::quadrature::{Block, Nodes, integrate_blocks, integrate_over};
use crate::numeric::roots::roots;
use crate::pair::{Marks, Parts, edges_and_atoms, split};
use wide::f64x2;

impl Piece {
    /// The integral of a power of the displacement over this share.
    pub(super) fn cost(&self, p: &Distribution, q: &Distribution, order: f64, unit: f64) -> f64 {
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
                // The last points that were found, one for either half of a panel.
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
                // The power of the displacement is not smooth where that vanishes, unless the power is even.
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

    /// The places of `q` in this share where the displacement from `p` may be largest, with that
    /// displacement.
    pub(super) fn extremes(&self, p: &Distribution, q: &Distribution) -> Vec<(f64, f64)> {
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
fn from_atom(atom: f64, d: &Distribution, share: Span, power: &dyn Fn(f64) -> f64) -> f64 {
    let parts = Parts::of(d);
    let mut marks = Marks::default();
    marks.add(&parts);
    let mut cuts: Vec<(f64, f64)> = edges_and_atoms(&[&parts])
        .into_iter()
        .map(|(a, b)| (a.max(share.lower), b.min(share.upper)))
        .filter(|(a, b)| a < b)
        .collect();
    cuts = split(&cuts, &[atom]);
    integrate_over(&marks.panels(&cuts), &mut |x| power(x - atom) * parts.log_density(x).exp())
}
