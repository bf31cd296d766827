//! Enlarged pages: at 400 % in a window of the same size, with text of twice the size, and with widely spaced
//! text.

use browser::specimens::SPECIMENS;
use browser::{Outcome, keys};
use explainer::figure::parameter::Kind;
use serde_json::json;

use super::axe::{LIGHT, wait};
use super::keyboard::walk;
use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{Page, home, on_specimens, pages, visit_as};

tests![
    at_400_percent_nothing_is_out_of_the_window_or_cut_off,
    at_400_percent_every_control_is_reached_and_works,
    at_400_percent_every_control_is_reached_and_works_in_chinese,
    at_400_percent_a_lecture_is_read_and_given,
    at_twice_the_size_text_has_room,
    text_doubles_where_the_reader_doubles_it,
    the_words_of_drawings_grow_as_promised,
    text_set_wide_has_room,
];

/// The size in CSS pixels of a window of 1280 × 1024 pixels at 400 %.
const ZOOMED: (u32, u32) = (320, 256);

/// Returns the number of places checked, followed by the faults in the page's layout.
const LAYOUT: &str = include_str!("layout.js");

/// Adds styles to the page and to all its shadow roots.
const DRESS: &str = "const [css] = arguments;
    const dress = (root) => {
      if (!root.querySelector('[data-dress]')) {
        const style = Object.assign(document.createElement('style'), { textContent: css });
        style.dataset.dress = '';
        (root.head ?? root).append(style);
      }
      root.querySelectorAll('*').forEach((part) => part.shadowRoot && dress(part.shadowRoot));
    };
    dress(document)";

/// Opens everything that can be opened without covering the rest.
const OPEN: &str = "document.querySelectorAll('[data-exercises], [data-exercises] details').forEach((box) => (box.open = true));
    document.querySelectorAll('divergence-figure').forEach((figure) =>
      figure.shadowRoot.querySelectorAll('details:not(.menu)').forEach((box) => (box.open = true)));
    return !document.querySelector('[data-exercises]') || document.querySelectorAll('[data-exercises] li').length > 3";

/// Checks pages one after another with the same styles added, and collects what is wrong.
struct Surveyor<'a> {
    page: &'a Page,
    styles: &'a str,
    looked: u32,
    faults: Vec<String>,
}

impl<'a> Surveyor<'a> {
    fn new(page: &'a Page, styles: &'a str) -> Self {
        Self { page, styles, looked: 0, faults: Vec::new() }
    }

    fn go(&self, path: &str) -> Outcome {
        self.page.go(path)?;
        self.dress()
    }

    fn dress(&self) -> Outcome {
        self.page.browser.run::<()>(DRESS, &[json!(self.styles)])?;
        self.page.frames(4)
    }

    fn look(&mut self, what: &str) -> Outcome {
        self.dress()?;
        let (places, faults): (u32, Vec<String>) = self.page.browser.run(LAYOUT, &[])?;
        assert!(places > 15, "{what}: there is something to look at, {places}");
        self.faults.extend(faults.into_iter().map(|fault| format!("{what}: {fault}")));
        self.looked += 1;
        Ok(())
    }

    /// Checks the explainer in the language of `folder`: its pages, their dialogs, and the lecture.
    fn look_everywhere(&mut self, folder: &str) -> Outcome {
        let browser = &self.page.browser;
        self.go(folder)?;
        for figure in self.page.figures() {
            figure?;
        }
        browser.wait::<bool>(OPEN, &[])?;
        let numbers = "return [...document.querySelectorAll('divergence-figure')].every(({ shadowRoot }) => shadowRoot.querySelector('.numbers td'))";
        browser.wait::<bool>(numbers, &[])?;
        self.look(&format!("/{folder}"))?;
        browser.press("?")?;
        self.look(&format!("/{folder}, its keys"))?;
        self.page.shut_dialog()?;
        self.page.figure("kl-fit")?.embed()?;
        self.look(&format!("/{folder}, embedding"))?;
        self.go(&format!("{folder}?view=lecture"))?;
        wait(self.page, ".lecture divergence-figure[ready]")?;
        self.look(&format!("/{folder}, the lecture"))?;
        for (key, what) in [("c", "with controls"), ("e", "its editor"), ("?", "its keys")] {
            browser.press(key)?;
            // An idle bar is hidden.
            browser.run::<()>("document.querySelector('.lecture').classList.remove('idle')", &[])?;
            self.look(&format!("/{folder}, the lecture, {what}"))?;
            browser.run::<()>("document.querySelector('.lecture dialog')?.close()", &[])?;
        }
        for name in ["teaching.html", "handout.html", "kl-fit.html"] {
            self.go(&format!("{folder}{name}"))?;
            self.look(&format!("/{folder}{name}"))?;
        }
        Ok(())
    }

    fn done(self) {
        assert!(self.looked > 2, "it has looked at something");
        assert!(self.faults.is_empty(), "{} faults\n{}", self.faults.len(), self.faults.join("\n"));
    }
}

fn at_400_percent_nothing_is_out_of_the_window_or_cut_off() -> Outcome {
    visit_as(LIGHT, "", |page| {
        page.browser.resize(ZOOMED.0, ZOOMED.1, 1.0)?;
        let mut surveyor = Surveyor::new(page, "");
        for folder in pages()? {
            surveyor.look_everywhere(&folder)?;
        }
        surveyor.done();
        Ok(())
    })
}

/// The focused element, and the reason why it cannot be seen as a whole, if there is one.
const FOCUS: &str = "let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) { at = at.shadowRoot.activeElement; }
    const name = `${at.localName}.${at.className} ${(at.getAttribute('aria-label') ?? at.innerText ?? '').slice(0, 40)}`;
    // For a link over two lines this is the first line.
    let { left, right, top, bottom } = at.getClientRects()[0];
    // The ring of a handle is in the middle of its larger target.
    const inner = at.matches('.handle') ? (right - left) / 3 : 0;
    [left, right, top, bottom] = [left + inner, right - inner, top + inner, bottom - inner];
    const { innerWidth: wide, innerHeight: high } = window;
    if (left < -1 || right > wide + 1 || bottom - top <= high && (top < -1 || bottom > high + 1)) {
      return [name, `it is at ${[left, top, right, bottom].map(Math.round)}`];
    }
    const middle = (Math.max(top, 0) + Math.min(bottom, high)) / 2;
    const over = at.getRootNode().elementFromPoint((left + right) / 2, middle);
    const free = at.contains(over) || at.matches('.handle') && over?.matches('.handle');
    return [name, free ? '' : `${over?.localName}.${over?.className} lies on it`]";

/// Uses every control of `figure` in turn. The driver scrolls to what it clicks and fails if something covers
/// it.
fn work(figure: &Figure<'_>) -> Outcome {
    let presets: Vec<String> = figure
        .run("return [...root.querySelectorAll('[data-preset]')].map((chip) => chip.dataset.preset)", &[])?;
    for preset in presets {
        let chip = format!("[data-preset=\"{preset}\"]");
        figure.click(&chip)?;
        let pressed = format!("return root.querySelector('{chip}').ariaPressed === 'true'");
        figure.wait::<bool>(&pressed, &[])?;
    }
    figure.click("[data-reset]")?;
    figure.settle()?;
    for spec in figure.library()?.specs() {
        let before = figure.value(spec.key)?;
        match spec.kind {
            Kind::Choice(words) => {
                let last = words.last().is_some_and(|last| *last == before);
                let select = format!("select[data-set=\"{}\"]", spec.key);
                figure.click(&select)?;
                figure.page.browser.press(keys::ESCAPE)?;
                figure.press(&select, if last { keys::UP } else { keys::DOWN })?;
            }
            Kind::Components { .. } => {
                figure.type_in(&format!("{}.0.mean", spec.key), "-1.5")?;
            }
            Kind::Weights { .. } => {
                figure.type_in(&format!("{}.0.share", spec.key), "0.125")?;
                figure.click(&format!("button[data-set=\"{}.0.lock\"]", spec.key))?;
            }
            Kind::Number { .. } | Kind::Positive { .. } | Kind::Count { .. } => {
                let last = spec.kind.positions().unwrap_or_default();
                let wanted = spec.kind.at_position(last / 3).ok_or("a slider has a value everywhere")?;
                figure.type_in(spec.key, &wanted)?;
                assert_eq!(figure.value(spec.key)?, wanted, "{}: {} is typed", figure.name, spec.key);
                let slider = format!("input[data-slide=\"{}\"]", spec.key);
                figure.click(&slider)?;
                figure.type_in(spec.key, &wanted)?;
                figure.press(&slider, keys::RIGHT)?;
            }
        }
        assert_ne!(figure.value(spec.key)?, before, "{}: {} can be set", figure.name, spec.key);
    }
    figure.click("[data-reset]")?;
    figure.settle()?;
    for index in 0..figure.rings()?.len() {
        let there = "const ring = root.querySelectorAll('.handle')[given[0]];
            ring.scrollIntoView({ block: 'center', behavior: 'instant' });
            return !ring.hidden";
        if !figure.run::<bool>(there, &[json!(index)])? {
            continue;
        }
        let ring = figure.rings()?[index].clone();
        if ring.free {
            let right = if ring.x < 160.0 { 12.0 } else { -12.0 };
            figure.drag(index, right, 6.0)?;
            figure.settle()?;
            if figure.rings()?[index].value == ring.value {
                // What is at its least value already can only be dragged the other way.
                figure.drag(index, -right, -6.0)?;
                figure.settle()?;
            }
            assert_ne!(figure.rings()?[index].value, ring.value, "{}: {} is dragged", figure.name, ring.name);
        }
    }
    Ok(())
}

/// The open dialog, which may be in a shadow root.
const DIALOG: &str = "const roots = [document, ...[...document.querySelectorAll('divergence-figure')].map((figure) => figure.shadowRoot)];
    const dialog = roots.map((root) => root.querySelector('dialog[open]')).find(Boolean);";

/// Whether the whole open dialog is in the window, and nothing in it is wider than itself.
const FITS: &str = "if (!dialog) { return null; }
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && dialog.scrollWidth <= dialog.clientWidth";

/// Fails unless the open dialog is inside the window. Closes it by its button.
fn closes(page: &Page, what: &str) -> Outcome {
    let fits = || page.browser.run::<Option<bool>>(&format!("{DIALOG}{FITS}"), &[]);
    assert_eq!(fits()?, Some(true), "{what} is a dialog, in the window");
    let button = format!(
        "{DIALOG}return dialog.querySelector('form[method=dialog] button:last-child') ?? dialog.querySelector('button[data-make=cancel]')"
    );
    page.browser.click(&page.browser.run(&button, &[])?)?;
    assert_eq!(fits()?, None, "{what} has been closed");
    Ok(())
}

fn use_zoomed(folder: &str) -> Outcome {
    for name in SPECIMENS {
        visit_as(LIGHT, &format!("{folder}{}", home(name)), |page| use_figure_zoomed(page, name))?;
    }
    Ok(())
}

fn use_figure_zoomed(page: &Page, name: &str) -> Outcome {
    page.browser.resize(ZOOMED.0, ZOOMED.1, 1.0)?;
    let mut faults = Vec::new();
    let figure = page.figure(name)?;
    figure
        .run::<()>("root.querySelectorAll('details:not(.menu)').forEach((box) => (box.open = true))", &[])?;
    let met: Vec<(String, String)> = walk(&figure, || page.browser.run(FOCUS, &[]))?;
    assert!(met.len() > 8, "{}: {} places", figure.name, met.len());
    let hidden = met.into_iter().filter(|(_, fault)| !fault.is_empty());
    faults.extend(hidden.map(|(name, fault)| format!("{}: the focus on {name}: {fault}", figure.name)));
    work(&figure)?;
    for part in ["sound", "save"] {
        figure.find(&format!("[data-part={part}] button"))?;
        let reached = "const menu = root.querySelector(`[data-part=${given[0]}]`);
                    const missed = [...menu.querySelectorAll('button')].filter((button) => {
                      button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
                      const { left, right, top, bottom } = button.getBoundingClientRect();
                      const over = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                      return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight || !button.contains(over);
                    });
                    const names = [menu.open, missed.map((button) => button.innerText)];
                    menu.open = false;
                    return names";
        let (open, missed): (bool, Vec<String>) = figure.run(reached, &[json!(part)])?;
        assert!(open, "{}: the menu {part} opens", figure.name);
        faults.extend(missed.iter().map(|name| format!("{}: {name} can't be reached", figure.name)));
    }
    figure.embed()?;
    closes(page, "Embed")?;
    figure.press("[data-reset]", "?")?;
    closes(page, "the keys of a figure")?;
    page.browser.run::<()>("document.activeElement.blur()", &[])?;
    page.browser.press("?")?;
    closes(page, "the keys of the page")?;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn at_400_percent_every_control_is_reached_and_works() -> Outcome {
    use_zoomed("")
}

fn at_400_percent_every_control_is_reached_and_works_in_chinese() -> Outcome {
    use_zoomed("zh/")
}

fn at_400_percent_a_lecture_is_read_and_given() -> Outcome {
    for folder in pages()? {
        visit_as(LIGHT, &format!("{folder}?view=lecture"), |page| {
            page.browser.resize(ZOOMED.0, ZOOMED.1, 1.0)?;
            wait(page, ".lecture divergence-figure[ready]")?;
            page.browser.press("c")?;
            page.frames(4)?;
            let (mut faults, mut met) = (Vec::new(), 0);
            loop {
                page.browser.press(keys::TAB)?;
                let (name, fault): (String, String) = page.browser.run(FOCUS, &[])?;
                if !fault.is_empty() {
                    faults.push(format!("/{folder}: the focus on {name}: {fault}"));
                }
                met += 1;
                assert!(met < 100, "Tab leaves the lecture: {name}");
                let last = "return document.activeElement.dataset.do === 'leave'";
                if page.browser.run(last, &[])? {
                    break;
                }
            }
            assert!(met > 20, "/{folder}: points, controls and the bar, {met}");
            assert!(faults.is_empty(), "{}", faults.join("\n"));
            let button = |what: &str| {
                page.browser.run(&format!("return document.querySelector('.bar [data-do={what}]')"), &[])
            };
            // The first press reveals what the screen hides.
            for _ in 0..2 {
                page.browser.click(&button("next")?)?;
                page.frames(3)?;
            }
            let there = "return document.querySelector('.where').textContent.startsWith('2 ')";
            page.browser.wait::<bool>(there, &[])?;
            for what in ["help", "edit"] {
                page.browser.click(&button(what)?)?;
                closes(page, what)?;
            }
            page.browser.click(&button("leave")?)?;
            let left = "return document.querySelector('.lecture') === null";
            page.browser.wait::<bool>(left, &[]).map(drop)
        })?;
    }
    Ok(())
}

/// Text of twice the size.
const LARGE: &str = ":root { font-size: 200% }";

/// Checks every page in every language, on a desktop and on a phone, with `styles` added.
fn has_room(styles: &str) -> Outcome {
    visit_as(LIGHT, "", |page| {
        let mut surveyor = Surveyor::new(page, styles);
        for (width, height) in [(1280, 900), (375, 800)] {
            page.browser.resize(width, height, 1.0)?;
            for folder in pages()? {
                surveyor.look_everywhere(&folder)?;
            }
        }
        surveyor.done();
        Ok(())
    })
}

fn at_twice_the_size_text_has_room() -> Outcome {
    has_room(LARGE)
}

/// Stores the size of every visible text. When called again, returns those that have not doubled.
const DOUBLED: &str = "const sizes = new Map();
    const visit = (root) => {
      const keep = (key, part, text) =>
        part.checkVisibility() && sizes.set(key, [parseFloat(getComputedStyle(part).fontSize), `${part.localName}.${part.className} ${text.trim().slice(0, 30)}`]);
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const { parentElement, data } = texts.currentNode;
        if (data.trim() && parentElement && !parentElement.closest('style, script, noscript, template, svg')) {
          keep(texts.currentNode, parentElement, data);
        }
      }
      for (const part of root.querySelectorAll('*')) {
        if (part.matches('input[type=text], select, textarea')) { keep(part, part, part.value); }
        if (part.shadowRoot) { visit(part.shadowRoot); }
      }
    };
    visit(document.body);
    const before = window.sizesBefore;
    window.sizesBefore = sizes;
    const both = [...sizes].filter(([key]) => before?.has(key)).map(([key, now]) => [before.get(key), now]);
    return [both.length, both.filter(([[small], [large]]) => large < 1.98 * small).map(([[small], [large, name]]) => `${name}: ${small} px, then ${large}`)]";

/// Fails unless every text on the page doubles with the reader's text size.
fn doubles(page: &Page, what: &str) -> Outcome {
    let _: (u32, Vec<String>) = page.browser.run(DOUBLED, &[])?;
    page.browser.run::<()>(DRESS, &[json!(LARGE)])?;
    page.frames(4)?;
    let (count, small): (u32, Vec<String>) = page.browser.run(DOUBLED, &[])?;
    page.browser.run::<()>("document.querySelector('[data-dress]').remove()", &[])?;
    assert!(count > 15, "{what}: {count} texts");
    assert!(small.is_empty(), "{what}:\n{}", small.join("\n"));
    Ok(())
}

fn text_doubles_where_the_reader_doubles_it() -> Outcome {
    visit_as(LIGHT, "", |page| {
        for figure in page.figures() {
            figure?;
        }
        page.browser.wait::<bool>(OPEN, &[])?;
        page.frames(4)?;
        for (width, height) in [(1280, 900), (375, 800)] {
            page.browser.resize(width, height, 1.0)?;
            page.frames(4)?;
            doubles(page, "the explainer")?;
        }
        page.browser.press("?")?;
        doubles(page, "its keys")?;
        for path in ["teaching.html", "handout.html"] {
            page.go(path)?;
            doubles(page, path)?;
        }
        Ok(())
    })
}

/// The text of drawings is as large as `www/element/painter.js` promises: at least 12 pixels times the
/// reader's enlargement, up to 18, or on a phone as much as there is room for.
fn the_words_of_drawings_grow_as_promised() -> Outcome {
    let least = "const { prototype } = CanvasRenderingContext2D;
        const draw = prototype.fillText;
        let least = Infinity;
        prototype.fillText = function (...words) {
          const { a } = this.getTransform();
          least = Math.min(least, a * parseFloat(this.font.match(/([\\d.]+)px/)[1]) / devicePixelRatio);
          return draw.apply(this, words);
        };
        element.invalidate(false);
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
          prototype.fillText = draw;
          done(least);
        })))";
    on_specimens(|figure| {
        let page = figure.page;
        for (width, styles, promised) in [
            (1280, ":root { font-size: 100% }", 0.0),
            (1280, ":root { font-size: 125% }", 15.0),
            (1280, LARGE, 18.0),
            (375, LARGE, 16.0),
            (320, ":root { font-size: 100% }", 0.0),
            (320, LARGE, 13.2),
        ] {
            page.browser.resize(width, 900, 1.0)?;
            page.browser.run::<()>("document.querySelector('[data-dress]')?.remove()", &[])?;
            page.browser.run::<()>(DRESS, &[json!(styles)])?;
            let least: f64 = figure.run(least, &[])?;
            // Subscripts count as part of the word that they belong to.
            assert!(
                least.is_finite() && least >= 0.9 * promised - 0.1,
                "{} at {width} px, {styles}: {least} px",
                figure.name
            );
            assert!(promised > 0.0 || least < 14.5, "{}: {least} px at {width} px", figure.name);
        }
        Ok(())
    })
}

/// The text spacing that WCAG 1.4.12 requires.
const SPACED: &str =
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }";

fn text_set_wide_has_room() -> Outcome {
    has_room(SPACED)
}
