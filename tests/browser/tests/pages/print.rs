//! The explainer on paper.

use browser::{Outcome, Reader};

use crate::trial::tests;
use crate::visit::{visit, visit_as};

tests![
    paper_is_dark_on_white_whatever_the_screen_is not in [WebKit]: "WebKit's driver can't print",
    paper_shows_each_figure_as_it_stands not in [WebKit]: "WebKit's driver can't print",
];

fn paper_shows_each_figure_as_it_stands() -> Outcome {
    visit("", |page| {
        let mut wanted = Vec::new();
        for figure in page.figures() {
            let figure = figure?;
            figure.click("[data-preset]:last-child")?;
            figure.settle()?;
            let own: String = figure.run("return figure.svg(700, 'light')", &[])?;
            wanted.push((figure.name, own.matches("<path").count()));
        }
        // The test does what a browser does: it sends the event and then changes the medium.
        page.browser.run::<()>("dispatchEvent(new Event('beforeprint'))", &[])?;
        page.browser.show_as("print")?;
        let script = "return [...document.querySelectorAll('divergence-figure')].map(({ shadowRoot: root }) => {
            const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 100;
            const pictures = [...root.querySelectorAll('.poster svg')].filter(shown);
            const screen = [...root.querySelectorAll('canvas, .controls, .handles')].filter((one) => one.checkVisibility());
            return [pictures.length, pictures[0]?.querySelectorAll('path').length, screen.length];
          })";
        let printed: Vec<[usize; 3]> = page.browser.run(script, &[])?;
        for ((name, paths), printed) in wanted.iter().zip(&printed) {
            assert_eq!(printed, &[1, *paths, 0], "{name}: one picture, the present one, and no controls");
        }
        assert_eq!(printed.len(), wanted.len(), "every figure");
        assert!(page.browser.print(8.27, 11.69)?.len() > 100_000, "there is a PDF");
        Ok(())
    })
}

/// What would be light on paper, or dark around words.
const PALE: &str = "
    const luminance = (colour) => {
      const [red, green, blue, opaque = 1] = colour.match(/[0-9.]+/g).map(Number);
      return { light: (0.3 * red + 0.59 * green + 0.11 * blue) / 255, opaque };
    };
    const pale = [];
    const look = (part) => {
      if (part.checkVisibility?.({ visibilityProperty: true }) ?? true) {
        const { color, backgroundColor } = getComputedStyle(part);
        const words = [...part.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
        const ground = luminance(backgroundColor);
        if (part instanceof SVGElement ? part.matches('text') && luminance(getComputedStyle(part).fill).light > 0.55 : words && luminance(color).light > 0.55) {
          pale.push(`${part.localName}.${part.className}: ${part.textContent.slice(0, 30)}`);
        }
        if (ground.opaque > 0 && ground.light < 0.7) {
          pale.push(`${part.localName}.${part.className} has ${backgroundColor}`);
        }
        (part.shadowRoot ? [...part.shadowRoot.children] : [...part.children]).forEach(look);
      }
    };
    look(document.body);
    return pale";

fn paper_is_dark_on_white_whatever_the_screen_is() -> Outcome {
    let dark = Reader { dark: true, ..Reader::default() };
    for (reader, switched) in [(dark, false), (Reader::default(), true), (dark, true)] {
        for path in ["", "which-one.html"] {
            visit_as(reader, path, |page| {
                if switched {
                    page.browser.run::<()>("document.querySelector('[data-theme-toggle]').click()", &[])?;
                }
                if reader.dark && switched {
                    page.browser.run::<()>("document.querySelector('[data-theme-toggle]').click()", &[])?;
                }
                for figure in page.figures() {
                    figure?.settle()?;
                }
                let pale: Vec<String> = page.browser.run(PALE, &[])?;
                assert!(!pale.is_empty(), "{path}: the screen is dark");
                page.browser.run::<()>("dispatchEvent(new Event('beforeprint'))", &[])?;
                page.browser.show_as("print")?;
                let pale: Vec<String> = page.browser.run(PALE, &[])?;
                assert!(pale.is_empty(), "{path}: {pale:?}");
                Ok(())
            })?;
        }
    }
    Ok(())
}
