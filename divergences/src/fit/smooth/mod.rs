//! The f-divergences whose integrand is smooth, to second order in the model's parameters.
//!
//! With r = p/q, D = ∫ q f(r) has the gradient ∫ (∂q) g(r), g(r) = f(r) − r f′(r), and the Hessian
//! ∫ (∂²q) g(r) + q (∂ log q)(∂ log q)ᵀ r² f″(r). For a Gaussian q everything follows from the moments of
//! q g and q r² f″ in z = (x − μ)/σ. Constants in g drop out and are chosen so that nothing cancels.

use wide::f64x2;

mod near;
mod plans;

use super::densities::Densities;
use super::expansion::{Detail, Expansion};
use super::parabola::Parabola;
use super::target::Target;
use crate::distribution::Gaussian;
use crate::numeric::nodes::{DIGITS, Rule};
use crate::numeric::simd::{Logarithm, exp, exp_of, splat};
use crate::numeric::special::HALF_LOG_TWO_PI;

/// An α nearer than this to 0 or 1 would lose digits in 1/(α(α−1)).
const NEAR_LIMIT: f64 = 0.1;

/// The ratio of two widths above which the wider density is constant where the narrower one is.
const FAR_WIDER: f64 = 1e50;

/// A value of KL(q‖p) above which its gradient is taken another way.
const STEEP: f64 = 1e5;

impl Detail {
    /// The [`DIGITS`] that are asked for at the zeros of densities off the real axis, where a logarithm makes
    /// branch points of them. Their error comes out smaller than e^−this. Powers need all digits (for a small
    /// α the error is divided by it), and so do peaks, whose error grows with the moment's order.
    fn digits_at_zeros(self) -> f64 {
        if self == Self::Exact { 24.0 } else { DIGITS }
    }

    /// The value below which a divergence is integrated again without cancellation.
    fn near(self) -> f64 {
        if self == Self::Exact { 3e-3 } else { 1e-9 }
    }

    /// The distance from 0 or 1 below which an α would lose too many digits in 1/(α(α−1)).
    fn near_limit(self) -> f64 {
        if self == Self::Exact { NEAR_LIMIT } else { 0.01 * NEAR_LIMIT }
    }
}

/// An f-divergence by quadrature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kernel {
    /// KL(q‖p): f(r) = −log r.
    ReverseKl,
    /// JS.
    JensenShannon,
    /// (∫ p^α q^(1−α) − 1) / (α(α−1)).
    Alpha(f64),
}

/// Sums over the nodes.
#[derive(Default)]
struct Sums {
    value: f64,
    /// Moments of q g in z, of order 0 to 4.
    first: [f64; 5],
    /// Moments of q r² f″ in z, of order 0 to 4.
    second: [f64; 5],
}

impl Target {
    /// KL(p‖q) in closed form: the entropy and two moments are all that it needs of p.
    pub(super) fn forward_kl(&self, q: Gaussian, detail: Detail) -> Expansion {
        let (offset, precision) = (q.mean() - self.mean, 1.0 / (q.sd() * q.sd()));
        let spread = (self.variance + offset * offset) * precision;
        let log_peak = -q.sd().ln() - HALF_LOG_TWO_PI;
        let mut value = 0.5 * spread - log_peak - self.entropy;
        if value < detail.near() {
            value = self.near(1.0, q);
        }
        Expansion {
            value,
            gradient: [offset * precision, 1.0 - spread],
            hessian: [precision, -2.0 * offset * precision, 2.0 * spread],
        }
    }

    /// An f-divergence by quadrature.
    pub(super) fn smooth(&self, kernel: Kernel, q: Gaussian, detail: Detail) -> Expansion {
        let precision = 1.0 / q.sd();
        if !(precision * precision).is_finite() && kernel != Kernel::ReverseKl {
            return self.of_a_spike(kernel, q);
        }
        let model = Parabola::new(0.0, q);
        let Some((plan, ceiling)) = self.plan(kernel, &model, detail) else { return Expansion::INFINITE };
        let sums = self.sums(kernel, &model, &plan.rule(), ceiling, detail == Detail::Curvature);
        let mut value = match kernel {
            Kernel::ReverseKl => sums.value,
            Kernel::JensenShannon => std::f64::consts::LN_2 - sums.value,
            Kernel::Alpha(alpha) => (sums.value - 1.0) / (alpha * (alpha - 1.0)),
        };
        if value < detail.near()
            || matches!(kernel, Kernel::Alpha(alpha) if alpha.abs().min((alpha - 1.0).abs()) < detail.near_limit())
        {
            let near = match kernel {
                Kernel::ReverseKl => self.near(0.0, q),
                Kernel::JensenShannon => self.near_jensen_shannon(q),
                Kernel::Alpha(alpha) => self.near(alpha, q),
            };
            // Where densities are so far apart that it overflows, nothing cancels.
            value = if near.is_finite() { near } else { value };
        }
        if !value.is_finite() {
            return Expansion::INFINITE;
        }
        let (g, c) = (sums.first, sums.second);
        let mut gradient = [g[1] * precision, g[2] - g[0]];
        if kernel == Kernel::ReverseKl && value > STEEP {
            gradient = self.reverse_kl_gradient(&model, &plan.rule());
        }
        Expansion {
            value,
            gradient,
            hessian: [
                (g[2] - g[0] + c[2]) * precision * precision,
                (g[3] - 3.0 * g[1] + c[3] - c[1]) * precision,
                g[4] - 4.0 * g[2] + g[0] + c[4] - 2.0 * c[2] + c[0],
            ],
        }
    }

    /// The value where squares of q's precision overflow. A target far wider than q is constant where q is, to every digit, so
    /// that ∫ p^α q^(1−α) = (p(μ) σ √(2π))^α / √(1−α). Against any other target the value is undefined.
    fn of_a_spike(&self, kernel: Kernel, q: Gaussian) -> Expansion {
        let constant = self.parabolas.iter().all(|part| part.sd > FAR_WIDER * q.sd());
        let value = match kernel {
            Kernel::JensenShannon => std::f64::consts::LN_2,
            Kernel::Alpha(alpha) if alpha > 0.0 && alpha < 1.0 => {
                let log_height = self.log_density_and_slope(q.mean()).0 + q.sd().ln() + HALF_LOG_TWO_PI;
                let affinity = (alpha * log_height).exp() / (1.0 - alpha).sqrt();
                (1.0 - affinity) / (alpha * (1.0 - alpha))
            }
            _ => return Expansion::INFINITE,
        };
        Expansion { value: if constant { value } else { f64::NAN }, ..Expansion::INFINITE }
    }

    /// The gradient of KL(q‖p) by the mean slope of log p, where log p itself is so great that its moments have no digits left.
    fn reverse_kl_gradient(&self, model: &Parabola, rule: &Rule) -> [f64; 2] {
        let mut sums = [0.0; 2];
        rule.for_each(|x, w| {
            for (x, w) in x.to_array().into_iter().zip(w.to_array()) {
                let force = w * exp_of(model.at(x)) * self.log_density_and_slope(x).1;
                sums[0] -= force;
                sums[1] -= force * (x - model.mean);
            }
        });
        [sums[0], sums[1] - 1.0]
    }

    /// Sums the kernel over the nodes. Densities are taken times e^−`shift`, which keeps them in range.
    fn sums(&self, kernel: Kernel, model: &Parabola, rule: &Rule, shift: f64, curved: bool) -> Sums {
        let mut value = splat(0.0);
        let mut first = [splat(0.0); 5];
        let mut second = [splat(0.0); 5];
        let (mean, precision) = (splat(model.mean), splat(1.0 / model.sd));
        let half = splat(0.5);
        let one = splat(1.0);
        let logs = !matches!(kernel, Kernel::JensenShannon | Kernel::Alpha(0.5 | -1.0 | 2.0));
        let over_model = kernel == Kernel::Alpha(2.0);
        let mut densities = Densities::new(self, model, rule, shift, logs, over_model);
        let direct = densities.direct();
        let logarithm = Logarithm::load();
        while let Some(block) = densities.next_block() {
            for i in 0..block.count {
                let (p, q, l) = (block.p[i], block.q[i], block.log_ratio[i]);
                // The value's integrand v, and q g and q r² f″, of each kernel.
                let (v, g, c) = match kernel {
                    Kernel::ReverseKl => {
                        let g = -(q * l);
                        (g, g, q)
                    }
                    Kernel::JensenShannon => {
                        // In the form JS = log 2 − ∫ v nothing cancels in the derivatives where the two
                        // hardly overlap.
                        let rise = q * logarithm.of_1_plus(p / q) * half;
                        (rise + p * logarithm.of_1_plus(q / p) * half, -rise, p * q / (p + q) * half)
                    }
                    Kernel::Alpha(0.5) if direct => {
                        let c = (p * q).sqrt();
                        (c, c * splat(-2.0), c)
                    }
                    Kernel::Alpha(-1.0) if direct => {
                        let c = q * q / p;
                        (c, c, c)
                    }
                    Kernel::Alpha(2.0) if direct => {
                        let c = p * p / q;
                        (c, c * -half, c)
                    }
                    Kernel::Alpha(alpha) if alpha.abs() < NEAR_LIMIT => {
                        // The constant 1/α is taken off, which the moments of q would have to cancel.
                        let e = quick_exp_m1(l * splat(alpha));
                        let c = q * (e + one);
                        (c, q * e * splat(-1.0 / alpha), c)
                    }
                    Kernel::Alpha(alpha) => {
                        let log_q = model.at_pair(block.x[i]) - splat(shift);
                        let c = exp((log_q + l * splat(alpha)).fast_min(splat(709.0)));
                        (c, c * splat(-1.0 / alpha), c)
                    }
                };
                let z = (block.x[i] - mean) * precision;
                let w = block.w[i];
                let z2 = z * z;
                let (g, c) = (g * w, c * w);
                value += v * w;
                first[0] += g;
                first[1] += g * z;
                first[2] += g * z2;
                if curved {
                    let z3 = z2 * z;
                    let z4 = z2 * z2;
                    first[3] += g * z3;
                    first[4] += g * z4;
                    second[0] += c;
                    second[1] += c * z;
                    second[2] += c * z2;
                    second[3] += c * z3;
                    second[4] += c * z4;
                }
            }
        }
        let scale = exp_of(shift);
        Sums {
            value: value.reduce_add() * scale,
            first: first.map(|x| x.reduce_add() * scale),
            second: second.map(|x| x.reduce_add() * scale),
        }
    }
}

/// The value e^x − 1 for x ≤ 709, by a shorter series than [`exp_m1`](crate::numeric::simd::exp_m1)'s.
#[inline(always)]
fn quick_exp_m1(x: f64x2) -> f64x2 {
    let mut series = splat(1.0);
    for n in (2..=12).rev() {
        series = series * x * splat(1.0 / f64::from(n)) + splat(1.0);
    }
    x.abs().simd_lt(splat(0.25)).select(x * series, exp(x.fast_min(splat(709.0))) - splat(1.0))
}
