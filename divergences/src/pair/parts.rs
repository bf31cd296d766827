//! A distribution as its components with a density, and its atoms.

use crate::distribution::Distribution;
use crate::numeric::quadrature::PAIRS;
use crate::numeric::simd::{exp, ln, splat};
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

    /// The log-density at pairs of points.
    pub(crate) fn log_densities(&self, points: &[f64x2], logs: &mut [f64x2]) {
        if let [only] = self.components.as_slice() {
            only.distribution.log_densities(only.log_weight, points, logs);
            return;
        }
        for (points, logs) in points.chunks(PAIRS).zip(logs.chunks_mut(PAIRS)) {
            let mut own = [splat(0.0); PAIRS];
            let own = &mut own[..points.len()];
            // The largest component comes first, then Σ exp relative to it.
            logs.fill(splat(f64::NEG_INFINITY));
            for c in &self.components {
                c.distribution.log_densities(c.log_weight, points, own);
                logs.iter_mut().zip(&*own).for_each(|(largest, log)| *largest = log.fast_max(*largest));
            }
            let mut sums = [splat(0.0); PAIRS];
            for c in &self.components {
                c.distribution.log_densities(c.log_weight, points, own);
                for ((sum, log), largest) in sums.iter_mut().zip(&*own).zip(&*logs) {
                    // Where no component has a density, −∞ is still below this.
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

    /// The mean shortfall E (x − X)⁺, the integral of the cdf up to x, for each of the sorted `points`.
    pub(crate) fn shortfalls(&self, points: &[f64]) -> Vec<f64> {
        let mut atoms = self.atoms.iter().peekable();
        // Thousands of atoms are added up, of which differences are taken: what rounding takes off is kept.
        let (mut last, mut mass, mut of_atoms) = (0.0, [0.0; 2], [0.0; 2]);
        let add = |sum: &mut [f64; 2], term: f64| {
            let next = sum[0] + term;
            let kept = next - sum[0];
            sum[1] += (sum[0] - (next - kept)) + (term - kept);
            sum[0] = next;
        };
        let mut shortfall = |x: f64| {
            if mass[0] > 0.0 {
                add(&mut of_atoms, (mass[0] + mass[1]) * (x - last));
            }
            while let Some(atom) = atoms.next_if(|atom| atom.0 <= x) {
                add(&mut mass, atom.1);
                add(&mut of_atoms, atom.1 * (x - atom.0));
            }
            last = x;
            of_atoms[0]
                + of_atoms[1]
                + self.components.iter().map(|c| c.weight * c.distribution.shortfall(x)).sum::<f64>()
        };
        points.iter().map(|&x| shortfall(x)).collect()
    }

    /// The mass of the atom at `x`, or 0.
    pub(crate) fn atom_at(&self, x: f64) -> f64 {
        let place = self.atoms.partition_point(|atom| atom.0 < x);
        self.atoms.get(place).filter(|atom| atom.0 == x).map_or(0.0, |atom| atom.1)
    }

    /// The ends of the components' intervals, in no order.
    fn ends(&self) -> impl Iterator<Item = f64> {
        self.components.iter().flat_map(|c| [c.interval.0, c.interval.1])
    }

    pub(crate) fn covers(&self, lower: f64, upper: f64) -> bool {
        self.components.iter().any(|c| c.interval.0 <= lower && upper <= c.interval.1)
    }

    pub(super) fn is_flat(&self, lower: f64, upper: f64) -> bool {
        self.components
            .iter()
            .all(|c| c.distribution.is_flat() || c.interval.1 <= lower || upper <= c.interval.0)
    }

    pub(crate) fn mass(&self, lower: f64, upper: f64) -> f64 {
        self.components.iter().map(|c| c.weight * c.distribution.probability(lower, upper)).sum()
    }
}

/// The line cut at the ends of all components.
pub(crate) fn edges(parts: &[&Parts]) -> Vec<(f64, f64)> {
    let ends = parts.iter().flat_map(|parts| parts.ends());
    intervals(ends.collect())
}

/// The line cut at the ends of all components and at all atoms, as far as these reach.
pub(crate) fn edges_and_atoms(parts: &[&Parts]) -> Vec<(f64, f64)> {
    let ends = parts.iter().flat_map(|parts| parts.ends().chain(parts.atoms.iter().map(|atom| atom.0)));
    intervals(ends.collect())
}

/// The intervals between neighbours among `points`.
fn intervals(mut points: Vec<f64>) -> Vec<(f64, f64)> {
    crate::order::ascending(&mut points);
    points.dedup();
    points.windows(2).map(|ends| (ends[0], ends[1])).collect()
}
