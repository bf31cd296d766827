//! A table of words and numbers under the drawing. The reader picks one of its rows to see more about it.

use std::fmt::Write;

use super::texts::Texts;
use crate::plot::{Ink, escape};

/// A cell: a heading, a remark, and possibly a verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Whether the property that the cell is about holds. `None` if it is about no property. Shown as a sign
    /// beside the heading.
    pub verdict: Option<bool>,
    /// The result, in a word or a number.
    pub head: String,
    /// A remark on the result.
    pub about: String,
    /// The key of a readout that the cell reveals in addition to that of its row. The cell is hidden together
    /// with it.
    pub tells: &'static str,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The value of [`Grid::parameter`] that picks the row, and the key of the readout that the row is about.
    pub key: &'static str,
    /// The colour of the row.
    pub ink: Ink,
    /// The name of the row, shown on the button that picks it.
    pub name: String,
    /// An explanation of the name.
    pub about: String,
    /// The cells, one for each column after the first. The first cell and those with a verdict depend on the
    /// present values. They are hidden together with the readout.
    pub cells: Vec<Cell>,
}

/// Details about the picked row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The title of the details.
    pub title: String,
    /// The paragraphs of the details.
    pub text: Vec<String>,
    /// The name of the figure that demonstrates them.
    pub figure: &'static str,
}

/// A table whose rows can be picked.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The key of the choice whose value is the picked row.
    pub parameter: &'static str,
    /// The caption of the table.
    pub caption: String,
    /// The heading of each column and a remark on it. The first column has the names.
    pub columns: Vec<(String, String)>,
    /// The rows of the table.
    pub rows: Vec<Row>,
    /// The key of the picked row.
    pub picked: &'static str,
    /// The details about the picked row.
    pub detail: Detail,
}

impl Grid {
    /// The table as HTML. Scripts find the parts that change by `data-grid-part`.
    #[must_use]
    pub fn html(&self, texts: &Texts) -> String {
        let mut html = format!(
            "<div class=\"grid\" data-grid data-part=\"table\"><table role=\"table\"><caption>{}</caption><thead role=\"rowgroup\"><tr role=\"row\">",
            escape(&self.caption)
        );
        for (head, about) in &self.columns {
            let _ = write!(
                html,
                "<th scope=\"col\" role=\"columnheader\">{}<small>{}</small></th>",
                escape(head),
                escape(about)
            );
        }
        let _ = write!(
            html,
            "</tr></thead><tbody role=\"rowgroup\" data-grid-part=\"rows\">{}</tbody></table>\
             <div class=\"detail\" data-grid-part=\"detail\">{}</div></div>",
            self.rows_html(texts),
            self.detail_html(texts)
        );
        html
    }

    /// The rows of the table as HTML. They have explicit ARIA roles, because styles may display them as
    /// blocks, which removes the implicit ones. In that case the details are shown inside the picked row,
    /// within reach.
    #[must_use]
    pub fn rows_html(&self, texts: &Texts) -> String {
        let mut html = String::new();
        for row in &self.rows {
            let picked = row.key == self.picked;
            let _ = write!(
                html,
                "<tr role=\"row\" data-ink=\"{}\"{}><th scope=\"row\" role=\"rowheader\">\
                 <button type=\"button\" data-set=\"{}\" data-value=\"{}\" aria-pressed=\"{picked}\">{}</button>\
                 <small>{}</small></th>",
                row.ink.css_name(),
                if picked { " class=\"picked\"" } else { "" },
                self.parameter,
                row.key,
                escape(&row.name),
                escape(&row.about),
            );
            for (cell, (label, _)) in row.cells.iter().zip(self.columns.iter().skip(1)) {
                let sign = match cell.verdict {
                    Some(true) => "<i class=\"holds\" aria-hidden=\"true\">✓</i>",
                    Some(false) => "<i class=\"broken\" aria-hidden=\"true\">✗</i>",
                    None => "",
                };
                let _ = write!(
                    html,
                    "<td role=\"cell\" data-label=\"{}\"><b>{sign}{}</b><small>{}</small></td>",
                    escape(label),
                    escape(&cell.head),
                    escape(&cell.about)
                );
            }
            if picked {
                let _ = write!(html, "<td role=\"cell\" class=\"detail\">{}</td>", self.detail_html(texts));
            }
            html.push_str("</tr>");
        }
        html
    }

    /// The details as HTML, with a link to the figure that demonstrates them, if the loaded texts have its
    /// title.
    #[must_use]
    pub fn detail_html(&self, texts: &Texts) -> String {
        let Detail { title, text, figure } = &self.detail;
        let mut html = format!("<p class=\"title\">{}</p>", escape(title));
        for paragraph in text {
            let _ = write!(html, "<p>{}</p>", escape(paragraph));
        }
        let named = format!("{figure}.title");
        if texts.has(&named) {
            let words = [("figure", texts.get(&named).to_owned())];
            let _ =
                write!(html, "<p><a href=\"#{figure}\">{}</a></p>", escape(&texts.fill("grid.see", &words)));
        }
        html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_told_by_sign_and_word() {
        let texts = Texts::parse("grid.see = See {figure}\nkl-fit.title = Two directions");
        let cell = |verdict, head: &str| Cell {
            verdict,
            head: head.to_owned(),
            about: "1 < 2".to_owned(),
            tells: "",
        };
        let grid = Grid {
            parameter: "row",
            caption: "What holds".to_owned(),
            columns: ["name", "one", "other"].map(|head| (head.to_owned(), String::new())).to_vec(),
            rows: vec![Row {
                key: "js",
                ink: Ink::JensenShannon,
                name: "JS".to_owned(),
                about: String::new(),
                cells: vec![cell(Some(true), "holds"), cell(Some(false), "broken")],
            }],
            picked: "js",
            detail: Detail { figure: "kl-fit", ..Detail::default() },
        };
        let html = grid.html(&texts);
        for wanted in [
            "<i class=\"holds\" aria-hidden=\"true\">✓</i>holds",
            "<i class=\"broken\" aria-hidden=\"true\">✗</i>broken",
            "<caption>What holds</caption>",
            "data-label=\"other\"",
            "1 &lt; 2",
            "aria-pressed=\"true\">JS</button>",
            "href=\"#kl-fit\"",
            "data-part=\"table\"",
        ] {
            assert!(html.contains(wanted), "{wanted} is not in {html}");
        }
    }
}
