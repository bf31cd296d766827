//! Cumulative distribution functions.

use divergences::distribution::Distribution;
use divergences::order::ascending;

use super::marks::Plot;

/// The number of evenly spaced samples, besides the corners.
const SAMPLES: usize = 121;

impl Plot<'_> {
    /// The cumulative distribution function of `d`, with a vertical step at each atom.
    #[must_use]
    pub fn cumulative(&self, d: &Distribution) -> Vec<(f64, f64)> {
        let atoms = d.atoms();
        let corners = d.breakpoints().into_iter().chain(atoms.iter().map(|atom| atom.0));
        let mut xs: Vec<f64> = self.panel.sample(SAMPLES).chain(corners).collect();
        xs.retain(|x| self.panel.x.contains(x) || *x == self.panel.x.end);
        ascending(&mut xs);
        xs.dedup();
        let step = |x: f64| {
            let top = d.cdf(x);
            let mass = atoms.iter().find(|atom| atom.0 == x).map(|atom| atom.1);
            mass.map(|mass| (x, top - mass)).into_iter().chain([(x, top)])
        };
        xs.into_iter().flat_map(step).collect()
    }
}
