//! Each figure of the registry, in Chromium: that it keeps the contract, and what only it promises.

mod each;
mod kl_fit;

use browser::Engine;
use libtest_mimic::Trial;

use crate::trial::{Test, trial};

/// What only one figure promises.
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
