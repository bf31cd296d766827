//! The interactive explainer of divergences: what becomes the engine of its pages.
//!
//! The crate is cut so that dependencies point one way, down this list; the mathematics stands in the crate
//! [`divergences`], which knows nothing of it.
//!
//! - [`plot`]: drawing with plotters, finely;
//! - [`figure`]: the contract of a figure, and all that is made of it;
//! - [`figures`]: one file for each figure, by chapter;
//! - [`book`]: the chapters, and which figures they have;
//! - [`content`]: where their words lie;
//! - [`lesson`]: figures in chosen states, one after another, with words;
//! - `web`: what JavaScript sees, in wasm for browsers only.

pub mod book;
pub mod content;
mod decimal;
pub mod figure;
pub mod figures;
pub mod lesson;
pub mod plot;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod web;
