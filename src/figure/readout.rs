//! Readouts: the named numbers that a figure shows.

pub use divergences::divergence::Unit;

use super::parameter::choice;
use super::texts::Texts;
use crate::plot::{HIDDEN, number};

/// The words of a [`Unit`] as a choice.
pub const UNITS: &[&str] = &["nats", "bits"];

choice! { for Unit { Nats = "nats", Bits = "bits" } }

/// The name of `unit` for readers.
#[must_use]
pub fn unit_name(unit: Unit, texts: &Texts) -> &str {
    match unit {
        Unit::Nats => texts.get("unit.nats"),
        Unit::Bits => texts.get("unit.bits"),
    }
}

/// A named number. It is shown beside the figure, used in the prose, and exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// The name, in lower case with hyphens.
    pub key: &'static str,
    /// The value in its unit. ±∞ is infinite, and NaN is undefined.
    pub value: f64,
    /// The unit, if there is one.
    pub unit: Option<Unit>,
    /// Whether the value is a number of things, which is written without decimals.
    pub count: bool,
    /// The number of decimals, if it is always the same.
    pub decimals: Option<usize>,
    /// The greatest value that it can have, or ∞. No smaller value is written as this one.
    pub most: f64,
    /// Whether the value repeats a parameter. There is nothing to guess about it.
    pub given: bool,
    /// Whether the value is hidden.
    pub veiled: bool,
}

impl Readout {
    /// A number without a unit.
    #[must_use]
    pub fn number(key: &'static str, value: f64) -> Self {
        let most = f64::INFINITY;
        Self { key, value, unit: None, count: false, decimals: None, most, given: false, veiled: false }
    }

    /// A number of things.
    #[must_use]
    pub fn count(key: &'static str, count: usize) -> Self {
        Self { count: true, ..Self::number(key, count as f64) }
    }

    /// An angle in degrees, at most a right one.
    #[must_use]
    pub fn degrees(key: &'static str, degrees: f64) -> Self {
        Self { decimals: Some(1), ..Self::number(key, degrees).at_most(90.0) }
    }

    /// A divergence, given in nats and shown in `unit`.
    #[must_use]
    pub fn divergence(key: &'static str, nats: f64, unit: Unit) -> Self {
        Self { unit: Some(unit), ..Self::number(key, unit.from_nats(nats)) }
    }

    /// This readout, which can never be above `most`. That of a divergence is given in nats.
    #[must_use]
    pub fn at_most(self, most: f64) -> Self {
        Self { most: self.unit.map_or(most, |unit| unit.from_nats(most)), ..self }
    }

    /// This readout, marked as repeating a parameter.
    #[must_use]
    pub fn given(self) -> Self {
        Self { given: true, ..self }
    }

    /// This readout, hidden and without its value.
    #[must_use]
    pub fn veil(self) -> Self {
        Self { value: f64::NAN, veiled: true, ..self }
    }

    /// This readout with another value.
    #[must_use]
    pub fn with(&self, value: f64) -> Self {
        Self { value, ..self.clone() }
    }

    /// The value as text, without the unit.
    #[must_use]
    pub fn digits(&self, texts: &Texts) -> String {
        if self.veiled {
            return HIDDEN.to_owned();
        }
        if self.count {
            return number::fixed(self.value, 0);
        }
        if let Some(decimals) = self.decimals.filter(|_| !self.value.is_nan()) {
            return number::bounded(self.value, decimals, self.most);
        }
        number::readout(self.value, self.most).unwrap_or_else(|| texts.get("number.undefined").to_owned())
    }

    /// The value as text with its unit. ∞ and "undefined" have none.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        let digits = self.digits(texts);
        match self.unit {
            Some(unit) if self.value.is_finite() => format!("{digits} {}", unit_name(unit, texts)),
            _ => digits,
        }
    }
}
