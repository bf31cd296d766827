//! How numbers are written: a real minus sign, ∞, powers of ten in superscript.

const MINUS: char = '−';

/// `value` with `decimals` decimals; −0 is written 0.
#[must_use]
pub fn fixed(value: f64, decimals: usize) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { format!("{MINUS}∞") };
    }
    let digits = format!("{:.decimals$}", value.abs());
    let zero = digits.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !zero { format!("{MINUS}{digits}") } else { digits }
}

/// `value` in as few digits as tell it, for a tick: at most twelve significant ones.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = fixed(value, 10);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `value` as a readout: three decimals where they tell something, a power of ten where they do not.
///
/// `None` if `value` is NaN, which has no number to show.
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

/// 10 to the power of a whole number.
#[must_use]
pub fn power_of_ten(exponent: f64) -> String {
    let digits: String = format!("{exponent:.0}").chars().map(superscript).collect();
    format!("10{digits}")
}

fn scientific(value: f64) -> String {
    // Rust writes 2.2e-6; what is before the e is rounded already, so that 9.96e-7 does not become 10.0 × 10⁻⁷.
    let text = format!("{:.1e}", value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let power: String = exponent.chars().map(superscript).collect();
    let sign = if value < 0.0 { MINUS.to_string() } else { String::new() };
    format!("{sign}{mantissa} × 10{power}")
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
        assert_eq!(plain(-4.0), "−4", "no decimals where there are none");
        assert_eq!(plain(0.1 + 0.2), "0.3", "no rounding noise");
        assert_eq!(readout(0.6237).as_deref(), Some("0.624"), "three decimals");
        assert_eq!(readout(-2.2e-6).as_deref(), Some("−2.2 × 10⁻⁶"), "a power of ten");
        assert_eq!(readout(1.2e-22).as_deref(), Some("1.2 × 10⁻²²"), "however small");
        assert_eq!(readout(0.0).as_deref(), Some("0"), "exactly nothing");
        assert_eq!(readout(f64::INFINITY).as_deref(), Some("∞"), "infinite is infinite");
        assert_eq!(readout(f64::NAN), None, "no number");
    }
}
