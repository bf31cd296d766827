//! Divergences between probability distributions, their gradients and fits.
//!
//! The crate is cut so that dependencies point one way, down this list:
//!
//! - [`distribution`]: probability distributions on the line, and on finitely many categories;
//! - [`divergence`]: how far apart two of them are;
//! - [`fit`]: gradients of a divergence with respect to a model's parameters, optimisers, optima;
//! - [`order`]: ordering numbers in little code, which all of them do.

pub mod distribution;
pub mod divergence;
pub mod fit;
pub mod order;
