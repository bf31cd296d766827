//! What a published explainer has besides its pages: its address, the pictures for shared links, and a
//! sitemap.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use explainer::book;

use super::address::Address;
use super::assets::{ENGLISH, Language};
use super::pictures::{self, Pictures};
use crate::Outcome;

/// The published site. Without an address it is empty.
#[derive(Default)]
pub(super) struct Site {
    pub(super) address: Option<Address>,
    pub(super) pictures: Pictures,
}

impl Site {
    /// Writes the pictures, the sitemap and robots.txt of the site at `address` into `dist`.
    pub(super) fn write(dist: &Path, address: Address, languages: &[Language]) -> Outcome<Self> {
        let pictures = pictures::draw(dist, languages)?;
        fs::write(dist.join("sitemap.xml"), sitemap(&address, languages))?;
        let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", address.of("sitemap.xml"));
        fs::write(dist.join("robots.txt"), robots)?;
        Ok(Self { address: Some(address), pictures })
    }
}

/// The sitemap: all pages in all languages, each with its translations.
fn sitemap(address: &Address, languages: &[Language]) -> String {
    let pages =
        ["index", "teaching", "handout"].into_iter().chain(book::chapters().map(|chapter| chapter.slug));
    let mut urls = String::new();
    for page in pages {
        let of = |language: &Language| address.of(&format!("{}{page}.html", language.folder()));
        let alternate = |tag: &str, language: &Language| {
            format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{}\"/>\n", of(language))
        };
        let mut alternates: String =
            languages.iter().map(|language| alternate(language.lang(), language)).collect();
        let english = languages.iter().filter(|language| language.tag == ENGLISH);
        alternates.extend(english.map(|english| alternate("x-default", english)));
        for language in languages {
            let _ = write!(urls, "<url>\n<loc>{}</loc>\n{alternates}</url>\n", of(language));
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{urls}</urlset>\n"
    )
}
