//! The explainer in three engines: Chromium, Firefox and WebKit do the same, to the last digit.
//!
//! Each test does the same in every engine, one after the other, and fails with the name of the engine in which it went
//! wrong.

mod alike;
mod each;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[alike::TESTS];
