//! Descriptions of the pages in the vocabulary of schema.org, for search engines of educational resources.

use explainer::book;
use serde_json::{Value, json};

use super::assets::{Language, Parts};
use super::words::{of_chapter, words};
use crate::Outcome;

/// The licence of the explainer.
const LICENCE: &str = "https://spdx.org/licenses/MIT.html";

/// The explainer in `language`, with its chapters, its guide and its handout as parts.
pub(super) fn explainer(language: &Language, parts: &Parts) -> Outcome<Value> {
    let slugs: Vec<_> = book::chapters().map(|chapter| chapter.slug).collect();
    let heading = words(language, "page.heading")?;
    let mut value = resource(language, parts, "index", heading, "page.description", "page.kind")?;
    let [mut teaches, mut about] = [Vec::new(), Vec::new()];
    let mut has = Vec::new();
    let mut part = |name: &str, key: &str| -> Outcome {
        let url = url(language, parts, name);
        let title = words(language, key)?;
        has.push(json!({ "@type": "LearningResource", "@id": url, "url": url, "name": title }));
        Ok(())
    };
    for slug in slugs {
        teaches.extend(items(language, &format!("{slug}.teaches"))?);
        about.extend(subjects(language, slug)?);
        part(slug, &format!("{slug}.question"))?;
    }
    for name in ["teaching", "handout"] {
        part(name, &format!("guide.{name}.title"))?;
    }
    value["teaches"] = teaches.into();
    value["about"] = about.into();
    value["hasPart"] = has.into();
    Ok(value)
}

/// The chapter `slug`.
pub(super) fn chapter(language: &Language, parts: &Parts, slug: &str) -> Outcome<Value> {
    let question = of_chapter(language, slug, "question")?;
    let mut value = resource(language, parts, slug, question, &format!("{slug}.description"), "page.kind")?;
    value["teaches"] = items(language, &format!("{slug}.teaches"))?.into();
    value["about"] = subjects(language, slug)?.into();
    Ok(part_of_all(value, language, parts))
}

/// The guide or the handout.
pub(super) fn guide(language: &Language, parts: &Parts, name: &str) -> Outcome<Value> {
    let [title, description, kind] =
        ["title", "description", "kind"].map(|key| format!("guide.{name}.{key}"));
    let title = words(language, &title)?;
    Ok(part_of_all(resource(language, parts, name, title, &description, &kind)?, language, parts))
}

fn resource(
    language: &Language,
    parts: &Parts,
    name: &str,
    title: &str,
    description: &str,
    kind: &str,
) -> Outcome<Value> {
    let url = url(language, parts, name);
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "name": title,
        "description": words(language, description)?,
        "inLanguage": language.lang(),
        "learningResourceType": items(language, kind)?,
        "educationalLevel": items(language, "page.level")?,
        "interactivityType": if name == "handout" { "expositive" } else { "active" },
        "isAccessibleForFree": true,
        "license": LICENCE,
    });
    let picture = format!("{}{name}.png", language.folder());
    if let Some(address) = &parts.site.address
        && parts.site.pictures.contains_key(&picture)
    {
        value["image"] = address.of(&picture).into();
    }
    Ok(value)
}

fn part_of_all(mut value: Value, language: &Language, parts: &Parts) -> Value {
    let url = url(language, parts, "index");
    let name = language.texts.get("page.heading");
    value["isPartOf"] = json!({ "@type": "LearningResource", "@id": url, "url": url, "name": name });
    value
}

/// The absolute address of a page if it is known, and otherwise the one relative to its neighbours.
fn url(language: &Language, parts: &Parts, name: &str) -> String {
    let file = format!("{name}.html");
    match &parts.site.address {
        Some(address) => address.of(&format!("{}{file}", language.folder())),
        None => file,
    }
}

/// The items of the text `key`.
fn items(language: &Language, key: &str) -> Outcome<Vec<Value>> {
    let list = words(language, key)?.split('|').map(str::trim).filter(|item| !item.is_empty());
    Ok(list.map(Value::from).collect())
}

fn subjects(language: &Language, slug: &str) -> Outcome<Vec<Value>> {
    let items = items(language, &format!("{slug}.about"))?;
    Ok(items.into_iter().map(|item| json!({ "@type": "DefinedTerm", "name": item })).collect())
}
