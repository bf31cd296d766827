//! Every figure as SVG, PNG and PDF, in both themes.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::HashSet;

use explainer::book;
use explainer::plot::{Ink, Theme};
use press::content::Content;
use press::request::{Order, Request};
use press::sheet::Sheet;
use press::{fonts, pdf, png};
use resvg::tiny_skia::Pixmap;
use usvg::fontdb::Database;

fn english() -> Content {
    Content::read("en").unwrap()
}

fn order(arguments: &[&str]) -> Order {
    let all: Vec<String> =
        arguments.iter().chain(&["--out", "-"]).map(|&argument| argument.to_owned()).collect();
    match Request::read(&all) {
        Ok(Request::Draw(order)) => order,
        other => panic!("{arguments:?} gives {other:?}"),
    }
}

fn sheet(arguments: &[&str]) -> Sheet {
    Sheet::draw(&order(arguments), &english()).unwrap()
}

/// Calls `look` for every figure in both themes, wide and narrow.
fn each(look: impl Fn(&str, Theme, f64, Sheet)) {
    for name in book::names() {
        for (theme, width) in [(Theme::Light, 1076), (Theme::Dark, 343)] {
            let text = width.to_string();
            look(name, theme, f64::from(width), sheet(&[name, "--theme", theme.name(), "--width", &text]));
        }
    }
}

#[test]
fn an_svg_is_what_the_page_saves() {
    let texts = english().texts;
    each(|name, theme, width, sheet| {
        let expected = book::make(name).unwrap().svg(width, theme, false, &texts);
        assert_eq!(sheet.svg, expected, "{name} in {}", theme.name());
    });
}

#[test]
fn a_state_is_drawn_as_if_it_had_always_been_there() {
    let direct = sheet(&["disjoint-supports", "--set", "theta=1"]);
    // These settings extend the axes on the way. On the page the axes take a moment to shrink again.
    let detour = ["width=4", "noise=1.5", "theta=5", "theta=1", "noise=0", "width=1"];
    let mut arguments = vec!["disjoint-supports"];
    arguments.extend(detour.iter().flat_map(|setting| ["--set", setting]));
    assert_eq!(direct.svg, sheet(&arguments).svg, "nothing is left of the values on the way");
}

#[test]
fn a_png_has_its_size_its_paper_and_its_colours() {
    each(|name, theme, width, sheet| {
        let picture = Pixmap::decode_png(&png::png(&sheet, 1.5).unwrap()).unwrap();
        let size = [width, f64::from(sheet.height)].map(|length| (length * 1.5).round() as u32);
        assert_eq!([picture.width(), picture.height()], size, "{name}: pixels");
        let colours: HashSet<_> =
            picture.pixels().iter().map(|pixel| (pixel.red(), pixel.green(), pixel.blue())).collect();
        assert!(colours.len() > 50, "{name} in {} has only {} colours", theme.name(), colours.len());
        let corner = picture.pixel(0, 0).unwrap();
        let paper = format!("#{:02x}{:02x}{:02x}", corner.red(), corner.green(), corner.blue());
        assert_eq!((paper, corner.alpha()), (theme.hex(Ink::Panel), 255), "{name}: its corner");
    });
}

#[test]
fn a_pdf_has_one_page_of_its_size_and_its_words_in_embedded_fonts() {
    each(|name, theme, width, sheet| {
        let pdf = pdf::pdf(&sheet).unwrap();
        assert!(pdf == pdf::pdf(&sheet).unwrap(), "{name}: the same bytes each time");
        let text = String::from_utf8_lossy(&pdf);
        let count = |what: &str| text.matches(what).count();
        assert!(text.starts_with("%PDF-1.5"), "{name} in {}: what it is", theme.name());
        assert_eq!(count("/MediaBox"), 1, "{name}: one page");
        let size = format!("/MediaBox [0 0 {} {}]", width * 0.75, f64::from(sheet.height) * 0.75);
        assert!(text.contains(&size), "{name}: {size}");
        let fonts = count("/Subtype /Type0");
        assert!(fonts >= 2, "{name}: a plain and a bold font");
        assert_eq!(count("/FontFile2 ") + count("/FontFile3 "), fonts, "{name}: fonts are embedded");
        assert_eq!(count("/ToUnicode "), fonts, "{name}: words can be searched and copied");
        assert_eq!(count("/Subtype /Image"), 0, "{name}: nothing is made of pixels");
        assert_eq!(count("/Alt "), 1, "{name}: a text for those who do not see it");
    });
}

#[test]
fn parameters_and_presets_change_the_picture() {
    for name in book::names() {
        let live = book::make(name).unwrap();
        let before = sheet(&[name]);
        for preset in &live.presets()[1..] {
            let after = sheet(&[name, "--preset", preset.name]);
            assert!(before.svg != after.svg, "{name}: preset {} changes nothing", preset.name);
        }
    }
    let set = |value| png::png(&sheet(&["kl-fit", "--set", value]), 1.0).unwrap();
    assert!(set("mu=2") != set("mu=-2"), "a parameter changes the pixels");
    let [first, second] =
        [&["--set", "p=1,0,1", "--preset", "unequal"], &["--preset", "unequal", "--set", "p=1,0,1"]]
            .map(|order| sheet(&[&["kl-fit"], &order[..]].concat()).svg);
    assert!(first == second, "a parameter counts after the preset, wherever it stands");
    assert!(first == sheet(&["kl-fit", "--set", "p=1,0,1"]).svg, "and replaces what the preset set");
}

#[test]
fn a_picture_never_goes_without_its_words() {
    let sheet = sheet(&["kl-fit"]);
    let message = fonts::set(&sheet, &Database::new()).unwrap_err();
    assert!(message.contains("DejaVu Sans") && message.contains("apt install"), "{message}");
    // This character is in no font.
    let svg = sheet.svg.replace("nats", "\u{10fffd}");
    let message = fonts::set(&Sheet { svg, ..sheet }, fonts::installed()).unwrap_err();
    assert!(message.contains('\u{10fffd}') && message.contains("apt install"), "{message}");
}

/// The texts in `group` and in its subgroups.
fn texts(group: &usvg::Group) -> Vec<&usvg::Text> {
    let mut found = Vec::new();
    for node in group.children() {
        match node {
            usvg::Node::Text(text) => found.push(&**text),
            usvg::Node::Group(group) => found.extend(texts(group)),
            _ => {}
        }
    }
    found
}

#[test]
fn every_letter_is_drawn() {
    each(|name, _, _, sheet| {
        let tree = fonts::set(&sheet, fonts::installed()).unwrap();
        let (mut letters, mut drawn) = (0, 0);
        for text in texts(tree.root()) {
            letters += text.chunks().iter().map(|chunk| chunk.text().chars().count()).sum::<usize>();
            for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
                assert_ne!(glyph.id.0, 0, "{name}: “{}” has no glyph", glyph.text);
                drawn += glyph.text.chars().count();
            }
        }
        assert!(letters > 20, "{name} has words");
        assert_eq!(drawn, letters, "{name}: letters drawn");
    });
}

#[test]
fn a_card_is_as_large_as_shared_links_want_it() {
    for name in book::names() {
        let sheet = sheet(&[name, "--card", "How far apart are two distributions?"]);
        let pixels = Pixmap::decode_png(&png::png(&sheet, 1.0).unwrap()).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (1200, 630), "{name}");
        assert!(sheet.svg.contains(">distributions?</text>"), "{name}: the heading");
        // The margins must be empty.
        let ground = pixels.pixel(0, 0);
        let inside = |x: u32, y: u32| (24..1176).contains(&x) && (16..614).contains(&y);
        let all = (0..630).flat_map(|y| (0..1200).map(move |x| (x, y)));
        let stray = all.filter(|&(x, y)| !inside(x, y)).find(|&(x, y)| pixels.pixel(x, y) != ground);
        assert_eq!(stray, None, "{name}: something is at the edge");
    }
}
