//! The area between two densities.

use divergences::distribution::Distribution;

use super::marks::Plot;
use super::theme::Ink;

/// The opacity of the area.
const OPACITY: f64 = 0.9;

impl Plot<'_> {
    /// The curve p(x) − q(x) over the visible part of `from..to`, sampled on both sides of every jump.
    #[must_use]
    pub fn difference(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) -> Vec<(f64, f64)> {
        self.places(&[p, q], from, to).into_iter().map(|x| (x, p.density(x) - q.density(x))).collect()
    }

    /// Fills the area between two densities over the visible part of `from..to`: warm where p is greater,
    /// cool where q is.
    pub fn surplus(&self, p: &Distribution, q: &Distribution, from: f64, to: f64) {
        let at = |x| (x, p.density(x), q.density(x));
        let heights: Vec<_> = self.places(&[p, q], from, to).into_iter().map(at).collect();
        // Both outlines run forward along max(p, q). The warm one returns along q and the cool one along p,
        // so that each encloses area only where its density is the greater.
        let there = || heights.iter().map(|&(x, p, q)| (x, p.max(q)));
        let warm: Vec<_> = there().chain(heights.iter().rev().map(|&(x, _, q)| (x, q))).collect();
        let cool: Vec<_> = there().chain(heights.iter().rev().map(|&(x, p, _)| (x, p))).collect();
        self.area(&warm, 0.0, Ink::Positive, OPACITY);
        self.area(&cool, 0.0, Ink::Negative, OPACITY);
    }
}
