//! How pages look: on any width, in light and dark, on any screen.

use browser::Outcome;
use serde_json::json;

use crate::visit::{pages, visit};

#[test]
fn no_page_scrolls_sideways() -> Outcome {
    for path in pages()? {
        visit(&path, |page| {
            for width in [1440, 768, 375, 320] {
                page.browser.resize(width, 800, 1.0)?;
                for figure in page.figures() {
                    let figure = figure?;
                    // Whatever can be opened is open.
                    figure.run::<()>(
                        "root.querySelectorAll('details').forEach((one) => { one.open = true; })",
                        &[],
                    )?;
                    figure.settle()?;
                }
                let script = "
                    const width = document.documentElement.clientWidth;
                    const far = (root) => [...root.querySelectorAll('*')].flatMap((one) => [
                      ...(one.getBoundingClientRect().right > width + 0.5 && one.checkVisibility() ? [one.outerHTML.slice(0, 120)] : []),
                      ...(one.shadowRoot ? far(one.shadowRoot) : []),
                    ]);
                    const { scrollWidth } = document.documentElement;
                    return scrollWidth > width ? [`${scrollWidth} px`, ...far(document)] : []";
                let far: Vec<String> = page.browser.run(script, &[])?;
                assert!(far.is_empty(), "/{path} scrolls sideways at {width} px: {far:#?}");
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn the_backing_store_has_a_pixel_for_each_of_the_screen() -> Outcome {
    visit("", |page| {
        for ratio in [1.0, 1.5, 2.0, 3.0] {
            page.browser.resize(1100, 900, ratio)?;
            page.go("")?;
            for figure in page.figures() {
                let figure = figure?;
                let script = "
                    const { width, height } = root.querySelector('canvas');
                    const { clientWidth, clientHeight } = root.querySelector('.stage');
                    return [width, height, Math.round(clientWidth * given[0]), Math.round(clientHeight * given[0])]";
                let [width, height, wide, high]: [u32; 4] = figure.run(script, &[json!(ratio)])?;
                assert_eq!([width, height], [wide, high], "{} at {ratio} pixels a pixel", figure.name);
            }
        }
        Ok(())
    })
}

#[test]
fn a_figure_is_drawn_anew_when_its_window_changes() -> Outcome {
    visit("", |page| {
        for figure in page.figures() {
            let figure = figure?;
            // The last is a window on a sharper screen: only the ratio changes for the drawing.
            for (width, height, ratio) in [(700, 900, 1.0), (1200, 900, 1.0), (1200, 901, 2.0)] {
                page.browser.resize(width, height, ratio)?;
                let script = "
                    const { width } = root.querySelector('canvas');
                    return width === Math.round(root.querySelector('.stage').clientWidth * given[0])";
                figure
                    .wait::<bool>(script, &[json!(ratio)])
                    .map_err(|error| format!("{} at {width} px × {ratio}: {error}", figure.name))?;
            }
        }
        Ok(())
    })
}

#[test]
fn light_and_dark_differ_and_the_button_changes_them() -> Outcome {
    visit("", |page| {
        // The page's background, and each figure's drawing.
        let look = || -> Outcome<Vec<String>> {
            let ground = page.browser.run("return getComputedStyle(document.body).backgroundColor", &[])?;
            let drawings = page.figures().map(|figure| {
                let figure = figure?;
                figure.settle()?;
                figure.drawing()
            });
            std::iter::once(Ok(ground)).chain(drawings).collect()
        };
        let toggle = || page.browser.run::<()>("document.querySelector('[data-theme-toggle]').click()", &[]);
        page.browser.prefer("prefers-color-scheme", "light")?;
        let light = look()?;
        page.browser.prefer("prefers-color-scheme", "dark")?;
        let dark = look()?;
        for (light, dark) in light.iter().zip(&dark) {
            assert_ne!(light, dark, "page and drawings follow the reader's preference");
        }
        toggle()?;
        assert_eq!(look()?, light, "the button makes all of it light");
        toggle()?;
        assert_eq!(look()?, dark, "and dark again");
        Ok(())
    })
}
