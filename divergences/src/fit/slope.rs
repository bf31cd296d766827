//! A derivative that may be infinite, one-sided or missing.

/// A derivative, which says honestly when there is none.
///
/// ```
/// use divergences::distribution::Uniform;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Slope, gradient};
///
/// let (p, q) = (Uniform::new(0.0, 1.0)?.into(), Uniform::new(0.5, 1.5)?.into());
/// match gradient(&p, &q, Divergence::TotalVariation).location {
///     Slope::Finite(slope) => assert!((slope - 1.0).abs() < 1e-15),
///     other => panic!("{other:?}"),
/// }
/// assert_eq!(gradient(&p, &q, Divergence::ForwardKl).location, Slope::Undefined); // it is infinite
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slope {
    /// The derivative exists and is this number; an exact 0 where the divergence is constant.
    Finite(f64),
    /// The tangent is vertical: the derivative is +∞ or −∞, from both sides.
    Infinite(f64),
    /// A kink: the derivatives from the left and from the right exist (or are infinite) and differ.
    Kink {
        /// The derivative from the left, possibly infinite.
        left: f64,
        /// The derivative from the right, possibly infinite.
        right: f64,
    },
    /// There is no derivative: the divergence is infinite here, or has no one-sided derivatives.
    Undefined,
}

impl Slope {
    /// The derivative, if it exists and is finite.
    ///
    /// ```
    /// use divergences::fit::Slope;
    ///
    /// assert_eq!(Slope::Finite(2.0).finite(), Some(2.0));
    /// assert_eq!(Slope::Kink { left: -1.0, right: 1.0 }.finite(), None);
    /// ```
    #[must_use]
    pub fn finite(self) -> Option<f64> {
        if let Self::Finite(slope) = self { Some(slope) } else { None }
    }

    /// The slope that a number says: itself where finite or infinite, [`Slope::Undefined`] for NaN.
    ///
    /// ```
    /// use divergences::fit::Slope;
    ///
    /// assert_eq!(Slope::from_f64(f64::INFINITY), Slope::Infinite(f64::INFINITY));
    /// assert_eq!(Slope::from_f64(f64::NAN), Slope::Undefined);
    /// ```
    #[must_use]
    pub fn from_f64(slope: f64) -> Self {
        if slope.is_nan() {
            Self::Undefined
        } else if slope.is_infinite() {
            Self::Infinite(slope)
        } else {
            Self::Finite(slope)
        }
    }

    /// The slope with these derivatives from the left and from the right.
    pub(super) fn from_sides([left, right]: [f64; 2]) -> Self {
        // The two sides may be sums of the same terms in another order.
        let equal =
            left == right || (left - right).abs() <= 1e-14 * left.abs().max(right.abs()).min(f64::MAX);
        if equal {
            Self::from_f64(right)
        } else if left.is_nan() || right.is_nan() {
            Self::Undefined
        } else {
            Self::Kink { left, right }
        }
    }
}
