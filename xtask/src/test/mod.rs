//! `cargo xtask test`: everything that must hold before a change lands, in steps, or a selection of it.

mod selection;

use std::time::Instant;

use browser::Share;

use crate::Outcome;
use crate::build::address::Address;
use crate::build::wasm::{TARGET, install_target};
use crate::build::{self, Wanted, python};
use crate::command::{cargo, command, output, root, run, say};
use crate::fuzz::fuzz;
use crate::install::{CHROMIUM, FIREFOX, FIREFOX_DRIVER, FONTS, JAVA, NODE, PANDOC, PYTHON, WEBKIT};
use crate::size;
use selection::Selection;

/// A step: its description and its action.
struct Step<'a> {
    what: String,
    run: Box<dyn Fn() -> Outcome + 'a>,
}

impl<'a> Step<'a> {
    fn new(what: impl Into<String>, run: impl Fn() -> Outcome + 'a) -> Self {
        Self { what: what.into(), run: Box::new(run) }
    }
}

/// Runs the tests that `options` select and reports how many steps have passed. A failed step does not stop
/// the others.
pub(crate) fn test(options: &[&str]) -> Outcome {
    let steps = match Selection::read(options)? {
        Selection::All(share) => all(share),
        Selection::Quick => quick(),
        Selection::Figure(name) => figure(name),
    };
    let mut failed = Vec::new();
    for step in &steps {
        say(&step.what);
        let begin = Instant::now();
        match (step.run)() {
            Ok(()) => println!("  done in {:.1} s", begin.elapsed().as_secs_f64()),
            Err(error) => {
                println!("  FAILED: {error}");
                failed.push(&step.what);
            }
        }
    }
    for what in &failed {
        println!("FAILED: {what}");
    }
    println!("{} passed, {} failed", steps.len() - failed.len(), failed.len());
    if failed.is_empty() { Ok(()) } else { Err("not everything passed".into()) }
}

/// A step that needs no build before it: its description, its approximate duration in seconds on two cores,
/// and its action.
type Check = (&'static str, u32, fn() -> Outcome);

const CHECKS: [Check; 6] = [
    ("Checking the format", 3, || run(cargo(&["fmt", "--all", "--check"]))),
    ("Linting", 80, lint),
    ("Linting what becomes wasm", 25, || {
        let package = ["clippy", "--quiet", "--package", "explainer", "--target", TARGET];
        run(cargo(&[&package[..], &["--", "-D", "warnings"]].concat()))
    }),
    ("Checking the documentation", 30, || {
        let mut doc = cargo(&["doc", "--quiet", "--no-deps", "--workspace"]);
        doc.env("RUSTDOCFLAGS", "-D warnings");
        run(doc)
    }),
    ("Testing natively", 240, native),
    ("Fuzzing every figure for a minute", 70, || fuzz(&["--seconds", "60"])),
];

/// This machine's share of all tests: first the checks, then the tests in browsers.
fn all<'a>(share: Share) -> Vec<Step<'a>> {
    let mut steps = vec![Step::new("Looking for the tools, installing what is missing", tools)];
    for place in share.of_costs(&CHECKS.map(|(_, seconds, _)| seconds)) {
        let (what, _, check) = CHECKS[place];
        steps.push(Step::new(what, check));
    }
    steps.extend([
        Step::new("Looking for the programs that tests drive, installing what is missing", || {
            let programs = [CHROMIUM, FIREFOX, FIREFOX_DRIVER, WEBKIT, FONTS, JAVA, NODE, PANDOC, PYTHON];
            // A program that cannot be installed is reported at the end, so that the others are installed
            // anyway.
            let errors = programs.iter().filter_map(|one| one.ensure().err());
            let errors: Vec<_> = errors.map(|error| error.to_string()).collect();
            if errors.is_empty() { Ok(()) } else { Err(errors.join("\n").into()) }
        }),
        Step::new("Building the pages as they are published", || {
            build::build(Some(Address::read("https://explainer.example/divergences/")?), Wanted::Each)
                .map(drop)
        }),
        Step::new("Weighing what a reader downloads", || size::check(&root().join("dist"))),
        Step::new("Building the pages in a made-up language", || build::build_made_up().map(drop)),
        Step::new("Building the Python package", python::fill),
        Step::new("Testing in three browsers, and in the tools of authors", move || {
            let mut tests = browser_tests("");
            tests.env("SHARD", share.to_string());
            run(tests)
        }),
    ]);
    steps
}

/// The tests that a developer runs before each commit: all quick ones, and one that the pages come to life.
fn quick<'a>() -> Vec<Step<'a>> {
    vec![
        Step::new("Looking for the tools, installing what is missing", tools),
        Step::new(CHECKS[0].0, CHECKS[0].2),
        Step::new("Linting", lint),
        Step::new("Testing natively", native),
        Step::new("Building the pages", pages),
        Step::new("Looking at the pages in Chromium, for the first time", || {
            run(browser_tests("chromium::first::"))
        }),
    ]
}

/// The tests that concern the figure `name`: the native ones over all figures, and its own in Chromium.
fn figure<'a>(name: &'a str) -> Vec<Step<'a>> {
    vec![
        Step::new(format!("Testing {name} natively"), move || {
            let mut tests = cargo(&["test", "--quiet", "--no-fail-fast", "--package", "explainer"]);
            tests.env("FIGURE", name).env("INSTA_UPDATE", "no");
            run(tests)
        }),
        Step::new(format!("Fuzzing {name}"), move || fuzz(&["--figure", name, "--seconds", "10"])),
        Step::new("Building the pages", pages),
        Step::new(format!("Testing {name} in Chromium"), move || {
            // axe-core is installed with npm.
            NODE.ensure()?;
            run(browser_tests(&format!("chromium::figures::{name}::")))
        }),
    ]
}

fn lint() -> Outcome {
    run(cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn native() -> Outcome {
    let tests = [&["--workspace", "--exclude", "browser"][..], &["--package", "browser", "--lib"]];
    tests.into_iter().try_for_each(|which| {
        let mut tests = cargo(&[&["test", "--quiet", "--no-fail-fast"], which].concat());
        // A snapshot that differs is an error, and no new one is written.
        tests.env("INSTA_UPDATE", "no");
        run(tests)
    })
}

/// Builds the pages for the tests in Chromium.
fn pages() -> Outcome {
    CHROMIUM.ensure()?;
    build::build(None, Wanted::Each).map(drop)
}

/// A command for the browser tests whose names contain `filter`.
fn browser_tests(filter: &str) -> std::process::Command {
    cargo(&["test", "--quiet", "--package", "browser", "--test", "browser", "--", filter])
}

/// Installs the parts of the tool chain that a minimal installation lacks.
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
