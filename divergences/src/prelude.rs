//! The types that most programs need, for `use divergences::prelude::*`.
//!
//! Functions are left out, whose names are common words; so are the two `Error`s.
//!
//! ```
//! use divergences::prelude::*;
//!
//! let p = Distribution::from(Laplace::new(0.0, 1.0)?);
//! let q = Distribution::from(Gaussian::new(0.0, 1.5)?);
//! assert!(Divergence::ReverseKl.between(&p, &q) < Divergence::ForwardKl.between(&p, &q) + 0.1);
//! # Ok::<(), divergences::distribution::Error>(())
//! ```

pub use crate::distribution::{
    Categorical, Distribution, Gaussian, Laplace, Mixture, PointMasses, Smoothed, Truncated, Uniform,
};
pub use crate::divergence::{Divergence, Generator, Profile, ScheffeSet, Unit};
pub use crate::fit::{Cells, Direction, Gradient, Objective, Optimiser, Slope, Target};
