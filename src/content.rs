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
    let own = CHAPTERS.iter().map(|chapter| language.join(chapter.slug));
    let read = |folder: &Path| read(&folder.join("texts.txt"));
    let texts: Vec<_> =
        [language.to_owned()].into_iter().chain(own).map(|folder| read(&folder)).collect::<Result<_, _>>()?;
    Ok(texts.join("\n"))
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
