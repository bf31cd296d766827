//! The text of the pages in `dist/`.

use std::fs;
use std::path::PathBuf;

use browser::Outcome;

use crate::visit::dist;

/// A page.
pub(crate) struct Page {
    /// The path of its file.
    pub(crate) path: PathBuf,
    /// The path relative to `dist/`, such as `zh/index.html`.
    pub(crate) name: String,
    /// The HTML.
    pub(crate) html: String,
}

/// All pages in all languages, ordered by name.
pub(crate) fn pages() -> Outcome<Vec<Page>> {
    let top = dist().canonicalize()?;
    let mut folders = vec![top.clone()];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                let name = path.strip_prefix(&top)?.to_string_lossy().into_owned();
                pages.push(Page { html: fs::read_to_string(&path)?, path, name });
            }
        }
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pages)
}

impl Page {
    /// Whether search engines may find the page. Pages for frames and the single file are excluded.
    pub(crate) fn is_public(&self) -> bool {
        // The earlier address of a figure is a redirect.
        !["figure.html", "divergences.html"].contains(&self.name.as_str())
            && !self.html.contains("data-there=")
    }

    /// All texts between `open` and `close`, with character references resolved.
    pub(crate) fn all(&self, open: &str, close: &str) -> Vec<String> {
        let pieces = self.html.split(open).skip(1).filter_map(|piece| Some(piece.split_once(close)?.0));
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
        pieces
            .map(|piece| {
                entities.iter().fold(piece.to_owned(), |text, (entity, is)| text.replace(entity, is))
            })
            .collect()
    }

    /// The only text between `open` and `close`.
    pub(crate) fn one(&self, open: &str, close: &str) -> Outcome<String> {
        let [one] = <[String; 1]>::try_from(self.all(open, close))
            .map_err(|all| format!("{}: {} times {open}", self.name, all.len()))?;
        Ok(one)
    }

    /// The content of an Open Graph property.
    pub(crate) fn property(&self, name: &str) -> Outcome<String> {
        self.one(&format!("<meta property=\"og:{name}\" content=\""), "\"")
    }
}
