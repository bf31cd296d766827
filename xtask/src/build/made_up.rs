//! The made-up language, a pseudolocale: English with accents, a third longer. Text without accents on its
//! pages is missing from the language files, and text that does not fit there would not fit in German either.

use std::fs;
use std::path::{Path, PathBuf};

use explainer::book;

use super::accents::{TAG, accented, accented_line};
use crate::Outcome;
use crate::command::root;

/// Writes the content of all languages and of the made-up language below `folder`. Returns the folder of the
/// content.
pub(super) fn content(folder: &Path) -> Outcome<PathBuf> {
    let (from, to) = (root().join("www/content"), folder.join("content"));
    if to.is_dir() {
        fs::remove_dir_all(&to)?;
    }
    for entry in fs::read_dir(&from)? {
        let path = entry?.path();
        if path.is_dir() {
            copy(&path, &to.join(path.file_name().unwrap_or_default()), |_, text| text)?;
        }
    }
    copy(&from.join("en"), &to.join(TAG), translated)?;
    Ok(to)
}

/// Copies all files of the folder `from` and its subfolders to `to`. `change` gets the name and the content
/// of each.
fn copy(from: &Path, to: &Path, change: fn(&str, String) -> String) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            copy(&path, &to.join(name), change)?;
            continue;
        }
        fs::write(to.join(&name), change(&name, fs::read_to_string(&path)?))?;
    }
    Ok(())
}

/// The file `name` in the made-up language.
fn translated(name: &str, text: String) -> String {
    let mut code = false;
    let line = |line: &str| {
        code ^= line.starts_with("```");
        if code || line.starts_with("```") || line.starts_with("    ") {
            line.to_owned()
        } else if name.ends_with(".md") {
            accented(line)
        } else if ["lecture.txt", "exercises.txt"].contains(&name) || name.starts_with("plan") {
            accented_lesson_line(line)
        } else {
            accented_line(line)
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// A line of a lecture or an exercise in the made-up language.
fn accented_lesson_line(line: &str) -> String {
    let first = line.split(' ').next().unwrap_or_default();
    if first == "same" || first == "#" || book::names().any(|name| name == first) {
        return line.to_owned();
    }
    match line.split_once(':') {
        Some((word, _)) if ["veil", "guess", "goal", "show", "solution"].contains(&word) => line.to_owned(),
        Some((word, text)) if ["title", "note", "hint", "why"].contains(&word) => {
            format!("{word}:{}", accented(text))
        }
        _ => accented(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_and_nothing_else_does() {
        assert_eq!(accented("An {edge} in `code`"), "Áán {edge} íín `code`", "values and code");
        assert_eq!(
            accented("[one](figure:kl-fit?mu=1) $a$"),
            "[óónéé](figure:kl-fit?mu=1) $a$",
            "addresses, formulas"
        );
        assert_eq!(accented("a < b and b > a"), "áá < b áánd b > áá", "signs");
        assert_eq!(accented_line("page.name = Name"), "page.name = Nááméé", "a text");
        assert_eq!(accented_lesson_line("veil: js"), "veil: js", "what a screen hides");
        assert_eq!(accented_lesson_line("hint: Go."), "hint: Góó.", "what it says");
    }
}
