//! `cargo xtask new-figure NAME --chapter SLUG`: writes the stub of a figure into every file that needs one.
//! If it is the first figure of its chapter, it writes the stub of the chapter, too. The stub is a small
//! figure that works and passes all tests.

mod edits;
mod plan;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use explainer::book;

use crate::Outcome;
use crate::command::{cargo, root, run, say};
use plan::Planned;

/// The text of a stub, in English and in Chinese.
type Text = [&'static str; 2];

/// The stubs `$folder/$file` in both languages.
macro_rules! stub {
    ($folder:literal, $file:literal, $ending:literal) => {
        [
            include_str!(concat!($folder, "/", $file, ".en.", $ending)),
            include_str!(concat!($folder, "/", $file, ".zh.", $ending)),
        ]
    };
}

/// The files of a chapter in each language: the name, the text before the first figure, and the text that
/// each figure adds.
const FILES: [(&str, Text, Text); 4] = [
    ("texts.txt", [""; 2], stub!("figure", "texts", "txt")),
    ("chapter.md", stub!("chapter", "chapter", "md"), stub!("figure", "chapter", "md")),
    ("lecture.txt", stub!("chapter", "lecture", "txt"), stub!("figure", "lecture", "txt")),
    ("exercises.txt", stub!("chapter", "exercises", "txt"), stub!("figure", "exercises", "txt")),
];

/// Writes the stubs of the figure that `arguments` name.
pub(crate) fn run_with(arguments: &[&str]) -> Outcome {
    let (name, slug) = match *arguments {
        [name, "--chapter", slug] | ["--chapter", slug, name] => (name, slug),
        _ => {
            return Err(format!(
                "{}: it takes a name and a chapter, as in new-figure pinsker --chapter family",
                [&["new-figure"][..], arguments].concat().join(" ")
            )
            .into());
        }
    };
    let chapter = check(name, slug)?;
    for (path, text) in changes(root(), name, chapter)? {
        let place = root().join(&path);
        fs::create_dir_all(place.parent().unwrap_or(root()))?;
        fs::write(&place, text)?;
        println!("  {path}");
    }
    run(cargo(&["fmt", "--all"]))?;
    say("Writing down what it tells");
    let mut snapshots = cargo(&["test", "--quiet", "--package", "explainer", "--test", "snapshots"]);
    snapshots.env("INSTA_UPDATE", "always").env("FIGURE", name);
    run(snapshots)?;
    println!("  tests/snapshots/{name}.snap");
    say(&format!("It works as it is: cargo xtask test --figure {name}"));
    Ok(())
}

/// The values of the placeholders in stubs.
struct Stub<'a> {
    /// The figure's name in addresses, such as `js-mixture`.
    name: &'a str,
    /// The name of its module, such as `js_mixture`.
    module: String,
    /// The name of its type, such as `JsMixture`.
    kind: String,
    /// Its provisional title, such as `Js mixture`.
    title: String,
    /// The chapter's name in addresses, such as `moving-mass`.
    slug: &'a str,
    /// The name of the chapter's module, such as `moving_mass`.
    folder: String,
}

impl<'a> Stub<'a> {
    fn new(name: &'a str, slug: &'a str) -> Self {
        let capital = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())
        };
        Self {
            name,
            module: name.replace('-', "_"),
            kind: name.split('-').filter_map(capital).collect(),
            title: capital(&name.replace('-', " ")).unwrap_or_default(),
            slug,
            folder: slug.replace('-', "_"),
        }
    }

    fn fill(&self, text: &str) -> String {
        let values = [
            ("{name}", self.name),
            ("{module}", &self.module),
            ("NewFigure", &self.kind),
            ("{Title}", &self.title),
        ];
        values.into_iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Replaces the placeholders in `text`, including those for its `chapter`.
    fn fill_chapter(&self, text: &str, chapter: &Planned, language: &str) -> String {
        let (name, question) = chapter.words(language);
        let values = [("{slug}", chapter.slug), ("{Chapter}", name), ("{Question}", question)];
        self.fill(&values.into_iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value)))
    }
}

/// The chapter `slug`. Fails if it does not exist or cannot have a figure `name`.
fn check(name: &str, slug: &str) -> Outcome<Planned> {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !(name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(is_word)) {
        return Err(format!(
            "new-figure {name}: a figure's name is made of lower-case words with hyphens, like js-mixture"
        )
        .into());
    }
    if book::names().any(|known| known == name) {
        return Err(format!("new-figure {name}: there is such a figure").into());
    }
    if plan::chapters().any(|chapter| chapter.slug == name) {
        return Err(format!("new-figure {name}: a chapter is called so").into());
    }
    Ok(plan::chapter(slug)?)
}

/// The files to change, by their path in the repository, each with its new text.
struct Changes<'a> {
    root: &'a Path,
    texts: BTreeMap<String, String>,
}

impl Changes<'_> {
    fn create(&mut self, path: String, text: String) -> Outcome {
        if self.root.join(&path).exists() {
            return Err(format!("{path}: it is there already").into());
        }
        self.texts.insert(path, text);
        Ok(())
    }

    fn edit(&mut self, path: &str, edit: impl FnOnce(&str) -> Option<String>) -> Outcome {
        let text = match self.texts.remove(path) {
            Some(text) => text,
            None => fs::read_to_string(self.root.join(path)).map_err(|error| format!("{path}: {error}"))?,
        };
        let edited = edit(&text).ok_or_else(|| format!("{path}: what is new finds no place in it"))?;
        self.texts.insert(path.to_owned(), edited);
        Ok(())
    }
}

/// The changes in the repository at `root` for the figure `name` in `chapter`. This function writes nothing,
/// so that a failure leaves no file half changed.
fn changes(root: &Path, name: &str, chapter: Planned) -> Outcome<BTreeMap<String, String>> {
    let stub = &Stub::new(name, chapter.slug);
    let Stub { slug, folder, module, .. } = stub;
    let mut changes = Changes { root, texts: BTreeMap::new() };
    let is_new = !chapter.is_begun();
    let module_file = format!("src/figures/{folder}/mod.rs");
    let next = plan::next(slug);
    if is_new {
        changes.edit("Cargo.toml", |manifest| edits::feature(manifest, stub, next))?;
        changes.edit("src/book.rs", |book| edits::begin(book, stub, next))?;
        changes.edit("src/figures/mod.rs", |figures| edits::declare_chapter(figures, stub))?;
        changes.create(module_file, stub.fill_chapter(include_str!("chapter/mod.rs.txt"), &chapter, "en"))?;
    } else {
        changes.edit(&module_file, |file| edits::declare(file, stub))?;
    }
    changes.edit("src/book.rs", |book| edits::enter(book, stub))?;
    changes.edit("src/figures/mod.rs", |figures| edits::publish(figures, stub))?;
    changes
        .create(format!("src/figures/{folder}/{module}.rs"), stub.fill(include_str!("figure/figure.rs")))?;
    changes.edit("README.md", |readme| edits::list(readme, stub, before(&chapter)?))?;
    for entry in fs::read_dir(root.join("www/content"))? {
        let entry = entry?;
        // The glossary is a file beside the folders of the languages.
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let tag = entry.file_name().to_string_lossy().into_owned();
        let own = usize::from(tag == "zh");
        let pages = format!("www/content/{tag}/pages.txt");
        if is_new {
            let lines = stub.fill_chapter(stub!("chapter", "pages", "txt")[own], &chapter, &tag);
            changes.edit(&pages, |pages| edits::introduce(pages, &lines, next))?;
        } else {
            let shows = stub.fill(["What {Title} shows", "图 {name} 展示什么"][own]);
            changes.edit(&pages, |pages| edits::teach(pages, stub, &shows))?;
        }
        for (file, opening, figure) in FILES {
            let path = format!("www/content/{tag}/{slug}/{file}");
            let (opening, figure) = (stub.fill_chapter(opening[own], &chapter, &tag), stub.fill(figure[own]));
            if is_new {
                changes.create(path, format!("{opening}{figure}").trim_start().to_owned())?;
            } else {
                changes.edit(&path, |text| Some(format!("{text}{figure}")))?;
            }
        }
    }
    Ok(changes.texts)
}

/// The figure that precedes a new one of `chapter`, in the order of the book.
fn before(chapter: &Planned) -> Option<&'static str> {
    let behind = plan::chapters().skip_while(|one| one != chapter).skip(1).map(|one| one.slug);
    let behind: Vec<_> = behind.collect();
    let before = book::chapters().filter(|one| !behind.contains(&one.slug));
    before.flat_map(|one| one.figures).last().map(|figure| figure.name)
}

#[cfg(test)]
mod tests {
    use explainer::lesson;

    use super::*;

    #[test]
    fn bad_arguments_are_named_with_what_is_accepted() {
        for bad in ["", "Pinsker", "js_mixture", "-js", "js--mixture", "3d", "kl-fit", "family", "counting"] {
            let error = check(bad, "family").unwrap_err().to_string();
            assert!(error.contains(&format!("new-figure {bad}:")), "{error}");
        }
        let error = check("pinsker", "nowhere").unwrap_err().to_string();
        assert!(error.contains("--chapter nowhere") && error.contains("counting (not begun)"), "{error}");
        assert!(
            run_with(&[]).unwrap_err().to_string().starts_with("new-figure: it takes"),
            "nothing is named"
        );
        let error = run_with(&["pinsker"]).unwrap_err().to_string();
        assert!(error.contains("new-figure pinsker:") && error.contains("--chapter family"), "{error}");
    }

    #[test]
    fn names_are_made_of_words() {
        let stub = Stub::new("gan-1d", "moving-mass");
        assert_eq!((&*stub.module, &*stub.kind, &*stub.title), ("gan_1d", "Gan1d", "Gan 1d"));
        assert_eq!(stub.folder, "moving_mass");
    }

    #[test]
    fn a_figure_has_its_place_in_every_file_of_every_chapter() {
        for chapter in plan::chapters() {
            let changes = changes(root(), "a-new-one", chapter).unwrap();
            let slug = chapter.slug;
            for (path, text) in &changes {
                let old = fs::read_to_string(root().join(path)).unwrap_or_default();
                for name in
                    ["{name}", "{module}", "NewFigure", "{Title}", "{slug}", "{Chapter}", "{Question}"]
                {
                    let count = |text: &str| text.matches(name).count();
                    assert_eq!(count(text), count(&old), "{path}: every {name} is filled in:\n{text}");
                }
            }
            for (file, least) in [("lecture.txt", 4), ("exercises.txt", 4)] {
                let text = &changes[&format!("www/content/zh/{slug}/{file}")];
                // The book does not have the new figure yet. A figure that it has takes its place.
                let text = text.replace("a-new-one", "kl-fit");
                let screens = text.split("\n\n").filter(|screen| !screen.starts_with("title:")).count();
                assert!(lesson::read(&text).screens.len() == screens, "{slug}/{file}: {text}");
                assert!(screens >= least, "{slug}/{file}: {screens} screens");
            }
            let begins = changes.contains_key("Cargo.toml");
            assert_eq!(begins, !chapter.is_begun(), "{slug}: its chapter is begun if it has no figure");
        }
    }
}
