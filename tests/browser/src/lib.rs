//! A headless browser, driven over WebDriver, and a file server for it.
//!
//! The tests beside this library use the explainer through it as a reader would, and `cargo xtask bench`
//! measures with it. Plain WebDriver works the same in Chromium, Firefox and WebKit: addresses, scripts,
//! frames, clicks, keys. Chromium and Firefox, each in its own way, can also change the screen and the
//! reader's preferences under an open page, print it, and disable its scripts. WebKit is told about screen
//! and reader when it opens ([`Reader`]). An operation that an engine lacks returns an error.

mod browser;
mod display;
mod driver;
mod engine;
mod script;
mod share;
mod site;
pub mod specimens;
pub mod tools;
mod watch;

pub use browser::{Browser, Element, LogEntry, keys};
pub use engine::{Engine, GECKODRIVER, Reader, geckodriver_folder};
pub use share::Share;
pub use site::{Links, Site};
pub use watch::{watch, watched};

/// A result whose error is a message.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// The Rust files in `folder` and its subfolders.
    fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths
            .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
            .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
            .collect()
    }

    #[test]
    fn no_test_in_a_browser_is_left_out_without_a_word() {
        let files = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
        assert!(files.len() > 20, "{files:?}");
        for file in files {
            let attribute =
                fs::read_to_string(&file).unwrap().lines().position(|line| line.trim() == "#[test]");
            assert_eq!(
                attribute,
                None,
                "{}, line counted from 0: these tests have a main of their own, which never sees #[test]; take the attribute \
                 away and put the function's name into the list `tests![…]` of its module",
                file.display()
            );
        }
    }
}
