//! A drawing as PNG.

use resvg::tiny_skia::{Pixmap, Transform};

use crate::sheet::Sheet;
use crate::{Outcome, fonts};

/// `sheet` as PNG, with `scale` pixels for each CSS pixel.
///
/// # Errors
///
/// A message if there is no font for the text, or not enough memory for the pixels.
pub fn png(sheet: &Sheet, scale: f32) -> Outcome<Vec<u8>> {
    let tree = fonts::set(sheet, fonts::installed())?;
    let [width, height] = [sheet.width, sheet.height].map(|length| (length * scale).round() as u32);
    let mut pixels = Pixmap::new(width, height)
        .ok_or_else(|| format!("{width} × {height} pixels are too many for a PNG"))?;
    // The drawing is stretched to a whole number of pixels, so that no edge is partly covered.
    let fit = Transform::from_scale(width as f32 / sheet.width, height as f32 / sheet.height);
    resvg::render(&tree, fit, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| format!("the PNG can't be made: {error}"))
}
