//! How much a reader downloads.

use std::fs;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;

use super::Line;
use crate::Outcome;

/// What wasm, scripts, styles and one page may weigh together, compressed, in kilobytes.
const SERVED: f64 = 150.0;
/// How much more than that the single file may weigh, uncompressed for its wasm's base64: half as much again.
const SINGLE: f64 = 1.5;

/// Weighs what is in `dist`.
pub(super) fn measure(dist: &Path) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    let mut served = 0.0;
    let mut single = (0.0, 0.0);
    let mut paths: Vec<_> =
        fs::read_dir(dist)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let page = fs::read_to_string(dist.join("index.html"))?;
    for path in paths.into_iter().filter(|path| path.is_file()) {
        let content = fs::read(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (plain, packed) = (kilobytes(content.len()), kilobytes(brotli(&content)?));
        if name == "divergences.html" {
            single = (plain, packed);
            continue;
        }
        // What the page loads; the rest is for those who embed figures. A page that it links to is not loaded.
        let linked = name.ends_with(".html");
        if name == "index.html" || !linked && page.contains(&format!("\"{name}\"")) {
            served += packed;
        }
        let short: Vec<_> = name
            .split('.')
            .filter(|part| part.len() != 8 || part.contains(|c: char| !c.is_ascii_hexdigit()))
            .collect();
        lines.push(
            Line::new(format!("size of {}, brotli", short.join(".")), packed, None, "KB")
                .note(&format!("{plain:.0} KB as it is")),
        );
    }
    lines.push(Line::new("**wasm + script + words + page, brotli**", served, Some(SERVED), "KB"));
    lines.push(
        Line::new("single file, brotli", single.1, Some(SINGLE * served), "KB")
            .note(&format!("{:.0} KB as it is", single.0)),
    );
    Ok(lines)
}

fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

/// The length of `content` compressed as a static server would, once and well.
fn brotli(content: &[u8]) -> Outcome<usize> {
    let mut packed = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    Ok(brotli::BrotliCompress(&mut &*content, &mut packed, &parameters).map(|_| packed.len())?)
}
