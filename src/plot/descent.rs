//! The loss over the steps of a descent.

use divergences::order::clamp;

use super::element::Stroke;
use super::marks::Plot;
use super::theme::Ink;

impl Plot<'_> {
    /// Draws the loss at each step: thick up to `step`, a dot there, thin beyond. A dashed line marks `best`,
    /// the level at which the descent ends. The thin line and the level are omitted while the name `future`
    /// is veiled.
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
