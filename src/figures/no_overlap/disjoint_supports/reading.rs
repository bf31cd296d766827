//! The values and slopes of all divergences at a shift, and over all shifts.

use divergences::fit::{Slope, Translated, Translates};

use super::{DECADES, EDGE, Shifted, TOP};
use crate::figure::{Adaptive, Pieces, Scale};
use crate::figures::measure::{Measure, slope_number};

/// The values and slopes of all divergences at one shift.
pub(super) struct Reading {
    pub(super) values: [f64; Measure::ALL.len()],
    pub(super) slopes: [Slope; Measure::ALL.len()],
}

impl Reading {
    /// The reading at the shift `theta` to either side.
    pub(super) fn at(theta: f64, shifted: &Shifted, translates: &Translates) -> Self {
        let right = Self::of(&translates.at(theta.abs()));
        if Some(theta.abs()) == shifted.parting()
            && let (Ok(p), Ok(q)) = (shifted.shape(0.0), shifted.shape(theta))
        {
            // The derivatives from the left and from the right differ here.
            return Self { slopes: Measure::ALL.map(|measure| measure.slope(&p, &q)), ..right };
        }
        if theta != 0.0 {
            return if theta < 0.0 { right.mirrored() } else { right };
        }
        let kink = |slope: Slope| match slope_number(slope) {
            0.0 => slope,
            slope => Slope::Kink { left: -slope, right: slope },
        };
        Self { slopes: right.slopes.map(kink), ..right }
    }

    fn of(found: &Translated) -> Self {
        let pairs = Measure::ALL.map(|measure| measure.translated(found));
        Self { values: pairs.map(|pair| pair[0]), slopes: pairs.map(|pair| Slope::from_f64(pair[1])) }
    }

    /// The reading at the same shift to the other side. No slope may have a kink.
    pub(super) fn mirrored(&self) -> Self {
        Self { slopes: self.slopes.map(|slope| Slope::from_f64(-slope_number(slope))), ..*self }
    }

    pub(super) fn value(&self, measure: Measure) -> f64 {
        self.values[measure as usize]
    }

    pub(super) fn slope(&self, measure: Measure) -> f64 {
        slope_number(self.slopes[measure as usize])
    }

    /// The heights of all curves at this shift, values and slopes in turn, as shares of their panels' heights.
    fn heights(&self, slopes: Scale) -> Vec<f64> {
        let shown = if slopes == Scale::Logarithmic { -DECADES.start } else { TOP };
        let both = |measure| [self.value(measure) / TOP, slopes.height(self.slope(measure)) / shown];
        Measure::ALL.into_iter().flat_map(both).collect()
    }
}

/// The readings over all shifts to the right.
pub(super) fn curves(shifted: &Shifted, translates: &Translates) -> Pieces<Reading> {
    let parting = shifted.parting().filter(|parting| *parting > 0.0);
    let knots: Vec<f64> = [Some(0.0), parting, Some(EDGE)].into_iter().flatten().collect();
    let curves = Adaptive {
        stretches: 10.0,
        halvings: 6,
        // A quarter of this remains after halving, which is a third of a pixel in the panel of values.
        tolerance: 6e-3,
        at: &|theta| Reading::of(&translates.at(theta)),
        heights: &|reading| reading.heights(shifted.slopes),
    };
    // The slopes jump where the supports part.
    curves.over(&knots, if shifted.parting().is_some() { 1e-7 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::super::Family;
    use super::*;

    #[test]
    fn lines_between_the_readings_are_the_curves() {
        for family in [Family::Uniforms, Family::Truncated, Family::Gaussians] {
            for (width, noise) in [(1.0, 0.0), (1.0, 0.02), (0.2, 0.06), (4.0, 0.02), (1.0, 0.3), (3.0, 1.5)]
            {
                let shifted = Shifted { family, width, noise, ..Shifted::default() };
                let translates = Translates::new(&shifted.shape(0.0).unwrap()).unwrap();
                let pieces = curves(&shifted, &translates);
                let heights = |sample: &(f64, Reading)| (sample.0, sample.1.heights(Scale::Linear));
                let samples: Vec<_> = pieces.samples().map(heights).collect();
                assert!(samples.len() < 120, "{} readings of {family:?} {width} {noise}", samples.len());
                for theta in (1..997).map(|i| EDGE * f64::from(i) / 997.0) {
                    let truth = Reading::of(&translates.at(theta)).heights(Scale::Linear);
                    let ends = samples.windows(2).find(|ends| theta <= ends[1].0).unwrap();
                    let part = (theta - ends[0].0) / (ends[1].0 - ends[0].0);
                    for (curve, truth) in truth.into_iter().enumerate().filter(|(_, truth)| truth.abs() < 1.0)
                    {
                        let [from, to] = [0, 1].map(|end| ends[end].1[curve]);
                        let off = (from + part * (to - from) - truth).abs();
                        // The bounds are half a pixel of the panel of values, and one of the panel of slopes.
                        let most = if curve % 2 == 0 { 0.002 } else { 0.01 };
                        assert!(
                            off.is_nan() || off < most,
                            "{family:?} {width} {noise} at {theta}, curve {curve}: {off}"
                        );
                    }
                }
            }
        }
    }
}
