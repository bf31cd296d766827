//! The pages of `dist/`, as their text.

use std::fs;
use std::path::PathBuf;

use browser::Outcome;

use crate::visit::dist;

/// A page.
pub(crate) struct Page {
    /// Its file.
    pub(crate) path: PathBuf,
    /// The same from the top of `dist/`, `zh/index.html`.
    pub(crate) name: String,
    /// Its HTML.
    pub(crate) html: String,
}

/// Every page in every language, in the order of their names.
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
    /// Whether it is there to be found: not what is shown in frames, nor the file to be taken away.
    pub(crate) fn is_public(&self) -> bool {
        // A figure's own address only leads on.
        !["figure.html", "divergences.html"].contains(&self.name.as_str())
            && !self.html.contains("data-there=")
    }

    /// What stands between `open` and `close`, as often as `open` does, with its entities read.
    pub(crate) fn all(&self, open: &str, close: &str) -> Vec<String> {
        let pieces = self.html.split(open).skip(1).filter_map(|piece| Some(piece.split_once(close)?.0));
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
        pieces
            .map(|piece| {
                entities.iter().fold(piece.to_owned(), |text, (entity, is)| text.replace(entity, is))
            })
            .collect()
    }

    /// The same where it stands once.
    pub(crate) fn one(&self, open: &str, close: &str) -> Outcome<String> {
        let [one] = <[String; 1]>::try_from(self.all(open, close))
            .map_err(|all| format!("{}: {} times {open}", self.name, all.len()))?;
        Ok(one)
    }

    /// The content of a property of the Open Graph.
    pub(crate) fn property(&self, name: &str) -> Outcome<String> {
        self.one(&format!("<meta property=\"og:{name}\" content=\""), "\"")
    }
}
