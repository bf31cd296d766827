//! `cargo xtask fuzz`: runs `tests/fuzz`, which says what it does.

use crate::Outcome;
use crate::command::{cargo, run};

/// Passes `options` to the program, which reports errors itself.
pub(crate) fn fuzz(options: &[&str]) -> Outcome {
    run(cargo(&[&["test", "--quiet", "--package", "explainer", "--test", "fuzz", "--"], options].concat()))
}
