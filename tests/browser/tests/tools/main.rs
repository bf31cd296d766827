//! Figures in documents that the tools of authors build, opened in a browser; and what tools for authors say of our pages.
//!
//! Each test makes a real document with the real tool and looks at the result as its reader would. What the tools need
//! is installed below `target/tools`, once.

#![allow(dead_code, reason = "the two modules of the page's tests have more than is needed here")]

#[path = "../page/figure.rs"]
mod figure;
#[path = "../page/visit.rs"]
mod visit;

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
