//! The tests of each figure.

use browser::{Engine, Outcome, Reader};
use explainer::book;
use libtest_mimic::Trial;

use crate::access::axe::Inspector;
use crate::figure::Figure;
use crate::trial::trial;
use crate::visit::{Page, visit_as};

/// A test of a figure.
type Test = fn(&Figure<'_>) -> Outcome;

/// The tests with their names.
const TESTS: [(&str, Test); 2] =
    [("it_can_be_used", it_can_be_used), ("its_examples_fit_a_phone", its_examples_fit_a_phone)];

/// A reader with reduced motion, for whom a choice takes effect at once.
const CALM: Reader = Reader { dark: false, calm: true, ratio: 1.0 };

/// One trial for each test and each figure.
pub(super) fn trials() -> impl Iterator<Item = Trial> {
    book::names().flat_map(|name| {
        TESTS.into_iter().map(move |(what, test)| {
            let alone = move |page: &Page| test(&page.figure(name)?);
            let run = move || visit_as(CALM, &format!("figure.html?figure={name}"), alone);
            trial(Engine::Chromium, &format!("figures::{name}::{what}"), run)
        })
    })
}

/// The figure starts. An example, a slider, a handle and its last step change it, by mouse and by keyboard,
/// and Reset restores it. After each action its numbers are the library's.
fn it_can_be_used(figure: &Figure<'_>) -> Outcome {
    figure.work(|after| figure.agrees(after))
}

/// Each example works on a phone: its button is pressed, the numbers are the library's, nothing extends
/// beyond the window, and axe-core finds nothing.
fn its_examples_fit_a_phone(figure: &Figure<'_>) -> Outcome {
    let page = figure.page;
    page.browser.resize(360, 740, 1.0)?;
    let mut inspector = Inspector::new()?;
    for preset in figure.library()?.presets() {
        figure.choose(preset)?;
        figure.agrees(preset.name)?;
        let pressed = "return [...root.querySelectorAll('[data-preset][aria-pressed=true]')].map((chip) => chip.dataset.preset)";
        assert_eq!(
            figure.run::<Vec<String>>(pressed, &[])?,
            [preset.name],
            "{}: the pressed button",
            figure.name
        );
        let width: u32 = page.browser.run("return document.documentElement.scrollWidth", &[])?;
        assert!(width <= 360, "{}, {}: {width} px wide in a window of 360", figure.name, preset.name);
        inspector.look(page, &format!("{}, {}", figure.name, preset.name))?;
    }
    inspector.done()
}
