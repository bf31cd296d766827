//! The optima of a fit, as dashed curves.

use divergences::fit::Optimum;

use super::element::Stroke;
use super::marks::Plot;
use super::theme::Ink;

/// Optima whose values differ by less than this count as equally good, because mirror images differ by
/// rounding.
pub const AS_GOOD: f64 = 1e-9;

impl Plot<'_> {
    /// Draws `optima`, the best first, as dashed curves in `ink`. Those that are not as good as the first are
    /// fainter.
    pub fn optima(&self, optima: &[Optimum], ink: Ink) {
        let best = optima.first().map_or(f64::NAN, |optimum| optimum.value);
        for optimum in optima {
            let opacity = if optimum.value <= best + AS_GOOD { 0.95 } else { 0.5 };
            self.bell(&optimum.q, ink, Stroke::dashed(1.8, &[3.0, 5.0]).fade(opacity));
        }
    }
}
