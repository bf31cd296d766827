//! The regions in which the integrands of smooth f-divergences are not negligible, and how finely they must
//! be divided.

use super::{Kernel, NEAR_LIMIT};
use crate::fit::expansion::Detail;
use crate::fit::parabola::Parabola;
use crate::fit::target::Target;
use crate::numeric::nodes::{DIGITS, Plan};

impl Target {
    /// The region of the kernel's integrand and its division, with the logarithm of the greatest part of the
    /// integrand. `None` if the integral is infinite.
    pub(super) fn plan(&self, kernel: Kernel, q: &Parabola, detail: Detail) -> Option<(Plan, f64)> {
        let digits = detail.digits_at_zeros();
        match kernel {
            Kernel::ReverseKl => Some((self.plan_over_model(q, digits), q.top)),
            Kernel::Alpha(alpha) if alpha < 0.0 => self.plan_against_target(alpha, q),
            Kernel::Alpha(alpha) => self.plan_product(alpha, q),
            Kernel::JensenShannon => Some(self.plan_overlap(q, digits)),
        }
    }

    /// The plan for q times a power of log p: all of q.
    fn plan_over_model(&self, q: &Parabola, digits: f64) -> Plan {
        let mut plan = Plan::new((q.mean - 7.8 * q.sd, q.mean + 7.8 * q.sd));
        plan.peak(q.mean, q.sd, DIGITS + 1.0);
        for zero in &self.zeros {
            let log = q.at_complex(zero.x, zero.distance);
            plan.singularity(zero.x, zero.distance, digits + log - q.top, q.sd);
        }
        plan
    }

    /// The plan for p^α q^(1−α) with α > 0: wherever a component's own product with q is large.
    fn plan_product(&self, alpha: f64, q: &Parabola) -> Option<(Plan, f64)> {
        let product = |p: &Parabola| {
            let (a, b) = (alpha * p.scale * p.scale, (1.0 - alpha) * q.scale * q.scale);
            let half_precision = a + b;
            let mean = p.mean + b / half_precision * (q.mean - p.mean);
            let log = alpha * p.at(mean) + (1.0 - alpha) * q.at(mean);
            (mean, (0.5 / half_precision).sqrt(), log, half_precision)
        };
        let mut ceiling = f64::NEG_INFINITY;
        for parabola in &self.parabolas {
            let (_, _, log, half_precision) = product(parabola);
            if half_precision <= 0.0 {
                return None;
            }
            ceiling = ceiling.max(log);
        }
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for parabola in &self.parabolas {
            let (mean, width, log, _) = product(parabola);
            let reach = (2.0 * (DIGITS + 3.0 + log - ceiling)).max(0.0).sqrt() * width;
            (from, to) = (from.min(mean - reach), to.max(mean + reach));
        }
        if alpha < NEAR_LIMIT {
            // The constant 1/α that is subtracted spreads over all of q.
            (from, to) = (from.min(q.mean - 7.8 * q.sd), to.max(q.mean + 7.8 * q.sd));
        }
        let mut plan = Plan::new((from, to));
        for parabola in &self.parabolas {
            let (mean, width, log, _) = product(parabola);
            plan.peak(mean, width, DIGITS + log - ceiling);
        }
        if alpha.fract() != 0.0 {
            for zero in &self.zeros {
                let log = alpha * zero.log_modulus + (1.0 - alpha) * q.at_complex(zero.x, zero.distance);
                let precision = alpha / (zero.width * zero.width) + (1.0 - alpha) / (q.sd * q.sd);
                plan.singularity(zero.x, zero.distance, DIGITS + log - ceiling, 1.0 / precision.sqrt());
            }
        }
        Some((plan, ceiling))
    }

    /// The plan for p^α q^(1−α) with α < 0. It is at most the least of the components' own products: where
    /// all of those are large.
    fn plan_against_target(&self, alpha: f64, q: &Parabola) -> Option<(Plan, f64)> {
        let log = |x: f64| alpha * self.log_density(x) + (1.0 - alpha) * q.at(x);
        let product = |p: &Parabola| {
            let (a, b) = (alpha * p.scale * p.scale, (1.0 - alpha) * q.scale * q.scale);
            let half_precision = a + b;
            let mean = q.mean + a / half_precision * (p.mean - q.mean);
            let top = alpha * p.at(mean) + (1.0 - alpha) * q.at(mean);
            (mean, half_precision, top)
        };
        let widest = self.parabolas.iter().max_by(|a, b| a.sd.total_cmp(&b.sd))?;
        if product(widest).1 <= 0.0 {
            return None;
        }
        // A lower bound of the greatest part: at each parabola's top, and where neighbours in p cross.
        let mut ceiling = log(q.mean);
        for parabola in &self.parabolas {
            let (mean, half_precision, _) = product(parabola);
            if half_precision > 0.0 {
                ceiling = ceiling.max(log(mean));
            }
        }
        for zero in &self.zeros {
            ceiling = ceiling.max(log(zero.x));
        }
        let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
        for parabola in &self.parabolas {
            let (mean, half_precision, top) = product(parabola);
            if half_precision > 0.0 {
                let reach = ((DIGITS + 3.0 + top - ceiling).max(0.0) / half_precision).sqrt();
                (from, to) = (from.max(mean - reach), to.min(mean + reach));
            }
        }
        if alpha > -NEAR_LIMIT {
            (from, to) = (from.min(q.mean - 7.8 * q.sd), to.max(q.mean + 7.8 * q.sd));
        }
        let mut plan = Plan::new((from, to));
        plan.peaks_anywhere(q.sd / (1.0 - alpha).sqrt(), DIGITS);
        for zero in &self.zeros {
            let log = alpha * zero.log_modulus + (1.0 - alpha) * q.at_complex(zero.x, zero.distance);
            plan.singularity(zero.x, zero.distance, DIGITS + log - ceiling, q.sd / (1.0 - alpha).sqrt());
        }
        Some((plan, ceiling))
    }

    /// The plan for the overlap that parts JS from log 2, an integrand about as large as the lesser of p and
    /// q.
    fn plan_overlap(&self, q: &Parabola, digits: f64) -> (Plan, f64) {
        // The maximum of the lesser of a component and q: at one of the two tops, or where they cross in
        // between.
        let overlap = |p: &Parabola| {
            if p.at(p.mean) <= q.at(p.mean) {
                return p.top;
            }
            if q.at(q.mean) <= p.at(q.mean) {
                return q.top;
            }
            p.crossing_height(q)
        };
        let ceiling = self.parabolas.iter().map(overlap).fold(f64::NEG_INFINITY, f64::max);
        let reach = |p: &Parabola| (DIGITS + 3.0 + p.top - ceiling).max(0.0).sqrt() / p.scale;
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for parabola in &self.parabolas {
            let reach = reach(parabola);
            (from, to) = (from.min(parabola.mean - reach), to.max(parabola.mean + reach));
        }
        let mut plan = Plan::new((from.max(q.mean - reach(q)), to.min(q.mean + reach(q))));
        plan.peak(q.mean, q.sd, DIGITS);
        for parabola in &self.parabolas {
            plan.peak(parabola.mean, parabola.sd, DIGITS + overlap(parabola) - ceiling);
            for (x, distance) in parabola.zeros_with(q).into_iter().flatten() {
                let log = q.at_complex(x, distance);
                let outweighed = self.parabolas.iter().any(|p| p.at_complex(x, distance) > log + 1.5);
                if !outweighed {
                    plan.singularity(x, distance, digits + log - ceiling, q.sd.max(parabola.sd));
                }
            }
        }
        for zero in &self.zeros {
            let log = zero.log_modulus.min(q.at_complex(zero.x, zero.distance));
            plan.singularity(zero.x, zero.distance, digits + log - ceiling, q.sd.max(zero.width));
        }
        (plan, ceiling)
    }
}
