//! Drawing onto an HTML canvas: lines and areas through plotters-canvas, text by direct calls.

use plotters::style::{Color, RGBColor, ShapeStyle};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, DrawingBackend};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::surface::{GlyphStyle, SUBPIXELS, Sink};
use crate::decimal;

/// The typeface of the interface. The SVG and the page's styles use the same one.
pub(super) const TYPEFACE: &str = "system-ui, sans-serif";

/// The limit on how far a sharp corner extends, in line widths. This is the default of SVG, so that both look
/// alike.
const MITER_LIMIT: f64 = 4.0;

/// A canvas whose backing store has one pixel for each pixel of the screen.
pub struct CanvasSink {
    backend: CanvasBackend,
    context: CanvasRenderingContext2d,
}

impl CanvasSink {
    /// Clears `canvas`, sizes its backing store for `width` × `height` CSS pixels at `device_pixel_ratio`,
    /// and scales its coordinates to sub-pixels.
    ///
    /// # Errors
    ///
    /// A canvas without a two-dimensional context, for example because it already has one of another kind.
    pub fn new(
        canvas: &HtmlCanvasElement,
        width: f64,
        height: f64,
        device_pixel_ratio: f64,
    ) -> Result<Self, JsValue> {
        let pixels = |length: f64| (length * device_pixel_ratio).round().max(1.0) as u32;
        // Assigning a size clears the canvas and resets its state, even if the size is the same; a new size also
        // reallocates the backing store.
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
        // Mitred joins take half the time of round ones.
        context.set_miter_limit(MITER_LIMIT);
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;
        Ok(Self { backend, context })
    }
}

/// `colour` in CSS notation.
fn css(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("rgba({red},{green},{blue},{})", decimal::write(colour.alpha))
}

fn shape(colour: BackendColor, width: f64) -> ShapeStyle {
    let (red, green, blue) = colour.rgb;
    RGBColor(red, green, blue).mix(colour.alpha).stroke_width(width.round() as u32)
}

impl CanvasSink {
    /// Sets the font of the texts to come.
    fn set_font(&self, style: &GlyphStyle) {
        let weight = if style.bold { "bold" } else { "normal" };
        self.context.set_font(&format!("{weight} {}px {TYPEFACE}", decimal::write(style.size)));
    }
}

// Errors of plotters-canvas are ignored: they occur only once the canvas is gone, when nobody sees the
// drawing.
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
        self.context.set_text_align(match style.horizontal {
            HPos::Left => "start",
            HPos::Center => "center",
            HPos::Right => "end",
        });
        self.context.set_text_baseline(match style.vertical {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        self.context.set_fill_style_str(&css(style.colour));
        self.set_font(style);
        let _ = self.context.fill_text(text, f64::from(position.0), f64::from(position.1));
    }

    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64 {
        self.set_font(style);
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}
