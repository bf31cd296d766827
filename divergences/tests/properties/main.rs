//! Properties of every pair of distributions, tested on many: bounds, inequalities, metrics, invariances.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may panic as the tests themselves may")]

mod arrays;
mod laws;
mod line;
mod random;
