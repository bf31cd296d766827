//! The divergences that several figures show. Each has the same colour, dash and name in all of them.

use std::f64::consts::LN_2;

use crate::figure::readout::{Readout, Unit};
use crate::plot::{Ink, Stroke};
use divergences::distribution::Distribution;
use divergences::divergence::{Divergence, Profile};
use divergences::fit::{Direction, Objective, Slope, Translated, slope};

/// A divergence. W₂ is squared, because its square is smooth and descent uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// KL(p‖q).
    ForwardKl,
    /// KL(q‖p).
    ReverseKl,
    /// The Jensen–Shannon divergence.
    JensenShannon,
    /// Total variation.
    TotalVariation,
    /// The squared Hellinger distance.
    HellingerSquared,
    /// W₁.
    Wasserstein1,
    /// W₂².
    Wasserstein2Squared,
}

impl Measure {
    /// All divergences, in the order in which figures list them.
    pub const ALL: [Self; 7] = [
        Self::ForwardKl,
        Self::ReverseKl,
        Self::JensenShannon,
        Self::TotalVariation,
        Self::HellingerSquared,
        Self::Wasserstein1,
        Self::Wasserstein2Squared,
    ];

    /// The colour of its curve.
    #[must_use]
    pub fn ink(self) -> Ink {
        match self {
            Self::ForwardKl => Ink::ForwardKl,
            Self::ReverseKl => Ink::ReverseKl,
            Self::JensenShannon => Ink::JensenShannon,
            Self::TotalVariation => Ink::TotalVariation,
            Self::HellingerSquared => Ink::Hellinger,
            Self::Wasserstein1 => Ink::Wasserstein1,
            Self::Wasserstein2Squared => Ink::Wasserstein2,
        }
    }

    /// The stroke of its curve.
    #[must_use]
    pub fn stroke(self) -> Stroke {
        match self {
            Self::JensenShannon | Self::Wasserstein1 => Stroke::solid(2.6),
            // The dashes tell its blue from the purple of W₁, which few colour-blind readers can.
            Self::ForwardKl | Self::ReverseKl => Stroke::dashed(2.6, &[14.0, 4.0]),
            Self::TotalVariation => Stroke::dashed(2.6, &[7.0, 5.0]),
            Self::HellingerSquared => Stroke::dashed(2.6, &[8.0, 4.0, 2.0, 4.0]),
            Self::Wasserstein2Squared => Stroke::dashed(2.2, &[2.0, 4.0]),
        }
    }

    /// The key of its value in readouts and texts.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ForwardKl => "forward-kl",
            Self::ReverseKl => "reverse-kl",
            Self::JensenShannon => "js",
            Self::TotalVariation => "tv",
            Self::HellingerSquared => "hellinger-squared",
            Self::Wasserstein1 => "w1",
            Self::Wasserstein2Squared => "w2-squared",
        }
    }

    /// The key of its derivative in readouts.
    #[must_use]
    pub fn slope_key(self) -> &'static str {
        match self {
            Self::ForwardKl => "forward-kl-slope",
            Self::ReverseKl => "reverse-kl-slope",
            Self::JensenShannon => "js-slope",
            Self::TotalVariation => "tv-slope",
            Self::HellingerSquared => "hellinger-squared-slope",
            Self::Wasserstein1 => "w1-slope",
            Self::Wasserstein2Squared => "w2-squared-slope",
        }
    }

    /// Whether it is a mean of logarithms, which has nats or bits as its unit.
    #[must_use]
    pub fn is_logarithmic(self) -> bool {
        matches!(self, Self::ForwardKl | Self::ReverseKl | Self::JensenShannon)
    }

    /// Converts `value` from nats to `unit` if the divergence is logarithmic. Other values are returned
    /// unchanged.
    #[must_use]
    pub fn in_unit(self, value: f64, unit: Unit) -> f64 {
        if self.is_logarithmic() { unit.from_nats(value) } else { value }
    }

    /// The readout of the value `value`, which is in nats if the divergence is logarithmic.
    #[must_use]
    pub fn readout(self, value: f64, unit: Unit) -> Readout {
        let most = match self {
            Self::JensenShannon => LN_2,
            Self::TotalVariation | Self::HellingerSquared => 1.0,
            _ => f64::INFINITY,
        };
        let readout = Readout::number(self.key(), self.in_unit(value, unit));
        Readout { unit: self.is_logarithmic().then_some(unit), ..readout }.at_most(most)
    }

    /// The readout of the slope `slope`, which is in nats if the divergence is logarithmic. It has no unit,
    /// because it is per unit of length as well.
    #[must_use]
    pub fn slope_readout(self, slope: f64, unit: Unit) -> Readout {
        Readout::number(self.slope_key(), self.in_unit(slope, unit))
    }

    /// The value between a symmetric distribution and its translate to the right, and the derivative by the
    /// shift. Both are in nats if the divergence is logarithmic.
    #[must_use]
    pub fn translated(self, found: &Translated) -> [f64; 2] {
        match self {
            Self::ForwardKl | Self::ReverseKl => found.kullback_leibler,
            Self::JensenShannon => found.jensen_shannon,
            Self::TotalVariation => found.total_variation,
            Self::HellingerSquared => found.hellinger_squared,
            // All mass moves by the shift.
            Self::Wasserstein1 => [found.shift, 1.0],
            Self::Wasserstein2Squared => [found.shift * found.shift, 2.0 * found.shift],
        }
    }

    /// The value in `profile`, in nats if the divergence is logarithmic.
    #[must_use]
    pub fn value(self, profile: &Profile) -> f64 {
        match self {
            Self::ForwardKl => profile.forward_kl,
            Self::ReverseKl => profile.reverse_kl,
            Self::JensenShannon => profile.jensen_shannon,
            Self::TotalVariation => profile.total_variation,
            Self::HellingerSquared => profile.hellinger_squared,
            Self::Wasserstein1 => profile.wasserstein_1,
            Self::Wasserstein2Squared => profile.wasserstein_2 * profile.wasserstein_2,
        }
    }

    /// The derivative as `q` is shifted to the right, in nats per unit of length if the divergence is
    /// logarithmic.
    #[must_use]
    pub fn slope(self, p: &Distribution, q: &Distribution) -> Slope {
        let objective = match self {
            Self::ForwardKl => Divergence::ForwardKl.into(),
            Self::ReverseKl => Divergence::ReverseKl.into(),
            Self::JensenShannon => Divergence::JensenShannon.into(),
            Self::TotalVariation => Divergence::TotalVariation.into(),
            Self::HellingerSquared => Divergence::HellingerSquared.into(),
            Self::Wasserstein1 => Divergence::Wasserstein(1.0).into(),
            Self::Wasserstein2Squared => Objective::TransportCost(2.0),
        };
        slope(p, q, objective, Direction::Location)
    }
}

/// The slope as a number. It is NaN at a kink and where the divergence is infinite.
#[must_use]
pub fn slope_number(slope: Slope) -> f64 {
    match slope {
        Slope::Finite(slope) | Slope::Infinite(slope) => slope,
        _ => f64::NAN,
    }
}
