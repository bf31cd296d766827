//! Goals: conditions on a figure's readouts, such as “forward-kl < 0.1, reverse-kl > 5”.

use crate::decimal;
use crate::plot::number;

/// How a readout compares with a number.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Below,
    AtMost,
    Above,
    AtLeast,
    /// No further off than this.
    Near(f64),
}

/// How near is equal where no tolerance is given: to the third decimal, as readouts are written.
const AS_WRITTEN: f64 = 0.0005;

/// A condition on one readout.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The readout's key.
    pub key: &'static str,
    relation: Relation,
    value: f64,
}

/// A number as an author writes it; ∞ too.
pub(super) fn read(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-");
    match text.as_str() {
        "∞" | "infinity" => Some(f64::INFINITY),
        _ => decimal::read(&text),
    }
}

/// `text` up to the word “within”, and the tolerance behind it; `None` if there stands no tolerance.
pub(super) fn split_tolerance(text: &str) -> Option<(&str, Option<f64>)> {
    match text.split_once(" within ") {
        Some((before, tolerance)) => {
            let tolerance = decimal::read(tolerance.trim()).filter(|tolerance| *tolerance >= 0.0)?;
            Some((before, Some(tolerance)))
        }
        None => Some((text, None)),
    }
}

impl Condition {
    /// The condition that `text` says, on one of the readouts `keys`: its key, one of `<`, `>`, `≤` or `<=`, `≥` or `>=`
    /// and `=`, and a number or ∞; behind `=` there may follow `within` and a tolerance, else 0.0005.
    #[must_use]
    pub fn parse(text: &str, keys: &[&'static str]) -> Option<Self> {
        let (key, rest) = text.split_at(text.find(['<', '>', '≤', '≥', '='])?);
        let key = keys.iter().copied().find(|known| *known == key.trim())?;
        let mut rest = rest.chars();
        let sign = rest.next()?;
        let rest = rest.as_str();
        let (or_equal, rest) = match rest.strip_prefix('=') {
            Some(rest) if sign == '<' || sign == '>' => (true, rest),
            _ => (false, rest),
        };
        let (value, tolerance) = split_tolerance(rest)?;
        let relation = match (sign, or_equal) {
            ('=', _) => Relation::Near(tolerance.unwrap_or(AS_WRITTEN)),
            _ if tolerance.is_some() => return None,
            ('<', false) => Relation::Below,
            ('>', false) => Relation::Above,
            ('<' | '≤', _) => Relation::AtMost,
            _ => Relation::AtLeast,
        };
        Some(Self { key, relation, value: read(value)? })
    }

    /// Whether it holds of `value`; of what is undefined (NaN) nothing holds.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        match self.relation {
            Relation::Below => value < self.value,
            Relation::AtMost => value <= self.value,
            Relation::Above => value > self.value,
            Relation::AtLeast => value >= self.value,
            // What is infinite is as near as can be to its like alone.
            Relation::Near(tolerance) => value == self.value || (value - self.value).abs() <= tolerance,
        }
    }

    /// The condition in signs, of a readout called `name`.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        let (sign, tolerance) = match self.relation {
            Relation::Below => ("<", None),
            Relation::AtMost => ("≤", None),
            Relation::Above => (">", None),
            Relation::AtLeast => ("≥", None),
            Relation::Near(tolerance) => ("=", Some(tolerance).filter(|t| *t != AS_WRITTEN && *t > 0.0)),
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
