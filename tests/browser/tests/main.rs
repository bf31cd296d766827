//! The explainer in browsers, used as a reader uses it. `cargo xtask test` builds the pages first.
//!
//! The contract is tested on a few figures, the `specimens` of this package ([`contract`]); what is special to a figure on each of
//! them ([`figures`]); and the pages once for each kind of page ([`pages`]). Therefore a new figure is tested as soon as it is in
//! the book, and costs seconds.
//!
//! Contract and pages are tested in Chromium, Firefox and WebKit. A test that an engine's driver cannot perform is ignored there,
//! with the reason. All other tests are in Chromium or compare the engines.
//!
//!     cargo test -p browser --test browser                        all tests
//!     cargo test -p browser --test browser -- chromium::pages     the tests whose names contain the filter
//!     cargo test -p browser --test browser -- --list              the names of all tests

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
use trial::Times;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let share = match trial::share() {
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
