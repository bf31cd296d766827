//! Figures in documents built with authors' tools, and what tools for authors report about our pages.
//!
//! Each test builds a real document with the real tool and examines the result as its reader would. The
//! tools' dependencies are installed once, below `target/tools`.

mod built;
mod checker;
mod found;
mod jupyter_book;
mod jupyterlab;
mod lighthouse;
mod mdbook;
mod myst;
mod pandoc;
mod plain;
mod python;
mod reveal;
mod snippets;
mod sphinx;
mod vite;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[
    checker::TESTS,
    found::TESTS,
    jupyter_book::TESTS,
    jupyterlab::TESTS,
    lighthouse::TESTS,
    mdbook::TESTS,
    myst::TESTS,
    pandoc::TESTS,
    plain::TESTS,
    python::TESTS,
    reveal::TESTS,
    sphinx::TESTS,
    vite::TESTS,
];
