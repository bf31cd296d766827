//! Metadata in the head of a page for search engines and shared links: its address, its languages, its
//! picture.
//!
//! Most of it needs the absolute address of the page and is omitted if that is not known.

use serde_json::Value;

use super::address::Address;
use super::assets::{ENGLISH, Language, Parts};
use super::prose::escape;

/// The metadata of a page.
pub(super) struct About<'a> {
    /// The name of its file, which is the same in the folder of every language.
    pub(super) file: &'a str,
    /// The title shown where the page is shared.
    pub(super) title: &'a str,
    /// A description of one or two sentences.
    pub(super) description: &'a str,
    /// The name of its picture; see [`super::pictures`].
    pub(super) picture: &'a str,
    /// The description in the vocabulary of schema.org; see [`super::data`].
    pub(super) data: Value,
}

/// The tags for the head of the page in `language`, without its title and description.
pub(super) fn head(about: &About<'_>, language: &Language, parts: &Parts) -> String {
    let texts = &language.texts;
    let mut head = match &parts.site.address {
        Some(address) => alternates(about.file, address, &parts.languages),
        None => String::new(),
    };
    let mut property = |name: &str, value: &str| head += &tag("property", name, value);
    property("og:type", if about.file == "index.html" { "website" } else { "article" });
    property("og:title", about.title);
    property("og:description", about.description);
    property("og:site_name", texts.get("page.name"));
    property("og:locale", texts.get("page.locale"));
    for other in parts.languages.iter().filter(|other| other.tag != language.tag) {
        property("og:locale:alternate", other.texts.get("page.locale"));
    }
    let mut card = "summary";
    if let Some(address) = &parts.site.address {
        let own = address.of(&format!("{}{}", language.folder(), about.file));
        property("og:url", &own);
        let picture = format!("{}{}.png", language.folder(), about.picture);
        if let Some(words) = parts.site.pictures.get(&picture) {
            card = "summary_large_image";
            property("og:image", &address.of(&picture));
            property("og:image:type", "image/png");
            property("og:image:width", "1200");
            property("og:image:height", "630");
            property("og:image:alt", words);
        }
        head += &link("canonical", "", &own);
    }
    head += &tag("name", "twitter:card", card);
    // The data must not contain the end of the element.
    let data = about.data.to_string().replace('<', "\\u003c");
    head.trim_start().to_owned() + &format!("\n<script type=\"application/ld+json\">{data}</script>")
}

/// The links to the page `file` in all languages. English is the default for readers of other languages.
fn alternates(file: &str, address: &Address, languages: &[Language]) -> String {
    let alternate = |tag: &str, other: &Language| {
        link("alternate", tag, &address.of(&format!("{}{file}", other.folder())))
    };
    let each = languages.iter().map(|other| alternate(other.lang(), other));
    let english = languages.iter().filter(|other| other.tag == ENGLISH);
    each.chain(english.map(|other| alternate("x-default", other))).collect()
}

fn link(kind: &str, language: &str, address: &str) -> String {
    let language = if language.is_empty() { String::new() } else { format!(" hreflang=\"{language}\"") };
    format!("\n<link rel=\"{kind}\"{language} href=\"{}\">", quoted(address))
}

fn tag(kind: &str, name: &str, value: &str) -> String {
    format!("\n<meta {kind}=\"{name}\" content=\"{}\">", quoted(value))
}

/// `text` as an attribute value.
pub(super) fn quoted(text: &str) -> String {
    escape(text).replace('"', "&quot;")
}
