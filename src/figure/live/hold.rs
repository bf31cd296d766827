//! What of a figure's drawing is taken hold of, and moved.

use divergences::order::clamp;

use super::Live;
use crate::figure::room::{Room, share};
use crate::figure::texts::Texts;
use crate::figure::{Handle, NARROW};
use crate::plot::{HIDDEN, Point};

/// A handle as the page needs it, in CSS pixels.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct HandleView {
    /// Where it stands, from the left.
    pub x: f64,
    /// Where it stands, from the top.
    pub y: f64,
    /// The CSS custom property of its colour.
    pub ink: &'static str,
    /// Where it can be taken hold of.
    pub room: Room,
    /// Whether it is drawn smaller.
    pub minor: bool,
    /// Whether the keyboard passes it over.
    pub twin: bool,
    /// Whether it moves sideways.
    pub horizontal: bool,
    /// Whether it moves up and down.
    pub vertical: bool,
    /// Whether it is not there for the reader: it moves nothing but what is locked, or what it stands on is hidden.
    pub fixed: bool,
    /// What it is called aloud.
    pub name: String,
    /// Where it stands, as said aloud.
    pub value: String,
}

/// A handle in the reader's hand.
pub(super) struct Held {
    index: usize,
    /// From the pointer to the handle, in pixels: what is taken at its rim does not jump.
    offset: Point,
}

impl Live {
    /// The figure's own handles, and behind them the marker of an open guess.
    fn all_handles(&self, texts: &Texts) -> Vec<Handle> {
        let mut handles = self.state.handles(texts);
        if let Some(guess) = self.open_guess() {
            handles.extend(guess.marker(&self.panels(NARROW), &self.state.readouts(), texts));
        }
        handles
    }

    /// Handle `index`, without its words.
    fn handle(&self, index: usize) -> Option<Handle> {
        self.all_handles(&Texts::default()).into_iter().nth(index)
    }

    /// Its handles at `width`.
    #[must_use]
    pub fn handles(&self, width: f64, texts: &Texts) -> Vec<HandleView> {
        let panels = self.panels(width);
        let veil = self.veil();
        let mut views = Vec::new();
        for handle in self.all_handles(texts) {
            let Some(panel) = panels.get(handle.panel) else { continue };
            let hidden = veil.hides(handle.curve);
            // Nor does it tell where it would be.
            let Point { x, y } = if hidden { Point { x: 0.0, y: 0.0 } } else { panel.pixel(handle.at) };
            let told = |text: String| if hidden { HIDDEN.to_owned() } else { text };
            views.push(HandleView {
                x: clamp(x, panel.rect.left, panel.rect.right()),
                y: clamp(y, panel.rect.top, panel.rect.bottom()),
                room: Room::WHOLE,
                ink: handle.ink.css_name(),
                minor: handle.minor,
                twin: handle.twin,
                horizontal: handle.step.x != 0.0,
                vertical: handle.step.y != 0.0,
                fixed: hidden || self.is_fixed(views.len(), &handle),
                name: told(handle.name),
                value: told(handle.value),
            });
        }
        let mut there: Vec<_> = views.iter_mut().filter(|view| !view.fixed).collect();
        let places: Vec<_> = there.iter().map(|view| Point { x: view.x, y: view.y }).collect();
        for (view, room) in there.iter_mut().zip(share(&places)) {
            view.room = room;
        }
        views
    }

    /// Takes hold of a handle at the pixel `at`; the axes hold still until [`Live::release`].
    pub fn grab(&mut self, index: usize, at: Point, width: f64) {
        let view = self.handles(width, &Texts::default()).into_iter().nth(index);
        let Some(view) = view.filter(|view| !view.fixed) else { return };
        self.held = Some(Held { index, offset: Point { x: view.x - at.x, y: view.y - at.y } });
    }

    /// Moves the held handle with the pointer, now at the pixel `to`.
    pub fn drag(&mut self, to: Point, width: f64) {
        let Some(Held { index, offset }) = self.held else { return };
        let Some(handle) = self.handle(index) else { return };
        let panels = self.panels(width);
        let Some(panel) = panels.get(handle.panel) else { return };
        let to = panel.value(Point { x: to.x + offset.x, y: to.y + offset.y });
        self.drag_to(index, to);
    }

    /// Lets go.
    pub fn release(&mut self) {
        self.held = None;
    }

    /// Moves a handle by whole steps, rightwards and upwards.
    pub fn nudge(&mut self, index: usize, right: f64, up: f64) {
        let Some(handle) = self.handle(index).filter(|handle| !self.veil().hides(handle.curve)) else {
            return;
        };
        let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
        self.drag_to(index, to);
    }

    fn drag_to(&mut self, index: usize, to: Point) {
        if self.is_marker(index) {
            let panels = self.panels(NARROW);
            if let Some(guess) = &mut self.task.guess {
                guess.drag(to, &panels);
            }
            return;
        }
        let mut dragged = self.state.dragged(index, to);
        for (place, spec) in self.specs().iter().enumerate() {
            let text = dragged.text(place);
            if text != self.text(place) {
                // Where rounding would leave what is accepted, it stays as it is.
                dragged.accept(place, &spec.kind.by_hand(&text));
            }
        }
        self.take(&*dragged, None);
    }

    /// Whether `index` is that of the guess's marker rather than of one of the figure's own handles.
    fn is_marker(&self, index: usize) -> bool {
        self.open_guess().is_some() && index == self.state.handles(&Texts::default()).len()
    }

    /// Whether `handle`, the one at `index`, moves nothing but what is locked.
    fn is_fixed(&self, index: usize, handle: &Handle) -> bool {
        if handle.step == (Point { x: 0.0, y: 0.0 }) {
            return true;
        }
        let moves = |[right, up]: &[f64; 2]| {
            let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
            let dragged = self.state.dragged(index, to);
            (0..self.specs().len())
                .any(|place| !self.locked.contains(&place) && dragged.text(place) != self.text(place))
        };
        !self.locked.is_empty()
            && !self.is_marker(index)
            && ![[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]].iter().any(moves)
    }
}
