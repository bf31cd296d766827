//! The ways in which a model moves.

/// How the model moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// All of it to the right; the derivative is by its location.
    Location,
    /// All of it away from its mean; the derivative is by the logarithm of its scale.
    Scale,
}
