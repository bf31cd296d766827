//! What lies between two densities.

use divergences::distribution::Distribution;
use divergences::order::ascending;

use super::marks::Plot;
use super::theme::Ink;

/// How opaque the area between them is.
const OPACITY: f64 = 0.9;

impl Plot<'_> {
    /// The difference of two densities from `from` to `to`, as far as that is seen, with all their jumps.
    #[must_use]
    pub fn difference(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) -> Vec<(f64, f64)> {
        self.places(p, q, from, to).into_iter().map(|x| (x, p.density(x) - q.density(x))).collect()
    }

    /// Fills what lies between two densities from `from` to `to`: warm where that of `p` is the greater, cool where that of
    /// `q` is.
    pub fn surplus(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) {
        let xs = self.places(p, q, from, to);
        for (ink, lower) in [(Ink::Positive, q), (Ink::Negative, p)] {
            // Along the greater, and back along the other.
            let there = xs.iter().map(|&x| (x, p.density(x).max(q.density(x))));
            let around: Vec<_> = there.chain(xs.iter().rev().map(|&x| (x, lower.density(x)))).collect();
            self.area(&around, 0.0, ink, OPACITY);
        }
    }

    fn places(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) -> Vec<f64> {
        let range = from.max(self.panel.x.start)..=to.min(self.panel.x.end);
        let mut xs: Vec<f64> = [p, q].iter().flat_map(|d| self.outline(d)).map(|point| point.0).collect();
        xs.extend([*range.start(), *range.end()]);
        xs.retain(|x| range.contains(x));
        ascending(&mut xs);
        xs
    }
}
