//! What lies between two densities.

use divergences::distribution::Distribution;

use super::marks::Plot;
use super::theme::Ink;

/// How opaque the area between them is.
const OPACITY: f64 = 0.9;

impl Plot<'_> {
    /// The difference of two densities from `from` to `to`, as far as that is seen, with all their jumps.
    #[must_use]
    pub fn difference(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) -> Vec<(f64, f64)> {
        self.places(&[p, q], from, to).into_iter().map(|x| (x, p.density(x) - q.density(x))).collect()
    }

    /// Fills what lies between two densities from `from` to `to`: warm where that of `p` is the greater, cool where that of
    /// `q` is.
    pub fn surplus(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) {
        let at = |x| (x, p.density(x), q.density(x));
        let heights: Vec<_> = self.places(&[p, q], from, to).into_iter().map(at).collect();
        // Along the greater, and back along the other.
        let there = || heights.iter().map(|&(x, p, q)| (x, p.max(q)));
        let warm: Vec<_> = there().chain(heights.iter().rev().map(|&(x, _, q)| (x, q))).collect();
        let cool: Vec<_> = there().chain(heights.iter().rev().map(|&(x, p, _)| (x, p))).collect();
        self.area(&warm, 0.0, Ink::Positive, OPACITY);
        self.area(&cool, 0.0, Ink::Negative, OPACITY);
    }
}
