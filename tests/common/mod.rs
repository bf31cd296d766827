//! The functions that the tests in this folder share.

#![allow(dead_code, reason = "each program of tests uses a part")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use explainer::book;
use explainer::figure::Live;
use explainer::figure::texts::Texts;

/// The names of the figures to test: all, or the one in the variable `FIGURE`, which `cargo xtask test
/// --figure` sets.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let only = env::var("FIGURE").ok();
    let known = only.as_ref().is_none_or(|only| book::names().any(|name| name == only));
    assert!(
        known,
        "FIGURE={}: there are {}",
        only.unwrap_or_default(),
        book::names().collect::<Vec<_>>().join(", ")
    );
    book::names().filter(move |name| only.as_ref().is_none_or(|only| only == name))
}

/// The figures to test, with their defaults.
pub(crate) fn figures() -> impl Iterator<Item = Live> {
    names().map(|name| book::make(name).unwrap_or_else(|| panic!("the book has no {name}")))
}

/// The folder of all texts.
pub(crate) fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/content")
}

/// The tag of every language, in order.
pub(crate) fn tags() -> Vec<String> {
    let folders = fs::read_dir(content()).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|folder| folder.is_dir());
    let mut tags: Vec<_> =
        folders.map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned()).collect();
    tags.sort();
    assert!(tags.iter().any(|tag| tag == "en"), "there is English");
    tags
}

/// The texts of the language `tag`.
pub(crate) fn words(tag: &str) -> Texts {
    Texts::parse(&explainer::content::words(&content().join(tag)).unwrap())
}

/// The texts of every language, with its tag.
pub(crate) fn languages() -> Vec<(String, Texts)> {
    tags().into_iter().map(|tag| (tag.clone(), words(&tag))).collect()
}

/// The English texts.
pub(crate) fn english() -> Texts {
    words("en")
}

/// The difference between two lists: "− …" for items that only the first has, or has more often, "+ …" for
/// those of the other.
pub(crate) fn difference<T: Into<String>>(
    one: impl IntoIterator<Item = T>,
    other: impl IntoIterator<Item = T>,
) -> Vec<String> {
    let sorted = |items: Vec<String>| {
        let mut items = items;
        items.sort();
        items
    };
    let mut left = sorted(other.into_iter().map(Into::into).collect());
    let mut missing = Vec::new();
    for item in sorted(one.into_iter().map(Into::into).collect()) {
        match left.binary_search(&item) {
            Ok(place) => drop(left.remove(place)),
            Err(_) => missing.push(format!("− {item}")),
        }
    }
    missing.extend(left.into_iter().map(|item| format!("+ {item}")));
    missing
}
