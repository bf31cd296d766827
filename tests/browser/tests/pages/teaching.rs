//! The teacher's guide and its handout: their links, their tables, their print, and both in the single file.

use std::collections::BTreeSet;

use browser::{Element, Engine, Outcome};
use explainer::book;
use serde_json::json;

use crate::trial::{engine, tests};
use crate::visit::{Page, dist, home, visit, visit_file, visit_host};

tests![
    every_link_of_the_guide_shows_a_figure_in_the_state_that_it_names not in [Firefox, WebKit]: "WebKitGTK sometimes crashes once a figure put before the page is taken away; what a link says is the same in every engine",
    a_link_into_the_explainer_ends_at_its_figure,
    the_table_has_a_row_for_every_parameter_of_every_figure,
    neither_page_scrolls_sideways,
    the_handout_takes_three_sheets_of_either_paper_with_nothing_cut not in [WebKit]: "WebKit's driver can't print",
    the_single_file_has_guide_and_handout_without_a_request,
    the_guide_works_in_the_single_file_as_somebody_s_srcdoc,
];

/// The pages, by name.
const PAGES: [&str; 2] = ["teaching", "handout"];

fn click(page: &Page, selector: &str) -> Outcome {
    let link: Element =
        page.browser.run("return document.querySelector(arguments[0])", &[selector.into()])?;
    page.browser.click(&link)
}

fn every_link_of_the_guide_shows_a_figure_in_the_state_that_it_names() -> Outcome {
    visit("teaching.html", |page| {
        let links: BTreeSet<String> = page.browser.run(
            "return [...document.querySelectorAll('a[target=explainer]')].map((link) => link.getAttribute('href'))",
            &[],
        )?;
        let all: usize =
            page.browser.run("return document.querySelectorAll('a[href*=\"?\"]').length", &[])?;
        let marked: usize =
            page.browser.run("return document.querySelectorAll('a[target=explainer]').length", &[])?;
        assert_eq!(all, marked, "every link into the explainer opens in the same second window");
        // A new element reads the address as the page does when it opens. Loading the page for each link
        // would take minutes. The page must be at rest first, because WebKitGTK may crash when a body changes
        // while it is arriving.
        let open = "return (async (link, name) => {
            history.replaceState(null, '', link);
            const element = document.createElement('divergence-figure');
            element.setAttribute('name', name);
            element.setAttribute('address', '');
            document.body.prepend(element);
            await element.ready();
            const problems = [...element.shadowRoot.querySelectorAll('.problems li')].map((one) => one.textContent);
            const { changed } = element.figure.state();
            element.remove();
            return [changed, problems];
          })(...arguments)";
        page.go("index.html")?;
        page.figure("kl-fit")?;
        let mut shown = BTreeSet::new();
        for link in &links {
            let (address, name) = link.split_once('#').unwrap_or((link, ""));
            let (file, query) = address.split_once('?').ok_or_else(|| format!("{link} has no query"))?;
            if query.starts_with("view=lecture") {
                continue;
            }
            let mut wanted = book::make(name).ok_or_else(|| format!("{link}: no such figure"))?;
            assert_eq!(file, home(name), "{link} leads to the figure's chapter");
            for pair in query.split('&').filter(|pair| !pair.is_empty()) {
                let (key, value) = pair.split_once('=').ok_or("a pair without =")?;
                let key = key.strip_prefix(&format!("{name}.")).ok_or("a parameter of another figure")?;
                wanted.set(key, value).map_err(|problem| format!("{link}: {problem:?}"))?;
            }
            let wanted: Vec<_> =
                wanted.changed().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            let (changed, problems): (Vec<(String, String)>, Vec<String>) = page
                .browser
                .run(open, &[link.as_str().into(), name.into()])
                .map_err(|error| format!("{link}: {error}"))?;
            assert_eq!(changed, wanted, "{link} shows what it says and nothing else");
            assert_eq!(problems, [""; 0], "{link} is understood");
            shown.insert(name.to_owned());
        }
        assert!(shown.len() > 3, "the guide shows figures in many states: {shown:?}");
        for slug in book::chapters().map(|chapter| chapter.slug) {
            assert!(links.contains(&format!("{slug}.html?view=lecture")), "the lecture of {slug}");
        }
        Ok(())
    })
}

fn a_link_into_the_explainer_ends_at_its_figure() -> Outcome {
    visit("index.html?comparison.shape=boxes#comparison", |page| {
        // The fragment alone must scroll to it.
        page.browser.wait::<bool>(
            "const figure = document.getElementById('comparison');
             const { top } = figure?.getBoundingClientRect() ?? {};
             return figure?.hasAttribute('ready') && top > -200 && top < innerHeight / 2",
            &[],
        )?;
        assert_eq!(page.figure("comparison")?.value("shape")?, "boxes", "in the state of the address");
        Ok(())
    })
}

fn the_table_has_a_row_for_every_parameter_of_every_figure() -> Outcome {
    visit("teaching.html", |page| {
        let rows: Vec<[String; 6]> = page.browser.run(
            "return [...document.querySelectorAll('tr[data-parameter]')].map((row) =>
               [row.dataset.figure, row.dataset.parameter, ...[...row.cells].map((cell) => cell.innerText)])",
            &[],
        )?;
        let mut wanted = Vec::new();
        for figure in book::names().filter_map(book::make) {
            for spec in figure.specs() {
                wanted.push((figure.name(), spec.key, figure.get(spec.key).unwrap_or_default()));
            }
        }
        assert_eq!(rows.len(), wanted.len(), "as many rows as parameters");
        for ([figure, key, shown, name, takes, start], wanted) in rows.iter().zip(&wanted) {
            assert_eq!((figure.as_str(), key.as_str(), start), (wanted.0, wanted.1, &wanted.2), "its start");
            assert_eq!(shown, key, "its key is seen");
            assert!(!name.is_empty() && !name.contains("param."), "{figure}: {key} has a name: {name}");
            assert!(!takes.contains(['{', '}']) && !takes.is_empty(), "{figure}: {key} takes {takes}");
        }
        Ok(())
    })
}

fn neither_page_scrolls_sideways() -> Outcome {
    for name in PAGES {
        visit(&format!("{name}.html"), |page| {
            for width in [1440, 768, 375, 320] {
                page.browser.resize(width, 800, 1.0)?;
                let script = "
                    const width = document.documentElement.clientWidth;
                    const far = [...document.querySelectorAll('body *')]
                      .filter((one) => one.getBoundingClientRect().right > width + 0.5 && !one.closest('pre, math, svg'));
                    return [document.documentElement.scrollWidth > width ? 'the page' : '', ...far.map((one) => one.outerHTML.slice(0, 120))].filter(Boolean)";
                let far: Vec<String> = page.browser.run(script, &[])?;
                assert!(far.is_empty(), "{name} at {width} px: {far:#?}");
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The number of sheets that the page takes, of `width` × `height` inches.
fn sheets(page: &Page, width: f64, height: f64) -> Outcome<usize> {
    let pdf = page.browser.print(width, height)?;
    // Firefox compresses the objects that list the pages.
    let count = r"return (async (pdf) => {
        const texts = [pdf];
        for (const [, stream] of pdf.matchAll(/stream\r?\n([^]*?)\r?\nendstream/g)) {
          const bytes = Uint8Array.from(stream, (letter) => letter.charCodeAt());
          const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
          texts.push(await new Response(inflated).text().catch(() => ''));
        }
        return texts.join().match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      })(atob(arguments[0]))";
    page.browser.run(count, &[json!(pdf)])
}

fn the_handout_takes_three_sheets_of_either_paper_with_nothing_cut() -> Outcome {
    visit("handout.html", |page| {
        for (paper, width, height) in [("A4", 8.27, 11.69), ("Letter", 8.5, 11.0)] {
            // Two sheets begin with a page break, so that three sheets mean that no text overflows.
            assert_eq!(sheets(page, width, height)?, 3, "{paper}");
        }
        page.browser.show_as("print")?;
        // The width of A4 between its margins, in CSS pixels.
        page.browser.resize(688, 1000, 1.0)?;
        let script = "
            const width = document.documentElement.clientWidth;
            return [...document.querySelectorAll('section *')]
              .filter((one) => !one.closest('math') && !one.parentNode.closest('svg'))
              .filter((one) => one.getBoundingClientRect().right > width + 0.5 || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth))
              .map((one) => one.outerHTML.slice(0, 120))";
        let cut: Vec<String> = page.browser.run(script, &[])?;
        assert!(cut.is_empty(), "wider than the paper: {cut:#?}");
        let pictures: Vec<f64> = page.browser.run(
            "return [...document.querySelectorAll('.picture svg')].map((one) => one.getBoundingClientRect().height)",
            &[],
        )?;
        assert!(pictures.len() > 2, "it has pictures");
        assert!(pictures.iter().all(|height| *height > 150.0), "none is squeezed: {pictures:?}");
        Ok(())
    })
}

fn the_single_file_has_guide_and_handout_without_a_request() -> Outcome {
    visit_file("", |page| {
        page.shows("")?;
        click(page, "header a[href='#teaching']")?;
        page.shows("teaching")?;
        click(page, "a[href='#plan']")?;
        page.shows("teaching")?;
        click(page, "#teaching header a[href='#handout']")?;
        page.shows("handout")?;
        if engine() != Engine::WebKit {
            assert_eq!(sheets(page, 8.27, 11.69)?, 3, "which alone is printed");
        }
        page.go("?kl-fit.step=300#kl-fit")?;
        page.shows("two-directions")?;
        assert_eq!(page.figure("kl-fit")?.value("step")?, "300", "in its state");
        let foreign: Vec<_> = page
            .requests()?
            .into_iter()
            .filter(|url| !url.starts_with("data:") && !url.starts_with(&page.origin))
            .collect();
        assert_eq!(foreign, [""; 0], "the file itself is all that is read");
        Ok(())
    })
}

fn the_guide_works_in_the_single_file_as_somebody_s_srcdoc() -> Outcome {
    let single = std::fs::read_to_string(dist().join("divergences.html"))?;
    let srcdoc = single.replace('&', "&amp;").replace('"', "&quot;");
    visit_host(
        &format!("<iframe style=\"width:1000px;height:800px\" srcdoc=\"{srcdoc}\"></iframe>"),
        |page| {
            let frame: Element = page.browser.run("return document.querySelector('iframe')", &[])?;
            page.browser.enter_frame(&frame)?;
            click(page, "header a[href='#teaching']")?;
            page.shows("teaching")?;
            click(page, "a[href='?lang=en&kl-fit.step=300#kl-fit']")?;
            page.shows("two-directions")?;
            assert_eq!(page.figure("kl-fit")?.value("step")?, "300", "in the state of the link");
            page.browser.leave_frames()
        },
    )
}
