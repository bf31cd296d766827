//! Lighthouse, on the pages as a static host serves them: compressed and cacheable.

use std::path::Path;
use std::process::Command;

use browser::Outcome;
use serde::Deserialize;
use serde_json::json;

use crate::trial::tests;
use crate::visit::dist;
use browser::tools::npm;

tests![lighthouse_gives_full_marks,];

/// The pages and the device for each: Lighthouse's own phone on a slow network, or its desktop.
const PAGES: [(&str, &str); 7] = [
    ("index.html", "mobile"),
    ("zh/index.html", "mobile"),
    ("zh/index.html", "desktop"),
    ("teaching.html", "mobile"),
    ("kl-fit.html", "mobile"),
    ("comparison.html", "mobile"),
    ("figure.html?figure=kl-fit", "mobile"),
];

/// The least score for performance. An idle machine gives 100, a figure alone 98; the tests' machine does
/// other work at the same time, and half of the score is time.
const FLOOR: f64 = 0.8;

#[derive(Deserialize)]
struct Result {
    page: String,
    form: String,
    scores: Scores,
    faults: Vec<String>,
    problem: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Scores {
    performance: Option<f64>,
    accessibility: f64,
    best_practices: f64,
    seo: f64,
}

fn lighthouse_gives_full_marks() -> Outcome {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/lighthouse.mjs");
    let mut node = Command::new("node");
    node.current_dir(npm()?).arg(script).arg(dist().canonicalize()?).arg(json!(PAGES).to_string());
    let output = node.output().map_err(|error| format!("can't run {node:?}: {error}"))?;
    // Errors of the measurement are on the standard error.
    let results: Vec<Result> = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{node:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    assert_eq!(results.len(), PAGES.len(), "every page");
    let mut faults = Vec::new();
    for Result { page, form, scores, faults: told, problem } in results {
        let Scores { performance, accessibility, best_practices, seo } = scores;
        println!("{page} ({form}): {performance:?} {accessibility} {best_practices} {seo} {told:?}");
        // A frame is not meant to be found and says so, which lowers its score for SEO. All other scores
        // count.
        let seo_counts = !page.starts_with("figure.html");
        let full = accessibility == 1.0 && best_practices == 1.0 && (seo == 1.0 || !seo_counts);
        let fast = performance.is_none_or(|score| score >= FLOOR);
        if !full || !fast || !problem.is_empty() {
            faults.push(format!("{page} ({form}): {problem} {}", told.join("\n  ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
