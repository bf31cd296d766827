//! The explainer on paper.

use browser::Outcome;

use crate::trial::tests;
use crate::visit::visit;

tests![
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
