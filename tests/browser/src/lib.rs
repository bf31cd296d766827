//! A headless browser, driven over WebDriver, and a server of files for it to read.
//!
//! The tests beside this library drive the explainer with it as a reader would; `cargo xtask bench` measures with it.
//! Chromium, Firefox and WebKit do alike what is plain WebDriver: addresses, scripts, frames, clicks, keys. What only Chromium has ([`Browser::devtools`], [`Browser::log`]) is an error in the others.

mod browser;
mod display;
mod driver;
mod engine;
mod script;
mod site;
mod watch;

pub use browser::{Browser, Element, LogEntry, keys};
pub use engine::{Engine, GECKODRIVER, Reader, geckodriver_folder};
pub use site::Site;
pub use watch::{watch, watched};

/// What went wrong, in words; or the result.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
