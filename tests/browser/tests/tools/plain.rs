//! A page of plain HTML beside the unpacked npm package.

use browser::Outcome;

use crate::trial::tests;
use crate::visit::visit_host;

tests![a_plain_page_loads_the_package,];

fn a_plain_page_loads_the_package() -> Outcome {
    let html = "<script type=\"module\" src=\"package/divergence-figure.js\"></script>
        <divergence-figure name=\"kl-fit\" mu=\"-2\"></divergence-figure>";
    visit_host(html, |page| {
        let figure = page.figure("kl-fit")?;
        assert_eq!(figure.value("mu")?, "-2", "its attribute counts");
        figure.agrees("in a plain page")
    })
}
