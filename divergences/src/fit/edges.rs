//! Total variation and W₁, in closed form between the points where densities or cdfs cross.

use super::expansion::Expansion;
use super::parabola::Parabola;
use super::target::Target;
use crate::distribution::Gaussian;
use crate::numeric::crossings::crossings;
use crate::numeric::nodes::{Plan, Rule};
use crate::numeric::special::{normal_cdf, normal_density, normal_survival};

impl Target {
    /// Total variation, ∫ (q − p) over the set where q > p.
    ///
    /// Derivatives of the integral are boundary terms, since ∂q/∂μ = −q′ and ∂q/∂log σ = −((x − μ) q)′; only the
    /// Hessian feels the boundary move.
    pub(super) fn total_variation(&self, q: Gaussian) -> Expansion {
        let model = Parabola::new(0.0, q);
        let mut ratio = |x: f64| {
            let (log_p, slope) = self.log_density_and_slope(x);
            (model.at(x) - log_p, model.slope(x) - slope)
        };
        // The noise is the rounding of two logarithms of the order of 10.
        let (sign, points) = crossings(&self.ratio_samples(&model), 1e-14, &mut ratio);
        let mut total = Expansion::default();
        // Each end of an interval where q > p contributes an antiderivative: positive at its upper end,
        // negative at its lower.
        let mut above = sign > 0.0;
        for &x in &points {
            let side = if above { 1.0 } else { -1.0 };
            above = !above;
            let z = (x - q.mean()) / q.sd();
            let density = q.density(x);
            let scores = [z / q.sd(), z * z - 1.0];
            let bend = (density * model.slope(x) - density * self.log_density_and_slope(x).1).abs();
            // The boundary moves by the inverse of q′ − p′, taken where p = q.
            let moving = density * density / bend;
            total.gradient[0] -= side * density;
            total.gradient[1] -= side * density * z * q.sd();
            total.hessian[0] += -side * density * z / q.sd() + moving * scores[0] * scores[0];
            total.hessian[1] += -side * density * scores[1] + moving * scores[0] * scores[1];
            total.hessian[2] += -side * density * z * q.sd() * scores[1] + moving * scores[1] * scores[1];
            // The mass is counted from the left, or from the right if that end is nearer: over the whole line
            // ∫ (q − p) is 0.
            total.value += side * self.cdf_difference(q, x);
        }
        total
    }

    /// W₁ = ∫ |Q − P|, with the cdfs Q and P.
    pub(super) fn wasserstein_1(&self, q: Gaussian) -> Expansion {
        let mut difference = |x: f64| (self.cdf_difference(q, x), q.density(x) - self.log_density(x).exp());
        // Q − P has the sign of z − t with Q = Φ(z) and P = Φ(t), and the target's nodes know t and t′.
        let samples: Vec<_> = self
            .coupling()
            .nodes
            .iter()
            .map(|node| ((node.x - q.mean()) / q.sd() - node.t, 1.0 / q.sd() - node.slope, node.x))
            .map(|(value, slope, x)| (x, value, slope))
            .collect();
        let (sign, points) = crossings(&samples, 1e-14, &mut difference);
        let mut total = Expansion::default();
        let mut sign = sign;
        for &x in &points {
            // The antiderivatives of Q − P and of the derivatives of Q count twice: with one sign below x,
            // with the other above.
            let side = 2.0 * sign;
            sign = -sign;
            let z = (x - q.mean()) / q.sd();
            let density = q.density(x);
            let slide = [-density, -density * z * q.sd()];
            let gap = (density - self.log_density(x).exp()).abs();
            let moving = |a: f64, b: f64| if a * b == 0.0 { 0.0 } else { 2.0 * a * b / gap };
            total.value += side * self.cdf_difference_integral(q, x);
            total.gradient[0] -= side * normal_cdf(z);
            total.gradient[1] += side * density * q.sd() * q.sd();
            total.hessian[0] += side * density + moving(slide[0], slide[0]);
            total.hessian[1] += side * density * z * q.sd() + moving(slide[0], slide[1]);
            total.hessian[2] += side * density * q.sd() * q.sd() * (1.0 + z * z) + moving(slide[1], slide[1]);
        }
        // The last interval reaches to infinity, where the antiderivative of Q − P is m − μ and that of ∂Q/∂μ −1.
        total.value += sign * (self.mean - q.mean());
        total.gradient[0] -= sign;
        total
    }

    /// (x, log(q/p), its slope) on nodes that follow the scales of p, and of q.
    fn ratio_samples(&self, q: &Parabola) -> Vec<(f64, f64, f64)> {
        let profile = self.profile.get_or_init(|| {
            let mut plan = Plan::new(self.hull());
            for p in &self.parabolas {
                plan.peak(p.mean, p.sd, 1.0);
            }
            let mut profile = Vec::new();
            Rule::Panels(plan.panels()).for_each(|x, _| {
                for x in x.to_array() {
                    let (log, slope) = self.log_density_and_slope(x);
                    profile.push((x, log, slope));
                }
            });
            profile
        });
        let own = [-9.0, -4.0, -1.5, 0.0, 1.5, 4.0, 9.0].map(|z| {
            let x = q.mean + z * q.sd;
            let (log, slope) = self.log_density_and_slope(x);
            (x, log, slope)
        });
        let mut samples = Vec::with_capacity(profile.len() + own.len());
        let mut own = own.into_iter().peekable();
        for &node in profile {
            while let Some(extra) = own.next_if(|extra| extra.0 < node.0) {
                samples.push(extra);
            }
            samples.push(node);
        }
        samples.extend(own);
        for (x, value, slope) in &mut samples {
            (*value, *slope) = (q.at(*x) - *value, q.slope(*x) - *slope);
        }
        samples
    }

    /// log p and its derivative.
    pub(super) fn log_density_and_slope(&self, x: f64) -> (f64, f64) {
        let log = self.log_density(x);
        let slope = self.parabolas.iter().map(|p| (p.at(x) - log).exp() * p.slope(x)).sum();
        (log, slope)
    }

    /// Q(x) − P(x), from the nearer tail.
    fn cdf_difference(&self, q: Gaussian, x: f64) -> f64 {
        let components = || self.weights.iter().zip(&self.parabolas);
        if x < q.mean() {
            let p: f64 = components().map(|(w, p)| w * normal_cdf((x - p.mean) / p.sd)).sum();
            normal_cdf((x - q.mean()) / q.sd()) - p
        } else {
            let p: f64 = components().map(|(w, p)| w * normal_survival((x - p.mean) / p.sd)).sum();
            p - normal_survival((x - q.mean()) / q.sd())
        }
    }

    /// ∫ (Q − P) from −∞ to x.
    fn cdf_difference_integral(&self, q: Gaussian, x: f64) -> f64 {
        let components = || self.weights.iter().zip(&self.parabolas);
        if x < q.mean() {
            let below = |mean: f64, sd: f64| sd * integral((x - mean) / sd);
            below(q.mean(), q.sd()) - components().map(|(w, p)| w * below(p.mean, p.sd)).sum::<f64>()
        } else {
            // ∫ of a cdf up to x is x − mean plus ∫ of the survival beyond x.
            let above = |mean: f64, sd: f64| sd * integral((mean - x) / sd);
            let p: f64 = components().map(|(w, p)| w * above(p.mean, p.sd)).sum();
            (self.mean - q.mean()) + above(q.mean(), q.sd()) - p
        }
    }
}

/// ∫ Φ from −∞ to z.
fn integral(z: f64) -> f64 {
    z * normal_cdf(z) + normal_density(z)
}
