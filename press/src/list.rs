//! The list of figures with their parameters and presets.

use std::fmt::Write;

use explainer::book;
use explainer::figure::components::{MEANS, SDS};
use explainer::figure::parameter::Kind;
use explainer::figure::texts::Texts;

use crate::Outcome;
use crate::sheet;

/// The table of `figure`, or of all figures.
///
/// # Errors
///
/// A message if there is no such figure.
pub fn list(figure: Option<&str>, texts: &Texts) -> Outcome<String> {
    let names: Vec<_> = figure.map_or_else(|| book::names().collect(), |name| vec![name]);
    let tables: Outcome<Vec<_>> = names.into_iter().map(|name| table(name, texts)).collect();
    Ok(tables?.join("\n"))
}

fn table(name: &str, texts: &Texts) -> Outcome<String> {
    let live = sheet::figure(name, texts)?;
    let mut rows = vec![["parameter", "what it is", "starts as", "accepts"].map(str::to_owned)];
    let (mut components, mut weights) = (None, None);
    for spec in live.specs() {
        let key = spec.key;
        let label = texts.first(&[&format!("{name}.param.{key}"), &format!("param.{key}")]);
        let start = live.get(key).unwrap_or_default();
        rows.push([key.to_owned(), label, start, accepts(&spec.kind)]);
        if matches!(spec.kind, Kind::Components { .. }) {
            components = components.or(Some(key));
        }
        if matches!(spec.kind, Kind::Weights { .. }) {
            weights = weights.or(Some(key));
        }
    }
    let mut text = format!("{name}: {}\n", texts.get(&format!("{name}.title")));
    text.push_str(&aligned(&rows));
    if let Some(key) = components {
        let _ = writeln!(
            text,
            "  one number of a component: {key}.0.weight, {key}.0.mean, {key}.0.sd; {key}.add= and {key}.0.remove= \
             change how many there are"
        );
    }
    if let Some(key) = weights {
        let _ = writeln!(
            text,
            "  one outcome: {key}.0.share, the others give way; {key}.0.lock= locks or unlocks it; {key}.add= and \
             {key}.0.remove= change how many there are"
        );
    }
    let mut rows = vec![["preset", "what it is", "sets"].map(str::to_owned)];
    for preset in live.presets() {
        let label = texts.get(&format!("{name}.preset.{}", preset.name)).to_owned();
        let values: Vec<_> = preset.values.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let values = if values.is_empty() { "the start".to_owned() } else { values.join(" ") };
        rows.push([preset.name.to_owned(), label, values]);
    }
    text.push_str(&aligned(&rows));
    Ok(text)
}

/// The values of `kind`, as one would type them.
fn accepts(kind: &Kind) -> String {
    match kind {
        Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
            format!("a number from {least} to {most}")
        }
        Kind::Count { most } => format!("a whole number from 0 to {most}"),
        Kind::Choice(words) => words.join(", "),
        Kind::Components { most } => format!(
            "1 to {most} of weight,mean,width with ; between; weight above 0, mean {} to {}, width {} to {}",
            MEANS.start(),
            MEANS.end(),
            SDS.start(),
            SDS.end()
        ),
        Kind::Weights { least, most } => {
            let count = if least == most { least.to_string() } else { format!("{least} to {most}") };
            format!("{count} weights from 0 on with , between, ! behind what is locked; read as shares")
        }
    }
}

/// `rows` as text, with each column as wide as its widest cell.
fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
            let _ = write!(line, "  {cell:width$}");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
