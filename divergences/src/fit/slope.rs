//! A derivative that may be infinite, one-sided or missing.

/// A derivative, which says honestly when there is none.
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
    #[must_use]
    pub fn finite(self) -> Option<f64> {
        if let Self::Finite(slope) = self { Some(slope) } else { None }
    }

    /// `slope` as it is when finite or infinite; [`Slope::Undefined`] for NaN.
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
        // Sums of the same terms, but perhaps in another order.
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
