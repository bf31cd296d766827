//! Addresses lead to chapters, headings and figures in their states. This includes addresses from the time
//! when the explainer was one page.

use browser::{Element, Outcome};
use explainer::book;
use explainer::lesson;
use serde_json::json;

use crate::trial::tests;
use crate::visit::{CALM, Page, home, pages, visit_as, visit_file_as};

tests![
    every_address_of_a_state_ends_at_the_figure_in_that_state,
    a_lecture_s_old_address_opens_that_figure_s_first_screen,
    every_chapter_leads_to_the_next_and_to_its_headings,
    the_single_file_turns_from_page_to_page_and_back,
    a_chapter_with_several_figures_has_one_lecture_and_one_set_of_exercises,
];

/// Fails unless the page `there` is open, with `figure` running and visible, in the state `key` = `value`.
fn lands(page: &Page, there: &str, figure: &str, key: &str, value: &str) -> Outcome {
    let arrived = "const figure = document.getElementById(arguments[1]);
        const { top } = figure?.getBoundingClientRect() ?? {};
        return location.href.endsWith(arguments[0]) && figure?.hasAttribute('ready') && top > -200 && top < innerHeight / 2";
    page.browser
        .wait::<bool>(arrived, &[json!(there), json!(figure)])
        .map_err(|error| format!("{there}: {error}"))?;
    assert_eq!(page.figure(figure)?.value(key)?, value, "{there}");
    Ok(())
}

fn every_address_of_a_state_ends_at_the_figure_in_that_state() -> Outcome {
    let there = format!("{}?disjoint-supports.theta=2#disjoint-supports", home("disjoint-supports"));
    for folder in pages()? {
        for path in [
            "index.html#disjoint-supports?theta=2",
            "index.html?disjoint-supports.theta=2#disjoint-supports",
            "index.html?disjoint-supports.theta=2",
            "two-directions.html#disjoint-supports?theta=2",
            "no-overlap.html#disjoint-supports?theta=2",
            "disjoint-supports.html?disjoint-supports.theta=2",
        ] {
            visit_as(CALM, &format!("{folder}{path}"), |page| {
                lands(page, &format!("/{folder}{there}"), "disjoint-supports", "theta", "2")
            })?;
        }
    }
    for query in ["#disjoint-supports?theta=2", "?disjoint-supports.theta=2#disjoint-supports"] {
        visit_file_as(CALM, query, |page| {
            lands(page, "?disjoint-supports.theta=2#disjoint-supports", "disjoint-supports", "theta", "2")
        })?;
    }
    Ok(())
}

fn a_lecture_s_old_address_opens_that_figure_s_first_screen() -> Outcome {
    let shown = "return document.querySelector('.lecture divergence-figure[ready]:not([hidden])')?.name";
    let query = "?view=lecture&figure=wasserstein-gradient";
    let opens = |page: &Page| {
        let name: String = page.browser.wait(shown, &[])?;
        assert_eq!(name, "wasserstein-gradient", "the screen of that figure");
        Ok(())
    };
    visit_as(CALM, &format!("index.html{query}"), opens)?;
    visit_file_as(CALM, query, opens)
}

fn every_chapter_leads_to_the_next_and_to_its_headings() -> Outcome {
    let first = book::chapters().next().ok_or("there is a chapter")?;
    visit_as(CALM, "", |page| {
        let link: Element = page.browser.run("return document.querySelector('.chapters a')", &[])?;
        page.browser.click(&link)?;
        for chapter in book::chapters() {
            let open: (String, Vec<String>) = page.browser.wait(
                "const own = document.querySelectorAll('.contents ol ol a');
                 const { id } = document.querySelector('main') ?? {};
                 // The page must have arrived, and what is below the first figure must be laid out.
                 const { readyState, documentElement } = document;
                 return readyState === 'complete' && !documentElement.classList.contains('first') && id === arguments[0] && own.length && [id, [...own].map((link) => link.hash.slice(1))]",
                &[json!(chapter.slug)],
            )?;
            assert_eq!(open.0, chapter.slug, "one after another");
            let headings: Vec<String> = page.browser.run(
                "return [...document.querySelectorAll('section > h2, section > h3')].map(({ id }) => id)",
                &[],
            )?;
            assert!(!headings.is_empty(), "{}: it has headings", chapter.slug);
            for id in headings {
                assert!(open.1.contains(&id), "{}: {id} in {:?}", chapter.slug, open.1);
            }
            let lost: Vec<String> = page.browser.run(
                "return [...document.querySelectorAll('.contents a')].map((link) => link.hash.slice(1))
                   .filter((id) => id && !document.getElementById(id))",
                &[],
            )?;
            assert_eq!(lost, [""; 0], "{}: every link has its place", chapter.slug);
            let next: Option<Element> =
                page.browser.run("return document.querySelector('.turn .next')", &[])?;
            if let Some(next) = next {
                page.browser.click(&next)?;
            }
        }
        let before: u32 = page.browser.run("return document.querySelectorAll('.turn .prev').length", &[])?;
        assert_eq!(before, u32::from(book::chapters().count() > 1), "and back");
        page.go(&format!("{}.html", first.slug))?;
        let before: u32 = page.browser.run("return document.querySelectorAll('.turn .prev').length", &[])?;
        assert_eq!(before, 0, "nothing comes before the first");
        Ok(())
    })
}

fn the_single_file_turns_from_page_to_page_and_back() -> Outcome {
    let click = |page: &Page, selector: &str| -> Outcome {
        let link: Element =
            page.browser.run("return document.querySelector(arguments[0])", &[json!(selector)])?;
        page.browser.click(&link)
    };
    visit_file_as(CALM, "", |page| {
        page.shows("")?;
        page.figure("kl-fit")?.agrees("on the front page")?;
        click(page, ".chapters a[href='#no-overlap']")?;
        page.shows("no-overlap")?;
        page.figure("disjoint-supports")?.agrees("in its chapter")?;
        click(page, "#no-overlap .next")?;
        page.shows("moving-mass")?;
        page.browser.run::<()>("history.back()", &[])?;
        page.shows("no-overlap")?;
        page.browser.run::<()>("history.back()", &[])?;
        page.shows("")?;
        page.browser.run::<()>("history.forward()", &[])?;
        page.shows("no-overlap")?;
        page.browser.run::<()>("document.querySelector('header a[data-language]').click()", &[])?;
        page.shows("no-overlap")?;
        let title: String = page.browser.run("return document.title", &[])?;
        assert!(!title.is_ascii(), "{title}: of the chapter, in Chinese");
        click(page, "header .home")?;
        page.shows("")?;
        page.figure("kl-fit")?.agrees("on the front page again")
    })
}

/// This uses the first chapter with several figures.
fn a_chapter_with_several_figures_has_one_lecture_and_one_set_of_exercises() -> Outcome {
    let chapter = book::chapters().max_by_key(|chapter| chapter.figures.len()).ok_or("there is a chapter")?;
    let source =
        |file: &str| std::fs::read_to_string(format!("../../www/content/en/{}/{file}", chapter.slug));
    let (lecture, exercises) =
        (lesson::read(&source("lecture.txt")?).screens, lesson::read(&source("exercises.txt")?).screens);
    visit_as(CALM, &format!("{}.html", chapter.slug), |page| {
        let said = "const box = document.querySelector('.exercises'); box.open = true;
            const rows = box.querySelectorAll('ol > li');
            return rows.length && [box.querySelector('summary').textContent, rows.length]";
        let (summary, count): (String, usize) = page.browser.wait(said, &[])?;
        assert!(summary.contains(&exercises.len().to_string()), "{summary}");
        assert_eq!(count, exercises.len(), "as many open as are said to be there");
        for figure in chapter.figures {
            page.figure(figure.name)?.agrees("beside others")?;
            page.go(&format!("index.html?view=lecture&figure={}", figure.name))?;
            let shown = "const [place, figure] = ['.where', 'divergence-figure[ready]:not([hidden])']
                .map((part) => document.querySelector(`.lecture ${part}`));
                return figure && [place.textContent, figure.name]";
            let first = lecture.iter().position(|screen| screen.figure == figure.name).unwrap_or_default();
            let shown: (String, String) = page.browser.wait(shown, &[])?;
            let place = format!("{} / {}", first + 1, lecture.len());
            assert_eq!(shown, (place, figure.name.to_owned()), "its first screen, of all of them");
            page.go(&format!("{}.html", chapter.slug))?;
        }
        Ok(())
    })
}
