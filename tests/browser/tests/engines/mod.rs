//! The explainer in three engines: Chromium, Firefox and WebKit agree to the last digit.
//!
//! Each test performs the same actions in every engine, one after the other. A failure names the engine.

mod alike;
mod each;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[alike::TESTS];
