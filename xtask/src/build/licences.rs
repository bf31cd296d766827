//! The licences of the code in the wasm. They must be distributed with it, in a file beside it that no page
//! loads.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::wasm::TARGET;
use crate::Outcome;
use crate::command::{cargo, output, root};

/// The library that becomes the explainer's wasm.
pub(super) const LIBRARY: &str = "explainer";

/// The part of every Rust program that is not one of its crates.
const STANDARD: &str =
    "The Rust standard library (MIT OR Apache-2.0), Copyright (c) The Rust Project Contributors";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Graph,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    manifest_path: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Graph {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `None` for a normal dependency, "build" or "dev" for the others.
    kind: Option<String>,
}

/// The notices of all crates in the wasm `file`, which is compiled from the package `name`. Crates with the
/// same text share an entry.
pub(super) fn notices(name: &str, file: &str) -> Outcome<String> {
    let options = ["metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET];
    let metadata: Metadata = serde_json::from_str(&output(cargo(&options))?)?;
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in compiled_in(&metadata, name)? {
        let licence = package.license.as_deref().unwrap_or("no licence named");
        let name = format!("{} {} ({licence})", package.name, package.version);
        let folder = Path::new(&package.manifest_path).parent().unwrap_or(Path::new("."));
        // Our own crates share one licence.
        let text = match licence_text(if folder.starts_with(root()) { root() } else { folder })? {
            Some(text) => text,
            None if licence.contains("MIT") => mit_licence(&package.authors)?,
            None => return Err(format!("{name}: it has no licence text").into()),
        };
        by_text.entry(text).or_default().push(name);
    }
    let mut notices = format!("What is compiled into {file}, and its licences.\n");
    for (text, mut names) in by_text {
        names.sort();
        let rule = "-".repeat(72);
        let _ = write!(notices, "\n{rule}\n{}\n{rule}\n\n{text}\n", names.join("\n"));
    }
    let _ = write!(notices, "\n{STANDARD}: its terms are those of the MIT licence above.\n");
    Ok(notices)
}

/// The packages whose code ends up in the package `name`. Procedural macros are excluded, because they run at
/// compile time and leave no code of their own.
fn compiled_in<'a>(metadata: &'a Metadata, name: &str) -> Outcome<Vec<&'a Package>> {
    let package = |id: &str| metadata.packages.iter().find(|package| package.id == id);
    let first = metadata.packages.iter().find(|package| package.name == name);
    let mut waiting = vec![first.ok_or_else(|| format!("cargo metadata does not know {name}"))?];
    let (mut known, mut found) = (BTreeSet::new(), Vec::new());
    while let Some(next) = waiting.pop() {
        let is_macro = next.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"));
        if is_macro || !known.insert(&next.id) {
            continue;
        }
        found.push(next);
        let node = metadata.resolve.nodes.iter().find(|node| node.id == next.id);
        let needed = node.into_iter().flat_map(|node| &node.deps);
        let needed = needed.filter(|needed| needed.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        waiting.extend(needed.filter_map(|needed| package(&needed.pkg)));
    }
    Ok(found)
}

/// The MIT licence of a crate that names it but has no text of it.
fn mit_licence(authors: &[String]) -> Outcome<String> {
    let own = fs::read_to_string(root().join("LICENSE"))?;
    let (_, terms) =
        own.split_once("Permission is hereby granted").ok_or("LICENSE: it is not that of MIT")?;
    let holders = authors.join(", ");
    Ok(format!("MIT License\n\nCopyright (c) {holders}\n\nPermission is hereby granted{}", terms.trim_end()))
}

/// The text of the licence in `folder`, if there is one. MIT is preferred where there is a choice.
fn licence_text(folder: &Path) -> Outcome<Option<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if ["LICENSE", "LICENCE", "COPYING"].iter().any(|begin| name.starts_with(begin)) && path.is_file() {
            texts.push((!name.contains("MIT"), name, path));
        }
    }
    texts.sort();
    let Some((_, _, path)) = texts.first() else { return Ok(None) };
    let text = fs::read_to_string(path)?;
    Ok(Some(text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_for_python_has_all_that_the_explainer_has() {
        let [ours, theirs] = [LIBRARY, "numbers"].map(|name| notices(name, "").unwrap());
        let names = |text: &str| -> BTreeSet<String> { text.lines().map(str::to_owned).collect() };
        assert!(names(&ours).is_subset(&names(&theirs)));
        assert!(theirs.lines().any(|line| line.starts_with("serde_json ")));
    }

    #[test]
    fn every_crate_in_the_wasm_is_named_and_no_macro_is() {
        let notices = notices(LIBRARY, "divergences.wasm").unwrap();
        for name in
            ["divergences ", "plotters ", "plotters-backend ", "libm ", "wide ", "wasm-bindgen ", "serde "]
        {
            assert!(notices.lines().any(|line| line.starts_with(name)), "{name}");
        }
        for name in ["syn ", "serde_derive ", "html5gum ", "serde_json "] {
            assert!(!notices.lines().any(|line| line.starts_with(name)), "{name}");
        }
        assert!(notices.contains("Permission is hereby granted"), "the terms themselves");
        // libm has both licences in one file.
        assert_eq!(
            notices.matches("\n                                 Apache License").count(),
            1,
            "MIT where there is a choice"
        );
        assert!(
            notices.contains("Copyright (c) yvt <"),
            "a crate without a text of its licence has its authors"
        );
    }
}
