//! Preferences of readers: forced colours, more contrast, reduced motion. The drawing follows them, and
//! nothing disappears.

use std::cell::Cell;

use browser::specimens::SPECIMENS;
use browser::{Outcome, Reader, keys};
use explainer::book;
use serde_json::{Value, json};

use super::axe::{DARK, Inspector, LIGHT, wait, wake};
use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{Page, home, on_specimens, on_specimens_as, pages, stories, visit, visit_as};

tests![
    in_colours_of_the_reader_s_own_all_is_seen,
    in_dark_colours_of_the_reader_s_own_all_is_seen_in_chinese,
    who_wants_more_contrast_has_it_until_then,
    nothing_moves_by_itself_for_who_prefers_that,
    what_is_chosen_is_there_at_once_for_who_prefers_that,
    play_goes_by_steps_for_who_prefers_that_and_ends_where_motion_does,
    the_screens_of_a_lecture_follow_at_once_for_who_prefers_that,
];

/// Sets preferences of the reader. All others are reset, except reduced motion.
fn prefer(page: &Page, features: &[(&str, &str)]) -> Outcome {
    let calm = [("prefers-reduced-motion", "reduce")];
    let features: Vec<_> =
        calm.iter().chain(features).map(|(name, value)| json!({ "name": name, "value": value })).collect();
    page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
    page.frames(3)
}

/// Fails unless every figure on the page is drawn in `theme`, with the same pixels as with that theme as an
/// attribute.
fn drawn_in(page: &Page, theme: &str) -> Outcome {
    for figure in page.figures() {
        let figure = figure?;
        let name = &figure.name;
        let own: String = figure.run("return element.theme", &[])?;
        assert_eq!(own, theme, "{name}");
        let drawn = figure.drawing()?;
        figure.run::<()>("element.setAttribute('theme', given[0])", &[json!(theme)])?;
        figure.settle()?;
        assert_eq!(drawn, figure.drawing()?, "{name} is drawn in {theme}");
        let other = if theme.ends_with("dark") { "contrast-light" } else { "contrast-dark" };
        figure.run::<()>("element.setAttribute('theme', given[0])", &[json!(other)])?;
        figure.settle()?;
        assert_ne!(drawn, figure.drawing()?, "{name} is drawn anew in {other}");
        figure.run::<()>("element.removeAttribute('theme')", &[])?;
        figure.settle()?;
    }
    Ok(())
}

/// Functions on colours, with contrast as WCAG defines it.
const COLOURS: &str = "
    const luminance = (rgb) => {
      const [red, green, blue] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const rgb = (css) => css.match(/[\\d.]+/g).map(Number);
    const clear = (css) => rgb(css)[3] === 0;";

/// The controls that are hardly visible in a picture of `element`. Each must contrast with its background by
/// its text, its border or its marks. A slider must show its whole track and a thumb that is higher.
const FAINT: &str = "
    const [picture, left, top] = given;
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const paper = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
    paper.drawImage(image, 0, 0);
    const faint = [];
    for (const part of root.querySelectorAll('button:not(.skip), summary, select, input, a')) {
      const box = part.getBoundingClientRect();
      if (!part.checkVisibility({ visibilityProperty: true }) || !box.width) { continue; }
      const [x, y, wide, high] = [box.left + scrollX - left, box.top + scrollY - top, box.width, box.height].map(Math.round);
      const { data } = paper.getImageData(x, y, wide, high);
      const pixels = new Uint32Array(data.buffer);
      const counts = new Map();
      pixels.forEach((pixel) => counts.set(pixel, (counts.get(pixel) ?? 0) + 1));
      const split = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
      const ground = split([...counts].sort(([, one], [, other]) => other - one)[0][0]);
      const marks = new Set([...counts.keys()].filter((pixel) => contrast(split(pixel), ground) >= 3));
      const columns = Array(wide).fill(0);
      pixels.forEach((pixel, index) => (columns[index % wide] += marks.has(pixel)));
      const marked = columns.reduce((sum, count) => sum + count);
      const enough = part.type === 'range' ? columns.filter(Boolean).length > 0.8 * wide && Math.max(...columns) >= 10 : marked > 20;
      if (!enough) { faint.push(`${part.localName}.${part.className} ${part.dataset.slide ?? part.value ?? ''} ${part.innerText}, on ${ground}`); }
    }
    return faint";

/// Fails unless every control of `figure` is visible in a picture of it.
fn controls_are_seen(figure: &Figure<'_>) -> Outcome {
    let place = "const { left, top, width, height } = element.getBoundingClientRect();
        return [left + scrollX, top + scrollY, width, height]";
    let [x, y, width, height]: [f64; 4] = figure.run(place, &[])?;
    let (x, y) = (x.round(), y.round());
    let clip = json!({ "x": x, "y": y, "width": width, "height": height, "scale": 1 });
    let picture = figure
        .page
        .browser
        .devtools("Page.captureScreenshot", &json!({ "clip": clip, "captureBeyondViewport": true }))?;
    let script = format!("return (async () => {{ {COLOURS} {FAINT} }})()");
    let faint: Vec<String> = figure.run(&script, &[picture["data"].clone(), json!(x), json!(y)])?;
    assert!(faint.is_empty(), "{}: one does not see\n{}", figure.name, faint.join("\n"));
    Ok(())
}

/// The handles and pressed buttons that do not stand out. A handle must contrast with the background of the
/// drawing, and a pressed button must differ from its neighbours in more than colour.
const MARKS: &str = "
    const faint = [];
    const paper = rgb(getComputedStyle(root.querySelector('.stage')).backgroundColor);
    for (const ring of root.querySelectorAll('.handle:not([hidden])')) {
      const { borderTopColor, borderTopWidth, borderTopStyle } = getComputedStyle(ring, '::before');
      if (contrast(rgb(borderTopColor), paper) < 3 || parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none') {
        faint.push(`${ring.ariaLabel}: ${borderTopColor} on ${paper}`);
      }
    }
    const look = (part) => {
      const { outlineStyle, outlineWidth, borderTopWidth, borderTopStyle, textDecorationLine } = getComputedStyle(part);
      return [outlineStyle !== 'none' && outlineWidth, borderTopWidth, borderTopStyle, textDecorationLine].join();
    };
    for (const pressed of root.querySelectorAll('[aria-pressed=true]')) {
      const other = pressed.closest('.chips, tbody, .task, .menu')?.querySelector('[aria-pressed=false]');
      if (!other || look(pressed) === look(other)) { faint.push(`pressed: ${pressed.innerText}`); }
    }
    return [root.querySelectorAll('.handle:not([hidden]), [aria-pressed=true]').length, faint]";

/// The focused element, and whether an outline with enough contrast shows the focus.
const FOCUS: &str = "
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) { at = at.shadowRoot.activeElement; }
    let around = at;
    while (around && clear(getComputedStyle(around).backgroundColor)) {
      around = around.closest('.handles')?.parentElement ?? around.parentElement ?? around.getRootNode().host;
    }
    const paper = rgb(getComputedStyle(around ?? document.body).backgroundColor);
    const seen = [getComputedStyle(at), getComputedStyle(at, '::before')].some((style) =>
      style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && contrast(rgb(style.outlineColor), paper) >= 3);
    return [`${at.localName}.${at.className} ${at.ariaLabel ?? at.innerText}`, seen]";

/// Moves through the whole page with Tab. Fails where the focus is not visible.
fn focus_is_seen(page: &Page) -> Outcome {
    page.browser.run::<()>("scrollTo(0, 0); document.activeElement?.blur()", &[])?;
    let mut unseen = Vec::new();
    for count in 0..400 {
        page.browser.press(keys::TAB)?;
        if count > 0 && page.browser.run("return document.activeElement === document.body", &[])? {
            assert!(count > 30, "the page has more than {count} stops");
            assert!(unseen.is_empty(), "the focus is not seen on\n{}", unseen.join("\n"));
            return Ok(());
        }
        let (name, seen): (String, bool) = page.browser.run(&format!("{COLOURS}{FOCUS}"), &[])?;
        if !seen {
            unseen.push(name);
        }
    }
    Err("Tab does not leave the page".into())
}

/// Opens the parts that hide controls.
const OPEN: &str =
    "root.querySelectorAll('details:not(.menu, [data-numbers])').forEach((box) => (box.open = true))";

fn forced(scheme: &str, folder: &str) -> Outcome {
    let mut inspector = Inspector::new()?;
    visit("", |page| {
        prefer(page, &[("forced-colors", "active"), ("prefers-color-scheme", scheme)])?;
        let theme = format!("contrast-{scheme}");
        for path in stories(folder).iter().rev() {
            page.go(path)?;
            wake(page)?;
            drawn_in(page, &theme)?;
            for figure in page.figures() {
                let figure = figure?;
                figure.run::<()>(OPEN, &[])?;
                figure.settle()?;
                controls_are_seen(&figure)?;
                let (count, faint): (u32, Vec<String>) = figure.run(&format!("{COLOURS}{MARKS}"), &[])?;
                assert!(count > 1 && faint.is_empty(), "{}: {count} marks, {faint:?}", figure.name);
            }
            inspector.look(page, &format!("/{path}, forced colours, {scheme}"))?;
        }
        focus_is_seen(page)?;
        // The theme button keeps high contrast.
        page.browser.run::<()>("document.querySelector('[data-theme-toggle]').click()", &[])?;
        let other = if scheme == "dark" { "contrast-light" } else { "contrast-dark" };
        let own: String = page.figure("kl-fit")?.run("return element.theme", &[])?;
        assert_eq!(own, other, "changed over");
        page.go(&format!("{folder}teaching.html"))?;
        inspector.look(page, &format!("the guide, forced colours, {scheme}"))?;
        page.go(&format!("{folder}?view=lecture"))?;
        let shown = "const figure = document.querySelector('.lecture divergence-figure[ready]');
            return figure && [figure.theme, figure.drawnWidth]";
        let (lecture, width): (String, f64) = page.browser.wait(shown, &[])?;
        assert_eq!(lecture, theme, "the lecture");
        assert!(width >= 700.0, "it is laid out as on any wall: {width} px");
        inspector.look(page, &format!("the lecture, forced colours, {scheme}"))
    })?;
    inspector.done()
}

fn in_colours_of_the_reader_s_own_all_is_seen() -> Outcome {
    forced("light", "")
}

fn in_dark_colours_of_the_reader_s_own_all_is_seen_in_chinese() -> Outcome {
    forced("dark", "zh/")
}

/// The background colour of the page.
const GROUND: &str =
    "const { backgroundColor, color } = getComputedStyle(document.body); return [backgroundColor, color]";

fn who_wants_more_contrast_has_it_until_then() -> Outcome {
    let mut inspector = Inspector::of_contrast()?;
    for (scheme, paper, ink) in
        [("light", "rgb(255, 255, 255)", "rgb(0, 0, 0)"), ("dark", "rgb(0, 0, 0)", "rgb(255, 255, 255)")]
    {
        for folder in pages()? {
            let reader = if scheme == "dark" { DARK } else { LIGHT };
            visit_as(reader, &folder, |page| {
                wake(page)?;
                let look = || -> Outcome<(Vec<String>, String, String)> {
                    let figure = page.figure("kl-fit")?;
                    let ground = page.browser.run(GROUND, &[])?;
                    Ok((ground, figure.run("return element.theme", &[])?, figure.drawing()?))
                };
                let before = look()?;
                assert_eq!(before.1, scheme, "before");
                prefer(page, &[("prefers-contrast", "more"), ("prefers-color-scheme", scheme)])?;
                let during = look()?;
                assert_eq!(during.0, [paper, ink], "the page");
                assert_ne!(during.2, before.2, "the drawing");
                drawn_in(page, &format!("contrast-{scheme}"))?;
                inspector.look(page, &format!("/{folder}, more contrast, {scheme}"))?;
                prefer(page, &[("prefers-color-scheme", scheme)])?;
                assert_eq!(look()?, before, "as before");
                prefer(page, &[("prefers-contrast", "more"), ("prefers-color-scheme", scheme)])?;
                for name in ["?view=lecture", "teaching.html"] {
                    page.go(&format!("{folder}{name}"))?;
                    if name.starts_with('?') {
                        let there =
                            "return document.querySelector('.lecture divergence-figure[ready]')?.theme";
                        let theme: String = page.browser.wait(there, &[])?;
                        assert_eq!(theme, format!("contrast-{scheme}"), "the lecture");
                    }
                    inspector.look(page, &format!("/{folder}{name}, more contrast, {scheme}"))?;
                }
                Ok(())
            })?;
        }
    }
    inspector.done()
}

/// A reader without reduced motion.
const LIVELY: Reader = Reader { calm: false, ..LIGHT };

/// The things that would move by themselves: transitions, animations, smooth scrolling.
const MOVING: &str = "const found = new Set();
    const long = (times) => times.split(',').some((time) => parseFloat(time) > 0);
    const visit = (root) => root.querySelectorAll('*').forEach((part) => {
      for (const pseudo of [null, '::before', '::after', '::backdrop']) {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(part, pseudo);
        if (long(transitionDuration) || animationName !== 'none' && long(animationDuration) || scrollBehavior === 'smooth') {
          found.add(`${part.localName}.${part.className}${pseudo ?? ''}: ${transitionDuration} ${animationName} ${scrollBehavior}`);
        }
      }
      if (part.shadowRoot) { visit(part.shadowRoot); }
    });
    visit(document);
    return [...found]";

fn nothing_moves_by_itself_for_who_prefers_that() -> Outcome {
    let at_rest = |page: &Page, what: &str| -> Outcome {
        let moving: Vec<String> = page.browser.run(MOVING, &[])?;
        assert!(moving.is_empty(), "{what}: {moving:?}");
        Ok(())
    };
    for folder in pages()? {
        visit_as(LIGHT, &folder, |page| {
            wake(page)?;
            at_rest(page, "the explainer")?;
            page.browser.press("?")?;
            at_rest(page, "its keys")?;
            for name in ["teaching.html", "handout.html"] {
                page.go(&format!("{folder}{name}"))?;
                at_rest(page, name)?;
            }
            page.go(&format!("{folder}?view=lecture"))?;
            wait(page, ".lecture divergence-figure[ready]")?;
            page.browser.press("c")?;
            at_rest(page, "the lecture")
        })?;
    }
    Ok(())
}

/// Presses every preset of `figure`, then Reset. Returns those after which the drawing was still moving two
/// frames later.
fn glides(figure: &Figure<'_>) -> Outcome<Vec<String>> {
    let mut glided = Vec::new();
    let buttons = "return [...root.querySelectorAll('[data-preset]')].map(({ dataset }) => `[data-preset=\"${dataset.preset}\"]`)";
    let mut buttons: Vec<String> = figure.run(buttons, &[])?;
    buttons.push("[data-reset]".to_owned());
    for button in buttons {
        let press = "root.querySelector(given[0]).click();
                return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(figure.tick(0)))))";
        let way: bool = figure.run(press, &[json!(button)])?;
        let soon = figure.drawing()?;
        figure.settle()?;
        figure.page.frames(3)?;
        if way || soon != figure.drawing()? {
            glided.push(format!("{} {button}", figure.name));
        }
    }
    Ok(glided)
}

fn what_is_chosen_is_there_at_once_for_who_prefers_that() -> Outcome {
    on_specimens(|figure| {
        assert_eq!(glides(figure)?, Vec::<String>::new(), "nothing glides");
        Ok(())
    })?;
    let any = Cell::new(false);
    on_specimens_as(
        LIVELY,
        |_| String::new(),
        |figure| {
            any.set(any.get() || !glides(figure)?.is_empty());
            Ok(())
        },
    )?;
    assert!(any.get(), "for others axes glide");
    Ok(())
}

/// The record of playing a figure.
#[derive(Debug)]
struct Played {
    /// The steps that were shown, each with its time in milliseconds.
    steps: Vec<[f64; 2]>,
    /// The numbers at the end.
    end: Value,
}

/// Plays the last steps of `figure`.
fn play(figure: &Figure<'_>) -> Outcome<Played> {
    let steps = figure.library()?.steps().ok_or("a figure that is played")?;
    let begin = "const [key] = given;
        const { step } = figure.state();
        return element.set({ [key]: String(step[1] - 40) })";
    figure.run::<()>(begin, &[json!(steps)])?;
    figure.settle()?;
    let listen = "element.shown = [];
        element.addEventListener('change', ({ detail }) => {
          const at = Number(detail?.values[given[0]]);
          if (detail && at !== element.shown.at(-1)?.[0]) { element.shown.push([at, performance.now()]); }
        });
        element.shown.push([Number(element.values[given[0]]), performance.now()]);";
    figure.run::<()>(listen, &[json!(steps)])?;
    figure.click("[data-play]")?;
    figure.wait::<bool>("return !element.playing", &[])?;
    figure.settle()?;
    figure.agrees("it has been played")?;
    let steps = figure.run("return element.shown", &[])?;
    let end = figure.run("return element.readouts.map(({ key, value }) => [key, String(value)])", &[])?;
    Ok(Played { steps, end })
}

fn play_goes_by_steps_for_who_prefers_that_and_ends_where_motion_does() -> Outcome {
    for name in SPECIMENS {
        if book::make(name).is_none_or(|figure| figure.steps().is_none()) {
            continue;
        }
        let played = |reader| -> Outcome<Played> {
            let mut played = None;
            visit_as(reader, &home(name), |page| {
                played = Some(play(&page.figure(name)?)?);
                Ok(())
            })?;
            Ok(played.ok_or("it has been played")?)
        };
        let Played { steps: few, end } = played(LIGHT)?;
        let Played { steps: many, end: other } = played(LIVELY)?;
        let pauses: Vec<f64> = few.windows(2).skip(1).map(|pair| pair[1][1] - pair[0][1]).collect();
        assert!((3..=5).contains(&few.len()), "{name}: progress is seen, in steps: {few:?}");
        assert!(pauses.iter().all(|pause| *pause > 500.0), "{name}: with time to look: {few:?}");
        // The number of frames depends on how busy the machine is.
        assert!(many.len() > few.len(), "{name}: for others it moves: {many:?}");
        assert_eq!(end, other, "{name}: the numbers in the end");
    }
    Ok(())
}

fn the_screens_of_a_lecture_follow_at_once_for_who_prefers_that() -> Outcome {
    visit_as(LIGHT, "?view=lecture", |page| {
        wait(page, ".lecture divergence-figure[ready]")?;
        let first =
            "const element = document.querySelector('.lecture divergence-figure[ready]:not([hidden])');
            return Boolean(element.figure.state().task)";
        if page.browser.run(first, &[])? {
            page.browser.press(keys::PAGE_DOWN)?;
            let revealed = "return document.querySelector('.lecture divergence-figure[ready]:not([hidden])').figure.state().task?.revealed";
            page.browser.wait::<bool>(revealed, &[])?;
        }
        page.browser.press(keys::PAGE_DOWN)?;
        page.browser
            .wait::<bool>("return document.querySelector('.where').textContent.startsWith('2 ')", &[])?;
        page.frames(3)?;
        let state =
            "const element = document.querySelector('.lecture divergence-figure[ready]:not([hidden])');
            return [document.querySelector('.where').textContent, JSON.stringify(element.values)]";
        let (place, soon): (String, String) = page.browser.run(state, &[])?;
        assert!(place.starts_with("2 "), "{place}");
        page.frames(30)?;
        let (_, later): (String, String) = page.browser.run(state, &[])?;
        assert_eq!(soon, later, "nothing glides");
        Ok(())
    })
}
