//! The place of a text, and the addresses of links in it to other parts of the explainer.

use explainer::book;

/// The place of a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// On pages beside each other.
    Pages,
    /// In the single file, whose parts are selected by the fragment of the address.
    Within,
}

impl Place {
    /// The address of the front page.
    pub(super) fn front(self) -> &'static str {
        if self == Self::Pages { "index.html" } else { "#" }
    }

    /// The address of a chapter, of the guide or of the handout.
    pub(super) fn part(self, name: &str) -> String {
        if self == Self::Pages { format!("{name}.html") } else { format!("#{name}") }
    }

    /// The file of the chapter `slug`, to which a query or a fragment can be appended.
    pub(super) fn file(self, slug: &str) -> String {
        if self == Self::Pages { format!("{slug}.html") } else { String::new() }
    }

    /// The address of the figure `name` with `state` appended, relative to the chapter `slug`.
    pub(super) fn figure(self, name: &str, state: &str, slug: &str) -> String {
        match book::chapter_of(name) {
            Some(chapter) if chapter.slug != slug => format!("{}#{name}{state}", self.file(chapter.slug)),
            _ => format!("#{name}{state}"),
        }
    }
}
