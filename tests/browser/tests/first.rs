//! A first test that the explainer starts at all, which also runs before each commit.

use browser::Outcome;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{visit, visit_file};

tests![the_front_page_lives, a_figure_lives_alone, a_lecture_opens, the_single_file_lives,];

/// Fails unless `figure` takes an example.
fn lives(figure: &Figure<'_>) -> Outcome {
    figure.agrees("waking up")?;
    figure.click("[data-preset]:last-child")?;
    figure.agrees("an example")
}

fn the_front_page_lives() -> Outcome {
    visit("", |page| lives(&page.figures().next().ok_or("the front page has a figure")??))
}

fn a_figure_lives_alone() -> Outcome {
    visit("figure.html?figure=comparison", |page| lives(&page.figure("comparison")?))
}

fn a_lecture_opens() -> Outcome {
    visit("?view=lecture", |page| {
        let there = "return document.querySelector('.lecture divergence-figure[ready]') !== null";
        page.browser.wait::<bool>(there, &[]).map(drop)
    })
}

fn the_single_file_lives() -> Outcome {
    visit_file("", |page| lives(&page.figures().next().ok_or("the file has a figure")??))
}
