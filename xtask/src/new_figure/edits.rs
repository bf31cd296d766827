//! Edits of existing files. Each returns the new text, or `None` if the file has no place for the addition.

use super::Stub;

/// Adds the chapter of `stub` to the book, before the chapter `next`, or as the last one.
pub(super) fn begin(book: &str, stub: &Stub<'_>, next: Option<&str>) -> Option<String> {
    let slug = stub.slug;
    let list = book.find("pub const CHAPTERS")?;
    let place = match next {
        Some(next) => book[list..].find(&format!("    #[cfg(feature = \"{next}\")]"))?,
        None => book[list..].find("];")?,
    };
    let (before, after) = book.split_at(list + place);
    let chapter =
        format!("    #[cfg(feature = \"{slug}\")]\n    Chapter {{ slug: \"{slug}\", figures: &[] }},\n");
    Some([before, &chapter, after].concat())
}

/// Adds the chapter as a feature of the crate, enabled by default, in the order of the book.
pub(super) fn feature(manifest: &str, stub: &Stub<'_>, next: Option<&str>) -> Option<String> {
    let slug = stub.slug;
    let start = manifest.find("default = [")?;
    let (head, defaults) = manifest.split_at(start);
    let (defaults, rest) = defaults.split_once(']')?;
    let (defaults, rest) = match next {
        Some(next) => (
            replaced(defaults, &format!("\"{next}\""), &format!("\"{slug}\", \"{next}\""))?,
            replaced(rest, &format!("\n{next} = []"), &format!("\n{slug} = []\n{next} = []"))?,
        ),
        None => (format!("{defaults}, \"{slug}\""), replaced(rest, "\n\n", &format!("\n{slug} = []\n\n"))?),
    };
    Some(format!("{head}{defaults}]{rest}"))
}

/// Adds the figure to the book, as the last of its chapter.
pub(super) fn enter(book: &str, stub: &Stub<'_>) -> Option<String> {
    let (slug, kind) = (stub.slug, &stub.kind);
    let chapter = book.find(&format!("slug: \"{slug}\""))?;
    let figures = chapter + book[chapter..].find("figures: &[")?;
    let end = figures + book[figures..].find(']')?;
    let (before, after) = (book[..end].trim_end().trim_end_matches(','), &book[end..]);
    let comma = if before.ends_with('[') { "" } else { ", " };
    let entered = format!("{before}{comma}figure::<{kind}>(){after}");
    let import = format!("#[cfg(feature = \"{slug}\")]\nuse crate::figures::{kind};\n");
    let place = entered.find("\n/// A chapter:")?;
    Some(format!("{}{import}{}", &entered[..place], &entered[place..]))
}

/// Declares the figure's module in that of its chapter. The formatter puts the declarations in order.
pub(super) fn declare(module_file: &str, stub: &Stub<'_>) -> Option<String> {
    let (module, kind) = (&stub.module, &stub.kind);
    let (head, rest) = module_file.split_at(module_file.find("\nmod ")? + 1);
    let (files, rest) = rest.split_at(rest.find("\npub use ")? + 1);
    Some(format!("{head}mod {module};\n{files}pub use {module}::{kind};\n{rest}"))
}

/// Exports the figure's type with those of all figures.
pub(super) fn publish(figures: &str, stub: &Stub<'_>) -> Option<String> {
    Some(format!("{}\npub use {}::{};\n", figures.trim_end(), stub.folder, stub.kind))
}

/// Declares the chapter's module beside the others.
pub(super) fn declare_chapter(figures: &str, stub: &Stub<'_>) -> Option<String> {
    replaced(figures, "\nmod ", &format!("\nmod {};\nmod ", stub.folder))
}

/// Adds the lines about a new chapter to `pages.txt`, before the chapter `next`, or at the end.
pub(super) fn introduce(pages: &str, lines: &str, next: Option<&str>) -> Option<String> {
    match next {
        Some(next) => replaced(pages, &format!("\n{next}.name = "), &format!("{lines}\n{next}.name = ")),
        None => Some([pages, lines].concat()),
    }
}

/// Adds what the figure shows to the list of what its chapter teaches, in `pages.txt`.
pub(super) fn teach(pages: &str, stub: &Stub<'_>, shows: &str) -> Option<String> {
    let line = pages.find(&format!("\n{}.teaches = ", stub.slug))? + 1;
    let end = line + pages[line..].find('\n')?;
    Some(format!("{} | {shows}{}", &pages[..end], &pages[end..]))
}

/// Adds the figure to the README's table, below the figure `last`.
pub(super) fn list(readme: &str, stub: &Stub<'_>, last: &str) -> Option<String> {
    let row = readme.find(&format!("\n| `{last}` |"))? + 1;
    let end = row + readme[row..].find('\n')?;
    Some(format!("{}\n| `{}` | {} |{}", &readme[..end], stub.name, stub.title, &readme[end..]))
}

/// `text` with the first `old` replaced by `new`. `None` if there is no `old`.
fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    text.contains(old).then(|| text.replacen(old, new, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "use x;\n\n/// A chapter: …\npub const CHAPTERS: &[Chapter] = &[\n    #[cfg(feature = \"a\")]\n    Chapter { slug: \"a\", figures: &[figure::<One>()] },\n    #[cfg(feature = \"b\")]\n    Chapter {\n        slug: \"b\",\n        figures: &[\n            figure::<Two>(),\n        ],\n    },\n];\n";

    #[test]
    fn a_figure_is_entered_once_behind_its_chapter_s_last() {
        let entered = enter(BOOK, &Stub::new("three", "b")).unwrap();
        assert!(entered.contains("figure::<Two>(), figure::<Three>()]"), "{entered}");
        assert!(entered.contains("#[cfg(feature = \"b\")]\nuse crate::figures::Three;\n"), "{entered}");
        assert!(enter(BOOK, &Stub::new("three", "c")).is_none(), "there is no such chapter");
    }

    #[test]
    fn a_figure_is_declared_beside_its_chapter_s_others() {
        let chapter = "//! A chapter.\n\nmod one;\n\npub use one::One;\n\nfn shared() {}\n";
        let declared = declare(chapter, &Stub::new("two", "a")).unwrap();
        let wanted = "//! A chapter.\n\nmod two;\nmod one;\n\npub use two::Two;\npub use one::One;\n\nfn shared() {}\n";
        assert_eq!(declared, wanted, "not behind what the figures share");
    }

    #[test]
    fn a_chapter_is_begun_in_its_place_in_the_book_and_among_the_features() {
        let stub = Stub::new("three", "c");
        let slugs =
            |book: &str| book.split("slug: \"").skip(1).map(|rest| rest[..1].to_owned()).collect::<String>();
        let manifest = "[features]\ndefault = [\"a\", \"b\"]\na = []\nb = []\n\n[dependencies]\n";
        for (next, order, defaults, features) in [
            (Some("b"), "acb", "[\"a\", \"c\", \"b\"]", "\na = []\nc = []\nb = []\n\n"),
            (None, "abc", "[\"a\", \"b\", \"c\"]", "\na = []\nb = []\nc = []\n\n"),
        ] {
            let book = begin(BOOK, &stub, next).unwrap();
            assert_eq!(slugs(&book), order, "{book}");
            assert!(
                enter(&book, &stub).unwrap().contains("slug: \"c\", figures: &[figure::<Three>()] }"),
                "{book}"
            );
            let manifest = feature(manifest, &stub, next).unwrap();
            assert!(manifest.contains(defaults) && manifest.contains(features), "{manifest}");
        }
    }
}
