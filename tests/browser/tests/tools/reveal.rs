//! Slides that reveal.js shows.

use std::fs;
use std::os::unix::fs::symlink;

use browser::{Element, Outcome, keys};
use serde_json::json;
use tempfile::TempDir;

use super::snippets::{Snippets, blur, explainer};
use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::Page;
use browser::tools::npm;

tests![
    an_element_on_a_slide_starts_when_shown_and_keeps_its_state,
    a_figure_and_the_slides_share_the_keyboard,
    a_frame_on_a_slide_starts_when_shown_and_keeps_its_state,
];

/// A deck with `slide` among so many others that reveal.js unloads the slide when the last one is shown.
fn deck(slide: &str, transition: &str) -> Outcome<TempDir> {
    let folder = tempfile::tempdir()?;
    symlink(npm()?.join("node_modules/reveal.js/dist"), folder.path().join("reveal"))?;
    let others = "<section><h2>More</h2></section>".repeat(6);
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Slides</title>
         <link rel=\"stylesheet\" href=\"reveal/reveal.css\"><link rel=\"stylesheet\" href=\"reveal/theme/white.css\">
         <div class=\"reveal\"><div class=\"slides\"><section><h2>Begin</h2></section>{slide}{others}</div></div>
         <script src=\"reveal/reveal.js\"></script>
         <script>Reveal.initialize({{ transition: '{transition}' }});</script>"
    );
    fs::write(folder.path().join("index.html"), html)?;
    Ok(folder)
}

/// The index of the slide that is shown.
fn slide(page: &Page) -> Outcome<usize> {
    page.browser.run("return Reveal.getIndices().h", &[])
}

/// Presses `key` while nothing is focused, and waits until slide `wanted` is shown and at rest.
fn turn(page: &Page, key: &str, wanted: usize) -> Outcome {
    page.browser.wait::<bool>("return Reveal.isReady()", &[])?;
    blur(page)?;
    page.browser.press(key)?;
    let arrived = "return Reveal.getIndices().h === arguments[0] && document.getAnimations().length === 0";
    page.browser.wait::<bool>(arrived, &[wanted.into()]).map(drop)
}

/// Goes from the figure's slide to the last one and back.
fn away_and_back(page: &Page) -> Outcome {
    turn(page, keys::END, 7)?;
    page.browser.run::<()>("Reveal.slide(1)", &[])?;
    turn(page, "", 1)
}

/// The position on the screen of the first ring that moves horizontally. reveal.js scales slides.
fn ring(figure: &Figure<'_>) -> Outcome<(f64, f64)> {
    let script = "const ring = root.querySelector('.handle.horizontal:not(.vertical)');
        const layer = ring.parentElement;
        const box = layer.getBoundingClientRect();
        const scale = box.width / layer.offsetWidth;
        const { e, f } = new DOMMatrix(getComputedStyle(ring).transform);
        return [box.x + scale * e, box.y + scale * f]";
    figure.run(script, &[])
}

/// Fails unless a ring that is dragged stays under the pointer.
fn drags(figure: &Figure<'_>) -> Outcome {
    let (x, y) = ring(figure)?;
    let before = figure.values()?;
    figure.page.browser.drag(&[(x, y), (x + 10.0, y), (x + 30.0, y)])?;
    figure.agrees("dragged on a slide")?;
    assert_ne!(figure.values()?, before, "{}: a drag moves a handle", figure.name);
    let (now, _) = ring(figure)?;
    assert!((now - x - 30.0).abs() < 3.0, "{}: from {x} by 30 pixels to {now}", figure.name);
    Ok(())
}

/// The slide with a figure's element.
fn element_slide(snippets: &Snippets) -> Outcome<String> {
    Ok(format!("<section>{}</section>", snippets.text("HTML, element")?))
}

fn an_element_on_a_slide_starts_when_shown_and_keeps_its_state() -> Outcome {
    let explainer = explainer()?;
    for (snippets, transition) in explainer.figures.iter().zip(["slide", "none", "fade"].into_iter().cycle())
    {
        let folder = deck(&element_slide(snippets)?, transition)?;
        explainer.visit(folder.path(), "", |page| {
            page.browser.wait::<bool>("return Boolean(customElements.get('divergence-figure'))", &[])?;
            page.frames(30)?;
            let awake = "return document.querySelectorAll('divergence-figure[ready]').length";
            assert_eq!(page.browser.run::<usize>(awake, &[])?, 0, "asleep while its slide is hidden");
            turn(page, keys::RIGHT, 1)?;
            page.browser
                .wait::<bool>("return document.querySelector('divergence-figure[ready]') !== null", &[])?;
            let figure = snippets.stand_in(page)?;
            assert_eq!(slide(page)?, 1, "the arrow key was the handle's");
            drags(&figure)?;
            let values = figure.values()?;
            away_and_back(page)?;
            assert_eq!(figure.values()?, values, "{} keeps its state", snippets.name);
            figure.agrees("shown again")
        })?;
    }
    Ok(())
}

fn a_figure_and_the_slides_share_the_keyboard() -> Outcome {
    let explainer = explainer()?;
    for snippets in &explainer.figures {
        let folder = deck(&element_slide(snippets)?, "none")?;
        explainer.visit(folder.path(), "", |page| {
            turn(page, keys::RIGHT, 1)?;
            let figure = snippets.stand_in(page)?;
            let dark = "return Reveal.isPaused() || Reveal.isOverview() || Reveal.isOverlayOpen()";
            let still = |what: &str| -> Outcome {
                assert_eq!(slide(page)?, 1, "{}: no slide turns by {what}", figure.name);
                assert!(!page.browser.run::<bool>(dark, &[])?, "{}: nor anything else", figure.name);
                Ok(())
            };
            // The content of a fold can be below the window, where it cannot be clicked.
            figure.run::<()>(
                "root.querySelectorAll('details').forEach((drawer) => (drawer.open = true))",
                &[],
            )?;
            for arrow in [keys::LEFT, keys::UP, keys::RIGHT, keys::DOWN] {
                figure.press(".handle:not([hidden])", arrow)?;
                still("an arrow on a handle")?;
            }
            // A full stop pauses a deck; Space and letters turn slides.
            figure.press("input[data-set]", ".5 nplhjkbf")?;
            still("what is typed")?;
            for (selector, key) in [("input[type=range]", keys::RIGHT), ("select", keys::DOWN)] {
                let script = "return root.querySelector(given[0]) !== null";
                if figure.run(script, &[json!(selector)])? {
                    figure.press(selector, key)?;
                    still(selector)?;
                }
            }
            figure.press("[data-embed]", " ")?;
            figure.wait::<bool>("return root.querySelector('dialog.embed') !== null", &[])?;
            still("Space on a button")?;
            page.browser.press(keys::ESCAPE)?;
            // A dialog closes in a later task.
            figure.wait::<bool>("return root.querySelector('dialog') === null", &[])?;
            still("Escape in a dialog")?;
            // Keys that a control does not use belong to the host.
            figure.press("[data-embed]", keys::RIGHT)?;
            assert_eq!(slide(page)?, 2, "an arrow on a button turns the slide");
            Ok(())
        })?;
    }
    Ok(())
}

fn a_frame_on_a_slide_starts_when_shown_and_keeps_its_state() -> Outcome {
    let explainer = explainer()?;
    for snippets in &explainer.figures {
        let folder = deck(snippets.text("reveal.js")?, "slide")?;
        explainer.visit(folder.path(), "", |page| {
            let frame: Element = page.browser.run("return document.querySelector('iframe')", &[])?;
            let awake = "return Boolean(document.querySelector('divergence-figure[ready]'))";
            page.frames(30)?;
            page.browser.enter_frame(&frame)?;
            assert!(!page.browser.run::<bool>(awake, &[])?, "asleep while its slide is hidden");
            page.browser.leave_frames()?;
            turn(page, keys::RIGHT, 1)?;
            let inside: bool = page.browser.run(
                "const { bottom, top } = arguments[0].getBoundingClientRect(); return top >= 0 && bottom <= innerHeight",
                &[json!(frame)],
            )?;
            assert!(inside, "the slide has room for the frame");
            page.browser.enter_frame(&frame)?;
            let figure = snippets.stand_in(page)?;
            let values = figure.values()?;
            page.browser.leave_frames()?;
            assert_eq!(slide(page)?, 1, "the arrow key was the handle's");
            away_and_back(page)?;
            page.browser.enter_frame(&frame)?;
            let figure = page.figure(&snippets.name)?;
            assert_eq!(figure.values()?, values, "{} keeps its state", snippets.name);
            figure.agrees("shown again")?;
            page.browser.leave_frames()
        })?;
    }
    Ok(())
}
