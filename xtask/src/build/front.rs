//! The front page: a question, a live figure, and the chapters.

use std::fmt::Write;

use explainer::book;

use super::assets::Language;
use super::head::quoted;
use super::place::Place;
use super::prose::escape;
use super::words::{of_chapter, words};
use crate::Outcome;

/// The HTML of the front page in `language`, with the HTML of its `figure` and of each chapter's thumbnail.
/// `lecture` has the attributes with the address of the lecture on all chapters.
pub(super) fn html(
    language: &Language,
    place: Place,
    figure: &str,
    picture: &dyn Fn(&str) -> Outcome<String>,
    lecture: &str,
) -> Outcome<String> {
    let mut chapters = String::new();
    for slug in book::chapters().map(|chapter| chapter.slug) {
        let _ = writeln!(
            chapters,
            "<li>{}<div><h2><a href=\"{}\">{}</a></h2>\n<p>{}</p></div></li>",
            picture(slug)?,
            place.part(slug),
            escape(of_chapter(language, slug, "question")?),
            escape(of_chapter(language, slug, "sentence")?)
        );
    }
    Ok(format!(
        "<main class=\"front\" data-page data-title=\"{}\"{lecture}>\n<section>\n<h1>{}</h1>\n<p>{}</p>\n{figure}\n<ol class=\"chapters\">\n{chapters}</ol>\n\
         </section>\n</main>\n",
        quoted(words(language, "page.title")?),
        escape(words(language, "page.heading")?),
        escape(words(language, "page.lead")?),
    ))
}
