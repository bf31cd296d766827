//! The files of the engines: the wasm, and the texts of its figures in each language.

use std::collections::BTreeMap;

use super::assets::{Language, Parts};
use super::wasm::Engines;
use crate::Outcome;

/// The names of the files of all engines.
pub(super) struct EngineFiles {
    pub(super) whole: EngineFile,
    /// The engines of single chapters, by the chapter's slug.
    pub(super) chapters: BTreeMap<&'static str, EngineFile>,
}

/// The names of the files of one engine.
pub(super) struct EngineFile {
    pub(super) wasm: String,
    /// The file of texts for each language tag.
    pub(super) words: BTreeMap<String, String>,
}

impl EngineFiles {
    /// Writes all engines and their texts. `write` gets a stem, an extension and the content, and returns a
    /// name.
    pub(super) fn write(
        parts: &Parts,
        write: impl Fn(&str, &str, &[u8]) -> Outcome<String>,
    ) -> Outcome<Self> {
        let file = |suffix: &str, wasm: &[u8], words: &dyn Fn(&Language) -> &str| {
            let wasm = write(&format!("divergences{suffix}"), "wasm", wasm)?;
            let words = parts.languages.iter().map(|language| {
                let name =
                    write(&format!("texts{suffix}.{}", language.tag), "txt", words(language).as_bytes())?;
                Ok((language.tag.clone(), name))
            });
            Ok::<_, Box<dyn std::error::Error>>(EngineFile { wasm, words: words.collect::<Outcome<_>>()? })
        };
        let Engines { whole, chapters } = &parts.engines;
        let chapters = chapters.iter().map(|(&slug, bytes)| {
            Ok((slug, file(&format!(".{slug}"), bytes, &|language| &language.sources[slug])?))
        });
        let chapters = chapters.collect::<Outcome<_>>()?;
        Ok(Self { whole: file("", &whole.bytes, &|language| &language.source)?, chapters })
    }

    /// The engine of a page whose figures are of the chapter `slug`.
    pub(super) fn of(&self, slug: &str) -> &EngineFile {
        self.chapters.get(slug).unwrap_or(&self.whole)
    }
}
