//! The ways in which a model moves.

/// How the model moves.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Direction, Slope, slope};
///
/// let (p, q) = (Gaussian::new(0.0, 1.0)?.into(), Gaussian::new(2.0, 1.0)?.into());
/// assert_eq!(slope(&p, &q, Divergence::Wasserstein(1.0), Direction::Location), Slope::Finite(1.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// All of it to the right; the derivative is by its location.
    Location,
    /// All of it away from its mean; the derivative is by the logarithm of its scale.
    Scale,
}
