//! Handles of a figure in use: where they are, and what dragging them does.

use divergences::order::clamp;

use super::Live;
use crate::figure::room::{Room, share};
use crate::figure::texts::Texts;
use crate::figure::{Handle, NARROW};
use crate::plot::{HIDDEN, Panel, Point};

/// A handle as the page needs it. Lengths are in CSS pixels.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct HandleView {
    /// The distance from the left.
    pub x: f64,
    /// The distance from the top.
    pub y: f64,
    /// The CSS custom property with its colour.
    pub ink: &'static str,
    /// The area in which it can be grabbed.
    pub room: Room,
    /// Whether it is drawn smaller.
    pub minor: bool,
    /// Whether the keyboard skips it.
    pub twin: bool,
    /// Whether it moves horizontally.
    pub horizontal: bool,
    /// Whether it moves vertically.
    pub vertical: bool,
    /// Whether the reader cannot use it, because everything that it moves is locked or its curve is hidden.
    pub fixed: bool,
    /// The name that is read aloud.
    pub name: String,
    /// The value that is read aloud.
    pub value: String,
    /// Where it stands on the axis along which it moves, the horizontal one if it moves along both: the least, its
    /// own and the greatest place, in the axis' units.
    pub range: [f64; 3],
}

/// The handle that is being dragged.
pub(super) struct Held {
    index: usize,
    /// The vector from the pointer to the handle, in pixels. Keeping it prevents a jump when a handle is
    /// grabbed at its rim.
    offset: Point,
}

/// Where `handle` stands on its axis in `panel`; see [`HandleView::range`].
fn range(panel: &Panel, handle: &Handle) -> [f64; 3] {
    let (axis, at) = if handle.step.x == 0.0 { (&panel.y, handle.at.y) } else { (&panel.x, handle.at.x) };
    // An axis may still be on its way to where the handle is.
    [axis.start.min(at), at, axis.end.max(at)]
}

impl Live {
    /// The figure's own handles, followed by the marker of an open guess.
    fn all_handles(&self, texts: &Texts) -> Vec<Handle> {
        let mut handles = self.state.handles(texts);
        if let Some(guess) = self.open_guess() {
            handles.extend(guess.marker(&self.panels(NARROW), &self.state.readouts(), texts));
        }
        handles
    }

    /// Handle `index` without its words.
    fn handle(&self, index: usize) -> Option<Handle> {
        self.all_handles(&Texts::default()).into_iter().nth(index)
    }

    /// The handles in a drawing of `width`.
    #[must_use]
    pub fn handles(&self, width: f64, texts: &Texts) -> Vec<HandleView> {
        let panels = self.panels(width);
        let veil = self.veil();
        let mut views = Vec::new();
        for handle in self.all_handles(texts) {
            let Some(panel) = panels.get(handle.panel) else { continue };
            let hidden = veil.hides(handle.curve);
            // The position of a hidden handle would reveal the curve.
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
                range: if hidden { [0.0; 3] } else { range(panel, &handle) },
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

    /// Grabs a handle at `at`, in pixels. The axes do not shrink until [`Live::release`].
    pub fn grab(&mut self, index: usize, at: Point, width: f64) {
        let view = self.handles(width, &Texts::default()).into_iter().nth(index);
        let Some(view) = view.filter(|view| !view.fixed) else { return };
        self.held = Some(Held { index, offset: Point { x: view.x - at.x, y: view.y - at.y } });
    }

    /// Moves the grabbed handle with the pointer, which is now at `to`, in pixels.
    pub fn drag(&mut self, to: Point, width: f64) {
        let Some(Held { index, offset }) = self.held else { return };
        let Some(handle) = self.handle(index) else { return };
        let panels = self.panels(width);
        let Some(panel) = panels.get(handle.panel) else { return };
        let to = panel.value(Point { x: to.x + offset.x, y: to.y + offset.y });
        self.drag_to(index, to);
    }

    /// Releases the grabbed handle.
    pub fn release(&mut self) {
        self.held = None;
    }

    /// Moves a handle by whole steps to the right and upwards.
    pub fn nudge(&mut self, index: usize, right: f64, up: f64) {
        let Some(handle) = self.handle(index).filter(|handle| !self.veil().hides(handle.curve)) else {
            return;
        };
        let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
        self.drag_to(index, to);
    }

    fn drag_to(&mut self, index: usize, to: Point) {
        // Infinity is a direction, but NaN leads nowhere.
        if to.x.is_nan() || to.y.is_nan() {
            return;
        }
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
                // A rounded value outside the accepted range is refused, which keeps the exact one.
                dragged.accept(place, &spec.kind.by_hand(&text));
            }
        }
        self.take(&*dragged, None);
    }

    /// Whether handle `index` is the marker of the guess and not one of the figure's own.
    fn is_marker(&self, index: usize) -> bool {
        self.open_guess().is_some() && index == self.state.handles(&Texts::default()).len()
    }

    /// Whether everything that handle `index` can move is locked.
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
