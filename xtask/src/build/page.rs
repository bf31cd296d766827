//! The pages: the front page and the chapters in each language, the whole book in a single file, and a figure
//! alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use explainer::book::{self, Chapter, Entry};
use explainer::figure::Form;
use serde_json::json;

use super::assets::{Assets, ENGLISH, Language, Parts, put, source};
use super::chapter::{self, Frame};
use super::head::{self, About, quoted};
use super::minify;
use super::place::Place;
use super::words::{of_chapter, words};
use super::{data, front, guide, moved, poster, prose, single};
use crate::Outcome;

/// Writes all pages into `dist`.
pub(super) fn write(dist: &Path, parts: &Parts, assets: &Assets) -> Outcome {
    let shell = source("index.html")?;
    for language in &parts.languages {
        chapter::check(language)?;
        // English is at the top, and every other language in a folder.
        let folder = dist.join(language.folder());
        fs::create_dir_all(&folder)?;
        let pages = Pages { shell: &shell, folder: &folder, language, parts, assets };
        pages.front(&poster::thumbnail_files(dist, language)?)?;
        pages.chapters()?;
        guide::write(&folder, language, parts)?;
        moved::write(&folder, language)?;
        if language.tag == ENGLISH {
            fs::write(dist.join("figure.html"), alone(dist, language, parts, assets)?)?;
        }
    }
    fs::write(dist.join("divergences.html"), single::html(&shell, parts, &assets.complete)?)?;
    Ok(())
}

/// The page of a figure alone, with what it shows if its script does not arrive.
fn alone(dist: &Path, language: &Language, parts: &Parts, assets: &Assets) -> Outcome<String> {
    poster::write_alone(&dist.join("pictures"), language)?;
    let words: BTreeMap<_, _> = parts
        .languages
        .iter()
        .map(|language| (&language.tag, language.texts.get("trouble.script")))
        .collect();
    let arrival = inlined("www/embed/arrival.js", &[("WORDS", json!(words).to_string())])?;
    let head = format!(
        "<style>{}</style>\n<script type=\"module\" src=\"{}\"></script>\n<script async src=\"{}\"></script>",
        parts.frame_styles,
        assets.script,
        put(dist, "arrival", "js", arrival.as_bytes())?
    );
    fill(&source("www/embed/frame.html")?, language, &[("head", &head)])
}

/// The pages of one language.
struct Pages<'a> {
    shell: &'a str,
    folder: &'a Path,
    language: &'a Language,
    parts: &'a Parts,
    assets: &'a Assets,
}

impl Pages<'_> {
    /// Writes the front page with the thumbnails `pictures` of the chapters.
    fn front(&self, pictures: &[(&'static str, String)]) -> Outcome {
        let Self { language, assets, .. } = *self;
        let Some(&Chapter { slug, figures: [Entry { name: first, .. }, ..] }) = book::chapters().next()
        else {
            return Err("there is no figure".into());
        };
        let picture = |slug: &str| {
            let picture = pictures.iter().find(|(own, _)| *own == slug);
            picture.map(|(_, html)| html.clone()).ok_or_else(|| format!("{slug} has no picture").into())
        };
        let lecture = assets.lesson("lecture", language, "");
        let content = front::html(language, Place::Pages, &self.figure(first, None)?, &picture, &lecture)?;
        let about = About {
            file: "index.html",
            title: words(language, "page.heading")?,
            description: words(language, "page.description")?,
            picture: "index",
            data: data::explainer(language, self.parts)?,
        };
        self.write(slug, words(language, "page.title")?, &about, &content)
    }

    /// Writes a page for each chapter.
    fn chapters(&self) -> Outcome {
        let Self { language, assets, .. } = *self;
        let posters = poster::write(self.folder, language)?;
        for chapter in book::chapters() {
            let slug = chapter.slug;
            let figure = |name: &str, first: bool| {
                let posters = posters.iter().find(|(own, _)| *own == name && !first);
                self.figure(name, posters.map(|(_, files)| files))
            };
            let frame = Frame {
                place: Place::Pages,
                figure: &figure,
                lecture: &assets.lesson("lecture", language, slug),
                exercises: &assets.lesson("exercises", language, slug),
            };
            let content = with_lent_styles(&chapter::html(chapter, language, &frame)?)?;
            let about = About {
                file: &format!("{slug}.html"),
                title: of_chapter(language, slug, "question")?,
                description: of_chapter(language, slug, "description")?,
                picture: slug,
                data: data::chapter(language, self.parts, slug)?,
            };
            self.write(slug, &chapter::title(language, slug)?, &about, &content)?;
        }
        Ok(())
    }

    /// The HTML of a figure. The first of a page contains its poster and styles; the others have them in
    /// files.
    fn figure(&self, name: &str, posters: Option<&[String; 2]>) -> Outcome<String> {
        let Self { language, parts, assets, .. } = *self;
        match posters {
            None => {
                let styles = format!("<style>{}</style>", parts.figure_styles);
                prose::figure(name, &language.texts, &styles, Form::Page)
            }
            Some([wide, narrow]) => {
                let lent = format!(
                    "<noscript><link rel=\"stylesheet\" href=\"{}{}\"></noscript>",
                    language.up(),
                    assets.figure_styles
                );
                prose::figure(name, &language.texts, &lent, Form::Apart([wide, narrow]))
            }
        }
    }

    /// Writes a page called `title` with `content`, whose figures are of the chapter `slug`.
    fn write(&self, slug: &str, title: &str, about: &About<'_>, content: &str) -> Outcome {
        let Self { language, parts, assets, .. } = *self;
        let up = language.up();
        let engine = assets.engines.of(slug);
        let files = [&engine.wasm, &engine.words[&language.tag]].map(|file| format!("{up}{file}"));
        let head = format!(
            "{}\n<style>{}{}</style>\n<script>{}</script>\n<script type=\"module\" src=\"{up}{}\"></script>",
            head::head(about, language, parts),
            parts.page_styles,
            language.styles,
            inlined("www/page/first.js", &[("FILES", json!(files).to_string())])?,
            assets.page_script
        );
        let (title, description) = (prose::escape(title), quoted(about.description));
        let values = [
            ("head", head.as_str()),
            ("title", &title),
            ("description", &description),
            ("content", content),
            ("home", Place::Pages.front()),
            ("teaching", &Place::Pages.part("teaching")),
            ("languages", &switch(about.file, language, &parts.languages)),
        ];
        fs::write(self.folder.join(about.file), fill(self.shell, language, &values)?)?;
        Ok(())
    }
}

/// The script in the file `path`, for inlining into a page. The names in `values` are replaced by their
/// values.
pub(super) fn inlined(path: &str, values: &[(&str, String)]) -> Outcome<String> {
    let script = minify::script(path, &source(path)?)?;
    Ok(values.iter().fold(script, |script, (name, value)| script.replace(name, value)))
}

/// `content` with scripts that apply the styles of the first figure to each further one before it is painted.
fn with_lent_styles(content: &str) -> Outcome<String> {
    const END: &str = "</divergence-figure>";
    const LENT: &str = "<script>lend(document.currentScript.previousElementSibling)</script>";
    match content.split_once(END) {
        Some((first, others)) if others.contains(END) => {
            let others = others.replace(END, &format!("{END}{LENT}"));
            Ok(format!("{first}{END}<script>{}</script>{others}", inlined("www/page/lend.js", &[])?))
        }
        _ => Ok(content.to_owned()),
    }
}

/// The address of the page `name` in the language `other`, relative to the pages of `language`.
fn address(name: &str, language: &Language, other: &Language) -> String {
    format!("{}{}{name}", language.up(), other.folder())
}

/// The links from the page `name` in `language` to the same page in all other languages. Each is named in its
/// own language.
pub(super) fn switch(name: &str, language: &Language, languages: &[Language]) -> String {
    let others = languages.iter().filter(|other| other.tag != language.tag);
    let link = |other: &Language| {
        format!(
            "<a data-language href=\"{}\" lang=\"{tag}\" hreflang=\"{tag}\">{}</a>",
            address(name, language, other),
            prose::escape(other.texts.get("page.language")),
            tag = other.lang()
        )
    };
    others.map(link).collect()
}

/// `shell` with its `{{names}}` replaced: a name is one of `values`, `lang`, or the key of a text.
pub(super) fn fill(shell: &str, language: &Language, values: &[(&str, &str)]) -> Outcome<String> {
    let mut page =
        String::with_capacity(shell.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = shell;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("a page: {{ without }}")?;
        page.push_str(before);
        page.push_str(match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => value,
            None if name == "lang" => language.lang(),
            None if language.texts.has(name) => language.texts.get(name),
            None => return Err(format!("a page: {{{{{name}}}}}: no such text in {}", language.tag).into()),
        });
        rest = after;
    }
    page.push_str(rest);
    Ok(page)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use explainer::figure::texts::Texts;

    use super::super::assets::Lessons;
    use super::*;

    fn language(tag: &str, texts: &str) -> Language {
        let none = String::new;
        let (tag, texts) = (tag.to_owned(), Texts::parse(texts));
        Language {
            tag,
            content: PathBuf::new(),
            texts,
            source: none(),
            sources: BTreeMap::new(),
            styles: none(),
            lessons: Lessons::new(),
            exercises: Lessons::new(),
        }
    }

    #[test]
    fn a_page_leads_to_itself_in_every_language() {
        let languages = [
            language("en", "page.language = English\npage.language.tag = en"),
            language("zh", "page.language = 中文\npage.language.tag = zh-Hans"),
        ];
        let [english, chinese] = &languages;
        assert_eq!(
            switch("index.html", english, &languages),
            "<a data-language href=\"zh/index.html\" lang=\"zh-Hans\" hreflang=\"zh-Hans\">中文</a>",
            "from English"
        );
        let back = switch("index.html", chinese, &languages);
        assert!(back.contains("href=\"../index.html\"") && !back.contains("中文"), "{back}");
    }
}
