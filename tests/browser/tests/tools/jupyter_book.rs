//! A book built by Jupyter Book 1, which is Sphinx with a theme and extensions of its own.

use std::fs;
use std::process::Command;

use browser::Outcome;

use super::snippets::explainer;
use crate::trial::tests;
use browser::tools::{python, run};

tests![jupyter_book_shows_frames_and_elements,];

/// The console messages of the theme and its extensions, which appear with or without figures.
const OWN_NOISE: [&str; 4] = ["THEBE_JS_URL", "Got invalid theme mode", "[PST]", "[togglebutton]"];

const CONFIGURATION: &str = "title: Notes\nexecute:\n  execute_notebooks: 'off'\n";

fn jupyter_book_shows_frames_and_elements() -> Outcome {
    let explainer = explainer()?;
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
    write("_config.yml", CONFIGURATION)?;
    write("_toc.yml", "format: jb-book\nroot: index\nchapters:\n- file: elements\n")?;
    write("index.md", &format!("# Notes\n\n{}\n\nAnd so on.\n", explainer.all("Sphinx, Jupyter Book")?))?;
    let elements = explainer.all("HTML, element")?;
    write("elements.md", &format!("# Elements\n\n```{{raw}} html\n{elements}\n```\n"))?;
    explainer.put_posters(folder.path())?;
    let mut build = Command::new(python("jupyter-book")?.join("jupyter-book"));
    run(build.args(["build", "-q", "-W", "--keep-going"]).arg(folder.path()))?;
    let built = folder.path().join("_build/html");
    for (path, frames) in [("index.html", Some("article iframe")), ("elements.html", None)] {
        explainer.visit(&built, path, |page| {
            explainer.shown(page, frames)?;
            let mut said = page.browser.log("browser")?;
            said.retain(|entry| !OWN_NOISE.iter().any(|noise| entry.message.contains(noise)));
            assert!(said.is_empty(), "on the console: {said:?}");
            Ok(())
        })?;
    }
    Ok(())
}
