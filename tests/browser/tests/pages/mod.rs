//! The tests of the explainer's pages, once for each kind of page.

mod book;
mod exercises;
mod language;
mod layout;
mod lecture;
mod made_up;
mod print;
mod prose;
mod teaching;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[
    book::TESTS,
    exercises::TESTS,
    language::TESTS,
    layout::TESTS,
    lecture::TESTS,
    made_up::TESTS,
    print::TESTS,
    prose::TESTS,
    teaching::TESTS,
];
