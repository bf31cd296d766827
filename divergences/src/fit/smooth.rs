//! The f-divergences whose integrand is smooth, to second order in the model's parameters.
//!
//! With r = p/q, D = ∫ q f(r) has the gradient ∫ (∂q) g(r), g(r) = f(r) − r f′(r), and the Hessian
//! ∫ (∂²q) g(r) + q (∂ log q)(∂ log q)ᵀ r² f″(r). For a Gaussian q everything follows from the moments of
//! q g and q r² f″ in z = (x − μ)/σ. Constants in g drop out and are chosen so that nothing cancels.

use wide::f64x2;

use super::densities::Densities;
use super::quadrature::{Plan, Rule};
use super::target::{Parabola, Target};
use crate::distribution::Gaussian;
use crate::distribution::simd::{Logarithm, exp, splat};

/// What is left of an integrand's Gaussian part is at most e^−this, relative to the whole.
const DIGITS: f64 = 28.0;
/// How much of an [`Expansion`] is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Value and gradient, to 1e-9 of each.
    Exact,
    /// The gradient so, the value to 1e-12 of 1.
    Descent,
    /// And the Hessian.
    Curvature,
}

impl Detail {
    /// [`DIGITS`] for the zeros of densities off the real axis where a logarithm makes branch points of them, whose error
    /// comes out smaller than e^−this. Powers need those in full (for a small α the error is divided by it), and so do
    /// peaks, whose error grows with the moment's order.
    fn digits_at_zeros(self) -> f64 {
        if self == Self::Exact { 24.0 } else { DIGITS }
    }

    /// The value below which a divergence is integrated again without cancellation.
    fn near(self) -> f64 {
        if self == Self::Exact { 3e-3 } else { 1e-9 }
    }

    /// How near to 0 or 1 an α is when 1/(α(α−1)) would lose too many digits.
    fn near_limit(self) -> f64 {
        if self == Self::Exact { NEAR_LIMIT } else { 0.01 * NEAR_LIMIT }
    }
}

/// A divergence's value with its first and second derivatives in (μ, log σ).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expansion {
    pub(super) value: f64,
    /// ∂/∂μ and ∂/∂log σ.
    pub(super) gradient: [f64; 2],
    /// ∂²/∂μ², ∂²/∂μ∂log σ and ∂²/∂(log σ)².
    pub(super) hessian: [f64; 3],
}

impl Expansion {
    /// An infinite divergence, which has no derivative.
    pub(super) const INFINITE: Self =
        Self { value: f64::INFINITY, gradient: [f64::NAN; 2], hessian: [f64::NAN; 3] };

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self {
            value: factor * self.value,
            gradient: self.gradient.map(|x| factor * x),
            hessian: self.hessian.map(|x| factor * x),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let add = |a: f64, b: f64| a + b;
        Self {
            value: self.value + other.value,
            gradient: [0, 1].map(|i| add(self.gradient[i], other.gradient[i])),
            hessian: [0, 1, 2].map(|i| add(self.hessian[i], other.hessian[i])),
        }
    }

    /// The expansion of u^power.
    pub(super) fn power(self, power: f64) -> Self {
        let value = self.value.powf(power);
        let first = power * self.value.powf(power - 1.0);
        let second = power * (power - 1.0) * self.value.powf(power - 2.0);
        let [a, b] = self.gradient;
        Self {
            value,
            gradient: [first * a, first * b],
            hessian: [
                first * self.hessian[0] + second * a * a,
                first * self.hessian[1] + second * a * b,
                first * self.hessian[2] + second * b * b,
            ],
        }
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
        let log_peak = -q.sd().ln() - super::target::HALF_LOG_TWO_PI;
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
            value = match kernel {
                Kernel::ReverseKl => self.near(0.0, q),
                Kernel::JensenShannon => self.near_jensen_shannon(q),
                Kernel::Alpha(alpha) => self.near(alpha, q),
            };
        }
        if !value.is_finite() {
            return Expansion::INFINITE;
        }
        let precision = 1.0 / q.sd();
        let (g, c) = (sums.first, sums.second);
        Expansion {
            value,
            gradient: [g[1] * precision, g[2] - g[0]],
            hessian: [
                (g[2] - g[0] + c[2]) * precision * precision,
                (g[3] - 3.0 * g[1] + c[3] - c[1]) * precision,
                g[4] - 4.0 * g[2] + g[0] + c[4] - 2.0 * c[2] + c[0],
            ],
        }
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
        let mut densities = Densities::new(self, model, rule, shift, logs);
        let direct = densities.direct();
        let logarithm = Logarithm::load();
        while let Some(block) = densities.next_block() {
            for i in 0..block.count {
                let (p, q, l) = (block.p[i], block.q[i], block.log_ratio[i]);
                // v, q g and q r² f″ of each kernel.
                let (v, g, c) = match kernel {
                    Kernel::ReverseKl => {
                        let g = -(q * l);
                        (g, g, q)
                    }
                    Kernel::JensenShannon => {
                        // JS = log 2 − ∫ v: where the two hardly overlap, nothing cancels in the derivatives.
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
                        // Less the constant 1/α, which the moments of q would have to cancel.
                        let e = exp_m1(l * splat(alpha));
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
        let scale = shift.exp();
        Sums {
            value: value.reduce_add() * scale,
            first: first.map(|x| x.reduce_add() * scale),
            second: second.map(|x| x.reduce_add() * scale),
        }
    }

    /// Where the kernel's integrand lives and how finely it must be cut, with the logarithm of its greatest part;
    /// `None` if the integral is infinite.
    fn plan(&self, kernel: Kernel, q: &Parabola, detail: Detail) -> Option<(Plan, f64)> {
        let digits = detail.digits_at_zeros();
        match kernel {
            Kernel::ReverseKl => Some((self.plan_over_model(q, digits), q.top)),
            Kernel::Alpha(alpha) if alpha < 0.0 => self.plan_against_target(alpha, q),
            Kernel::Alpha(alpha) => self.plan_product(alpha, q),
            Kernel::JensenShannon => Some(self.plan_overlap(q, digits)),
        }
    }

    /// For q times a power of log p: all of q.
    fn plan_over_model(&self, q: &Parabola, digits: f64) -> Plan {
        let mut plan = Plan::new((q.mean - 7.8 * q.sd, q.mean + 7.8 * q.sd));
        plan.peak(q.mean, q.sd, DIGITS + 1.0);
        for zero in &self.zeros {
            let log = q.at_complex(zero.x, zero.distance);
            plan.singularity(zero.x, zero.distance, digits + log - q.top, q.sd);
        }
        plan
    }

    /// For p^α q^(1−α) with α > 0: wherever a component's own product with q is large.
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
            // There the constant 1/α is subtracted, which spreads over all of q.
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

    /// For p^α q^(1−α) with α < 0, which is at most the least of its components' own: where all of those are large.
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
        // The greatest part, from below: at each parabola's top, and where neighbours in p cross.
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

    /// For the overlap that parts JS from log 2, an integrand about as large as the lesser of p and q.
    fn plan_overlap(&self, q: &Parabola, digits: f64) -> (Plan, f64) {
        // The greatest lesser of each component and q: at one of the two tops, or where they cross in between.
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

    /// An α-divergence (KL(p‖q) at 1, KL(q‖p) at 0) from a sum without cancellation, for p close to q or α to 0 or 1.
    fn near(&self, alpha: f64, q: Gaussian) -> f64 {
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
            // The lesser ratio, so that nothing overflows; exchanging p and q exchanges α and 1 − α.
            if l <= 0.0 { q * generator(alpha, l) } else { p * generator(1.0 - alpha, -l) }
        })
    }

    /// JS likewise: JS = ∫ ½(p + q) (y tanh y − log cosh y), y = ½ log(p/q).
    fn near_jensen_shannon(&self, q: Gaussian) -> f64 {
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

/// How near to 0 or 1 an α is when 1/(α(α−1)) would lose digits.
const NEAR_LIMIT: f64 = 0.1;

/// The non-negative generator (r^α − 1 − α(r − 1)) / (α(α−1)) at r = e^l, with its limits at α = 0 and 1, without
/// cancellation.
fn generator(alpha: f64, l: f64) -> f64 {
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

/// e^x − 1 with full relative accuracy near 0.
#[inline(always)]
fn exp_m1(x: f64x2) -> f64x2 {
    let mut series = splat(1.0);
    for n in (2..=12).rev() {
        series = series * x * splat(1.0 / f64::from(n)) + splat(1.0);
    }
    x.abs().simd_lt(splat(0.25)).select(x * series, exp(x.fast_min(splat(709.0))) - splat(1.0))
}
