//! The parts of a drawing that are hidden until the reader has made a prediction.

/// A set of veiled names, and the progress of their reveal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Veil {
    /// The names of the readouts and curves that are, or were, veiled.
    pub names: Vec<&'static str>,
    /// The opacity of what is being revealed, from 0 to 1. `None` while the veil is down.
    pub lifted: Option<f64>,
}

impl Veil {
    /// Whether `name` is hidden.
    #[must_use]
    pub fn hides(&self, name: &str) -> bool {
        self.lifted.is_none() && self.names.contains(&name)
    }

    /// Whether the veil is down over anything.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.lifted.is_none() && !self.names.is_empty()
    }

    /// The opacity of the strokes of `name`.
    #[must_use]
    pub fn opacity(&self, name: &str) -> f64 {
        if self.names.contains(&name) { self.lifted.unwrap_or_default() } else { 1.0 }
    }
}
