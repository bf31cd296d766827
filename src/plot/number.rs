//! How numbers are written for readers: with a true minus sign, ∞, and powers of ten in superscript.

use crate::decimal;

const MINUS: char = '−';

/// `size`, which is not negative, with `decimals` decimals, at most 10; halves are rounded up.
///
/// The standard library supports any number of decimals, which takes more code than a page should load.
fn digits(size: f64, decimals: usize) -> String {
    let unit = 10_u64.pow(decimals.min(10) as u32);
    let scaled = (size * unit as f64).round();
    // A number beyond 2⁵³ units is a whole number of units already.
    if scaled > 9e15 || scaled.is_nan() {
        return decimal::write(size);
    }
    let (whole, part) = (scaled as u64 / unit, scaled as u64 % unit);
    if decimals == 0 { whole.to_string() } else { format!("{whole}.{part:0decimals$}") }
}

/// From this size on, decimals tell nothing that anybody reads.
const LONG: f64 = 1e6;

/// `value` with `decimals` decimals, or as a power of ten from a million on. −0 is written 0.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_finite() && value.abs() >= LONG { scientific(value) } else { exact(value, decimals) }
}

/// `value` with `decimals` decimals, however large.
fn exact(value: f64, decimals: usize) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { format!("{MINUS}∞") };
    }
    let digits = digits(value.abs(), decimals);
    let zero = digits.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !zero { format!("{MINUS}{digits}") } else { digits }
}

/// `value`, which is from 0 to `most`, with `decimals` decimals. It is not rounded to an end that it does not
/// reach: just short of `most` it is written like "> 0.999", and just above 0 like "< 0.001".
#[must_use]
pub fn bounded(value: f64, decimals: usize, most: f64) -> String {
    // Both may be sums, so that a value this close has reached the bound.
    const ROUNDING: f64 = 2.0 * f64::EPSILON;
    let text = fixed(value, decimals);
    let unit = 0.1_f64.powi(decimals as i32);
    if value < most * (1.0 - ROUNDING) && text == fixed(most, decimals) {
        format!("> {}", fixed(((most / unit).round() - 1.0) * unit, decimals))
    } else if value > 0.0 && text == fixed(0.0, decimals) {
        format!("< {}", fixed(unit, decimals))
    } else {
        text
    }
}

/// `share`, from 0 to 1, with three decimals; see [`bounded`].
#[must_use]
pub fn share(share: f64) -> String {
    bounded(share, 3, 1.0)
}

/// `share`, from 0 to 1, in per cent with `decimals` decimals and without the sign; see [`bounded`].
#[must_use]
pub fn per_cent(share: f64, decimals: usize) -> String {
    bounded(100.0 * share, decimals, 100.0)
}

/// `value` for machines, with at most `decimals` decimals and no trailing zeros.
pub(super) fn short(value: f64, decimals: usize) -> String {
    let text = trimmed(digits(value.abs(), decimals));
    if value < 0.0 && text != "0" { format!("-{text}") } else { text }
}

/// `text` without trailing zeros after the decimal point.
fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `value` as the label of a tick: in at most 10 decimals, without trailing zeros.
#[must_use]
pub fn plain(value: f64) -> String {
    trimmed(exact(value, 10))
}

/// `value` as a readout: with three decimals between 0.01 and 1000, one up to 100 000, and a power of ten
/// beyond. `most` is its greatest possible value, ∞ if there is none; see [`bounded`].
///
/// `None` for NaN.
#[must_use]
pub fn readout(value: f64, most: f64) -> Option<String> {
    let size = value.abs();
    if value.is_nan() {
        return None;
    }
    Some(if size == 0.0 {
        "0".to_owned()
    } else if size.is_infinite() || (0.01..1000.0).contains(&size) {
        bounded(value, 3, most)
    } else if (1000.0..100_000.0).contains(&size) {
        fixed(value, 1)
    } else {
        scientific(value)
    })
}

/// 10 to the power of `exponent`, which is rounded to a whole number.
#[must_use]
pub fn power_of_ten(exponent: f64) -> String {
    let digits: String = (exponent.round() as i64).to_string().chars().map(superscript).collect();
    format!("10{digits}")
}

fn scientific(value: f64) -> String {
    let size = value.abs();
    let mut exponent = size.log10().floor();
    // The scaling takes two steps, because 10³²⁰ overflows.
    let half = (-0.5 * exponent).round();
    let mut tenths = (10.0 * size * 10f64.powf(half) * 10f64.powf(-exponent - half)).round();
    // Rounding can give 10.0 × 10⁻⁷, which is to be written 1.0 × 10⁻⁶.
    if tenths >= 100.0 {
        (tenths, exponent) = (10.0, exponent + 1.0);
    }
    format!("{} × {}", fixed((tenths / 10.0).copysign(value), 1), power_of_ten(exponent))
}

fn superscript(character: char) -> char {
    match character {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => digit.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_print() {
        let read = |value: f64| readout(value, f64::INFINITY);
        assert_eq!(fixed(-2.6, 2), "−2.60", "a real minus sign");
        assert_eq!(fixed(-0.0001, 2), "0.00", "no negative zero");
        assert_eq!(fixed(0.0625, 3), "0.063", "halves go up");
        assert_eq!(fixed(-1.234_567_890_123_456_7e22, 2), "−1.2 × 10²²", "too large for decimals");
        assert_eq!([fixed(999_999.0, 1), plain(1e6)], ["999999.0", "1000000"], "still read");
        assert_eq!((short(-0.0004, 3), short(-1.5, 3)), ("0".to_owned(), "-1.5".to_owned()), "for machines");
        assert_eq!(plain(-4.0), "−4", "no decimals where there are none");
        assert_eq!(plain(0.1 + 0.2), "0.3", "no rounding noise");
        assert_eq!(read(0.6237).as_deref(), Some("0.624"), "three decimals");
        assert_eq!(read(-2.2e-6).as_deref(), Some("−2.2 × 10⁻⁶"), "a power of ten");
        assert_eq!(read(1.2e-22).as_deref(), Some("1.2 × 10⁻²²"), "however small");
        assert_eq!(read(5e-324).as_deref(), Some("4.9 × 10⁻³²⁴"), "down to the last");
        assert_eq!(read(-1.234e300).as_deref(), Some("−1.2 × 10³⁰⁰"), "and however large");
        assert_eq!(read(9.96e-7).as_deref(), Some("1.0 × 10⁻⁶"), "rounded up to the next power");
        assert_eq!(read(0.0).as_deref(), Some("0"), "exactly nothing");
        assert_eq!(read(f64::INFINITY).as_deref(), Some("∞"), "infinite is infinite");
        assert_eq!(read(f64::NAN), None, "no number");
    }

    #[test]
    fn nothing_is_rounded_to_an_end_that_it_does_not_reach() {
        use std::f64::consts::LN_2;

        for (value, text) in [
            (0.9994, "0.999"),
            (0.9996, "> 0.999"),
            (1.0 - 1e-13, "> 0.999"),
            (1.0 - f64::EPSILON, "1.000"),
            (1.0, "1.000"),
            (0.0, "0.000"),
            (1e-300, "< 0.001"),
            (0.0005, "0.001"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(share(value), text, "{value:e}");
        }
        assert_eq!(bounded(LN_2 - 1e-4, 3, LN_2), "> 0.692", "short of log 2");
        assert_eq!(bounded(0.5 * LN_2 + 0.5 * LN_2, 3, LN_2), "0.693", "log 2");
        assert_eq!(bounded(0.6924, 3, LN_2), "0.692", "well below");
        assert_eq!(bounded(89.97, 1, 90.0), "> 89.9", "nearly a right angle");
        assert_eq!([0.0, 0.004, 0.996, 1.0].map(|s| per_cent(s, 0)), ["0", "< 1", "> 99", "100"], "per cent");
        assert_eq!(bounded(0.9996, 3, f64::INFINITY), "1.000", "without a bound");
        assert_eq!(readout(0.9996, 1.0).as_deref(), Some("> 0.999"), "as a readout");
        assert_eq!(readout(1e-4, 1.0).as_deref(), Some("1.0 × 10⁻⁴"), "which tells small numbers");
    }
}
