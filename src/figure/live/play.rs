//! The steps of an animated figure.

use super::Live;

impl Live {
    /// The key of the parameter that Play advances.
    #[must_use]
    pub fn steps(&self) -> Option<&'static str> {
        self.state.about().steps
    }

    /// The present step, and the last one that the parameter has.
    fn step_of_all(&self) -> Option<(u32, u32)> {
        let place = self.place(self.steps()?)?;
        Some((self.text(place).parse().ok()?, self.specs()[place].kind.positions()?))
    }

    /// The present step, and the one at which Play ends.
    #[must_use]
    pub fn step(&self) -> Option<(u32, u32)> {
        let (now, last) = self.step_of_all()?;
        Some((now, self.state.last_step().map_or(last, |own| own.min(last))))
    }

    /// The number of steps that Play takes in a second from the present step on.
    #[must_use]
    pub fn pace(&self) -> f64 {
        (self.state.about().pace)(self.step().unwrap_or_default().0)
    }

    /// Returns to before the first step, if the figure has steps.
    pub fn rewind(&mut self) {
        self.go_to(0);
    }

    /// Advances by `count` steps, but not beyond the end of Play from before it. Returns whether Play goes on.
    pub fn advance(&mut self, count: u32) -> bool {
        let (Some((now, end)), Some((_, last))) = (self.step(), self.step_of_all()) else { return false };
        let next = now.saturating_add(count).min(if now < end { end } else { last });
        self.go_to(next);
        next < end
    }

    fn go_to(&mut self, step: u32) {
        if let Some(key) = self.steps() {
            let outcome = self.set(key, &step.to_string());
            debug_assert!(outcome.is_ok(), "{key}: there is a step {step}");
        }
    }
}
