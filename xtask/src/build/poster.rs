//! Drawings in files of their own: the posters of figures further down a page, and the thumbnails of
//! chapters.

use std::fs;
use std::path::Path;

use explainer::book;
use explainer::figure::texts::Texts;
use explainer::figure::{Live, NARROW, POSTER_WIDTHS, Tick};
use explainer::plot::{SUBPIXELS, Theme};

use super::assets::{Language, put};
use super::prose;
use super::words::of_chapter;
use crate::Outcome;

/// The size of a thumbnail, in CSS pixels.
const THUMBNAIL: [f64; 2] = [480.0, 320.0];

/// The width of the drawing of which a thumbnail is made, in CSS pixels. Columns stand side by side in it.
const DRAWING: f64 = NARROW;

/// The space that a thumbnail leaves above and below its panels, in CSS pixels of the drawing.
const SPACE: f64 = 10.0;

/// The themes of thumbnails. A page shows the one that suits it.
const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

/// Writes the posters of all figures except the first of each chapter, in `language`, into `folder`. Returns
/// the name of each figure with its files, one for each of [`POSTER_WIDTHS`].
pub(super) fn write(folder: &Path, language: &Language) -> Outcome<Vec<(&'static str, [String; 2])>> {
    let mut posters = Vec::new();
    let apart = book::chapters().flat_map(|chapter| &chapter.figures[1..]);
    for live in apart.map(|entry| (entry.make)()) {
        let [wide, narrow] = POSTER_WIDTHS.map(|width| {
            let svg = live.svg(width, Theme::Light, true, &language.texts);
            put(folder, live.name(), "svg", inked(&svg, &preferred_inks()).as_bytes())
        });
        posters.push((live.name(), [wide?, narrow?]));
    }
    Ok(posters)
}

/// Writes the picture of each figure in `language` into `folder`, for windows in which no script arrives.
pub(super) fn write_alone(folder: &Path, language: &Language) -> Outcome {
    fs::create_dir_all(folder)?;
    for live in book::names().filter_map(book::make) {
        let svg = live.svg(POSTER_WIDTHS[0], Theme::Light, true, &language.texts);
        fs::write(folder.join(format!("{}.svg", live.name())), inked(&svg, &preferred_inks()))?;
    }
    Ok(())
}

/// Styles with the inks of the theme that the reader prefers.
fn preferred_inks() -> String {
    let [light, dark] = THEMES.map(Theme::css);
    format!(":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}")
}

/// `svg` with the inks that `styles` defines.
fn inked(svg: &str, styles: &str) -> String {
    svg.replacen('>', &format!("><style>{styles}</style>"), 1)
}

/// The thumbnail of the chapter `slug` in each of [`THEMES`]. It has no text, so that all languages share it.
pub(super) fn thumbnail(slug: &str, language: &Language) -> Outcome<[String; 2]> {
    let state = of_chapter(language, slug, "picture")?;
    let mut live = prose::state(state).map_err(|error| format!("{slug}.picture: {error}"))?;
    while live.tick(f64::INFINITY) == Tick::Moving {}
    Ok(THEMES.map(|theme| inked(&wordless(&live), &format!(":root{{{}}}", theme.css()))))
}

/// The upper and lower edge of the part of the drawing that a thumbnail of `live` shows: as many whole panels
/// as there is room for.
fn window(live: &Live) -> [f64; 2] {
    let panels = live.panels(DRAWING);
    let top = panels.iter().map(|panel| panel.rect.top).fold(f64::INFINITY, f64::min) - SPACE;
    let bottoms = panels.iter().map(|panel| panel.rect.bottom() + SPACE);
    [top, bottoms.filter(|bottom| *bottom <= top + height()).fold(top, f64::max)]
}

/// The height of a thumbnail, in CSS pixels of the drawing.
fn height() -> f64 {
    DRAWING / THUMBNAIL[0] * THUMBNAIL[1]
}

/// The panels of `live` without text.
fn wordless(live: &Live) -> String {
    let svg = live.svg(DRAWING, Theme::Light, true, &Texts::new());
    let mut made = String::with_capacity(svg.len());
    let mut rest = svg.as_str();
    // Its title, description and text elements, each on a line of its own.
    while let Some(start) = ["<text", "<title", "<desc"].iter().filter_map(|open| rest.find(open)).min() {
        made.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = rest.find('\n').map_or("", |end| &rest[end + 1..]);
    }
    made.push_str(rest);
    let drawn = made.split_once('>').map_or("", |(_, drawn)| drawn.trim_end().trim_end_matches("</svg>"));
    let [from, to] = window(live);
    // The inner picture hides what is above and below.
    let [width, whole, from, part, above] =
        [DRAWING, height(), from, to - from, 0.5 * (height() - (to - from))].map(|y| (y * SUBPIXELS).round());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {whole}\"><svg y=\"{above}\" \
         width=\"{width}\" height=\"{part}\" viewBox=\"0 {from} {width} {part}\">{drawn}</svg></svg>\n"
    )
}

/// The thumbnail of each chapter as HTML, for the pages of `language`. All languages share the files in
/// `dist`.
pub(super) fn thumbnail_files(dist: &Path, language: &Language) -> Outcome<Vec<(&'static str, String)>> {
    let picture = |slug: &'static str| -> Outcome<(&'static str, String)> {
        let [light, dark] = thumbnail(slug, language)?;
        let file = |svg: String| put(dist, slug, "svg", svg.as_bytes());
        let sources = [file(light)?, file(dark)?].map(|name| format!("{}{name}", language.up()));
        Ok((slug, themed_images(&sources)))
    };
    book::chapters().map(|chapter| picture(chapter.slug)).collect()
}

/// The HTML of one picture in each of [`THEMES`].
pub(super) fn themed_images([light, dark]: &[String; 2]) -> String {
    let [width, height] = THUMBNAIL;
    let image = |class, source| {
        format!(
            "<img class=\"{class}\" src=\"{source}\" alt=\"\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
        )
    };
    format!("{}{}", image("light", light), image("dark", dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnail_cuts_no_panel() {
        for chapter in book::chapters() {
            for live in chapter.figures.iter().map(|entry| (entry.make)()) {
                let [top, bottom] = window(&live);
                let rects: Vec<_> = live.panels(DRAWING).into_iter().map(|panel| panel.rect).collect();
                let whole = rects.iter().filter(|rect| top <= rect.top && rect.bottom() <= bottom).count();
                let outside = rects.iter().filter(|rect| rect.bottom() <= top || bottom <= rect.top).count();
                assert!(whole > 0, "{}: a panel is seen", live.name());
                assert_eq!(whole + outside, rects.len(), "{}: {top} to {bottom}, {rects:?}", live.name());
                assert!(bottom - top <= height(), "{}: {top} to {bottom}", live.name());
            }
        }
    }
}
