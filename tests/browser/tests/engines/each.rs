//! Runs the same test in one engine after the other.

use std::fs;

use browser::{Engine, Links, Outcome, Site};

use crate::figure::{Figure, Shown};
use crate::visit::{CALM, Page, beside, dist, leave, shown, window};

/// A page and its origin.
#[derive(Clone, Copy)]
pub(crate) enum From<'a> {
    /// This file of the explainer, from disk.
    Disk(&'a str),
    /// This page of the explainer, from the server.
    Server(&'a str),
    /// Somebody's page with this HTML, served beside the explainer.
    Host(&'a str),
}

/// Opens a page in one engine after the other. Fails unless `test` returns the same in each.
pub(crate) fn in_each_engine<T: PartialEq + std::fmt::Debug>(
    from: From<'_>,
    test: impl Fn(Engine, &Page) -> Outcome<T>,
) -> Outcome {
    let mut first = None;
    for engine in Engine::ALL {
        let _where = Where(engine);
        let seen = open(engine, from, &test).map_err(|error| format!("{engine}: {error}"))?;
        match &first {
            None => first = Some(seen),
            Some(first) => assert_eq!(&seen, first, "{engine} shows what {} does", Engine::ALL[0]),
        }
    }
    Ok(())
}

/// Reports the engine when an assertion fails.
struct Where(Engine);

impl Drop for Where {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in {}", self.0);
        }
    }
}

fn open<T>(engine: Engine, from: From<'_>, test: impl Fn(Engine, &Page) -> Outcome<T>) -> Outcome<T> {
    let host = match from {
        From::Host(html) => Some(beside(html)?),
        _ => None,
    };
    let (folder, _copy) = shown(engine, host.as_ref().map_or(&*dist(), |folder| folder.path()))?;
    let site = Site::open(&folder, 0, Links::Followed)?;
    let (origin, path) = match from {
        From::Disk(file) => (format!("file://{}/", folder.display()), file),
        From::Server(path) => (site.address(), path),
        From::Host(_) => (site.address(), "index.html"),
    };
    let browser = window(engine, CALM)?;
    // Saved figures are opened from disk.
    let page = Page { browser, origin, friend: Some("file://".to_owned()) };
    page.go(path)?;
    let outcome = test(engine, &page);
    // An error in the page is often the cause of the test's failure.
    match (outcome, page.quiet()) {
        (Err(error), Err(noise)) => Err(format!("{error}\n{noise}").into()),
        (outcome, quiet) => {
            let seen = quiet.and(outcome)?;
            leave(page.browser);
            Ok(seen)
        }
    }
}

/// Opens a file with the content `html` in `folder` and calls `test`.
pub(crate) fn at_file(engine: Engine, page: &Page, html: &str, test: impl FnOnce() -> Outcome) -> Outcome {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("file.html"), html)?;
    let (folder, _copy) = shown(engine, folder.path())?;
    page.browser.go(&format!("file://{}/file.html", folder.display()))?;
    test()
}

/// The readouts that a figure reported after each action, with all digits.
pub(crate) type Told = Vec<(String, String, Vec<Shown>)>;

/// Fails unless the readouts of `figure` agree with the library's to twelve digits. Records them.
///
/// The other tests tolerate processors with fused multiply-add, which WebAssembly never uses. This one
/// compares the engines, which all execute the same instructions.
pub(crate) fn note(told: &mut Told, figure: &Figure<'_>, after: &str) -> Outcome {
    figure.agrees_to(1e-12, after)?;
    told.push((figure.name.clone(), after.to_owned(), figure.told()?));
    Ok(())
}
