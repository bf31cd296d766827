//! What a shift makes of every divergence and of its slope.

use divergences::fit::{Slope, Translated, Translates};

use super::{Axis, DECADES, EDGE, Shifted, TOP};
use crate::figure::Adaptive;
use crate::figures::measure::Measure;

/// Into how many stretches the shifts to each side are cut,
const STRETCHES: f64 = 10.0;
/// how often each of them may be halved,
const HALVINGS: u32 = 6;
/// and the part of the panel's height by which a curve may stray from a line before its stretch is: halved, it then strays by
/// a quarter of that, a third of a pixel of the values.
const TOLERANCE: f64 = 6e-3;
/// How near to a jump the curves go.
const NEAR: f64 = 1e-7;

/// What a shift makes of every divergence.
pub(super) struct Reading {
    pub(super) theta: f64,
    pub(super) values: [f64; Measure::ALL.len()],
    pub(super) slopes: [Slope; Measure::ALL.len()],
}

impl Reading {
    /// At any shift, also to the left, where everything mirrors.
    pub(super) fn at(theta: f64, shifted: &Shifted, translates: &Translates) -> Self {
        let right = Self::of(&translates.at(theta.abs()));
        if Some(theta.abs()) == shifted.parting()
            && let (Ok(p), Ok(q)) = (shifted.shape(0.0), shifted.shape(theta))
        {
            // The derivatives to the left and to the right differ.
            return Self { theta, slopes: Measure::ALL.map(|measure| measure.slope(&p, &q)), ..right };
        }
        let mirror = |slope: Slope| match number_of(slope) {
            slope if theta == 0.0 && slope != 0.0 => Slope::Kink { left: -slope, right: slope },
            slope if theta < 0.0 => Slope::from_f64(-slope),
            _ => slope,
        };
        Self { theta, slopes: right.slopes.map(mirror), ..right }
    }

    fn of(found: &Translated) -> Self {
        let theta = found.shift;
        let pairs = Measure::ALL.map(|measure| match measure {
            Measure::ForwardKl | Measure::ReverseKl => found.kullback_leibler,
            Measure::JensenShannon => found.jensen_shannon,
            Measure::TotalVariation => found.total_variation,
            Measure::HellingerSquared => found.hellinger_squared,
            // All mass travels by θ.
            Measure::Wasserstein1 => [theta, 1.0],
            Measure::Wasserstein2Squared => [theta * theta, 2.0 * theta],
        });
        Self { theta, values: pairs.map(|pair| pair[0]), slopes: pairs.map(|pair| Slope::from_f64(pair[1])) }
    }

    /// Whether the straight line between two readings misses this one, halfway, by so much that it would be seen.
    fn strays(&self, from: &Self, to: &Self, axis: Axis) -> bool {
        let apart = |read: &dyn Fn(&Self) -> f64, shown: f64| {
            let off = (read(self) - 0.5 * (read(from) + read(to))).abs();
            // Above the panel nothing is seen, and infinite off is no number.
            read(from).abs().min(read(to).abs()) < shown && off > TOLERANCE * shown
        };
        (0..self.values.len()).any(|i| {
            let slope = |reading: &Self| number_of(reading.slopes[i]);
            apart(&|reading| reading.values[i], TOP)
                || match axis {
                    Axis::Linear => apart(&slope, TOP),
                    Axis::Logarithmic => apart(&|reading| slope(reading).abs().log10(), -DECADES.start),
                }
        })
    }
}

/// The curves' readings over shifts to the right, in pieces between jumps: denser where straight lines between them would be
/// seen.
pub(super) fn curves(shifted: &Shifted, translates: &Translates) -> Vec<Vec<Reading>> {
    let parting = shifted.parting().filter(|&parting| parting > 0.0 && parting < EDGE);
    let near = if shifted.parting().is_some() { NEAR } else { 0.0 };
    let knots: Vec<f64> = [Some(0.0), parting, Some(EDGE)].into_iter().flatten().collect();
    let piece = |ends: &[f64]| {
        let (from, to) = (ends[0] + near, ends[1] - near);
        let curve = Adaptive {
            stretches: (STRETCHES * (to - from) / EDGE).ceil() as u32,
            halvings: HALVINGS,
            at: &|theta| Reading::of(&translates.at(theta)),
            strays: &|middle: &Reading, from, to| middle.strays(from, to, shifted.axis),
        };
        curve.over(from..to)
    };
    knots.windows(2).map(piece).collect()
}

/// A number for a readout: a kink or an infinite divergence has no slope.
pub(super) fn number_of(slope: Slope) -> f64 {
    match slope {
        Slope::Finite(slope) | Slope::Infinite(slope) => slope,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Family;
    use super::*;

    /// How far, in parts of the panel's height, what is drawn is from `read` of the true reading at `theta`.
    fn off(pieces: &[Vec<Reading>], truth: &Reading, shown: f64, read: &dyn Fn(&Reading) -> f64) -> f64 {
        for ends in pieces.iter().flat_map(|piece| piece.windows(2)) {
            let ([from, to], theta) = ([&ends[0], &ends[1]], truth.theta);
            if from.theta <= theta && theta <= to.theta {
                let part = (theta - from.theta) / (to.theta - from.theta);
                let drawn = read(from) + part * (read(to) - read(from));
                let seen = read(truth).abs() < shown && drawn.is_finite();
                return if seen { (drawn - read(truth)).abs() / shown } else { 0.0 };
            }
        }
        0.0
    }

    #[test]
    fn lines_between_the_readings_are_the_curves() {
        let mut most = 0;
        for family in [Family::Uniforms, Family::Truncated, Family::Gaussians] {
            for (width, noise) in [(1.0, 0.0), (1.0, 0.02), (0.2, 0.06), (4.0, 0.02), (1.0, 0.3), (3.0, 1.5)]
            {
                let shifted = Shifted { family, width, noise, ..Shifted::default() };
                let translates = Translates::new(&shifted.shape(0.0).unwrap()).unwrap();
                let pieces = curves(&shifted, &translates);
                most = most.max(pieces.iter().map(Vec::len).sum());
                for i in 1..997 {
                    let truth = Reading::of(&translates.at(EDGE * f64::from(i) / 997.0));
                    for k in 0..Measure::ALL.len() {
                        let value = off(&pieces, &truth, TOP, &|reading| reading.values[k]);
                        let slope = off(&pieces, &truth, TOP, &|reading| number_of(reading.slopes[k]));
                        // Less than half a pixel of the values and a whole one of the slopes.
                        assert!(
                            value < 0.002 && slope < 0.01,
                            "{family:?} {width} {noise} at {} measure {k}: {value} {slope}",
                            truth.theta
                        );
                    }
                }
            }
        }
        assert!(most < 120, "{most} readings");
        println!("{most} readings at most");
    }
}
