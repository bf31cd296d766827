//! What of a drawing the reader can take hold of.

use crate::plot::{Ink, Point};

/// A point on the drawing that can be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Handle {
    /// The panel in which it stands, as an index of what [`super::Figure::draw`] draws into.
    pub panel: usize,
    /// Where it stands, in the panel's units.
    pub at: Point,
    /// How far one press of an arrow key moves it, in the panel's units; 0 where it does not move.
    pub step: Point,
    /// The colour of its ring.
    pub ink: Ink,
    /// Whether it is a lesser one (a width rather than a position), drawn smaller.
    pub minor: bool,
    /// Whether another handle does the same: the keyboard passes it over.
    pub twin: bool,
    /// What it is called aloud.
    pub name: String,
    /// Where it stands, as said aloud.
    pub value: String,
    /// The curve that it stands on, one of [`super::Figure::CURVES`] or none: hidden, it takes its handles along.
    pub curve: &'static str,
}

impl Handle {
    /// A handle at (`x`, `y`) of the panel `panel`, which does not move yet.
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

    /// The same, moved by an arrow key `across` and `up`.
    #[must_use]
    pub fn step(self, across: f64, up: f64) -> Self {
        Self { step: Point { x: across, y: up }, ..self }
    }

    /// The same as a lesser one, if so.
    #[must_use]
    pub fn minor(self, minor: bool) -> Self {
        Self { minor, ..self }
    }

    /// The same as one that does what another does, if so.
    #[must_use]
    pub fn twin(self, twin: bool) -> Self {
        Self { twin, ..self }
    }

    /// The same with its words.
    #[must_use]
    pub fn named(self, name: String, value: String) -> Self {
        Self { name, value, ..self }
    }

    /// The same on the curve `curve`.
    #[must_use]
    pub fn on(self, curve: &'static str) -> Self {
        Self { curve, ..self }
    }

    /// The handle with what moving it does: `drag` changes the parameters so that it comes to stand as near to a place,
    /// in its panel's units, as it may.
    #[must_use]
    pub fn drags<P>(self, drag: impl Fn(&mut P, Point) + 'static) -> Draggable<P> {
        Draggable { handle: self, drag: Box::new(drag) }
    }
}

/// Changes parameters so that a handle comes to stand as near to a place as it may.
type Drag<P> = dyn Fn(&mut P, Point);

/// A handle, and what moving it does to the parameters `P`.
pub struct Draggable<P> {
    /// The handle.
    pub handle: Handle,
    /// What moving it does.
    pub drag: Box<Drag<P>>,
}
