//! Goals: conditions on a figure's readouts, such as “forward-kl < 0.1, reverse-kl > 5”.

use crate::decimal;
use crate::plot::number;

/// The comparison of a readout with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Below,
    AtMost,
    Above,
    AtLeast,
    /// Equal to within this tolerance.
    Near(f64),
}

/// The tolerance of `=` if none is given: readouts are written with three decimals.
const DEFAULT_TOLERANCE: f64 = 0.0005;

/// A condition on one readout.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The readout's key.
    pub key: &'static str,
    relation: Relation,
    value: f64,
}

/// The number that an author wrote, which may be ∞.
pub(super) fn read(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-");
    match text.as_str() {
        "∞" | "infinity" => Some(f64::INFINITY),
        _ => decimal::read(&text),
    }
}

/// The word in `text`, and the tolerance if “within” and a number follow it. `None` if anything else follows.
pub(super) fn split_tolerance(text: &str) -> Option<(&str, Option<f64>)> {
    let mut words = text.split_ascii_whitespace();
    let word = words.next()?;
    match (words.next(), words.next(), words.next()) {
        (None, ..) => Some((word, None)),
        (Some("within"), Some(tolerance), None) => {
            let tolerance = decimal::read(tolerance).filter(|tolerance| *tolerance >= 0.0)?;
            Some((word, Some(tolerance)))
        }
        _ => None,
    }
}

impl Condition {
    /// The condition that `text` states on one of the readouts `keys`.
    ///
    /// It consists of a key, a relation (`<`, `>`, `≤` or `<=`, `≥` or `>=`, `=`) and a number or ∞. After
    /// `=`, `within` and a tolerance may follow; without it the tolerance is 0.0005.
    #[must_use]
    pub fn parse(text: &str, keys: &[&'static str]) -> Option<Self> {
        // Splitting at any sign is safe, because neither keys nor values contain one.
        let split = |sign| text.split_once(sign).map(|(key, rest)| (sign, key, rest));
        let (sign, key, rest) = ['≤', '≥', '<', '>', '='].into_iter().find_map(split)?;
        let key = keys.iter().copied().find(|known| *known == key.trim())?;
        let (or_equal, rest) = match rest.strip_prefix('=') {
            Some(rest) if sign == '<' || sign == '>' => (true, rest),
            _ => (false, rest),
        };
        let (value, tolerance) = split_tolerance(rest)?;
        let relation = match (sign, or_equal) {
            ('=', _) => Relation::Near(tolerance.unwrap_or(DEFAULT_TOLERANCE)),
            _ if tolerance.is_some() => return None,
            ('<', false) => Relation::Below,
            ('>', false) => Relation::Above,
            ('<' | '≤', _) => Relation::AtMost,
            _ => Relation::AtLeast,
        };
        Some(Self { key, relation, value: read(value)? })
    }

    /// Whether `value` meets the condition. NaN, which is undefined, meets none.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        match self.relation {
            Relation::Below => value < self.value,
            Relation::AtMost => value <= self.value,
            Relation::Above => value > self.value,
            Relation::AtLeast => value >= self.value,
            // The equality handles infinite values, whose difference is NaN.
            Relation::Near(tolerance) => value == self.value || (value - self.value).abs() <= tolerance,
        }
    }

    /// The condition in mathematical signs, for a readout that readers know as `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let (sign, tolerance) = match self.relation {
            Relation::Below => ("<", None),
            Relation::AtMost => ("≤", None),
            Relation::Above => (">", None),
            Relation::AtLeast => ("≥", None),
            Relation::Near(tolerance) => {
                ("=", Some(tolerance).filter(|t| *t != DEFAULT_TOLERANCE && *t > 0.0))
            }
        };
        let value = number::plain(self.value);
        let tolerance = tolerance.map(|t| format!(" ± {}", number::plain(t))).unwrap_or_default();
        format!("{name} {sign} {value}{tolerance}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[&str] = &["js", "reverse-kl"];

    #[test]
    fn conditions_are_read_and_written() {
        for (text, written) in [
            ("js<0.3", "JS < 0.3"),
            (" js >= −2 ", "JS ≥ −2"),
            ("js ≤ 1", "JS ≤ 1"),
            ("js = 0.3 within 0.01", "JS = 0.3 ± 0.01"),
            ("js = 2", "JS = 2"),
            ("js = ∞", "JS = ∞"),
        ] {
            let condition = Condition::parse(text, KEYS);
            assert_eq!(condition.map(|c| c.text("JS")).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for bad in [
            "",
            "js",
            "js <",
            "< 3",
            "tv < 1",
            "js < x",
            "js < NaN",
            "js == 1",
            "js < 1 within 2",
            "js <> 1",
            "js = 1 within",
            "js = 1 within -1",
            "js = 1 within x",
            "js =< 1",
            "js < 1 < 2",
            "js ≤= 1",
        ] {
            assert_eq!(Condition::parse(bad, KEYS), None, "{bad}");
        }
    }

    #[test]
    fn a_condition_agrees_with_comparing_numbers() {
        let numbers = [-2.0, -0.3, 0.0, 0.25, 0.3, 5.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        for value in numbers {
            for bound in numbers.into_iter().filter(|bound| *bound > -1e9 && !bound.is_nan()) {
                let holds = |sign: &str| {
                    let bound = if bound.is_infinite() { "∞".to_owned() } else { bound.to_string() };
                    let condition = Condition::parse(&format!("js {sign} {bound}"), KEYS);
                    condition.is_some_and(|condition| condition.holds(value))
                };
                assert_eq!(holds("<"), value < bound, "{value} < {bound}");
                assert_eq!(holds(">"), value > bound, "{value} > {bound}");
                assert_eq!([holds("<="), holds("≤")], [value <= bound; 2], "{value} ≤ {bound}");
                assert_eq!([holds(">="), holds("≥")], [value >= bound; 2], "{value} ≥ {bound}");
                assert_eq!(holds("="), value == bound, "{value} = {bound}");
            }
        }
        let near = Condition::parse("js = 0.3 within 0.05", KEYS).unwrap();
        assert!(near.holds(0.26) && near.holds(0.34), "within the tolerance");
        assert!(!near.holds(0.24) && !near.holds(0.36) && !near.holds(f64::INFINITY), "beyond it");
    }
}
