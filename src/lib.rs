//! Divergences between probability distributions, and the figures that explain them.
//!
//! The crate is cut so that dependencies point one way, down this list:
//!
//! - [`distribution`]: probability distributions on the line, and on finitely many categories;
//! - [`divergence`]: how far apart two of them are;
//! - [`fit`]: gradients of a divergence with respect to a model's parameters, optimisers, optima;
//! - [`plot`]: drawing with plotters, finely;
//! - [`figure`]: the contract of a figure, and one file for each;
//! - [`lesson`]: figures in chosen states, one after another, with words;
//! - `web`: what JavaScript sees, in wasm for browsers only.
//!
//! The first three are an ordinary library that knows nothing of the web, of plots or of pages.

mod decimal;
pub mod distribution;
pub mod divergence;
pub mod figure;
pub mod fit;
pub mod lesson;
mod order;
pub mod plot;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod web;
