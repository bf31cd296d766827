//! The Nu HTML checker, on all pages in `dist/`.

use std::path::PathBuf;
use std::process::Command;

use browser::Outcome;
use serde::Deserialize;

use super::built;
use crate::trial::tests;
use browser::tools::npm;

tests![the_checker_has_nothing_to_say, the_checker_sees_what_is_wrong,];

/// The beginnings of messages that are not faults of the page, each with the reason.
const ALLOWED: [(&str, &str); 7] = [
    (
        "Attribute “displaystyle” not allowed on element “m",
        "MathML Core has it on every element; the checker knows MathML 3",
    ),
    ("Attribute “scriptlevel” not allowed on element “m", "the same"),
    (
        "The “name” attribute is never allowed on the “divergence-figure” element.",
        "an autonomous custom element takes any attribute; this is how an author names the figure",
    ),
    (
        "A table row was 10 columns wide and exceeded the column count established by the first row (9).",
        "what is told of the picked row stands in a tenth cell, which its styles lay over the row’s whole width",
    ),
    (
        "A document must not include more than one visible “main” element.",
        "the single file’s styles show one of its three at a time",
    ),
    (
        "CSS: “container-type”: Property “container-type” doesn't exist.",
        "every engine has container queries since 2023; the checker knows none",
    ),
    ("CSS: Unrecognized at-rule “@container”", "the same"),
];

/// The checker guesses the language of a text, and for the Chinese guide's tables of names and keys its guess
/// differs between runs. The tests of languages check the pages' `lang`.
const GUESS: &str = "This document appears to be written in ";

#[derive(Deserialize)]
struct Report {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    url: String,
    message: String,
    #[serde(default)]
    last_line: u32,
    #[serde(default)]
    extract: String,
}

/// The checker's messages about `pages`.
fn check(pages: &[PathBuf]) -> Outcome<Vec<Message>> {
    let jar = npm()?.join("node_modules/vnu-jar/build/dist/vnu.jar");
    let mut java = Command::new("java");
    java.arg("-jar").arg(jar).args(["--format", "json", "--exit-zero-always", "--stdout"]).args(pages);
    let output = java.output().map_err(|error| format!("can't run {java:?}: {error}"))?;
    let report: Report = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{java:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(report.messages)
}

fn the_checker_has_nothing_to_say() -> Outcome {
    let pages: Vec<_> = built::pages()?.into_iter().map(|page| page.path).collect();
    let messages = check(&pages)?;
    let allowed = |message: &Message| {
        message.message.starts_with(GUESS)
            || ALLOWED.iter().any(|(begin, _)| message.message.starts_with(begin))
    };
    let faults: Vec<_> = messages
        .iter()
        .filter(|message| !allowed(message))
        .map(|Message { url, message, last_line, extract }| format!("{url}:{last_line}: {message} {extract}"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (begin, _) in ALLOWED {
        let said = messages.iter().any(|message| message.message.starts_with(begin));
        assert!(said, "nothing is said any more that begins so: {begin}");
    }
    Ok(())
}

fn the_checker_sees_what_is_wrong() -> Outcome {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("wrong.html");
    std::fs::write(
        &page,
        "<!doctype html><html lang=\"en\"><title>Wrong</title><p><div></p><img src=a.png>",
    )?;
    let messages = check(&[page])?;
    assert!(messages.iter().any(|message| message.message.contains("alt")), "an image without words");
    Ok(())
}
