//! Snapshots of what figures tell their readers in each example and each language: their numbers and their
//! summary.
//!
//! They are in `tests/snapshots/`, one file for each figure. After a change of a number or a text, the
//! difference of the file shows what readers will see.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod common;

use std::fmt::Write;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use explainer::book;
use explainer::figure::Tick;
use insta::Settings;

/// The advice for a file that differs or is missing.
const ADVICE: &str = "If this is what readers are to see now, INSTA_UPDATE=always cargo test --test snapshots writes it down; \
                      look at the files' difference and commit it.";

/// Everything that `name` tells in all examples.
fn told(name: &str) -> String {
    let languages = common::languages();
    let mut told = String::new();
    for preset in book::make(name).unwrap().presets() {
        let mut figure = book::make(name).unwrap();
        figure.apply_preset(preset.name);
        while figure.tick(1.0) == Tick::Moving {}
        for (tag, texts) in &languages {
            let title = texts.named(name, "preset", preset.name);
            let _ = writeln!(told, "\n{} ({tag}): {title}\n{}", preset.name, figure.summary(texts));
            for readout in figure.readouts() {
                let _ =
                    writeln!(told, "    {}: {}", texts.named(name, "name", readout.key), readout.text(texts));
            }
        }
    }
    told
}

#[test]
fn every_example_tells_what_it_told() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let differ: Vec<_> = common::names()
        .filter(|name| {
            let told = told(name);
            settings.bind(|| catch_unwind(|| insta::assert_snapshot!(*name, told)).is_err())
        })
        .collect();
    assert!(
        differ.is_empty(),
        "{} tell something else than before, as said above. {ADVICE}",
        differ.join(", ")
    );
}

#[test]
fn no_file_is_left_of_a_figure_that_is_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().to_string_lossy().into_owned();
        let name = file.trim_end_matches(".new").trim_end_matches(".snap");
        assert!(
            book::names().any(|known| known == name),
            "tests/snapshots/{file}: there is no such figure; delete it"
        );
    }
}
