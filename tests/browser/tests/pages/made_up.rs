//! The made-up language, English with accents, reveals text that is in no language file, and places without
//! room for longer text.

use std::path::{Path, PathBuf};

use browser::Outcome;

use crate::trial::tests;
use crate::visit::{Page, visit_folder};

tests![
    no_word_is_outside_the_files_of_a_language_and_longer_ones_have_room not in [Firefox, WebKit]: "what is said is the same in every engine",
];

/// The build with the made-up language.
fn dist() -> Outcome<PathBuf> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/made-up/dist");
    let there = dist.join("qps/index.html").is_file();
    there
        .then_some(dist)
        .ok_or_else(|| "run `cargo xtask build --made-up`, as `cargo xtask test` does first".into())
}

/// Opens everything that can be opened without covering the rest.
const OPEN: &str = "document.querySelectorAll('[data-exercises], [data-exercises] details').forEach((box) => (box.open = true));
    document.querySelectorAll('divergence-figure').forEach((figure) =>
      figure.shadowRoot.querySelectorAll('details:not(.menu)').forEach((box) => (box.open = true)));
    return !document.querySelector('[data-exercises]') || document.querySelectorAll('[data-exercises] li').length > 3";

/// Words without an accent that should have one, in visible text and text for screen readers. Code, formulas,
/// scripts, and names of keys and languages are excluded.
const LEFT: &str = "const found = new Set();
    const look = (text, where) => (text?.match(/[A-Za-z]{3,}/g) ?? [])
      .filter((word) => /[aeiouy]/i.test(word)).forEach((word) => found.add(`${word} in ${where}`));
    const visit = (root) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const { parentElement, data } = texts.currentNode;
        if (!parentElement?.closest('style, script, noscript, template, math, code, kbd, textarea, a[data-language]')) {
          look(data, parentElement?.localName);
        }
      }
      for (const part of root.querySelectorAll('*')) {
        ['aria-label', 'aria-valuetext', 'title', 'placeholder'].forEach((name) => look(part.getAttribute(name), name));
        if (part.shadowRoot) { visit(part.shadowRoot); }
      }
    };
    visit(document.body);
    document.querySelectorAll('divergence-figure').forEach((one) => {
      const drawing = new DOMParser().parseFromString(one.figure.svg(700, 'light'), 'image/svg+xml');
      drawing.querySelectorAll('text, title, desc').forEach((text) => look(text.textContent, 'the drawing'));
    });
    return [...found]";

/// What extends beyond the window, except elements that scroll and handles outside the visible part of a
/// drawing.
const WIDE: &str = "const found = [];
    const visit = (root) => root.querySelectorAll('*').forEach((part) => {
      const { right, width } = part.getBoundingClientRect();
      if (width > 1 && right > innerWidth + 1 && !part.closest('math, p:has(> math), .wide, pre, thead, .handle')) {
        found.push(`${part.localName}.${part.className} ${Math.round(right)}`);
      }
      if (part.shadowRoot) { visit(part.shadowRoot); }
    });
    visit(document.body);
    return [document.documentElement.scrollWidth, found]";

fn fits(page: &Page, what: &str) -> Outcome {
    for width in [1440, 768, 375, 320] {
        page.browser.resize(width, 900, 1.0)?;
        page.frames(4)?;
        let (scrolled, wide): (u32, Vec<String>) = page.browser.run(WIDE, &[])?;
        assert!(scrolled <= width && wide.is_empty(), "{what} at {width} px: {scrolled} px, {wide:?}");
    }
    Ok(())
}

fn no_word_is_outside_the_files_of_a_language_and_longer_ones_have_room() -> Outcome {
    visit_folder(&dist()?, "qps/", |page| {
        for figure in page.figures() {
            figure?;
        }
        page.browser.wait::<bool>(OPEN, &[])?;
        page.browser.press("?")?;
        page.browser.wait::<bool>("return document.querySelector('dialog.help[open]') !== null", &[])?;
        let left: Vec<String> = page.browser.run(LEFT, &[])?;
        assert_eq!(left, Vec::<String>::new(), "all words have accents");
        page.browser.run::<()>("document.querySelector('dialog.help').close()", &[])?;
        fits(page, "the explainer")?;
        for path in ["qps/teaching.html", "qps/handout.html", "qps/kl-fit.html"] {
            page.go(path)?;
            fits(page, path)?;
        }
        page.go("qps/?view=lecture")?;
        page.browser.wait::<bool>(
            "return document.querySelector('.lecture divergence-figure[ready]') !== null",
            &[],
        )?;
        page.browser.resize(1024, 768, 1.0)?;
        page.frames(4)?;
        let (scrolled, wide): (u32, Vec<String>) = page.browser.run(WIDE, &[])?;
        assert!(scrolled <= 1024 && wide.is_empty(), "the lecture: {scrolled} px, {wide:?}");
        Ok(())
    })
}
