//! Answers one request about a figure: its numbers, its state in words, and its drawing. JSON in, JSON out.
//!
//! It is compiled for WASI and run by the Python package, so that Python's numbers come from the same code as
//! the page's. It is a program and not a library, because a library's exports to C need attributes that count
//! as unsafe code.

use std::collections::BTreeMap;
use std::io::{self, Write, stdin, stdout};

use explainer::book;
use explainer::figure::texts::Texts;
use explainer::figure::{Live, Tick};
use explainer::plot::Theme;
use serde::{Deserialize, Serialize};

/// A request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    figure: String,
    /// The parameters that differ from the defaults, as text.
    values: BTreeMap<String, String>,
    /// The picture to draw, if any.
    picture: Option<Picture>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    /// The width in CSS pixels.
    width: f64,
    dark: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// A sentence that names what cannot be used and states what could be.
    Problem(String),
    State(State),
}

#[derive(Serialize)]
struct State {
    /// The readouts in the figure's order. Values are texts, because JSON has neither ∞ nor NaN.
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
    // The answer is written at once, because each write is a call out of the sandbox.
    stdout().lock().write_all(&serde_json::to_vec(&answer)?)
}

/// The requested figure. The error has a sentence about each value that cannot be used.
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
    // The axes arrive at the model in the first step, and a second one finds them at rest.
    while live.tick(1e3) == Tick::Moving {}
    if problems.is_empty() { Ok(live) } else { Err(problems.join(" ")) }
}
