//! A loss over the steps of a descent: how far it has come, and where it is going to.

use divergences::order::clamp;

use super::element::Stroke;
use super::marks::Plot;
use super::theme::Ink;

impl Plot<'_> {
    /// Draws the losses of all steps, thin beyond `step` and with a dot there. What is called `future`, the steps to come and
    /// the level `best` at which they end, is left out where that is hidden.
    pub fn descent(&self, losses: &[f64], step: usize, best: f64, future: &str, ink: Ink) {
        let points: Vec<_> = losses.iter().enumerate().map(|(step, loss)| (step as f64, *loss)).collect();
        let Some(&(x, loss)) = points.get(step) else { return };
        self.part(future, || {
            self.level(best, ink, Stroke::dashed(1.4, &[3.0, 5.0]).fade(0.9));
            self.line(&points, ink, Stroke::solid(1.0).fade(0.5));
        });
        self.line(&points[..=step], ink, Stroke::solid(2.6));
        self.dot(x, clamp(loss, self.panel.y.start, self.panel.y.end), 4.5, ink);
    }
}
