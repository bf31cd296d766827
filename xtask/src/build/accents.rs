//! English with accents, a third longer: the text of the made-up language. `tests/wall.rs` also measures it.

/// The tag of the made-up language. BCP 47 reserves the tags from `qaa` to `qtz` for private use.
pub(crate) const TAG: &str = "qps";

/// A line `key = text` in the made-up language.
pub(crate) fn accented_line(line: &str) -> String {
    match line.split_once('=') {
        Some((key, _)) if key.trim() == "page.language.tag" => format!("{key}= {TAG}"),
        // These texts are for machines.
        Some((key, _)) if key.trim() == "page.locale" || key.trim().ends_with(".picture") => line.to_owned(),
        Some((key, text)) if !line.starts_with('#') => format!("{key}={}", accented(text)),
        _ => line.to_owned(),
    }
}

/// The delimiters of text that stays unchanged: values, code, formulas, HTML tags, addresses, character
/// references.
const KEPT: [(&str, &str); 7] =
    [("{", "}"), ("`", "`"), ("$$", "$$"), ("$", "$"), ("<", ">"), ("](", ")"), ("&", ";")];

/// `text` with an accent on each vowel, and each vowel doubled.
pub(crate) fn accented(text: &str) -> String {
    let mut made = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let kept = KEPT.iter().find_map(|(open, close)| {
            let behind = rest.strip_prefix(open)?;
            let end = behind.find(close)?;
            // A sign that is meant literally is followed by a space.
            let sign = ["<", "&"].contains(open) && behind.starts_with(' ');
            (!sign).then_some(open.len() + end + close.len())
        });
        let length = kept.unwrap_or(letter.len_utf8());
        match "aeiouyAEIOUY".find(letter).filter(|_| kept.is_none()) {
            Some(index) => {
                let accent = "áéíóúýÁÉÍÓÚÝ".chars().nth(index).unwrap_or(letter);
                made.extend([accent, accent.to_lowercase().next().unwrap_or(accent)]);
            }
            None => made.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    made
}
