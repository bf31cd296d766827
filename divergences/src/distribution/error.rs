//! Why a distribution could not be made.

use std::fmt;

/// The error of a parameter, with its name and the value that was given.
///
/// The message states what would be accepted.
///
/// ```
/// use divergences::distribution::{Error, Gaussian};
///
/// let error = Gaussian::new(0.0, -1.0).unwrap_err();
/// assert_eq!(error, Error::NotPositive { parameter: "sd", value: -1.0 });
/// assert_eq!(error.to_string(), "sd is -1, but must be above 0");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The parameter is NaN or infinite.
    NotFinite {
        /// The parameter's name, as in the constructor.
        parameter: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// The parameter must be greater than 0.
    NotPositive {
        /// The parameter's name, as in the constructor.
        parameter: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// The parameter is above 0, but so small that it has lost digits and has no reciprocal.
    TooSmall {
        /// The parameter's name, as in the constructor.
        parameter: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// A weight or probability is below 0.
    Negative {
        /// The parameter's name, as in the constructor.
        parameter: &'static str,
        /// The value that was given.
        value: f64,
    },
    /// Probabilities must add up to 1 (`from_weights` accepts any positive total).
    NotNormalised {
        /// The sum of the probabilities.
        sum: f64,
    },
    /// There must be at least one element.
    Empty {
        /// The parameter's name, as in the constructor.
        parameter: &'static str,
    },
    /// The lower bound must lie below the upper one.
    NotIncreasing {
        /// The lower bound that was given.
        lower: f64,
        /// The upper bound that was given.
        upper: f64,
    },
    /// The distribution to be truncated has no mass between the bounds.
    NoMass {
        /// The lower bound that was given.
        lower: f64,
        /// The upper bound that was given.
        upper: f64,
    },
    /// Only a Gaussian, a Laplace or a Uniform can be truncated.
    NotTruncatable,
    /// Noise can be added to Uniforms and truncated Gaussians, and to what is made of Gaussians and point masses.
    NotSmoothable,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFinite { parameter, value } => write!(f, "{parameter} is {value}, but must be finite"),
            Self::NotPositive { parameter, value } => {
                write!(f, "{parameter} is {value}, but must be above 0")
            }
            Self::TooSmall { parameter, value } => {
                write!(f, "{parameter} is {value}, but must be at least {}", f64::MIN_POSITIVE)
            }
            Self::Negative { parameter, value } => {
                write!(f, "{parameter} is {value}, but must not be below 0")
            }
            Self::NotNormalised { sum } => write!(
                f,
                "the probabilities add up to {sum}, but must add up to 1 (from_weights accepts any positive total)"
            ),
            Self::Empty { parameter } => {
                write!(f, "{parameter} is empty, but must have at least one element")
            }
            Self::NotIncreasing { lower, upper } => {
                write!(f, "lower is {lower}, but must be below upper, {upper}")
            }
            Self::NoMass { lower, upper } => {
                write!(f, "base has no mass between lower, {lower}, and upper, {upper}")
            }
            Self::NotSmoothable => {
                write!(f, "base must be a Uniform, or a truncated Gaussian or Uniform")
            }
            Self::NotTruncatable => write!(f, "base must be a Gaussian, a Laplace or a Uniform"),
        }
    }
}

impl std::error::Error for Error {}

/// `value` if it is finite, else an error that names `parameter`.
pub(crate) fn finite(parameter: &'static str, value: f64) -> Result<f64, Error> {
    if value.is_finite() { Ok(value) } else { Err(Error::NotFinite { parameter, value }) }
}

/// `value` if it is finite and above 0, else an error that names `parameter`.
pub(crate) fn positive(parameter: &'static str, value: f64) -> Result<f64, Error> {
    match finite(parameter, value)? {
        f64::MIN_POSITIVE.. => Ok(value),
        0.0.. if value > 0.0 => Err(Error::TooSmall { parameter, value }),
        _ => Err(Error::NotPositive { parameter, value }),
    }
}

/// The sum of `weights` if there are some, all finite and not negative, and they add up to something finite above 0.
pub(crate) fn total(
    list: &'static str,
    parameter: &'static str,
    weights: &mut dyn Iterator<Item = f64>,
) -> Result<f64, Error> {
    let (mut sum, mut lost, mut empty) = (0.0_f64, 0.0, true);
    for value in weights {
        empty = false;
        if finite(parameter, value)? < 0.0 {
            return Err(Error::Negative { parameter, value });
        }
        // The rounding error of each addition is summed separately (Neumaier), so that the number of terms is
        // unlimited.
        let next = sum + value;
        lost += if sum >= value { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    if empty {
        return Err(Error::Empty { parameter: list });
    }
    positive("sum of the weights", if sum.is_finite() { sum + lost } else { sum })
}

/// The greatest distance from 1 of the sum of given probabilities. It allows for their own rounding and for
/// that of their computation.
pub(crate) const SUM_ROUNDING: f64 = 1e-12;

/// An error unless `sum` is 1 within [`SUM_ROUNDING`].
pub(crate) fn normalised(sum: f64) -> Result<(), Error> {
    if (sum - 1.0).abs() <= SUM_ROUNDING { Ok(()) } else { Err(Error::NotNormalised { sum }) }
}
