//! The content of a chapter's page: its story with its figures, its exercises, and the links to other
//! chapters.

use std::collections::HashSet;

use explainer::book::{self, Chapter};
use explainer::{content, lesson};

use super::assets::Language;
use super::contents;
use super::head::quoted;
use super::place::Place;
use super::prose::{Setting, escape, prose};
use super::words::{of_chapter, words};
use crate::Outcome;

/// The surroundings of a chapter, which differ between pages and the single file.
pub(super) struct Frame<'a> {
    pub(super) place: Place,
    /// The HTML of a figure, given its name and whether it is the first of the chapter.
    pub(super) figure: &'a dyn Fn(&str, bool) -> Outcome<String>,
    /// The attribute with the address of the chapter's lecture.
    pub(super) lecture: &'a str,
    /// The attribute with the address of its exercises.
    pub(super) exercises: &'a str,
}

/// The HTML of `chapter` in `language`.
pub(super) fn html(chapter: &Chapter, language: &Language, frame: &Frame<'_>) -> Outcome<String> {
    let slug = chapter.slug;
    let path = language.content.join(slug).join("chapter.md");
    let named = |error| format!("{}: {error}", path.display());
    let own: Vec<_> = chapter.figures.iter().map(|entry| entry.name).collect();
    let setting = Setting {
        texts: &language.texts,
        link: &|name, state| frame.place.figure(name, state, slug),
        figure: &|name| (frame.figure)(name, own.first() == Some(&name)),
        alive: &own,
        anchors: Some(words(language, "page.link")?),
    };
    let story = prose(&content::read(&path)?, &setting).map_err(named)?;
    for name in &own {
        let count = story.landmarks.iter().filter(|landmark| landmark.id == *name).count();
        if count != 1 {
            return Err(
                named(format!("{{figure {name}}} stands in it {count} times, not once").into()).into()
            );
        }
    }
    let count = lesson::read(&language.exercises[slug]).screens.len();
    let exercises = language.texts.fill("exercises", &[("count", count.to_string())]);
    Ok(format!(
        "<main class=\"chapter\" id=\"{slug}\" data-page=\"{slug}\" data-title=\"{}\"{}>\n{}<section>\n<p class=\"kicker\">{}</p>\n\
         <h1>{}</h1>\n{}<details class=\"exercises\" data-exercises=\"{slug}\"{}><summary>{exercises}</summary></details>\n\
         </section>\n{}</main>\n",
        quoted(&title(language, slug)?),
        frame.lecture,
        contents::rail(chapter, &story.landmarks, language, frame.place)?,
        escape(of_chapter(language, slug, "name")?),
        escape(of_chapter(language, slug, "question")?),
        story.html,
        frame.exercises,
        contents::previous_and_next(slug, language, frame.place)?
    ))
}

/// The window title of the chapter `slug`.
pub(super) fn title(language: &Language, slug: &str) -> Outcome<String> {
    let chapter = of_chapter(language, slug, "question")?.to_owned();
    let name = words(language, "page.name")?.to_owned();
    words(language, "page.chapter.title")?;
    Ok(language.texts.fill("page.chapter.title", &[("chapter", chapter), ("name", name)]))
}

/// Checks that `language` has everything that every chapter needs. The error names what is missing.
pub(super) fn check(language: &Language) -> Outcome {
    let mut ids: HashSet<String> = book::chapters().map(|chapter| chapter.slug.to_owned()).collect();
    ids.extend(["teaching", "handout"].map(str::to_owned));
    for chapter in book::chapters() {
        let slug = chapter.slug;
        for key in ["name", "question", "sentence", "description", "teaches", "about", "picture"] {
            of_chapter(language, slug, key)?;
        }
        let place = |file: &str| format!("www/content/{}/{slug}/{file}", language.tag);
        let headings = content::read(&language.content.join(slug).join("chapter.md"))?;
        for id in headings.split("{#").skip(1).filter_map(|rest| rest.split('}').next()) {
            if !ids.insert(id.to_owned()) {
                let place = place("chapter.md");
                return Err(format!("{place}: {{#{id}}} is the name of something else in the book").into());
            }
        }
        let own: Vec<_> = chapter.figures.iter().map(|entry| entry.name).collect();
        for (file, text) in
            [("lecture.txt", &language.lessons[slug]), ("exercises.txt", &language.exercises[slug])]
        {
            let screens = lesson::read(text).screens;
            if let Some(screen) = screens.iter().find(|screen| !own.contains(&screen.figure)) {
                let (place, line, figure) = (place(file), screen.line, screen.figure);
                return Err(format!(
                    "{place}:{line}: {figure} is no figure of this chapter; there are {}",
                    own.join(", ")
                )
                .into());
            }
        }
        for name in own {
            for key in ["title", "caption"].map(|key| format!("{name}.{key}")) {
                if !language.texts.has(&key) {
                    return Err(format!("{}: there is no line “{key} = …”", place("texts.txt")).into());
                }
            }
            if !ids.insert(name.to_owned()) {
                return Err(format!("{name}: a figure and a chapter can't have the same name").into());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use explainer::book::CHAPTERS;

    use super::super::assets::languages;
    use super::*;
    use crate::command::root;

    #[test]
    fn every_chapter_has_what_a_chapter_needs_in_every_language() {
        for language in languages(&root().join("www/content")).unwrap() {
            check(&language).unwrap();
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let mut language = languages(&root().join("www/content")).unwrap().swap_remove(0);
        let slug = CHAPTERS[0].slug;
        language.lessons.insert(slug, "comparison\nWords.\n".to_owned());
        let error = check(&language).unwrap_err().to_string();
        assert!(
            error.contains("two-directions/lecture.txt:1: comparison is no figure of this chapter"),
            "{error}"
        );
        language.texts = explainer::figure::texts::Texts::new();
        let error = check(&language).unwrap_err().to_string();
        assert!(
            error.contains("www/content/en/pages.txt") && error.contains("two-directions.name"),
            "{error}"
        );
    }

    #[test]
    fn figures_of_one_chapter_stand_beside_each_other() {
        let language = languages(&root().join("www/content")).unwrap().swap_remove(0);
        // The chapter has the text of the first one, and in addition the figure of the second one, which that
        // text does not contain.
        let figures: &'static [book::Entry] =
            Box::leak(Box::new([CHAPTERS[0].figures[0], CHAPTERS[1].figures[0]]));
        let chapter = Chapter { slug: CHAPTERS[0].slug, figures };
        let frame = Frame {
            place: Place::Pages,
            figure: &|name, first| Ok(format!("<i>{name} {first}</i>")),
            lecture: "",
            exercises: "",
        };
        let error = html(&chapter, &language, &frame).unwrap_err().to_string();
        assert!(
            error.contains(&format!("{{figure {}}}", figures[1].name)),
            "a figure that stands nowhere: {error}"
        );
    }
}
