//! Drawing onto an HTML canvas.

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::surface::{GlyphStyle, SUBPIXELS, Sink};

/// The interface's typeface; the SVG and the page's styles name the same one.
pub(super) const TYPEFACE: &str = "system-ui, sans-serif";

/// How far the corner of a line may reach out, in its width: what an SVG has unless it says otherwise.
const MITER_LIMIT: f64 = 4.0;

/// A canvas, whose backing store has as many pixels as the screen shows.
pub struct CanvasSink {
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
        Ok(Self { context })
    }

    /// What is filled and stroked from now on has this colour.
    fn paint(&self, colour: BackendColor) {
        let (red, green, blue) = colour.rgb;
        let text = format!("#{red:02x}{green:02x}{blue:02x}");
        self.context.set_fill_style_str(&text);
        self.context.set_stroke_style_str(&text);
        self.context.set_global_alpha(colour.alpha);
    }

    fn trace(&self, path: &[BackendCoord]) {
        self.context.begin_path();
        for (x, y) in path {
            // On an empty path this moves there.
            self.context.line_to(f64::from(*x), f64::from(*y));
        }
    }

    fn set_dash(&self, dash: &[f64]) {
        let lengths: js_sys::Array = dash.iter().map(|&length| JsValue::from_f64(length)).collect();
        // A length that is not finite is passed over.
        let _ = self.context.set_line_dash(&lengths);
    }

    fn set_font(&self, style: &GlyphStyle) {
        let weight = if style.bold { "bold" } else { "normal" };
        self.context.set_font(&format!("{weight} {}px {TYPEFACE}", style.size.round() as u32));
    }
}

// What fails, fails only where the canvas itself is gone; there is then nobody to see the drawing.
impl Sink for CanvasSink {
    fn stroke(&mut self, path: &[BackendCoord], colour: BackendColor, width: f64, dash: &[f64]) {
        self.paint(colour);
        self.context.set_line_width(width);
        self.trace(path);
        if dash.is_empty() {
            self.context.stroke();
        } else {
            self.set_dash(dash);
            self.context.stroke();
            self.set_dash(&[]);
        }
    }

    fn fill(&mut self, path: &[BackendCoord], colour: BackendColor) {
        self.paint(colour);
        self.trace(path);
        self.context.fill();
    }

    fn circle(&mut self, (x, y): BackendCoord, radius: f64, colour: BackendColor, width: Option<f64>) {
        self.paint(colour);
        self.context.begin_path();
        let _ = self.context.arc(f64::from(x), f64::from(y), radius, 0.0, std::f64::consts::TAU);
        match width {
            Some(width) => {
                self.context.set_line_width(width);
                self.context.stroke();
            }
            None => self.context.fill(),
        }
    }

    fn text(&mut self, text: &str, (x, y): BackendCoord, style: &GlyphStyle) {
        self.paint(style.colour);
        self.set_font(style);
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
        let _ = self.context.fill_text(text, f64::from(x), f64::from(y));
    }

    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64 {
        self.set_font(style);
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}
