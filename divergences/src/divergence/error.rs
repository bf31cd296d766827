//! Why a divergence is not defined.

use std::fmt;

/// The reason why a divergence is undefined, with the value that was given.
///
/// The message states what would be accepted.
///
/// ```
/// use divergences::divergence::{Divergence, Error};
///
/// let error = Divergence::wasserstein(0.5).unwrap_err();
/// assert_eq!(error, Error::InvalidOrder { parameter: "p", value: 0.5 });
/// assert_eq!(error.to_string(), "p is 0.5, but the order of a Wasserstein distance must be at least 1");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The order of a Wasserstein distance must be at least 1, and that of an α-divergence finite.
    InvalidOrder {
        /// The order's name: "p" or "alpha".
        parameter: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// Two distributions on categories must have the same number of them.
    LengthMismatch {
        /// The number of categories of p.
        p: usize,
        /// The number of categories of q.
        q: usize,
    },
    /// Categories have no positions between which mass could be moved; point masses do.
    NoPositions,
    /// The counts of this many draws of this many outcomes do not fit into memory.
    TooManyCounts {
        /// The number of outcomes.
        outcomes: usize,
        /// The number of draws.
        draws: u32,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidOrder { parameter, value } if *parameter == "p" => {
                write!(f, "p is {value}, but the order of a Wasserstein distance must be at least 1")
            }
            Self::InvalidOrder { parameter, value } => {
                write!(f, "{parameter} is {value}, but must be finite")
            }
            Self::LengthMismatch { p, q } => {
                write!(f, "p has {p} categories and q has {q}, but they must have the same number")
            }
            Self::NoPositions => {
                write!(
                    f,
                    "categories have no positions to measure a Wasserstein distance by; use point masses"
                )
            }
            Self::TooManyCounts { outcomes, draws } => write!(
                f,
                "{draws} draws of {outcomes} outcomes have too many counts; three outcomes may be drawn up to 1998 times"
            ),
        }
    }
}

impl std::error::Error for Error {}
