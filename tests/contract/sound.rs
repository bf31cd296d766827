//! What holds of every figure in every state: what a reader can see of it is valid, and its address brings it
//! back.

use explainer::figure::Live;
use explainer::figure::texts::Texts;
use explainer::plot::{SUBPIXELS, Theme};
use html5gum::{StartTag, Token, Tokenizer};

use super::make;

/// More than any drawing needs. The time of drawing is in proportion to its length.
const MOST_BYTES: usize = 1_000_000;

/// A figure's state, for messages.
pub(crate) fn state(figure: &Live) -> String {
    let pairs: Vec<_> = figure.changed().iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{}?{}", figure.name(), pairs.join("&"))
}

pub(crate) fn set(figure: &mut Live, key: &str, value: &str) {
    if let Err(problem) = figure.set(key, value) {
        panic!("{}: {key}={value} is not accepted: {problem:?}", state(figure));
    }
}

/// A readout's value as bits, so that NaN equals itself.
pub(crate) fn numbers(figure: &Live) -> Vec<(&'static str, u64)> {
    figure.readouts().iter().map(|readout| (readout.key, readout.value.to_bits())).collect()
}

/// Whether `text` contains NaN or an infinity as Rust writes them, alone or after a command letter of a path.
pub(crate) fn has_no_number(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|word| word.contains("NaN") || word.len() < 5 && word.ends_with("inf"))
}

/// Whether `text` looks like the key of a text, such as `kl-fit.handle.mode`.
pub(crate) fn is_key(text: &str) -> bool {
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
pub(crate) fn assert_words(text: &str, place: &str) {
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        assert!(!is_key(word), "{place}: there is no text for {word}, in: {text}");
    }
    assert!(!text.contains(['{', '}']), "{place}: a name in braces is not filled: {text}");
    assert!(!has_no_number(text), "{place}: a number that is none: {text}");
}

/// Fails unless `text` is well-formed XML with valid numbers and texts inside its frame.
pub(crate) fn assert_svg(text: &str, width: f64, height: f64, place: &str) {
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
pub(crate) fn assert_html(text: &str, place: &str) {
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
pub(crate) fn assert_sound(figure: &Live, widths: &[f64], texts: &Texts) {
    assert_told(figure, texts);
    for &width in widths {
        assert_drawn(figure, width, Theme::Dark, texts);
    }
}

/// Fails unless the words and numbers that `figure` tells are valid.
pub(crate) fn assert_told(figure: &Live, texts: &Texts) {
    let place = state(figure);
    for readout in figure.readouts() {
        let text = readout.text(texts);
        assert_words(&text, &place);
        if readout.value.is_nan() && !readout.veiled {
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
}

/// Fails unless the drawing of `figure` at `width` is valid, with its handles inside.
pub(crate) fn assert_drawn(figure: &Live, width: f64, theme: Theme, texts: &Texts) {
    let place = state(figure);
    let height = figure.height(width);
    assert!(height > 0.0 && height < 3000.0, "{place}: {height} px high at {width} px");
    let svg = figure.svg(width, theme, false, texts);
    assert!(svg.len() < MOST_BYTES, "{place}: a drawing of {} bytes at {width} px", svg.len());
    assert_svg(&svg, width, height, &place);
    for handle in figure.handles(width, texts) {
        let inside = (0.0..=width).contains(&handle.x) && (0.0..=height).contains(&handle.y);
        assert!(inside, "{place}: {} is at {}, {} of {width} × {height}", handle.name, handle.x, handle.y);
        assert_words(&handle.name, &place);
        assert_words(&handle.value, &place);
    }
}

/// Fails unless a new figure with the same changed parameters shows the same as `figure`.
pub(crate) fn assert_round_trip(figure: &Live, texts: &Texts) {
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
