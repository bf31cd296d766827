//! A mixture of Gaussians, prepared for fitting one Gaussian to it.

use std::cell::OnceCell;

use wide::f64x2;

use super::normal_coupling::NormalCoupling;
use super::parabola::{Parabola, Zero};
use crate::distribution::{Error, Gaussian};
use crate::numeric::nodes::{FINE_DIGITS, Plan, Rule};
use crate::numeric::simd::{exp, ln_1p, ln_of, splat};
use crate::order::permutation;

/// A finite mixture of Gaussians, prepared for fitting one Gaussian q = N(μ, σ²) to it.
///
/// What depends on the target alone (moments, entropy, the zeros of its density off the real axis, which decide how
/// finely an integral must be cut, and its coupling with the standard normal) is computed once.
///
/// It can be sent to another thread but not shared between threads, since some of this is computed when first asked for:
/// give each thread a clone.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::Target;
///
/// let target = Target::new(&[(0.5, -2.0, 0.7), (0.5, 2.0, 0.7)])?;
/// let forward = target.optima(Divergence::ForwardKl);
/// let reverse = target.optima(Divergence::ReverseKl);
/// assert!(forward[0].q.sd() > 2.0); // covers both modes
/// assert!(reverse[0].q.sd() < 1.0); // picks one
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) parabolas: Vec<Parabola>,
    pub(super) weights: Vec<f64>,
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) entropy: f64,
    pub(super) zeros: Vec<Zero>,
    /// How many of its standard deviations a component lies from 0 at most.
    pub(super) farthest: f64,
    /// Made when a Wasserstein distance first asks for it.
    pub(super) coupling: OnceCell<NormalCoupling>,
    /// (x, log p, its slope) on nodes that follow its scales, made when total variation first asks for it.
    pub(super) profile: OnceCell<Vec<(f64, f64, f64)>>,
}

impl Target {
    /// The mixture of `components`, each (weight, mean, sd); the weights may add up to any positive total.
    ///
    /// Components of weight 0 are left out and equal ones joined; the order of components does not matter.
    ///
    /// - **Cost**: 10 µs for three components, most of it for the entropy.
    ///
    /// ```
    /// use divergences::fit::Target;
    ///
    /// let target = Target::new(&[(1.0, 0.0, 1.0), (3.0, 4.0, 1.0)])?;
    /// assert_eq!((target.mean(), target.variance()), (3.0, 4.0));
    /// assert!(Target::new(&[(1.0, 0.0, -1.0)]).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no component, a mean is not finite, an sd is not finite and above 0, a weight is negative or not
    /// finite, or all weights are 0.
    pub fn new(components: &[(f64, f64, f64)]) -> Result<Self, Error> {
        if components.is_empty() {
            return Err(Error::Empty { parameter: "components" });
        }
        let mut total = 0.0;
        let mut kept = Vec::with_capacity(components.len());
        for &(weight, mean, sd) in components {
            if !weight.is_finite() {
                return Err(Error::NotFinite { parameter: "weight", value: weight });
            }
            if weight < 0.0 {
                return Err(Error::Negative { parameter: "weight", value: weight });
            }
            let gaussian = Gaussian::new(mean, sd)?;
            total += weight;
            if weight > 0.0 {
                kept.push((weight, gaussian));
            }
        }
        if !(total > 0.0 && total.is_finite()) {
            return Err(Error::NotPositive { parameter: "sum of the weights", value: total });
        }
        let order = permutation(kept.len(), &|i, j| {
            let ((v, g), (w, h)): (&(f64, Gaussian), &(f64, Gaussian)) = (&kept[i], &kept[j]);
            g.mean().total_cmp(&h.mean()).then(g.sd().total_cmp(&h.sd())).then(v.total_cmp(w))
        });
        let mut kept: Vec<_> = order.into_iter().map(|place| kept[place]).collect();
        // Equal Gaussians are one component, whatever their weights.
        kept.dedup_by(|next, last| {
            let equal = next.1 == last.1;
            if equal {
                last.0 += next.0;
            }
            equal
        });
        let weights: Vec<f64> = kept.iter().map(|(weight, _)| weight / total).collect();
        let parabola =
            |((_, gaussian), weight): (&(f64, Gaussian), &f64)| Parabola::new(ln_of(*weight), *gaussian);
        let parabolas: Vec<Parabola> = kept.iter().zip(&weights).map(parabola).collect();
        let moments = group_moments(&weights, &parabolas);
        let zeros = zeros(&parabolas);
        let farthest = Self::farthest(&parabolas);
        let mut target = Self {
            parabolas,
            weights,
            mean: moments.1,
            variance: moments.2,
            entropy: 0.0,
            zeros,
            farthest,
            coupling: OnceCell::new(),
            profile: OnceCell::new(),
        };
        target.entropy = target.integrate_entropy();
        Ok(target)
    }

    /// The mean m.
    ///
    /// ```
    /// # use divergences::fit::Target;
    /// assert_eq!(Target::new(&[(0.5, -1.0, 1.0), (0.5, 3.0, 1.0)])?.mean(), 1.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance v.
    ///
    /// ```
    /// # use divergences::fit::Target;
    /// assert_eq!(Target::new(&[(0.5, -1.0, 1.0), (0.5, 3.0, 1.0)])?.variance(), 5.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The differential entropy −∫ p log p, in nats.
    ///
    /// To 1e-12; [`entropy`](crate::divergence::entropy) is that of any distribution.
    ///
    /// ```
    /// # use divergences::fit::Target;
    /// let apart = Target::new(&[(0.5, -99.0, 1.0), (0.5, 99.0, 1.0)])?;
    /// let one = Target::new(&[(1.0, 0.0, 1.0)])?;
    /// assert!((apart.entropy() - one.entropy() - 2_f64.ln()).abs() < 1e-12);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.entropy
    }

    /// Natural logarithm of the density at `x`, also where the density underflows.
    ///
    /// ```
    /// # use divergences::fit::Target;
    /// let target = Target::new(&[(1.0, 0.0, 1.0)])?;
    /// assert!((target.log_density(40.0) + 800.918_938_533_204_7).abs() < 1e-12);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        self.log_density_pair(splat(x)).to_array()[0]
    }

    /// The log-density at two points, exact also where every component underflows.
    #[inline(always)]
    pub(super) fn log_density_pair(&self, x: f64x2) -> f64x2 {
        let Some((first, rest)) = self.parabolas.split_first() else { return splat(f64::NEG_INFINITY) };
        let mut largest = first.at_pair(x);
        if rest.is_empty() {
            return largest;
        }
        for parabola in rest {
            largest = largest.fast_max(parabola.at_pair(x));
        }
        let mut sum = splat(-1.0);
        for parabola in &self.parabolas {
            let below = parabola.at_pair(x) - largest;
            // Neighbouring nodes mostly agree on which components matter, so that the processor foresees
            // these branches.
            if below.simd_eq(splat(0.0)).all() {
                sum += splat(1.0);
            } else if below.simd_gt(splat(-38.0)).any() {
                sum += exp(below);
            }
        }
        largest + ln_1p(sum)
    }

    /// An interval that holds all the mass but 1e-18.
    pub(super) fn hull(&self) -> (f64, f64) {
        self.parabolas.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), p| {
            (from.min(p.mean - 9.0 * p.sd), to.max(p.mean + 9.0 * p.sd))
        })
    }

    fn integrate_entropy(&self) -> f64 {
        if let [only] = self.parabolas.as_slice() {
            return 0.5 - only.top;
        }
        // Each component's part in coordinates of its own, in which its nodes do not round.
        let part = |own: &Parabola| {
            let moved = self.moved(own.mean);
            let target = moved.as_ref().unwrap_or(self);
            // More digits than elsewhere: whatever is subtracted from the entropy may be as large.
            let mut plan = Plan::new((-9.0 * own.sd, 9.0 * own.sd));
            // Panels grow away from a feature, so that the flanks are features, too.
            for offset in [0.0, 3.2, -3.2, 6.4, -6.4] {
                plan.peak(offset * own.sd, 0.8 * own.sd, FINE_DIGITS);
            }
            for zero in &target.zeros {
                plan.singularity(zero.x, zero.distance, FINE_DIGITS, zero.width);
            }
            let here = Parabola { mean: 0.0, ..*own };
            let mut sum = splat(0.0);
            Rule::Panels(plan.panels()).for_each(|x, w| {
                sum += w * exp(here.at_pair(x)) * target.log_density_pair(x);
            });
            sum.reduce_add()
        };
        -self.parabolas.iter().map(part).sum::<f64>()
    }
}

/// The weight, mean and variance of some of a mixture's components.
pub(super) fn group_moments(weights: &[f64], parabolas: &[Parabola]) -> (f64, f64, f64) {
    let total: f64 = weights.iter().sum();
    let mean = weights.iter().zip(parabolas).map(|(w, p)| w * p.mean).sum::<f64>() / total;
    let square = |p: &Parabola| p.sd * p.sd + (p.mean - mean) * (p.mean - mean);
    let variance = weights.iter().zip(parabolas).map(|(w, p)| w * square(p)).sum::<f64>() / total;
    (total, mean, variance)
}

/// The zeros of the density nearest to the line: where two components cancel and no third outweighs them.
pub(super) fn zeros(parabolas: &[Parabola]) -> Vec<Zero> {
    let mut zeros = Vec::new();
    for (i, first) in parabolas.iter().enumerate() {
        for second in &parabolas[i + 1..] {
            for (x, distance) in first.zeros_with(second).into_iter().flatten() {
                let log_modulus = first.at_complex(x, distance);
                if parabolas.iter().all(|p| p.at_complex(x, distance) < log_modulus + 1.5) {
                    zeros.push(Zero { x, distance, log_modulus, width: first.sd.max(second.sd) });
                }
            }
        }
    }
    zeros
}
