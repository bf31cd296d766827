//! Named numbers that a figure shows.

use super::texts::Texts;
use crate::plot::number;

/// The unit of a readout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A plain number.
    None,
    /// Nats: natural logarithms.
    Nats,
    /// Bits: logarithms to base 2.
    Bits,
}

impl Measure {
    /// `nats` expressed in this unit.
    #[must_use]
    pub fn of_nats(self, nats: f64) -> f64 {
        if self == Self::Bits { nats / std::f64::consts::LN_2 } else { nats }
    }

    /// The key of the unit's name, if it has one.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Nats => Some("unit.nats"),
            Self::Bits => Some("unit.bits"),
        }
    }
}

/// A named number: shown beside the figure, bound into the prose, exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// Its name, in lower case with hyphens.
    pub key: &'static str,
    /// Its value in its unit; ±∞ is itself, NaN is undefined.
    pub value: f64,
    /// Its unit.
    pub measure: Measure,
}

impl Readout {
    /// A plain number.
    #[must_use]
    pub fn number(key: &'static str, value: f64) -> Self {
        Self { key, value, measure: Measure::None }
    }

    /// A divergence of `nats`, in the unit `measure`.
    #[must_use]
    pub fn divergence(key: &'static str, nats: f64, measure: Measure) -> Self {
        Self { key, value: measure.of_nats(nats), measure }
    }

    /// The number alone, as it is written.
    #[must_use]
    pub fn digits(&self, texts: &Texts) -> String {
        number::readout(self.value).unwrap_or_else(|| texts.get("number.undefined").to_owned())
    }

    /// The number with its unit; ∞ and "undefined" have none.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        let digits = self.digits(texts);
        match self.measure.key() {
            Some(unit) if self.value.is_finite() => format!("{digits} {}", texts.get(unit)),
            _ => digits,
        }
    }
}
