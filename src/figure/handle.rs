//! Handles: the points on a drawing that the reader can move.

use super::texts::Texts;
use crate::plot::{Ink, Point};

/// A point on the drawing that the reader can move.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The index of its panel among those of [`super::Figure::draw`].
    pub panel: usize,
    /// The position of the handle, in the units of its panel.
    pub at: Point,
    /// The movement for one press of an arrow key, in the units of the panel. 0 in a direction in which it
    /// does not move.
    pub step: Point,
    /// The colour of the ring.
    pub ink: Ink,
    /// Whether the handle is secondary, such as that of a width. It is drawn smaller.
    pub minor: bool,
    /// Whether another handle does the same. The keyboard skips this one.
    pub twin: bool,
    /// The name that is read aloud.
    pub name: String,
    /// The value that is read aloud.
    pub value: String,
    /// The curve that the handle lies on, one of [`super::Figure::CURVES`], or "". Hiding the curve hides the
    /// handle.
    pub curve: &'static str,
}

impl Handle {
    /// A handle at (`x`, `y`) in panel `panel`. It cannot be moved until [`Self::step`] is called.
    #[must_use]
    pub fn new(panel: usize, (x, y): (f64, f64), ink: Ink) -> Self {
        Self {
            panel,
            at: Point { x, y },
            step: Point { x: 0.0, y: 0.0 },
            ink,
            minor: false,
            twin: false,
            name: String::new(),
            value: String::new(),
            curve: "",
        }
    }

    /// This handle with arrow keys that move it by `across` and `up`.
    #[must_use]
    pub fn step(self, across: f64, up: f64) -> Self {
        Self { step: Point { x: across, y: up }, ..self }
    }

    /// This handle, secondary if `minor`.
    #[must_use]
    pub fn minor(self, minor: bool) -> Self {
        Self { minor, ..self }
    }

    /// This handle, skipped by the keyboard if `twin`.
    #[must_use]
    pub fn twin(self, twin: bool) -> Self {
        Self { twin, ..self }
    }

    /// This handle with its name and value for reading aloud.
    #[must_use]
    pub fn named(self, name: String, value: String) -> Self {
        Self { name, value, ..self }
    }

    /// This handle with the text `key` as its name and the text `<key>.value` as its value, both filled with
    /// `words`.
    #[must_use]
    pub fn worded(self, key: &str, words: &[(&str, String)], texts: &Texts) -> Self {
        self.named(texts.fill(key, words), texts.fill(&format!("{key}.value"), words))
    }

    /// This handle lying on the curve `curve`.
    #[must_use]
    pub fn on(self, curve: &'static str) -> Self {
        Self { curve, ..self }
    }

    /// This handle with its effect: `drag` changes the parameters so that the handle comes as near as
    /// possible to a position in its panel's units.
    #[must_use]
    pub fn drags<P>(self, drag: impl Fn(&mut P, Point) + 'static) -> Draggable<P> {
        Draggable { handle: self, drag: Box::new(drag) }
    }
}

/// Changes parameters so that a handle comes as near as possible to a position.
type Drag<P> = dyn Fn(&mut P, Point);

/// A handle and its effect on the parameters `P`.
pub struct Draggable<P> {
    /// The handle.
    pub handle: Handle,
    /// The effect of moving it.
    pub drag: Box<Drag<P>>,
}
