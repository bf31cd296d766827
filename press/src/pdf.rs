//! A drawing as PDF: vector graphics, text in embedded fonts, and the summary as alternative text.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Configuration, PdfVersion};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::sheet::Sheet;
use crate::{Outcome, fonts};

/// The number of points in a CSS pixel: an inch has 72 points and 96 CSS pixels.
pub const POINTS: f32 = 0.75;

/// `sheet` as a PDF of one page, with [`POINTS`] for each CSS pixel. The same sheet always gives the same
/// bytes.
///
/// # Errors
///
/// A message if there is no font for the text, or if its font may not be embedded.
pub fn pdf(sheet: &Sheet) -> Outcome<Vec<u8>> {
    let impossible = || format!("a page of {} × {} CSS pixels can't be made", sheet.width, sheet.height);
    let tree = fonts::set(sheet, fonts::installed())?;
    let (width, height) = (sheet.width * POINTS, sheet.height * POINTS);
    let size = Size::from_wh(width, height).ok_or_else(impossible)?;
    // LaTeX warns about later versions of PDF.
    let configuration = Configuration::new_with_version(PdfVersion::Pdf15);
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut page = document.start_page_with(PageSettings::from_wh(width, height).ok_or_else(impossible)?);
    let mut surface = page.surface();
    let drawing = surface.start_tagged(ContentTag::Other);
    surface
        .draw_svg(&tree, size, SvgSettings { embed_text: true, ..SvgSettings::default() })
        .ok_or_else(impossible)?;
    surface.end_tagged();
    surface.finish();
    page.finish();
    let figure = TagGroup::with_children(Tag::Figure(Some(sheet.summary.clone())), vec![drawing.into()]);
    let mut tags = TagTree::new();
    tags.push(figure);
    document.set_tag_tree(tags);
    let metadata = Metadata::new().title(sheet.title.clone()).description(sheet.summary.clone());
    document.set_metadata(metadata.language(sheet.language.clone()));
    document.finish().map_err(|error| format!("the PDF can't be made: {error:?}"))
}
