//! A mixture of Gaussians, prepared for fitting one Gaussian to it.

use std::cell::OnceCell;

use wide::f64x2;

use super::quadrature::{Plan, Rule};
use super::transport::Coupling;
use crate::distribution::simd::{exp, ln_1p, splat};
use crate::distribution::{Error, Gaussian};
use crate::order::permutation;

/// log √2π.
pub(super) const HALF_LOG_TWO_PI: f64 = 0.918_938_533_204_672_8;
/// √½.
const SQRT_HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// A parabola log w + log N(x; m, s²): a Gaussian's log-density, or a mixture component's with its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parabola {
    /// Its greatest value, log w − log s − log √2π.
    pub(super) top: f64,
    /// m.
    pub(super) mean: f64,
    /// s.
    pub(super) sd: f64,
    /// 1 / (s √2).
    pub(super) scale: f64,
}

impl Parabola {
    pub(super) fn new(log_weight: f64, gaussian: Gaussian) -> Self {
        let (mean, sd) = (gaussian.mean(), gaussian.sd());
        Self { top: log_weight - sd.ln() - HALF_LOG_TWO_PI, mean, sd, scale: SQRT_HALF / sd }
    }

    /// Its value at `x`.
    #[inline(always)]
    pub(super) fn at(&self, x: f64) -> f64 {
        let t = (x - self.mean) * self.scale;
        self.top - t * t
    }

    /// Its values at two points.
    #[inline(always)]
    pub(super) fn at_pair(&self, x: f64x2) -> f64x2 {
        let t = (x - splat(self.mean)) * splat(self.scale);
        splat(self.top) - t * t
    }

    /// Its derivative at `x`.
    pub(super) fn slope(&self, x: f64) -> f64 {
        (self.mean - x) / (self.sd * self.sd)
    }

    /// The real part of its value at x + iy.
    pub(super) fn at_complex(&self, x: f64, y: f64) -> f64 {
        let t = y * self.scale;
        self.at(x) + t * t
    }

    /// The height at which two parabolas cross between their tops, each being the higher at its own.
    pub(super) fn crossing_height(&self, other: &Self) -> f64 {
        let (own, others) = (self.scale * self.scale, other.scale * other.scale);
        let distance = other.mean - self.mean;
        // self − other = a t² + b t + c with t = x − mean; of its roots h / a and c / h one lies in between.
        let a = others - own;
        let b = -2.0 * others * distance;
        let c = others * distance * distance + self.top - other.top;
        let h = -0.5 * (b + (b * b - 4.0 * a * c).max(0.0).sqrt().copysign(b));
        let between = |t: f64| (0.0..=1.0).contains(&(t / distance));
        let t = if between(c / h) { c / h } else { h / a };
        self.at(self.mean + t)
    }

    /// Where in the upper half-plane exp(self) + exp(other) is 0, nearest to the line: the roots of
    /// self − other = iπ, each as (real part, imaginary part). Parabolas of one width have a single root.
    pub(super) fn zeros_with(&self, other: &Self) -> [Option<(f64, f64)>; 2] {
        let (own, others) = (self.scale * self.scale, other.scale * other.scale);
        let distance = other.mean - self.mean;
        // self − other = a t² + b t + c with t = x − mean.
        let a = others - own;
        let b = -2.0 * others * distance;
        let c = others * distance * distance + self.top - other.top;
        // The principal root of the discriminant b² − 4a(c − iπ).
        let (re, im) = (b * b - 4.0 * a * c, 4.0 * a * std::f64::consts::PI);
        let modulus = (re * re + im * im).sqrt();
        let u = (0.5 * (modulus + re)).max(0.0).sqrt();
        let v = (0.5 * (modulus - re)).max(0.0).sqrt().copysign(im);
        // h = −½ (b ± root) with the sign that does not cancel; the roots are h / a and (c − iπ) / h.
        let sign = 1.0_f64.copysign(b);
        let (h_re, h_im) = (-0.5 * (b + sign * u), -0.5 * sign * v);
        let square = h_re * h_re + h_im * h_im;
        let pi = std::f64::consts::PI;
        let small = ((c * h_re - pi * h_im) / square, (-pi * h_re - c * h_im) / square);
        let large = (h_re / a, h_im / a);
        [large, small]
            .map(|(x, y)| (x.is_finite() && y.is_finite() && y != 0.0).then_some((self.mean + x, y.abs())))
    }
}

/// A zero of the target's density off the real axis, at `x` ± i·`distance`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zero {
    /// Its real part.
    pub(super) x: f64,
    /// Its distance from the line.
    pub(super) distance: f64,
    /// The logarithm of the modulus of each of the two components that cancel there.
    pub(super) log_modulus: f64,
    /// The greater of the two's standard deviations.
    pub(super) width: f64,
}

/// A finite mixture of Gaussians, prepared for fitting one Gaussian q = N(μ, σ²) to it.
///
/// What depends on the target alone (moments, entropy, the zeros of its density off the real axis, which decide how
/// finely an integral must be cut, and its coupling with the standard normal) is computed once.
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) parabolas: Vec<Parabola>,
    pub(super) weights: Vec<f64>,
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) entropy: f64,
    pub(super) zeros: Vec<Zero>,
    /// Made when a Wasserstein distance first asks for it.
    pub(super) coupling: OnceCell<Coupling>,
    /// (x, log p, its slope) on nodes that follow its scales, made when total variation first asks for it.
    pub(super) profile: OnceCell<Vec<(f64, f64, f64)>>,
}

impl Target {
    /// The mixture of `components`, each (weight, mean, sd); the weights may add up to any positive total.
    ///
    /// Components of weight 0 are left out and equal ones joined; the order of components does not matter.
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
            |((_, gaussian), weight): (&(f64, Gaussian), &f64)| Parabola::new(weight.ln(), *gaussian);
        let parabolas: Vec<Parabola> = kept.iter().zip(&weights).map(parabola).collect();
        let moments = group_moments(&weights, &parabolas);
        let zeros = zeros(&parabolas);
        let mut target = Self {
            parabolas,
            weights,
            mean: moments.1,
            variance: moments.2,
            entropy: 0.0,
            zeros,
            coupling: OnceCell::new(),
            profile: OnceCell::new(),
        };
        target.entropy = target.integrate_entropy();
        Ok(target)
    }

    /// The mean m.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// The variance v.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The differential entropy −∫ p log p, in nats.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.entropy
    }

    /// Natural logarithm of the density at `x`.
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
            // Neighbouring nodes mostly agree on which components matter, so that these branches are foreseen.
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
        // To the last digits: whatever is subtracted from it may be as large.
        const DIGITS: f64 = 36.0;
        let mut plan = Plan::new(self.hull());
        for parabola in &self.parabolas {
            plan.peak(parabola.mean, 0.8 * parabola.sd, DIGITS);
        }
        for zero in &self.zeros {
            plan.singularity(zero.x, zero.distance, DIGITS, zero.width);
        }
        let mut sum = splat(0.0);
        Rule::Panels(plan.panels()).for_each(|x, w| {
            let log = self.log_density_pair(x);
            sum += w * exp(log) * log;
        });
        -sum.reduce_add()
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
fn zeros(parabolas: &[Parabola]) -> Vec<Zero> {
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
