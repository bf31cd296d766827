//! Parameters: what a reader can change about a figure, declared once.
//!
//! Every parameter travels as text (in addresses, attributes and number boxes), so that one interface serves
//! all of them. [`Field`] reads and writes the text, and [`Spec`] states what is accepted.

use super::texts::Texts;
use crate::decimal;
use crate::plot::number;
use divergences::order::clamp;

/// The kind of a parameter, which determines the values that it accepts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number whose slider moves in equal steps.
    Number {
        /// The least accepted value.
        least: f64,
        /// The greatest accepted value.
        most: f64,
        /// The step of the slider.
        step: f64,
    },
    /// A number above 0 whose slider moves by equal factors.
    Positive {
        /// The least accepted value.
        least: f64,
        /// The greatest accepted value.
        most: f64,
        /// The number of steps for a factor of ten.
        steps_per_decade: u32,
    },
    /// A whole number from 0 up.
    Count {
        /// The greatest accepted value.
        most: u32,
    },
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A mixture of one to `most` Gaussians.
    Components {
        /// The greatest number of components.
        most: usize,
    },
    /// Weights over outcomes: numbers that are not negative, at least one of them above 0.
    Weights {
        /// The least number of outcomes, which is at least 2.
        least: usize,
        /// The greatest number of outcomes, up to 16. It equals `least` if the figure fixes the number.
        most: usize,
    },
}

/// The prominence of a parameter's control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// In the row under the drawing.
    Front,
    /// Behind “More”.
    More,
}

/// The declaration of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// The key in addresses and attributes, in lower case with hyphens.
    pub key: &'static str,
    /// The kind of values that it accepts.
    pub kind: Kind,
    /// The prominence of its control.
    pub rank: Rank,
}

impl Spec {
    /// Whether its control stands in the row under the drawing.
    #[must_use]
    pub fn is_front(&self) -> bool {
        self.rank == Rank::Front
    }
}

/// A value that a parameter does not accept.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The key as given.
    pub key: String,
    /// The value as given.
    pub value: String,
    /// The values that would be accepted.
    pub accepted: Accepted,
}

/// The values that would be accepted in place of a refused one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Accepted {
    /// None, because there is no parameter with that key.
    Nothing,
    /// A value of this kind.
    Kind(Kind),
    /// A share above 0 and below 1, which leaves something to every component.
    Share,
    /// None while the outcome, or every other one, is locked.
    Unlocked,
    /// A text of at most [`LONGEST`] bytes.
    Shorter,
}

/// The longest text that is read as a value, in bytes; the longest that a parameter writes has a fifth of that.
pub const LONGEST: usize = 4000;

/// How much of a text is repeated in a sentence about it, in letters.
const REPEATED: usize = 200;

/// The beginning of `text`, which is all of it but for accidents and attacks.
#[must_use]
pub fn beginning(text: &str) -> String {
    let beginning = text.char_indices().nth(REPEATED).and_then(|(end, _)| text.get(..end));
    beginning.map_or_else(|| text.to_owned(), |beginning| format!("{beginning}…"))
}

impl Problem {
    /// A sentence for the reader that names the value and states what would be accepted.
    #[must_use]
    pub fn message(&self, texts: &Texts, keys: &[Spec]) -> String {
        let mut words = vec![("key", self.key.clone()), ("value", self.value.clone())];
        let text = match self.accepted {
            Accepted::Nothing => {
                words.push(("keys", keys.iter().map(|spec| spec.key).collect::<Vec<_>>().join(", ")));
                "problem.unknown"
            }
            Accepted::Kind(Kind::Number { least, most, .. } | Kind::Positive { least, most, .. }) => {
                words.push(("least", number::plain(least)));
                words.push(("most", number::plain(most)));
                "problem.number"
            }
            Accepted::Kind(Kind::Count { most }) => {
                words.push(("most", most.to_string()));
                "problem.count"
            }
            Accepted::Kind(Kind::Choice(choices)) => {
                words.push(("choices", choices.join(", ")));
                "problem.choice"
            }
            Accepted::Kind(Kind::Components { most }) => {
                words.push(("most", most.to_string()));
                "problem.components"
            }
            Accepted::Kind(Kind::Weights { least, most }) => {
                words.push(("least", least.to_string()));
                words.push(("most", most.to_string()));
                if least == most { "problem.weights.fixed" } else { "problem.weights" }
            }
            Accepted::Share => "problem.share",
            Accepted::Unlocked => "problem.locked",
            Accepted::Shorter => {
                words.push(("most", LONGEST.to_string()));
                "problem.long"
            }
        };
        texts.fill(text, &words)
    }
}

impl Kind {
    /// The last position of the slider; `None` if there is no slider.
    #[must_use]
    pub fn positions(&self) -> Option<u32> {
        match *self {
            Self::Number { least, most, step } => Some(((most - least) / step).round() as u32),
            Self::Positive { least, most, steps_per_decade } => {
                Some((f64::from(steps_per_decade) * (most / least).log10()).round() as u32)
            }
            Self::Count { most } => Some(most),
            Self::Choice(_) | Self::Components { .. } | Self::Weights { .. } => None,
        }
    }

    /// The accepted number nearest to `value`.
    #[must_use]
    pub fn bounded(&self, value: f64) -> f64 {
        match *self {
            Self::Number { least, most, .. } | Self::Positive { least, most, .. } => {
                clamp(value, least, most)
            }
            _ => value,
        }
    }

    /// The value at position `position` of the slider, as text.
    #[must_use]
    pub fn at_position(&self, position: u32) -> Option<String> {
        let last = self.positions()?;
        let position = position.min(last);
        Some(match *self {
            Self::Number { least, most, step } => {
                let value = if position == last { most } else { least + f64::from(position) * step };
                decimal::write((value * 1e9).round() / 1e9)
            }
            Self::Positive { least, most, steps_per_decade } => {
                let value = least * 10f64.powf(f64::from(position) / f64::from(steps_per_decade));
                // A value of two significant digits is what a reader would have typed.
                let unit = 10f64.powf(value.log10().floor() - 1.0);
                let value = ((value / unit).round() * unit * 1e9).round() / 1e9;
                decimal::write(clamp(value, least, most))
            }
            _ => position.to_string(),
        })
    }

    /// The value `text`, set by dragging, rounded more finely than pixels can show. This keeps addresses
    /// short. Mixtures and weights round their own numbers while they are dragged.
    #[must_use]
    pub(super) fn by_hand(&self, text: &str) -> String {
        match (self, decimal::read(text)) {
            (Self::Number { .. }, Some(value)) => decimal::write(decimal::rounded(value, 4)),
            (Self::Positive { .. }, Some(value)) => decimal::write(decimal::significant(value, 5)),
            _ => text.to_owned(),
        }
    }

    /// The keyboard that a phone shows for it. The one for decimals has no minus sign on an iPhone, and a comma for the point in
    /// some countries, which is read as well.
    #[must_use]
    pub(super) fn keyboard(&self) -> &'static str {
        match *self {
            Self::Number { least, .. } if least < 0.0 => "text",
            Self::Count { .. } => "numeric",
            _ => "decimal",
        }
    }

    /// The position of the slider nearest to the value `text`.
    #[must_use]
    pub fn position_of(&self, text: &str) -> Option<u32> {
        let value = decimal::read(text)?;
        let position = match *self {
            Self::Number { least, step, .. } => (value - least) / step,
            Self::Positive { least, steps_per_decade, .. } => {
                f64::from(steps_per_decade) * (value / least).log10()
            }
            _ => value,
        };
        Some((position.round().max(0.0) as u32).min(self.positions()?))
    }
}

/// A type of parameter values.
pub trait Field: Clone + PartialEq {
    /// The value that `text` stands for, if `kind` accepts it.
    fn read(text: &str, kind: &Kind) -> Option<Self>;
    /// The text from which [`Self::read`] returns this value.
    fn write(&self) -> String;
}

impl Field for f64 {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let (Kind::Number { least, most, .. } | Kind::Positive { least, most, .. }) = *kind else {
            return None;
        };
        let value = decimal::typed(text)?;
        (least..=most).contains(&value).then_some(value)
    }

    fn write(&self) -> String {
        decimal::write(*self)
    }
}

impl Field for u32 {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let Kind::Count { most } = *kind else { return None };
        let value: Self = decimal::plain(text).parse().ok()?;
        (value <= most).then_some(value)
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

/// All parameters of one figure with their values.
pub trait Parameters: Clone + Default + PartialEq {
    /// The declarations of the parameters, in the order of their controls.
    const SPECS: &'static [Spec];

    /// The value of the parameter at index `place` of [`Self::SPECS`], as text.
    fn get(&self, place: usize) -> String;

    /// Sets the parameter at index `place` of [`Self::SPECS`] if it accepts `text`. Returns whether it does.
    fn set(&mut self, place: usize, text: &str) -> bool;
}

/// Declares an enum whose variants are the words of a [`Kind::Choice`]. With `for` it assigns words to an
/// existing enum.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// The words, in the order of the variants.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }

        $crate::figure::parameter::choice!(for $name { $($variant = $word),+ });
    };
    (for $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $crate::figure::parameter::Field for $name {
            fn read(text: &str, _: &$crate::figure::parameter::Kind) -> Option<Self> {
                match text {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }

            fn write(&self) -> String {
                match self {
                    $(Self::$variant => $word.to_owned()),+
                }
            }
        }
    };
}
pub(crate) use choice;

/// Declares a struct of parameters. Each has a field, a key, a type, a default, a kind and a rank.
macro_rules! parameters {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$field_doc:meta])* $field:ident / $key:literal : $type:ty = $default:expr, $kind:expr, $rank:ident;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }

        impl $crate::figure::parameter::Parameters for $name {
            const SPECS: &'static [$crate::figure::parameter::Spec] = &[$(
                $crate::figure::parameter::Spec {
                    key: $key,
                    kind: $kind,
                    rank: $crate::figure::parameter::Rank::$rank,
                }
            ),+];

            fn get(&self, place: usize) -> String {
                let fields: [&dyn Fn() -> String; Self::SPECS.len()] =
                    [$(&|| $crate::figure::parameter::Field::write(&self.$field)),+];
                fields.get(place).map(|write| write()).unwrap_or_default()
            }

            fn set(&mut self, place: usize, text: &str) -> bool {
                let mut index = 0usize;
                $(
                    if index == place {
                        let kind = &Self::SPECS[place].kind;
                        let value: Option<$type> = $crate::figure::parameter::Field::read(text, kind);
                        return value.map(|value| self.$field = value).is_some();
                    }
                    index += 1;
                )+
                let _ = index;
                false
            }
        }
    };
}
pub(crate) use parameters;

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Kind = Kind::Positive { least: 0.001, most: 1.0, steps_per_decade: 10 };
    const MEAN: Kind = Kind::Number { least: -6.0, most: 6.0, step: 0.05 };

    #[test]
    fn sliders_stop_at_round_values() {
        assert_eq!(RATE.positions(), Some(30), "ten steps for each of three decades");
        assert_eq!(RATE.at_position(17).as_deref(), Some("0.05"), "two digits");
        assert_eq!(RATE.at_position(99).as_deref(), Some("1"), "no further than the end");
        assert_eq!(MEAN.at_position(7).as_deref(), Some("-5.65"), "no rounding noise");
        assert_eq!(MEAN.at_position(120).as_deref(), Some("0"), "no negative zero");
    }

    #[test]
    fn every_value_can_be_typed_on_a_phone() {
        assert_eq!(MEAN.keyboard(), "text", "an iPhone's keys for decimals have no minus sign");
        assert_eq!([RATE.keyboard(), Kind::Count { most: 9 }.keyboard()], ["decimal", "numeric"]);
    }

    #[test]
    fn what_a_hand_sets_is_round() {
        assert_eq!([MEAN.by_hand("-2.600049999"), RATE.by_hand("0.01234561")], ["-2.6", "0.012346"]);
        assert_eq!(Kind::Choice(&["1.23456789"]).by_hand("1.23456789"), "1.23456789", "a word is a word");
    }

    #[test]
    fn a_slider_finds_its_own_values_again() {
        for kind in [RATE, MEAN, Kind::Count { most: 300 }] {
            for position in 0..=kind.positions().unwrap() {
                let text = kind.at_position(position).unwrap();
                assert_eq!(kind.position_of(&text), Some(position), "{kind:?} at {text}");
            }
        }
    }

    #[test]
    fn numbers_are_read_strictly() {
        assert_eq!(f64::read("−2.5", &MEAN), Some(-2.5), "a typographic minus");
        for bad in ["", "a", "7", "NaN", "inf", "1e9", "1,234.5"] {
            assert_eq!(f64::read(bad, &MEAN), None, "{bad}");
        }
        assert_eq!(f64::read("1,5", &MEAN), Some(1.5), "a decimal comma");
        assert_eq!(u32::read("３０", &Kind::Count { most: 300 }), Some(30), "full-width digits");
        assert_eq!(u32::read("301", &Kind::Count { most: 300 }), None, "too many");
    }
}
