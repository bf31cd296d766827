//! Units of information.

/// The unit of an entropy or of a divergence that is an expected logarithm.
///
/// ```
/// use divergences::distribution::PointMasses;
/// use divergences::divergence::{Unit, entropy};
///
/// let coin = PointMasses::from_samples(&[0.0, 1.0])?.into();
/// assert_eq!(Unit::Bits.from_nats(entropy(&coin)), 1.0);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    /// Natural logarithms.
    #[default]
    Nats,
    /// Logarithms to base 2; one bit is log 2 ≈ 0.693 nats.
    Bits,
}

impl Unit {
    /// `value`, which is in nats, in this unit.
    ///
    /// ```
    /// use divergences::divergence::Unit;
    ///
    /// assert_eq!(Unit::Bits.from_nats(2_f64.ln()), 1.0);
    /// assert_eq!(Unit::Nats.from_nats(0.5), 0.5);
    /// ```
    #[must_use]
    #[allow(
        clippy::wrong_self_convention,
        reason = "it converts its argument; the unit itself is a small copy"
    )]
    pub fn from_nats(self, value: f64) -> f64 {
        match self {
            Self::Nats => value,
            Self::Bits => value / core::f64::consts::LN_2,
        }
    }
}
