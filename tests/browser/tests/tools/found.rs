//! What search engines and shared links need: metadata in the heads of pages, sitemap, pictures.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;

use browser::Outcome;
use explainer::book;
use serde_json::Value;

use super::built::{Page, pages};
use crate::trial::tests;
use crate::visit::{dist, visit};

tests![
    every_page_has_a_title_and_a_description_of_its_own,
    every_page_says_where_it_is_in_every_language,
    every_shared_link_has_a_picture,
    every_page_is_described_as_a_learning_resource,
    a_figure_s_own_address_leads_to_the_figure,
    no_page_has_styles_of_a_single_element,
];

/// The public pages, and the address for which they were built.
fn public() -> Outcome<(Vec<Page>, String)> {
    let pages: Vec<_> = pages()?.into_iter().filter(Page::is_public).collect();
    let index = pages.iter().find(|page| page.name == "index.html").ok_or("there is no index.html")?;
    let address = index.property("url").map_err(|error| {
        format!("{error}: dist/ is built without an address; `cargo xtask test` builds it with one")
    })?;
    let languages = pages.iter().filter(|page| page.name.ends_with("index.html")).count();
    assert!(languages > 1, "more than one language");
    assert_eq!(pages.len(), languages * (3 + book::chapters().count()), "every page in every language");
    Ok((pages, address))
}

/// The published address of `page`.
fn address_of(page: &Page, address: &str) -> String {
    format!("{address}{}", page.name.strip_suffix("index.html").unwrap_or(&page.name))
}

fn every_page_has_a_title_and_a_description_of_its_own() -> Outcome {
    let (pages, _) = public()?;
    let mut told = HashSet::new();
    for page in &pages {
        // Drawings also have titles. The page's own is the first.
        let title = page.all("<title>", "</title>").swap_remove(0);
        for text in [title, page.one("<meta name=\"description\" content=\"", "\"")?] {
            assert!((8..=160).contains(&text.chars().count()), "{}: “{text}” is as long", page.name);
            assert!(!text.contains(['{', '}']), "{}: “{text}” is filled", page.name);
            assert!(told.insert(text.clone()), "{}: “{text}” stands elsewhere too", page.name);
        }
    }
    for page in super::built::pages()? {
        let description = page.one("<meta name=\"description\" content=\"", "\"")?;
        assert!(description.chars().count() >= 20, "{}: “{description}”", page.name);
    }
    Ok(())
}

/// A strict policy refuses them, one by one: a page once had 795.
fn no_page_has_styles_of_a_single_element() -> Outcome {
    for page in pages()? {
        // Scripts hold snippets for pages of others, with tags in them; `displaystyle` is mathematics.
        let (mut tags, mut rest) = (String::new(), page.html.as_str());
        while let Some((before, script)) = rest.split_once("<script") {
            tags.push_str(before);
            rest = script.split_once("</script>").map_or("", |(_, rest)| rest);
        }
        tags.push_str(rest);
        assert_eq!(tags.matches(" style=\"").count(), 0, "{}", page.name);
    }
    Ok(())
}

fn every_page_says_where_it_is_in_every_language() -> Outcome {
    let (pages, address) = public()?;
    let sitemap = fs::read_to_string(dist().join("sitemap.xml"))?;
    let tree = roxmltree::Document::parse(&sitemap)?;
    let listed: Vec<_> = tree
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .filter_map(|node| node.text())
        .collect();
    let own: BTreeSet<_> = pages.iter().map(|page| address_of(page, &address)).collect();
    assert_eq!(
        listed.iter().map(|&text| text.to_owned()).collect::<BTreeSet<_>>(),
        own,
        "the sitemap has them all"
    );
    assert_eq!(listed.len(), own.len(), "each once");
    let languages = pages.iter().filter(|page| page.name.ends_with("index.html")).count();
    for page in &pages {
        let here = address_of(page, &address);
        assert_eq!(page.one("<link rel=\"canonical\" href=\"", "\"")?, here, "{}", page.name);
        assert_eq!(page.property("url")?, here, "{}", page.name);
        let file = page.name.rsplit('/').next().unwrap_or_default();
        let links = page.all("<link rel=\"alternate\" hreflang=\"", "\">");
        assert_eq!(links.len(), languages + 1, "{}: every language and the rest", page.name);
        for link in links {
            let (language, href) = link.split_once("\" href=\"").ok_or("a link without an address")?;
            assert!(own.contains(href), "{}: {href}", page.name);
            let other = pages.iter().find(|page| address_of(page, &address) == href).ok_or("no such page")?;
            assert_eq!(other.name.rsplit('/').next(), Some(file), "{}: the same page", page.name);
            let lang = other.one("<html lang=\"", "\"")?;
            assert!(lang == language || language == "x-default" && lang == "en", "{}: {link}", page.name);
        }
    }
    let robots = fs::read_to_string(dist().join("robots.txt"))?;
    assert!(robots.contains(&format!("\nSitemap: {address}sitemap.xml\n")), "{robots}");
    let frame = fs::read_to_string(dist().join("figure.html"))?;
    assert!(frame.contains("<meta name=\"robots\" content=\"noindex\">"), "a frame is not to be found");
    Ok(())
}

fn every_shared_link_has_a_picture() -> Outcome {
    let (pages, address) = public()?;
    let mut shown = HashSet::new();
    for page in &pages {
        let picture = page.property("image")?;
        let file = picture.strip_prefix(&address).ok_or_else(|| format!("{picture} is elsewhere"))?;
        let bytes = fs::read(dist().join(file)).map_err(|error| format!("{file}: {error}"))?;
        let size: Vec<u8> = [1200_u32, 630].iter().flat_map(|length| length.to_be_bytes()).collect();
        assert!(
            bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes[16..24] == size,
            "{file}: 1200 × 630, as said"
        );
        assert!(bytes.len() < 600_000, "{file}: {} bytes", bytes.len());
        assert!(page.property("image:alt")?.chars().count() > 20, "{}: said in words", page.name);
        assert!(page.html.contains("content=\"summary_large_image\""), "{}: and shown large", page.name);
        if !["teaching.html", "handout.html"].iter().any(|name| page.name.ends_with(name)) {
            assert!(shown.insert(bytes), "{}: a picture of its own", page.name);
        }
        let heading = page.property("title")?;
        assert!(!heading.is_empty() && !page.property("site_name")?.is_empty(), "{}", page.name);
        if page.name.ends_with("index.html") {
            assert!(
                page.html.contains(&format!("<h1>{heading}</h1>")),
                "{}: {heading} is its heading",
                page.name
            );
        }
    }
    Ok(())
}

fn every_page_is_described_as_a_learning_resource() -> Outcome {
    let (pages, address) = public()?;
    let data = |page: &Page| -> Outcome<Value> {
        Ok(serde_json::from_str(&page.one("<script type=\"application/ld+json\">", "</script>")?)?)
    };
    let mut names = BTreeMap::new();
    for page in &pages {
        names.insert(address_of(page, &address), data(page)?["name"].clone());
    }
    for page in &pages {
        let data = data(page)?;
        let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(text("@context"), "https://schema.org", "{}", page.name);
        assert_eq!(text("@type"), "LearningResource", "{}", page.name);
        assert_eq!(text("url"), address_of(page, &address), "{}", page.name);
        assert_eq!(text("inLanguage"), page.one("<html lang=\"", "\"")?, "{}", page.name);
        assert_eq!(
            text("description"),
            page.one("<meta name=\"description\" content=\"", "\"")?,
            "{}",
            page.name
        );
        assert_eq!(data["isAccessibleForFree"], true, "{}", page.name);
        for key in ["name", "license"] {
            assert!(!text(key).is_empty(), "{}: {key}", page.name);
        }
        for key in ["learningResourceType", "educationalLevel"] {
            assert!(data[key].as_array().is_some_and(|list| !list.is_empty()), "{}: {key}", page.name);
        }
        let guide = ["teaching.html", "handout.html"].iter().any(|name| page.name.ends_with(name));
        for key in ["teaches", "about"] {
            assert_eq!(
                data[key].as_array().is_some_and(|list| list.len() > 1),
                !guide,
                "{}: {key}",
                page.name
            );
        }
        let around: Vec<_> = match data["hasPart"].as_array() {
            Some(parts) => parts.iter().collect(),
            None => vec![&data["isPartOf"]],
        };
        assert_eq!(around.len() > 1, page.name.ends_with("index.html"), "{}: its parts", page.name);
        for other in around {
            let url = other["url"].as_str().unwrap_or_default();
            assert_eq!(Some(&other["name"]), names.get(url), "{}: what {url} calls itself", page.name);
        }
    }
    Ok(())
}

fn a_figure_s_own_address_leads_to_the_figure() -> Outcome {
    for (path, name, rest) in [
        ("disjoint-supports.html", "disjoint-supports", "no-overlap.html#disjoint-supports"),
        (
            "zh/comparison.html?comparison.shape=boxes",
            "comparison",
            "zh/which-one.html?comparison.shape=boxes#comparison",
        ),
    ] {
        visit(path, |page| {
            let there = format!("{}{rest}", page.origin);
            let arrived: String = page
                .browser
                .wait("return location.href === arguments[0] && location.href", &[there.clone().into()])?;
            assert_eq!(arrived, there, "{path}");
            let figure = page.figure(name)?;
            let seen: bool = figure.run("return root.host.getBoundingClientRect().top < innerHeight", &[])?;
            assert!(seen, "{path}: it is on the screen");
            figure.agrees("by its own address")
        })?;
    }
    Ok(())
}
