//! The Python package: the files that are generated into its source tree, and the wheel.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use explainer::figure::components::{MEANS, SDS};
use explainer::figure::parameter::{Accepted, Kind, Problem, Spec};
use explainer::figure::texts::Texts;
use explainer::figure::{Live, PARTS};
use explainer::{book, content};
use serde::Serialize;

use super::assets::source;
use super::{Wanted, build, licences, wasm};
use crate::Outcome;
use crate::command::{command, output, root, say};

/// What the package knows of all figures without running them.
#[derive(Serialize)]
struct Catalogue {
    figures: Vec<Figure>,
    /// What can be hidden in addition to parameters.
    parts: Vec<&'static str>,
    refusals: Refusals,
}

/// The messages about what cannot be used. A word in braces stands for what was given.
#[derive(Serialize)]
struct Refusals {
    figure: String,
    theme: String,
}

#[derive(Serialize)]
struct Figure {
    name: &'static str,
    title: String,
    parameters: Vec<Parameter>,
    refusals: FigureRefusals,
}

#[derive(Serialize)]
struct FigureRefusals {
    unknown: String,
    hide: String,
    lock: String,
}

/// A parameter and what it accepts.
#[derive(Serialize)]
struct Parameter {
    key: &'static str,
    /// "number", "count", "choice", "components" or "weights".
    kind: &'static str,
    default: String,
    least: Option<f64>,
    most: Option<f64>,
    choices: Option<&'static [&'static str]>,
    /// For mixtures, the ranges of means and widths.
    ranges: Option<[(f64, f64); 2]>,
    /// The message about a refused value, which is `{value}`.
    refusal: String,
}

/// Builds the explainer and the package. Returns the path of the wheel, which is in `dist/`.
pub(crate) fn wheel() -> Outcome<PathBuf> {
    let dist = build(None, Wanted::Each)?;
    fill()?;
    say("Writing the wheel");
    let folder = dist.to_string_lossy();
    let options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", &folder];
    output(command("python3", &[&["-m", "pip", "wheel"][..], &options, &["./python"]].concat()))?;
    let files = fs::read_dir(&dist)?.map_while(Result::ok).map(|entry| entry.path());
    let wheel = files.into_iter().find(|path| path.extension() == Some(OsStr::new("whl")));
    wheel.ok_or_else(|| "pip has written no wheel".into())
}

/// Writes the generated files of the package: the custom element of the last build, the program that computes
/// numbers without a browser, the catalogue of figures and parameters, and the licences.
pub(crate) fn fill() -> Outcome {
    let texts = Texts::parse(&content::words(&root().join("www/content/en"))?);
    let folder = root().join("python/src/divergences/static");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("divergence-figure.js"), source("dist/package/divergence-figure.complete.js")?)?;
    fs::write(folder.join("numbers.wasm"), wasm::numbers()?)?;
    fs::write(folder.join("figures.json"), serde_json::to_string_pretty(&catalogue(&texts))? + "\n")?;
    // The program contains all crates that the element contains.
    let notices = licences::notices("numbers", "divergence-figure.js and numbers.wasm")?;
    fs::write(folder.join("licenses.txt"), notices)?;
    Ok(())
}

fn catalogue(texts: &Texts) -> Catalogue {
    let names: Vec<_> = book::names().collect();
    let words = |pairs: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        pairs.iter().map(|&(key, text)| (key, text.to_owned())).collect()
    };
    Catalogue {
        figures: book::names().filter_map(book::make).map(|live| figure(live, texts)).collect(),
        parts: PARTS.into_iter().chain(["controls"]).collect(),
        refusals: Refusals {
            figure: texts.fill("problem.figure", &words(&[("name", "{name}"), ("names", &names.join(", "))])),
            theme: texts.fill(
                "problem.choice",
                &words(&[("key", "theme"), ("value", "{value}"), ("choices", "auto, light, dark")]),
            ),
        },
    }
}

fn figure(mut live: Live, texts: &Texts) -> Figure {
    let specs = live.specs();
    let problem = |key: &str, accepted| {
        Problem { key: key.to_owned(), value: "{value}".to_owned(), accepted }.message(texts, specs)
    };
    let keys: Vec<_> = specs.iter().map(|spec| spec.key).collect();
    let parts: Vec<_> = keys.iter().copied().chain(PARTS).chain(["controls"]).collect();
    let list = |key: &str, names: &[&str]| {
        texts.fill(key, &[("name", "{name}".to_owned()), ("names", names.join(", "))])
    };
    Figure {
        name: live.name(),
        title: texts.get(&format!("{}.title", live.name())).to_owned(),
        refusals: FigureRefusals {
            unknown: problem("{name}", Accepted::Nothing),
            hide: list("problem.hide", &parts),
            lock: list("problem.lock", &keys),
        },
        parameters: specs
            .iter()
            .map(|spec| {
                let refusal = problem(spec.key, Accepted::Kind(spec.kind));
                parameter(&mut live, spec, refusal)
            })
            .collect(),
    }
}

fn parameter(live: &mut Live, spec: &Spec, refusal: String) -> Parameter {
    let default = live.get(spec.key).unwrap_or_default();
    let (mut kind, mut least, mut most, mut choices) = ("number", None, None, None);
    match spec.kind {
        Kind::Number { least: from, most: to, .. } | Kind::Positive { least: from, most: to, .. } => {
            (least, most) = (Some(from), Some(to));
            // A number that refuses fractions is a count. Its kind does not tell.
            if live.set(spec.key, &(0.7 * from + 0.3 * to + 1e-4).to_string()).is_err() {
                kind = "count";
            }
        }
        Kind::Count { most: to } => (kind, least, most) = ("count", Some(0.0), Some(f64::from(to))),
        Kind::Choice(words) => (kind, choices) = ("choice", Some(words)),
        Kind::Components { most: to } => (kind, most) = ("components", Some(to as f64)),
        Kind::Weights { least: from, most: to } => {
            (kind, least, most) = ("weights", Some(from as f64), Some(to as f64));
        }
    }
    let mixture = matches!(spec.kind, Kind::Components { .. });
    let ranges = mixture.then(|| [MEANS, SDS].map(|range| (*range.start(), *range.end())));
    Parameter { key: spec.key, kind, default, least, most, choices, ranges, refusal }
}
