//! The prose follows the figures and sets them.

use browser::specimens::SPECIMENS;
use browser::{Element, Outcome};

use crate::trial::tests;
use crate::visit::{CALM, Page, home, pages, visit, visit_as};

tests![
    live_numbers_follow_the_figures,
    the_prose_as_built_has_the_numbers_of_the_defaults,
    the_other_language_shows_the_same_in_the_same_state,
    links_set_figures,
];

fn live_numbers_follow_the_figures() -> Outcome {
    let numbers = "return [...document.querySelectorAll(`data.live[data-figure=\"${name}\"]`)]
        .map((place) => [place.dataset.readout, place.value, place.textContent])";
    for folder in pages()? {
        let mut live = 0;
        for name in SPECIMENS {
            visit_as(CALM, &format!("{folder}{}", home(name)), |page| {
                let figure = page.figure(name)?;
                for preset in figure.library()?.presets().iter().rev() {
                    figure.choose(preset)?;
                    figure.agrees(preset.name)?;
                    let told = figure.told()?;
                    for (key, value, text) in figure.run::<Vec<(String, String, String)>>(numbers, &[])? {
                        let shown = told.iter().find(|shown| shown.key == key);
                        let shown = shown.ok_or_else(|| format!("{name} has no readout {key}"))?;
                        assert_eq!(
                            (&value, &text),
                            (&shown.value, &shown.text),
                            "{name}: {key} in the prose"
                        );
                        live += 1;
                    }
                }
                Ok(())
            })?;
        }
        assert!(live > 0, "there are live numbers in the prose");
    }
    Ok(())
}

fn the_prose_as_built_has_the_numbers_of_the_defaults() -> Outcome {
    let built = "const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), 'text/html');
        return [...page.querySelectorAll(`data.live[data-figure=\"${name}\"]`)]
          .map((place) => [place.dataset.readout, place.textContent])";
    for folder in pages()? {
        for name in SPECIMENS {
            visit_as(CALM, &format!("{folder}{}", home(name)), |page| {
                let figure = page.figure(name)?;
                let told = figure.told()?;
                let script = format!("return (async () => {{ {built} }})()");
                for (key, text) in figure.run::<Vec<(String, String)>>(&script, &[])? {
                    let shown = told.iter().find(|shown| shown.key == key).map(|shown| &shown.text);
                    assert_eq!(shown, Some(&text), "{name}: {key} does not change when the wasm arrives");
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}

fn the_other_language_shows_the_same_in_the_same_state() -> Outcome {
    let state = "?disjoint-supports.theta=2#disjoint-supports";
    visit(&format!("{}{state}", home("disjoint-supports")), |page| {
        for language in ["en", "zh-Hans", "en"] {
            let figure = page.figure("disjoint-supports")?;
            let seen = "return [document.documentElement.lang, location.search + location.hash]";
            let seen: [String; 2] = figure.run(seen, &[])?;
            assert_eq!(seen, [language, state], "as it was");
            assert_eq!(figure.value("theta")?, "2", "{language}");
            figure.agrees(language)?;
            // The driver's click waits for the next page.
            let link: Element = page.browser.run("return document.querySelector('a[data-language]')", &[])?;
            page.browser.click(&link)?;
        }
        Ok(())
    })
}

fn links_set_figures() -> Outcome {
    SPECIMENS.iter().try_for_each(|name| visit_as(CALM, &home(name), links_set_figures_of))
}

fn links_set_figures_of(page: &Page) -> Outcome {
    // What is below the first figure is laid out a frame later. Nobody can click there before.
    let laid_out = "return !document.documentElement.classList.contains('first')";
    page.browser.wait::<bool>(laid_out, &[])?;
    let links: Vec<(Element, String)> = page.browser.run(
        "return [...document.querySelectorAll('main a[href^=\"#\"][href*=\"?\"]')].map((a) => [a, a.hash])",
        &[],
    )?;
    assert!(!links.is_empty(), "the prose has links that set a figure");
    for (link, hash) in links {
        let (name, query) = hash.trim_start_matches('#').split_once('?').ok_or("a link without a query")?;
        page.browser.click(&link)?;
        let figure = page.figure(name)?;
        figure.agrees(&hash)?;
        let mut wanted = figure.library()?;
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').ok_or("a pair without =")?;
            wanted.set(key, value).map_err(|problem| format!("{hash}: {problem:?}"))?;
        }
        let changed: Vec<(String, String)> = figure.run("return figure.state().changed", &[])?;
        let wanted: Vec<_> =
            wanted.changed().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        assert_eq!(changed, wanted, "{hash} sets what it says and nothing else");
    }
    Ok(())
}
