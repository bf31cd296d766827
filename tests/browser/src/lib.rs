//! A headless browser, driven over WebDriver, and a server of files for it to read.
//!
//! The tests beside this library drive the explainer with it as a reader would; `cargo xtask bench` measures with it.
//! All that is particular to Chromium is in [`Browser::open`], [`Browser::devtools`] and [`Browser::log`], so that
//! another browser can join.

mod browser;
mod driver;
mod script;
mod site;

pub use browser::{Browser, Element, LogEntry, keys};
pub use site::Site;

/// What went wrong, in words; or the result.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
