//! Every public item has an example that is tested, and the crate stays what its documentation says.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources of a folder, its subfolders included, without its tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let name =
                path.strip_prefix(&root).expect("it lies below src").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("the source can be read"))
        })
        .collect()
}

/// Whether documentation, given line by line, opens a block of code that rustdoc runs.
fn has_example<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    lines
        .filter_map(|line| line.trim().strip_prefix("///").or(line.trim().strip_prefix("//!")))
        .any(|text| text.trim() == "```")
}

/// The lint `unreachable_pub` makes sure that what says `pub` is public.
const PUBLIC: [&str; 6] = ["pub fn ", "pub const fn ", "pub struct ", "pub enum ", "pub type ", "pub trait "];

/// The documentation right above an item, whose attributes may take several lines.
fn above<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let (mut found, mut inside_attribute) = (Vec::new(), false);
    for line in lines.iter().rev().map(|line| line.trim()) {
        if inside_attribute {
            inside_attribute = !line.starts_with("#[");
        } else if line == ")]" {
            inside_attribute = true;
        } else if line.starts_with("///") {
            found.push(line);
        } else if !line.starts_with("#[") {
            break;
        }
    }
    found
}

#[test]
fn every_public_item_has_an_example() {
    let (mut items, mut without) = (0, Vec::new());
    for (name, text) in all_sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let item = line.trim();
            if item == "#[cfg(test)]" && !lines[i + 1].starts_with("    ") && lines[i + 1].starts_with("mod ")
            {
                break;
            }
            if !PUBLIC.iter().any(|start| item.starts_with(start)) {
                continue;
            }
            items += 1;
            if !has_example(above(&lines[..i]).into_iter()) {
                without.push(format!("{name}:{}: {item}", i + 1));
            }
        }
    }
    assert!(items > 150, "the scan found only {items} public items");
    assert!(without.is_empty(), "{} public items have no example:\n{}", without.len(), without.join("\n"));
}

/// A routine computes a number: a function outside any type, in one of the rooms that measure.
#[test]
fn every_routine_tells_its_accuracy_and_its_cost() {
    let (mut routines, mut silent) = (0, Vec::new());
    for (name, text) in all_sources() {
        if !["divergence/", "transport/", "fit/"].iter().any(|room| name.starts_with(room)) {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("pub fn ")) {
            routines += 1;
            let told = above(&lines[..i]).join(" ").to_lowercase();
            if !(told.contains("accuracy") && told.contains("cost")) {
                silent.push(format!("{name}:{}: {line}", i + 1));
            }
        }
    }
    assert!(routines > 25, "the scan found only {routines} routines");
    assert!(silent.is_empty(), "{} routines say nothing of it:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn every_public_module_has_an_example() {
    for (name, text) in all_sources() {
        for module in text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
            let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let files = [format!("{folder}{module}.rs"), format!("{folder}{module}/mod.rs")];
            let (_, text) = all_sources()
                .into_iter()
                .find(|(name, _)| files.contains(name))
                .unwrap_or_else(|| panic!("{module} is in {files:?}"));
            let head = text.lines().take_while(|line| line.starts_with("//!"));
            assert!(has_example(head), "the module {module} has no example");
        }
    }
}

/// The modules in the order of their dependencies: each may use itself and those before it.
const ROOMS: [&str; 6] = ["order", "numeric", "distribution", "pair", "transport", "divergence"];

#[test]
fn rooms_use_only_those_below_them() {
    for (name, text) in all_sources() {
        let room = name.split(['/', '.']).next().unwrap_or_default();
        let Some(place) = ROOMS.iter().position(|other| *other == room) else { continue };
        let code = text.split("\n#[cfg(test)]\n").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let below = ROOMS[..=place].contains(&used.as_str());
                assert!(below, "{name} uses crate::{used}, which is not below it: {}", line.trim());
            }
        }
    }
}

#[test]
fn there_are_no_plots_no_serde_and_no_web_in_its_tree() {
    let manifest = include_str!("../Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("it has dependencies");
    let names: Vec<&str> = dependencies
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some(line.split_once('=')?.0.trim()))
        .collect();
    assert_eq!(
        names,
        ["bytemuck", "libm", "rand_xoshiro", "wide"],
        "none of them has dependencies of another kind"
    );
}
