//! The single file: the explainer and its guide in every language, with everything inside that it would load.

use super::assets::{ENGLISH, Language, Parts};
use super::guide::{self, Place};
use super::head::quoted;
use super::page::{fill, prose};
use super::prose::{Figures, escape};
use crate::Outcome;

/// Its HTML: the page of the first language, and what the others put in its place, to be changed over by its script.
pub(super) fn html(shell: &str, parts: &Parts, script: &str) -> Outcome<String> {
    let [first, others @ ..] = parts.languages.as_slice() else { return Err("there is no language".into()) };
    let mut head = format!("<style>{}{}</style>", parts.page_styles, guide::styles()?);
    for language in &parts.languages {
        // Which of them holds is the script's to say.
        head.push_str(&format!(
            "\n<style data-language=\"{}\"{}>{}</style>",
            language.tag,
            if language.tag == ENGLISH { "" } else { " media=\"not all\"" },
            language.styles
        ));
    }
    let body = body(&filled(shell, first, parts, &head, false)?, first, parts)?;
    let mut tail = String::new();
    for language in others {
        let other = filled(shell, language, parts, "", true)?;
        tail.push_str(&format!(
            "<template data-language=\"{}\" lang=\"{}\" data-title=\"{}\" data-description=\"{}\">\n{}</template>\n",
            language.tag,
            language.lang(),
            quoted(language.texts.get("page.title")),
            quoted(language.texts.get("page.description")),
            self::body(&other, language, parts)?.1
        ));
    }
    let (before, inside) = body;
    let script = format!("{}<script type=\"module\" data-divergences>{script}</script>\n", guide::script()?);
    Ok(format!("{before}<body>\n{inside}{tail}{script}</body>\n</html>\n"))
}

/// The shell in `language`; figures are in the page of the first language only.
fn filled(shell: &str, language: &Language, parts: &Parts, head: &str, bare: bool) -> Outcome<String> {
    let styles = format!("<style>{}</style>", parts.figure_styles);
    let content = prose(language, |far| match (bare, far) {
        (true, _) => Figures::Places,
        (false, true) => Figures::Far(&styles),
        (false, false) => Figures::Whole(&styles),
    })?;
    let teaching = Place::Within.part("teaching");
    let switch = switch(language, &parts.languages);
    let values = [("head", head), ("content", &content), ("teaching", &teaching), ("languages", &switch)];
    fill(shell, language, &values)
}

/// What is before the body of `page`, and what stands in it, with the guide behind.
fn body(page: &str, language: &Language, parts: &Parts) -> Outcome<(String, String)> {
    let (before, rest) = page.split_once("<body>\n").ok_or("index.html: no <body>")?;
    let (inside, _) = rest.split_once("</body>").ok_or("index.html: no </body>")?;
    let guide = guide::within(language, &switch(language, &parts.languages))?;
    Ok((before.to_owned(), format!("{inside}{guide}")))
}

/// Links to the file itself in every other language, each named in its own.
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
