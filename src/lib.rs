//! The interactive explainer of divergences, compiled to the engine of its pages.
//!
//! Modules depend only on those above them in this list. The mathematics is in the crate [`divergences`],
//! which knows nothing of this one.
//!
//! - [`plot`]: drawing with plotters at sub-pixel resolution;
//! - [`figure`]: the contract of a figure, and everything that is derived from it;
//! - [`figures`]: one file for each figure, by chapter;
//! - [`book`]: the chapters and their figures;
//! - [`content`]: where the words of a language are;
//! - [`lesson`]: lectures, exercises and stories: sequences of figures in chosen states, with words;
//! - `web`: the interface to JavaScript, compiled for browsers only.

// One slice of a text brings in the tables that tell which letters can be printed, 4 KB of every engine.
#![warn(clippy::string_slice)]

pub mod book;
pub mod content;
mod decimal;
pub mod figure;
pub mod figures;
pub mod lesson;
pub mod plot;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod web;
