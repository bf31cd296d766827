//! The pages: the explainer in each language, the whole of it in a single file, and that of a figure alone.

use std::fs;
use std::path::Path;

use explainer::book::CHAPTERS;
use explainer::{content, lesson};
use serde_json::json;

use super::assets::{Assets, ENGLISH, Language, Parts};
use super::guide::{self, Place};
use super::head::{self, About};
use super::prose::{self, Figures};
use super::{chapter, data, single};
use crate::Outcome;
use crate::command::root;

/// Writes every page into `dist`.
pub(super) fn write(dist: &Path, parts: &Parts, assets: &Assets) -> Outcome {
    let shell = fs::read_to_string(root().join("index.html"))?;
    let frame = fs::read_to_string(root().join("www/embed/frame.html"))?;
    for language in &parts.languages {
        // English is at the top; every other language has a folder.
        let (folder, up) = (dist.join(language.folder()), language.up());
        let styles = format!("<style>{}</style>", parts.figure_styles);
        let lent =
            format!("<noscript><link rel=\"stylesheet\" href=\"{up}{}\"></noscript>", assets.figure_styles);
        let figures = |far| if far { Figures::Far(&lent) } else { Figures::Whole(&styles) };
        let content = lent_out(&prose(language, figures)?)?;
        fs::create_dir_all(&folder)?;
        let head = format!(
            "<style>{}{}</style>\n{}<script type=\"module\" src=\"{up}{}\"></script>",
            parts.page_styles,
            language.styles,
            one_by_one(&[format!("{up}{}", assets.wasm), format!("{up}{}", assets.texts[&language.tag])]),
            assets.script
        );
        let teaching = Place::Pages.part("teaching");
        let about = About {
            file: "index.html",
            title: language.texts.get("page.heading"),
            description: language.texts.get("page.description"),
            picture: "index",
            data: data::explainer(language, parts),
        };
        let head = head::head(&about, language, parts) + "\n" + &head;
        let switch = switch("index.html", language, &parts.languages);
        let values =
            [("head", head.as_str()), ("content", &content), ("teaching", &teaching), ("languages", &switch)];
        fs::write(folder.join("index.html"), fill(&shell, language, &values)?)?;
        guide::write(&folder, language, parts)?;
        chapter::write(&folder, language, parts)?;
        if language.tag == ENGLISH {
            let head = format!(
                "<style>{}</style>\n<script type=\"module\" src=\"{}\"></script>",
                parts.frame_styles, assets.script
            );
            fs::write(dist.join("figure.html"), fill(&frame, language, &[("head", &head)])?)?;
        }
    }
    fs::write(dist.join("divergences.html"), single::html(&shell, parts, &assets.complete)?)?;
    Ok(())
}

/// A script that puts in order what comes first. What is below the first figure is laid out a frame after it, but not for
/// who comes back: the browser takes them to where they were; nor in WebKit, where who has scrolled by then would be
/// elsewhere. `files` are on their way before the page's own script asks for them, but not before the words are on the
/// screen: on a slow network they would come later, and these files are most of what is loaded.
fn one_by_one(files: &[String]) -> String {
    format!(
        "<script>{{const page=document.documentElement;\
         page.classList.toggle(\"first\",CSS.supports(\"overflow-anchor:auto\")&&performance.getEntriesByType(\"navigation\")[0]?.type===\"navigate\");\
         addEventListener(\"DOMContentLoaded\",()=>requestAnimationFrame(()=>\
         setTimeout(()=>page.classList.remove(\"first\"))));\
         new PerformanceObserver((_,painted)=>{{painted.disconnect();\
         customElements.get(\"divergence-figure\")||{}.forEach(href=>document.head.append(\
         Object.assign(document.createElement(\"link\"),{{rel:\"preload\",as:\"fetch\",crossOrigin:\"\",href}})))}})\
         .observe({{type:\"paint\",buffered:true}})}}</script>\n",
        json!(files)
    )
}

/// Scripts in `content` that lend the styles of the first figure to each other one before it is seen: four times the same are
/// most of what a server sends that compresses with a memory of 32 KB, as most do. They also unpack the figure that the address
/// leads to: what is below it would move when it wakes.
fn lent_out(content: &str) -> Outcome<String> {
    const END: &str = "</divergence-figure>";
    const TOLD: &str = "<script>{const sheet=new CSSStyleSheet,own=({shadowRoot})=>shadowRoot;\
        sheet.replaceSync(own(document.currentScript.previousElementSibling).querySelector(\"style\").textContent);\
        globalThis.lend=(figure)=>{own(figure).adoptedStyleSheets=[sheet];\
        const packed=figure.id===location.hash.slice(1).split(\"?\")[0]&&own(figure).querySelector(\".controls>template\");\
        packed&&packed.replaceWith(packed.content)}}</script>";
    const LENT: &str = "<script>lend(document.currentScript.previousElementSibling)</script>";
    let (first, others) = content.split_once(END).ok_or("the page has no figure")?;
    Ok(format!("{first}{END}{TOLD}{}", others.replace(END, &format!("{END}{LENT}"))))
}

/// Where the page `name` in the language `other` is, seen from the pages of `language`.
fn address(name: &str, language: &Language, other: &Language) -> String {
    format!("{}{}{name}", language.up(), other.folder())
}

/// Links from the page `name` in `language` to the same in every other language, each named in its own.
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

/// The prose of `language`, chapter after chapter, with its figures as
/// `figures` says of those that are far down the page, and of those that are not.
pub(super) fn prose<'a>(language: &Language, figures: impl Fn(bool) -> Figures<'a>) -> Outcome<String> {
    let mut html = String::new();
    for (index, chapter) in CHAPTERS.iter().enumerate() {
        let folder = language.content.join(chapter.slug);
        let markdown = folder.join("chapter.md");
        let body = prose::html(&content::read(&markdown)?, &language.texts, figures(index > 0))
            .map_err(|error| format!("{}: {error}", markdown.display()))?;
        let exercises = exercises(language, &folder.join("exercises.txt"))?;
        html.push_str(&format!("<section>\n{body}{exercises}</section>\n"));
    }
    Ok(html)
}

/// The place for the exercises in `file`; they come when the reader opens it.
fn exercises(language: &Language, file: &Path) -> Outcome<String> {
    let screens = lesson::read(&content::read(file)?).screens;
    let Some(first) = screens.first() else { return Ok(String::new()) };
    let words = language.texts.fill("exercises", &[("count", screens.len().to_string())]);
    Ok(format!(
        "<details class=\"exercises\" data-exercises=\"{}\"><summary>{words}</summary></details>\n",
        first.figure
    ))
}

/// The shell with its `{{names}}` filled in: one of `values`, `lang`, or a text's key.
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

    use super::*;

    fn language(tag: &str, texts: &str) -> Language {
        let none = String::new;
        let (tag, texts) = (tag.to_owned(), Texts::parse(texts));
        Language {
            tag,
            content: PathBuf::new(),
            texts,
            source: none(),
            styles: none(),
            lessons: none(),
            exercises: none(),
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
