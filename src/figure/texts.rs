//! The words of a figure, by key, in the page's language.

use std::collections::BTreeMap;

/// Texts by key.
///
/// They come from one file a language, `www/content/<language>/texts.txt`: lines `key = text`, where `{name}` in a
/// text stands for a value; empty lines and lines that begin with `#` say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The texts in `source`; a line that is no `key = text` is passed over.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let pairs = source
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('='))
            .map(|(key, text)| (key.trim().to_owned(), text.trim().to_owned()));
        Self(pairs.collect())
    }

    /// The text of `key`; the key itself if there is none, so that a gap is seen and nothing breaks.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// Whether there is a text for `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The text of the first of `keys` that has one, else the last key.
    #[must_use]
    pub fn first(&self, keys: &[&str]) -> String {
        keys.iter()
            .find_map(|key| self.0.get(*key).cloned())
            .unwrap_or_else(|| keys.last().copied().unwrap_or_default().to_owned())
    }

    /// The text of `key` with each `{name}` replaced by its value.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        values
            .iter()
            .fold(self.get(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_filled_and_missed() {
        let texts = Texts::parse("# a note\nhello = Hello, {who}!\n\nequation = a = b\n");
        assert_eq!(texts.fill("hello", &[("who", "q".to_owned())]), "Hello, q!", "filled");
        assert_eq!(texts.get("equation"), "a = b", "only the first sign of equality separates");
        assert_eq!(texts.get("absent"), "absent", "a gap is seen");
    }
}
