//! The heading of a panel: a name, the most important number, and a line of explanation.

use super::label::Label;
use super::marks::Plot;
use super::panel::Point;
use super::picture::{Align, TextStyle};
use super::theme::Ink;

/// The least distance between two texts on one line, in CSS pixels.
const GAP: f64 = 12.0;

/// The text that moves to a third line where the panel is narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Third {
    /// [`Heading::about`].
    About,
    /// [`Heading::aside`].
    Aside,
}

/// A heading of two or three lines above a panel. Lengths are in CSS pixels.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The distance of the first line above the panel.
    pub above: f64,
    /// The distance between lines.
    pub line: f64,
    /// The name of what the panel shows, at the left of the first line.
    pub name: (Label, TextStyle),
    /// The most important number, at the right of the first line.
    pub value: String,
    /// What the panel is about, at the left of the second line. Where there is no room, its short form is
    /// used or its end is cut off.
    pub about: Label,
    /// Further information at the right of the second line.
    pub aside: Option<(String, TextStyle)>,
    /// The text that moves from the second line to a third.
    pub third: Option<Third>,
}

impl Heading {
    /// A heading of two lines.
    #[must_use]
    pub fn new(above: f64, name: Label, ink: Ink, value: String, about: Label) -> Self {
        let name = (name, TextStyle::new(ink, 18.0).bold());
        Self { above, line: 22.0, name, value, about, aside: None, third: None }
    }

    /// This heading with `aside` at the right of its second line; or, if the panel is `slim`, with one line more,
    /// to which the text `third` moves.
    #[must_use]
    pub fn beside(self, aside: (String, TextStyle), slim: bool, third: Third) -> Self {
        let above = self.above + if slim { self.line } else { 0.0 };
        Self { above, aside: Some(aside), third: slim.then_some(third), ..self }
    }
}

impl Plot<'_> {
    /// Writes a heading over the panel.
    pub fn heading(&self, heading: &Heading) {
        let Heading { above, line, name: (name, style), value, about, aside, third } = heading;
        let soft = TextStyle::new(Ink::Soft, 14.0);
        let room = self.panel.rect.width;
        let beside = |text: &str, style: TextStyle| room - self.picture.text_width(text, style) - GAP;
        let large = TextStyle::new(Ink::Text, 21.0).bold();
        self.at_right(*above, value, large);
        self.at_left(*above, &name.fit(*style, beside(value, large), self.picture), *style);
        let second = above - line;
        let third_line = second - line;
        let (about_line, aside_line) = match third {
            Some(Third::About) => (third_line, second),
            Some(Third::Aside) => (second, third_line),
            None => (second, second),
        };
        let mut left = room;
        if let Some((text, style)) = aside {
            if *third == Some(Third::Aside) {
                self.at_left(aside_line, text, *style);
            } else {
                self.at_right(aside_line, text, *style);
            }
            if third.is_none() {
                left = beside(text, *style);
            }
        }
        self.at_left(about_line, &about.cut(soft, left, self.picture), soft);
    }

    /// Writes `text` at the panel's left edge, `above` CSS pixels over its top.
    pub fn at_left(&self, above: f64, text: &str, style: TextStyle) {
        let rect = self.panel.rect;
        self.picture.text(Point { x: rect.left, y: rect.top - above }, text, style);
    }

    /// Writes `text` at the panel's right edge, `above` CSS pixels over its top.
    pub fn at_right(&self, above: f64, text: &str, style: TextStyle) {
        let rect = self.panel.rect;
        let at = Point { x: rect.right(), y: rect.top - above };
        self.picture.text(at, text, style.align(Align::Right));
    }
}
