//! Notes in Markdown, built by Sphinx with the parser `MyST`.

use std::fs;
use std::path::Path;
use std::process::Command;

use browser::Outcome;

use super::snippets::explainer;
use crate::trial::tests;
use browser::tools;

tests![sphinx_shows_frames_in_html_and_pictures_in_print, sphinx_shows_elements,];

/// Builds the notes `text` with `builder`, with all warnings as errors. Returns the folder of the result.
fn build(folder: &Path, builder: &str, text: &str) -> Outcome<std::path::PathBuf> {
    let programs = tools::python("sphinx")?;
    let (source, built) = (folder.join("source"), folder.join(builder));
    fs::create_dir_all(&source)?;
    fs::write(source.join("conf.py"), "project = 'Notes'\nextensions = ['myst_parser']\n")?;
    fs::write(source.join("index.md"), text)?;
    explainer()?.put_posters(&source)?;
    let mut sphinx = Command::new(programs.join("sphinx-build"));
    tools::run(sphinx.args(["-q", "-W", "-b", builder]).arg(&source).arg(&built))?;
    Ok(built)
}

fn sphinx_shows_frames_in_html_and_pictures_in_print() -> Outcome {
    let explainer = explainer()?;
    let folder = tempfile::tempdir()?;
    let text = format!("# Notes\n\n{}\n\nAnd so on.\n", explainer.all("Sphinx, Jupyter Book")?);
    let built = build(folder.path(), "html", &text)?;
    explainer.visit(&built, "index.html", |page| explainer.shown(page, Some(".body iframe")))?;
    let built = build(folder.path(), "latex", &text)?;
    let latex = fs::read_to_string(built.join("notes.tex"))?;
    for figure in &explainer.figures {
        let picture = format!("{{{{{}}}.png}}", figure.name);
        assert!(latex.contains(&picture) && !latex.contains("iframe"), "a picture in print: {latex}");
        assert!(latex.contains(&format!("figure={}", figure.name)), "and where it lives: {latex}");
    }
    Ok(())
}

fn sphinx_shows_elements() -> Outcome {
    let explainer = explainer()?;
    let folder = tempfile::tempdir()?;
    let text = format!("# Notes\n\n```{{raw}} html\n{}\n```\n", explainer.all("HTML, element")?);
    let built = build(folder.path(), "html", &text)?;
    explainer.visit(&built, "index.html", |page| explainer.shown(page, None))
}
