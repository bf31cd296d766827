//! The files that pages load: wasm, script, styles, words. Their names carry a hash of their content.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use explainer::book::{self, Chapter};
use explainer::content;
use explainer::figure::texts::Texts;
use explainer::lesson::{self, Fault};
use explainer::plot::{Ink, Theme};

use super::bundle::bundle;
use super::engines::{EngineFile, EngineFiles};
use super::site::Site;
use super::wasm::Engines;
use crate::Outcome;
use crate::command::root;

/// A language of the explainer: a folder of `www/content`.
pub(super) struct Language {
    /// Its tag, `en`.
    pub(super) tag: String,
    /// Its folder.
    pub(super) content: PathBuf,
    /// The words of the figures.
    pub(super) source: String,
    /// Those of the figures of each chapter, by its slug.
    pub(super) sources: BTreeMap<&'static str, String>,
    /// The same by key, with those of `pages.txt` and `guide.txt`, which no script loads.
    pub(super) texts: Texts,
    /// What its pages' styles add to those of all: its letters may want other typefaces. Empty if nothing.
    pub(super) styles: String,
    /// The lecture of each chapter, by its slug.
    pub(super) lessons: Lessons,
    /// The exercises of each chapter, by its slug.
    pub(super) exercises: Lessons,
}

/// Texts of lessons by the slugs of their chapters.
pub(super) type Lessons = BTreeMap<&'static str, String>;

/// The language at the top of `dist/`; every other has a folder there.
pub(super) const ENGLISH: &str = "en";

impl Language {
    /// What its pages say they are written in, a tag of BCP 47 such as `zh-Hans`.
    pub(super) fn lang(&self) -> &str {
        self.texts.get("page.language.tag")
    }

    /// The folder of its pages in `dist/`, with the slash behind it.
    pub(super) fn folder(&self) -> String {
        if self.tag == ENGLISH { String::new() } else { format!("{}/", self.tag) }
    }

    /// The way from its pages to the top of `dist/`.
    pub(super) fn up(&self) -> &'static str {
        if self.tag == ENGLISH { "" } else { "../" }
    }
}

/// What every script and page is made of.
pub(super) struct Parts {
    /// As what it is published; nothing of it changes what a script is made of.
    pub(super) site: Site,
    pub(super) languages: Vec<Language>,
    pub(super) page_styles: String,
    pub(super) figure_styles: String,
    pub(super) frame_styles: String,
    pub(super) lecture_styles: String,
    pub(super) engines: Engines,
}

/// Where a script finds what it loads.
pub(super) enum Load<'a> {
    /// Beside it: the engines, the complete script, and what only the explainer's pages need.
    Beside { engines: &'a EngineFiles, complete: &'a str, page: Option<ForPages<'a>> },
    /// Within it, so that it can stand in a page opened from disk.
    Within,
}

/// What the explainer's own pages load: the page of a frame, and the script of lectures and exercises. Where the texts of these
/// are, each page says itself.
pub(super) struct ForPages<'a> {
    frame: &'a str,
    teaching: &'a str,
}

impl Parts {
    /// Reads the sources; what is said in each language lies in `content`.
    pub(super) fn read(engines: Engines, content: &Path) -> Outcome<Self> {
        // A figure in somebody else's page has no other source of inks than its own styles.
        let rows: String =
            Ink::css_names().map(|name| format!("[data-ink={name}]{{--row:var(--{name})}}\n")).collect();
        let frame_styles = source("www/embed/frame.css")?;
        Ok(Self {
            site: Site::default(),
            languages: languages(content)?,
            page_styles: inks(":root", "data-theme")
                + &source("www/page/page.css")?
                + &frame_styles
                + &source("www/shared/help.css")?,
            figure_styles: inks(":host", "theme")
                + &rows
                + &source("www/element/figure.css")?
                + &source("www/shared/help.css")?,
            frame_styles,
            // The speaker's window has no other styles.
            lecture_styles: inks(":root", "data-theme") + &source("www/lecture/lecture.css")?,
            engines,
        })
    }

    /// The script that makes figures live.
    pub(super) fn script(&self, load: Load<'_>) -> Outcome<String> {
        // Written out one by one: programs that bundle scripts find assets by this form.
        let beside = |name: &str| format!("new URL(\"./{name}\",import.meta.url)");
        let by_language = |write: &dyn Fn(&Language) -> String| {
            let pair = |language: &Language| format!("\"{}\":{}", language.tag, write(language));
            format!("{{{}}}", self.languages.iter().map(pair).collect::<Vec<_>>().join(","))
        };
        let named = |names: &BTreeMap<String, String>| by_language(&|language| beside(&names[&language.tag]));
        let assets = match &load {
            Load::Beside { engines, complete, page } => {
                let page = page.as_ref().map(|ForPages { frame, teaching }| {
                    format!(",frame:{},teaching:{}", beside(frame), beside(teaching))
                });
                let engine =
                    |file: &EngineFile| format!("wasm:{},texts:{}", beside(&file.wasm), named(&file.words));
                let chapters: String = engines
                    .chapters
                    .iter()
                    .map(|(slug, file)| format!("{slug:?}:{{{}}},", engine(file)))
                    .collect();
                format!(
                    "{{{},chapters:{{{chapters}}},complete:{}{}}}",
                    engine(&engines.whole),
                    beside(complete),
                    page.unwrap_or_default()
                )
            }
            Load::Within => format!(
                "{{packed:\"{}\",chapters:{{}},texts:{},lecture:{},exercises:{}}}",
                BASE64_STANDARD.encode(gzip(&self.engines.whole.bytes)?),
                by_language(&|language| quoted(&language.source)),
                by_language(&|language| by_chapter(&language.lessons)),
                by_language(&|language| by_chapter(&language.exercises))
            ),
        };
        // Called once for each engine.
        let glue = self
            .engines
            .whole
            .script
            .strip_prefix("let wasm_bindgen = ")
            .ok_or("wasm-bindgen's script begins otherwise than it did")?;
        let prelude = format!(
            "const newEngine = () => {glue}\nconst ASSETS = {assets};\nconst BOOK = {};\nconst FIGURE_STYLES = {};\nconst FRAME_STYLES = {};\n",
            figures_by_chapter(),
            quoted(&self.figure_styles),
            quoted(&self.frame_styles)
        );
        Ok(match load {
            Load::Beside { .. } => bundle(&["main.js"], &prelude, &["DivergenceFigure"])?,
            // It may stand in a script element, and is known by its first line (see engine.js).
            Load::Within => {
                let prelude = prelude + &self.lecture_prelude();
                let script = bundle(
                    &["main.js", "lecture/lecture.js", "lecture/exercises.js"],
                    &prelude,
                    &["DivergenceFigure"],
                )?;
                let script = script.replace("</script", "<\\/script").replace("<!--", "<\\!--");
                format!("/* divergence-figure, complete */\n{script}")
            }
        })
    }

    fn lecture_prelude(&self) -> String {
        format!("const LECTURE_STYLES = {};\n", quoted(&self.lecture_styles))
    }

    /// The script of lectures and exercises, which the script of the page loads when it is asked for.
    fn teaching(&self) -> Outcome<String> {
        bundle(
            &["lecture/lecture.js", "lecture/exercises.js"],
            &self.lecture_prelude(),
            &["startLecture", "fillExercises"],
        )
    }
}

/// The names of the figures of each chapter, by its slug, as an object in a script.
fn figures_by_chapter() -> String {
    let chapter = |chapter: &Chapter| {
        let names: Vec<_> = chapter.figures.iter().map(|entry| entry.name).collect();
        format!("{:?}:{names:?}", chapter.slug)
    };
    format!("{{{}}}", book::chapters().map(chapter).collect::<Vec<_>>().join(","))
}

/// `lessons` as an object in a script, in the order of the book.
fn by_chapter(lessons: &Lessons) -> String {
    let pair = |chapter: &Chapter| format!("{:?}:{}", chapter.slug, quoted(&lessons[chapter.slug]));
    format!("{{{}}}", book::chapters().map(pair).collect::<Vec<_>>().join(","))
}

/// `text` as a literal in a script.
fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"))
}

/// What pages load: names in `dist/`.
pub(super) struct Assets {
    pub(super) engines: EngineFiles,
    pub(super) script: String,
    pub(super) figure_styles: String,
    /// The text of the script with everything inside that it would load.
    pub(super) complete: String,
    /// The texts of lectures and exercises, by what they are, "lecture" or "exercises", the tag of their language, and the slug of
    /// their chapter; the lecture about the whole book has none.
    lessons: BTreeMap<(&'static str, String, &'static str), String>,
}

impl Assets {
    /// Writes every asset into `dist`.
    pub(super) fn write(dist: &Path, parts: &Parts) -> Outcome<Self> {
        let engines = EngineFiles::write(parts, |stem, ending, content| put(dist, stem, ending, content))?;
        let complete = parts.script(Load::Within)?;
        let complete_name = put(dist, "divergence-figure.complete", "js", complete.as_bytes())?;
        let teaching = put(dist, "teaching", "js", parts.teaching()?.as_bytes())?;
        let page = Some(ForPages { frame: "figure.html", teaching: &teaching });
        let load = Load::Beside { engines: &engines, complete: &complete_name, page };
        let script = put(dist, "divergence-figure", "js", parts.script(load)?.as_bytes())?;
        // Under names that stay, for those who embed figures.
        fs::write(dist.join("divergence-figure.js"), format!("export * from \"./{script}\";\n"))?;
        fs::write(dist.join("divergences-host.js"), host()?)?;
        let figure_styles = put(dist, "figure", "css", parts.figure_styles.as_bytes())?;
        let lessons = lesson_files(dist, parts)?;
        Ok(Self { engines, script, figure_styles, complete, lessons })
    }

    /// The attribute that says where the lesson `kind` of the chapter `slug` lies, seen from the pages of `language`.
    pub(super) fn lesson(&self, kind: &'static str, language: &Language, slug: &'static str) -> String {
        let file = &self.lessons[&(kind, language.tag.clone(), slug)];
        format!(" data-{kind}-file=\"{}{file}\"", language.up())
    }
}

/// Writes the lectures and the exercises of every language into `dist`.
fn lesson_files(
    dist: &Path,
    parts: &Parts,
) -> Outcome<BTreeMap<(&'static str, String, &'static str), String>> {
    let mut files = BTreeMap::new();
    for language in &parts.languages {
        let mut write = |kind: &'static str, slug: &'static str, text: &str| -> Outcome {
            let parts = [kind, slug, &language.tag].into_iter().filter(|part| !part.is_empty());
            let file = put(dist, &parts.collect::<Vec<_>>().join("."), "txt", text.as_bytes())?;
            files.insert((kind, language.tag.clone(), slug), file);
            Ok(())
        };
        for slug in book::chapters().map(|chapter| chapter.slug) {
            write("lecture", slug, &language.lessons[slug])?;
            write("exercises", slug, &language.exercises[slug])?;
        }
        let all: Vec<_> = book::chapters().map(|chapter| language.lessons[chapter.slug].as_str()).collect();
        write("lecture", "", &all.join("\n"))?;
    }
    Ok(files)
}

/// The script for the page around frames.
pub(super) fn host() -> Outcome<String> {
    bundle(&["embed/host.js"], "", &["FigureError", "FramedFigure", "fitFrames"])
}

pub(super) fn source(path: &str) -> Outcome<String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}").into())
}

/// The inks as custom properties of `selector`: as the reader prefers, unless `attribute` says which.
fn inks(selector: &str, attribute: &str) -> String {
    let [light, dark, contrast_light, contrast_dark] = Theme::ALL.map(Theme::css);
    let with = |condition: &str| match selector {
        ":host" => format!(":host({condition})"),
        other => format!("{other}{condition}"),
    };
    let told: String = Theme::ALL[1..]
        .iter()
        .map(|theme| format!("{}{{{}}}\n", with(&format!("[{attribute}={}]", theme.name())), theme.css()))
        .collect();
    let dark_wanted = with(&format!(":not([{attribute}$=light])"));
    format!(
        "{selector}{{{light}}}\n@media (prefers-color-scheme:dark){{{dark_wanted}{{{dark}}}}}\n\
         @media (prefers-contrast:more),(forced-colors:active){{{selector}{{{contrast_light}}}\n\
         @media (prefers-color-scheme:dark){{{dark_wanted}{{{contrast_dark}}}}}}}\n{told}"
    )
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Writes a file whose name carries a hash of `content`, and returns the name.
pub(super) fn put(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let name = format!("{stem}.{:08x}.{ending}", hasher.finish() as u32);
    fs::write(dist.join(&name), content)?;
    Ok(name)
}

/// Every language that has a folder in `content`, English first.
pub(super) fn languages(content: &Path) -> Outcome<Vec<Language>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(content)? {
        let path = entry?.path();
        // Beside the folders lies the glossary.
        if !path.is_dir() {
            continue;
        }
        let tag = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = content::words(&path)?;
        let sources =
            book::chapters().map(|Chapter { slug, .. }| Ok((*slug, content::words_of(&path, slug)?)));
        let sources = sources.collect::<Outcome<_>>()?;
        let [lessons, exercises] = ["lecture.txt", "exercises.txt"].map(|name| lessons(&path, name));
        let [pages, guide] = ["pages.txt", "guide.txt"].map(|name| fs::read_to_string(path.join(name)));
        let texts = Texts::parse(&[source.clone(), pages?, guide?].join("\n"));
        let styles = match fs::read_to_string(path.join("styles.css")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            read => read?,
        };
        languages.push(Language {
            tag,
            content: path,
            texts,
            source,
            sources,
            styles,
            lessons: lessons?,
            exercises: exercises?,
        });
    }
    languages.sort_by_key(|language| (language.tag != ENGLISH, language.tag.clone()));
    Ok(languages)
}

/// The lessons called `name` of every chapter. A fault fails the build.
fn lessons(language: &Path, name: &str) -> Outcome<Lessons> {
    let mut lessons = Lessons::new();
    for slug in book::chapters().map(|chapter| chapter.slug) {
        let path = language.join(slug).join(name);
        let text = content::read(&path)?;
        if let Some(Fault { line, wrong }) = lesson::read(&text).faults.first() {
            return Err(format!("{}:{line}: {wrong:?}", path.display()).into());
        }
        lessons.insert(slug, text);
    }
    Ok(lessons)
}
