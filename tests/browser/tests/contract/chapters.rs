//! Figures of several chapters in one page: which engines it loads, and that the figures share nothing but the page.

use browser::{Element, Outcome};
use explainer::book;
use serde_json::json;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{Page, visit_host};

tests![
    figures_of_two_chapters_live_in_one_page,
    a_figure_of_another_chapter_may_come_later,
    frames_with_figures_of_two_chapters_stand_in_one_page,
];

/// A figure, one of another chapter, and one of a third.
const FIGURES: [&str; 3] = ["kl-fit", "comparison", "js-mixture"];

/// A page with the figures `names`.
fn host(names: &[&str]) -> String {
    let element = |name: &&str| format!("<divergence-figure name=\"{name}\"></divergence-figure>");
    let elements: String = names.iter().map(element).collect();
    format!("<script type=\"module\" src=\"divergence-figure.js\"></script>{elements}")
}

/// The chapter of the figure `name`.
fn chapter(name: &str) -> &'static str {
    book::chapter_of(name).map(|chapter| chapter.slug).unwrap_or_default()
}

/// The engines that the page has asked for since the last call: the slugs of chapters, "" for the whole one.
fn engines(page: &Page) -> Outcome<Vec<String>> {
    let asked = page.requests()?.into_iter().filter_map(|url| {
        let file = url.rsplit('/').next()?.strip_suffix(".wasm")?.strip_prefix("divergences.")?;
        Some(file.rsplit_once('.').map(|(slug, _hash)| slug).unwrap_or_default().to_owned())
    });
    Ok(asked.collect())
}

/// Fails unless `changed` takes its last example and the numbers of all `figures` are the library's, with nothing else moved.
fn changes_alone(changed: &Figure<'_>, figures: &[&Figure<'_>]) -> Outcome {
    let others: Vec<_> = figures.iter().filter(|figure| figure.name != changed.name).collect();
    let seen = |figure: &Figure<'_>| {
        let drawing: String = figure.run("return element.toSVG()", &[])?;
        Ok::<_, Box<dyn std::error::Error>>((figure.values()?, figure.told()?, drawing))
    };
    let before = others.iter().map(|figure| seen(figure)).collect::<Outcome<Vec<_>>>()?;
    let own = changed.values()?;
    changed.choose(changed.library()?.presets().last().ok_or("every figure has examples")?)?;
    changed.agrees("an example beside another chapter's figure")?;
    assert_ne!(changed.values()?, own, "{} has changed", changed.name);
    for (figure, before) in others.iter().zip(before) {
        assert!(seen(figure)? == before, "{} changes with {}", figure.name, changed.name);
        figure.agrees("a change of another chapter's figure")?;
    }
    Ok(())
}

fn figures_of_two_chapters_live_in_one_page() -> Outcome {
    visit_host(&host(&FIGURES[..2]), |page| {
        let [one, other] = [page.figure(FIGURES[0])?, page.figure(FIGURES[1])?];
        assert_eq!(engines(page)?, [""], "the whole engine, once");
        for figure in [&one, &other] {
            figure.agrees("beside a figure of another chapter")?;
        }
        changes_alone(&one, &[&one, &other])?;
        changes_alone(&other, &[&one, &other])
    })
}

fn a_figure_of_another_chapter_may_come_later() -> Outcome {
    let add = "const figure = document.createElement('divergence-figure');
        figure.setAttribute('name', arguments[0]);
        document.body.append(figure)";
    // Whether the figures live in the same engine.
    let same =
        "const [one, other] = [...arguments].map((name) => document.querySelector(`[name=${name}]`).engine);
        return one === other";
    visit_host(&host(&FIGURES[..1]), |page| {
        let first = page.figure(FIGURES[0])?;
        assert_eq!(engines(page)?, [chapter(FIGURES[0])], "one chapter, its engine");
        page.browser.run::<()>(add, &[json!(FIGURES[1])])?;
        let second = page.figure(FIGURES[1])?;
        assert_eq!(engines(page)?, [""], "a second chapter, the whole engine");
        page.browser.run::<()>(add, &[json!(FIGURES[2])])?;
        let third = page.figure(FIGURES[2])?;
        assert_eq!(engines(page)?, [""; 0], "a third chapter, no further engine");
        let among = |one: usize, other: usize| {
            page.browser.run::<bool>(same, &[json!(FIGURES[one]), json!(FIGURES[other])])
        };
        assert_eq!(
            [among(0, 1)?, among(1, 2)?],
            [false, true],
            "the first stays where it lives, the others share"
        );
        let figures = [&first, &second, &third];
        figures.into_iter().try_for_each(|figure| changes_alone(figure, &figures))
    })
}

fn frames_with_figures_of_two_chapters_stand_in_one_page() -> Outcome {
    let frames: String = FIGURES[..2]
        .iter()
        .map(|name| format!("<iframe id=\"{name}\" style=\"width:100%;height:700px\" src=\"figure.html?figure={name}\"></iframe>"))
        .collect();
    visit_host(&frames, |page| {
        let within = |name: &str, test: &dyn Fn(&Figure<'_>) -> Outcome| -> Outcome {
            let find = "const frame = document.getElementById(arguments[0]); frame.scrollIntoView({ behavior: 'instant' }); return frame";
            let frame: Element = page.browser.run(find, &[json!(name)])?;
            page.browser.enter_frame(&frame)?;
            test(&page.figure(name)?)?;
            page.browser.leave_frames()
        };
        let [one, other] = [FIGURES[0], FIGURES[1]];
        within(one, &|figure| figure.agrees("in a frame"))?;
        within(other, &|figure| changes_alone(figure, &[figure]))?;
        within(one, &|figure| {
            let library: Vec<_> = figure.library()?.specs().iter().map(|spec| spec.key).collect();
            let untouched = figure.library()?;
            for key in library {
                assert_eq!(
                    figure.value(key)?,
                    untouched.get(key).unwrap_or_default(),
                    "{one}: {key} is left alone"
                );
            }
            changes_alone(figure, &[figure])
        })?;
        let mut loaded = engines(page)?;
        loaded.sort();
        let mut wanted = [chapter(one), chapter(other)];
        wanted.sort_unstable();
        assert_eq!(loaded, wanted, "each frame loads the engine of its figure's chapter");
        Ok(())
    })
}
