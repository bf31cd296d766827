//! Exports of a figure: its data, and its drawing as SVG.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use super::Live;
use crate::decimal;
use crate::figure::parameter::Field;
use crate::figure::table::Table;
use crate::figure::texts::Texts;
use crate::plot::{HIDDEN, Ink, SUBPIXELS, SvgSink, Theme};

impl Live {
    /// The figure's data. While anything is hidden it has no rows, because they would reveal it.
    #[must_use]
    pub fn data(&self) -> Table {
        if self.task.is_hidden() { Table::default() } else { self.state.table() }
    }

    /// The figure's data as CSV, with a comment line for each parameter.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = format!("# {}\n", self.name());
        for (place, spec) in self.specs().iter().enumerate() {
            let _ = writeln!(text, "# {}={}", spec.key, self.text(place));
        }
        for readout in self.readouts() {
            let unit = readout.unit.map(|unit| Field::write(&unit)).unwrap_or_default();
            let value = if readout.veiled { HIDDEN.to_owned() } else { decimal::write(readout.value) };
            let _ = writeln!(text, "# {} = {value} {unit}", readout.key);
        }
        let table = self.data();
        if table.rows.is_empty() {
            return text;
        }
        text.push_str(&table.columns.join(","));
        text.push('\n');
        for row in table.rows {
            for (column, value) in row.into_iter().enumerate() {
                if column > 0 {
                    text.push(',');
                }
                text.push_str(&decimal::write(value));
            }
            text.push('\n');
        }
        text
    }

    /// The drawing as a standalone SVG. With `themed` it is a poster whose colours follow the page's theme.
    #[must_use]
    pub fn svg(&self, width: f64, theme: Theme, themed: bool, texts: &Texts) -> String {
        let height = self.height(width);
        let body = Rc::new(RefCell::new(String::new()));
        let theme = if themed { Theme::Light } else { theme };
        self.draw(Box::new(SvgSink::new(Rc::clone(&body), themed)), width, theme.into(), texts);
        let title = crate::plot::escape(texts.get(&format!("{}.title", self.name())));
        let summary = crate::plot::escape(&self.summary(texts));
        let background = if themed {
            String::new()
        } else {
            format!("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", theme.hex(Ink::Panel))
        };
        let body = body.borrow();
        let (inner_width, inner_height) =
            (decimal::write(width * SUBPIXELS), decimal::write(height * SUBPIXELS));
        let (width, height) = (decimal::write(width), decimal::write(height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {inner_width} {inner_height}\" width=\"{width}\" \
             height=\"{height}\" font-family=\"system-ui, sans-serif\" role=\"img\">\n\
             <title>{title}</title>\n<desc>{summary}</desc>\n{background}{body}</svg>\n"
        )
    }
}
