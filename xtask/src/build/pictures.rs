//! The pictures for links shared on other sites: one for the explainer, and one for each chapter.

use std::collections::BTreeMap;
use std::path::Path;

use explainer::book;
use explainer::figure::Tick;

use super::assets::Language;
use super::prose;
use super::words::words;
use crate::Outcome;
use crate::command::{output, say};
use crate::figure;

/// The pictures in `dist/`, each with a description.
pub(super) type Pictures = BTreeMap<String, String>;

/// Draws all pictures into `dist`. A picture that cannot be drawn, for example for lack of a font, is omitted
/// with a message.
pub(super) fn draw(dist: &Path, languages: &[Language]) -> Outcome<Pictures> {
    let press = figure::press()?;
    let mut pictures = Pictures::new();
    say("Drawing the pictures for shared links");
    for language in languages {
        let chapters = book::chapters()
            .map(|chapter| (chapter.slug, format!("{}.question", chapter.slug), chapter.slug));
        let mut missing = Vec::new();
        for (page, heading, about) in
            [("index", "page.heading".to_owned(), "page")].into_iter().chain(chapters)
        {
            let key = format!("{about}.picture");
            let state = words(language, &key)?;
            let heading = words(language, &heading)?;
            let file = format!("{}{page}.png", language.folder());
            match print(&press, state, heading, language, &dist.join(&file)) {
                Ok(words) => drop(pictures.insert(file, words)),
                Err(error) => missing.push(error.to_string()),
            }
        }
        if let Some(error) = missing.first() {
            say(&format!("{} pictures are left out of {}: {error}", missing.len(), language.tag));
        }
    }
    Ok(pictures)
}

/// Prints one picture and returns its description.
fn print(
    press: &figure::Press,
    state: &str,
    heading: &str,
    language: &Language,
    path: &Path,
) -> Outcome<String> {
    let mut live = prose::state(state)?;
    let (figure, query) = state.split_once('?').unwrap_or((state, ""));
    std::fs::create_dir_all(path.parent().unwrap_or(path))?;
    let mut command = press.command();
    command.args([figure, "--card", heading, "--lang", &language.tag, "--scale", "1", "--out"]).arg(path);
    for setting in query.split('&').filter(|setting| !setting.is_empty()) {
        command.args(["--set", setting]);
    }
    output(command)?;
    while live.tick(f64::INFINITY) == Tick::Moving {}
    Ok(live.summary(&language.texts))
}
