//! English with accents, longer by a third: how the made-up language writes. `tests/wall.rs` measures its words too.

/// Its tag; BCP 47 keeps tags from `qaa` to `qtz` for such uses.
pub(crate) const TAG: &str = "qps";

/// A line `key = text`.
pub(crate) fn of_texts(line: &str) -> String {
    match line.split_once('=') {
        Some((key, _)) if key.trim() == "page.language.tag" => format!("{key}= {TAG}"),
        // What machines read.
        Some((key, _)) if key.trim() == "page.locale" || key.trim().ends_with(".picture") => line.to_owned(),
        Some((key, text)) if !line.starts_with('#') => format!("{key}={}", accented(text)),
        _ => line.to_owned(),
    }
}

/// What is between these stays as it is: values, code, formulas, tags of HTML, addresses, characters by their names.
const KEPT: [(&str, &str); 7] =
    [("{", "}"), ("`", "`"), ("$$", "$$"), ("$", "$"), ("<", ">"), ("](", ")"), ("&", ";")];

/// `text` with an accent on each vowel, and each said twice.
pub(crate) fn accented(text: &str) -> String {
    let mut made = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let kept = KEPT.iter().find_map(|(open, close)| {
            let behind = rest.strip_prefix(open)?;
            let end = behind.find(close)?;
            // A sign that stands for itself has a space behind it.
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
