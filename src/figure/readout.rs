//! Named numbers that a figure shows.

pub use divergences::divergence::Unit;

use super::parameter::choice;
use super::texts::Texts;
use crate::plot::{HIDDEN, number};

/// The words of a [`Unit`] as a parameter.
pub const UNITS: &[&str] = &["nats", "bits"];

choice! { for Unit { Nats = "nats", Bits = "bits" } }

/// What readers call `unit`.
#[must_use]
pub fn unit_name(unit: Unit, texts: &Texts) -> &str {
    match unit {
        Unit::Nats => texts.get("unit.nats"),
        Unit::Bits => texts.get("unit.bits"),
    }
}

/// A named number: shown beside the figure, bound into the prose, exported.
#[derive(Clone, Debug, PartialEq)]
pub struct Readout {
    /// Its name, in lower case with hyphens.
    pub key: &'static str,
    /// Its value in its unit; ±∞ is itself, NaN is undefined.
    pub value: f64,
    /// Its unit, if it has one.
    pub unit: Option<Unit>,
    /// Whether it counts something, and so has no decimals.
    pub count: bool,
    /// Whether it repeats what the reader set rather than telling what followed; there is nothing to guess then.
    pub given: bool,
    /// Whether it is hidden for now.
    pub veiled: bool,
}

impl Readout {
    /// A plain number.
    #[must_use]
    pub fn number(key: &'static str, value: f64) -> Self {
        Self { key, value, unit: None, count: false, given: false, veiled: false }
    }

    /// A number of things.
    #[must_use]
    pub fn count(key: &'static str, count: usize) -> Self {
        Self { count: true, ..Self::number(key, count as f64) }
    }

    /// A divergence of `nats`, in `unit`.
    #[must_use]
    pub fn divergence(key: &'static str, nats: f64, unit: Unit) -> Self {
        Self { unit: Some(unit), ..Self::number(key, unit.from_nats(nats)) }
    }

    /// The same, as one that repeats what the reader set.
    #[must_use]
    pub fn given(self) -> Self {
        Self { given: true, ..self }
    }

    /// The same, hidden: its value is gone.
    #[must_use]
    pub fn veil(self) -> Self {
        Self { value: f64::NAN, veiled: true, ..self }
    }

    /// `value` as this readout would write it.
    #[must_use]
    pub fn with(&self, value: f64) -> Self {
        Self { value, ..self.clone() }
    }

    /// The number alone, as it is written.
    #[must_use]
    pub fn digits(&self, texts: &Texts) -> String {
        if self.veiled {
            return HIDDEN.to_owned();
        }
        if self.count {
            return number::fixed(self.value, 0);
        }
        number::readout(self.value).unwrap_or_else(|| texts.get("number.undefined").to_owned())
    }

    /// The number with its unit; ∞ and "undefined" have none.
    #[must_use]
    pub fn text(&self, texts: &Texts) -> String {
        let digits = self.digits(texts);
        match self.unit {
            Some(unit) if self.value.is_finite() => format!("{digits} {}", unit_name(unit, texts)),
            _ => digits,
        }
    }
}
