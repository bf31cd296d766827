//! The divergences as figures show them: each with its colour and dash, everywhere the same.

use crate::figure::readout::{Readout, Unit};
use crate::plot::{Ink, Stroke};
use divergences::distribution::Distribution;
use divergences::divergence::{Divergence, Profile};
use divergences::fit::{Direction, Objective, Slope, Translated, slope};

/// A divergence that figures show. W₂ is shown squared, since that is what is smooth and what one descends on.
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
    /// All of them, in the order in which figures list them.
    pub const ALL: [Self; 7] = [
        Self::ForwardKl,
        Self::ReverseKl,
        Self::JensenShannon,
        Self::TotalVariation,
        Self::HellingerSquared,
        Self::Wasserstein1,
        Self::Wasserstein2Squared,
    ];

    /// Its colour.
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

    /// Its line.
    #[must_use]
    pub fn stroke(self) -> Stroke {
        match self {
            Self::JensenShannon | Self::Wasserstein1 => Stroke::solid(2.6),
            // Few colour-blind readers tell its blue from the purple of W₁.
            Self::ForwardKl | Self::ReverseKl => Stroke::dashed(2.6, &[14.0, 4.0]),
            Self::TotalVariation => Stroke::dashed(2.6, &[7.0, 5.0]),
            Self::HellingerSquared => Stroke::dashed(2.6, &[8.0, 4.0, 2.0, 4.0]),
            Self::Wasserstein2Squared => Stroke::dashed(2.2, &[2.0, 4.0]),
        }
    }

    /// Its name in readouts and texts, in lower case with hyphens.
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

    /// The name of its derivative in readouts.
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

    /// Whether it is made of logarithms, and so comes in nats or bits.
    #[must_use]
    pub fn is_logarithmic(self) -> bool {
        matches!(self, Self::ForwardKl | Self::ReverseKl | Self::JensenShannon)
    }

    /// `value`, in nats where it is logarithmic, in `unit` there.
    #[must_use]
    pub fn in_unit(self, value: f64, unit: Unit) -> f64 {
        if self.is_logarithmic() { unit.from_nats(value) } else { value }
    }

    /// The readout of its value, in nats where it is logarithmic.
    #[must_use]
    pub fn readout(self, value: f64, unit: Unit) -> Readout {
        let readout = Readout::number(self.key(), self.in_unit(value, unit));
        Readout { unit: self.is_logarithmic().then_some(unit), ..readout }
    }

    /// The readout of its slope. A slope is per unit of length besides, and so has no unit of its own.
    #[must_use]
    pub fn slope_readout(self, slope: f64, unit: Unit) -> Readout {
        Readout::number(self.slope_key(), self.in_unit(slope, unit))
    }

    /// Its value between a symmetric distribution and the same shifted to the right, and its derivative by the shift, both in
    /// nats where it is logarithmic.
    #[must_use]
    pub fn translated(self, found: &Translated) -> [f64; 2] {
        match self {
            Self::ForwardKl | Self::ReverseKl => found.kullback_leibler,
            Self::JensenShannon => found.jensen_shannon,
            Self::TotalVariation => found.total_variation,
            Self::HellingerSquared => found.hellinger_squared,
            // All mass travels by the shift.
            Self::Wasserstein1 => [found.shift, 1.0],
            Self::Wasserstein2Squared => [found.shift * found.shift, 2.0 * found.shift],
        }
    }

    /// Its value in `profile`, in nats where it is logarithmic.
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

    /// Its derivative as `q` is shifted to the right, in nats a unit of length where it is logarithmic.
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

/// A slope as one number: at a kink, or where a divergence is infinite, there is none.
#[must_use]
pub fn slope_number(slope: Slope) -> f64 {
    match slope {
        Slope::Finite(slope) | Slope::Infinite(slope) => slope,
        _ => f64::NAN,
    }
}
