//! The sound of a figure: two readouts, one for each ear, and two curves, played from left to right.

use std::f64::consts::LN_2;

use super::texts::Texts;
use super::{Live, Table};

/// What is heard of a figure, at the left ear and at the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The keys of two readouts that are never negative.
    pub readouts: [&'static str; 2],
    /// The names of two columns of [`super::Figure::table`].
    pub columns: [&'static str; 2],
}

/// The pitch of the least value, in hertz.
const LOWEST: f64 = 165.0;

/// The number of octaves from the least value to the greatest.
const OCTAVES: f64 = 3.0;

/// The pitch in hertz at the fraction `part` of the way from the least value to the greatest. Equal distances
/// sound like equal intervals.
fn pitch(part: f64) -> f64 {
    // The compiler makes exp2 of a power of two, and its table would be 4 KB of every engine.
    LOWEST * (LN_2 * OCTAVES * part).exp()
}

/// The pitches of the two readouts, in hertz. The value v is at the fraction v / (1 + v) of the range. An
/// infinite value gives ∞. An undefined or hidden value gives NaN and is silent.
#[must_use]
pub fn voices(figure: &Live) -> [f64; 2] {
    let readouts = figure.readouts();
    figure.heard().readouts.map(|key| {
        let readout = readouts.iter().find(|readout| readout.key == key && !readout.veiled);
        readout.map_or(f64::NAN, |readout| match readout.value {
            f64::INFINITY => f64::INFINITY,
            value => pitch(value.max(0.0) / (1.0 + value.max(0.0))),
        })
    })
}

/// The pitches of the two curves at `count` evenly spaced places from left to right, first those of the left
/// ear. Both use one scale, from their common least value to their greatest. ∞ and NaN are as in [`voices`].
/// Empty while anything is hidden.
#[must_use]
pub fn curves(figure: &Live, count: usize) -> Vec<f64> {
    let table = figure.data();
    let columns = figure.heard().columns.map(|name| table.columns.iter().position(|column| column == name));
    let [Some(left), Some(right)] = columns else { return Vec::new() };
    let finite = || {
        let values = table.rows.iter().flat_map(|row| [row[left], row[right]]);
        values.filter(|value| value.is_finite())
    };
    let (least, most) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let heard = |value: f64| match value {
        f64::INFINITY => value,
        value if most > least => pitch((value - least) / (most - least)),
        value => pitch(0.0 * value),
    };
    let rows = evenly(&table, count);
    [left, right].into_iter().flat_map(|column| rows.iter().map(move |row| heard(row[column]))).collect()
}

/// The rows of `table` nearest to `count` evenly spaced values of its first column.
fn evenly(table: &Table, count: usize) -> Vec<&Vec<f64>> {
    let (Some(first), Some(last)) = (table.rows.first(), table.rows.last()) else { return Vec::new() };
    let step = (last[0] - first[0]) / (count.max(2) - 1) as f64;
    let mut at = 0;
    (0..count)
        .map(|index| {
            let x = first[0] + step * index as f64;
            while at + 1 < table.rows.len()
                && (table.rows[at + 1][0] - x).abs() <= (table.rows[at][0] - x).abs()
            {
                at += 1;
            }
            &table.rows[at]
        })
        .collect()
}

/// A sentence on what the readouts sound like, and one on the curves.
#[must_use]
pub fn about(figure: &Live, texts: &Texts) -> [String; 2] {
    let named = |kind: &str, key: &str| texts.named(figure.name(), kind, key);
    let Heard { readouts, columns } = figure.heard();
    [("sound.numbers", "name", readouts), ("sound.curves", "data", columns)].map(
        |(key, kind, [left, right])| {
            texts.fill(key, &[("left", named(kind, left)), ("right", named(kind, right))])
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book;

    #[test]
    fn what_is_farther_apart_is_heard_higher() {
        let mut figure = book::make("disjoint-supports").expect("a figure");
        let mut before = [0.0, 0.0];
        for theta in ["0", "0.25", "0.5", "0.9"] {
            figure.set("theta", theta).expect("a shift");
            let now = voices(&figure);
            assert!(now[0] > before[0] && now[1] > before[1], "{theta}: {now:?}");
            before = now;
        }
        // Beyond this shift the supports are disjoint, so that JS is constant and W₁ is not.
        figure.set("theta", "2").expect("a shift");
        let parted = voices(&figure);
        figure.set("theta", "3").expect("a shift");
        let farther = voices(&figure);
        assert_eq!(parted[0].to_bits(), farther[0].to_bits(), "JS");
        assert!(farther[1] > parted[1], "W₁");
    }

    #[test]
    fn what_is_hidden_is_silent() {
        let texts = Texts::new();
        for mut figure in book::names().filter_map(book::make) {
            let name = figure.name();
            assert!(voices(&figure).iter().all(|pitch| *pitch >= LOWEST), "{name}");
            let heard = curves(&figure, 40);
            assert_eq!(heard.len(), 80, "{name}");
            assert!(heard.iter().any(|pitch| *pitch > 2.0 * LOWEST), "{name}: {heard:?}");
            assert_eq!(
                figure.ask(figure.heard().readouts[0], "", "", &texts),
                Vec::<String>::new(),
                "{name}"
            );
            assert!(voices(&figure)[0].is_nan() && voices(&figure)[1] > 0.0, "{name}");
            assert_eq!(curves(&figure, 40), Vec::<f64>::new(), "{name}");
        }
    }

    #[test]
    fn places_are_evenly_apart() {
        let row = |x: f64| vec![x, 10.0 * x];
        let table = Table { columns: Vec::new(), rows: [0.0, 0.1, 0.2, 0.3, 4.0].map(row).to_vec() };
        let xs: Vec<_> = evenly(&table, 5).into_iter().map(|row| row[0]).collect();
        assert_eq!(xs, [0.0, 0.3, 0.3, 4.0, 4.0], "nearest to 0, 1, 2, 3, 4");
    }
}
