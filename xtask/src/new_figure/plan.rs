//! The plan of the book's chapters.

use explainer::book;

/// The plan: one chapter a line. The file explains its format.
const PLAN: &str = include_str!("plan.txt");

/// A chapter of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    /// The chapter's name in addresses.
    pub(super) slug: &'static str,
    /// Its name and its question, in English and in Chinese. Empty once its pages have them.
    words: [(&'static str, &'static str); 2],
}

impl Planned {
    fn read(line: &'static str) -> Self {
        let mut words = line.split('|').map(str::trim);
        let mut next = || words.next().unwrap_or_default();
        Self { slug: next(), words: [(next(), next()), (next(), next())] }
    }

    /// Its name and its question in `language`, or in English if the plan does not have that language.
    pub(super) fn words(&self, language: &str) -> (&'static str, &'static str) {
        self.words[usize::from(language == "zh")]
    }

    /// Whether the book already has the chapter.
    pub(super) fn is_begun(&self) -> bool {
        book::CHAPTERS.iter().any(|chapter| chapter.slug == self.slug)
    }
}

/// All chapters, in the order of the book.
pub(super) fn chapters() -> impl Iterator<Item = Planned> {
    PLAN.lines().filter(|line| !line.starts_with('#')).map(Planned::read)
}

/// The chapter `slug`. The error lists all chapters.
pub(super) fn chapter(slug: &str) -> Result<Planned, String> {
    chapters().find(|chapter| chapter.slug == slug).ok_or_else(|| {
        let name = |chapter: Planned| match chapter.is_begun() {
            true => chapter.slug.to_owned(),
            false => format!("{} (not begun)", chapter.slug),
        };
        let names: Vec<_> = chapters().map(name).collect();
        format!(
            "--chapter {slug}: there is no such chapter; there are {}. xtask/src/new_figure/plan.txt is the plan of the book",
            names.join(", ")
        )
    })
}

/// The slug of the chapter before which the chapter `slug` belongs in the present book. `None` if it belongs
/// at the end.
pub(super) fn next(slug: &str) -> Option<&'static str> {
    chapters()
        .skip_while(|chapter| chapter.slug != slug)
        .skip(1)
        .find(Planned::is_begun)
        .map(|chapter| chapter.slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_follows_the_plan() {
        let begun: Vec<_> = chapters().filter(Planned::is_begun).map(|chapter| chapter.slug).collect();
        let book: Vec<_> = book::CHAPTERS.iter().map(|chapter| chapter.slug).collect();
        assert_eq!(begun, book, "plan.txt has every chapter of the book, in its order");
        for chapter in chapters().filter(|chapter| !chapter.is_begun()) {
            for (name, question) in chapter.words {
                assert!(
                    !name.is_empty() && !question.is_empty(),
                    "plan.txt: {}: what is it called?",
                    chapter.slug
                );
            }
        }
    }

    #[test]
    fn an_unknown_chapter_is_named_with_those_there_are() {
        let error = chapter("nowhere").unwrap_err();
        assert!(error.contains("--chapter nowhere") && error.contains("two-directions"), "{error}");
    }
}
