//! The parameters of a figure in use, as texts: read, set, reset, locked and interpolated.

use super::Live;
use super::untyped::{About, Values, apply};
use crate::figure::Preset;
use crate::figure::components::{Component, Components};
use crate::figure::glide::between;
use crate::figure::parameter::{Accepted, Field, Kind, LONGEST, Problem, beginning};
use crate::figure::parts;

impl Live {
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.specs().iter().position(|spec| spec.key == key)
    }

    pub(super) fn text(&self, place: usize) -> String {
        self.state.values().text(place)
    }

    /// The values of `preset`.
    fn values_of(&self, preset: &Preset) -> Box<dyn Values> {
        let mut values = self.state.defaults();
        apply(&mut *values, self.specs(), preset);
        values
    }

    /// The values with which the figure starts.
    fn initial_values(&self) -> Box<dyn Values> {
        self.presets().first().map_or_else(|| self.state.defaults(), |preset| self.values_of(preset))
    }

    /// Takes all of `values` except those of locked parameters and of the parameter `kept`.
    pub(super) fn take(&mut self, values: &dyn Values, kept: Option<usize>) {
        for place in 0..self.specs().len() {
            if Some(place) != kept && !self.locked.contains(&place) {
                let accepted = self.state.values_mut().accept(place, &values.text(place));
                debug_assert!(accepted, "a figure accepts its own values");
            }
        }
        self.update();
    }

    /// Sets a part of a parameter, given by a key like `p.0.mean`. `None` if there is no such part.
    fn set_part(&mut self, key: &str, text: &str) -> Option<Result<(), Accepted>> {
        let (parameter, part) = key.split_once('.')?;
        let place = self.place(parameter)?;
        let kind = self.specs()[place].kind;
        // Adding or removing an outcome applies to all weights of the figure, because they are over the same
        // outcomes.
        let along = |other: &usize| {
            *other == place
                || parts::changes_outcomes(&kind, part)
                    && matches!(self.specs()[*other].kind, Kind::Weights { .. })
        };
        let mut changed = Vec::new();
        for other in (0..self.specs().len()).filter(along) {
            match parts::set(&self.specs()[other].kind, &self.text(other), part, text) {
                Some(Ok(_)) if other != place && self.locked.contains(&other) => {
                    return Some(Err(Accepted::Unlocked));
                }
                Some(Ok(whole)) => changed.push((other, whole)),
                Some(Err(accepted)) => return Some(Err(accepted)),
                // These weights may name fewer outcomes. One that is not named has weight 0 and need not be
                // removed.
                None if other == place => return None,
                None => {}
            }
        }
        for (other, whole) in changed {
            let accepted = self.state.values_mut().accept(other, &whole);
            debug_assert!(accepted, "{key}: a value with one part changed is accepted");
        }
        Some(Ok(()))
    }

    /// The value of a parameter, or of a part of one, as text.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        if let Some(place) = self.place(key) {
            return Some(self.text(place));
        }
        let (parameter, part) = key.split_once('.')?;
        let place = self.place(parameter)?;
        parts::get(&self.specs()[place].kind, &self.text(place), part)
    }

    /// Sets a parameter, or a part of one.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if there is no such parameter or if it does not accept `text`. Nothing changes in that
    /// case.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        let problem = |accepted| Problem { key: beginning(key), value: beginning(text), accepted };
        if text.len() > LONGEST {
            return Err(problem(Accepted::Shorter));
        }
        if let Some(outcome) = self.set_part(key, text) {
            outcome.map_err(problem)?;
        } else {
            let place = self.place(key).ok_or_else(|| problem(Accepted::Nothing))?;
            if !self.state.values_mut().accept(place, text) {
                return Err(problem(Accepted::Kind(self.specs()[place].kind)));
            }
        }
        self.update();
        Ok(())
    }

    /// Makes the present values those that [`Self::reset`] returns to.
    pub fn settle(&mut self) {
        self.start = (0..self.specs().len()).map(|place| self.text(place)).collect();
    }

    /// Returns to the values at the last [`Self::settle`], which are at first those of the first preset.
    pub fn reset(&mut self) {
        for (place, text) in self.start.iter().enumerate() {
            let accepted = self.state.values_mut().accept(place, text);
            debug_assert!(accepted, "a figure accepts its own values");
        }
        self.update();
        self.axes.clone_from(&self.wanted);
    }

    /// Locks the parameters `keys` and unlocks all others. Handles and presets leave locked parameters
    /// unchanged, but [`Self::set`] still sets them. Unknown keys are ignored.
    pub fn lock(&mut self, keys: &[&str]) {
        self.locked = keys.iter().filter_map(|key| self.place(key)).collect();
    }

    /// Sets all parameters to the fraction `part` of the way from `from` to `to`. Both have one text for each
    /// parameter, in the order of [`Self::specs`]. At 1 the values are exactly those of `to`.
    pub fn glide(&mut self, from: &[String], to: &[String], part: f64) {
        let specs = self.specs();
        for (place, (spec, (from, to))) in specs.iter().zip(from.iter().zip(to)).enumerate() {
            let accepted = self.state.values_mut().accept(place, &between(&spec.kind, from, to, part));
            debug_assert!(accepted, "{}: what is between two values is one", spec.key);
        }
        self.update();
    }

    /// Takes the values of the preset `name`. Returns whether there is one.
    pub fn apply_preset(&mut self, name: &str) -> bool {
        let Some(preset) = self.presets().iter().find(|preset| preset.name == name) else { return false };
        let values = self.values_of(preset);
        let pick = self.state.about().pick.and_then(|key| self.place(key));
        self.take(&*values, pick);
        true
    }

    /// The name of the preset with the present values.
    #[must_use]
    pub fn current_preset(&self) -> Option<&'static str> {
        // The animation's step and the picked row do not count.
        let About { specs, presets, steps, pick, .. } = self.state.about();
        let counts = |place: &usize| ![steps, pick].contains(&Some(specs[*place].key));
        let matches = |preset: &&Preset| {
            let values = self.values_of(preset);
            (0..specs.len()).filter(counts).all(|place| values.text(place) == self.text(place))
        };
        presets.iter().find(matches).map(|preset| preset.name)
    }

    /// The key and the text of each parameter that differs from the first preset. They are the figure's part
    /// of an address.
    #[must_use]
    pub fn changed(&self) -> Vec<(&'static str, String)> {
        let initial_values = self.initial_values();
        let mut changed = Vec::new();
        for (place, spec) in self.specs().iter().enumerate() {
            let now = self.text(place);
            if now != initial_values.text(place) {
                changed.push((spec.key, now));
            }
        }
        changed
    }

    /// The components of the mixture `key`.
    #[must_use]
    pub fn components(&self, key: &str) -> Vec<Component> {
        let place = self.place(key);
        let mixture = place.and_then(|place| Components::read(&self.text(place), &self.specs()[place].kind));
        mixture.map_or_else(Vec::new, |mixture| mixture.all().to_vec())
    }

    /// The number of components or outcomes of the parameter `key`. `None` if it has neither.
    #[must_use]
    pub fn count(&self, key: &str) -> Option<usize> {
        let place = self.place(key)?;
        parts::count(&self.specs()[place].kind, &self.text(place))
    }
}
