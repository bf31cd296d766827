//! Saving a figure as a picture and as data.

use browser::Outcome;

use crate::figure::same;
use crate::trial::tests;
use crate::visit::on_specimens;

tests![
    an_svg_is_the_drawing_with_its_title,
    a_png_is_twice_the_size_and_not_transparent,
    a_csv_holds_the_parameters_the_numbers_and_the_curves,
];

fn an_svg_is_the_drawing_with_its_title() -> Outcome {
    on_specimens(|figure| {
        let text = String::from_utf8(figure.save("svg")?)?;
        let svg = roxmltree::Document::parse(&text)?;
        let root = svg.root_element();
        let shown = |script: &str| figure.run::<String>(script, &[]);
        assert_eq!(root.attribute("width"), Some(&*shown("return String(element.drawnWidth)")?), "its width");
        assert_eq!(
            root.attribute("height"),
            Some(&*shown("return String(figure.height(element.drawnWidth))")?),
            "its height"
        );
        let title = root.children().find(|child| child.has_tag_name("title")).and_then(|title| title.text());
        assert_eq!(
            title,
            Some(&*shown("return root.querySelector('figure').getAttribute('aria-label')")?),
            "its title"
        );
        let marks =
            svg.descendants().filter(|node| node.has_tag_name("path") || node.has_tag_name("text")).count();
        assert!(marks > 20, "{}: only {marks} marks are drawn", figure.name);
        assert!(!text.contains("var(--"), "{}: no colour depends on the page", figure.name);
        Ok(())
    })
}

fn a_png_is_twice_the_size_and_not_transparent() -> Outcome {
    on_specimens(|figure| {
        let png = figure.save("png")?;
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n", "{}: it is a PNG", figure.name);
        let number =
            |from: usize| u32::from_be_bytes([png[from], png[from + 1], png[from + 2], png[from + 3]]);
        let size: [u32; 2] = figure
            .run("return [2 * element.drawnWidth, Math.round(2 * figure.height(element.drawnWidth))]", &[])?;
        assert_eq!([number(16), number(20)], size, "{}: twice the drawing's size", figure.name);
        let script = "
                const bitmap = await createImageBitmap(new Blob([new Uint8Array(given[0])]));
                const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
                context.drawImage(bitmap, 0, 0);
                const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
                const colours = new Set(new Uint32Array(data.buffer));
                return { colours: colours.size, opaque: data.every((value, index) => index % 4 < 3 || value === 255) };";
        let seen: serde_json::Value =
            figure.run(&format!("return (async () => {{ {script} }})()"), &[png.into()])?;
        assert_eq!(seen["opaque"], true, "{}: it has a background", figure.name);
        assert!(seen["colours"].as_u64() > Some(50), "{}: something is drawn: {seen}", figure.name);
        Ok(())
    })
}

fn a_csv_holds_the_parameters_the_numbers_and_the_curves() -> Outcome {
    on_specimens(|figure| {
        let csv = String::from_utf8(figure.save("csv")?)?;
        let own = figure.twin()?.csv();
        assert_eq!(
            csv.lines().count(),
            own.lines().count(),
            "{}: as many lines as the library's",
            figure.name
        );
        let words = |line: &str| line.split([',', ' ', '=', ';']).map(str::to_owned).collect::<Vec<_>>();
        for (line, wanted) in csv.lines().zip(own.lines()) {
            let (cells, wanted_cells) = (words(line), words(wanted));
            assert_eq!(cells.len(), wanted_cells.len(), "{}: {line} for {wanted}", figure.name);
            for (cell, wanted_cell) in cells.iter().zip(&wanted_cells) {
                let same = match (cell.parse::<f64>(), wanted_cell.parse::<f64>()) {
                    (Ok(value), Ok(number)) => same(value, number),
                    _ => cell == wanted_cell,
                };
                assert!(same, "{}: {line} for {wanted}", figure.name);
            }
        }
        for spec in figure.library()?.specs() {
            let line = format!("# {}={}", spec.key, figure.value(spec.key)?);
            assert!(csv.lines().any(|one| one == line), "{}: {line} is in it", figure.name);
        }
        Ok(())
    })
}
