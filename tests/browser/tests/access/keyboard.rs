//! A figure can be used with the keyboard alone, and the focus is always visible.

use browser::{Outcome, keys};
use serde_json::{Value, json};

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{home, on_specimens, visit};

tests![
    tab_meets_every_control_and_point_and_shows_where_it_is,
    a_figure_can_be_passed_and_its_examples_are_one_stop,
    a_fit_is_set_up_played_and_read_without_a_pointer,
    keys_are_told_and_those_of_one_letter_can_be_switched_off,
    what_is_said_aloud_makes_sense,
];

/// The focused element, also inside shadow roots: a name for it, whether it shows the focus, and its tag.
const FOCUS: &str = "let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) { at = at.shadowRoot.activeElement; }
    const seen = [getComputedStyle(at), getComputedStyle(at, '::before')].some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    const { dataset } = at;
    const name = at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText;
    return { name: (name ?? '').trim(), seen, tag: at.localName, role: at.getAttribute('role'), value: at.getAttribute('aria-valuetext') }";

/// Moves with Tab through everything focusable in `figure` and one element beyond. Returns the result of
/// `met` at each.
pub(crate) fn walk<T>(figure: &Figure<'_>, met: impl Fn() -> Outcome<T>) -> Outcome<Vec<T>> {
    before(figure)?;
    let mut all = Vec::new();
    for _ in 0..200 {
        figure.page.browser.press(keys::TAB)?;
        if !figure.run::<bool>("return document.activeElement === element", &[])? {
            figure.run::<()>("document.querySelector('#before').remove()", &[])?;
            return Ok(all);
        }
        all.push(met()?);
    }
    Err(format!("{}: the focus does not leave it", figure.name).into())
}

/// Focuses a button before `figure`.
fn before(figure: &Figure<'_>) -> Outcome {
    let begin = "const before = Object.assign(document.createElement('button'), { id: 'before', textContent: 'before' });
        document.querySelector('#before')?.remove();
        element.before(before);
        before.focus();";
    figure.run(begin, &[])
}

fn tab_meets_every_control_and_point_and_shows_where_it_is() -> Outcome {
    on_specimens(|figure| {
        let (page, name) = (figure.page, &figure.name);
        figure.run::<()>("root.querySelectorAll('.more').forEach((box) => (box.open = true))", &[])?;
        let met: Vec<Value> = walk(figure, || page.browser.run(FOCUS, &[]))?;
        let there = "const shown = (part) => part.checkVisibility({ visibilityProperty: true }) && !part.disabled && part.tabIndex >= 0;
                return [...root.querySelectorAll('button, input, select, summary, a[href], [tabindex=\"0\"]')].filter(shown).length";
        let there: usize = figure.run(there, &[])?;
        assert_eq!(met.len(), there, "{name}: {met:?}");
        for part in &met {
            assert_eq!(part["seen"], json!(true), "{name}: one sees where one is: {part}");
            assert_ne!(part["name"], json!(""), "{name}: it has a name: {part}");
        }
        let points = met.iter().filter(|part| part["role"] == "slider").count();
        let own = figure.rings()?.iter().filter(|ring| !ring.twin).count();
        assert_eq!(points, own, "{name}: every point of the drawing");
        Ok(())
    })
}

fn a_figure_can_be_passed_and_its_examples_are_one_stop() -> Outcome {
    on_specimens(|figure| {
        let (page, name) = (figure.page, &figure.name);
        let begin =
            "const before = Object.assign(document.createElement('button'), { textContent: 'before' });
                element.before(before);
                before.focus();";
        figure.run::<()>(begin, &[])?;
        page.browser.press(keys::TAB)?;
        let skip: Value = page.browser.run(FOCUS, &[])?;
        assert_eq!(skip["name"], page.texts()?.get("control.skip"), "{name}: its first stop");
        page.browser.press(keys::ENTER)?;
        page.browser.press(keys::TAB)?;
        let passed: bool = figure.run(
                "return document.activeElement !== element && document.activeElement !== document.body
                   && (element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0",
                &[],
            )?;
        assert!(passed, "{name}: two keys, and it is passed");

        let presets = figure.library()?.presets().len();
        let focused = "const at = root.activeElement;
                return [at.parentElement.getAttribute('role'), [...at.parentElement.children].indexOf(at), root.querySelectorAll('.chips [tabindex=\"0\"]').length]";
        figure.run::<()>("root.querySelector('.chips [tabindex=\"0\"]').focus()", &[])?;
        for (key, place) in [
            (keys::END, presets - 1),
            (keys::RIGHT, 0),
            (keys::LEFT, presets - 1),
            (keys::HOME, 0),
            (keys::DOWN, 1),
        ] {
            page.browser.press(key)?;
            let there: (String, usize, usize) = figure.run(focused, &[])?;
            assert_eq!(there, ("toolbar".to_owned(), place, 1), "{name}");
        }
        page.browser.press(" ")?;
        figure.settle()?;
        let taken = "return root.activeElement.getAttribute('aria-pressed')";
        assert_eq!(figure.run::<String>(taken, &[])?, "true", "{name}: the second example");
        figure.agrees("the second example, by keyboard")
    })
}

fn a_fit_is_set_up_played_and_read_without_a_pointer() -> Outcome {
    visit(&home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        figure.press(".handles [role=slider]", &keys::RIGHT.repeat(3))?;
        figure.settle()?;
        figure.agrees("three arrow keys on a point")?;
        figure.press("[data-play]", " ")?;
        let ended = "return !element.playing && element.values.step === '300'";
        figure.wait::<bool>(ended, &[])?;
        figure.run::<()>("root.querySelector('[data-numbers] > summary').focus()", &[])?;
        page.browser.press(" ")?;
        let table = "return root.querySelector('.numbers tbody tr')
            && [...root.querySelectorAll('.numbers > table td')].map((cell) => cell.textContent)";
        let cells: Vec<String> = figure.wait(table, &[])?;
        let own: Vec<String> = figure.run("return figure.state().readouts.map(({ text }) => text)", &[])?;
        assert_eq!(cells, own, "the table says what the figure shows");
        // Reset changes the figure.
        figure.press("[data-reset]", keys::ENTER)?;
        let follows =
            "const cells = [...root.querySelectorAll('.numbers > table td')].map((cell) => cell.textContent);
            return JSON.stringify(cells) === JSON.stringify(figure.state().readouts.map(({ text }) => text))";
        figure.wait::<bool>(follows, &[])?;
        Ok(())
    })
}

fn keys_are_told_and_those_of_one_letter_can_be_switched_off() -> Outcome {
    visit(&home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        figure.press("[data-reset]", "?")?;
        let inside: bool = figure.run("return root.querySelector('dialog.help')?.open ?? false", &[])?;
        assert!(inside, "a figure tells its own keys where it has the focus");
        page.shut_dialog()?;
        page.browser.run::<()>("document.activeElement.blur()", &[])?;
        page.browser.press("?")?;
        let toggle = "const box = document.querySelector('body > dialog.help[open] input'); box.click(); return box.checked";
        assert!(!page.browser.run::<bool>(toggle, &[])?, "off");
        page.shut_dialog()?;
        for key in ["?", "l"] {
            page.browser.press(key)?;
            page.frames(2)?;
            let opened: bool =
                page.browser.run("return document.querySelector('dialog[open], .lecture') !== null", &[])?;
            assert!(!opened, "{key} does nothing now");
        }
        page.go("")?;
        page.figure("kl-fit")?;
        page.browser.press("l")?;
        page.frames(2)?;
        assert!(
            !page.browser.run::<bool>("return document.querySelector('.lecture') !== null", &[])?,
            "nor after a reload"
        );
        page.browser.run::<()>("document.querySelector('[data-help]').click()", &[])?;
        let toggle =
            "const box = document.querySelector('dialog.help[open] input'); box.click(); return box.checked";
        assert!(page.browser.run::<bool>(toggle, &[])?, "on again");
        page.shut_dialog()?;
        page.browser.press("l")?;
        page.browser.wait::<bool>("return document.querySelector('.lecture') !== null", &[])?;
        Ok(())
    })
}

fn what_is_said_aloud_makes_sense() -> Outcome {
    visit(&home("disjoint-supports"), |page| {
        let figure = page.figure("disjoint-supports")?;
        let said = "return [root.querySelector('figure').getAttribute('aria-label'), element.summary,
            root.querySelector('[data-summary]').getAttribute('role'), root.querySelector('.handle').getAttribute('aria-valuetext')]";
        let said: Vec<String> = figure.run(said, &[])?;
        assert_eq!(said[0], page.texts()?.get("disjoint-supports.title"), "its name");
        assert!(said[1].contains("KL of p from q infinite") && !said[1].contains('∞'), "{}", said[1]);
        assert_eq!(said[2], "status", "it is said without interrupting");
        assert!(said[3].contains("1.6"), "where the point is: {}", said[3]);
        // Nothing is announced during a drag, and one announcement follows it.
        let count = "element.said = 0;
            element.times = [];
            element.addEventListener('change', ({ detail }) => detail && element.times.push(performance.now()));
            new MutationObserver(() => element.said++).observe(root.querySelector('[data-summary]'), { childList: true, characterData: true, subtree: true });";
        figure.run::<()>(count, &[])?;
        figure.drag(0, 60.0, 0.0)?;
        figure.wait::<bool>("return element.said > 0", &[])?;
        page.frames(60)?;
        // A busy machine may pause in the middle of a drag for so long that it counts as finished.
        let rests = "const { said, times } = element;
            return [said, times.filter((time, index) => times[index + 1] - time > 500).length]";
        let (said, rests): (u32, u32) = figure.run(rests, &[])?;
        assert!((1..=1 + rests).contains(&said), "once, and not {said} times with {rests} rests");
        Ok(())
    })
}
