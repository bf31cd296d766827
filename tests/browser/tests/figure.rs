//! A figure on a page: the actions of a reader, and what the figure then shows.

use std::time::{Duration, Instant};

use browser::{Element, Outcome, keys};
use explainer::book;
use explainer::figure::parameter::Spec;
use explainer::figure::{Live, Preset};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::visit::Page;

/// Whether the number `shown` on the page is the library's `own`.
///
/// The page runs the same code on other hardware, which may fuse multiplication and addition. The last digits
/// can differ, and all digits where large terms cancel, as in a slope that is 0 by symmetry.
pub(crate) fn same(shown: f64, own: f64) -> bool {
    same_to(1e-9, shown, own)
}

/// Like [`same`], with another relative `tolerance`.
pub(crate) fn same_to(tolerance: f64, shown: f64, own: f64) -> bool {
    shown == own || shown.is_nan() && own.is_nan() || (shown - own).abs() <= tolerance * own.abs() + 1e-15
}

/// A running figure on a page.
pub(crate) struct Figure<'a> {
    pub(crate) page: &'a Page,
    pub(crate) name: String,
}

/// A readout.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Shown {
    pub(crate) key: String,
    /// The value in digits, because JSON has no infinity.
    pub(crate) value: String,
    pub(crate) text: String,
}

/// The ring of a handle, in CSS pixels of the window.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Ring {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) horizontal: bool,
    pub(crate) vertical: bool,
    pub(crate) twin: bool,
    pub(crate) fixed: bool,
    pub(crate) name: String,
    pub(crate) value: String,
    /// Whether no other ring covers its middle.
    pub(crate) free: bool,
}

impl<'a> Figure<'a> {
    /// Scrolls to the figure `name` and waits until it runs.
    pub(crate) fn wake(page: &'a Page, name: &str) -> Outcome<Self> {
        let figure = Self { page, name: name.to_owned() };
        // This scrolls to the drawing, because the figure may be higher than the window.
        let stage = "element.shadowRoot?.querySelector('.stage') ?? element";
        let scroll = format!("({stage}).scrollIntoView({{ block: 'center', behavior: 'instant' }})");
        // In the single file the figure may be on a hidden page, which its fragment shows.
        let turn = "if (element.closest('.away')) { location.hash = `#${name}`; }";
        figure.run::<()>(turn, &[])?;
        figure.wait::<bool>("return !element.closest('.away')", &[])?;
        // Late layout above the figure may move it out of sight again, and then it does not start.
        let near = format!("return element.hasAttribute('ready') || ({scroll}, false)");
        figure.wait::<bool>(&near, &[])?;
        // Figures that are unpacked late would move those below from under the pointer. They are unpacked
        // after the reader's first input.
        figure.run::<()>("dispatchEvent(new Event('scroll'))", &[])?;
        let still = "return document.documentElement.dataset.view !== undefined
            || [...document.querySelectorAll('[data-explainer=page] divergence-figure')].every(({ shadowRoot }) =>
              !shadowRoot?.querySelector('.controls > template'))";
        figure.wait::<bool>(still, &[])?;
        figure.run::<()>(&scroll, &[])?;
        // Controls also send change events, which have no detail.
        let listen = "if (!element.listened) {
            element.listened = true;
            element.addEventListener('change', ({ detail }) => { element.told = detail?.readouts ?? element.told; });
            element.invalidate();
          }";
        figure.run::<()>(listen, &[])?;
        figure.settle()?;
        Ok(figure)
    }

    /// Runs `script` with `element`, its shadow root `root`, its `figure` in the wasm, and `given`.
    pub(crate) fn run<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        self.page.browser.run(&self.script(script), &self.arguments(given))
    }

    /// Runs `script` in every frame until the result is true.
    pub(crate) fn wait<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        self.page.browser.wait(&self.script(script), &self.arguments(given))
    }

    fn script(&self, script: &str) -> String {
        format!(
            "const [name, ...given] = arguments;
             const element = document.querySelector(`divergence-figure[name=\"${{name}}\"]`);
             const {{ shadowRoot: root, figure }} = element;
             {script}"
        )
    }

    fn arguments(&self, given: &[Value]) -> Vec<Value> {
        std::iter::once(json!(self.name)).chain(given.iter().cloned()).collect()
    }

    /// Waits until the last change is painted and the axes are at rest.
    pub(crate) fn settle(&self) -> Outcome {
        self.page.frames(2)?;
        if let Err(error) = self.wait::<bool>("return !figure.tick(0)", &[]) {
            let script = "const { left, top, width, height } = element.getBoundingClientRect();
                return `${width} × ${height} at ${left}, ${top} in ${innerWidth} × ${innerHeight},
                    drawn ${element.drawnWidth} wide, shown: ${element.checkVisibility()}, page ${document.visibilityState}`";
            let place: String = self.run(script, &[])?;
            return Err(format!("{} does not come to rest: {error}\n{place}", self.name).into());
        }
        self.page.frames(1)
    }

    /// The figure in the library, with its defaults.
    pub(crate) fn library(&self) -> Outcome<Live> {
        book::make(&self.name).ok_or_else(|| format!("the library has no figure {}", self.name).into())
    }

    /// The figure in the library, with the values of the page's controls.
    pub(crate) fn twin(&self) -> Outcome<Live> {
        let mut twin = self.library()?;
        for (key, value) in self.values()? {
            twin.set(&key, &value).map_err(|problem| format!("{}: {problem:?}", self.name))?;
        }
        Ok(twin)
    }

    /// The value of every parameter, as text.
    pub(crate) fn values(&self) -> Outcome<Vec<(String, String)>> {
        self.run("return figure.state().controls.map(({ key, value }) => [key, value])", &[])
    }

    /// The value of one parameter, as text.
    pub(crate) fn value(&self, key: &str) -> Outcome<String> {
        self.run("return figure.get(given[0])", &[json!(key)])
    }

    /// The readouts that the figure reported last.
    pub(crate) fn told(&self) -> Outcome<Vec<Shown>> {
        self.run(
            "return element.told.map(({ key, value, text }) => ({ key, value: String(value), text }))",
            &[],
        )
    }

    /// Fails unless the readouts reported last are those that the library computes for the same parameters.
    pub(crate) fn agrees(&self, after: &str) -> Outcome {
        self.agrees_to(1e-9, after)
    }

    /// Like [`Self::agrees`], with another relative `tolerance`.
    pub(crate) fn agrees_to(&self, tolerance: f64, after: &str) -> Outcome {
        self.settle()?;
        let (told, twin) = (self.told()?, self.twin()?);
        let own = twin.readouts();
        assert_eq!(
            told.iter().map(|shown| shown.key.as_str()).collect::<Vec<_>>(),
            own.iter().map(|readout| readout.key).collect::<Vec<_>>(),
            "{}, {after}: the readouts",
            self.name
        );
        for (shown, readout) in told.iter().zip(own) {
            let value: f64 = shown.value.parse()?;
            // Three hundred steps from an unstable point amplify a difference in the last digits.
            let near = readout.key.ends_with("-end-mean") && (value - readout.value).abs() < 1e-9;
            assert!(
                same_to(tolerance, value, readout.value) || near,
                "{}, {after}: {} is {} on the page and {} in the library, with {:?}",
                self.name,
                shown.key,
                shown.value,
                readout.value,
                twin.changed()
            );
        }
        Ok(())
    }

    /// The first element of the figure that matches `selector`. Whatever hides it is opened by a click.
    pub(crate) fn find(&self, selector: &str) -> Outcome<Element> {
        let hidden =
            "return root.querySelector(given[0])?.closest('details:not([open])')?.querySelector('summary')";
        if let Some(summary) = self.run::<Option<Element>>(hidden, &[json!(selector)])? {
            self.page.browser.click(&summary)?;
        }
        let found: Option<Element> = self.run("return root.querySelector(given[0])", &[json!(selector)])?;
        found.ok_or_else(|| format!("{} has no {selector}", self.name).into())
    }

    /// Presses the button that matches `selector`.
    pub(crate) fn click(&self, selector: &str) -> Outcome {
        self.page.browser.click(&self.find(selector)?)
    }

    /// Focuses the element that matches `selector` and presses `keys`.
    pub(crate) fn press(&self, selector: &str, keys: &str) -> Outcome {
        self.find(selector)?;
        self.run::<()>("root.querySelector(given[0]).focus()", &[json!(selector)])?;
        self.page.browser.press(keys)
    }

    /// Replaces the text in the number box of `key` by `text` and presses Enter.
    pub(crate) fn type_in(&self, key: &str, text: &str) -> Outcome {
        let selector = format!("input[data-set=\"{key}\"]");
        self.click(&selector)?;
        self.run::<()>("root.querySelector(given[0]).select()", &[json!(selector)])?;
        self.page.browser.press(text)?;
        self.page.browser.press(keys::ENTER)
    }

    /// Clicks on an example and waits until the figure has its values.
    pub(crate) fn choose(&self, preset: &Preset) -> Outcome {
        self.click(&format!("[data-preset=\"{}\"]", preset.name))?;
        let taken = "return given[0].every(([key, value]) => figure.get(key) === value)";
        self.wait::<bool>(taken, &[json!(preset.values)]).map(drop)
    }

    /// Uses the figure as a reader does, and calls `then` after each action: the start; the last example, by
    /// mouse; a slider, a handle and the last step, by keyboard; Reset, which must restore the start. Fails
    /// if an action changes nothing.
    pub(crate) fn work(&self, mut then: impl FnMut(&str) -> Outcome) -> Outcome {
        let library = self.library()?;
        then("waking up")?;
        let begin = self.values()?;
        self.choose(library.presets().last().ok_or("every figure has examples")?)?;
        then("an example")?;
        let slides = |spec: &&Spec| spec.kind.positions().is_some() && Some(spec.key) != library.steps();
        if let Some(spec) = library.specs().iter().find(slides) {
            let at_end = spec.kind.position_of(&self.value(spec.key)?) == spec.kind.positions();
            let key = if at_end { keys::LEFT } else { keys::RIGHT };
            self.changes_by(&format!("input[data-slide=\"{}\"]", spec.key), key)?;
            then("a slider")?;
        }
        if let Some(ring) = self.rings()?.iter().find(|ring| !ring.fixed) {
            let key = if ring.horizontal { keys::RIGHT } else { keys::UP };
            self.changes_by(".handle:not([hidden])", key)?;
            then("a handle")?;
        }
        if let Some(key) = library.steps() {
            self.changes_by(&format!("input[data-slide=\"{key}\"]"), keys::END)?;
            then("the last step")?;
        }
        self.click("[data-reset]")?;
        then("Reset")?;
        assert_eq!(self.values()?, begin, "{}: Reset leads back", self.name);
        let drawn = "
            const canvas = root.querySelector('canvas');
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size";
        let colours: usize = self.run(drawn, &[])?;
        assert!(colours > 50, "{}: {colours} colours are drawn", self.name);
        Ok(())
    }

    /// Presses `key` on the element that matches `selector`, and waits until a parameter changes.
    fn changes_by(&self, selector: &str, key: &str) -> Outcome {
        let now = "JSON.stringify(figure.state().controls.map(({ value }) => value))";
        let before: String = self.run(&format!("return {now}"), &[])?;
        self.press(selector, key)?;
        self.wait::<bool>(&format!("return {now} !== given[0]"), &[json!(before)])
            .map(drop)
            .map_err(|error| format!("{}: a key on {selector}: {error}", self.name).into())
    }

    /// The rings of all handles.
    pub(crate) fn rings(&self) -> Outcome<Vec<Ring>> {
        let script = "
            const layer = root.querySelector('.handles');
            const box = layer.getBoundingClientRect();
            return figure.handles(element.drawnWidth).map((view, index) => {
              const [x, y] = [box.left + view.x, box.top + view.y];
              return { ...view, x, y, free: root.elementFromPoint(x, y) === layer.children[index] };
            })";
        self.run(script, &[])
    }

    /// Drags ring `index` by this many pixels, in three moves.
    pub(crate) fn drag(&self, index: usize, right: f64, down: f64) -> Outcome {
        let ring = &self.rings()?[index];
        let part = |part: f64| (ring.x + part * right, ring.y + part * down);
        self.page.browser.drag(&[part(0.0), part(0.3), part(0.7), part(1.0)])
    }

    /// Saves the figure as `kind` and returns the content of the file once it is complete.
    pub(crate) fn save(&self, kind: &str) -> Outcome<Vec<u8>> {
        self.click(&format!("[data-save={kind}]"))?;
        let path = self.page.browser.downloads().join(format!("{}.{kind}", self.name));
        let begin = Instant::now();
        // Chromium writes under another name and renames the complete file. Firefox creates an empty file
        // first, and WebKit writes into the file piece by piece.
        let mut sizes = [0; 4];
        while sizes[0] == 0 || sizes.iter().any(|size| *size != sizes[0]) {
            if begin.elapsed() > Duration::from_secs(60) {
                return Err(format!("{} was not saved", path.display()).into());
            }
            std::thread::sleep(Duration::from_millis(50));
            sizes.rotate_right(1);
            sizes[0] = path.metadata().map_or(0, |file| file.len());
        }
        Ok(std::fs::read(path)?)
    }

    /// Opens the dialog with snippets. Its script comes when it is first asked for.
    pub(crate) fn embed(&self) -> Outcome {
        self.click("[data-embed]")?;
        self.wait::<bool>("return root.querySelector('dialog.embed[open]') !== null", &[]).map(drop)
    }

    /// A hash of the drawing.
    pub(crate) fn drawing(&self) -> Outcome<String> {
        // The pixels are hashed, because a PNG from Firefox contains a number that differs between sessions.
        let script = "
            const canvas = root.querySelector('canvas');
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            const hash = await crypto.subtle.digest('SHA-1', data);
            return [...new Uint8Array(hash)].join()";
        self.run(&format!("return (async () => {{ {script} }})()"), &[])
    }

    /// The visible messages about what could not be used.
    pub(crate) fn problems(&self) -> Outcome<Vec<String>> {
        let script = "return [...root.querySelectorAll('.problems li')]
            .filter((item) => item.checkVisibility() && item.getBoundingClientRect().height > 0)
            .map((item) => item.innerText)";
        self.run(script, &[])
    }

    /// Waits until the address has the parameters that differ from the defaults, and no others of this
    /// figure.
    pub(crate) fn address_follows(&self) -> Outcome {
        let script = "
            const own = [...new URLSearchParams(location.search)].filter(([key]) => key.startsWith(`${name}.`));
            const wanted = figure.state().changed.map(([key, value]) => [`${name}.${key}`, value]);
            return JSON.stringify(own) === JSON.stringify(wanted)";
        self.wait::<bool>(script, &[]).map(drop)
    }
}
