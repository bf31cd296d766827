//! The tables of a figure's numbers, for readers who do not see the drawing or want to read off a value.

use std::fmt::Write;

use super::Live;
use super::texts::Texts;
use crate::plot::{escape, number};

/// The greatest number of rows shown. The CSV has all of them.
const MOST_ROWS: usize = 25;

/// The tables as HTML: every readout, and the data of the drawing at evenly spaced rows. A hidden readout is
/// a "?", and while anything is hidden there is no table of data.
#[must_use]
pub fn numbers(figure: &Live, texts: &Texts) -> String {
    let name = figure.name();
    let named = |kind: &str, key: &str| escape(&texts.named(name, kind, key));
    let mut html = format!("<table class=\"plain\"><caption>{}</caption>", escape(texts.get("numbers.now")));
    for readout in figure.readouts() {
        let (head, value) = (named("name", readout.key), escape(&readout.text(texts)));
        let _ = write!(html, "<tr><th scope=\"row\">{head}</th><td>{value}</td></tr>");
    }
    html.push_str("</table>");
    let table = figure.data();
    if table.rows.is_empty() {
        return html;
    }
    let _ = write!(
        html,
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table class=\"plain\"><caption>{0}</caption><thead><tr>",
        escape(texts.get("numbers.drawing"))
    );
    for column in &table.columns {
        let _ = write!(html, "<th scope=\"col\">{}</th>", named("data", column));
    }
    html.push_str("</tr></thead><tbody>");
    let last = table.rows.len() - 1;
    let shown = MOST_ROWS.min(table.rows.len());
    for index in 0..shown {
        let row = &table.rows[if shown > 1 { index * last / (shown - 1) } else { 0 }];
        html.push_str("<tr>");
        for (column, &value) in row.iter().enumerate() {
            let text =
                escape(&number::readout(value).unwrap_or_else(|| texts.get("number.undefined").to_owned()));
            let _ = if column == 0 {
                write!(html, "<th scope=\"row\">{text}</th>")
            } else {
                write!(html, "<td>{text}</td>")
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book;

    #[test]
    fn the_rows_are_the_drawing_s_own_from_the_first_to_the_last() {
        let texts = Texts::new();
        for figure in book::names().filter_map(book::make) {
            let name = figure.name();
            let own: Vec<String> = figure
                .data()
                .rows
                .iter()
                .map(|row| {
                    let text = |&value: &f64| number::readout(value).unwrap_or("number.undefined".to_owned());
                    row.iter().map(text).collect::<Vec<_>>().join("|")
                })
                .collect();
            let html = numbers(&figure, &texts);
            let body = html.split("<tbody>").nth(1).unwrap_or_default();
            let shown: Vec<String> = body
                .split("<tr>")
                .skip(1)
                .map(|row| {
                    let cells = row.split('<').filter_map(|piece| {
                        piece.strip_prefix("td>").or_else(|| piece.strip_prefix("th scope=\"row\">"))
                    });
                    cells.collect::<Vec<_>>().join("|")
                })
                .collect();
            assert_eq!(shown.len(), MOST_ROWS.min(own.len()), "{name}");
            assert_eq!((shown.first(), shown.last()), (own.first(), own.last()), "{name}: its ends");
            // The rows shown are in the order of the data and evenly spaced: no gap is longer than their
            // number requires.
            let mut rest = own.iter();
            let gaps: Vec<_> = shown.iter().map(|row| rest.by_ref().position(|one| one == row)).collect();
            let most = own.len().div_ceil(MOST_ROWS - 1);
            assert!(gaps.iter().all(|gap| gap.is_some_and(|gap| gap < most)), "{name}: {gaps:?}");
        }
    }
}
