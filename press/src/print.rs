//! Writing a drawing to its target.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::request::{Order, Target};
use crate::sheet::Sheet;
use crate::{Outcome, pdf, png, say};

/// Writes `sheet` to the target of `order`.
///
/// # Errors
///
/// A message if there is no font for the text, or if the file cannot be written.
pub fn print(sheet: &Sheet, order: &Order, output: &mut dyn Write) -> Outcome {
    match &order.target {
        Target::Output => say(output, &sheet.svg),
        Target::Svg(path) => write(path, sheet.svg.as_bytes()),
        Target::Png { path, scale } => write(path, &png::png(sheet, *scale)?),
        Target::Pdf(path) => write(path, &pdf::pdf(sheet)?),
    }
}

fn write(path: &Path, content: &[u8]) -> Outcome {
    fs::write(path, content).map_err(|error| format!("can't write {}: {error}", path.display()))
}
