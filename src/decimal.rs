//! Numbers as decimal text that reads back to the same bits.
//!
//! In a browser this calls the browser's own routines, because the standard library's would be a tenth of the
//! wasm. Both write the same text.

/// `value` in the fewest digits that distinguish it from every other number. −0 is written 0.
#[must_use]
pub(crate) fn write(value: f64) -> String {
    // Adding 0 turns −0 into 0.
    text(value + 0.0)
}

/// The number that `text` stands for, or `None`. Digits, a point, signs and an exponent are accepted, and
/// nothing else: neither spaces nor `inf`. −0 is read as 0, which it is written as.
#[must_use]
pub(crate) fn read(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    if plain && !text.is_empty() {
        number(text).filter(|value| value.is_finite()).map(|value| value + 0.0)
    } else {
        None
    }
}

/// The number that a reader means by `text`: [`read`], with the signs and digits of [`plain`], and with a comma for the point
/// where there is one comma and no point.
#[must_use]
pub(crate) fn typed(text: &str) -> Option<f64> {
    let text = plain(text);
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    if commas == 1 && points == 0 { read(&text.replace(',', ".")) } else { read(&text) }
}

/// `text` without spaces around it, and with the plain form of each character that keyboards of other scripts write in its place:
/// full-width digits and signs, and the minus sign that is printed.
#[must_use]
pub(crate) fn plain(text: &str) -> String {
    const FULL_WIDTH: std::ops::RangeInclusive<u32> = 0xFF01..=0xFF5E;
    let narrow = |letter: char| match letter {
        '\u{2212}' => '-',
        // The full-width forms stand in the order of ASCII.
        _ if FULL_WIDTH.contains(&u32::from(letter)) => {
            char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter)
        }
        _ => letter,
    };
    text.trim().chars().map(narrow).collect()
}

/// `value` rounded to at most `decimals` decimals.
#[must_use]
pub(crate) fn rounded(value: f64, decimals: i32) -> f64 {
    let unit = 10f64.powi(decimals);
    let round = (value * unit).round() / unit;
    // The product overflows only for values so large that they have no decimals.
    if round.is_finite() { round } else { value }
}

/// `value` rounded to `digits` significant digits. It is returned unchanged if the last of them would be left
/// of the decimal point or beyond the 22nd decimal.
#[must_use]
pub(crate) fn significant(value: f64, digits: i32) -> f64 {
    // Powers of ten up to this one are exact in `f64`, so that dividing by them gives the float nearest to
    // the decimal.
    const EXACT: f64 = 22.0;
    let decimals = f64::from(digits - 1) - value.abs().log10().floor();
    if (0.0..=EXACT).contains(&decimals) { rounded(value, decimals as i32) } else { value }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
use browser::{number, text};

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod browser {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = String)]
        pub(super) fn text(value: f64) -> String;
        #[wasm_bindgen(js_name = Number)]
        fn parse(text: &str) -> f64;
    }

    pub(super) fn number(text: &str) -> Option<f64> {
        Some(parse(text))
    }
}

/// The same text as JavaScript's `String(value)`.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn text(value: f64) -> String {
    let size = value.abs();
    if size.is_infinite() {
        (if value > 0.0 { "Infinity" } else { "-Infinity" }).to_owned()
    } else if size >= 1e21 {
        format!("{value:e}").replace('e', "e+")
    } else if size < 1e-6 && size > 0.0 {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readers_type_is_understood() {
        let cases = [
            ("1,5", 1.5),
            ("－１．５", -1.5),
            ("+2", 2.0),
            ("−3e-2", -0.03),
            (" ０，２５ ", 0.25),
            ("1.", 1.0),
            (".5", 0.5),
        ];
        for (text, value) in cases {
            assert_eq!(typed(text), Some(value), "{text}");
        }
        for none in ["1,234.5", "1,2,3", "1.2,3", ",", "", "１a", "1 5", "∞", "--1"] {
            assert_eq!(typed(none), None, "{none}");
        }
    }

    #[test]
    fn numbers_are_written_as_in_javascript() {
        for (value, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "0"),
            (1e-6, "0.000001"),
            (-1.5e-7, "-1.5e-7"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (1e21, "1e+21"),
            (f64::NEG_INFINITY, "-Infinity"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(write(value), text, "{value:?}");
        }
    }

    #[test]
    fn numbers_are_made_round() {
        let round: Vec<_> =
            [0.1 + 0.2, 2.0 / 3.0, -1.23456e-7, 0.0, 9.99996].map(|value| significant(value, 5)).to_vec();
        assert_eq!(round, [0.3, 0.66667, -1.2346e-7, 0.0, 10.0], "to five digits");
        for same in [1.234_567_8e-30, 1.234_567_8e12, f64::INFINITY] {
            assert_eq!(significant(same, 5), same, "not there");
        }
        assert_eq!([rounded(-2.60004, 3), rounded(1e305, 4)], [-2.6, 1e305], "to decimals");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for value in [0.0, -2.6, 1.0 / 3.0, 5e-324, f64::MAX, -1.234e-9] {
            assert_eq!(read(&write(value)), Some(value), "{value:e}");
        }
        assert!(read("-0").is_some_and(f64::is_sign_positive), "0 has no sign");
        for bad in ["", ".", "-", "1e", "0x10", "inf", "NaN", "1 ", "1_0", "1e999"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
