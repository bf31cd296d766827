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

/// `value` with `decimals` decimals. −0 is written 0.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { format!("{MINUS}∞") };
    }
    let digits = digits(value.abs(), decimals);
    let zero = digits.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !zero { format!("{MINUS}{digits}") } else { digits }
}

/// `share`, at most 1, with three decimals. One just short of 1 is written as "> 0.999", not as 1.
#[must_use]
pub fn share(share: f64) -> String {
    let text = fixed(share, 3);
    if share < 1.0 && text == "1.000" { "> 0.999".to_owned() } else { text }
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
    trimmed(fixed(value, 10))
}

/// `value` as a readout: with three decimals between 0.01 and 1000, one up to 100 000, and a power of ten
/// beyond.
///
/// `None` for NaN.
#[must_use]
pub fn readout(value: f64) -> Option<String> {
    let size = value.abs();
    if value.is_nan() {
        return None;
    }
    Some(if size == 0.0 {
        "0".to_owned()
    } else if size.is_infinite() || (0.01..1000.0).contains(&size) {
        fixed(value, 3)
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
        assert_eq!(fixed(-2.6, 2), "−2.60", "a real minus sign");
        assert_eq!(fixed(-0.0001, 2), "0.00", "no negative zero");
        assert_eq!(fixed(0.0625, 3), "0.063", "halves go up");
        assert_eq!(fixed(1e300, 2), "1e+300", "too large for decimals");
        assert_eq!((short(-0.0004, 3), short(-1.5, 3)), ("0".to_owned(), "-1.5".to_owned()), "for machines");
        assert_eq!((share(0.9996), share(1.0)), ("> 0.999".to_owned(), "1.000".to_owned()), "nearly all");
        assert_eq!(plain(-4.0), "−4", "no decimals where there are none");
        assert_eq!(plain(0.1 + 0.2), "0.3", "no rounding noise");
        assert_eq!(readout(0.6237).as_deref(), Some("0.624"), "three decimals");
        assert_eq!(readout(-2.2e-6).as_deref(), Some("−2.2 × 10⁻⁶"), "a power of ten");
        assert_eq!(readout(1.2e-22).as_deref(), Some("1.2 × 10⁻²²"), "however small");
        assert_eq!(readout(5e-324).as_deref(), Some("4.9 × 10⁻³²⁴"), "down to the last");
        assert_eq!(readout(-1.234e300).as_deref(), Some("−1.2 × 10³⁰⁰"), "and however large");
        assert_eq!(readout(9.96e-7).as_deref(), Some("1.0 × 10⁻⁶"), "rounded up to the next power");
        assert_eq!(readout(0.0).as_deref(), Some("0"), "exactly nothing");
        assert_eq!(readout(f64::INFINITY).as_deref(), Some("∞"), "infinite is infinite");
        assert_eq!(readout(f64::NAN), None, "no number");
    }
}
