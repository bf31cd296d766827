//! A figure's numbers, its state in words and its drawing, for one request: JSON in, JSON out.
//!
//! Compiled for WASI and run by the Python package, so that Python's numbers come from the code that the page runs.
//! A program and no library: what a library offers to C needs attributes that count as unsafe code.

use std::collections::BTreeMap;
use std::io::{self, Write, stdin, stdout};

use explainer::book;
use explainer::figure::texts::Texts;
use explainer::figure::{Live, Tick};
use explainer::plot::Theme;
use serde::{Deserialize, Serialize};

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    figure: String,
    /// Parameters that differ from the defaults, as text.
    values: BTreeMap<String, String>,
    /// What to draw, if anything.
    picture: Option<Picture>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    /// In CSS pixels.
    width: f64,
    dark: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// A sentence that says what can't be used, and what could.
    Problem(String),
    State(State),
}

#[derive(Serialize)]
struct State {
    /// In the figure's order; as text, because JSON has no ∞ and no NaN.
    readouts: Vec<(&'static str, String)>,
    summary: String,
    svg: Option<String>,
}

fn main() -> io::Result<()> {
    let request: Request = serde_json::from_reader(stdin().lock())?;
    let texts = Texts::parse(include_str!(concat!(env!("OUT_DIR"), "/texts.txt")));
    let answer = match figure(&request, &texts) {
        Ok(live) => Answer::State(State {
            readouts: live.readouts().into_iter().map(|one| (one.key, one.value.to_string())).collect(),
            summary: live.summary(&texts),
            svg: request.picture.map(|Picture { width, dark }| {
                live.svg(width, if dark { Theme::Dark } else { Theme::Light }, false, &texts)
            }),
        }),
        Err(problem) => Answer::Problem(problem),
    };
    // In one piece: each write is a call out of the sandbox.
    stdout().lock().write_all(&serde_json::to_vec(&answer)?)
}

/// The figure that is asked about; or a sentence about each thing that can't be used.
fn figure(request: &Request, texts: &Texts) -> Result<Live, String> {
    let mut live = book::make(&request.figure).ok_or_else(|| {
        let names: Vec<_> = book::names().collect();
        texts.fill("problem.figure", &[("name", request.figure.clone()), ("names", names.join(", "))])
    })?;
    let mut problems = Vec::new();
    for (key, value) in &request.values {
        if let Err(problem) = live.set(key, value) {
            problems.push(problem.message(texts, live.specs()));
        }
    }
    // Axes take a moment to follow the model, and come to rest one step after they have arrived.
    while live.tick(1e3) == Tick::Moving {}
    if problems.is_empty() { Ok(live) } else { Err(problems.join(" ")) }
}
