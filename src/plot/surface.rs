//! The plotters backend, and the sinks that it draws onto.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

/// The number of plotters' pixels in one CSS pixel.
pub const SUBPIXELS: f64 = 8.0;

/// The destination of a drawing: a canvas, or the text of an SVG.
///
/// A plotters backend is a type parameter of all chart code, so that a second backend would compile all of it
/// again. Therefore there is one backend, [`Surface`], with this trait object behind it. Coordinates and
/// lengths are in sub-pixels ([`SUBPIXELS`] to a CSS pixel).
pub trait Sink {
    /// Strokes an open path.
    fn stroke(&mut self, path: &[BackendCoord], colour: BackendColor, width: f64, dash: &[f64]);
    /// Fills a closed path.
    fn fill(&mut self, path: &[BackendCoord], colour: BackendColor);
    /// Draws a circle: stroked with `width` if that is given, and filled otherwise.
    fn circle(&mut self, centre: BackendCoord, radius: f64, colour: BackendColor, width: Option<f64>);
    /// Writes `text` so that its anchor is at `position`.
    fn text(&mut self, text: &str, position: BackendCoord, style: &GlyphStyle);
    /// The width of `text`.
    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64;
}

/// The style of a text. The size is in sub-pixels.
#[derive(Clone, Copy)]
pub struct GlyphStyle {
    /// The colour.
    pub colour: BackendColor,
    /// The size.
    pub size: f64,
    /// Whether the text is bold.
    pub bold: bool,
    /// The horizontal anchor.
    pub horizontal: HPos,
    /// The vertical anchor.
    pub vertical: VPos,
}

impl GlyphStyle {
    fn of<S: BackendTextStyle>(style: &S) -> Self {
        let anchor = style.anchor();
        Self {
            colour: style.color(),
            size: style.size(),
            bold: matches!(style.style(), FontStyle::Bold),
            horizontal: anchor.h_pos,
            vertical: anchor.v_pos,
        }
    }
}

/// The plotters backend that every figure draws on.
pub struct Surface {
    sink: Box<dyn Sink>,
    width: u32,
    height: u32,
}

type Outcome = Result<(), DrawingErrorKind<Infallible>>;

impl Surface {
    /// A surface of `width` × `height` CSS pixels that draws onto `sink`.
    #[must_use]
    pub fn new(sink: Box<dyn Sink>, width: f64, height: f64) -> Self {
        let units = |length: f64| (length * SUBPIXELS).round() as u32;
        Self { sink, width: units(width), height: units(height) }
    }

    /// The sink.
    pub(super) fn sink(&mut self) -> &mut dyn Sink {
        &mut *self.sink
    }
}

impl DrawingBackend for Surface {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Outcome {
        self.sink.fill(&[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], colour);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.sink.stroke(&[from, to], style.color(), f64::from(style.stroke_width()), &[]);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        if fill {
            self.sink.fill(&corners, style.color());
        } else {
            self.sink.stroke(&corners, style.color(), f64::from(style.stroke_width()), &[]);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        let path: Vec<_> = path.into_iter().collect();
        self.sink.stroke(&path, style.color(), f64::from(style.stroke_width()), &[]);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        let width = (!fill).then(|| f64::from(style.stroke_width()));
        self.sink.circle(centre, f64::from(radius), style.color(), width);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        let path: Vec<_> = path.into_iter().collect();
        self.sink.fill(&path, style.color());
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, position: BackendCoord) -> Outcome {
        self.sink.text(text, position, &GlyphStyle::of(style));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = self.sink.text_width(text, &GlyphStyle::of(style));
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
