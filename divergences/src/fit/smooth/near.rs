//! Smooth f-divergences of pairs so close that the usual sums would cancel.

use crate::distribution::Gaussian;
use crate::fit::parabola::Parabola;
use crate::fit::target::Target;
use crate::numeric::nodes::{DIGITS, Plan, Rule};
use crate::numeric::simd::exp;

impl Target {
    /// An α-divergence (KL(p‖q) at 1, KL(q‖p) at 0) from a sum without cancellation, for p close to q, or α
    /// to 0 or 1.
    pub(super) fn near(&self, alpha: f64, q: Gaussian) -> f64 {
        // Outside 0 ≤ α ≤ 1 the tails are those of the widest component's own product with q.
        let model = Parabola::new(0.0, q);
        let mut tails = (q.mean(), q.mean());
        for p in &self.parabolas {
            let (a, b) = (alpha * p.scale * p.scale, (1.0 - alpha) * model.scale * model.scale);
            if a + b > 0.0 {
                let (mean, reach) =
                    (q.mean() + a / (a + b) * (p.mean - q.mean()), 8.0 * (0.5 / (a + b)).sqrt());
                tails = (tails.0.min(mean - reach), tails.1.max(mean + reach));
            }
        }
        self.integrate_near(q, tails, |l, p, q| {
            // The ratio is taken so that it is at most 1, and nothing overflows: exchanging p and q exchanges
            // α and 1 − α.
            if l <= 0.0 { q * alpha_generator(alpha, l) } else { p * alpha_generator(1.0 - alpha, -l) }
        })
    }

    /// The Jensen–Shannon divergence likewise: JS = ∫ ½(p + q) (y tanh y − log cosh y), y = ½ log(p/q).
    pub(super) fn near_jensen_shannon(&self, q: Gaussian) -> f64 {
        self.integrate_near(q, (q.mean(), q.mean()), |l, p, q| {
            let y = 0.5 * l.abs();
            let s = y * y;
            let mean = if y < 0.05 {
                s * (0.5 + s * (-0.25 + s * (1.0 / 9.0 + s * (-17.0 / 360.0 + s * (31.0 / 1575.0)))))
            } else {
                // log cosh y = y + log(1 + e^−2y) − log 2.
                y * (y.tanh() - 1.0) - (-2.0 * y).exp().ln_1p() + std::f64::consts::LN_2
            };
            0.5 * (p + q) * mean
        })
    }

    /// ∫ f(log(p/q), p, q) over all of both, and over `tails`.
    fn integrate_near(&self, q: Gaussian, tails: (f64, f64), f: impl Fn(f64, f64, f64) -> f64) -> f64 {
        let model = Parabola::new(0.0, q);
        let (from, to) = self.hull();
        let (from, to) = (from.min(q.mean() - 9.0 * q.sd()), to.max(q.mean() + 9.0 * q.sd()));
        let mut plan = Plan::new((from.min(tails.0), to.max(tails.1)));
        for p in self.parabolas.iter().chain([&model]) {
            plan.peak(p.mean, p.sd, DIGITS);
        }
        for p in &self.parabolas {
            for (x, distance) in p.zeros_with(&model).into_iter().flatten() {
                plan.singularity(x, distance, DIGITS, model.sd.max(p.sd));
            }
        }
        for zero in &self.zeros {
            plan.singularity(zero.x, zero.distance, DIGITS, model.sd.max(zero.width));
        }
        let mut sum = 0.0;
        Rule::Panels(plan.panels()).for_each(|x, w| {
            let (log_p, log_q) = (self.log_density_pair(x), model.at_pair(x));
            let (l, p, q) = ((log_p - log_q).to_array(), exp(log_p).to_array(), exp(log_q).to_array());
            let w = w.to_array();
            sum += w[0] * f(l[0], p[0], q[0]) + w[1] * f(l[1], p[1], q[1]);
        });
        sum
    }
}

/// The non-negative generator (r^α − 1 − α(r − 1)) / (α(α−1)) at r = e^l, with its limits at α = 0 and 1, without
/// cancellation.
fn alpha_generator(alpha: f64, l: f64) -> f64 {
    if l.abs() * (1.0 + alpha.abs()) < 0.3 {
        // Σ lⁿ/n! (1 + α + … + α^(n−2)), n ≥ 2.
        let (mut power, mut geometric, mut sum) = (0.5 * l * l, 1.0, 0.0);
        for n in 2..16 {
            sum += power * geometric;
            power *= l / f64::from(n + 1);
            geometric = geometric * alpha + 1.0;
        }
        return sum;
    }
    let over = |a: f64| if a == 0.0 { l } else { (a * l).exp_m1() / a };
    if (alpha - 1.0).abs() < 0.5 {
        (l.exp() * over(alpha - 1.0) - l.exp_m1()) / alpha
    } else {
        (over(alpha) - l.exp_m1()) / (alpha - 1.0)
    }
}
