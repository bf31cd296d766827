//! `cargo xtask test`: everything that must hold before a change lands, one step after another.

use std::time::Instant;

use crate::Outcome;
use crate::build::address::Address;
use crate::build::wasm::{TARGET, install_target};
use crate::build::{self, python};
use crate::command::{cargo, command, output, run, say};
use crate::drive::drive;
use crate::install::{CHROMIUM, FIREFOX, FIREFOX_DRIVER, FONTS, JAVA, NODE, PANDOC, PYTHON, WEBKIT};

/// One step: what it does, in words, and how.
type Step = (&'static str, fn() -> Outcome);

const STEPS: [Step; 16] = [
    ("Looking for the tools, installing what is missing", tools),
    ("Checking the format", || run(cargo(&["fmt", "--all", "--check"]))),
    ("Linting", || {
        run(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    }),
    ("Linting what becomes wasm", || {
        run(cargo(&[
            "clippy",
            "--quiet",
            "--package",
            "explainer",
            "--target",
            TARGET,
            "--",
            "-D",
            "warnings",
        ]))
    }),
    ("Checking the documentation", || {
        let mut doc = cargo(&["doc", "--quiet", "--no-deps", "--workspace"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        run(doc)
    }),
    ("Looking for the programs that tests drive, installing what is missing", || {
        let programs = [CHROMIUM, FIREFOX, FIREFOX_DRIVER, WEBKIT, FONTS, JAVA, NODE, PANDOC, PYTHON];
        // What one test can't have is no reason for the others to lack theirs.
        let errors = programs.iter().filter_map(|one| one.ensure().err());
        let errors: Vec<_> = errors.map(|error| error.to_string()).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors.join("\n").into()) }
    }),
    ("Testing natively", || run(cargo(&["test", "--quiet", "--workspace", "--exclude", "browser"]))),
    ("Building the pages as they are published", || {
        build::build(Some(Address::read("https://explainer.example/divergences/")?)).map(drop)
    }),
    ("Building the pages in a made-up language", || build::build_made_up().map(drop)),
    ("Building the Python package", python::fill),
    ("Testing the pages in Chromium", || {
        run(cargo(&["test", "--quiet", "--package", "browser", "--lib"]))?;
        drive(&["--test", "page"])
    }),
    ("Testing the pages in Firefox", || drive(&["--test", "page", "--features", "firefox"])),
    ("Testing the pages in WebKit", || drive(&["--test", "page", "--features", "webkit"])),
    ("Testing that everybody can use them", || drive(&["--test", "access"])),
    ("Testing that three engines show the same", || drive(&["--test", "engines"])),
    ("Testing figures in the tools of authors, and the pages with tools", || drive(&["--test", "tools"])),
];

/// Runs every step, even after one has failed, and says how many passed.
pub(crate) fn test() -> Outcome {
    let mut failed = Vec::new();
    for (what, step) in STEPS {
        say(what);
        let begin = Instant::now();
        match step() {
            Ok(()) => println!("  done in {:.1} s", begin.elapsed().as_secs_f64()),
            Err(error) => {
                println!("  FAILED: {error}");
                failed.push(what);
            }
        }
    }
    for what in &failed {
        println!("FAILED: {what}");
    }
    println!("{} passed, {} failed", STEPS.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { Err("not everything passed".into()) }
}

/// The parts of the tool chain that a minimal installation lacks.
fn tools() -> Outcome {
    for component in ["rustfmt", "clippy"] {
        let subcommand = component.trim_start_matches("rust");
        if output(cargo(&[subcommand, "--version"])).is_err() {
            say(&format!("Installing {component}"));
            run(command("rustup", &["component", "add", component])).map_err(|error| {
                format!("{error}\n{component} is needed: install it with your Rust tool chain.")
            })?;
        }
    }
    install_target(TARGET)
}
