//! Operations: what readers, pages and authors do to a figure, each as a line of text.
//!
//! A sequence that fails is thus printed as what it is, and can be run again by any later version. `perform`
//! in `subject.rs` says what each line does.

use explainer::figure::Live;
use explainer::figure::parameter::{Kind, Spec};

use crate::contract::dice::{Dice, extremes, refused};

/// Numbers that nobody should send, and that somebody sends.
const WILD: [f64; 14] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    1e308,
    -1e308,
    1e16,
    -1e9,
    5e-324,
    1e-160,
    -0.0,
    0.0,
    0.5,
    1.0,
    1e4,
];

/// Widths of drawings: the least and the greatest that the element accepts, and those at which layouts change.
const WIDTHS: [f64; 8] = [200.0, 280.0, 343.0, 459.0, 699.0, 700.0, 1076.0, 4000.0];

/// Letters of which texts are made that are no values.
const LETTERS: &str = "0123456789.,;:!+-eE=<>{}[]()\"'&%$#@|\\/ ∞−１，．αNaninf中文\u{202e}\u{0}\t🙂";

fn number(dice: &mut Dice) -> f64 {
    if dice.below(4) == 0 { *dice.pick(&WILD) } else { dice.between(-100.0, 1200.0) }
}

fn width(dice: &mut Dice) -> f64 {
    if dice.below(2) == 0 { *dice.pick(&WIDTHS) } else { dice.between(200.0, 1400.0).round() }
}

/// A text of letters without meaning, on rare occasions a very long one.
fn junk(dice: &mut Dice) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    let length = if dice.below(40) == 0 { 5000 } else { dice.below(12) };
    (0..length).map(|_| *dice.pick(&letters)).collect()
}

/// The key of a parameter or of a part of one, most of which exist.
fn key(dice: &mut Dice, spec: &Spec) -> String {
    let index = dice.below(7);
    let part = match spec.kind {
        Kind::Components { .. } => *dice.pick(&["mean", "sd", "weight", "remove", "add"]),
        Kind::Weights { .. } => *dice.pick(&["share", "lock", "remove", "add"]),
        _ => return if dice.below(40) == 0 { junk(dice) } else { spec.key.to_owned() },
    };
    if part == "add" { format!("{}.add", spec.key) } else { format!("{}.{index}.{part}", spec.key) }
}

fn set(dice: &mut Dice, specs: &[Spec]) -> String {
    let spec = dice.pick(specs);
    if dice.below(4) == 0 {
        let (key, number) = (key(dice, spec), number(dice));
        let value = if dice.below(8) == 0 { junk(dice) } else { number.to_string() };
        return format!("set {} {value}", key.replace(' ', ""));
    }
    let value = match dice.below(10) {
        0 | 1 => dice.pick(&extremes(spec.kind)).clone(),
        2 => dice.pick(&refused(spec.kind)).clone(),
        3 => junk(dice),
        _ => dice.value(spec.kind),
    };
    format!("set {} {value}", spec.key)
}

/// A name that can be hidden, guessed or aimed at, or none.
fn name(dice: &mut Dice, figure: &Live) -> String {
    if dice.below(10) == 0 { junk(dice) } else { (*dice.pick(&figure.hideable())).to_owned() }
}

fn ask(dice: &mut Dice, figure: &Live) -> String {
    let mut parts = [String::new(), String::new(), String::new()];
    if dice.below(2) == 0 {
        for (which, part) in parts.iter_mut().enumerate() {
            let (name, relation) =
                (name(dice, figure), *dice.pick(&["<", ">", "<=", ">=", "=", "≈", "within"]));
            *part = match (dice.below(3), which) {
                (0, _) => continue,
                (_, 0) => name,
                (1, 1) => format!("{name} within {}", number(dice)),
                (_, 1) => name,
                _ => format!("{name} {relation} {}", number(dice)),
            };
        }
    }
    format!("ask {}", parts.map(|part| part.replace('|', "")).join("|"))
}

/// The text of a lesson, in which `\n` ends a line.
fn lesson(dice: &mut Dice, figure: &Live) -> String {
    let mut lines = Vec::new();
    for _ in 0..dice.below(8) {
        let (name, junk) = (name(dice, figure), junk(dice));
        lines.push(match dice.below(8) {
            0 => String::new(),
            1 | 2 => {
                let set = set(dice, figure.specs());
                let mut words = set.splitn(3, ' ').skip(1);
                let (key, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                format!("\\n{} {key}={value} preset={junk}", figure.name())
            }
            3 => format!("same {name}={junk}"),
            4 => format!("It reads {{{name}}}, {{{junk}}}."),
            5 => format!("{}: {name}", dice.pick(&explainer::lesson::WORDS)),
            6 => format!("{name}: {junk}"),
            _ => junk,
        });
    }
    format!("lesson {}", lines.join("\\n"))
}

/// A random operation on `figure`, whose languages have the tags `tags`.
pub(super) fn random(dice: &mut Dice, figure: &Live, tags: &[&str]) -> String {
    let specs = figure.specs();
    let line = match dice.below(48) {
        0..=13 => set(dice, specs),
        14 | 15 => format!("slide {} {}", dice.pick(specs).key, dice.below(400)),
        16 | 17 => format!("example {}", dice.pick(figure.presets()).name),
        18 => "reset".to_owned(),
        19 => "settle".to_owned(),
        20 => {
            let keys = (0..dice.below(3)).map(|_| dice.pick(specs).key).collect::<Vec<_>>();
            format!("lock {}", keys.join(","))
        }
        21..=23 => {
            let (index, x, y) = (dice.below(12), number(dice), number(dice));
            format!("grab {index} {x} {y} {}", width(dice))
        }
        24..=27 => format!("drag {} {} {}", number(dice), number(dice), width(dice)),
        28 => "release".to_owned(),
        29 | 30 => format!("nudge {} {} {}", dice.below(12), number(dice), number(dice)),
        31 => format!("advance {}", dice.pick(&[0, 1, 1, 2, 7, 300, u32::MAX])),
        32 => "rewind".to_owned(),
        33 => {
            let part = if dice.below(8) == 0 { number(dice) } else { dice.between(0.0, 1.0) };
            format!("glide {} {part}", dice.pick(figure.presets()).name)
        }
        34 => ask(dice, figure),
        35 => match dice.below(4) {
            0 => format!("guess {}", if dice.below(2) == 0 { number(dice).to_string() } else { junk(dice) }),
            1 => format!("slide-guess {}", dice.pick(&[0, 1, 150, 300, 301, u32::MAX])),
            2 => "reveal".to_owned(),
            _ => "veil".to_owned(),
        },
        36 | 37 => format!("tick {}", dice.pick(&[0.0, 1.0 / 60.0, 1.0 / 60.0, 0.3, 1e3, f64::INFINITY])),
        38..=41 => {
            let theme = *dice.pick(&["light", "dark", "contrast-light", "contrast-dark"]);
            format!("look {} {theme} {}", width(dice), dice.pick(tags))
        }
        42 => "rest".to_owned(),
        43 | 44 => "again".to_owned(),
        45 => "agree".to_owned(),
        46 => "listen".to_owned(),
        _ => lesson(dice, figure),
    };
    line.replace(['\n', '\r'], " ")
}
