//! Pages that write down themselves what goes wrong in them, since only Chromium lets a driver read its log.

use std::fs;

use browser::{Browser, Engine, Outcome, Site};
use tempfile::TempDir;

use crate::figure::{Figure, Shown};
use crate::visit::{Page, dist};

/// Keeps what nobody caught, what could not be loaded or was forbidden, and what was put on the console.
const WATCH: &str = "<script>
    window.faults = [];
    for (const [type, tell] of Object.entries({
      error: ({ message, target }) => message ?? `can't load ${target.src ?? target.href}`,
      unhandledrejection: ({ reason }) => `a promise nobody waits for: ${reason}`,
      securitypolicyviolation: ({ violatedDirective, blockedURI }) => `${violatedDirective} forbids ${blockedURI}`,
    })) {
      addEventListener(type, (event) => faults.push(`${type}: ${tell(event)}`), true);
    }
    for (const level of ['error', 'warn', 'log', 'info']) {
      console[level] = (...words) => faults.push(`console.${level}: ${words.join(' ')}`);
    }
  </script>";

/// A folder with all of `dist/`, its pages watched.
fn watched() -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    let source = dist()
        .canonicalize()
        .map_err(|error| format!("dist: {error}; run `cargo xtask test`, which builds it first"))?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let own = folder.path().join(entry.file_name());
        if entry.path().extension().is_some_and(|ending| ending == "html") {
            fs::write(own, watch(&fs::read_to_string(entry.path())?)?)?;
        } else {
            std::os::unix::fs::symlink(entry.path(), own)?;
        }
    }
    Ok(folder)
}

/// The page `html`, watched.
pub(crate) fn watch(html: &str) -> Outcome<String> {
    let (doctype, rest) = html.split_once("<head>").ok_or("the page has no head")?;
    Ok(format!("{doctype}<head>{WATCH}{rest}"))
}

/// A page, and where it is opened from.
#[derive(Clone, Copy)]
pub(crate) enum From<'a> {
    /// This file of the explainer's, on disk.
    Disk(&'a str),
    /// This page of the explainer's, served.
    Server(&'a str),
    /// Somebody's page, this HTML, served beside the explainer.
    Host(&'a str),
}

/// Opens a page in one engine after the other and lets `test` tell what it saw, which is to be the same in each.
pub(crate) fn in_each_engine<T: PartialEq + std::fmt::Debug>(
    from: From<'_>,
    test: impl Fn(&Page) -> Outcome<T>,
) -> Outcome {
    let mut first = None;
    for engine in Engine::ALL {
        // Shown if an assertion fails.
        println!("In {engine}:");
        let seen = open(engine, from, &test).map_err(|error| format!("{engine}: {error}"))?;
        match &first {
            None => first = Some(seen),
            Some(first) => assert_eq!(&seen, first, "{engine} shows what {} does", Engine::ALL[0]),
        }
    }
    Ok(())
}

fn open<T>(engine: Engine, from: From<'_>, test: impl Fn(&Page) -> Outcome<T>) -> Outcome<T> {
    let folder = watched()?;
    let folder = folder.path();
    let site = Site::open(folder, 0)?;
    let (origin, path) = match from {
        From::Disk(file) => (format!("file://{}/", folder.display()), file),
        From::Server(path) => (site.address(), path),
        From::Host(html) => {
            let head = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">";
            fs::write(folder.join("host.html"), watch(&format!("{head}</head>{html}"))?)?;
            (site.address(), "host.html")
        }
    };
    let page = Page { browser: Browser::open(engine, 1280, 900)?, origin, friend: None };
    page.go(path)?;
    let outcome = test(&page);
    // What went wrong in the page often tells why the test failed.
    match (outcome, page.browser.leave_frames().and_then(|()| silent(&page))) {
        (Err(error), Err(noise)) => Err(format!("{error}\n{noise}").into()),
        (outcome, silent) => silent.and(outcome),
    }
}

/// Fails if the document that is looked at wrote down a fault, or loaded anything from another origin.
pub(crate) fn silent(page: &Page) -> Outcome {
    let faults: Option<Vec<String>> = page.browser.run("return window.faults", &[])?;
    let mut faults = faults.ok_or("the page is not watched")?;
    let loaded: Vec<String> =
        page.browser.run("return performance.getEntriesByType('resource').map(({ name }) => name)", &[])?;
    let own = |url: &String| ["data:", "blob:", &page.origin].iter().any(|start| url.starts_with(start));
    faults.extend(loaded.into_iter().filter(|url| !own(url)).map(|url| format!("a request to {url}")));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

/// The figures' readouts as told, digit for digit, after each thing that was done.
pub(crate) type Told = Vec<(String, String, Vec<Shown>)>;

/// Fails unless `figure` tells the library's numbers to twelve digits, and writes down what it told.
///
/// The page's own tests allow for processors that multiply and add at once, which WebAssembly never does; here the
/// comparison is of the engines, which all run the same instructions.
pub(crate) fn note(told: &mut Told, figure: &Figure<'_>, after: &str) -> Outcome {
    figure.agrees_to(1e-12, after)?;
    told.push((figure.name.clone(), after.to_owned(), figure.told()?));
    Ok(())
}
