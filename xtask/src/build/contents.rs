//! Navigation between chapters: the contents, and the links to the previous and the next chapter.

use std::fmt::Write;

use explainer::book::{self, Chapter};

use super::assets::Language;
use super::head::quoted;
use super::place::Place;
use super::prose::{Landmark, escape};
use super::words::{of_chapter, words};
use crate::Outcome;

/// The contents beside the chapter `open`, with its landmarks unfolded, and the button that shows the
/// contents on narrow pages.
pub(super) fn rail(
    open: &Chapter,
    landmarks: &[Landmark],
    language: &Language,
    place: Place,
) -> Outcome<String> {
    let (id, name) = (format!("contents-{}", open.slug), words(language, "page.contents")?);
    let mut html = format!(
        "<button type=\"button\" class=\"unfold\" popovertarget=\"{id}\">{0}</button>\n\
         <nav class=\"contents\" id=\"{id}\" popover aria-label=\"{1}\">\n<p><a href=\"{2}\">{3}</a></p>\n<ol>\n",
        escape(name),
        quoted(name),
        place.front(),
        escape(words(language, "page.contents.front")?),
    );
    for chapter in book::chapters() {
        let (here, name) = (chapter.slug == open.slug, of_chapter(language, chapter.slug, "name")?);
        let _ = write!(
            html,
            "<li><a href=\"{}\"{}>{}</a>",
            place.part(chapter.slug),
            if here { " aria-current=\"page\"" } else { "" },
            escape(name)
        );
        if here && !landmarks.is_empty() {
            html.push_str("\n<ol>\n");
            for Landmark { id, words } in landmarks {
                let title = format!("{id}.title");
                let (class, words) = match words {
                    Some(words) => ("", words.as_str()),
                    None => (" class=\"figure\"", language.texts.get(&title)),
                };
                // A figure is omitted if a passage or the chapter has the same name.
                let named = |landmark: &Landmark| landmark.words.as_deref() == Some(words);
                if !class.is_empty() && (landmarks.iter().any(named) || words == name) {
                    continue;
                }
                let _ = writeln!(html, "<li{class}><a href=\"#{id}\">{}</a></li>", escape(words));
            }
            html.push_str("</ol>");
        }
        html.push_str("</li>\n");
    }
    Ok(html + "</ol>\n</nav>\n")
}

/// The links at the end of the chapter `slug` to the previous and the next chapter.
pub(super) fn previous_and_next(slug: &str, language: &Language, place: Place) -> Outcome<String> {
    let chapters: Vec<_> = book::chapters().collect();
    let here = chapters.iter().position(|chapter| chapter.slug == slug).unwrap_or_default();
    let link = |chapter: Option<&&Chapter>, relation: &str, key: &str| -> Outcome<String> {
        let Some(chapter) = chapter else { return Ok(String::new()) };
        Ok(format!(
            "<a rel=\"{relation}\" class=\"{relation}\" href=\"{}\"><span>{}</span> {}</a>\n",
            place.part(chapter.slug),
            escape(words(language, key)?),
            escape(of_chapter(language, chapter.slug, "question")?)
        ))
    };
    let before = here.checked_sub(1).and_then(|index| chapters.get(index));
    Ok(format!(
        "<nav class=\"turn\" aria-label=\"{}\">\n{}{}</nav>\n",
        quoted(words(language, "page.turn")?),
        link(before, "prev", "page.turn.before")?,
        link(chapters.get(here + 1), "next", "page.turn.after")?
    ))
}
