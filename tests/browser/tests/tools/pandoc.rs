//! Notes and slides from the dialog's snippet for Quarto, built with Pandoc, which reads Markdown for Quarto.
//!
//! Quarto itself is in no registry: its Python package downloads the program from elsewhere. Quarto would
//! keep one of the snippet's two blocks, depending on the format. Pandoc keeps both, with the format as an
//! attribute.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use browser::{Element, Outcome};
use tempfile::TempDir;

use super::snippets::explainer;
use crate::trial::tests;
use browser::tools::{npm, run};

tests![
    a_snippet_for_quarto_becomes_a_frame_in_html,
    a_snippet_for_quarto_becomes_a_picture_in_latex,
    a_snippet_for_quarto_becomes_a_frame_on_a_slide,
];

/// A message of Chromium about all slides that Pandoc writes, with or without figures.
const OWN_NOISE: &str = "apple-mobile-web-app-capable";

/// A document with every figure under a heading of its own, `notes.qmd`, and the pictures beside it.
fn document() -> Outcome<TempDir> {
    let explainer = explainer()?;
    let folder = tempfile::tempdir()?;
    let mut text = "---\ntitle: Notes\nlang: en\n---\n".to_owned();
    for figure in &explainer.figures {
        text += &format!("\n## {}\n\n{}\n\nAnd so on.\n", figure.name, figure.text("Quarto")?);
    }
    fs::write(folder.path().join("notes.qmd"), text)?;
    explainer.put_posters(folder.path())?;
    Ok(folder)
}

/// Builds the document in `folder` as `format`, with all warnings as errors. Returns the name of the file.
fn build(folder: &Path, format: &str, options: &[&str]) -> Outcome<String> {
    let built = format!("{format}.html");
    let mut pandoc = Command::new("pandoc");
    pandoc.current_dir(folder).args(["notes.qmd", "--from=markdown", "--standalone", "--fail-if-warnings"]);
    run(pandoc.args(options).args(["--to", format, "--output", &built]))?;
    Ok(built)
}

fn a_snippet_for_quarto_becomes_a_frame_in_html() -> Outcome {
    let explainer = explainer()?;
    let folder = document()?;
    let built = build(folder.path(), "html", &[])?;
    explainer.visit(folder.path(), &built, |page| {
        explainer.shown(page, Some("[data-when-format=html] > iframe"))?;
        let script = "return [...document.querySelectorAll('[data-unless-format=html] img')]
            .map((picture) => [picture.dataset.figAlt.length > 40, picture.naturalWidth > 300])";
        let pictures: Vec<(bool, bool)> = page.browser.run(script, &[])?;
        let wanted = vec![(true, true); explainer.figures.len()];
        assert_eq!(pictures, wanted, "for print, pictures that are drawn and described");
        Ok(())
    })
}

fn a_snippet_for_quarto_becomes_a_picture_in_latex() -> Outcome {
    let folder = document()?;
    let built = build(folder.path(), "latex", &[])?;
    let latex = fs::read_to_string(folder.path().join(built))?;
    assert!(!latex.contains("iframe"), "no frame in print: {latex}");
    for figure in &explainer()?.figures {
        assert!(latex.contains(&format!("{{{}.png}}", figure.name)), "a picture in print: {latex}");
        assert!(latex.contains(&format!("figure={}", figure.name)), "and where it lives: {latex}");
    }
    Ok(())
}

/// Puts reveal.js into `folder`, with each file where Pandoc's slides expect it. Newer versions have moved
/// some.
fn put_reveal(folder: &Path) -> Outcome {
    let (installed, own) = (npm()?.join("node_modules/reveal.js/dist"), folder.join("reveal"));
    fs::create_dir(&own)?;
    symlink(&installed, own.join("dist"))?;
    for plugin in ["notes", "search", "zoom"] {
        let place = own.join("plugin").join(plugin);
        fs::create_dir_all(&place)?;
        symlink(installed.join(format!("plugin/{plugin}.js")), place.join(format!("{plugin}.js")))?;
    }
    Ok(())
}

fn a_snippet_for_quarto_becomes_a_frame_on_a_slide() -> Outcome {
    let explainer = explainer()?;
    let folder = document()?;
    put_reveal(folder.path())?;
    let built = build(folder.path(), "revealjs", &["--variable=revealjs-url=reveal"])?;
    explainer.visit(folder.path(), &built, |page| {
        page.browser.wait::<bool>("return Reveal.isReady()", &[])?;
        for snippets in &explainer.figures {
            let script = "const frame = document.querySelector(`iframe[src*=\"figure=${arguments[0]}\"]`);
                const { h, v } = Reveal.getIndices(frame.closest('section'));
                Reveal.slide(h, v);
                return frame";
            let frame: Element = page.browser.run(script, &[(*snippets.name).into()])?;
            page.browser.enter_frame(&frame)?;
            snippets.stand_in(page)?;
            page.browser.leave_frames()?;
        }
        let mut said = page.browser.log("browser")?;
        said.retain(|entry| !entry.message.contains(OWN_NOISE));
        assert!(said.is_empty(), "on the console: {said:?}");
        Ok(())
    })
}
