//! Where densities change, and the panels between such points over which they are integrated.

use super::envelope::{bends, heaviest};
use super::parts::Parts;
use super::tail::{Side, Tail};
use crate::distribution::Distribution;

/// Points that tell where densities change, each with the length over which they do.
#[derive(Default)]
pub(crate) struct Marks {
    marks: Vec<(f64, f64)>,
    /// The same, for points that matter between those and not beyond.
    inner: Vec<(f64, f64)>,
    /// Kinks, where panels must end.
    kinks: Vec<f64>,
}

/// Offsets of marks in standard deviations of a Gaussian: beyond the last it is below e^−40 of its peak.
const GAUSSIAN: [f64; 5] = [0.0, 2.0, 4.0, 6.0, 9.0];
/// Offsets of marks in scales of an exponential decay.
const EXPONENTIAL: [f64; 8] = [0.0, 1.5, 4.0, 8.0, 14.0, 22.0, 34.0, 50.0];

impl Marks {
    /// Marks at the components, and where the heaviest of them changes.
    pub(crate) fn add(&mut self, parts: &Parts) {
        self.add_components(parts);
        self.add_bends(parts);
    }

    pub(super) fn add_components(&mut self, parts: &Parts) {
        for c in &parts.components {
            self.kinks.extend(c.distribution.kink());
            match c.distribution {
                Distribution::Gaussian(d) => self.add_around(d.mean(), d.sd(), &GAUSSIAN),
                Distribution::Laplace(d) => self.add_around(d.location(), d.scale(), &EXPONENTIAL),
                Distribution::Smoothed(d) => {
                    let (lower, upper) = d.ends();
                    for end in [lower, upper] {
                        self.add_around(end, d.noise(), &GAUSSIAN);
                    }
                    if let Some(whole) = d.whole() {
                        self.add_around(whole.mean(), whole.sd().hypot(d.noise()), &GAUSSIAN);
                    }
                }
                Distribution::Truncated(d) => {
                    let points = d.panels();
                    self.marks.extend(points.windows(2).map(|ends| (ends[1], ends[1] - ends[0])));
                    self.marks.extend(points.windows(2).take(1).map(|ends| (ends[0], ends[1] - ends[0])));
                }
                _ => {}
            }
        }
    }

    fn add_bends(&mut self, parts: &Parts) {
        // Where the heaviest component changes, the log-density bends over that length, and has branch points as far off
        // the line: panels grow away from them.
        for bend in bends(parts) {
            let length = (bend.above.0 - bend.below.0).abs().recip();
            for growth in [0.0_f64, 3.0, 12.0, 48.0, 192.0] {
                let scale = length * (0.5 * growth).max(1.0);
                self.inner.extend([(bend.x - growth * length, scale), (bend.x + growth * length, scale)]);
            }
        }
    }

    fn add_around(&mut self, centre: f64, scale: f64, offsets: &[f64]) {
        for offset in offsets {
            self.marks.push((centre - offset * scale, scale));
            if *offset > 0.0 {
                self.marks.push((centre + offset * scale, scale));
            }
        }
    }

    /// Marks where p^α q^(1−α) has its mass, for each pair of components: that may be far outside both.
    pub(crate) fn add_powers(&mut self, p: &Parts, q: &Parts, alpha: f64) {
        for side in [Side::Lower, Side::Upper] {
            for a in p.components.iter().map(|c| Tail::of_component(c, side)) {
                for b in q.components.iter().map(|c| Tail::of_component(c, side)) {
                    let Some((centre, scale, gaussian)) = a.power_peak(&b, alpha, side) else { continue };
                    self.add_around(centre, scale, if gaussian { &GAUSSIAN } else { &EXPONENTIAL });
                }
            }
        }
    }

    /// Marks where p^α q^(1−α) falls away from the places at which either log-density bends: for α outside [0, 1] it may have
    /// its mass there, far outside all components.
    pub(crate) fn add_falls(&mut self, p: &Parts, q: &Parts, alpha: f64) {
        for (own, other, power) in [(p, q, alpha), (q, p, 1.0 - alpha)] {
            for bend in bends(own) {
                let Some(others) = heaviest(other, bend.x) else { continue };
                for (own, side) in [(bend.below, -1.0), (bend.above, 1.0)] {
                    let along = |a: f64, b: f64| power * a + (1.0 - power) * b;
                    let (slope, curvature) = (side * along(own.0, others.0), along(own.1, others.1).min(0.0));
                    if slope >= 0.0 {
                        continue;
                    }
                    let mut last = 0.0;
                    for fall in EXPONENTIAL {
                        // The root of slope d + curvature d²/2 = −fall.
                        let distance = 2.0 * fall / ((slope * slope - 2.0 * curvature * fall).sqrt() - slope);
                        self.marks.push((bend.x + side * distance, distance - last));
                        last = distance;
                    }
                }
            }
        }
    }

    /// Marks where |x − still|^order times the density has its mass, which for a high order is far out.
    pub(crate) fn add_power(&mut self, parts: &Parts, still: f64, order: f64) {
        for c in &parts.components {
            for side in [Side::Lower, Side::Upper] {
                match Tail::of_component(c, side) {
                    Tail::Gaussian { mean, sd } => {
                        // The peak of order log |x − still| − (x − mean)²/2sd² on that side.
                        let offset = still - mean;
                        let half = 0.5 * offset.abs().min(f64::MAX.sqrt());
                        let root = half.hypot(order.sqrt() * sd);
                        let peak = half.copysign(offset) + side.sign() * root;
                        self.add_around(mean + peak, sd, &GAUSSIAN);
                    }
                    Tail::Exponential { scale, .. } if still.is_finite() => {
                        let peak = still + side.sign() * order * scale;
                        self.add_around(peak, scale * order.sqrt().max(1.0), &EXPONENTIAL);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The outermost marks.
    pub(super) fn ends(&self) -> (f64, f64) {
        let places = || self.marks.iter().map(|mark| mark.0).filter(|x| x.is_finite());
        (places().fold(f64::INFINITY, f64::min), places().fold(f64::NEG_INFINITY, f64::max))
    }

    /// The marks inside the `intervals`, thinned out where they crowd, as panels between neighbours.
    pub(crate) fn panels(mut self, intervals: &[(f64, f64)]) -> Vec<(f64, f64)> {
        self.marks.retain(|mark| mark.0.is_finite());
        let (from, to) = self.ends();
        self.marks.extend(self.inner.iter().filter(|mark| mark.0 > from && mark.0 < to));
        crate::order::by_first(&mut self.marks);
        crate::order::ascending(&mut self.kinks);
        let (Some(&first), Some(&last)) = (self.marks.first(), self.marks.last()) else {
            return intervals.iter().copied().filter(|i| i.0.is_finite() && i.1.is_finite()).collect();
        };
        let mut panels = Vec::with_capacity(self.marks.len());
        for &(lower, upper) in intervals {
            let start = if lower.is_finite() { lower } else { first.0 };
            let end = if upper.is_finite() { upper } else { last.0 };
            let mut previous = start;
            let mut kinks = self.kinks.iter().copied().filter(|&x| x > start && x < end).peekable();
            for &(x, scale) in &self.marks {
                while let Some(kink) = kinks.next_if(|&kink| kink <= x) {
                    panels.push((previous, kink));
                    previous = kink;
                }
                if x > start && x - previous >= 0.7 * scale && x < end {
                    panels.push((previous, x));
                    previous = x;
                }
            }
            for kink in kinks {
                panels.push((previous, kink));
                previous = kink;
            }
            panels.push((previous, end));
        }
        panels.retain(|panel| panel.0 < panel.1);
        panels
    }
}

/// The panels, cut at the sorted `points`.
pub(crate) fn split(panels: &[(f64, f64)], points: &[f64]) -> Vec<(f64, f64)> {
    let mut cut = Vec::with_capacity(panels.len() + points.len());
    for &(lower, upper) in panels {
        let mut previous = lower;
        let first = points.partition_point(|&x| x <= lower);
        for &x in points[first..].iter().take_while(|&&x| x < upper) {
            cut.push((previous, x));
            previous = x;
        }
        cut.push((previous, upper));
    }
    cut.retain(|panel| panel.0 < panel.1);
    cut
}
