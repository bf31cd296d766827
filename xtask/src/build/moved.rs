//! Redirects from the earlier address of each figure, such as `kl-fit.html`, to the figure in its chapter.
//! The state in the address is kept.

use std::fs;
use std::path::Path;

use explainer::book;

use super::assets::{Language, source};
use super::chapter;
use super::head::quoted;
use super::page::{fill, inlined};
use super::words::of_chapter;
use crate::Outcome;

/// Writes the redirects in `language` into `folder`.
pub(super) fn write(folder: &Path, language: &Language) -> Outcome {
    let shell = source("www/page/moved.html")?;
    let script = inlined("www/page/moved.js", &[])?;
    for chapter in book::chapters() {
        for entry in chapter.figures {
            let there = format!("{}.html#{}", chapter.slug, entry.name);
            let title = chapter::title(language, chapter.slug)?;
            let values = [
                ("title", title.as_str()),
                ("question", of_chapter(language, chapter.slug, "question")?),
                ("description", &quoted(of_chapter(language, chapter.slug, "description")?)),
                ("there", &there),
                ("script", &script),
            ];
            fs::write(folder.join(format!("{}.html", entry.name)), fill(&shell, language, &values)?)?;
        }
    }
    Ok(())
}
