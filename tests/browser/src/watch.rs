//! Pages that record their own errors, because only Chromium gives a driver access to its log.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tempfile::TempDir;

use crate::Outcome;

/// Records uncaught errors, failed loads, policy violations, and messages on the console.
const WATCH: &str = "<script>
    window.faults = [];
    // This error says that a ResizeObserver is notified one frame later, because it has changed a size again. It
    // is harmless and appears on no console.
    const late = ({ message }) => message?.startsWith('ResizeObserver loop');
    for (const [type, tell] of Object.entries({
      // Elements also have error events.
      error: ({ message, target }) =>
        target === window ? message : (target.src || target.href) && `can't load ${target.src || target.href}`,
      unhandledrejection: ({ reason }) => `a promise nobody waits for: ${reason}`,
      securitypolicyviolation: ({ violatedDirective, blockedURI }) => `${violatedDirective} forbids ${blockedURI}`,
    })) {
      addEventListener(type, (event) => !late(event) && tell(event) && faults.push(`${type}: ${tell(event)}`), true);
    }
    for (const level of ['error', 'warn', 'log', 'info', 'debug']) {
      console[level] = (...words) => faults.push(`console.${level}: ${words.join(' ')}`);
    }
  </script>";

/// Returns and clears what a watched document has recorded and requested, and returns its frames.
pub(crate) const COLLECT_REPORT: &str = "
    const real = /^(http|file)/.test(location.protocol);
    // If scripts are forbidden, the watch is in the document but does not run.
    const blind = real && !document.querySelector('head > script')?.text.includes('faults');
    const said = window.faults?.splice(0) ?? (blind ? [`${location.href} is not watched`] : []);
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    performance.clearResourceTimings();
    if (real && !window.heard) {
      window.heard = true;
      asked.unshift(location.href);
    }
    return [{ said, asked }, [...document.querySelectorAll('iframe')]]";

/// The report of a document.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Report {
    /// The errors and the messages on the console.
    pub(crate) said: Vec<String>,
    /// The address of each request.
    pub(crate) asked: Vec<String>,
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.said.extend(other.said);
        self.asked.extend(other.asked);
    }
}

/// The page `html` with a script in its head that records errors, for
/// [`Browser::said`](crate::Browser::said).
///
/// # Errors
///
/// The page has no head.
pub fn watch(html: &str) -> Outcome<String> {
    let (doctype, rest) = html.split_once("<head>").ok_or("the page has no head")?;
    Ok(format!("{doctype}<head>{WATCH}{rest}"))
}

/// A copy of `folder` whose pages are [watched](watch).
///
/// # Errors
///
/// A file cannot be read, or a page has no head.
pub fn watched(folder: &Path) -> Outcome<TempDir> {
    let copy = tempfile::tempdir()?;
    fill(&folder.canonicalize()?, copy.path())?;
    Ok(copy)
}

fn fill(from: &Path, to: &Path) -> Outcome {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let own = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            fs::create_dir(&own)?;
            fill(&path, &own)?;
        } else if path.extension().is_some_and(|ending| ending == "html") {
            fs::write(own, watch(&fs::read_to_string(path)?)?)?;
        } else {
            fs::copy(path, own)?;
        }
    }
    Ok(())
}
