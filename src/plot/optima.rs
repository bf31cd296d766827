//! Where fits can end: optima, dashed.

use divergences::fit::Optimum;

use super::element::Stroke;
use super::marks::Plot;
use super::theme::Ink;

/// Optima whose values differ by less are equally good: mirror images of each other differ by rounding.
pub const AS_GOOD: f64 = 1e-9;

impl Plot<'_> {
    /// Draws the bells of `optima`, the best first, dashed in `ink`; what is not as good is fainter.
    pub fn optima(&self, optima: &[Optimum], ink: Ink) {
        let best = optima.first().map_or(f64::NAN, |optimum| optimum.value);
        for optimum in optima {
            let opacity = if optimum.value <= best + AS_GOOD { 0.95 } else { 0.5 };
            self.bell(&optimum.q, ink, Stroke::dashed(1.8, &[3.0, 5.0]).fade(opacity));
        }
    }
}
