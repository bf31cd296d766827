//! Each figure in Chromium: the contract, and what a single figure promises in addition.

mod each;
mod kl_fit;

use browser::Engine;
use libtest_mimic::Trial;

use crate::trial::{Test, trial};

/// The tests of single figures.
const OWN: &[(&str, &[Test])] = &[("kl-fit", kl_fit::TESTS)];

/// The tests of each figure, by its name.
pub(crate) fn trials() -> Vec<Trial> {
    each::trials()
        .chain(OWN.iter().flat_map(|(name, tests)| {
            tests.iter().map(move |test| {
                trial(Engine::Chromium, &format!("figures::{name}::{}", test.name), test.run)
            })
        }))
        .collect()
}
