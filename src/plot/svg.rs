//! Drawing into the text of an SVG, for posters, exports and print.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord};

use super::number::short;
use super::simplify::simplified;
use super::surface::{GlyphStyle, Sink};
use super::theme::Ink;

/// The text of an SVG while it is being written.
///
/// Its units are sub-pixels ([`super::SUBPIXELS`] to a CSS pixel), so that nearly all of its many numbers are
/// short and whole. The caller's `viewBox` scales them back. With `themed`, colours are written as CSS custom
/// properties (`var(--target,#7d8593)`), so that one poster suits a light and a dark page. A themed drawing
/// must use [`super::Theme::Light`], because its colours are looked up there.
pub struct SvgSink {
    text: Rc<RefCell<String>>,
    themed: bool,
}

impl SvgSink {
    /// A sink that appends to `text`.
    #[must_use]
    pub fn new(text: Rc<RefCell<String>>, themed: bool) -> Self {
        Self { text, themed }
    }

    fn colour(&self, attribute: &str, colour: BackendColor) -> String {
        let (red, green, blue) = colour.rgb;
        let hex = format!("#{red:02x}{green:02x}{blue:02x}");
        let ink = if self.themed { Ink::of(colour.rgb) } else { None };
        let mut text = match ink {
            // Not a style attribute, which a strict policy forbids.
            Some(ink) => format!(" {attribute}=\"var(--{},{hex})\"", ink.css_name()),
            None => format!(" {attribute}=\"{hex}\""),
        };
        if colour.alpha < 1.0 {
            let _ = write!(text, " {attribute}-opacity=\"{}\"", short(colour.alpha, 3));
        }
        text
    }

    fn path(&self, path: &[BackendCoord]) -> String {
        if self.themed { path_data(&simplified(path, POSTER_TOLERANCE)) } else { path_data(path) }
    }

    fn element(&self, name: &str, attributes: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.text.borrow_mut(), "<{name}{attributes}/>");
    }
}

/// The greatest distance of an omitted point of a poster from the line, in sub-pixels. Together with
/// [`super::simplify::TOLERANCE`] it is little more than a third of a CSS pixel.
const POSTER_TOLERANCE: f64 = 2.0;

/// `length` in sub-pixels, to one decimal: more cannot be seen.
fn number(length: f64) -> String {
    short(length, 1)
}

fn path_data(path: &[BackendCoord]) -> String {
    let mut data = String::new();
    let mut before = (0, 0);
    for (i, &(x, y)) in path.iter().enumerate() {
        // Relative coordinates take fewer digits than absolute ones, and a minus sign needs no space before
        // it.
        let (dx, dy) = (x - before.0, y - before.1);
        let gap = |step: i32| if step < 0 { "" } else { " " };
        let command = match i {
            0 => "M",
            1 => "l",
            _ => gap(dx),
        };
        let _ = write!(data, "{command}{dx}{}{dy}", gap(dy));
        before = (x, y);
    }
    data
}

/// `text` with XML's reserved characters escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Sink for SvgSink {
    fn stroke(&mut self, path: &[BackendCoord], colour: BackendColor, width: f64, dash: &[f64]) {
        let dashes = if dash.is_empty() {
            String::new()
        } else {
            let lengths: Vec<_> = dash.iter().map(|&length| number(length)).collect();
            format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
        };
        let colour = self.colour("stroke", colour);
        let (width, data) = (number(width), self.path(path));
        self.element(
            "path",
            format_args!(" d=\"{data}\" fill=\"none\" stroke-width=\"{width}\"{dashes}{colour}"),
        );
    }

    fn fill(&mut self, path: &[BackendCoord], colour: BackendColor) {
        let colour = self.colour("fill", colour);
        self.element("path", format_args!(" d=\"{}Z\"{colour}", self.path(path)));
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: f64, colour: BackendColor, width: Option<f64>) {
        let radius = number(radius);
        let paint = match width {
            Some(width) => {
                format!(" fill=\"none\" stroke-width=\"{}\"{}", number(width), self.colour("stroke", colour))
            }
            None => self.colour("fill", colour),
        };
        self.element("circle", format_args!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{paint}"));
    }

    fn text(&mut self, text: &str, (x, y): BackendCoord, style: &GlyphStyle) {
        let anchor = match style.horizontal {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // `dominant-baseline` is ignored by printers and converters. A shift in parts of the text size works
        // everywhere.
        let shift = match style.vertical {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        let weight = if style.bold { " font-weight=\"700\"" } else { "" };
        let y = number(f64::from(y) + shift * style.size);
        let (size, colour) = (number(style.size), self.colour("fill", style.colour));
        let _ = writeln!(
            self.text.borrow_mut(),
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight}{colour}>{}</text>",
            escape(text)
        );
    }

    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64 {
        // Without a font the width is an estimate. Letters average half an em in Helvetica and similar fonts.
        // Digits get more, because labels at the edge are numbers, and digits are wider in DejaVu. A CJK
        // letter takes a whole em.
        let ems = |c: char| match c {
            '0'..='9' => 0.63,
            '\u{2e80}'.. => 1.0,
            _ => 0.52,
        };
        let ems: f64 = text.chars().map(ems).sum();
        ems * style.size * if style.bold { 1.06 } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_to_positions() {
        let path = [(8, 16), (24, 16), (24, 4), (20, 9)];
        assert_eq!(path_data(&path), "M8 16l16 0 0-12-4 5", "from the start, and then from point to point");
    }
}
