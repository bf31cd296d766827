//! Figures in documents that the tools of authors build, opened in a browser; and what tools for authors say of our pages.
//!
//! Each test makes a real document with the real tool and looks at the result as its reader would. What the tools need
//! is installed below `target/tools`, once.

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
