//! `cargo xtask new-figure NAME --chapter SLUG`: writes the stub of a figure into every file that needs one. The stub is a small
//! figure that works, and passes every test as it is.

use std::fs;
use std::path::{Path, PathBuf};

use explainer::book;

use crate::Outcome;
use crate::command::{cargo, root, run, say};

const FIGURE: &str = include_str!("figure.rs.txt");

/// What a language's files of a chapter get: the file, and its stub in English and in Chinese.
const STUBS: [(&str, &str, &str); 4] = [
    ("texts.txt", include_str!("words.en.txt"), include_str!("words.zh.txt")),
    ("chapter.md", include_str!("chapter.en.md"), include_str!("chapter.zh.md")),
    ("lecture.txt", include_str!("lecture.en.txt"), include_str!("lecture.zh.txt")),
    ("exercises.txt", include_str!("exercises.en.txt"), include_str!("exercises.zh.txt")),
];

/// Writes the stubs of the figure that `arguments` name.
pub(crate) fn run_with(arguments: &[&str]) -> Outcome {
    let (name, slug) = match *arguments {
        [name, "--chapter", slug] | ["--chapter", slug, name] => (name, slug),
        _ => return Err("new-figure takes a name and a chapter: new-figure pinsker --chapter family".into()),
    };
    check(name, slug)?;
    let names = Names::new(name);
    let mut written = vec![write_figure(root(), &names, slug)?];
    for (path, edit) in [
        ("src/book.rs".to_owned(), &enter as Edit),
        (format!("src/figures/{}/mod.rs", module(slug)), &declare),
        ("src/figures/mod.rs".to_owned(), &publish),
    ] {
        let path = root().join(path);
        let text = read(&path)?;
        let edited =
            edit(&text, &names, slug).ok_or_else(|| format!("{}: no place for {name}", path.display()))?;
        fs::write(&path, edited)?;
        written.push(path);
    }
    written.extend(write_words(&root().join("www/content"), &names, slug)?);
    run(cargo(&["fmt", "--all"]))?;
    for path in &written {
        println!("  {}", path.strip_prefix(root()).unwrap_or(path).display());
    }
    say("Writing down what it tells");
    let mut snapshots = cargo(&["test", "--quiet", "--package", "explainer", "--test", "snapshots"]);
    snapshots.env("INSTA_UPDATE", "always").env("FIGURE", name);
    run(snapshots)?;
    println!("  tests/snapshots/{name}.snap");
    say(&format!("It works as it is: cargo xtask test --figure {name}"));
    Ok(())
}

/// A change of a file's text for a figure in the chapter of that slug; `None` if it has no place there.
type Edit = &'static dyn Fn(&str, &Names, &str) -> Option<String>;

/// What a figure is called.
struct Names {
    /// In addresses: `js-mixture`.
    name: String,
    /// In Rust: `JsMixture`.
    kind: String,
    /// To readers, until somebody finds something better: `Js mixture`.
    title: String,
}

impl Names {
    fn new(name: &str) -> Self {
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        };
        Self {
            name: name.to_owned(),
            kind: name.split('-').filter_map(capital).collect(),
            title: capital(&name.replace('-', " ")).unwrap_or_default(),
        }
    }

    fn fill(&self, stub: &str) -> String {
        stub.replace("{name}", &self.name).replace("{Type}", &self.kind).replace("{Title}", &self.title)
    }
}

/// The Rust name of what is called `name` in addresses.
fn module(name: &str) -> String {
    name.replace('-', "_")
}

fn check(name: &str, slug: &str) -> Outcome {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !(name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_word)) {
        return Err(format!(
            "{name}: a figure's name is made of lower-case words with hyphens, like js-mixture"
        )
        .into());
    }
    if book::names().any(|known| known == name) {
        return Err(format!("{name}: there is such a figure").into());
    }
    if !book::CHAPTERS.iter().any(|chapter| chapter.slug == slug) {
        let slugs: Vec<_> = book::CHAPTERS.iter().map(|chapter| chapter.slug).collect();
        return Err(format!("{slug}: there is no such chapter; there are {}", slugs.join(", ")).into());
    }
    Ok(())
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn write_figure(root: &Path, names: &Names, slug: &str) -> Outcome<PathBuf> {
    let path = root.join(format!("src/figures/{}/{}.rs", module(slug), module(&names.name)));
    if path.exists() {
        return Err(format!("{} is there already", path.display()).into());
    }
    fs::write(&path, names.fill(FIGURE))?;
    Ok(path)
}

/// Enters the figure in the book, as the last of its chapter.
fn enter(book: &str, names: &Names, slug: &str) -> Option<String> {
    let chapter = book.find(&format!("slug: \"{slug}\""))?;
    let figures = chapter + book[chapter..].find("figures: &[")?;
    let end = figures + book[figures..].find("]")?;
    let (before, after) = (book[..end].trim_end().trim_end_matches(','), &book[end..]);
    let entered = format!("{before}, figure::<{}>(){after}", names.kind);
    let import = format!("#[cfg(feature = \"{slug}\")]\nuse crate::figures::{};\n", names.kind);
    let place = entered.find("\n/// A chapter:")?;
    Some(format!("{}{import}{}", &entered[..place], &entered[place..]))
}

/// Declares the figure's file in its chapter's module, before those that are there: the formatter puts them in order.
fn declare(module_file: &str, names: &Names, _: &str) -> Option<String> {
    let module = module(&names.name);
    let (head, rest) = module_file.split_at(module_file.find("\nmod ")? + 1);
    let (files, rest) = rest.split_at(rest.find("\npub use ")? + 1);
    Some(format!("{head}mod {module};\n{files}pub use {module}::{};\n{rest}", names.kind))
}

/// Makes it one of the figures.
fn publish(figures: &str, names: &Names, slug: &str) -> Option<String> {
    Some(format!("{}\npub use {}::{};\n", figures.trim_end(), module(slug), names.kind))
}

/// Adds its words, its passage, a screen of the lecture and an exercise to the chapter's files of every language.
fn write_words(content: &Path, names: &Names, slug: &str) -> Outcome<Vec<PathBuf>> {
    let mut written = Vec::new();
    for entry in fs::read_dir(content)? {
        let language = entry?.path();
        if !language.is_dir() {
            continue;
        }
        for (file, english, chinese) in STUBS {
            let path = language.join(slug).join(file);
            let stub = if language.ends_with("zh") { chinese } else { english };
            fs::write(&path, read(&path)? + &names.fill(stub))?;
            written.push(path);
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_with_hyphens() {
        for bad in ["", "Pinsker", "js_mixture", "-js", "js--mixture", "3d", "kl-fit"] {
            assert!(check(bad, "family").is_err(), "{bad}");
        }
        let error = check("pinsker", "nowhere").unwrap_err().to_string();
        assert!(error.contains("two-directions"), "{error}");
        let names = Names::new("gan-1d");
        assert_eq!((&*names.kind, &*names.title), ("Gan1d", "Gan 1d"));
    }

    #[test]
    fn a_figure_is_entered_once_behind_its_chapter_s_last() {
        let book = "use x;\n\n/// A chapter: …\nslug: \"a\", figures: &[figure::<One>()] },\nslug: \"b\", figures: &[\n    figure::<Two>(),\n] }";
        let entered = enter(book, &Names::new("three"), "b").unwrap();
        assert!(entered.contains("figure::<Two>(), figure::<Three>()]"), "{entered}");
        assert!(entered.contains("#[cfg(feature = \"b\")]\nuse crate::figures::Three;\n"), "{entered}");
        assert!(enter(book, &Names::new("three"), "c").is_none(), "there is no such chapter");
    }

    #[test]
    fn a_figure_is_declared_beside_its_chapter_s_others() {
        let chapter = "//! A chapter.\n\nmod one;\n\npub use one::One;\n\nfn shared() {}\n";
        let declared = declare(chapter, &Names::new("two"), "a").unwrap();
        let wanted = "//! A chapter.\n\nmod two;\nmod one;\n\npub use two::Two;\npub use one::One;\n\nfn shared() {}\n";
        assert_eq!(declared, wanted, "not behind what the figures share");
    }
}
