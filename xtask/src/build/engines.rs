//! The files of the engines: wasm, and the words of its figures in each language.

use std::collections::BTreeMap;

use super::assets::{Language, Parts};
use super::wasm::Engines;
use crate::Outcome;

/// The names of the files of the engines.
pub(super) struct EngineFiles {
    pub(super) whole: EngineFile,
    /// By the slugs of the chapters.
    pub(super) chapters: BTreeMap<&'static str, EngineFile>,
}

/// The files of an engine.
pub(super) struct EngineFile {
    pub(super) wasm: String,
    /// By the tag of the language.
    pub(super) words: BTreeMap<String, String>,
}

impl EngineFiles {
    /// Writes the engines and their words by `write`, which is given a stem, an ending and the content, and returns a name.
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

    /// The one that a page with the figures of the chapter `slug` loads.
    pub(super) fn of(&self, slug: &str) -> &EngineFile {
        self.chapters.get(slug).unwrap_or(&self.whole)
    }
}
