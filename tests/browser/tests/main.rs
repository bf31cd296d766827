//! The explainer in browsers, used as a reader uses it. `cargo xtask test` builds the pages first.
//!
//! What every figure has from the contract is tested once, on few of them ([`contract`], on the `specimens` of this package);
//! what is a figure's own on each ([`figures`]); and what is a page's once for each kind of page ([`pages`]). So a new figure is
//! tested as soon as it stands in the registry, and costs seconds.
//!
//! Contract and pages are tested in Chromium, Firefox and WebKit: what an engine's driver can't do is ignored there, with the
//! reason. All else is in Chromium, or compares the engines.
//!
//!     cargo test -p browser --test browser                        all
//!     cargo test -p browser --test browser -- chromium::pages     those whose names contain that
//!     cargo test -p browser --test browser -- --list              their names

mod access;
mod contract;
mod engines;
mod figure;
mod figures;
mod first;
mod pages;
mod tools;
mod trial;
mod visit;

use std::process::ExitCode;

use browser::Engine;
use libtest_mimic::Arguments;
use trial::{Share, Times};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let share = match Share::from_environment() {
        Ok(share) => share,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let anywhere = || [contract::TESTS, pages::TESTS].concat();
    let mut tests: Vec<_> = [&[first::TESTS], access::TESTS, tools::TESTS, engines::TESTS]
        .concat()
        .into_iter()
        .flat_map(|module| module.iter().map(|test| test.trial(Engine::Chromium)))
        .collect();
    tests.extend(figures::trials());
    for engine in Engine::ALL {
        tests.extend(
            anywhere().into_iter().flat_map(|module| module.iter().map(move |test| test.trial(engine))),
        );
    }
    let conclusion = libtest_mimic::run(&arguments, share.of(tests));
    visit::close();
    if !arguments.list {
        Times::print();
    }
    conclusion.exit_code()
}
