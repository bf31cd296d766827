//! Words that give way where there is no room for them.

use super::picture::{Picture, TextStyle};

/// Words, and a shorter form of them if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The words.
    pub long: String,
    /// Fewer words that say the same.
    pub short: Option<String>,
}

impl From<String> for Label {
    fn from(long: String) -> Self {
        Self { long, short: None }
    }
}

impl Label {
    /// The words, or their short form where they would be wider than `room`, in CSS pixels.
    #[must_use]
    pub fn fit(&self, style: TextStyle, room: f64, picture: &Picture) -> String {
        match &self.short {
            Some(short) if picture.text_width(&self.long, style) > room => short.clone(),
            _ => self.long.clone(),
        }
    }

    /// The same, without its end where even that would be wider: a language of longer words may have no form that is
    /// short enough.
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
