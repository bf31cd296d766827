//! Notes read by `mystmd`. Its themes, which turn the result into pages, are not npm packages but come from a
//! host of their own. Therefore this test ends before the theme.

use std::fs;

use browser::Outcome;
use serde_json::Value;

use super::snippets::explainer;
use crate::trial::tests;
use browser::tools::{npm, program, run};

tests![myst_reads_frames_with_placeholders,];

/// All nodes of a kind in the syntax `tree`, in order.
fn nodes<'a>(tree: &'a Value, kind: &str, found: &mut Vec<&'a Value>) {
    if tree["type"] == kind {
        found.push(tree);
    }
    for child in tree["children"].as_array().into_iter().flatten() {
        nodes(child, kind, found);
    }
}

fn myst_reads_frames_with_placeholders() -> Outcome {
    let explainer = explainer()?;
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
    fs::create_dir(folder.path().join("theme"))?;
    write("theme/template.yml", "myst: v1\ntitle: None\nkind: site\nversion: 1.0.0\n")?;
    write("myst.yml", "version: 1\nproject:\n  title: Notes\nsite:\n  template: ./theme\n")?;
    write("index.md", &format!("# Notes\n\n{}\n\nAnd so on.\n", explainer.all("MyST")?))?;
    explainer.put_posters(folder.path())?;
    npm()?;
    let told = run(program(folder.path(), "myst").args(["build", "--site", "--strict"]))?;
    assert!(!told.contains('⚠') && !told.contains('⛔'), "no warnings: {told}");
    let read: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("_build/site/content/index.json"))?)?;
    let mut frames = Vec::new();
    nodes(&read["mdast"], "iframe", &mut frames);
    assert_eq!(frames.len(), explainer.figures.len(), "a frame for each figure: {read}");
    let built = folder.path().join("_build/site/public");
    for (snippets, frame) in explainer.figures.iter().zip(frames) {
        assert_eq!(frame["width"], "100%", "as wide as the text: {frame}");
        let picture = &frame["children"][0];
        assert_eq!(picture["placeholder"], true, "a picture for print: {frame}");
        let address = picture["url"].as_str().ok_or("the picture's address")?;
        assert!(built.join(address.trim_start_matches('/')).is_file(), "it is there: {address}");
        let html = format!(
            "<!doctype html><html lang=\"en\"><iframe src=\"{}\" width=\"100%\" height=\"540\"></iframe>",
            frame["src"].as_str().unwrap_or_default().replace('&', "&amp;")
        );
        fs::write(built.join("index.html"), html)?;
        explainer.visit(&built, "", |page| {
            let frame = page.browser.run("return document.querySelector('iframe')", &[])?;
            page.browser.enter_frame(&frame)?;
            snippets.stand_in(page)?;
            page.browser.leave_frames()
        })?;
    }
    Ok(())
}
