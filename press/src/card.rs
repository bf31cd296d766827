//! A card: a figure beside a heading in large type, shown where a link to the figure is shared.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use explainer::figure::Live;
use explainer::figure::texts::Texts;
use explainer::plot::{Ink, Look, SUBPIXELS, SvgSink, Theme, escape};

/// The width and height of a card, in CSS pixels. This is the size that sites ask for.
pub const SIZE: (u32, u32) = (1200, 630);

/// The left edge and the width of the column of text.
const TEXT_COLUMN: (f64, f64) = (56.0, 390.0);

/// The box of the figure: left, top, width, height.
const FIGURE_BOX: [f64; 4] = [496.0, 30.0, 664.0, 570.0];

/// The width at which the figure is laid out, and its smallest text size there. Both are as in a lecture; see
/// `tests/wall.rs`.
const LAYOUT: (f64, f64) = (700.0, 15.0);

/// Punctuation that must not begin a line.
const MARKS: [char; 8] = ['，', '。', '、', '；', '：', '？', '！', '）'];

/// The SVG of a card with `heading`, the figure in its present state, and the explainer's name.
#[must_use]
pub fn card(figure: &Live, heading: &str, theme: Theme, texts: &Texts) -> String {
    let body = Rc::new(RefCell::new(String::new()));
    let (laid_out, legible) = LAYOUT;
    let sink = SvgSink::new(Rc::clone(&body), false);
    figure.draw(Box::new(sink), laid_out, Look { theme, legible }, texts);
    let [left, top, width, height] = FIGURE_BOX;
    let (size, lines) = fit_heading(heading);
    let mut words = String::new();
    for (index, line) in lines.iter().enumerate() {
        let y = 136.0 + size + size * 1.16 * index as f64;
        let _ = writeln!(words, "<text x=\"{}\" y=\"{y:.1}\">{}</text>", TEXT_COLUMN.0, escape(line));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {card_width} {card_height}\" width=\"{card_width}\" \
         height=\"{card_height}\" font-family=\"system-ui, sans-serif\" role=\"img\">\n\
         <title>{title}</title>\n<desc>{summary}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{panel}\"/>\n\
         <g transform=\"translate({words_left} 44) scale(1.6)\" stroke-width=\"2.4\" fill=\"none\">\
         <path d=\"M2 26C10 26 8 6 12 6s2 20 10 20\" fill=\"{fill}\" stroke=\"{target}\"/>\
         <path d=\"M8 26c9 0 8-16 13-16s3 16 9 16\" stroke=\"{model}\"/></g>\n\
         <text x=\"{name_left}\" y=\"84\" font-size=\"30\" fill=\"{soft}\">{name}</text>\n\
         <g font-size=\"{size}\" font-weight=\"700\" fill=\"{text}\">\n{words}</g>\n\
         <svg x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {inner_width} {inner_height}\">\n\
         {body}</svg>\n</svg>\n",
        card_width = SIZE.0,
        card_height = SIZE.1,
        title = escape(heading),
        summary = escape(&figure.summary(texts)),
        panel = theme.hex(Ink::Panel),
        fill = theme.hex(Ink::TargetFill),
        target = theme.hex(Ink::Target),
        model = theme.hex(Ink::ForwardKl),
        words_left = TEXT_COLUMN.0,
        name_left = TEXT_COLUMN.0 + 64.0,
        soft = theme.hex(Ink::Soft),
        name = escape(texts.get("page.name")),
        text = theme.hex(Ink::Text),
        inner_width = laid_out * SUBPIXELS,
        inner_height = figure.height(laid_out) * SUBPIXELS,
        body = body.borrow(),
    )
}

/// The largest size at which `heading` fits its column, and its lines at that size. A text without spaces is
/// broken between letters only if it would otherwise be small.
fn fit_heading(heading: &str) -> (f64, Vec<String>) {
    let sizes = |least: u32| (least..=66).rev().step_by(2).map(f64::from);
    let whole = sizes(42).map(|size| (size, break_lines(words(heading), TEXT_COLUMN.1 / size)));
    let anywhere = sizes(28).map(|size| (size, break_lines(letters(heading), TEXT_COLUMN.1 / size)));
    let fits = |(size, lines): &(f64, Vec<String>)| {
        lines.len() as f64 * size * 1.16 <= 390.0
            && lines.iter().all(|line| ems(line) * size <= TEXT_COLUMN.1)
    };
    whole
        .chain(anywhere)
        .find(fits)
        .unwrap_or_else(|| (28.0, break_lines(letters(heading), TEXT_COLUMN.1 / 28.0)))
}

/// `pieces` joined to lines of at most `width` ems. A longer piece has a line of its own.
fn break_lines(pieces: Vec<String>, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces {
        let line = lines.last().map_or("", String::as_str);
        if !line.is_empty() && ems(&format!("{line}{}", piece.trim_end())) > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&piece);
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The words of `heading`, each with the space after it.
fn words(heading: &str) -> Vec<String> {
    heading.split_inclusive(' ').map(str::to_owned).collect()
}

/// The pieces between which `heading` may be broken: words, and the single letters of scripts without spaces,
/// each with the punctuation after it.
fn letters(heading: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for letter in heading.chars() {
        let wide = letter >= '\u{2e80}';
        match pieces.last_mut() {
            Some(last) if MARKS.contains(&letter) || letter == ' ' || open && !wide => last.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        open = !wide && letter != ' ';
    }
    pieces
}

/// An estimate of the width of `line` in ems. It is that of the widest common bold typeface, so that no line
/// overflows.
fn ems(line: &str) -> f64 {
    line.chars().map(|letter| if letter >= '\u{2e80}' { 1.0 } else { ems_of(letter) }).sum()
}

fn ems_of(letter: char) -> f64 {
    match letter {
        ' ' | 'i' | 'j' | 'l' | 'I' | '.' | ',' => 0.38,
        'f' | 't' | 'r' => 0.5,
        'm' | 'w' | 'M' | 'W' => 1.05,
        _ => 0.72,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_broken_between_words() {
        let lines = |heading, width| break_lines(letters(heading), width);
        assert_eq!(lines("When nothing overlaps", 10.0), ["When nothing", "overlaps"], "words");
        assert_eq!(
            lines("两个分布相距多远？", 8.0),
            ["两个分布相距多", "远？"],
            "no line begins with a mark"
        );
        assert_eq!(lines("KL 散度的", 3.0), ["KL 散", "度的"], "Latin words stay whole");
        assert_eq!(fit_heading("我该用哪一个？").1, ["我该用哪一个？"], "one line, a little smaller");
    }

    #[test]
    fn every_heading_fits() {
        for heading in
            ["How far apart are two distributions?", "两个分布相距多远？", "A", "Wer zählt, zählt mit"]
        {
            let (size, lines) = fit_heading(heading);
            assert!(lines.iter().all(|line| ems(line) * size <= TEXT_COLUMN.1), "{heading}: {lines:?}");
            assert!(lines.len() as f64 * size * 1.16 <= 390.0, "{heading}: {lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), heading.replace(' ', ""), "nothing is lost");
        }
    }
}
