//! A book built by `mdBook`.

use std::fs;
use std::process::Command;

use browser::{Outcome, keys};
use tempfile::TempDir;

use super::snippets::{blur, explainer};
use crate::trial::tests;
use browser::tools::{python, run};

tests![
    mdbook_shows_frames,
    mdbook_shows_elements_and_its_chapters_turn_by_keys,
    mdbook_shows_pictures_that_lead_to_the_figures,
];

/// A built book whose first chapter is `text`.
fn book(text: &str) -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    let source = folder.path().join("src");
    fs::create_dir(&source)?;
    fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Notes\"\n")?;
    fs::write(source.join("SUMMARY.md"), "- [One](one.md)\n- [Two](two.md)\n")?;
    fs::write(source.join("one.md"), format!("# One\n\n{text}\n\nAnd so on.\n"))?;
    fs::write(source.join("two.md"), "# Two\n")?;
    explainer()?.put_posters(&source)?;
    let told = run(Command::new(python("mdbook")?.join("mdbook")).arg("build").arg(folder.path()))?;
    assert!(!told.contains("WARN"), "no warnings: {told}");
    Ok(folder)
}

fn mdbook_shows_frames() -> Outcome {
    let explainer = explainer()?;
    let book = book(&explainer.all("HTML, iframe")?)?;
    explainer.visit(&book.path().join("book"), "one.html", |page| explainer.shown(page, Some("main iframe")))
}

fn mdbook_shows_elements_and_its_chapters_turn_by_keys() -> Outcome {
    let explainer = explainer()?;
    let book = book(&explainer.all("HTML, element")?)?;
    explainer.visit(&book.path().join("book"), "one.html", |page| {
        // The figures are used with arrow keys, which turn chapters outside figures.
        explainer.shown(page, None)?;
        blur(page)?;
        page.browser.press(keys::RIGHT)?;
        page.browser.wait::<bool>("return location.pathname.endsWith('two.html')", &[]).map(drop)
    })
}

fn mdbook_shows_pictures_that_lead_to_the_figures() -> Outcome {
    let explainer = explainer()?;
    let book = book(&explainer.all("Markdown")?)?;
    explainer.visit(&book.path().join("book"), "one.html", |page| {
        let script = "return [...document.querySelectorAll('main a > img')]
            .map((picture) => [picture.parentElement.href, picture.alt.length > 40, picture.naturalWidth > 300])";
        let pictures: Vec<(String, bool, bool)> = page.browser.wait(script, &[])?;
        assert_eq!(pictures.len(), explainer.figures.len(), "a picture for each figure");
        for (snippets, (address, described, drawn)) in explainer.figures.iter().zip(pictures) {
            assert!(described && drawn, "{}: a picture, and its words", snippets.name);
            page.browser.go(&address)?;
            snippets.stand_in(page)?;
        }
        Ok(())
    })
}
