//! Divergences between probability distributions, and the figures that explain them.
//!
//! The crate is cut so that dependencies point one way, down this list:
//!
//! - [`distribution`]: probability distributions on the line, and on finitely many categories;
//! - [`divergence`]: how far apart two of them are;
//! - [`fit`]: gradients of a divergence with respect to a model's parameters, optimisers, optima.
//!
//! The modules above are an ordinary library that knows nothing of the web.

pub mod distribution;
pub mod divergence;
pub mod fit;
