//! What is said in a language: the files in its folder of `www/content`, some for all, some in a folder for each chapter.

use std::path::Path;
use std::{fs, io};

use crate::book::CHAPTERS;

/// The words of all figures in the language whose folder is `language`: those that they share, then those of each chapter.
///
/// # Errors
///
/// If a file is missing: a message that names it.
pub fn words(language: &Path) -> io::Result<String> {
    words_for(language, |_| true)
}

/// The words that the figures of the chapter `slug` need: those that they share, their own, and the titles of all others, which they
/// may refer to.
///
/// # Errors
///
/// If a file is missing: a message that names it.
pub fn words_of(language: &Path, slug: &str) -> io::Result<String> {
    words_for(language, |chapter| chapter == slug)
}

/// The words shared by all, and of each chapter all if `whole` says so of its slug, else its figures' titles.
fn words_for(language: &Path, whole: impl Fn(&str) -> bool) -> io::Result<String> {
    let mut words = read(&language.join("texts.txt"))?;
    for chapter in CHAPTERS {
        let own = read(&language.join(chapter.slug).join("texts.txt"))?;
        let is_title =
            |line: &str| line.split_once('=').is_some_and(|(key, _)| key.trim().ends_with(".title"));
        for line in own.lines().filter(|line| whole(chapter.slug) || is_title(line)) {
            words.push('\n');
            words.push_str(line);
        }
    }
    Ok(words)
}

/// The text of the file `path`.
///
/// # Errors
///
/// If it can't be read: a message that names it.
pub fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
