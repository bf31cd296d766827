//! What the tests of the contract share: figures to test, values to set, and what must hold of them.

#![allow(dead_code, reason = "each program of tests uses a part")]

pub(crate) mod dice;
pub(crate) mod sound;
mod specimen;

use explainer::figure::Live;
use explainer::figure::texts::Texts;
use explainer::{book, content};

use crate::common;
use specimen::Specimen;

/// The figures to test, and the specimen, which has the kinds of parameters and marks that none of them has
/// yet.
pub(crate) fn figures() -> impl Iterator<Item = Live> {
    let specimen = std::env::var_os("FIGURE").is_none().then(Live::new::<Specimen>);
    common::figures().chain(specimen)
}

/// A new figure of that name.
pub(crate) fn make(name: &str) -> Live {
    book::make(name).unwrap_or_else(Live::new::<Specimen>)
}

/// The texts of every language with those of the specimen, and its tag.
pub(crate) fn languages() -> Vec<(String, Texts)> {
    let words = |tag: &str| content::words(&common::content().join(tag)).unwrap() + specimen::WORDS;
    common::tags().into_iter().map(|tag| (tag.clone(), Texts::parse(&words(&tag)))).collect()
}

pub(crate) fn english() -> Texts {
    languages().into_iter().find(|(tag, _)| tag == "en").unwrap().1
}
