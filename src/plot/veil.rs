//! What of a drawing is hidden for now.

/// Names of what is hidden, and how far it has come out since the veil was lifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Veil {
    /// What is, or was, hidden.
    pub names: Vec<&'static str>,
    /// From 0 to 1, how much of it is seen again; `None` while the veil is down.
    pub lifted: Option<f64>,
}

impl Veil {
    /// Whether `name` is hidden.
    #[must_use]
    pub fn hides(&self, name: &str) -> bool {
        self.lifted.is_none() && self.names.contains(&name)
    }

    /// Whether anything is hidden.
    #[must_use]
    pub fn is_down(&self) -> bool {
        self.lifted.is_none() && !self.names.is_empty()
    }

    /// How opaque the strokes of `name` are.
    #[must_use]
    pub fn opacity(&self, name: &str) -> f64 {
        if self.names.contains(&name) { self.lifted.unwrap_or_default() } else { 1.0 }
    }
}
