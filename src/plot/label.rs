//! Text with a short form for narrow places.

use super::picture::{Picture, TextStyle};

/// A text, and a shorter form of it if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The full text.
    pub long: String,
    /// A shorter text that says the same.
    pub short: Option<String>,
}

impl From<String> for Label {
    fn from(long: String) -> Self {
        Self { long, short: None }
    }
}

impl Label {
    /// The full text if it is no wider than `room` CSS pixels, and the short form otherwise.
    #[must_use]
    pub fn fit(&self, style: TextStyle, room: f64, picture: &Picture) -> String {
        match &self.short {
            Some(short) if picture.text_width(&self.long, style) > room => short.clone(),
            _ => self.long.clone(),
        }
    }

    /// Like [`Self::fit`], but with its end replaced by "…" if even that is too wide. Some languages have no
    /// form that is short enough.
    #[must_use]
    pub fn cut(&self, style: TextStyle, room: f64, picture: &Picture) -> String {
        let mut text = self.fit(style, room, picture);
        let wide = |text: &str| picture.text_width(text, style) > room;
        if wide(&text) {
            while !text.is_empty() && wide(&format!("{text}…")) {
                text.pop();
            }
            text.truncate(text.trim_end().len());
            text.push('…');
        }
        text
    }
}
