//! The files of one language in `www/content`: some are shared by all chapters, the others are in a folder
//! for each chapter.

use std::path::Path;
use std::{fs, io};

use crate::book::CHAPTERS;

/// The words of all figures in one language: first the shared ones, then those of each chapter. `language` is
/// the language's folder.
///
/// # Errors
///
/// A missing file gives a message that names it.
pub fn words(language: &Path) -> io::Result<String> {
    words_for(language, |_| true)
}

/// The words that the engine of the chapter `slug` needs: the shared ones, those of its figures, and the
/// titles of all other figures, because a text may refer to any of them. `language` is the language's folder.
///
/// # Errors
///
/// A missing file gives a message that names it.
pub fn words_of(language: &Path, slug: &str) -> io::Result<String> {
    words_for(language, |chapter| chapter == slug)
}

/// The shared words, followed by those of each chapter. A chapter contributes all its words if `whole` is
/// true of its slug, and only the titles of its figures otherwise.
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
/// A file that cannot be read gives a message that names it.
pub fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
