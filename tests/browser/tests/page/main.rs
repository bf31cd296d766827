//! The pages in a browser, used as a reader uses them.
//!
//! `cargo xtask test` builds the pages first. Every test here runs over all figures of a page and asks the library
//! itself what they should show, so a new figure is tested as soon as it stands on the page; what only one figure
//! promises has a file of its own, like `kl_fit`.
//!
//! They run in Chromium; with the feature `firefox` or `webkit` of this package in that engine. A test that needs what
//! the driver of an engine lacks says so where it stands: it is ignored there, with the reason.

mod address;
mod controls;
mod element;
mod elsewhere;
mod exercises;
mod figure;
mod frame;
mod grid;
mod handles;
mod kl_fit;
mod language;
mod layout;
mod lecture;
mod made_up;
mod predict;
mod print;
mod prose;
mod saving;
mod teaching;
mod visit;
