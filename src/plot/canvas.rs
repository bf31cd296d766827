//! Drawing onto an HTML canvas, through plotters-canvas.

use plotters::style::text_anchor::Pos;
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendColor, BackendCoord, DrawingBackend};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::surface::{GlyphStyle, SUBPIXELS, Sink};

/// The interface's typeface; the SVG and the page's styles name the same one.
pub(super) const TYPEFACE: &str = "system-ui, sans-serif";

/// How far the corner of a line may reach out, in its width: what an SVG has unless it says otherwise.
const MITER_LIMIT: f64 = 4.0;

/// A canvas, whose backing store has as many pixels as the screen shows.
pub struct CanvasSink {
    backend: CanvasBackend,
    context: CanvasRenderingContext2d,
}

impl CanvasSink {
    /// Clears `canvas`, sizes its backing store for `width` × `height` CSS pixels at `device_pixel_ratio`, and scales
    /// its coordinates to sub-pixels.
    ///
    /// # Errors
    ///
    /// If the canvas has no two-dimensional context, for example because it already has another kind.
    pub fn new(
        canvas: &HtmlCanvasElement,
        width: f64,
        height: f64,
        device_pixel_ratio: f64,
    ) -> Result<Self, JsValue> {
        let pixels = |length: f64| (length * device_pixel_ratio).round().max(1.0) as u32;
        // Setting the size, even to what it was, clears the canvas and resets its state; a changed size reallocates.
        if canvas.width() != pixels(width) || canvas.height() != pixels(height) {
            canvas.set_width(pixels(width));
            canvas.set_height(pixels(height));
        }
        let none = || JsValue::from_str("the canvas has no 2d context");
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d")?.ok_or_else(none)?.dyn_into().map_err(|_| none())?;
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
        context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        let scale = device_pixel_ratio / SUBPIXELS;
        context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)?;
        // Mitred joins take half the time of round ones; where a line turns sharply they are cut off.
        context.set_miter_limit(MITER_LIMIT);
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;
        Ok(Self { backend, context })
    }
}

fn shape(colour: BackendColor, width: f64) -> ShapeStyle {
    let (red, green, blue) = colour.rgb;
    RGBColor(red, green, blue).mix(colour.alpha).stroke_width(width.round() as u32)
}

fn text_style(style: &GlyphStyle) -> TextStyle<'static> {
    let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
    TextStyle {
        font: FontDesc::new(FontFamily::Name(TYPEFACE), style.size, weight),
        color: style.colour,
        pos: Pos::new(style.horizontal, style.vertical),
    }
}

// plotters-canvas fails only where the canvas itself is gone; there is then nobody to see the drawing.
impl Sink for CanvasSink {
    fn stroke(&mut self, path: &[BackendCoord], colour: BackendColor, width: f64, dash: &[f64]) {
        if !dash.is_empty() {
            let lengths: js_sys::Array = dash.iter().map(|&length| JsValue::from_f64(length)).collect();
            let _ = self.context.set_line_dash(&lengths);
        }
        let _ = self.backend.draw_path(path.iter().copied(), &shape(colour, width));
        if !dash.is_empty() {
            let _ = self.context.set_line_dash(&js_sys::Array::new());
        }
    }

    fn fill(&mut self, path: &[BackendCoord], colour: BackendColor) {
        let _ = self.backend.fill_polygon(path.iter().copied(), &shape(colour, 1.0));
    }

    fn circle(&mut self, centre: BackendCoord, radius: f64, colour: BackendColor, width: Option<f64>) {
        let style = shape(colour, width.unwrap_or(1.0));
        let _ = self.backend.draw_circle(centre, radius.round() as u32, &style, width.is_none());
    }

    fn text(&mut self, text: &str, position: BackendCoord, style: &GlyphStyle) {
        let _ = self.backend.draw_text(text, &text_style(style), position);
    }

    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64 {
        let weight = if style.bold { "bold" } else { "normal" };
        self.context.set_font(&format!("{weight} {}px {TYPEFACE}", style.size));
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}
