//! Every figure keeps the contract, whatever its parameters. A new figure has to pass these tests.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;
mod specimen;

use common::difference;
use divergences::distribution::seeded;
use divergences::order::clamp;
use explainer::figure::parameter::{Accepted, Kind, LONGEST, Spec, beginning};
use explainer::figure::texts::Texts;
use explainer::figure::{Form, Live, Tick, markup, rows};
use explainer::plot::{Point, SUBPIXELS, Theme};
use explainer::{book, content};
use html5gum::{StartTag, Token, Tokenizer};
use rand_xoshiro::rand_core::Rng;
use specimen::Specimen;

/// The widths at which figures are drawn: a desktop, both sides of the change to one column, a phone, and
/// less.
const WIDTHS: [f64; 5] = [1076.0, 700.0, 699.0, 343.0, 280.0];

/// The number of random states of each figure.
const STATES: usize = 160;

/// A source of random values.
struct Dice(divergences::distribution::Rng);

impl Dice {
    /// A whole number from 0 to `count` − 1.
    fn below(&mut self, count: usize) -> usize {
        (self.0.next_u64() % count as u64) as usize
    }

    /// A number between `least` and `most`, and sometimes one of them.
    fn between(&mut self, least: f64, most: f64) -> f64 {
        match self.below(12) {
            0 => least,
            1 => most,
            _ => least + (most - least) * (self.0.next_u64() as f64 / u64::MAX as f64),
        }
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A value that `kind` accepts.
    fn value(&mut self, kind: Kind) -> String {
        match kind {
            // These numbers accept whole steps only.
            Kind::Number { least, most, step: 1.0 } => self.between(least, most).round().to_string(),
            Kind::Number { least, most, .. } => self.between(least, most).to_string(),
            Kind::Positive { least, most, .. } => {
                clamp(self.between(least.ln(), most.ln()).exp(), least, most).to_string()
            }
            Kind::Count { most } => self.below(most as usize + 1).to_string(),
            Kind::Choice(words) => (*self.pick(words)).to_owned(),
            Kind::Components { most } => {
                let count = 1 + self.below(most);
                self.components(count)
            }
            Kind::Weights { least, most } => {
                let count = least + self.below(most - least + 1);
                self.weights(count)
            }
        }
    }

    fn weights(&mut self, count: usize) -> String {
        // At least one weight is positive.
        let some = self.below(count);
        let weights: Vec<_> = (0..count)
            .map(|index| {
                let lock = if self.below(6) == 0 { "!" } else { "" };
                let weight = match self.below(5) {
                    0 if index != some => 0.0,
                    1 => 10f64.powf(self.between(-300.0, 0.0)),
                    _ => self.between(1e-3, 1.0),
                };
                format!("{weight}{lock}")
            })
            .collect();
        weights.join(",")
    }

    fn components(&mut self, count: usize) -> String {
        let parts: Vec<_> = (0..count)
            .map(|_| {
                let [weight, mean, sd] =
                    [self.between(0.0001, 1.0), self.between(-6.0, 6.0), self.between(0.15, 4.0)];
                format!("{weight},{mean},{sd}")
            })
            .collect();
        parts.join(";")
    }
}

/// The extreme values that `kind` accepts.
fn extremes(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            vec![least.to_string(), most.to_string()]
        }
        Kind::Count { most } => vec!["0".to_owned(), most.to_string()],
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { most } => vec![
            "1,0,0.15".to_owned(),
            "0.0001,-6,4".to_owned(),
            "0.0001,-6,0.15;1,6,4".to_owned(),
            "0.5,-6,0.15;0.5,6,0.15".to_owned(),
            vec!["1,6,0.15"; most].join(";"),
            "1e-300,-2,1;1,2,1".to_owned(),
            "1e300,-2,1;3e300,2,1".to_owned(),
        ],
        Kind::Weights { least, most } => vec![
            [vec!["0"; least - 1].join(","), "1".to_owned()].join(","),
            vec!["5e-324"; least].join(","),
            ["1!".to_owned(), vec!["0!"; most - 1].join(",")].join(","),
            ["1e-300".to_owned(), vec!["1"; most - 1].join(",")].join(","),
            vec!["1e308"; most].join(","),
        ],
    }
}

/// Values that `kind` refuses.
fn refused(kind: Kind) -> Vec<String> {
    let mut refused: Vec<String> = [
        "", " ", "abc", "NaN", "inf", "-inf", "1e999", "1e9", "-1e9", "0x10", "1.2,5", "--1", "<b>1</b>",
        "{value}", "0,0,0",
    ]
    .map(str::to_owned)
    .to_vec();
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            refused.extend([least - 1e-6, most + 1e-6].map(|value| value.to_string()));
        }
        Kind::Count { most } => refused.extend(["-1".to_owned(), "1.5".to_owned(), (most + 1).to_string()]),
        Kind::Choice(words) => refused.extend([words[0].to_uppercase(), format!("{} ", words[0])]),
        Kind::Components { most } => {
            refused.push(vec!["1,0,1"; most + 1].join(";"));
            let parts = [
                "1,0,1;", ";1,0,1", "1,0", "1,0,1,1", "0,0,1", "-1,0,1", "1,7,1", "1,0,0", "1,0,5", "1,NaN,1",
            ];
            refused.extend(parts.map(str::to_owned));
        }
        Kind::Weights { least, most } => {
            // This is a valid pair of weights.
            refused.retain(|bad| bad != "1.2,5");
            refused.push(vec!["1"; most + 1].join(","));
            refused.push(vec!["1"; least - 1].join(","));
            refused.push(vec!["0"; least].join(","));
            for bad in ["-1", "NaN", "", "!", "1!!", "1e999", "1;1", "1 1"] {
                refused.push([bad.to_owned(), vec!["1"; least - 1].join(",")].join(","));
            }
            refused.push(["1e200".to_owned(), vec!["1e-200"; least - 1].join(",")].join(","));
        }
    }
    refused
}

/// The words in a problem's message that state what would be accepted.
fn accepted(kind: Kind) -> Vec<String> {
    let number = |value: f64| value.abs().to_string();
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            vec![number(least), number(most)]
        }
        Kind::Count { most } => vec!["0".to_owned(), most.to_string()],
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { most } => vec![most.to_string()],
        Kind::Weights { least, most } => vec![least.to_string(), most.to_string()],
    }
}

/// The figures to test, and the specimen, which has the kinds of parameters and marks that none of them has
/// yet.
fn figures() -> impl Iterator<Item = Live> {
    let specimen = std::env::var_os("FIGURE").is_none().then(Live::new::<Specimen>);
    common::figures().chain(specimen)
}

/// A new figure of that name.
fn make(name: &str) -> Live {
    book::make(name).unwrap_or_else(Live::new::<Specimen>)
}

/// The texts of every language with those of the specimen, and its tag.
fn languages() -> Vec<(String, Texts)> {
    let words = |tag: &str| content::words(&common::content().join(tag)).unwrap() + specimen::WORDS;
    common::tags().into_iter().map(|tag| (tag.clone(), Texts::parse(&words(&tag)))).collect()
}

fn english() -> Texts {
    languages().into_iter().find(|(tag, _)| tag == "en").unwrap().1
}

/// A figure's state, for messages.
fn state(figure: &Live) -> String {
    let pairs: Vec<_> = figure.changed().iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{}?{}", figure.name(), pairs.join("&"))
}

fn set(figure: &mut Live, key: &str, value: &str) {
    if let Err(problem) = figure.set(key, value) {
        panic!("{}: {key}={value} is not accepted: {problem:?}", state(figure));
    }
}

/// A readout's value as bits, so that NaN equals itself.
fn numbers(figure: &Live) -> Vec<(&'static str, u64)> {
    figure.readouts().iter().map(|readout| (readout.key, readout.value.to_bits())).collect()
}

/// Whether `text` contains NaN or an infinity as Rust writes them, alone or after a command letter of a path.
fn has_no_number(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|word| word.contains("NaN") || word.len() < 5 && word.ends_with("inf"))
}

/// Whether `text` looks like the key of a text, such as `kl-fit.handle.mode`.
fn is_key(text: &str) -> bool {
    let mut parts = text.split('.');
    let word = |part: &str, digits: bool| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_lowercase() || c == '-' || digits && c.is_ascii_digit())
    };
    let first = parts.next().unwrap_or_default();
    let rest: Vec<_> = parts.collect();
    word(first, false) && !rest.is_empty() && rest.iter().all(|part| word(part, true))
}

/// Fails if a reader would see a key instead of a text, an unfilled name in braces, or a broken number.
fn assert_words(text: &str, place: &str) {
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        assert!(!is_key(word), "{place}: there is no text for {word}, in: {text}");
    }
    assert!(!text.contains(['{', '}']), "{place}: a name in braces is not filled: {text}");
    assert!(!has_no_number(text), "{place}: a number that is none: {text}");
}

/// Fails unless `text` is well-formed XML with valid numbers and texts inside its frame.
fn assert_svg(text: &str, width: f64, height: f64, place: &str) {
    let svg = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{place}: {error}"));
    let root = svg.root_element();
    let length = |name| root.attribute(name).and_then(|text| text.parse::<f64>().ok());
    assert_eq!((length("width"), length("height")), (Some(width), Some(height)), "{place}: the size");
    for node in svg.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value();
            assert!(!has_no_number(value), "{place}: {}=\"{value:.200}\"", attribute.name());
        }
        if let Some(text) = node.text() {
            assert_words(text, place);
        }
        if node.has_tag_name("text") {
            let at =
                |name| node.attribute(name).and_then(|text| text.parse::<f64>().ok()).unwrap_or(f64::NAN);
            // The height of capitals is about 0.7 of the text size.
            let inside = (0.7 * at("font-size")..=SUBPIXELS * height).contains(&at("y"));
            assert!(inside, "{place}: “{}” at {} of {height} px", node.text().unwrap_or_default(), at("y"));
        }
    }
}

/// Fails unless `text` is HTML that needs no repair by the parser, with all elements closed in order.
fn assert_html(text: &str, place: &str) {
    const VOID: [&[u8]; 2] = [b"input", b"br"];
    let mut open: Vec<Vec<u8>> = Vec::new();
    for token in Tokenizer::new(text) {
        match token.unwrap_or_else(|never| match never {}) {
            Token::Error(error) => panic!("{place}: {error:?}"),
            Token::StartTag(StartTag { name, attributes, self_closing, .. }) => {
                for (key, value) in &attributes {
                    let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
                    assert!(!has_no_number(&value), "{place}: {key}=\"{value:.200}\"");
                    if key == "aria-label" {
                        assert_words(&value, place);
                    }
                }
                if !self_closing && !VOID.contains(&&**name) {
                    open.push(name.to_vec());
                }
            }
            Token::EndTag(tag) => {
                let last = open.pop().unwrap_or_default();
                let (last, name) = (String::from_utf8_lossy(&last), String::from_utf8_lossy(&tag.name));
                assert_eq!(last, name, "{place}: what is closed is what was opened last");
            }
            Token::String(text) => assert_words(&String::from_utf8_lossy(&text), place),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{place}: all that is opened is closed");
}

/// Fails unless everything that a reader can see of `figure` is valid: numbers, texts, drawing, data,
/// handles.
fn assert_sound(figure: &Live, widths: &[f64], texts: &Texts) {
    let place = state(figure);
    for readout in figure.readouts() {
        let text = readout.text(texts);
        assert_words(&text, &place);
        if readout.value.is_nan() {
            assert_eq!(text, texts.get("number.undefined"), "{place}: {} is undefined", readout.key);
        }
    }
    assert_words(&figure.summary(texts), &place);
    if let Some(grid) = figure.grid(texts) {
        assert_html(&grid.html(texts), &place);
        assert!(grid.rows.iter().any(|row| row.key == grid.picked), "{place}: {} is a row", grid.picked);
        for row in &grid.rows {
            assert_eq!(row.cells.len() + 1, grid.columns.len(), "{place}: the cells of {}", row.key);
        }
    }
    for &width in widths {
        let height = figure.height(width);
        assert!(height > 0.0 && height < 3000.0, "{place}: {height} px high at {width} px");
        assert_svg(&figure.svg(width, Theme::Dark, false, texts), width, height, &place);
        for handle in figure.handles(width, texts) {
            let inside = (0.0..=width).contains(&handle.x) && (0.0..=height).contains(&handle.y);
            assert!(
                inside,
                "{place}: {} is at {}, {} of {width} × {height}",
                handle.name, handle.x, handle.y
            );
            assert_words(&handle.name, &place);
            assert_words(&handle.value, &place);
        }
    }
}

/// Fails unless a new figure with the same changed parameters shows the same as `figure`.
fn assert_round_trip(figure: &Live, texts: &Texts) {
    let place = state(figure);
    let mut again = make(figure.name());
    for (key, value) in figure.changed() {
        set(&mut again, key, &value);
    }
    assert_eq!(again.changed(), figure.changed(), "{place}: the address says the same");
    let (shown, wanted) = (numbers(&again), numbers(figure));
    if shown != wanted {
        panic!("{place}: {:?} after a round trip, not {:?}", again.readouts(), figure.readouts());
    }
    assert_eq!(again.summary(texts), figure.summary(texts), "{place}: the summary");
    assert_eq!(again.csv(), figure.csv(), "{place}: the data");
}

/// Changes one to three parameters of `figure` at random. Sometimes it is reset first, which gives states
/// with many defaults.
fn stir(figure: &mut Live, dice: &mut Dice) {
    if dice.below(3) == 0 {
        figure.reset();
    }
    for _ in 0..=dice.below(3) {
        let spec = dice.pick(figure.specs());
        let value = dice.value(spec.kind);
        set(figure, spec.key, &value);
    }
}

#[test]
fn any_state_is_sound_and_survives_a_round_trip() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice(seeded(1));
        for n in 0..STATES {
            stir(&mut figure, &mut dice);
            let width = [WIDTHS[n % WIDTHS.len()]];
            assert_sound(&figure, if n < 10 { &WIDTHS } else { &width }, &texts);
            assert_round_trip(&figure, &texts);
        }
    }
}

#[test]
fn all_pairs_of_extremes_are_sound() {
    let texts = english();
    for mut figure in figures() {
        let specs = figure.specs();
        let mut n = 0;
        for (i, first) in specs.iter().enumerate() {
            for second in &specs[i..] {
                for one in extremes(first.kind) {
                    for other in extremes(second.kind) {
                        figure.reset();
                        set(&mut figure, first.key, &one);
                        set(&mut figure, second.key, &other);
                        n += 1;
                        assert_sound(&figure, &[WIDTHS[n % WIDTHS.len()]], &texts);
                        assert_round_trip(&figure, &texts);
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_not_accepted_is_named_and_changes_nothing() {
    let texts = english();
    for mut figure in figures() {
        let (name, specs) = (figure.name(), figure.specs());
        stir(&mut figure, &mut Dice(seeded(2)));
        let before = (figure.changed(), numbers(&figure));
        let mut refuse = |key: &str, value: &str, accepted: &[String]| {
            let Err(problem) = figure.set(key, value) else { panic!("{name}: {key}={value} is accepted") };
            let message = problem.message(&texts, figure.specs());
            // For an unknown parameter the value does not matter.
            let repeated = message.contains(&beginning(value));
            let named = message.contains(key) && (problem.accepted == Accepted::Nothing || repeated);
            assert!(message.len() < 2000, "{name}: {key}: a message is to be read: {message}");
            assert!(named, "{message} names {key} and {value}");
            for word in accepted {
                assert!(message.contains(word), "{message} says that {word} would be accepted");
            }
            let braces = value.contains('{') || message.replace(value, "").contains(['{', '}']);
            assert!(braces == value.contains('{'), "every name is filled: {message}");
            assert_eq!((figure.changed(), numbers(&figure)), before, "{key}={value} changed something");
        };
        for Spec { key, kind, .. } in specs {
            refuse(key, &"9".repeat(LONGEST + 1), &[LONGEST.to_string()]);
            for value in refused(*kind) {
                refuse(key, &value, &accepted(*kind));
            }
        }
        let keys: Vec<_> = specs.iter().map(|spec| spec.key.to_owned()).collect();
        for key in ["", "no-such-key", ".", "0.mean", "<b>"] {
            refuse(key, "1", &keys);
        }
        for Spec { key, .. } in specs.iter().filter(|spec| matches!(spec.kind, Kind::Components { .. })) {
            for part in ["99.mean", "0.nothing", "x.mean", "", "0", "0.mean.x"] {
                refuse(&format!("{key}.{part}"), "1", &keys);
            }
            for (part, value) in [
                ("mean", "6.1"),
                ("mean", "NaN"),
                ("sd", "0"),
                ("sd", "inf"),
                ("weight", "-1"),
                ("weight", "0"),
                ("weight", ""),
            ] {
                refuse(&format!("{key}.0.{part}"), value, &[]);
            }
        }
        for Spec { key, .. } in specs.iter().filter(|spec| matches!(spec.kind, Kind::Weights { .. })) {
            for part in ["99.share", "0.nothing", "x.share", "", "0", "0.share.x", "0.mean"] {
                refuse(&format!("{key}.{part}"), "1", &keys);
            }
            for value in ["-1", "1.1", "NaN", "inf", "", "0.1,5", "0.5!"] {
                refuse(&format!("{key}.0.share"), value, &[]);
            }
        }
    }
}

#[test]
fn nothing_is_rounded_before_it_is_used() {
    let texts = english();
    let reads = |figure: &mut Live, pairs: &[(&str, &str)], readout: &str| {
        for (key, value) in pairs {
            set(figure, key, value);
            assert_eq!(figure.get(key).as_deref(), Some(*value), "{}", figure.name());
        }
        let found = figure.readouts().into_iter().find(|one| one.key == readout).unwrap();
        (found.value, found.text(&texts))
    };
    let mut bells = make("comparison");
    let (kl, text) = reads(&mut bells, &[("p", "1,0,1"), ("q", "1,0.00004,1")], "forward-kl");
    assert!((kl / 8e-10 - 1.0).abs() < 1e-6, "{kl}");
    assert_eq!(text, "8.0 × 10⁻¹⁰ nats");
    let (per_cent, _) = reads(&mut bells, &[("p", "30,-2,0.7;70,2,0.7"), ("q", "1,0,1")], "forward-kl");
    let (of_one, _) = reads(&mut bells, &[("p", "0.3,-2,0.7;0.7,2,0.7")], "forward-kl");
    assert_eq!(per_cent, of_one, "weights are shares of their sum");
    let (kl, _) = reads(&mut make(""), &[("p", "1,0,1"), ("q", "1,0.00004,1")], "kl");
    assert!((kl / 2e-5_f64.ln_1p() - 1.0).abs() < 1e-12, "{kl}");
}

#[test]
fn sliders_stop_only_at_what_is_accepted() {
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Some(last) = kind.positions() else { continue };
            let few = (last / 16).max(1);
            for position in (0..=last).step_by(few as usize).chain([last]) {
                let value = kind.at_position(position).unwrap();
                set(&mut figure, key, &value);
                assert!(value.len() < 9, "{}: {key}={value} has rounding noise", figure.name());
                assert_eq!(figure.get(key), Some(value), "{}: {key} is what the slider says", figure.name());
            }
        }
    }
}

#[test]
fn mixtures_grow_to_their_limit_and_shrink_to_one() {
    let texts = english();
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Kind::Components { most } = *kind else { continue };
            while figure.components(key).len() < most {
                set(&mut figure, &format!("{key}.add"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_html(&rows(&figure, key, &texts), &state(&figure));
            }
            let problem = figure.set(&format!("{key}.add"), "").unwrap_err();
            let message = problem.message(&texts, figure.specs());
            assert!(message.contains(&most.to_string()), "{message} says how many there may be");
            assert_eq!(figure.components(key).len(), most, "no more than {most}");
            for _ in 0..most + 2 {
                set(&mut figure, &format!("{key}.0.remove"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_round_trip(&figure, &texts);
            }
            assert_eq!(figure.components(key).len(), 1, "the last one stays");
        }
    }
}

#[test]
fn outcomes_grow_to_their_limit_and_shrink_to_the_least_with_all_weights_alike() {
    let texts = english();
    for mut figure in figures() {
        let specs = figure.specs().iter();
        let weights: Vec<_> = specs.filter(|spec| matches!(spec.kind, Kind::Weights { .. })).collect();
        for Spec { key, kind, .. } in &weights {
            let Kind::Weights { least, most } = *kind else { continue };
            figure.reset();
            while figure.count(key) < Some(most) {
                let before: Vec<_> = figure.readouts();
                set(&mut figure, &format!("{key}.add"), "");
                assert_eq!(figure.readouts().len(), before.len(), "an outcome of no weight");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_html(&rows(&figure, key, &texts), &state(&figure));
            }
            let problem = figure.set(&format!("{key}.add"), "").unwrap_err();
            let message = problem.message(&texts, figure.specs());
            assert!(message.contains(&most.to_string()), "{message} says how many there may be");
            for other in &weights {
                assert_eq!(figure.count(other.key), Some(most), "{}: over the same outcomes", other.key);
            }
            while figure.count(key) > Some(least) {
                set(&mut figure, &format!("{key}.0.remove"), "");
                assert_sound(&figure, &WIDTHS[..1], &texts);
                assert_round_trip(&figure, &texts);
            }
            assert!(figure.set(&format!("{key}.0.remove"), "").is_err(), "the last {least} stay");
        }
    }
}

#[test]
fn a_locked_outcome_is_moved_by_nothing() {
    let texts = english();
    for mut figure in figures() {
        for Spec { key, kind, .. } in figure.specs() {
            let Kind::Weights { .. } = kind else { continue };
            figure.reset();
            let part = |name: &str| format!("{key}.{name}");
            let share = |figure: &Live, index: usize| figure.get(&part(&format!("{index}.share"))).unwrap();
            let before = share(&figure, 0);
            set(&mut figure, &part("0.lock"), "");
            assert_eq!(figure.get(&part("0.lock")).as_deref(), Some("true"), "{}: locked", state(&figure));
            assert!(figure.set(&part("0.share"), "0.5").is_err(), "{}: not by typing", state(&figure));
            set(&mut figure, &part("1.share"), "0.125");
            assert_eq!(share(&figure, 1), "0.125", "{}: what is typed is used", state(&figure));
            assert_eq!(share(&figure, 0), before, "{}: nor by another", state(&figure));
            let handles = figure.handles(WIDTHS[0], &texts);
            assert!(handles.iter().any(|handle| handle.fixed), "{}: nor by a handle", state(&figure));
            set(&mut figure, &part("0.lock"), "");
            set(&mut figure, &part("0.share"), "0.5");
            assert_eq!(share(&figure, 0), "0.5", "{}: unlocked", state(&figure));
        }
    }
}

#[test]
fn handles_can_be_dragged_anywhere() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice(seeded(3));
        for n in 0..STATES / 10 {
            stir(&mut figure, &mut dice);
            let width = WIDTHS[n % WIDTHS.len()];
            let height = figure.height(width);
            for index in 0..figure.handles(width, &texts).len() {
                let views = figure.handles(width, &texts);
                // A drag may remove other handles, but never one with a lower index.
                let Some(view) = views.get(index) else { break };
                figure.grab(index, Point { x: view.x + 3.0, y: view.y - 2.0 }, width);
                let wild = [-1e9, 1e9, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, 0.0];
                for _ in 0..2 {
                    let (x, y) = match dice.below(4) {
                        0 => (*dice.pick(&wild), *dice.pick(&wild)),
                        _ => (dice.between(0.0, width), dice.between(0.0, height)),
                    };
                    figure.drag(Point { x, y }, width);
                }
                figure.release();
                let (right, up) = (dice.between(-5.0, 5.0), dice.between(-5.0, 5.0));
                figure.nudge(index, right, up);
                if index == n {
                    assert_sound(&figure, &[width], &texts);
                }
            }
            assert_round_trip(&figure, &texts);
        }
        // A handle that does not exist cannot be grabbed.
        let before = figure.changed();
        figure.grab(999, Point { x: 0.0, y: 0.0 }, 700.0);
        figure.drag(Point { x: 99.0, y: 99.0 }, 700.0);
        figure.release();
        figure.nudge(999, 1.0, 1.0);
        assert_eq!(figure.changed(), before, "{}: no handle 999", figure.name());
    }
}

#[test]
fn a_handle_goes_where_it_is_dragged() {
    let texts = english();
    for mut figure in figures() {
        for width in [1076.0, 343.0] {
            for index in 0..figure.handles(width, &texts).len() {
                figure.reset();
                let before = figure.handles(width, &texts)[index].clone();
                let values = figure.changed();
                figure.grab(index, Point { x: before.x + 4.0, y: before.y + 4.0 }, width);
                figure.drag(Point { x: before.x + 4.0, y: before.y + 4.0 }, width);
                let still = &figure.handles(width, &texts)[index];
                let shift = (still.x - before.x).hypot(still.y - before.y);
                assert!(
                    shift < 1.0,
                    "{}: taking hold of {} moved it by {shift} px",
                    figure.name(),
                    before.name
                );

                let away = |x: f64| if before.horizontal { x } else { 0.0 };
                let towards = Point { x: before.x + 4.0 + away(6.0), y: before.y + 4.0 };
                figure.drag(towards, width);
                figure.release();
                let after = &figure.handles(width, &texts)[index];
                if before.horizontal {
                    assert!(after.x > before.x, "{}: {} follows to the right", figure.name(), before.name);
                    assert_ne!(figure.changed(), values, "{}: {} sets something", figure.name(), before.name);
                }
            }
        }
    }
}

#[test]
fn axes_come_to_rest() {
    let texts = english();
    for mut figure in figures() {
        let mut dice = Dice(seeded(4));
        for n in 0..20 {
            stir(&mut figure, &mut dice);
            if n % 2 == 0 {
                // Under reduced motion the first tick does everything, and the second finds the drawing at
                // rest.
                figure.tick(1e3);
                figure.tick(1e3);
            } else {
                let frames = (0..240).take_while(|_| figure.tick(1.0 / 60.0) == Tick::Moving).count();
                assert!(frames < 240, "{}: still moving after 4 s", state(&figure));
            }
            assert_eq!(figure.tick(1.0 / 60.0), Tick::Still, "{}: it rests", state(&figure));
            assert_sound(&figure, &[700.0], &texts);
        }
    }
}

#[test]
fn play_ends_in_reasonable_time() {
    for mut figure in figures().filter(|figure| figure.steps().is_some()) {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            figure.rewind();
            let (mut seconds, mut goes_on) = (0.0, true);
            while goes_on {
                let pace = figure.pace();
                assert!(pace >= 3.0, "{}: {pace} steps a second", state(&figure));
                seconds += 1.0 / pace;
                goes_on = figure.advance(1);
            }
            assert!(seconds < 20.0, "{}, {}: {seconds} s", figure.name(), preset.name);
            let (now, end) = figure.step().unwrap();
            assert_eq!(now, end, "{}: Play ends where it says", state(&figure));
            figure.rewind();
            figure.advance(u32::MAX);
            assert_eq!(figure.step().unwrap().0, end, "{}: however fast it is", state(&figure));
        }
    }
}

#[test]
fn each_handle_of_each_example_can_be_hit() {
    let texts = english();
    let mut small = Vec::new();
    for mut figure in figures() {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            for width in (280..=1100).step_by(4) {
                for handle in figure.handles(f64::from(width), &texts).iter().filter(|handle| !handle.fixed) {
                    let [wide, high] = [handle.room.x, handle.room.y].map(|sides| sides.iter().sum::<f64>());
                    if wide.min(high) < 24.0 - 1e-9 {
                        let place = format!("{}, {}, {width} px", figure.name(), preset.name);
                        small.push(format!("{place}: {}: {wide:.1} × {high:.1}", handle.name));
                    }
                }
            }
        }
    }
    assert!(small.is_empty(), "{}", small.join("\n"));
}

#[test]
fn presets_are_accepted_and_recognised() {
    let texts = english();
    for mut figure in figures() {
        let defaults: Vec<_> = figure.specs().iter().map(|spec| figure.get(spec.key)).collect();
        for preset in figure.presets() {
            figure.reset();
            for (key, value) in preset.values {
                set(&mut figure, key, value);
            }
            assert_eq!(figure.current_preset(), Some(preset.name), "{}: by its values", figure.name());
            stir(&mut figure, &mut Dice(seeded(5)));
            assert!(figure.apply_preset(preset.name), "{}: there is {}", figure.name(), preset.name);
            assert_eq!(figure.current_preset(), Some(preset.name), "{}: by its name", figure.name());
            assert_sound(&figure, &WIDTHS, &texts);
            assert_round_trip(&figure, &texts);
        }
        assert!(!figure.apply_preset("no-such-preset"), "there is no such preset");
        figure.reset();
        let reset: Vec<_> = figure.specs().iter().map(|spec| figure.get(spec.key)).collect();
        assert_eq!(reset, defaults, "{}: Reset goes back to the defaults", figure.name());
        assert!(figure.changed().is_empty(), "{}: nothing differs from the defaults", figure.name());
    }
}

#[test]
fn every_language_has_every_word() {
    let languages = languages();
    let english: Vec<_> = english().keys().map(str::to_owned).collect();
    for (tag, texts) in &languages {
        let keys: Vec<_> = texts.keys().map(str::to_owned).collect();
        let differ = difference(english.clone(), keys);
        assert!(
            differ.is_empty(),
            "{tag} has other keys than English, in the files texts.txt of www/content/{tag}: add what it lacks (−), take away what \
             English lacks (+)\n{}",
            differ.join("\n")
        );
        for mut figure in figures() {
            let mut dice = Dice(seeded(6));
            for _ in 0..10 {
                let place = format!("{tag}: {}", state(&figure));
                assert_html(&markup(&figure, texts, Form::Page), &place);
                assert_sound(&figure, &WIDTHS, texts);
                stir(&mut figure, &mut dice);
            }
        }
    }
}

#[test]
fn the_html_of_every_preset_is_well_formed() {
    let texts = english();
    for mut figure in figures() {
        for preset in figure.presets() {
            figure.apply_preset(preset.name);
            assert_html(&markup(&figure, &texts, Form::Far), &state(&figure));
        }
    }
}

#[test]
fn the_checks_of_this_file_see_what_is_wrong() {
    assert!(is_key("kl-fit.handle.mode") && is_key("unit.nats"), "keys");
    assert!(
        !is_key("0.5") && !is_key("word") && !is_key("end.") && !is_key("q‖p.") && !is_key("1.2e-3"),
        "words"
    );
    assert!(has_no_number("M3 NaNL7 5") && has_no_number("M3 4L-inf 5"), "broken paths");
    assert!(!has_no_number("infinite information"), "words");
    for bad in
        ["<p><b></p></b>", "<p>", "</p>", "<p a=\"1\" a=\"2\"></p>", "<p>{name}</p>", "<p>kl-fit.title</p>"]
    {
        assert!(std::panic::catch_unwind(|| assert_html(bad, "bad")).is_err(), "{bad}");
    }
    for bad in [
        "<svg",
        "<svg width=\"1\" height=\"1\"><path d=\"MNaN 1\"/></svg>",
        "<svg width=\"2\" height=\"1\"/>",
    ] {
        assert!(std::panic::catch_unwind(|| assert_svg(bad, 1.0, 1.0, "bad")).is_err(), "{bad}");
    }
}
