//! The f-divergences of a pair, summed over all that it is cut into.

use super::generator::{Generator, SimdLikelihoods};
use crate::distribution::Distribution;
use crate::numeric::quadrature::{Block, Nodes, OUTPUTS, PAIRS, Values, integrate_blocks, trapezoidal};
use crate::numeric::simd::splat;
use crate::pair::{Pair, Side, Tail, split};

/// An integral above this is out of reach: the logarithms that it is made of are cut off at 1e300.
const GREATEST: f64 = 1e299;

impl Pair<'_> {
    /// Whether the tails let ∫ p^α q^(1−α) be finite.
    fn is_finite(&self, alpha: f64) -> bool {
        [Side::Lower, Side::Upper]
            .into_iter()
            .all(|side| Tail::of(&self.p, side).power_is_integrable(&Tail::of(&self.q, side), alpha, side))
    }

    /// The f-divergences of several generators, in one pass over the nodes of quadrature.
    pub(crate) fn f_divergences(&self, generators: &[Generator]) -> Vec<f64> {
        let mut sums: Vec<f64> = generators.iter().map(|&g| self.without_quadrature(g)).collect();

        let open: Vec<usize> = (0..sums.len()).filter(|&k| sums[k].is_finite()).collect();
        if self.common.is_empty() || open.is_empty() {
            return sums;
        }
        let generators: Vec<Generator> = open.iter().map(|&k| generators[k]).collect();
        let mut integrals = vec![0.0; open.len()];
        if !self.in_frames(&mut |pair| {
            let added = pair.over_common(&generators);
            integrals.iter_mut().zip(added).for_each(|(sum, integral)| *sum += integral);
        }) {
            integrals = self.over_common(&generators);
        }
        for (&k, integral) in open.iter().zip(integrals) {
            sums[k] += if integral > GREATEST { f64::INFINITY } else { integral };
        }
        sums
    }

    /// The part that comes from the common intervals.
    fn over_common(&self, generators: &[Generator]) -> Vec<f64> {
        let mut sums = vec![0.0; generators.len()];
        let mut open: Vec<usize> = (0..sums.len()).collect();
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

    /// The part that needs no quadrature: mass where the other has none, common atoms, and constant
    /// densities. It is ∞ where the tails say so.
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
        let integrands = &mut |nodes: &Nodes, block: &mut Block| {
            let mut logs = [[splat(0.0); PAIRS]; 3];
            self.logs(nodes, &mut logs.each_mut().map(|log| log.as_mut_slice()));
            for i in 0..PAIRS {
                let points = SimdLikelihoods::new(logs[0][i], logs[1][i], logs[2][i], !powers.is_empty());
                for (values, &generator) in block.iter_mut().zip(generators) {
                    values[i] = points.terms(generator);
                }
            }
        };
        let kinked = generators.contains(&Generator::TotalVariation);
        if !kinked
            && !self.partial
            && let Some(scale) = self.analytic_scale()
        {
            // At this step, of those that halving leads to, a Gaussian of that scale comes out to 2e-12.
            let (lower, upper) = self.reach(&powers);
            if let Some(values) = trapezoidal(lower, upper, 1.7 * scale, generators.len(), integrands) {
                return values;
            }
        }
        let mut panels = self.panels(&powers);
        if kinked {
            // The integrand of total variation has a kink wherever the densities cross.
            panels = split(&panels, self.crossings());
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
}
