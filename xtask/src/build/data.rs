//! What pages are, in the words of schema.org, for machines that look for educational resources.

use explainer::book;
use serde_json::{Value, json};

use super::assets::{Language, Parts};

/// The licence that it says it has.
const LICENCE: &str = "https://spdx.org/licenses/MIT.html";

/// The explainer in `language`, with its chapters, its guide and its handout as parts.
pub(super) fn explainer(language: &Language, parts: &Parts) -> Value {
    let names: Vec<_> = book::names().collect();
    let all = |key: &str| names.iter().flat_map(|name| items(language, &format!("{name}.{key}"))).collect();
    let texts = &language.texts;
    let mut value =
        resource(language, parts, "index", texts.get("page.heading"), "page.description", "page.kind");
    value["teaches"] = all("teaches");
    value["about"] = names.iter().flat_map(|name| subjects(language, name)).collect();
    value["hasPart"] = names
        .iter()
        .map(|name| (*name, format!("{name}.title")))
        .chain(["teaching", "handout"].map(|name| (name, format!("guide.{name}.title"))))
        .map(|(name, key)| {
            let url = url(language, parts, name);
            json!({ "@type": "LearningResource", "@id": url, "url": url, "name": texts.get(&key) })
        })
        .collect();
    value
}

/// The chapter of the figure `name`.
pub(super) fn chapter(language: &Language, parts: &Parts, name: &str) -> Value {
    let title = format!("{name}.title");
    let texts = &language.texts;
    let description = format!("{name}.description");
    let mut value = resource(language, parts, name, texts.get(&title), &description, "page.kind");
    value["teaches"] = items(language, &format!("{name}.teaches")).collect();
    value["about"] = subjects(language, name).collect();
    part_of_all(value, language, parts)
}

/// The guide or the handout.
pub(super) fn guide(language: &Language, parts: &Parts, name: &str) -> Value {
    let [title, description, kind] =
        ["title", "description", "kind"].map(|key| format!("guide.{name}.{key}"));
    let title = language.texts.get(&title);
    part_of_all(resource(language, parts, name, title, &description, &kind), language, parts)
}

fn resource(
    language: &Language,
    parts: &Parts,
    name: &str,
    title: &str,
    description: &str,
    kind: &str,
) -> Value {
    let url = url(language, parts, name);
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": url,
        "url": url,
        "name": title,
        "description": language.texts.get(description),
        "inLanguage": language.lang(),
        "learningResourceType": items(language, kind).collect::<Vec<_>>(),
        "educationalLevel": items(language, "page.level").collect::<Vec<_>>(),
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
    value
}

fn part_of_all(mut value: Value, language: &Language, parts: &Parts) -> Value {
    let url = url(language, parts, "index");
    let name = language.texts.get("page.heading");
    value["isPartOf"] = json!({ "@type": "LearningResource", "@id": url, "url": url, "name": name });
    value
}

/// The whole address of a page if that is known, or else the way there from those beside it.
fn url(language: &Language, parts: &Parts, name: &str) -> String {
    let file = format!("{name}.html");
    match &parts.site.address {
        Some(address) => address.of(&format!("{}{file}", language.folder())),
        None => file,
    }
}

/// The list that the text `key` is.
fn items<'a>(language: &'a Language, key: &str) -> impl Iterator<Item = Value> + use<'a> {
    let list = if language.texts.has(key) { language.texts.first(&[key]) } else { String::new() };
    let items: Vec<_> = list.split('|').map(|item| item.trim().to_owned()).collect();
    items.into_iter().filter(|item| !item.is_empty()).map(Value::from)
}

fn subjects<'a>(language: &'a Language, name: &str) -> impl Iterator<Item = Value> + use<'a> {
    items(language, &format!("{name}.about")).map(|item| json!({ "@type": "DefinedTerm", "name": item }))
}
