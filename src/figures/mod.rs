//! The figures, by chapter. [`crate::figure`] is the contract that they implement.

mod family;
pub mod measure;
mod moving_mass;
mod no_overlap;
mod two_directions;
mod which_one;

// The stub that `cargo xtask new-figure` writes follows the contract as it is now: the tests compile it.
#[cfg(test)]
#[path = "../../xtask/src/new_figure/figure/figure.rs"]
pub mod new_figure;

pub use family::Hellinger;
pub use family::{JsMixture, TotalVariation};
pub use moving_mass::WassersteinGradient;
pub use no_overlap::DisjointSupports;
pub use two_directions::KlFit;
pub use which_one::Comparison;
