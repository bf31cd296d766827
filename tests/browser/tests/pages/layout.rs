//! The layout of pages: at any width, in light and dark, on any screen.

use browser::specimens::SPECIMENS;
use browser::{Outcome, Reader};
use serde_json::json;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{CALM, Page, home, on_specimens, on_specimens_as, pages, stories, visit, visit_as};

tests![
    no_page_scrolls_sideways,
    what_plays_stays_under_the_thumb,
    nothing_moves_for_who_comes_by_a_link_to_a_chapter not in [Firefox, WebKit]: "only Chromium tells what moves",
    the_backing_store_has_a_pixel_for_each_of_the_screen,
    thirty_figures_take_the_memory_of_those_near_the_window,
    a_figure_is_drawn_anew_when_its_window_changes,
    a_figure_that_had_no_width_for_a_time_is_released_and_comes_back,
    a_figure_is_drawn_anew_when_its_window_moves_to_a_sharper_screen not in [WebKit]: "WebKit's driver can't change the screen under a page",
    light_and_dark_differ_and_the_button_changes_them,
    a_page_that_is_open_follows_the_preference not in [WebKit]: "WebKitGTK reads preferences when it opens; they don't change after that",
];

fn no_page_scrolls_sideways() -> Outcome {
    for path in pages()?.iter().flat_map(|folder| stories(folder)) {
        visit_as(CALM, &path, |page| {
            for width in [1440, 768, 375, 320] {
                page.browser.resize(width, 800, 1.0)?;
                for figure in page.figures() {
                    let figure = figure?;
                    // All folded parts are open.
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
                if width >= 375 {
                    let script = "return [...document.querySelectorAll('p:has(> math[display=block])')]
                        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)";
                    let cut: Vec<String> = page.browser.run(script, &[])?;
                    assert!(cut.is_empty(), "/{path} cuts off formulas at {width} px: {cut:#?}");
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn what_plays_stays_under_the_thumb() -> Outcome {
    on_specimens(|figure| {
        let (page, name) = (figure.page, &figure.name);
        if figure.library()?.steps().is_none() {
            return Ok(());
        }
        page.browser.resize(360, 640, 1.0)?;
        figure.run::<()>("element.scrollIntoView({ behavior: 'instant' })", &[])?;
        page.frames(2)?;
        let there = "const play = root.querySelector('[data-play]');
                const { top, bottom, left } = play.getBoundingClientRect();
                const at = root.elementFromPoint(left + 20, (top + bottom) / 2);
                return [at === play, innerHeight - bottom, element.getBoundingClientRect().bottom - innerHeight > 300]";
        let (seen, below, far): (bool, f64, bool) = figure.run(there, &[])?;
        assert!(seen && far && (0.0..40.0).contains(&below), "{name}: {seen} {below} {far}");
        // With the last of the controls visible, Play is in its place above them.
        figure.run::<()>(
            "root.querySelector('figcaption').scrollIntoView({ block: 'end', behavior: 'instant' })",
            &[],
        )?;
        page.frames(2)?;
        let above = "return root.querySelector('.slider').getBoundingClientRect().top - root.querySelector('[data-play]').getBoundingClientRect().bottom";
        assert!(figure.run::<f64>(above, &[])? > 0.0, "{name}");
        Ok(())
    })
}

/// The cumulative layout shift since the page was opened.
const MOVED: &str = "return new Promise((done) => new PerformanceObserver((list) => {
    done(list.getEntries().reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
  }).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done(0), 500))";

fn nothing_moves_for_who_comes_by_a_link_to_a_chapter() -> Outcome {
    visit("teaching.html", |page| {
        page.browser.resize(412, 823, 1.0)?;
        for folder in pages()? {
            for name in SPECIMENS {
                let path = format!("{folder}{name}.html");
                page.go(&path)?;
                page.figure(name)?;
                let moved: f64 = page.browser.run(MOVED, &[])?;
                assert!(moved < 0.05, "/{path}: {moved}");
            }
        }
        Ok(())
    })
}

fn the_backing_store_has_a_pixel_for_each_of_the_screen() -> Outcome {
    for ratio in [1.0, 2.0, 3.0] {
        on_specimens_as(
            Reader { ratio, ..CALM },
            |_| String::new(),
            |figure| {
                let script = "
                    const { width, height } = root.querySelector('canvas');
                    const { clientWidth, clientHeight } = root.querySelector('.stage');
                    return [width, height, Math.round(clientWidth * given[0]), Math.round(clientHeight * given[0])]";
                let [width, height, wide, high]: [u32; 4] = figure.run(script, &[json!(ratio)])?;
                assert_eq!([width, height], [wide, high], "{} at {ratio} pixels a pixel", figure.name);
                Ok(())
            },
        )?;
    }
    Ok(())
}

fn thirty_figures_take_the_memory_of_those_near_the_window() -> Outcome {
    visit_as(Reader { ratio: 2.0, ..CALM }, "", |page| {
        let fill = "
            const names = arguments[0];
            const figures = Array.from({ length: 30 }, (_, index) => {
              const figure = document.createElement('divergence-figure');
              figure.setAttribute('name', names[index % names.length]);
              figure.setAttribute('address', 'none');
              return figure;
            });
            document.querySelector('main').replaceChildren(...figures);
            window.figures = figures;
            window.canvases = () => figures.map((figure) => figure.shadowRoot.querySelector('canvas')).filter(Boolean);
            // The drawing of a figure far from the window is kept as a small copy.
            window.small = ({ width, clientWidth }) => width < clientWidth;
            window.megabytes = () => canvases().reduce((sum, { width, height }) => sum + 4e-6 * width * height, 0)";
        // The page's script takes the styles of figures from the first figure, which must still be there then.
        page.browser.wait::<bool>("return Boolean(customElements.get('divergence-figure'))", &[])?;
        page.browser.run::<()>(fill, &[json!(SPECIMENS)])?;
        for index in 0..30 {
            page.browser.run::<()>(
                "figures[arguments[0]].scrollIntoView({ behavior: 'instant' })",
                &[json!(index)],
            )?;
            let drawn = "const figure = figures[arguments[0]];
                return figure.hasAttribute('ready') && !small(figure.shadowRoot.querySelector('canvas'))";
            page.browser.wait::<bool>(drawn, &[json!(index)])?;
            let megabytes: f64 = page.browser.run("return megabytes()", &[])?;
            assert!(megabytes < 150.0, "at the figure {index}, canvases take {megabytes} MB");
        }
        page.browser.wait::<bool>("return small(canvases()[0])", &[])?;
        let tall = "return document.documentElement.scrollHeight";
        let before: f64 = page.browser.run(tall, &[])?;
        page.browser.run::<()>("scrollTo({ top: 0, behavior: 'instant' })", &[])?;
        page.browser.wait::<bool>("return !small(canvases()[0]) && small(canvases()[29])", &[])?;
        assert_eq!(page.browser.run::<f64>(tall, &[])?, before, "nothing moves when drawings go and come");
        Ok(())
    })
}

fn a_figure_is_drawn_anew_when_its_window_changes() -> Outcome {
    on_specimens(|figure| [700, 1200].into_iter().try_for_each(|width| drawn_anew(figure, width, 900, 1.0)))
}

fn a_figure_that_had_no_width_for_a_time_is_released_and_comes_back() -> Outcome {
    visit_as(CALM, &home(SPECIMENS[0]), |page| {
        let figure = page.figure(SPECIMENS[0])?;
        let is_whole = "const { width } = root.querySelector('canvas');
            return width === root.querySelector('.stage').clientWidth";
        figure.wait::<bool>(is_whole, &[])?;
        figure.run::<()>("element.style.width = 0; element.invalidate()", &[])?;
        page.frames(3)?;
        // Far away it is reduced to a small copy, of the size that it last had.
        let before: f64 = figure.run("return root.querySelector('canvas').width", &[])?;
        figure.run::<()>("Object.assign(element.style, { position: 'absolute', top: '-9000px' })", &[])?;
        figure.wait::<bool>("return root.querySelector('canvas').width < given[0]", &[json!(before)])?;
        figure.run::<()>("element.removeAttribute('style')", &[])?;
        figure.wait::<bool>(is_whole, &[]).map(drop)
    })
}

fn a_figure_is_drawn_anew_when_its_window_moves_to_a_sharper_screen() -> Outcome {
    on_specimens(|figure| {
        // Chromium's emulation reports a new pixel ratio only together with a new size.
        let screens = [(901, 1.5), (902, 2.0), (903, 1.0)];
        screens.into_iter().try_for_each(|(height, ratio)| drawn_anew(figure, 1280, height, ratio))
    })
}

/// Fails unless the figure is redrawn for the new width and pixel ratio soon after both have changed.
fn drawn_anew(figure: &Figure<'_>, width: u32, height: u32, ratio: f64) -> Outcome {
    figure.page.browser.resize(width, height, ratio)?;
    let script = "
        const { width } = root.querySelector('canvas');
        return width === Math.round(root.querySelector('.stage').clientWidth * given[0])";
    figure
        .wait::<bool>(script, &[json!(ratio)])
        .map(drop)
        .map_err(|error| format!("{} at {width} px × {ratio}: {error}", figure.name).into())
}

fn light_and_dark_differ_and_the_button_changes_them() -> Outcome {
    let toggle = "document.querySelector('[data-theme-toggle]').click()";
    let mut light = Vec::new();
    visit("", |page| {
        light = look(page)?;
        Ok(())
    })?;
    visit_as(Reader { dark: true, ..Reader::default() }, "", |page| {
        let dark = look(page)?;
        differ(&light, &dark);
        page.browser.run::<()>(toggle, &[])?;
        assert_eq!(look(page)?, light, "the button makes all of it light");
        page.browser.run::<()>(toggle, &[])?;
        assert_eq!(look(page)?, dark, "and dark again");
        Ok(())
    })
}

fn a_page_that_is_open_follows_the_preference() -> Outcome {
    visit("", |page| {
        let light = look(page)?;
        page.browser.prefer("prefers-color-scheme", "dark")?;
        differ(&light, &look(page)?);
        Ok(())
    })
}

/// The background of the page and the drawing of each figure.
fn look(page: &Page) -> Outcome<Vec<String>> {
    let ground = page.browser.run("return getComputedStyle(document.body).backgroundColor", &[])?;
    let drawings = page.figures().map(|figure| {
        let figure = figure?;
        figure.settle()?;
        figure.drawing()
    });
    std::iter::once(Ok(ground)).chain(drawings).collect()
}

fn differ(light: &[String], dark: &[String]) {
    for (light, dark) in light.iter().zip(dark) {
        assert_ne!(light, dark, "page and drawings follow the reader's preference");
    }
}
