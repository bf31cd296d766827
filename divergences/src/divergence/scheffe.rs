//! The event on which two distributions differ most.

use crate::distribution::Distribution;
use crate::pair::{Pair, edges, equal, split};

/// The event on which P exceeds Q most: where the density of p is the greater, and where its point mass is.
///
/// No event has a greater P(A) − Q(A); for this one it is the total variation. Whoever sees one draw and has to say
/// whether it came from p or q, at even odds, is right most often by saying "p" if it lies here.
///
/// - **Convention**: where the two agree they do not differ, and the event leaves that out.
/// - **Accuracy**: the ends are roots of log p/q to the last digits, `p` − `q` is the total variation to 1e-12.
/// - **Cost**: that of the total variation, less than 0.1 ms between mixtures of a few Gaussians.
/// - **Source**: Scheffé, A useful convergence theorem for probability distributions, Annals of Mathematical
///   Statistics 18 (1947).
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::{ScheffeSet, total_variation};
///
/// let (p, q) = (Gaussian::new(0.0, 1.0)?.into(), Gaussian::new(1.0, 1.0)?.into());
/// let best = ScheffeSet::of(&p, &q);
/// assert_eq!(best.intervals, [(f64::NEG_INFINITY, 0.5)]);
/// assert!((best.p - best.q - total_variation(&p, &q)).abs() < 1e-15);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ScheffeSet {
    /// The intervals on which the density of p is the greater, in order; the outermost ends may be infinite.
    pub intervals: Vec<(f64, f64)>,
    /// The positions where p has the greater point mass. Of the positions where p or q has one, these alone belong to the event.
    pub points: Vec<f64>,
    /// P(A).
    pub p: f64,
    /// Q(A).
    pub q: f64,
}

impl ScheffeSet {
    /// The event for `p` against `q`; empty where the two are equal.
    ///
    /// ```
    /// use divergences::distribution::Uniform;
    /// use divergences::divergence::ScheffeSet;
    ///
    /// let (p, q) = (Uniform::new(0.0, 1.0)?.into(), Uniform::new(0.0, 4.0)?.into());
    /// let event = ScheffeSet::of(&p, &q);
    /// assert_eq!((event.intervals, event.p, event.q), (vec![(0.0, 1.0)], 1.0, 0.25));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn of(p: &Distribution, q: &Distribution) -> Self {
        let mut event = Self { intervals: Vec::new(), points: Vec::new(), p: 0.0, q: 0.0 };
        if equal(p, q) {
            return event;
        }
        let pair = Pair::of(p, q);
        event.add_intervals(&pair);
        event.add_points(&pair);
        event
    }

    fn add_intervals(&mut self, pair: &Pair) {
        let panels = pair.panels(&[]);
        // Beyond these the two have no mass that counts.
        let least = panels.first().map_or(0.0, |panel| panel.0);
        let most = panels.last().map_or(0.0, |panel| panel.1);
        for (lower, upper) in split(&edges(&[&pair.p, &pair.q]), pair.crossings()) {
            let start = if lower.is_finite() { lower } else { least.min(upper - 1.0) };
            let end = if upper.is_finite() { upper } else { most.max(start + 1.0) };
            let is_greater = match (pair.p.covers(lower, upper), pair.q.covers(lower, upper)) {
                // Between the cuts the sign stays.
                (true, true) => pair.at(0.5 * start + 0.5 * end).log_ratio > 0.0,
                (has_p, _) => has_p,
            };
            if !is_greater {
                continue;
            }
            self.p += pair.p.mass(lower, upper);
            self.q += pair.q.mass(lower, upper);
            match self.intervals.last_mut() {
                Some(last) if last.1 == lower => last.1 = upper,
                _ => self.intervals.push((lower, upper)),
            }
        }
    }

    fn add_points(&mut self, pair: &Pair) {
        for &(x, p) in &pair.p.atoms {
            let q = pair.q.atom_at(x);
            if p > q {
                self.points.push(x);
                self.p += p;
                self.q += q;
            }
        }
    }
}
