//! Figures behind an object-safe trait. Only this file is compiled again for each figure, so that it contains
//! no more than what depends on the figure's types.

use crate::figure::grid::Grid;
use crate::figure::guess::Question;
use crate::figure::parameter::{Parameters, Spec};
use crate::figure::readout::Readout;
use crate::figure::sound::Heard;
use crate::figure::task::Curve;
use crate::figure::texts::Texts;
use crate::figure::{Axes, Figure, Handle, Layout, Preset, Table};
use crate::plot::{Plot, Point};

/// The parameters of any figure: texts, indexed like the figure's [`Spec`]s.
pub(super) trait Values {
    fn text(&self, place: usize) -> String;
    fn accept(&mut self, place: usize, text: &str) -> bool;
}

impl<P: Parameters> Values for P {
    fn text(&self, place: usize) -> String {
        self.get(place)
    }

    fn accept(&mut self, place: usize, text: &str) -> bool {
        self.set(place, text)
    }
}

/// The constants of a [`Figure`].
pub(super) struct About {
    pub(super) name: &'static str,
    pub(super) specs: &'static [Spec],
    pub(super) presets: &'static [Preset],
    pub(super) steps: Option<&'static str>,
    pub(super) pace: fn(u32) -> f64,
    pub(super) pick: Option<&'static str>,
    pub(super) curves: &'static [Curve],
    pub(super) questions: &'static [Question],
    pub(super) heard: Heard,
    pub(super) layout: Layout,
}

/// The object-safe form of [`Figure`].
pub(super) trait Untyped {
    fn about(&self) -> About;
    fn defaults(&self) -> Box<dyn Values>;
    fn values(&self) -> &dyn Values;
    fn values_mut(&mut self) -> &mut dyn Values;
    fn update(&mut self);
    fn last_step(&self) -> Option<u32>;
    fn readouts(&self) -> Vec<Readout>;
    fn axes(&self) -> Vec<Axes>;
    fn draw(&self, plots: &[Plot], texts: &Texts);
    fn handles(&self, texts: &Texts) -> Vec<Handle>;
    fn dragged(&self, index: usize, to: Point) -> Box<dyn Values>;
    fn words(&self, texts: &Texts) -> Vec<(&'static str, String)>;
    fn table(&self) -> Table;
    fn grid(&self, texts: &Texts) -> Option<Grid>;
}

/// A figure's parameters with the model that follows from them.
pub(super) struct Typed<F: Figure> {
    pub(super) parameters: F::Parameters,
    pub(super) model: F::Model,
}

impl<F: Figure> Untyped for Typed<F> {
    fn about(&self) -> About {
        About {
            name: F::NAME,
            specs: F::Parameters::SPECS,
            presets: F::PRESETS,
            steps: F::STEPS,
            pace: F::pace,
            pick: F::PICK,
            curves: F::CURVES,
            questions: F::QUESTIONS,
            heard: F::HEARD,
            layout: F::LAYOUT,
        }
    }

    fn defaults(&self) -> Box<dyn Values> {
        Box::new(F::Parameters::default())
    }

    fn values(&self) -> &dyn Values {
        &self.parameters
    }

    fn values_mut(&mut self) -> &mut dyn Values {
        &mut self.parameters
    }

    fn update(&mut self) {
        self.model = F::model(&self.parameters, Some(&self.model));
    }

    fn last_step(&self) -> Option<u32> {
        F::last_step(&self.model)
    }

    fn readouts(&self) -> Vec<Readout> {
        F::readouts(&self.model)
    }

    fn axes(&self) -> Vec<Axes> {
        F::axes(&self.model)
    }

    fn draw(&self, plots: &[Plot], texts: &Texts) {
        F::draw(&self.model, plots, texts);
    }

    fn handles(&self, texts: &Texts) -> Vec<Handle> {
        F::handles(&self.model, texts).into_iter().map(|draggable| draggable.handle).collect()
    }

    fn dragged(&self, index: usize, to: Point) -> Box<dyn Values> {
        let mut parameters = self.parameters.clone();
        if let Some(draggable) = F::handles(&self.model, &Texts::default()).get(index) {
            (draggable.drag)(&mut parameters, to);
        }
        Box::new(parameters)
    }

    fn words(&self, texts: &Texts) -> Vec<(&'static str, String)> {
        F::words(&self.model, texts)
    }

    fn table(&self) -> Table {
        F::table(&self.model)
    }

    fn grid(&self, texts: &Texts) -> Option<Grid> {
        F::grid(&self.model, texts)
    }
}

/// Sets those of `values` that `preset` names. `specs` declares the values.
pub(super) fn apply(values: &mut dyn Values, specs: &[Spec], preset: &Preset) {
    for (key, text) in preset.values {
        if let Some(place) = specs.iter().position(|spec| spec.key == *key) {
            let accepted = values.accept(place, text);
            debug_assert!(accepted, "preset {}: {key}={text}", preset.name);
        }
    }
}
