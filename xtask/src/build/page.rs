//! The pages: the explainer in each language, and the whole of it in a single file.

use std::fs;
use std::path::Path;

use divergences::lesson;

use super::assets::{Assets, Language, Parts};
use super::prose;
use crate::Outcome;
use crate::command::root;

/// Writes every page into `dist`.
pub(super) fn write(dist: &Path, parts: &Parts, assets: &Assets) -> Outcome {
    let shell = fs::read_to_string(root().join("index.html"))?;
    let frame = fs::read_to_string(root().join("www/frame.html"))?;
    for language in &parts.languages {
        let content = content(language, parts)?;
        // English is at the top; every other language has a folder.
        let (folder, up) =
            if language.tag == "en" { (dist.to_owned(), "") } else { (dist.join(&language.tag), "../") };
        fs::create_dir_all(&folder)?;
        let head = format!(
            "<style>{}</style>\n\
             <link rel=\"preload\" href=\"{up}{}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
             <link rel=\"preload\" href=\"{up}{}\" as=\"fetch\" crossorigin>\n\
             <script type=\"module\" src=\"{up}{}\"></script>",
            parts.page_styles, assets.wasm, assets.texts[&language.tag], assets.script
        );
        fs::write(folder.join("index.html"), fill(&shell, language, &head, &content)?)?;
        if language.tag == "en" {
            let single = fill(&shell, language, &format!("<style>{}</style>", parts.page_styles), &content)?;
            fs::write(dist.join("divergences.html"), inline(&single, assets))?;
            let head = format!(
                "<style>{}</style>\n<script type=\"module\" src=\"{}\"></script>",
                parts.frame_styles, assets.script
            );
            fs::write(dist.join("figure.html"), fill(&frame, language, &head, "")?)?;
        }
    }
    Ok(())
}

/// The prose of `language`, chapter after chapter, each file of its folder in the order of their names.
fn content(language: &Language, parts: &Parts) -> Outcome<String> {
    let folder = root().join("www/content").join(&language.tag);
    let mut chapters: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    chapters.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    chapters.sort();
    let mut html = String::new();
    for (index, chapter) in chapters.into_iter().enumerate() {
        let markdown = fs::read_to_string(&chapter)?;
        let figures = prose::Figures { styles: &parts.figure_styles, far: index > 0 };
        let body = prose::html(&markdown, &language.texts, figures)
            .map_err(|error| format!("{}: {error}", chapter.display()))?;
        let exercises = exercises(language, &chapter.with_extension("exercises.txt"))?;
        html.push_str(&format!("<section>\n{body}{exercises}</section>\n"));
    }
    Ok(html)
}

/// The place for the exercises in `file`, if there is that file; they come when the reader opens it.
fn exercises(language: &Language, file: &Path) -> Outcome<String> {
    let Ok(text) = fs::read_to_string(file) else { return Ok(String::new()) };
    let screens = lesson::read(&text).screens;
    let Some(first) = screens.first() else { return Ok(String::new()) };
    let words = language.texts.fill("exercises", &[("count", screens.len().to_string())]);
    Ok(format!(
        "<details class=\"exercises\" data-exercises=\"{}\"><summary>{words}</summary></details>\n",
        first.figure
    ))
}

/// The shell with its `{{names}}` filled in: `head`, `content`, `lang`, or a text's key.
fn fill(shell: &str, language: &Language, head: &str, content: &str) -> Outcome<String> {
    let mut page = String::with_capacity(shell.len() + head.len() + content.len());
    let mut rest = shell;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("index.html: {{ without }}")?;
        page.push_str(before);
        page.push_str(match name {
            "head" => head,
            "content" => content,
            "lang" => &language.tag,
            key if language.texts.has(key) => language.texts.get(key),
            key => return Err(format!("index.html: {{{{{key}}}}}: no such text in {}", language.tag).into()),
        });
        rest = after;
    }
    page.push_str(rest);
    Ok(page)
}

/// The page with everything it would load put inside: no server is needed, not even one for files.
fn inline(page: &str, assets: &Assets) -> String {
    let tail = format!("<script type=\"module\" data-divergences>{}</script>\n</body>", assets.complete);
    page.replace("</body>", &tail)
}
