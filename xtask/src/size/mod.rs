//! `cargo xtask size`: what readers download, against the limits in `limits.txt`.

mod weight;

use std::fs;
use std::path::Path;

use explainer::book;

use crate::Outcome;
pub(crate) use weight::Weight;

/// The limits in bytes; the file explains them.
const LIMITS: &str = include_str!("limits.txt");

/// The page that shows a figure alone.
const FRAME: &str = "figure.html";

/// Files that are downloaded together.
pub(crate) struct Download {
    /// The name of the download.
    pub(crate) what: String,
    pub(crate) weight: Weight,
    /// The greatest number of bytes, compressed with brotli, if there is a limit.
    pub(crate) limit: Option<usize>,
}

/// Prints the sizes of the files in `dist`, and of each page with the files that it loads.
pub(crate) fn size(dist: &Path) -> Outcome {
    println!("\n| what | bytes | gzip | brotli | at most |\n|---|--:|--:|--:|--:|");
    for Download { what, weight, limit } in measure(dist)? {
        let limit = limit.map_or_else(|| "—".to_owned(), |limit| limit.to_string());
        println!("| {what} | {} | {} | {} | {limit} |", weight.plain, weight.gzip, weight.brotli);
    }
    Ok(())
}

/// Fails if a download in `dist` is larger than its limit. The error names it.
pub(crate) fn check(dist: &Path) -> Outcome {
    let over = measure(dist)?.into_iter().filter_map(|Download { what, weight, limit }| {
        let limit = limit?;
        (weight.brotli > limit).then(|| {
            format!("{what}: {} bytes compressed, {} too many", weight.brotli, weight.brotli - limit)
        })
    });
    let over: Vec<_> = over.collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{}\n`cargo xtask size` shows the parts; the limits are in xtask/src/size/limits.txt",
            over.join("\n")
        )
        .into())
    }
}

/// Weighs the files in `dist` that a page loads, then each page with its files, and each figure alone.
pub(crate) fn measure(dist: &Path) -> Outcome<Vec<Download>> {
    let mut files = weight::Files::of(dist);
    let mut downloads = Vec::new();
    let mut together = Vec::new();
    let slugs = book::chapters().map(|chapter| (chapter.slug, "chapter"));
    for (page, limit) in [("index", "front page")].into_iter().chain(slugs) {
        let file = format!("{page}.html");
        let loaded = loaded(dist, &fs::read_to_string(dist.join(&file))?)?;
        let weight = files.sum(loaded.iter().chain([&file]))?;
        let what = if page == "index" { limit.to_owned() } else { format!("{limit} {page}") };
        together.push(Download { what, weight, limit: Some(limit_of(limit)?) });
        let figures =
            book::chapters().filter(|chapter| chapter.slug == page).flat_map(|chapter| chapter.figures);
        for figure in figures {
            // The engine and the words are those of the page. The script is the frame's own.
            let shared = loaded.iter().filter(|name| !name.ends_with(".js"));
            let weight = files.sum(shared.chain(&[script_of(dist, FRAME)?, FRAME.to_owned()]))?;
            let what = format!("figure {} alone", figure.name);
            together.push(Download { what, weight, limit: Some(limit_of("figure alone")?) });
        }
    }
    downloads.extend(files.all().map(|(name, weight)| Download {
        what: name.to_owned(),
        weight,
        limit: None,
    }));
    downloads.extend(together);
    let single = weight::weigh(&fs::read(dist.join("divergences.html"))?)?;
    downloads.push(Download { what: "the book in one file".to_owned(), weight: single, limit: None });
    Ok(downloads)
}

/// The names of the files in `dist` that `page` loads before its first figure runs: a script, an engine and
/// its texts.
fn loaded(dist: &Path, page: &str) -> Outcome<Vec<String>> {
    let mut loaded: Vec<_> = fs::read_dir(dist)?
        .map_while(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| page.contains(&format!("\"{name}\"")))
        .filter(|name| name.ends_with(".js") || name.ends_with(".wasm") || name.starts_with("texts."))
        .collect();
    loaded.sort();
    if loaded.len() == 3 {
        Ok(loaded)
    } else {
        Err(format!("a page loads other files than three: {loaded:?}").into())
    }
}

/// The script in `dist` that the page in the file `page` loads.
fn script_of(dist: &Path, page: &str) -> Outcome<String> {
    let html = fs::read_to_string(dist.join(page))?;
    let script = html.split_once("<script type=\"module\" src=\"").and_then(|(_, rest)| rest.split_once('"'));
    script.map(|(name, _)| name.to_owned()).ok_or_else(|| format!("{page} loads no script").into())
}

/// The limit called `name`.
fn limit_of(name: &str) -> Outcome<usize> {
    let lines = LIMITS.lines().filter(|line| !line.starts_with('#'));
    let mut pairs = lines.filter_map(|line| line.split_once('='));
    let (_, limit) =
        pairs.find(|(key, _)| key.trim() == name).ok_or_else(|| format!("limits.txt has no \"{name}\""))?;
    limit
        .trim()
        .parse()
        .map_err(|_| format!("limits.txt: {name} ={limit}: it takes a number of bytes").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read() {
        assert!(limit_of("front page").unwrap() > 100_000, "a number of bytes");
        assert!(limit_of("nothing").is_err(), "what is not limited");
    }
}
