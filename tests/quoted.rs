//! Numbers in the texts that no figure shows are those of a committed computation.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::content;
use explainer::plot::number;
use serde::Deserialize;

/// How far apart two samples of the same distribution are, as `quoted/samples.py` computes it.
#[derive(Deserialize)]
struct Samples {
    dimensions: u32,
    mean: f64,
    error: f64,
}

fn samples() -> Vec<Samples> {
    serde_json::from_str(include_str!("quoted/samples.json")).unwrap()
}

/// All prose in `folder` and its subfolders.
fn prose(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let inside = |path: PathBuf| if path.is_dir() { prose(&path) } else { vec![path] };
    let files = entries.flat_map(inside);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "txt")).collect()
}

/// The numbers in `text` as written.
fn numbers(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.').map(|word| word.trim_matches('.'));
    words.filter(|word| word.parse::<f64>().is_ok()).collect()
}

#[test]
fn distances_between_samples_are_their_expectations() {
    let samples = samples();
    let mut passages = 0;
    for path in prose(&content()) {
        for line in fs::read_to_string(&path).unwrap().lines() {
            // No other passage is about samples of this size, and the numbers follow it in its sentence.
            let Some((_, after)) = line.split_once("1024") else { continue };
            let sentence = after.split(['。', '？']).next().unwrap().split(". ").next().unwrap();
            let told = numbers(sentence);
            if told.is_empty() {
                continue;
            }
            passages += 1;
            for word in &told {
                let decimals = word.split_once('.').map_or(0, |(_, decimals)| decimals.len());
                let known = samples.iter().any(|one| {
                    // What is told is sure to the last digit.
                    let [low, high] = [-3.0, 3.0].map(|k| number::fixed(one.mean + k * one.error, decimals));
                    one.dimensions.to_string() == *word || low == *word && high == *word
                });
                assert!(known, "{}: {word} is none of the numbers in samples.json:{after}", path.display());
            }
            let line = number::fixed(samples[0].mean, 3);
            assert!(told.contains(&line.as_str()), "{}: {line} on the line:{after}", path.display());
        }
    }
    assert!(passages >= 6, "{passages} passages: two chapters and the guide, in each language");
}
