//! The heading of a panel: what it shows, and the one number that matters.

use super::label::Label;
use super::marks::Plot;
use super::panel::Point;
use super::picture::{Align, TextStyle};
use super::theme::Ink;

/// Between words that stand in one line, at least.
const GAP: f64 = 12.0;

/// What is dropped into a third line where a column is slim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Third {
    /// What the panel is about.
    About,
    /// What stands beside that.
    Aside,
}

/// A heading: a name and a value, and below them what the panel is about and what else there is to tell. Lengths are CSS
/// pixels.
#[derive(Clone, Debug)]
pub struct Heading {
    /// How far above the panel its first line stands.
    pub above: f64,
    /// How far its lines are apart.
    pub line: f64,
    /// What is shown, at the left of the first line.
    pub name: (Label, TextStyle),
    /// The one number that matters, at the right of it.
    pub value: String,
    /// What the panel is about, at the left of the second line: in its short form or without its end where there is no room.
    pub about: Label,
    /// What else there is to tell, at the right of the second line.
    pub aside: Option<(String, TextStyle)>,
    /// What stands in a third line instead of the second, if anything.
    pub third: Option<Third>,
}

impl Heading {
    /// A heading of two lines.
    #[must_use]
    pub fn new(above: f64, name: Label, ink: Ink, value: String, about: Label) -> Self {
        let name = (name, TextStyle::new(ink, 18.0).bold());
        Self { above, line: 22.0, name, value, about, aside: None, third: None }
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

    /// Writes `text` at the panel's left edge, `above` pixels over it.
    pub fn at_left(&self, above: f64, text: &str, style: TextStyle) {
        let rect = self.panel.rect;
        self.picture.text(Point { x: rect.left, y: rect.top - above }, text, style);
    }

    /// Writes `text` at the panel's right edge, `above` pixels over it.
    pub fn at_right(&self, above: f64, text: &str, style: TextStyle) {
        let rect = self.panel.rect;
        let at = Point { x: rect.right(), y: rect.top - above };
        self.picture.text(at, text, style.align(Align::Right));
    }
}
