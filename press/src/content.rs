//! The texts of one language, from `www/content`.

use std::fs;
use std::path::Path;

use explainer::figure::texts::Texts;

use crate::Outcome;

/// A language and its texts.
pub struct Content {
    /// The language's tag, which is the name of its folder.
    pub language: String,
    /// The texts.
    pub texts: Texts,
}

impl Content {
    /// Reads the texts of `language`.
    ///
    /// # Errors
    ///
    /// A message that lists the languages if there is no such language.
    pub fn read(language: &str) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/content");
        let found =
            fs::read_dir(&folder).map_err(|error| format!("can't read {}: {error}", folder.display()))?;
        let mut languages: Vec<String> = found
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| folder.join(name).join("texts.txt").is_file())
            .collect();
        languages.sort();
        if !languages.iter().any(|known| known == language) {
            return Err(format!(
                "--lang {language}: there is no such language. There are: {}.",
                languages.join(", ")
            ));
        }
        let source = explainer::content::words(&folder.join(language))
            .map_err(|error| format!("can't read {error}"))?;
        Ok(Self { language: language.to_owned(), texts: Texts::parse(&source) })
    }
}
