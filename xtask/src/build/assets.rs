//! The files that pages load: wasm, scripts, styles, texts. Their names contain a hash of their content.

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
use super::minify::{self, Module};
use super::site::Site;
use super::wasm::Engines;
use crate::Outcome;
use crate::command::root;

/// A language of the explainer, which is a folder of `www/content`.
pub(super) struct Language {
    /// The name of the folder, such as `en`.
    pub(super) tag: String,
    /// The path of the folder.
    pub(super) content: PathBuf,
    /// The texts of all figures, as scripts load them.
    pub(super) source: String,
    /// The texts that the engine of each chapter needs, by the chapter's slug.
    pub(super) sources: BTreeMap<&'static str, String>,
    /// All texts by key. They include `pages.txt` and `guide.txt`, which no script loads.
    pub(super) texts: Texts,
    /// Additional styles for the pages of this language, which may need other typefaces. May be empty.
    pub(super) styles: String,
    /// The lecture of each chapter, by the chapter's slug.
    pub(super) lessons: Lessons,
    /// The exercises of each chapter, by the chapter's slug.
    pub(super) exercises: Lessons,
}

/// The texts of lessons by the slugs of their chapters.
pub(super) type Lessons = BTreeMap<&'static str, String>;

/// The language at the top of `dist/`. Each other language has a folder there.
pub(super) const ENGLISH: &str = "en";

impl Language {
    /// The value of the pages' `lang` attribute: a BCP 47 tag such as `zh-Hans`.
    pub(super) fn lang(&self) -> &str {
        self.texts.get("page.language.tag")
    }

    /// The folder of its pages in `dist/`, with a slash at its end, or "" for English.
    pub(super) fn folder(&self) -> String {
        if self.tag == ENGLISH { String::new() } else { format!("{}/", self.tag) }
    }

    /// The relative path from its pages to the top of `dist/`.
    pub(super) fn up(&self) -> &'static str {
        if self.tag == ENGLISH { "" } else { "../" }
    }
}

/// The sources of every script and page.
pub(super) struct Parts {
    /// The published site. Scripts do not depend on it.
    pub(super) site: Site,
    pub(super) languages: Vec<Language>,
    pub(super) page_styles: String,
    pub(super) figure_styles: String,
    pub(super) frame_styles: String,
    embed_styles: String,
    pub(super) lecture_styles: String,
    pub(super) engines: Engines,
}

/// A script of the custom element.
pub(super) enum Script<'a> {
    /// That of the explainer's own pages. It loads what a reader asks for later: lectures and exercises, and what takes figures
    /// away. The styles of figures are in the first figure of each page, which would be loaded twice otherwise.
    Page { engines: &'a EngineFiles, embed: &'a str, frame: &'a str, teaching: &'a str },
    /// That of frames and of the pages of authors. It has the name of the complete script, and that of the page of a frame if
    /// there is one.
    Author { engines: &'a EngineFiles, complete: &'a str, frame: Option<&'a str> },
    /// The one with everything inside, so that it works in a page opened from disk.
    Complete,
}

/// The styles of the first figure of a page, in the language of scripts. A browser that does not know shadow roots in HTML has
/// left them in a template.
const STYLES_IN_PAGE: &str = "((first) => (first.shadowRoot ?? first.querySelector(\"template\").content).querySelector(\"style\").textContent)(document.querySelector(\"divergence-figure\"))";

impl Parts {
    /// Reads the sources. `content` has a folder for each language.
    pub(super) fn read(engines: Engines, content: &Path) -> Outcome<Self> {
        // The inks are among the figure's own styles, because in somebody else's page it has no others.
        let rows: String =
            Ink::css_names().map(|name| format!("[data-ink={name}]{{--row:var(--{name})}}\n")).collect();
        Ok(Self {
            site: Site::default(),
            languages: languages(content)?,
            page_styles: minify::styles(
                &(inks(":root", &["data-theme"])
                    + &source("www/page/page.css")?
                    + &source("www/shared/help.css")?),
            ),
            figure_styles: minify::styles(
                &(inks(":host", &["theme", "data-notes"])
                    + &rows
                    + &source("www/element/figure.css")?
                    + &source("www/shared/help.css")?),
            ),
            frame_styles: minify::styles(&source("www/embed/frame.css")?),
            embed_styles: minify::styles(&source("www/embed/embed.css")?),
            // The inks are among the lecture's styles, because the speaker's window has no others.
            lecture_styles: minify::styles(
                &(inks(":root", &["data-theme"]) + &source("www/lecture/lecture.css")?),
            ),
            engines,
        })
    }

    /// A script of the custom element.
    pub(super) fn script(&self, script: Script<'_>) -> Outcome<Module> {
        let by_language = |write: &dyn Fn(&Language) -> String| {
            let pair = |language: &Language| format!("\"{}\":{}", language.tag, write(language));
            format!("{{{}}}", self.languages.iter().map(pair).collect::<Vec<_>>().join(","))
        };
        let named = |names: &BTreeMap<String, String>| by_language(&|language| beside(&names[&language.tag]));
        let loaded = |engines: &EngineFiles, others: &[(&str, &str)]| {
            let engine =
                |file: &EngineFile| format!("wasm:{},texts:{}", beside(&file.wasm), named(&file.words));
            let chapters: String = engines
                .chapters
                .iter()
                .map(|(slug, file)| format!("{slug:?}:{{{}}},", engine(file)))
                .collect();
            format!("{{{},chapters:{{{chapters}}},{}}}", engine(&engines.whole), files(others))
        };
        let assets = match &script {
            Script::Page { engines, embed, frame, teaching } => {
                loaded(engines, &[("embed", embed), ("frame", frame), ("teaching", teaching)])
            }
            Script::Author { engines, complete, frame: Some(frame) } => {
                loaded(engines, &[("complete", complete), ("frame", frame)])
            }
            Script::Author { engines, complete, frame: None } => loaded(engines, &[("complete", complete)]),
            Script::Complete => format!(
                "{{packed:\"{}\",chapters:{{}},texts:{},lecture:{},exercises:{}}}",
                BASE64_STANDARD.encode(gzip(&self.engines.whole.bytes)?),
                by_language(&|language| quoted(&language.source)),
                by_language(&|language| by_chapter(&language.lessons)),
                by_language(&|language| by_chapter(&language.exercises))
            ),
        };
        // The glue script is wrapped in a function, which is called once for each engine.
        let glue = self
            .engines
            .whole
            .script
            .strip_prefix("let wasm_bindgen = ")
            .ok_or("wasm-bindgen's script begins otherwise than it did")?;
        let figure_styles = match script {
            Script::Page { .. } => STYLES_IN_PAGE.to_owned(),
            _ => quoted(&self.figure_styles),
        };
        let prelude = format!(
            "const newEngine = () => {glue}\nconst ASSETS = {assets};\nconst TROUBLE = {};\nconst BOOK = {};\nconst FIGURE_STYLES = {figure_styles};\n",
            by_language(&trouble),
            figures_by_chapter(),
        );
        let exports = ["DivergenceFigure"];
        match script {
            Script::Page { .. } => module("page", &["page/main.js"], &prelude, &exports),
            Script::Author { .. } => {
                let prelude = prelude + &self.embed_prelude();
                module("divergence-figure", &["embed/main.js"], &prelude, &exports)
            }
            // The script may be placed in a script element, and is recognised by its first line; see
            // `standalone.js`.
            Script::Complete => {
                let prelude = prelude + &self.embed_prelude() + &self.lecture_prelude();
                let entries = ["main.js", "lecture/lecture.js", "lecture/exercises.js"];
                let Module { code, map } =
                    module("divergence-figure.complete", &entries, &prelude, &exports)?;
                let code = code.replace("</script", "<\\/script").replace("<!--", "<\\!--");
                Ok(Module { code: format!("/* divergence-figure, complete */\n{code}"), map })
            }
        }
    }

    fn embed_prelude(&self) -> String {
        format!(
            "const EMBED_STYLES = {};\nconst FRAME_STYLES = {};\n",
            quoted(&self.embed_styles),
            quoted(&self.frame_styles)
        )
    }

    fn lecture_prelude(&self) -> String {
        format!("const LECTURE_STYLES = {};\n", quoted(&self.lecture_styles))
    }

    /// The script that takes figures away, which the page's script loads on demand. It has the names of the complete script and
    /// of the page of a frame.
    fn embed(&self, complete: &str, frame: &str) -> Outcome<Module> {
        let assets = files(&[("complete", complete), ("frame", frame)]);
        let prelude = format!("const ASSETS = {{{assets}}};\n{}", self.embed_prelude());
        module("embed", &["embed/embed.js", "embed/save.js"], &prelude, &["openEmbed", "png", "save", "svg"])
    }

    /// The script of lectures and exercises, which the page's script loads on demand.
    fn teaching(&self) -> Outcome<Module> {
        module(
            "teaching",
            &["lecture/lecture.js", "lecture/exercises.js"],
            &self.lecture_prelude(),
            &["startLecture", "fillExercises"],
        )
    }
}

/// The address of the file `name` beside a script, in the language of scripts. Bundlers recognise assets by this expression, so
/// that each is written out.
fn beside(name: &str) -> String {
    format!("new URL(\"./{name}\",import.meta.url)")
}

/// `files` by their keys, as the inside of an object in a script.
fn files(files: &[(&str, &str)]) -> String {
    files.iter().map(|(key, name)| format!("{key}:{}", beside(name))).collect::<Vec<_>>().join(",")
}

/// What is said in `language` where no engine is there to have words, as an object in a script.
fn trouble(language: &Language) -> String {
    let texts = Texts::parse(&language.source);
    let pair = |(name, key): &(&str, &str)| format!("{name}:{}", quoted(texts.get(key)));
    format!("{{{}}}", TROUBLE.iter().map(pair).collect::<Vec<_>>().join(","))
}

/// What is said then: its name in the script, and its key.
const TROUBLE: [(&str, &str); 5] = [
    ("missing", "trouble.missing"),
    ("slow", "trouble.slow"),
    ("again", "trouble.again"),
    ("lecture", "lecture.problem.load"),
    ("exercises", "exercises.problem"),
];

/// The names of the figures of each chapter, by its slug, as an object in a script.
fn figures_by_chapter() -> String {
    let chapter = |chapter: &Chapter| {
        let names: Vec<_> = chapter.figures.iter().map(|entry| entry.name).collect();
        format!("{:?}:{names:?}", chapter.slug)
    };
    format!("{{{}}}", book::chapters().map(chapter).collect::<Vec<_>>().join(","))
}

/// `lessons` as a JavaScript object, in the order of the book.
fn by_chapter(lessons: &Lessons) -> String {
    let pair = |chapter: &Chapter| format!("{:?}:{}", chapter.slug, quoted(&lessons[chapter.slug]));
    format!("{{{}}}", book::chapters().map(pair).collect::<Vec<_>>().join(","))
}

/// `text` as a JavaScript literal.
fn quoted(text: &str) -> String {
    format!("`{}`", text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"))
}

/// The page that shows a figure alone.
const FRAME: &str = "figure.html";

/// The names in `dist/` of the files that pages load.
pub(super) struct Assets {
    pub(super) engines: EngineFiles,
    /// The script of the explainer's own pages.
    pub(super) page_script: String,
    /// The script of frames and of the pages of authors.
    pub(super) script: String,
    pub(super) figure_styles: String,
    /// The text of the script that contains everything it needs.
    pub(super) complete: String,
    /// The files of lectures and exercises, by kind ("lecture" or "exercises"), language tag and chapter
    /// slug. The slug of the lecture on the whole book is empty.
    lessons: BTreeMap<(&'static str, String, &'static str), String>,
}

impl Assets {
    /// Writes all assets into `dist`.
    pub(super) fn write(dist: &Path, parts: &Parts) -> Outcome<Self> {
        let engines = EngineFiles::write(parts, |stem, ending, content| put(dist, stem, ending, content))?;
        let complete = parts.script(Script::Complete)?.code;
        let complete_name = put(dist, "divergence-figure.complete", "js", complete.as_bytes())?;
        let teaching = put_module(dist, "teaching", &parts.teaching()?)?;
        let embed = put_module(dist, "embed", &parts.embed(&complete_name, FRAME)?)?;
        let page = Script::Page { engines: &engines, embed: &embed, frame: FRAME, teaching: &teaching };
        let page_script = put_module(dist, "page", &parts.script(page)?)?;
        let author = Script::Author { engines: &engines, complete: &complete_name, frame: Some(FRAME) };
        let script = put_module(dist, "divergence-figure", &parts.script(author)?)?;
        // These two names have no hash, because authors write them into their own pages.
        fs::write(dist.join("divergence-figure.js"), format!("export * from \"./{script}\";\n"))?;
        write_module(dist, "divergences-host.js", &host()?)?;
        let figure_styles = put(dist, "figure", "css", parts.figure_styles.as_bytes())?;
        let lessons = lesson_files(dist, parts)?;
        Ok(Self { engines, page_script, script, figure_styles, complete, lessons })
    }

    /// The attribute with the address of the lesson `kind` of the chapter `slug`, relative to the pages of
    /// `language`.
    pub(super) fn lesson(&self, kind: &'static str, language: &Language, slug: &'static str) -> String {
        let file = &self.lessons[&(kind, language.tag.clone(), slug)];
        format!(" data-{kind}-file=\"{}{file}\"", language.up())
    }
}

/// Writes the lectures and exercises of all languages into `dist`.
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

/// The script for pages that contain frames.
pub(super) fn host() -> Outcome<Module> {
    module("host", &["embed/host.js"], "", &["FigureError", "FramedFigure", "fitFrames"])
}

/// The bundle of `entries` after `prelude`, minified; see [`bundle`]. Developer tools call its source `stem`.source.js.
fn module(stem: &str, entries: &[&str], prelude: &str, exports: &[&str]) -> Outcome<Module> {
    minify::module(&format!("{stem}.source.js"), &bundle(entries, prelude, exports)?)
}

pub(super) fn source(path: &str) -> Outcome<String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}").into())
}

/// The inks as custom properties of `selector`. They follow the reader's preferences unless one of `attributes` sets
/// a theme. Paper is white, whatever the screen is.
fn inks(selector: &str, attributes: &[&str]) -> String {
    let [light, dark, contrast_light, contrast_dark] = Theme::ALL.map(Theme::css);
    let with = |condition: &str| match selector {
        ":host" => format!(":host({condition})"),
        other => format!("{other}{condition}"),
    };
    let any = |value: &str| {
        let each: Vec<_> = attributes.iter().map(|attribute| format!("[{attribute}{value}]")).collect();
        each.join(",")
    };
    let told: String = Theme::ALL[1..]
        .iter()
        .map(|theme| {
            format!("{}{{{}}}\n", with(&format!(":is({})", any(&format!("={}", theme.name())))), theme.css())
        })
        .collect();
    let dark_wanted = with(&format!(":not({})", any("$=light")));
    // It weighs as much as those before it.
    let always = with(&format!(":is(*,{})", any("")));
    format!(
        "{selector}{{{light}}}\n@media (prefers-color-scheme:dark){{{dark_wanted}{{{dark}}}}}\n\
         @media (prefers-contrast:more),(forced-colors:active){{{selector}{{{contrast_light}}}\n\
         @media (prefers-color-scheme:dark){{{dark_wanted}{{{contrast_dark}}}}}}}\n{told}\
         @media print{{{always}{{color-scheme:light;{light}}}}}\n"
    )
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Writes a file whose name has a hash of `content`, and returns the name.
pub(super) fn put(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Outcome<String> {
    let name = hashed(stem, ending, content);
    fs::write(dist.join(&name), content)?;
    Ok(name)
}

/// Writes `module` to a file whose name has a hash of it, and returns the name.
fn put_module(dist: &Path, stem: &str, module: &Module) -> Outcome<String> {
    let name = hashed(stem, "js", module.code.as_bytes());
    write_module(dist, &name, module)?;
    Ok(name)
}

/// Writes `module` to the file `name`, and its source map beside it, which only developer tools load.
pub(super) fn write_module(folder: &Path, name: &str, Module { code, map }: &Module) -> Outcome {
    fs::write(folder.join(format!("{name}.map")), map)?;
    fs::write(folder.join(name), format!("{code}\n//# sourceMappingURL={name}.map\n"))?;
    Ok(())
}

fn hashed(stem: &str, ending: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("{stem}.{:08x}.{ending}", hasher.finish() as u32)
}

/// All languages that have a folder in `content`, English first.
pub(super) fn languages(content: &Path) -> Outcome<Vec<Language>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(content)? {
        let path = entry?.path();
        // The glossary is a file beside the folders.
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
            read => minify::styles(&read?),
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

/// The lessons called `name` of all chapters. A fault in one of them fails the build.
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
