//! Wasserstein distances of every order, through the coupling by quantiles.
//!
//! Mass that q has at μ + σt comes from x with t = Φ⁻¹(P(x)), whatever μ and σ are: the pairs (x, t) depend on the
//! target alone, and `W_p^p` = ∫ |μ + σ t(x) − x|^p p(x) dx.

use super::expansion::Expansion;
use super::normal_coupling::{Node, NormalCoupling};
use super::target::Target;
use crate::distribution::Gaussian;
use crate::numeric::crossings::crossings;
use crate::numeric::nodes::{FINE_DIGITS, Plan, Rule};
use crate::numeric::quadrature::integrate_many;
use crate::numeric::special::{HALF_LOG_TWO_PI, normal_cdf, normal_quantile, normal_survival};

/// Beyond this order, |d|^order moves the integrand out of the nodes' reach.
const TABLE_ORDER: f64 = 4.0;

impl Target {
    pub(super) fn coupling(&self) -> &NormalCoupling {
        self.coupling.get_or_init(|| {
            let mut plan = Plan::new(self.hull());
            for p in &self.parabolas {
                plan.peak(p.mean, 0.5 * p.sd, FINE_DIGITS);
            }
            for zero in &self.zeros {
                plan.singularity(zero.x, zero.distance, FINE_DIGITS, zero.width);
            }
            let mut nodes = Vec::new();
            Rule::Panels(plan.panels()).for_each(|x, w| {
                for (x, w) in x.to_array().into_iter().zip(w.to_array()) {
                    let t = self.standardised(x);
                    nodes.push(Node { x, t, slope: self.slope(x, t), mass: w * self.log_density(x).exp() });
                }
            });
            let sd = self.variance.sqrt();
            let (mut product, mut deficit) = (0.0, 0.0);
            for &Node { x, t, mass, .. } in &nodes {
                let z = (x - self.mean) / sd;
                product += (x - self.mean) * t * mass;
                deficit += (z - t) * (z - t) * mass;
            }
            NormalCoupling { nodes, product, deficit: 0.5 * sd * deficit }
        })
    }

    /// t(x) = Φ⁻¹(P(x)), from the nearer tail.
    fn standardised(&self, x: f64) -> f64 {
        if let [only] = self.parabolas.as_slice() {
            return (x - only.mean) / only.sd;
        }
        let components = || self.weights.iter().zip(&self.parabolas);
        let below: f64 = components().map(|(w, p)| w * normal_cdf((x - p.mean) / p.sd)).sum();
        if below <= 0.5 {
            return normal_quantile(below);
        }
        let above: f64 = components().map(|(w, p)| w * normal_survival((x - p.mean) / p.sd)).sum();
        -normal_quantile(above)
    }

    /// t′(x) = p(x) / φ(t).
    fn slope(&self, x: f64, t: f64) -> f64 {
        (self.log_density(x) + 0.5 * t * t + HALF_LOG_TWO_PI).exp()
    }

    /// W₂² = (μ − m)² + (σ − √v)² + 2σ (√v − ∫ P⁻¹ Φ⁻¹).
    pub(super) fn wasserstein_2_squared(&self, q: Gaussian) -> Expansion {
        let coupling = self.coupling();
        let (offset, sd) = (q.mean() - self.mean, q.sd());
        let excess = sd - self.variance.sqrt();
        Expansion {
            value: offset * offset + excess * excess + 2.0 * sd * coupling.deficit,
            gradient: [2.0 * offset, 2.0 * sd * (excess + coupling.deficit)],
            hessian: [2.0, 0.0, 2.0 * sd * (sd + excess + coupling.deficit)],
        }
    }

    /// The one minimum of W₂ over Gaussians.
    pub(super) fn wasserstein_2_optimum(&self) -> Option<Gaussian> {
        Gaussian::new(self.mean, self.coupling().product).ok()
    }

    /// `W_p^p` for any order p ≥ 1.
    pub(super) fn transport_cost(&self, order: f64, q: Gaussian) -> Expansion {
        if order == 1.0 {
            self.wasserstein_1(q)
        } else if order == 2.0 {
            self.wasserstein_2_squared(q)
        } else {
            let (unit, expansion) = self.scaled_cost(order, q);
            expansion.scaled(unit.powf(order))
        }
    }

    /// `W_p` for any order p ≥ 1; where it is 0 it has no derivatives and they come out as NaN.
    pub(super) fn wasserstein(&self, order: f64, q: Gaussian) -> Expansion {
        if order == 1.0 {
            self.wasserstein_1(q)
        } else if order == 2.0 {
            self.wasserstein_2_squared(q).power(0.5)
        } else {
            // The unit keeps powers of a high order in range.
            let (unit, expansion) = self.scaled_cost(order, q);
            expansion.power(1.0 / order).scaled(unit)
        }
    }

    /// `W_p^p` in a unit of length near `W_p`, and that unit.
    fn scaled_cost(&self, order: f64, q: Gaussian) -> (f64, Expansion) {
        let unit = self.wasserstein_2_squared(q).value.sqrt();
        if unit <= 0.0 {
            return (1.0, Expansion { value: 0.0, gradient: [f64::NAN; 2], hessian: [f64::NAN; 3] });
        }
        let (mean, sd) = (q.mean(), q.sd());
        let terms = |x: f64, t: f64, mass: f64| {
            let d = (mean + sd * t - x) / unit;
            if mass == 0.0 || !d.is_finite() {
                // The mass underflows where the cdf does.
                return [0.0; 8];
            }
            let power = d.abs().powf(order - 1.0);
            let (first, second) = (order * power.copysign(d), order * (order - 1.0) * power / d.abs());
            let (by_mean, by_scale) = (1.0 / unit, sd * t / unit);
            let bend = |a: f64, b: f64| if a * b == 0.0 { 0.0 } else { second * a * b * mass };
            [
                power * d.abs() * mass,
                first * by_mean * mass,
                first * by_scale * mass,
                bend(by_mean, by_mean),
                bend(by_mean, by_scale),
                bend(by_scale, by_scale) + first * by_scale * mass,
                0.0,
                0.0,
            ]
        };
        let sums = if order == 4.0 {
            // |d|⁴ is smooth wherever d changes sign.
            let mut sums = [0.0; 8];
            for &Node { x, t, mass, .. } in &self.coupling().nodes {
                for (sum, term) in sums.iter_mut().zip(terms(x, t, mass)) {
                    *sum += term;
                }
            }
            sums
        } else {
            let pieces = self.pieces(order, q);
            let areas: Vec<_> = pieces.windows(2).map(|ends| (ends[0], ends[1])).collect();
            integrate_many(&areas, 6, &mut |x, values| {
                *values = terms(x, self.standardised(x), self.log_density(x).exp());
            })
        };
        let [value, by_mean, by_scale, a, b, d, ..] = sums;
        (unit, Expansion { value, gradient: [by_mean, by_scale], hessian: [a, b, d] })
    }

    /// The ends of the pieces on which |μ + σ t(x) − x|^order p(x) is smooth.
    fn pieces(&self, order: f64, q: Gaussian) -> Vec<f64> {
        let at = |x: f64, t: f64, slope: f64| (q.mean() + q.sd() * t - x, q.sd() * slope - 1.0);
        let mut distance = |x: f64| {
            let t = self.standardised(x);
            at(x, t, self.slope(x, t))
        };
        let sample = |node: &Node| {
            let (value, slope) = at(node.x, node.t, node.slope);
            (node.x, value, slope)
        };
        let samples: Vec<_> = self.coupling().nodes.iter().map(sample).collect();
        let scale = q.sd() + self.variance.sqrt();
        let (_, mut points) = crossings(&samples, 1e-14 * scale, &mut distance);
        // |x|^order p(x) has its greatest part near √order standard deviations; t underflows beyond 37.
        let reach = (9.0 + if order > TABLE_ORDER { order.sqrt() } else { 0.0 }).min(37.0);
        for p in &self.parabolas {
            points.extend([-reach, -4.0, -1.5, 0.0, 1.5, 4.0, reach].map(|z| p.mean + z * p.sd));
        }
        crate::order::ascending(&mut points);
        points
    }

    /// `W_∞` = sup |μ + σ t(x) − x|: infinite unless σ is that of the widest component, whose tails are p's.
    pub(super) fn wasserstein_infinity(&self, q: Gaussian) -> Expansion {
        if q.sd() != self.widest() {
            return Expansion::INFINITE;
        }
        let (low, high) = self.displacements();
        let (below, above) = (q.mean() - high, q.mean() - low);
        let side = if above.abs() > below.abs() { above.signum() } else { below.signum() };
        let tie = above.abs() == below.abs();
        Expansion {
            value: above.abs().max(below.abs()),
            gradient: [if tie { f64::NAN } else { side }, f64::NAN],
            hessian: [f64::NAN; 3],
        }
    }

    /// The best Gaussian for `W_∞` and its distance: midway between the least and the greatest displacement.
    pub(super) fn wasserstein_infinity_optimum(&self) -> Option<(Gaussian, f64)> {
        let (low, high) = self.displacements();
        Some((Gaussian::new(0.5 * (low + high), self.widest()).ok()?, 0.5 * (high - low)))
    }

    fn widest(&self) -> f64 {
        self.parabolas.iter().map(|p| p.sd).fold(0.0, f64::max)
    }

    /// The least and the greatest x − σt(x), σ being the widest component's.
    fn displacements(&self) -> (f64, f64) {
        let sd = self.widest();
        // Far out the widest component that lies furthest that way is all of p: x − σt tends to its mean.
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for p in self.parabolas.iter().filter(|p| p.sd == sd) {
            (low, high) = (low.min(p.mean), high.max(p.mean));
        }
        let slope = |x: f64| (1.0 - sd * self.slope(x, self.standardised(x)), 0.0);
        let samples: Vec<_> =
            self.coupling().nodes.iter().map(|node| (node.x, 1.0 - sd * node.slope, 0.0)).collect();
        let (_, turning) = crossings(&samples, 1e-12, &mut |x| slope(x));
        for x in turning {
            let displacement = x - sd * self.standardised(x);
            (low, high) = (low.min(displacement), high.max(displacement));
        }
        (low, high)
    }
}
