//! axe-core finds nothing on any page, in any view or dialog, language or theme.

use browser::specimens::SPECIMENS;
use browser::{Outcome, Reader, keys, tools};
use serde_json::{Value, json};

use crate::trial::tests;
use crate::visit::{Page, pages, stories, visit_as, visit_file};

tests![
    the_explainer_in_light,
    the_explainer_in_dark,
    figures_on_phones,
    other_views_on_phones,
    the_lecture_in_every_theme,
    the_speaker_s_window,
    the_guide_and_the_pages_of_chapters,
    every_figure_alone,
    the_single_file,
];

/// A reader with reduced motion, so that everything is visible at once. There is one with light and one with
/// dark pages.
pub(crate) const LIGHT: Reader = Reader { dark: false, calm: true, ratio: 1.0 };
pub(crate) const DARK: Reader = Reader { dark: true, calm: true, ratio: 1.0 };

/// Returns axe's findings, one line for each element. The first argument requires a contrast of 7 to 1; the
/// second names another window to look at.
const FIND: &str = "const [enhanced, name] = arguments;
  const { axe, document } = window[name] ?? window;
  const rules = { 'target-size': { enabled: true }, 'color-contrast-enhanced': { enabled: enhanced } };
  return axe.run(document, { resultTypes: ['violations'], rules })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`)))";

/// Checks pages one after another and collects what is wrong.
pub(crate) struct Inspector {
    axe: String,
    /// Whether text must have a contrast of 7 to 1.
    enhanced: bool,
    looked: u32,
    faults: Vec<String>,
}

impl Inspector {
    pub(crate) fn new() -> Outcome<Self> {
        let script = tools::npm()?.join("node_modules/axe-core/axe.min.js");
        Ok(Self { axe: std::fs::read_to_string(script)?, enhanced: false, looked: 0, faults: Vec::new() })
    }

    /// An inspector that requires high contrast.
    pub(crate) fn of_contrast() -> Outcome<Self> {
        Ok(Self { enhanced: true, ..Self::new()? })
    }

    /// Checks the page as it is now.
    pub(crate) fn look(&mut self, page: &Page, what: &str) -> Outcome {
        self.look_into(page, "", what)
    }

    /// Checks the window that the page has opened under `name`, or the page itself.
    fn look_into(&mut self, page: &Page, name: &str, what: &str) -> Outcome {
        page.frames(3)?;
        let axe = json!(self.axe);
        let load = "const [axe, name] = arguments; const other = window[name] ?? window; other.axe || other.eval(axe)";
        page.browser.run::<Value>(load, &[axe, json!(name)]).map(drop)?;
        let found: Vec<String> = page.browser.run(FIND, &[json!(self.enhanced), json!(name)])?;
        self.faults.extend(found.into_iter().map(|fault| format!("{what}: {fault}")));
        self.looked += 1;
        Ok(())
    }

    /// Fails if anything was wrong on any page.
    pub(crate) fn done(self) -> Outcome {
        assert!(self.looked > 0, "it has looked at something");
        assert!(self.faults.is_empty(), "{} faults\n{}", self.faults.len(), self.faults.join("\n"));
        Ok(())
    }
}

/// Starts every figure on the page.
pub(crate) fn wake(page: &Page) -> Outcome {
    for figure in page.figures() {
        figure?;
    }
    page.browser.run("scrollTo(0, 0)", &[])
}

fn run(page: &Page, script: &str) -> Outcome {
    page.browser.run(script, &[])
}

/// Waits until an element matches `selector`.
pub(crate) fn wait(page: &Page, selector: &str) -> Outcome {
    page.browser
        .wait::<bool>("return document.querySelector(arguments[0]) !== null", &[json!(selector)])
        .map(drop)
}

/// Opens everything that can be opened, and gives every figure a task with a mistake in it.
const OPEN_ALL: &str = "document.querySelectorAll('[data-exercises], [data-exercises] details').forEach((box) => (box.open = true));
    for (const figure of document.querySelectorAll('divergence-figure')) {
      figure.shadowRoot.querySelectorAll('details:not(.menu)').forEach((box) => (box.open = true));
      const [first, second, third] = figure.readouts;
      figure.setAttribute('guess', first.key);
      figure.setAttribute('goal', `${second.key} < 5`);
      figure.setAttribute('veil', third.key);
      figure.setAttribute('ask', 'Why?');
      figure.setAttribute('hide', 'nothing');
    }
    return !document.querySelector('[data-exercises]') || document.querySelectorAll('[data-exercises] li').length > 3";

fn look_at_explainer(reader: Reader) -> Outcome {
    let mut inspector = Inspector::new()?;
    for path in pages()?.iter().flat_map(|folder| stories(folder)) {
        visit_as(reader, &path, |page| {
            let at = |what: &str| format!("/{path}, {what}, dark: {}", reader.dark);
            wake(page)?;
            inspector.look(page, &at("as it opens"))?;
            page.browser.press("?")?;
            wait(page, "dialog.help[open]")?;
            inspector.look(page, &at("its keys"))?;
            run(page, "document.querySelector('dialog.help').close()")?;
            page.browser.wait::<bool>(OPEN_ALL, &[])?;
            inspector.look(page, &at("all open"))?;
            for (opener, opened) in [
                ("[data-embed]", "dialog.embed[open]"),
                ("[data-part=sound] summary", "[data-part=sound][open]"),
            ] {
                let root = "document.querySelector('divergence-figure').shadowRoot";
                run(page, &format!("{root}.querySelector(\"{opener}\").click()"))?;
                let open = format!("return {root}.querySelector(\"{opened}\") !== null");
                page.browser.wait::<bool>(&open, &[])?;
                inspector.look(page, &at(opener))?;
                run(
                    page,
                    "document.querySelector('divergence-figure').shadowRoot.querySelector('dialog')?.close()",
                )?;
            }
            Ok(())
        })?;
    }
    inspector.done()
}

fn the_explainer_in_light() -> Outcome {
    look_at_explainer(LIGHT)
}

fn the_explainer_in_dark() -> Outcome {
    look_at_explainer(DARK)
}

/// The widths of phones, in CSS pixels.
const PHONES: [u32; 2] = [320, 412];

fn figures_on_phones() -> Outcome {
    let mut inspector = Inspector::new()?;
    for path in pages()?.iter().flat_map(|folder| stories(folder)) {
        visit_as(LIGHT, &path, |page| {
            for width in PHONES {
                page.browser.resize(width, 740, 1.0)?;
                wake(page)?;
                // Sticky elements at the window's edge cover what is there until the reader scrolls on.
                page.browser.run::<()>(
                    "for (const { shadowRoot } of document.querySelectorAll('divergence-figure')) {
                       const bar = shadowRoot.querySelector('.controls > .buttons');
                       if (bar) bar.style.position = 'static';
                     }",
                    &[],
                )?;
                inspector.look(page, &format!("/{path} on a screen of {width} px"))?;
            }
            Ok(())
        })?;
    }
    inspector.done()
}

fn other_views_on_phones() -> Outcome {
    let mut inspector = Inspector::new()?;
    for folder in pages()? {
        for name in ["?view=lecture", "teaching.html", "handout.html"] {
            let path = format!("{folder}{name}");
            visit_as(LIGHT, &path, |page| {
                for width in PHONES {
                    page.browser.resize(width, 740, 1.0)?;
                    if name.starts_with('?') {
                        wait(page, ".lecture divergence-figure[ready]")?;
                    }
                    inspector.look(page, &format!("{path} on a screen of {width} px"))?;
                }
                Ok(())
            })?;
        }
    }
    inspector.done()
}

fn the_lecture_in_every_theme() -> Outcome {
    let mut inspector = Inspector::new()?;
    for folder in pages()? {
        for theme in ["light", "dark", "contrast-light", "contrast-dark"] {
            visit_as(LIGHT, &format!("{folder}?view=lecture&theme={theme}"), |page| {
                let at = |what: &str| format!("{folder}?view=lecture, {theme}, {what}");
                wait(page, ".lecture divergence-figure[ready]")?;
                inspector.look(page, &at("as it opens"))?;
                page.browser.press("c")?;
                inspector.look(page, &at("with controls"))?;
                for (key, dialog) in [("?", "its keys"), ("e", "its editor")] {
                    page.browser.press(key)?;
                    wait(page, ".lecture dialog[open]")?;
                    inspector.look(page, &at(dialog))?;
                    run(page, "document.querySelector('.lecture dialog').close()")?;
                }
                Ok(())
            })?;
        }
    }
    inspector.done()
}

fn the_speaker_s_window() -> Outcome {
    let mut inspector = Inspector::new()?;
    for folder in pages()? {
        for theme in ["light", "dark"] {
            visit_as(LIGHT, &format!("{folder}?view=lecture&theme={theme}"), |page| {
                wait(page, ".lecture divergence-figure[ready]")?;
                let keep =
                    "const open = window.open; window.open = (...given) => (window.second = open(...given))";
                run(page, keep)?;
                page.browser.press("s")?;
                let filled = "return window.second?.document.querySelector('.picture svg') && second.document.documentElement.dataset.theme";
                let shown: String = page.browser.wait(filled, &[])?;
                assert_eq!(shown, theme, "it looks like the lecture");
                inspector.look_into(page, "second", &format!("{folder}, the speaker's window, {theme}"))?;
                page.browser.press(keys::ESCAPE)?;
                page.browser.wait::<bool>("return second.closed", &[]).map(drop)
            })?;
        }
    }
    inspector.done()
}

fn the_guide_and_the_pages_of_chapters() -> Outcome {
    let mut inspector = Inspector::new()?;
    for reader in [LIGHT, DARK] {
        for folder in pages()? {
            for name in ["teaching", "handout"] {
                let path = format!("{folder}{name}.html");
                visit_as(reader, &path, |page| inspector.look(page, &path))?;
            }
        }
    }
    inspector.done()
}

fn every_figure_alone() -> Outcome {
    let mut inspector = Inspector::new()?;
    for reader in [LIGHT, DARK] {
        for lang in ["en", "zh"] {
            for name in SPECIMENS.into_iter().chain(["nonsense"]) {
                let path = format!("figure.html?figure={name}&lang={lang}");
                visit_as(reader, &path, |page| {
                    let there = "const [name] = arguments;
                        const figure = document.querySelector('divergence-figure');
                        return figure.hasAttribute('ready') || name === 'nonsense' && figure.shadowRoot.querySelector('.problems li') !== null";
                    page.browser.wait::<bool>(there, &[json!(name)])?;
                    inspector.look(page, &path)?;
                    let keys = "const figure = document.querySelector('divergence-figure');
                        figure.shadowRoot.querySelector('button')?.focus();
                        return figure.hasAttribute('ready')";
                    if page.browser.run(keys, &[])? {
                        page.browser.press("?")?;
                        inspector.look(page, &format!("{path}, its keys"))?;
                    }
                    Ok(())
                })?;
            }
        }
    }
    inspector.done()
}

fn the_single_file() -> Outcome {
    let mut inspector = Inspector::new()?;
    for lang in ["en", "zh"] {
        for part in ["", "#no-overlap", "#teaching", "#handout"] {
            let query = format!("?lang={lang}{part}");
            visit_file(&query, |page| {
                if part.is_empty() {
                    wake(page)?;
                }
                inspector.look(page, &query)
            })?;
        }
    }
    inspector.done()
}
