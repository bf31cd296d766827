//! The single file: the whole book and its guide in every language, with everything inside that it needs.
//!
//! Its pages follow one another, and its script shows one at a time. Each figure is in it once, in the first
//! language: in its chapter, or on the front page if it is the first of all. Elsewhere a placeholder marks
//! where the script moves it.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use explainer::book;
use explainer::figure::Form;

use super::assets::{ENGLISH, Language, Parts};
use super::chapter::{self, Frame};
use super::head::quoted;
use super::page::fill;
use super::place::Place;
use super::prose::{self, escape};
use super::words::words;
use super::{front, guide, poster};
use crate::Outcome;

/// The HTML of the single file. The pages of the first language are in its body, and those of the others in
/// templates, from which the script replaces them.
pub(super) fn html(shell: &str, parts: &Parts, script: &str) -> Outcome<String> {
    let [first, others @ ..] = parts.languages.as_slice() else { return Err("there is no language".into()) };
    let mut head = format!("<style>{}{}{}</style>", parts.page_styles, parts.frame_styles, guide::styles()?);
    for language in &parts.languages {
        // The script enables the styles of the present language.
        let _ = write!(
            head,
            "\n<style data-language=\"{}\"{}>{}</style>",
            language.tag,
            if language.tag == ENGLISH { "" } else { " media=\"not all\"" },
            language.styles
        );
    }
    let (before, inside) = body(shell, first, parts, &head)?;
    let mut tail = String::new();
    for language in others {
        let _ = write!(
            tail,
            "<template data-language=\"{}\" lang=\"{}\" data-description=\"{}\">\n{}</template>\n",
            language.tag,
            language.lang(),
            quoted(words(language, "page.description")?),
            body(shell, language, parts, "")?.1
        );
    }
    let script = format!("{}<script type=\"module\" data-divergences>{script}</script>\n", guide::script()?);
    Ok(format!("{before}<body>\n{inside}{tail}{script}</body>\n</html>\n"))
}

/// The HTML of the file in `language`: what precedes the body, and the content of the body with the guide.
fn body(shell: &str, language: &Language, parts: &Parts, head: &str) -> Outcome<(String, String)> {
    let switch = switch(language, &parts.languages);
    let (title, description) =
        (escape(words(language, "page.title")?), quoted(words(language, "page.description")?));
    let content = book(language, parts)?;
    let values = [
        ("head", head),
        ("title", &title),
        ("description", &description),
        ("content", &content),
        ("home", Place::Within.front()),
        ("teaching", &Place::Within.part("teaching")),
        ("languages", &switch),
    ];
    let page = fill(shell, language, &values)?;
    let (before, rest) = page.split_once("<body>\n").ok_or("index.html: no <body>")?;
    let (inside, _) = rest.split_once("</body>").ok_or("index.html: no </body>")?;
    let guide = guide::within(language, &switch)?;
    Ok((before.to_owned(), format!("{inside}{guide}")))
}

/// The front page and all chapters. Only the first language contains the figures.
fn book(language: &Language, parts: &Parts) -> Outcome<String> {
    let first = book::names().next().ok_or("there is no figure")?;
    let styles = format!("<style>{}</style>", parts.figure_styles);
    let standing = |name: &str, form| match language.tag.as_str() {
        ENGLISH => prose::figure(name, &language.texts, &styles, form),
        _ => Ok(prose::place(name)),
    };
    let figure = |name: &str, _: bool| {
        if name == first { Ok(prose::place(name)) } else { standing(name, Form::Far) }
    };
    let picture = |slug: &str| {
        let inside = |svg: &String| format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(svg));
        poster::thumbnail(slug, language).map(|themes| poster::themed_images(&themes.each_ref().map(inside)))
    };
    let mut html = front::html(language, Place::Within, &standing(first, Form::Page)?, &picture, "")?;
    for chapter in book::chapters() {
        let frame = Frame { place: Place::Within, figure: &figure, lecture: "", exercises: "" };
        html.push_str(&chapter::html(chapter, language, &frame)?);
    }
    Ok(html)
}

/// The links from the file to itself in all other languages. Each is named in its own language.
fn switch(language: &Language, languages: &[Language]) -> String {
    let others = languages.iter().filter(|other| other.tag != language.tag);
    let link = |other: &Language| {
        format!(
            "<a data-language=\"{tag}\" href=\"?lang={tag}\" lang=\"{lang}\" hreflang=\"{lang}\">{}</a>",
            escape(other.texts.get("page.language")),
            tag = other.tag,
            lang = other.lang()
        )
    };
    others.map(link).collect()
}
