//! The explainer in three engines: Chromium, Firefox and WebKit do the same, to the last digit.
//!
//! Each test does the same in every engine, one after the other, and fails with the name of the engine in which it went
//! wrong.

#![allow(dead_code, reason = "the two modules of the page's tests have more than is needed here")]

#[path = "../page/figure.rs"]
mod figure;
#[path = "../page/visit.rs"]
mod visit;

mod alike;
mod each;
