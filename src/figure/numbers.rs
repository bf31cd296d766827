//! The tables of a figure's numbers, for readers who do not see the drawing or want to read off a value.

use std::fmt::Write;

use super::Live;
use super::readout::Readout;
use super::table::Table;
use super::texts::Texts;
use crate::plot::escape;

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
    let columns = columns(figure, &table);
    let last = table.rows.len() - 1;
    let shown = MOST_ROWS.min(table.rows.len());
    for index in 0..shown {
        let row = &table.rows[if shown > 1 { index * last / (shown - 1) } else { 0 }];
        html.push_str("<tr>");
        for (index, text) in written(row, &columns, texts).iter().map(|text| escape(text)).enumerate() {
            let _ = if index == 0 {
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

/// A readout for each column of `table`, which says how its values are written: the one of that name, if there
/// is one.
fn columns(figure: &Live, table: &Table) -> Vec<Readout> {
    let readouts = figure.readouts();
    let column = |name: &String| {
        let key = name.replace('_', "-");
        let same = readouts.iter().find(|readout| readout.key == key).cloned();
        same.unwrap_or_else(|| Readout::number("", f64::NAN))
    };
    table.columns.iter().map(column).collect()
}

/// The values of `row` as text.
fn written(row: &[f64], columns: &[Readout], texts: &Texts) -> Vec<String> {
    row.iter().zip(columns).map(|(&value, column)| column.with(value).digits(texts)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book;

    #[test]
    fn a_share_just_short_of_1_is_not_1_in_the_table_either() {
        let figure = book::make("hellinger").unwrap();
        let table = figure.data();
        let columns = columns(&figure, &table);
        let at = |name: &str| table.columns.iter().position(|column| column == name).unwrap();
        let row = &table.rows[50];
        let text = &written(row, &columns, &Texts::new())[at("tv_n")];
        assert!(row[at("tv_n")] < 1.0 && text == "> 0.999", "TV of 50 draws: {text}");
    }

    #[test]
    fn the_rows_are_the_drawing_s_own_from_the_first_to_the_last() {
        let texts = Texts::new();
        for figure in book::names().filter_map(book::make) {
            let name = figure.name();
            let table = figure.data();
            let columns = columns(&figure, &table);
            let own: Vec<String> = table
                .rows
                .iter()
                .map(|row| {
                    let cells = written(row, &columns, &texts);
                    cells.iter().map(|text| escape(text)).collect::<Vec<_>>().join("|")
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
