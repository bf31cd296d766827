//! Fonts for the text of a drawing. The drawing names no font, so one is chosen here; no character may be
//! missing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};

use usvg::fontdb::{Database, Family, ID, Query, Weight};
use usvg::{FontResolver, Options, Tree};

use crate::Outcome;
use crate::sheet::Sheet;

/// The font families to use. Those with the most characters come first.
const FAMILIES: [&str; 13] = [
    "DejaVu Sans",
    "Noto Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
    "Segoe UI",
    "Nimbus Sans",
    "Noto Sans Math",
    "STIX Two Math",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
];

const INSTALL: &str = "install DejaVu Sans (Debian and Ubuntu: apt install fonts-dejavu-core; Fedora: dnf install \
                       dejavu-sans-fonts; for Chinese fonts-noto-cjk, google-noto-sans-cjk-fonts), or write an SVG, which needs no font";

/// The fonts installed on this machine. They are searched for once.
#[must_use]
pub fn installed() -> &'static Database {
    static FONTS: OnceLock<Database> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        fonts
    })
}

/// The drawing of `sheet` with its text set in `fonts`.
///
/// # Errors
///
/// A message that names what to install if `fonts` has none of the usual families, or lacks a character. A
/// picture is never made without its text.
pub fn set(sheet: &Sheet, fonts: &Database) -> Outcome<Tree> {
    // A font with all characters is preferred, because a text with one missing character would be set in
    // another font as a whole.
    let characters: BTreeSet<char> = sheet.svg.chars().filter(|character| !character.is_control()).collect();
    let usual =
        || FAMILIES.into_iter().filter_map(|family| Some((family, find(fonts, family, Weight::NORMAL)?)));
    let family = usual().find(|(_, id)| has_all(fonts, *id, &characters)).or_else(|| usual().next());
    let Some((family, _)) = family else {
        return Err(format!(
            "the words can't be set: none of the fonts {} is installed; {INSTALL}.",
            FAMILIES.join(", ")
        ));
    };
    let mut fonts = fonts.clone();
    fonts.set_sans_serif_family(family);
    let missing = Mutex::new(BTreeSet::new());
    let options = Options {
        fontdb: Arc::new(fonts),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(|character, used, fonts| {
                let weight = fonts.face(*used.first()?)?.weight;
                let usual = FAMILIES.into_iter().filter_map(|family| find(fonts, family, weight));
                // If none of the usual families has the character, any other font is better than none.
                let any = fonts.faces().map(|face| face.id);
                let chosen =
                    usual.chain(any).find(|id| !used.contains(id) && has_all(fonts, *id, &[character]));
                if chosen.is_none()
                    && let Ok(mut missing) = missing.lock()
                {
                    missing.insert(character);
                }
                chosen
            }),
        },
        ..Options::default()
    };
    let tree =
        Tree::from_str(&sheet.svg, &options).map_err(|error| format!("the drawing can't be read: {error}"));
    drop(options);
    let missing = missing.into_inner().unwrap_or_default();
    if missing.is_empty() {
        return tree;
    }
    let characters: Vec<_> = missing.into_iter().map(|character| format!("“{character}”")).collect();
    Err(format!("no installed font has {}; {INSTALL}.", characters.join(", ")))
}

fn find(fonts: &Database, family: &str, weight: Weight) -> Option<ID> {
    fonts.query(&Query { families: &[Family::Name(family)], weight, ..Query::default() })
}

/// Whether a font has all `characters`.
fn has_all<'a>(fonts: &Database, id: ID, characters: impl IntoIterator<Item = &'a char>) -> bool {
    let all = |data: &[u8], index| {
        let face = ttf_parser::Face::parse(data, index).ok()?;
        Some(characters.into_iter().all(|&character| face.glyph_index(character).is_some()))
    };
    fonts.with_face_data(id, all).flatten() == Some(true)
}
