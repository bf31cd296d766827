//! The texts that the build itself needs. A missing one fails the build.

use super::assets::Language;
use crate::Outcome;

/// The text of `key`, which is in `pages.txt` or among those of the figures.
pub(super) fn words<'a>(language: &'a Language, key: &str) -> Outcome<&'a str> {
    language
        .texts
        .find(key)
        .ok_or_else(|| format!("www/content/{}/pages.txt: there is no line “{key} = …”", language.tag).into())
}

/// The text of `key` about the chapter `slug`.
pub(super) fn of_chapter<'a>(language: &'a Language, slug: &str, key: &str) -> Outcome<&'a str> {
    words(language, &format!("{slug}.{key}"))
}
