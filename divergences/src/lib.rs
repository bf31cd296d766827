//! Divergences between probability distributions, their gradients and fits.
//!
//! The crate is cut so that dependencies point one way, down this list:
//!
//! - [`distribution`]: probability distributions on the line, and on finitely many categories;
//! - [`transport`]: the Wasserstein distances between two of them;
//! - [`divergence`]: how far apart two of them are, by any measure;
//! - [`fit`]: gradients of a divergence with respect to a model's parameters, optimisers, optima;
//! - [`order`]: ordering numbers in little code, which all of them do.

pub mod distribution;
pub mod divergence;
pub mod fit;
mod numeric;
pub mod order;
mod pair;
pub mod transport;
