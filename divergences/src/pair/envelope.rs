//! Where another component of a mixture becomes the heaviest: there the logarithm of its density bends.
//!
//! Between such places log-densities are parabolas or straight lines, nearly, and so is α log p + (1 − α) log q, whatever α is.

use super::parts::{Component, Parts};
use crate::distribution::Distribution;

/// A log-density on an interval: its top, and a slope and half a precision with which it changes away from a centre.
#[derive(Clone, Copy, Debug)]
struct Arc {
    interval: (f64, f64),
    centre: f64,
    top: f64,
    slope: f64,
    half_precision: f64,
}

/// A place where the heaviest component changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bend {
    pub(super) x: f64,
    /// Slope and curvature of the log-density below and above it.
    pub(super) below: (f64, f64),
    pub(super) above: (f64, f64),
}

impl Arc {
    /// A parabola of a Gaussian's shape, or a level line where `sd` is infinite, with the value `log` at `x`.
    fn through(x: f64, log: f64, mean: f64, sd: f64, interval: (f64, f64)) -> Self {
        let half_precision = 0.5 / sd / sd;
        let top = log + half_precision * (x - mean) * (x - mean);
        Self { interval, centre: mean, top, slope: 0.0, half_precision }
    }

    fn at(&self, x: f64) -> f64 {
        let t = x - self.centre;
        self.top + t * (self.slope - self.half_precision * t)
    }

    /// Slope and curvature at `x`.
    fn bend(&self, x: f64) -> (f64, f64) {
        (self.slope - 2.0 * self.half_precision * (x - self.centre), -2.0 * self.half_precision)
    }

    fn covers(&self, x: f64) -> bool {
        self.interval.0 <= x && x <= self.interval.1
    }

    /// Where two of them cross.
    fn crossings(&self, other: &Self) -> [f64; 2] {
        // Of a t² + b t + c, t = x − centre: one root is h/a, the other c/h, so that nothing cancels.
        let distance = other.centre - self.centre;
        let a = other.half_precision - self.half_precision;
        let b = self.slope - other.slope - 2.0 * other.half_precision * distance;
        let c = self.top - other.top + distance * (other.slope + other.half_precision * distance);
        let h = -0.5 * (b + (b * b - 4.0 * a * c).sqrt().copysign(b));
        [h / a, c / h].map(|t| self.centre + t)
    }

    /// The arcs of a component, its weight included.
    fn of(component: &Component) -> Vec<Self> {
        let mut arcs = Self::of_whole(component.distribution);
        for arc in &mut arcs {
            arc.top += component.log_weight;
        }
        arcs
    }

    fn of_whole(distribution: &Distribution) -> Vec<Self> {
        let line = (f64::NEG_INFINITY, f64::INFINITY);
        match distribution {
            Distribution::Gaussian(d) => {
                vec![Self::through(d.mean(), d.log_density(d.mean()), d.mean(), d.sd(), line)]
            }
            Distribution::Laplace(d) => [(line.0, d.location(), 1.0), (d.location(), line.1, -1.0)]
                .map(|(lower, upper, sign)| Self {
                    interval: (lower, upper),
                    centre: d.location(),
                    top: d.log_density(d.location()),
                    slope: sign / d.scale(),
                    half_precision: 0.0,
                })
                .to_vec(),
            Distribution::Truncated(d) => {
                let base = d.base();
                let mut arcs = Self::of_whole(&base);
                for arc in &mut arcs {
                    arc.interval = (arc.interval.0.max(d.lower()), arc.interval.1.min(d.upper()));
                    let x = crate::order::clamp(arc.centre, arc.interval.0, arc.interval.1);
                    arc.top += d.log_density(x) - base.log_density(x);
                }
                arcs.retain(|arc| arc.interval.0 < arc.interval.1);
                arcs
            }
            Distribution::Smoothed(d) => {
                // Level or a wide Gaussian between the ends, and the noise's Gaussian beyond.
                let (a, b) = d.ends();
                let mut arcs = Vec::new();
                for (end, interval) in [(a, (line.0, a)), (b, (b, line.1))] {
                    if end.is_finite() {
                        arcs.push(Self::through(end, d.log_density(end), end, d.noise(), interval));
                    }
                }
                let (mean, sd) = match d.whole() {
                    Some(whole) => (whole.mean(), whole.sd().hypot(d.noise())),
                    None => (0.5 * a + 0.5 * b, f64::INFINITY),
                };
                let x = crate::order::clamp(mean, a, b);
                arcs.push(Self::through(x, d.log_density(x), mean, sd, (a, b)));
                arcs
            }
            other => other
                .interval()
                .map(|(a, b)| {
                    let x = 0.5 * a + 0.5 * b;
                    Self::through(x, other.log_density(x), x, f64::INFINITY, (a, b))
                })
                .into_iter()
                .collect(),
        }
    }
}

/// The bends of a mixture's log-density.
pub(super) fn bends(parts: &Parts) -> Vec<Bend> {
    if parts.components.len() < 2 {
        return Vec::new();
    }
    let arcs: Vec<Vec<Arc>> = parts.components.iter().map(Arc::of).collect();
    let mut bends = Vec::new();
    for (i, own) in arcs.iter().enumerate() {
        for (first, second) in own.iter().flat_map(|a| arcs[i + 1..].iter().flatten().map(move |b| (a, b))) {
            for x in first.crossings(second) {
                let height = first.at(x);
                // A third component may be higher there, but not by so much that the two count for nothing.
                let counts = || arcs.iter().flatten().all(|arc| !arc.covers(x) || arc.at(x) < height + 3.0);
                if x.is_finite() && first.covers(x) && second.covers(x) && counts() {
                    let sides = [first.bend(x), second.bend(x)];
                    let (below, above) =
                        if sides[0].0 < sides[1].0 { (sides[0], sides[1]) } else { (sides[1], sides[0]) };
                    bends.push(Bend { x, below, above });
                }
            }
        }
    }
    bends
}

/// Slope and curvature of the heaviest component's log-density on either side of `x`.
pub(super) fn heaviest(parts: &Parts, x: f64) -> Option<(f64, f64)> {
    let arcs = parts.components.iter().flat_map(Arc::of).filter(|arc| arc.covers(x));
    arcs.max_by(|a, b| a.at(x).total_cmp(&b.at(x))).map(|arc| arc.bend(x))
}
