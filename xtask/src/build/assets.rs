//! The files that pages load: wasm, script, styles, words. Their names carry a hash of their content.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use divergences::figure::texts::Texts;
use divergences::plot::{Ink, Theme};

use super::bundle::bundle;
use super::wasm::Wasm;
use crate::Outcome;
use crate::command::root;

/// A language of the explainer: a folder of `www/content`.
pub(super) struct Language {
    /// Its tag, `en`.
    pub(super) tag: String,
    /// The content of its `texts.txt`.
    pub(super) source: String,
    /// The same, by key.
    pub(super) texts: Texts,
}

/// What pages load, by name in `dist/` and, for the single file, by content.
pub(super) struct Assets {
    pub(super) wasm: String,
    pub(super) script: String,
    pub(super) page_styles: String,
    pub(super) figure_styles: String,
    pub(super) frame_styles: String,
    pub(super) texts: BTreeMap<String, String>,
    pub(super) languages: Vec<Language>,
    /// The script with everything inside that it would load, fit to stand in a script element.
    pub(super) complete_script: String,
}

impl Assets {
    /// Writes every asset into `dist`.
    pub(super) fn write(dist: &Path, wasm: &Wasm) -> Outcome<Self> {
        let languages = languages()?;
        let mut texts = BTreeMap::new();
        for language in &languages {
            let stem = format!("texts.{}", language.tag);
            texts.insert(language.tag.clone(), put(dist, &stem, "txt", language.source.as_bytes())?);
        }
        let wasm_name = put(dist, "divergences", "wasm", &wasm.bytes)?;
        // A figure in somebody else's page has no other source of inks than its own styles.
        let rows: String =
            Ink::css_names().map(|name| format!("[data-ink={name}]{{--row:var(--{name})}}\n")).collect();
        let figure_styles = inks(":host", "theme") + &rows + &source("www/figure.css")?;
        let page_styles = inks(":root", "data-theme") + &source("www/page.css")? + &source("www/frame.css")?;
        let frame_styles = source("www/frame.css")?;

        let quoted = |text: &str| text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${");
        let script = |assets: &str| {
            let prelude = format!(
                "{}\nconst ASSETS = {assets};\nconst FIGURE_STYLES = `{}`;\nconst FRAME_STYLES = `{}`;\n",
                wasm.script,
                quoted(&figure_styles),
                quoted(&frame_styles)
            );
            bundle("main.js", &prelude)
        };
        let packed = BASE64_STANDARD.encode(gzip(&wasm.bytes)?);
        let by_tag = |write: &dyn Fn(&Language) -> String| {
            let written: Vec<_> = languages
                .iter()
                .map(|language| format!("\"{}\":{}", language.tag, write(language)))
                .collect();
            written.join(",")
        };
        let words = by_tag(&|language| format!("`{}`", quoted(&language.source)));
        let complete_script = script(&format!("{{packed:\"{packed}\",texts:{{{words}}}}}"))?
            .replace("</script", "<\\/script")
            .replace("<!--", "<\\!--");
        let complete_name = put(dist, "divergence-figure.complete", "js", complete_script.as_bytes())?;
        // Written out one by one: programs that bundle scripts find assets by this form.
        let beside = |name: &str| format!("new URL(\"./{name}\",import.meta.url)");
        let words = by_tag(&|language| beside(&texts[&language.tag]));
        let served = script(&format!(
            "{{wasm:{},texts:{{{words}}},complete:{},frame:{}}}",
            beside(&wasm_name),
            beside(&complete_name),
            beside("figure.html")
        ))?;
        let script_name = put(dist, "divergence-figure", "js", served.as_bytes())?;
        // Under a name that stays, for those who embed figures.
        fs::write(dist.join("divergence-figure.js"), format!("import \"./{script_name}\";\n"))?;
        Ok(Self {
            wasm: wasm_name,
            script: script_name,
            page_styles,
            figure_styles,
            frame_styles,
            texts,
            languages,
            complete_script,
        })
    }
}

fn source(path: &str) -> Outcome<String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}").into())
}

/// The inks as custom properties of `selector`: as the reader prefers, unless `attribute` says "light" or "dark".
fn inks(selector: &str, attribute: &str) -> String {
    let (light, dark) = (Theme::Light.css(), Theme::Dark.css());
    let with = |condition: &str| match selector {
        ":host" => format!(":host({condition})"),
        other => format!("{other}{condition}"),
    };
    format!(
        "{selector}{{{light}}}\n@media (prefers-color-scheme:dark){{{}{{{dark}}}}}\n{}{{{dark}}}\n",
        with(&format!(":not([{attribute}=light])")),
        with(&format!("[{attribute}=dark]")),
    )
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Writes a file whose name carries a hash of `content`, and returns the name.
fn put(dist: &Path, stem: &str, ending: &str, content: &[u8]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let name = format!("{stem}.{:08x}.{ending}", hasher.finish() as u32);
    fs::write(dist.join(&name), content)?;
    Ok(name)
}

/// Every language that has content, English first.
fn languages() -> Outcome<Vec<Language>> {
    let mut languages = Vec::new();
    for entry in fs::read_dir(root().join("www/content"))? {
        let path = entry?.path();
        let tag = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = fs::read_to_string(path.join("texts.txt"))?;
        languages.push(Language { tag, texts: Texts::parse(&source), source });
    }
    languages.sort_by_key(|language| (language.tag != "en", language.tag.clone()));
    Ok(languages)
}
