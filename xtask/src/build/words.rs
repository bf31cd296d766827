//! Words that the build itself needs: one that is missing fails it.

use super::assets::Language;
use crate::Outcome;

/// The words of `key`, which stand in `pages.txt` unless a figure has them.
pub(super) fn words<'a>(language: &'a Language, key: &str) -> Outcome<&'a str> {
    language
        .texts
        .find(key)
        .ok_or_else(|| format!("www/content/{}/pages.txt: there is no line “{key} = …”", language.tag).into())
}

/// The words of `key` about the chapter `slug`.
pub(super) fn of_chapter<'a>(language: &'a Language, slug: &str, key: &str) -> Outcome<&'a str> {
    words(language, &format!("{slug}.{key}"))
}
