//! A page in a browser whose console messages and requests are checked at the end.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use browser::specimens::SPECIMENS;
use browser::{Browser, Engine, Links, Outcome, Reader, Site, keys, watched};
use explainer::book::{self, CHAPTERS};
use explainer::figure::texts::Texts;
use explainer::lesson::{self, Screen};
use tempfile::TempDir;

use crate::figure::Figure;
use crate::trial::engine;

/// The texts in the files of the language `folder`.
pub(crate) fn texts_in(folder: &str) -> Outcome<Texts> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/content");
    Ok(Texts::parse(&explainer::content::words(&source.join(folder))?))
}

/// A page of the explainer in a browser window.
pub(crate) struct Page {
    pub(crate) browser: Browser,
    /// The beginning of the page's own addresses.
    pub(crate) origin: String,
    /// Another origin that the page may use, because it frames something there.
    pub(crate) friend: Option<String>,
}

/// The build of the explainer.
pub(crate) fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

/// The front page of each language.
pub(crate) fn pages() -> Outcome<Vec<String>> {
    let mut pages = vec![String::new()];
    for entry in std::fs::read_dir(dist())? {
        let path = entry?.path();
        if path.join("index.html").is_file() {
            pages.push(format!("{}/", path.file_name().unwrap_or_default().to_string_lossy()));
        }
    }
    Ok(pages)
}

/// The explainer's own English lessons from the files called `name`, chapter by chapter.
pub(crate) fn lessons(name: &str) -> Outcome<Vec<Vec<Screen>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/content/en");
    let paths = CHAPTERS.iter().map(|chapter| folder.join(chapter.slug).join(name));
    paths.map(|path| Ok(lesson::read(&std::fs::read_to_string(path)?).screens)).collect()
}

/// A reader with reduced motion, for whom a choice takes effect at once.
pub(crate) const CALM: Reader = Reader { dark: false, calm: true, ratio: 1.0 };

/// The English page with the figure `name`.
pub(crate) fn home(name: &str) -> String {
    book::chapter_of(name).map(|chapter| format!("{}.html", chapter.slug)).unwrap_or_default()
}

/// One page of each kind with figures, in the language of `folder`: the front page, and those of the
/// specimens.
pub(crate) fn stories(folder: &str) -> Vec<String> {
    let mut pages = vec![folder.to_owned()];
    for page in SPECIMENS.map(|name| format!("{folder}{}", home(name))) {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

/// Runs `test` on each of the [`SPECIMENS`] on its page.
pub(crate) fn on_specimens(test: impl Fn(&Figure<'_>) -> Outcome) -> Outcome {
    on_specimens_as(CALM, |_| String::new(), test)
}

/// Like [`on_specimens`], for `reader` and with `query` appended to the address.
pub(crate) fn on_specimens_as(
    reader: Reader,
    query: impl Fn(&str) -> String,
    test: impl Fn(&Figure<'_>) -> Outcome,
) -> Outcome {
    SPECIMENS.into_iter().try_for_each(|name| {
        let path = format!("{}{}", home(name), query(name));
        visit_as(reader, &path, |page| test(&page.figure(name)?))
    })
}

/// Opens the page `path` of the explainer, such as `?kl-fit.rate=0.1`, and runs `test`. Fails if the page
/// wrote to the console, left an error uncaught or made a request to another origin.
pub(crate) fn visit(path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    visit_folder(&dist(), path, test)
}

/// Like [`visit`], from a server that sends `headers` along instead of allowing all origins to use its files.
pub(crate) fn visit_with(headers: &'static str, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    let (folder, _copy) = shown(engine(), &dist())?;
    let site = Site::open_with(&folder, 0, Links::Followed, headers)?;
    Opened { reader: Reader::default(), origin: site.address(), friend: None }.look(path, test)
}

/// Like [`visit`], for `reader`.
pub(crate) fn visit_as(reader: Reader, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    visit_folder_as(reader, &dist(), path, test)
}

/// Like [`visit`], for a page in another folder.
pub(crate) fn visit_folder(folder: &Path, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    visit_folder_as(Reader::default(), folder, path, test)
}

fn visit_folder_as(
    reader: Reader,
    folder: &Path,
    path: &str,
    test: impl FnOnce(&Page) -> Outcome,
) -> Outcome {
    let (folder, _copy) = shown(engine(), folder)?;
    let site = Site::open(&folder, 0, Links::Followed)?;
    Opened { reader, origin: site.address(), friend: None }.look(path, test)
}

/// Like [`visit`], for the single file on disk, with `query` appended to its address. The page's origin is
/// that file.
pub(crate) fn visit_file(query: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    visit_file_as(Reader::default(), query, test)
}

/// Like [`visit_file`], for `reader`.
pub(crate) fn visit_file_as(reader: Reader, query: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    let (folder, _copy) = shown(engine(), &dist())?;
    let origin = format!("file://{}/divergences.html", folder.display());
    Opened { reader, origin, friend: None }.look(query, test)
}

/// Like [`visit`], for a file with the content `html`.
pub(crate) fn visit_html(html: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("file.html"), html)?;
    let (folder, _copy) = shown(engine(), folder.path())?;
    look_at(format!("file://{}/file.html", folder.display()), "", test)
}

/// Opens somebody's page `html` with embedded figures and runs `test`. All of `dist/` is beside it. `{other}`
/// in `html` is the address of another origin that also serves the explainer.
pub(crate) fn visit_host(html: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    let (folder, _copy_of_other) = shown(engine(), &dist())?;
    let other = Site::open(&folder, 0, Links::Followed)?;
    let folder = beside(&html.replace("{other}", &other.address()))?;
    let (folder, _copy) = shown(engine(), folder.path())?;
    let own = Site::open(&folder, 0, Links::Followed)?;
    look(own.address(), Some(other.address()), "", test)
}

/// A folder with all of `dist/`, in which somebody's page `html` replaces the explainer's.
pub(crate) fn beside(html: &str) -> Outcome<TempDir> {
    let head = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"></head>";
    dist_with(|name| (name == "index.html").then(|| format!("{head}{html}")))
}

/// A folder with all of `dist/`, in which `content` may replace the content of files.
pub(crate) fn dist_with(content: impl Fn(&str) -> Option<String>) -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    for entry in std::fs::read_dir(dist().canonicalize()?)? {
        let entry = entry?;
        let there = folder.path().join(entry.file_name());
        match content(&entry.file_name().to_string_lossy()) {
            Some(content) => std::fs::write(there, content)?,
            None => std::os::unix::fs::symlink(entry.path(), there)?,
        }
    }
    Ok(folder)
}

/// The folder to open instead of `folder`. In Chromium it is the same; the other browsers get a copy whose
/// pages are watched.
pub(crate) fn shown(engine: Engine, folder: &Path) -> Outcome<(PathBuf, Option<TempDir>)> {
    if !dist().join("index.html").is_file() {
        return Err("there is no dist/index.html: run `cargo xtask test`, which builds it first".into());
    }
    if engine == Engine::Chromium {
        return Ok((folder.canonicalize()?, None));
    }
    if folder == dist() {
        return Ok((watched_dist()?, None));
    }
    let copy = watched(folder)?;
    Ok((copy.path().canonicalize()?, Some(copy)))
}

/// A copy of the explainer whose pages are watched. All tests share it.
static WATCHED: Mutex<Option<TempDir>> = Mutex::new(None);

fn watched_dist() -> Outcome<PathBuf> {
    let mut copy = WATCHED.lock().map_err(|_| "another test failed while it copied the explainer")?;
    let copy = match &mut *copy {
        Some(copy) => copy,
        none => none.insert(watched(&dist())?),
    };
    Ok(copy.path().canonicalize()?)
}

/// Like [`visit`], for the page `path` of any origin, which may be a folder on disk. It is watched, except in
/// Chromium.
pub(crate) fn look_at(origin: String, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
    look(origin, None, path, test)
}

/// Like [`look_at`], for a page that may also use the address `friend`.
pub(crate) fn look(
    origin: String,
    friend: Option<String>,
    path: &str,
    test: impl FnOnce(&Page) -> Outcome,
) -> Outcome {
    Opened { reader: Reader::default(), origin, friend }.look(path, test)
}

/// Windows of earlier tests, for reuse: Firefox takes seconds to start.
static LEFT: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// The greatest number of windows to keep.
const KEPT: usize = 4;

/// A window of `engine` in the state of a new one.
pub(crate) fn window(engine: Engine, reader: Reader) -> Outcome<Browser> {
    let (width, height) = (1280, 900);
    loop {
        let left = LEFT.lock().ok().and_then(|mut left| {
            let place = left.iter().rposition(|browser| browser.fits(engine, reader))?;
            Some(left.remove(place))
        });
        let Some(browser) = left else { return Browser::open_for(engine, reader, width, height) };
        // A window that has gone in the meantime is not a failure of this test.
        if browser.clear(reader, width, height).is_ok() {
            return Ok(browser);
        }
    }
}

/// Keeps `browser` for another test.
pub(crate) fn leave(browser: Browser) {
    if let Ok(mut left) = LEFT.lock() {
        left.push(browser);
        if left.len() > KEPT {
            drop(left.remove(0));
        }
    }
}

/// Closes the windows that are kept, and removes what they showed.
pub(crate) fn close() {
    if let Ok(mut left) = LEFT.lock() {
        left.clear();
    }
    if let Ok(mut copy) = WATCHED.lock() {
        drop(copy.take());
    }
}

/// The settings with which a page is opened.
struct Opened {
    reader: Reader,
    origin: String,
    friend: Option<String>,
}

impl Opened {
    fn look(self, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
        let Self { reader, origin, friend } = self;
        let browser = window(engine(), reader)?;
        let page = Page { browser, origin, friend };
        page.go(path)?;
        let outcome = test(&page);
        // An error in the page is often the cause of the test's failure.
        match (outcome, page.quiet()) {
            (Err(error), Err(noise)) => Err(format!("{error}\n{noise}").into()),
            (outcome, quiet) => {
                outcome.and(quiet)?;
                leave(page.browser);
                Ok(())
            }
        }
    }
}

impl Page {
    /// Waits until `id` is the one `main` that is seen, "" for the front page. The guide is seen as soon as the address
    /// names it, a chapter only when the page's script has heard of the address.
    pub(crate) fn shows(&self, id: &str) -> Outcome {
        let script =
            "const seen = [...document.querySelectorAll('main')].filter((one) => one.checkVisibility());
            return seen.length === 1 && seen[0].id === arguments[0]";
        self.browser
            .wait::<bool>(script, &[id.into()])
            .map(drop)
            .map_err(|error| format!("{id}: {error}").into())
    }

    /// Goes to another page of the same origin.
    pub(crate) fn go(&self, path: &str) -> Outcome {
        self.browser.go(&format!("{}{path}", self.origin))
    }

    /// All figures on the page, from top to bottom. Each is scrolled to and started.
    pub(crate) fn figures(&self) -> impl Iterator<Item = Outcome<Figure<'_>>> {
        let script = "return [...document.querySelectorAll('divergence-figure')].map((figure) => figure.getAttribute('name'))";
        let names: Outcome<Vec<String>> = self.browser.run(script, &[]);
        let (names, failed) = match names {
            Ok(names) if names.is_empty() => (names, Some("there is no figure on the page".into())),
            Ok(names) => (names, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        names.into_iter().map(|name| self.figure(&name)).chain(failed.map(Err))
    }

    /// The figure `name`, scrolled to and started.
    pub(crate) fn figure(&self, name: &str) -> Outcome<Figure<'_>> {
        Figure::wake(self, name)
    }

    /// The texts of the page's language, from their files.
    pub(crate) fn texts(&self) -> Outcome<Texts> {
        let language: String = self.browser.wait("return document.documentElement?.lang", &[])?;
        // `zh-Hans` is written in `zh`.
        texts_in(language.split('-').next().unwrap_or_default())
    }

    /// Presses Escape and waits until no dialog of the page or its figures is open. The dialog closes, and
    /// the focus returns, in a later task.
    pub(crate) fn shut_dialog(&self) -> Outcome {
        self.browser.press(keys::ESCAPE)?;
        let shut = "const places = [document, ...[...document.querySelectorAll('divergence-figure')].map(({ shadowRoot }) => shadowRoot)];
            return places.every((place) => !place?.querySelector('dialog[open]'))";
        self.browser.wait::<bool>(shut, &[])?;
        self.frames(1)
    }

    /// Waits until the page has shown `count` frames.
    pub(crate) fn frames(&self, count: u32) -> Outcome {
        let script = "for (let i = 0; i < arguments[0]; i++) { await new Promise(requestAnimationFrame); }";
        self.browser.run(&format!("return (async function () {{ {script} }})(...arguments)"), &[count.into()])
    }

    /// Fails if anything was logged or requested from another origin since the window opened, or since the
    /// last call.
    pub(crate) fn quiet(&self) -> Outcome {
        let mut faults: Vec<_> =
            self.browser.said()?.iter().map(|message| format!("console: {message}")).collect();
        faults.extend(self.requests()?.into_iter().filter_map(|url| {
            let befriended = self.friend.as_ref().is_some_and(|friend| url.starts_with(friend));
            let inside = ["data:", "blob:", "about:"].iter().any(|scheme| url.starts_with(scheme));
            let own = url.starts_with(&self.origin) || befriended || inside;
            (!own).then(|| format!("a request to another origin: {url}"))
        }));
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
    }

    /// The address of every request since the window opened, or since the last call.
    pub(crate) fn requests(&self) -> Outcome<Vec<String>> {
        self.browser.requests()
    }
}
