//! The texts of a figure in the page's language, by key.

use divergences::order::permutation;

use crate::plot::Label;

/// Texts by key.
///
/// Each language has them in files, `www/content/<language>/texts.txt` and one for each chapter. A line is
/// `key = text`, where `{name}` in a text stands for a value. Empty lines and lines that begin with `#` are
/// ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(
    /// The keys and texts, sorted by key.
    Vec<(String, String)>,
);

impl Texts {
    /// An empty set of texts.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The texts in `source`. Lines that are not `key = text` are ignored. Of two lines with the same key the
    /// later one counts.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, text)) = line.split_once('=') {
                pairs.push((key.trim(), text.trim()));
            }
        }
        let mut texts: Vec<(String, String)> = Vec::with_capacity(pairs.len());
        for place in permutation(pairs.len(), &|i, j| pairs[i].0.cmp(pairs[j].0)) {
            let (key, text) = pairs[place];
            texts.pop_if(|last| last.0 == key);
            texts.push((key.to_owned(), text.to_owned()));
        }
        Self(texts)
    }

    /// The text of `key`, if there is one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        let place = self.0.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
        Some(&self.0[place].1)
    }

    /// The text of `key`, or the key itself if there is none. A missing text is thus visible and breaks
    /// nothing.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// Whether there is a text for `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The text of the first of `keys` that has one, or the last key.
    #[must_use]
    pub fn first(&self, keys: &[&str]) -> String {
        keys.iter()
            .find_map(|key| self.find(key))
            .unwrap_or_else(|| keys.last().copied().unwrap_or_default())
            .to_owned()
    }

    /// The name that the figure `figure` has for its readout (`kind` is "name") or column of data (`kind` is
    /// "data") `key`. Column names have underscores in CSV. A column without a name of its own may have that
    /// of a readout.
    #[must_use]
    pub fn named(&self, figure: &str, kind: &str, key: &str) -> String {
        let (own, common) = (format!("{figure}.{kind}.{key}"), format!("{kind}.{key}"));
        self.first(&[&own, &common, &format!("name.{}", key.replace('_', "-")), key])
    }

    /// The label of the parameter `key` of the figure `figure`, or of the choice `<key>.<word>`. The figure may
    /// have its own label for a common parameter.
    #[must_use]
    pub fn parameter(&self, figure: &str, key: &str) -> String {
        self.first(&[&format!("{figure}.param.{key}"), &format!("param.{key}")])
    }

    /// The text of `key` with each `{name}` replaced by its value. A sign of equality before a value like
    /// "> 0.999" is left out.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, String)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let inside = after.split_once('}').and_then(|(name, behind)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((value, behind))
            });
            if let Some((value, behind)) = inside {
                if value.starts_with(['<', '>']) && filled.ends_with("= ") {
                    filled.truncate(filled.len() - 2);
                }
                filled.push_str(value);
                rest = behind;
            } else {
                filled.push('{');
                rest = after;
            }
        }
        filled.push_str(rest);
        filled
    }

    /// The filled text of `key`, with the short form `<key>.short` if there is one.
    #[must_use]
    pub fn label(&self, key: &str, values: &[(&str, String)]) -> Label {
        let short = format!("{key}.short");
        Label { long: self.fill(key, values), short: self.has(&short).then(|| self.fill(&short, values)) }
    }

    /// `items` joined by the separators of the language.
    #[must_use]
    pub fn list(&self, items: Vec<String>) -> String {
        let pair = |first, second| self.fill("list.pair", &[("first", first), ("second", second)]);
        items.into_iter().reduce(pair).unwrap_or_default()
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_filled_and_missed() {
        let texts = Texts::parse("# a note\nhello = Hello, {who}!\n\nequation = a = b\n");
        assert_eq!(texts.fill("hello", &[("who", "q".to_owned())]), "Hello, q!", "filled");
        assert_eq!(texts.fill("{a {who", &[("who", "q".to_owned())]), "{a {who", "what has no value stays");
        let texts = Texts::parse("hello = Hello, {who}!\n\nequation = a = b\ntv = TV = {tv}");
        assert_eq!(texts.fill("tv", &[("tv", "0.500".to_owned())]), "TV = 0.500", "equal");
        assert_eq!(texts.fill("tv", &[("tv", "> 0.999".to_owned())]), "TV > 0.999", "not quite");
        assert_eq!(texts.get("equation"), "a = b", "only the first sign of equality separates");
        assert_eq!(Texts::parse("a=1\nb=2\na=3").get("a"), "3", "the last word counts");
        assert_eq!(texts.get("absent"), "absent", "a gap is seen");
        let texts = Texts::parse("list.pair = {first}, {second}");
        assert_eq!(texts.list(["a", "b", "c"].map(str::to_owned).to_vec()), "a, b, c", "a list");
    }
}
