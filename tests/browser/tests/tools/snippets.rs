//! The snippets that the dialog "Embed" gives authors, taken from the served page by pressing its buttons.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use browser::specimens::SPECIMENS;
use browser::{Element, Links, Outcome, Site};

use crate::figure::Figure;
use crate::visit::{Page, dist, home, look, look_at};

/// A specimen in its last example, and the dialog's snippets for it.
pub(crate) struct Snippets {
    pub(crate) name: String,
    /// The value of every parameter.
    values: Vec<(String, String)>,
    /// The text of each snippet, by the label of its button.
    texts: BTreeMap<String, String>,
    /// The picture that "PNG" saves.
    poster: Vec<u8>,
}

/// The explainer, served while the tests run, and the specimens' snippets.
pub(crate) struct Explainer {
    address: String,
    pub(crate) figures: Vec<Snippets>,
    _site: Site,
}

/// The explainer as authors find it on the web.
pub(crate) fn explainer() -> Outcome<&'static Explainer> {
    static EXPLAINER: OnceLock<Result<Explainer, String>> = OnceLock::new();
    let explainer = EXPLAINER.get_or_init(|| Explainer::open().map_err(|error| error.to_string()));
    explainer.as_ref().map_err(|error| error.clone().into())
}

/// Removes the focus from the focused element, which may be in a figure.
pub(crate) fn blur(page: &Page) -> Outcome {
    let script = "let focused = document.activeElement;
        while (focused?.shadowRoot?.activeElement) { focused = focused.shadowRoot.activeElement; }
        focused?.blur()";
    page.browser.run(script, &[])
}

impl Explainer {
    fn open() -> Outcome<Self> {
        let site = Site::open(&dist(), 0, Links::Followed)?;
        let mut figures = Vec::new();
        for name in SPECIMENS {
            look_at(site.address(), &home(name), |page| {
                figures.push(Snippets::read(&page.figure(name)?)?);
                Ok(())
            })?;
        }
        Ok(Self { address: site.address(), figures, _site: site })
    }

    /// The snippets of `kind` of all figures, separated by empty lines.
    pub(crate) fn all(&self, kind: &str) -> Outcome<String> {
        let texts: Outcome<Vec<_>> = self.figures.iter().map(|figure| figure.text(kind)).collect();
        Ok(texts?.join("\n\n"))
    }

    /// Puts the figures' pictures into `folder`, where the snippets expect them.
    pub(crate) fn put_posters(&self, folder: &Path) -> Outcome {
        for figure in &self.figures {
            fs::write(folder.join(format!("{}.png", figure.name)), &figure.poster)?;
        }
        Ok(())
    }

    /// Opens `path` of the notes in `folder`. Requests to the notes and the explainer are allowed, and no
    /// others.
    pub(crate) fn visit(&self, folder: &Path, path: &str, test: impl FnOnce(&Page) -> Outcome) -> Outcome {
        // Browsers request this file for any page.
        fs::write(folder.join("favicon.ico"), "")?;
        let notes = Site::open(folder, 0, Links::Followed)?;
        look(notes.address(), Some(self.address.clone()), path, |page| {
            let place = "return [document.activeElement === document.body, scrollY === 0]";
            assert_eq!(page.browser.run::<[bool; 2]>(place, &[])?, [true; 2], "focus and place stay");
            test(page)
        })
    }

    /// Fails unless the page has all figures, each in the state of its snippet. They are in the frames that
    /// match `frames`, in order, or they are elements.
    pub(crate) fn shown(&self, page: &Page, frames: Option<&str>) -> Outcome {
        for (index, snippets) in self.figures.iter().enumerate() {
            if let Some(selector) = frames {
                let script = "const frame = document.querySelectorAll(arguments[0])[arguments[1]];
                    frame.scrollIntoView({ block: 'center', behavior: 'instant' });
                    return frame";
                let frame: Element = page.browser.run(script, &[selector.into(), index.into()])?;
                page.browser.enter_frame(&frame)?;
                snippets.stand_in(page)?;
                page.browser.leave_frames()?;
            } else {
                snippets.stand_in(page)?;
            }
        }
        Ok(())
    }
}

impl Snippets {
    fn read(figure: &Figure<'_>) -> Outcome<Self> {
        figure.click("[data-preset]:last-child")?;
        figure.settle()?;
        let png = "const blob = await element.toPNG(); return [...new Uint8Array(await blob.arrayBuffer())]";
        let poster = figure.run(&format!("return (async () => {{ {png} }})()"), &[])?;
        figure.embed()?;
        let script = "
            const texts = {};
            for (const chip of root.querySelectorAll('.embed .chips button')) {
              chip.click();
              texts[chip.textContent] = root.querySelector('.embed textarea').value;
            }
            return texts";
        let texts = figure.run(script, &[])?;
        figure.page.browser.press(browser::keys::ESCAPE)?;
        Ok(Self { name: figure.name.clone(), values: figure.values()?, texts, poster })
    }

    /// A snippet of this specimen.
    pub(crate) fn text(&self, kind: &str) -> Outcome<&str> {
        let text = self.texts.get(kind).ok_or_else(|| format!("the dialog has no snippet “{kind}”"))?;
        Ok(text)
    }

    /// Fails unless the figure runs on `page`, in the state of its snippet, and can be used.
    pub(crate) fn stand_in<'a>(&self, page: &'a Page) -> Outcome<Figure<'a>> {
        let there =
            format!("return Boolean(document.querySelector('divergence-figure[name={}]'))", self.name);
        page.browser.wait::<bool>(&there, &[])?;
        let figure = page.figure(&self.name)?;
        assert_eq!(figure.values()?, self.values, "{} as it stood", self.name);
        figure.agrees("in somebody's notes")?;
        let before = figure.drawing()?;
        figure.press(".handle:not([hidden])", browser::keys::RIGHT)?;
        figure.agrees("a handle moved in somebody's notes")?;
        assert_ne!(figure.values()?, self.values, "{}: an arrow key moves a handle", self.name);
        assert_ne!(figure.drawing()?, before, "{}: and that is seen", self.name);
        Ok(figure)
    }
}
