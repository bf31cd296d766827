//! The figures, by chapter. [`crate::figure`] is the contract that they implement.

mod family;
pub mod measure;
mod moving_mass;
mod no_overlap;
mod two_directions;
mod which_one;

pub use family::Hellinger;
pub use family::{JsMixture, TotalVariation};
pub use moving_mass::WassersteinGradient;
pub use no_overlap::DisjointSupports;
pub use two_directions::KlFit;
pub use which_one::Comparison;
