//! Figures without a server, without scripts, or in somebody else's page.

use browser::Outcome;
use browser::specimens::SPECIMENS;
use explainer::book;
use serde_json::json;

use crate::trial::tests;
use crate::visit::{visit, visit_file, visit_host};

tests![
    the_single_file_works_from_disk_without_a_request,
    without_javascript_the_page_shows_its_posters not in [WebKit]: "WebKit's driver runs no scripts either where pages may not",
    a_figure_in_somebody_else_s_page_sleeps_until_it_is_near,
    attributes_set_a_figure,
];

/// The script for figures.
const ELEMENT: &str = "<script type=\"module\" src=\"divergence-figure.js\"></script>";

fn the_single_file_works_from_disk_without_a_request() -> Outcome {
    visit_file("", |page| {
        for name in SPECIMENS {
            let figure = page.figure(name)?;
            figure.agrees("opening the single file")?;
            figure.click("[data-reset]")?;
            figure.agrees("Reset in the single file")?;
        }
        let asked = page.requests()?.into_iter().filter(|url| !url.starts_with("data:"));
        // The file turns to a figure's page by a fragment.
        let asked: Vec<_> = asked.map(|url| url.split('#').next().unwrap_or_default().to_owned()).collect();
        assert_eq!(asked, [page.origin.as_str()], "the file itself is all that is read");
        Ok(())
    })
}

fn without_javascript_the_page_shows_its_posters() -> Outcome {
    visit("", |page| {
        page.browser.forbid_scripts()?;
        for width in [1280, 375] {
            page.browser.resize(width, 900, 1.0)?;
            page.go("")?;
            let script = "return [...document.querySelectorAll('divergence-figure')].map((element) => {
                const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height > 100;
                const posters = [...element.shadowRoot.querySelectorAll('.poster svg')].filter(shown);
                const controls = element.shadowRoot.querySelector('.controls');
                return [posters.length, controls.checkVisibility({ visibilityProperty: true }), element.hasAttribute('ready')];
              })";
            let figures: Vec<(u32, bool, bool)> = page.browser.run(script, &[])?;
            assert!(!figures.is_empty(), "there are figures");
            for figure in figures {
                assert_eq!(figure, (1, false, false), "one poster, no controls, not alive, at {width} px");
            }
            let note: String =
                page.browser.run("return document.querySelector('noscript').innerText.trim()", &[])?;
            assert!(!note.is_empty(), "a note says that the pictures stand still");
        }
        Ok(())
    })
}

fn a_figure_in_somebody_else_s_page_sleeps_until_it_is_near() -> Outcome {
    let elements: String = SPECIMENS
        .iter()
        .map(|name| {
            format!(
                "<p style=\"height:4000px\">Far.</p><divergence-figure name=\"{name}\"></divergence-figure>\n"
            )
        })
        .collect();
    visit_host(&format!("{ELEMENT}{elements}"), |page| {
        page.frames(10)?;
        let awake = "return document.querySelectorAll('divergence-figure[ready]').length";
        assert_eq!(page.browser.run::<usize>(awake, &[])?, 0, "none is alive while all are far away");
        let asked = page.requests()?;
        assert!(
            asked.iter().all(|url| !url.ends_with(".wasm")),
            "no wasm is loaded until one is near: {asked:?}"
        );
        for (index, figure) in page.figures().enumerate() {
            let figure = figure?;
            assert_eq!(page.browser.run::<usize>(awake, &[])?, index + 1, "{} alone woke up", figure.name);
            figure.agrees("waking up in somebody else's page")?;
            figure.click("[data-reset]")?;
            figure.agrees("Reset in somebody else's page")?;
        }
        page.frames(30)?;
        let address: String = page.browser.run("return location.search", &[])?;
        assert_eq!(address, "", "somebody else's address is left alone");
        Ok(())
    })
}

fn attributes_set_a_figure() -> Outcome {
    visit("", |page| {
        for name in SPECIMENS {
            let library = book::make(name).ok_or("a figure of that name")?;
            let Some(preset) = library.presets().last() else { continue };
            let script = "
                const [name, values] = arguments;
                document.querySelectorAll('divergence-figure').forEach((one) => one.remove());
                const element = document.createElement('divergence-figure');
                element.setAttribute('name', name);
                values.forEach(([key, value]) => element.setAttribute(key, value));
                document.querySelector('main').prepend(element);";
            page.browser.run::<()>(script, &[json!(name), json!(preset.values)])?;
            let figure = page.figure(name)?;
            for (key, value) in preset.values {
                assert_eq!(&figure.value(key)?, value, "{name}: the attribute {key}");
            }
            figure.agrees("set by attributes")?;
        }
        Ok(())
    })
}
