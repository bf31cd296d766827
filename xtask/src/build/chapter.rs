//! A page for each chapter, whose address shows the chapter's own title and picture where it is shared: the explainer
//! has one address for all of them. Who follows it comes to the chapter itself.

use std::fs;
use std::path::Path;

use explainer::book;
use explainer::plot::Theme;

use super::assets::{Language, Parts, source};
use super::head::{About, head, quoted};
use super::{data, page, prose};
use crate::Outcome;

/// How wide the figure is laid out.
const WIDTH: f64 = 860.0;

/// Writes the chapters' pages in `language` into `folder`.
pub(super) fn write(folder: &Path, language: &Language, parts: &Parts) -> Outcome {
    let shell = source("www/page/chapter.html")?;
    let texts = &language.texts;
    for live in book::names().filter_map(book::make) {
        let name = live.name();
        let file = format!("{name}.html");
        let (chapter, description) = (
            texts.get(&format!("{name}.title")).to_owned(),
            texts.get(&format!("{name}.description")).to_owned(),
        );
        let explainer = texts.get("page.name").to_owned();
        let title = texts.fill("page.chapter.title", &[("chapter", chapter.clone()), ("name", explainer)]);
        let about = About {
            file: &file,
            title: &chapter,
            description: &description,
            picture: name,
            data: data::chapter(language, parts, name),
        };
        let styles = format!("{}{}{}", parts.page_styles, source("www/guide/guide.css")?, language.styles);
        let head = format!("{}\n<style>{styles}</style>", head(&about, language, parts));
        let drawing = live.svg(WIDTH, Theme::Light, true, texts);
        let switch = page::switch(&file, language, &parts.languages);
        let (title, chapter, description) =
            (prose::escape(&title), prose::escape(&chapter), quoted(&description));
        let values = [
            ("head", head.as_str()),
            ("name", name),
            ("title", &title),
            ("chapter", &chapter),
            ("description", &description),
            ("picture", drawing.trim_end()),
            ("languages", &switch),
        ];
        fs::write(folder.join(&file), page::fill(&shell, language, &values)?)?;
    }
    Ok(())
}
