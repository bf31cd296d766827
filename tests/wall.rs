//! On the wall of a lecture hall all text is large enough for the last row, inside the drawing, and clear of
//! other text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

#[path = "../xtask/src/build/accents.rs"]
mod accents;
mod common;

use explainer::book;
use explainer::figure::texts::Texts;
use explainer::figure::{Live, Tick};
use explainer::lesson;
use explainer::plot::{GlyphStyle, Look, SUBPIXELS, Sink, Theme};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendCoord};

/// A piece of text as drawn, in CSS pixels.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    size: f64,
    left: f64,
    right: f64,
    middle: f64,
}

/// A sink that collects the text.
struct Words(Rc<RefCell<Vec<Word>>>);

impl Sink for Words {
    fn stroke(&mut self, _: &[BackendCoord], _: BackendColor, _: f64, _: &[f64]) {}
    fn fill(&mut self, _: &[BackendCoord], _: BackendColor) {}
    fn circle(&mut self, _: BackendCoord, _: f64, _: BackendColor, _: Option<f64>) {}

    fn text(&mut self, text: &str, (x, y): BackendCoord, style: &GlyphStyle) {
        let width = self.text_width(text, style) / SUBPIXELS;
        let x = f64::from(x) / SUBPIXELS;
        let left = match style.horizontal {
            HPos::Left => x,
            HPos::Center => x - width / 2.0,
            HPos::Right => x - width,
        };
        self.0.borrow_mut().push(Word {
            text: text.to_owned(),
            size: style.size / SUBPIXELS,
            left,
            right: left + width,
            middle: f64::from(y) / SUBPIXELS,
        });
    }

    fn text_width(&self, text: &str, style: &GlyphStyle) -> f64 {
        // The width is about that of Helvetica and similar fonts. A CJK letter takes a whole em.
        let em = if style.bold { 0.56 } else { 0.52 };
        let ems = text.chars().map(|letter| if letter >= '\u{2e80}' { 1.0 } else { em });
        ems.sum::<f64>() * style.size
    }
}

fn words(figure: &Live, width: f64, legible: f64, texts: &Texts) -> Vec<Word> {
    let kept = Rc::<RefCell<Vec<Word>>>::default();
    figure.draw(Box::new(Words(Rc::clone(&kept))), width, Look { theme: Theme::Light, legible }, texts);
    kept.take()
}

/// Half the height of a text: letters take three quarters of the size, and Chinese characters all of it.
fn half(word: &Word) -> f64 {
    let full = word.text.chars().any(|letter| ('\u{3000}'..'\u{a000}').contains(&letter));
    word.size * if full { 0.46 } else { 0.37 }
}

/// Whether two texts overlap.
fn collide(one: &Word, other: &Word) -> bool {
    let across = one.right.min(other.right) - one.left.max(other.left);
    let down = half(one) + half(other) - (one.middle - other.middle).abs();
    across > 2.0 && down > 2.0
}

/// The widths at which drawings are laid out on a wall, and the smallest text size there. See
/// `www/lecture/fit.js`.
const WALLS: [(f64, f64); 3] = [(700.0, 700.0 / 46.0), (810.0, 810.0 / 46.0), (920.0, 20.0)];

/// The faults of the text of `figure` when it is drawn at this width.
fn faults(figure: &Live, width: f64, legible: f64, texts: &Texts, place: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let words = words(figure, width, legible, texts);
    assert!(words.len() > 5, "{place}: {words:?}");
    let real = texts.get("page.language.tag") != accents::TAG;
    let (height, least) = (figure.height(width), 0.9 * legible - 0.1);
    for (index, word) in words.iter().enumerate() {
        let Word { text, size, left, right, middle } = word;
        assert!(*size >= least, "{place}: “{text}” is {size} high");
        let inside =
            *left >= -3.0 && *right <= width + 3.0 && *middle >= 0.3 * size && *middle <= height - 0.3 * size;
        if !inside {
            faults.push(format!("{place}: “{text}” is cut off, {word:?}"));
        }
        if real && text.contains('…') {
            faults.push(format!("{place}: “{text}” is shortened"));
        }
        for other in &words[index + 1..] {
            if collide(word, other) {
                faults.push(format!("{place}: “{text}” lies on “{}”", other.text));
            }
        }
    }
    faults
}

/// The folder and the texts of every language. The made-up language has its own texts and the lectures of
/// English.
fn languages() -> Vec<(PathBuf, Texts)> {
    let folders = fs::read_dir("www/content").unwrap().map(|entry| entry.unwrap().path());
    let read = |folder: &Path| explainer::content::words(folder).unwrap();
    let english = PathBuf::from("www/content/en");
    let longer: Vec<_> = read(&english).lines().map(accents::accented_line).collect();
    let made_up = (english, Texts::parse(&longer.join("\n")));
    let real =
        folders.filter(|folder| folder.is_dir()).map(|folder| (folder.clone(), Texts::parse(&read(&folder))));
    real.chain([made_up]).collect()
}

#[test]
fn every_word_of_a_lecture_can_be_read_from_the_last_row() {
    let mut found = Vec::new();
    for (folder, texts) in languages() {
        for path in book::CHAPTERS.iter().map(|chapter| folder.join(chapter.slug).join("lecture.txt")) {
            for screen in lesson::read(&fs::read_to_string(&path).unwrap()).screens {
                let mut figure = book::make(screen.figure).unwrap();
                for (key, value) in &screen.values {
                    figure.set(key, value).unwrap();
                }
                figure.ask(&screen.veil, "", "", &texts);
                for (width, legible) in WALLS {
                    let place = format!("{}:{} at {width}", path.display(), screen.line);
                    found.extend(faults(&figure, width, legible, &texts, &place));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The widths of drawings in windows of 320, 360, 375, 640, 768 and 1440 CSS pixels, and the smallest text
/// size. The last ones are for readers who have enlarged text. See `www/element/painter.js`.
const PAGES: [(f64, f64); 12] = [
    (288.0, 0.0),
    (328.0, 0.0),
    (343.0, 0.0),
    (608.0, 0.0),
    (706.0, 0.0),
    (1076.0, 0.0),
    (272.0, 13.3),
    (328.0, 16.0),
    (340.0, 16.6),
    (608.0, 18.0),
    (706.0, 18.0),
    (1076.0, 18.0),
];

#[test]
fn every_word_of_every_example_can_be_read_on_a_phone_and_on_a_desk() {
    let mut found = Vec::new();
    for (folder, texts) in languages() {
        for figure in common::figures() {
            for preset in figure.presets() {
                let mut figure = book::make(figure.name()).unwrap();
                figure.apply_preset(preset.name);
                while figure.tick(1.0) == Tick::Moving {}
                for (width, legible) in PAGES {
                    let place = format!(
                        "{} {} {} at {width}, {legible}",
                        folder.display(),
                        figure.name(),
                        preset.name
                    );
                    found.extend(faults(&figure, width, legible, &texts, &place));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn words_are_as_the_figure_sets_them_where_nothing_is_asked() {
    for figure in common::figures() {
        let texts = Texts::parse(&explainer::content::words(Path::new("www/content/en")).unwrap());
        let sizes = |legible| {
            words(&figure, 1076.0, legible, &texts).iter().map(|word| word.size).collect::<Vec<_>>()
        };
        let (own, large) = (sizes(0.0), sizes(30.0));
        assert!(own.iter().any(|size| *size < 14.5), "{}: {own:?}", figure.name());
        assert!(large.iter().all(|size| *size >= 26.9), "{}: {large:?}", figure.name());
    }
}
