//! A headless browser, driven over WebDriver, and a server of files for it to read.
//!
//! The tests beside this library drive the explainer with it as a reader would; `cargo xtask bench` measures with it.
//! Chromium, Firefox and WebKit do alike what is plain WebDriver: addresses, scripts, frames, clicks, keys. Chromium and
//! Firefox, each in its way, also change the screen and the reader's preferences under a page, print it, and forbid its
//! scripts; WebKit is told of screen and reader when it opens ([`Reader`]). What an engine lacks is an error there.

mod browser;
mod display;
mod driver;
mod engine;
mod script;
mod site;
pub mod tools;
mod watch;

pub use browser::{Browser, Element, LogEntry, keys};
pub use engine::{Engine, GECKODRIVER, Reader, geckodriver_folder};
pub use site::Site;
pub use watch::{watch, watched};

/// What went wrong, in words; or the result.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
