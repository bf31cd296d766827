//! Everybody can use it: axe-core looks at every kind of page, view and dialog, and a figure is worked with a keyboard alone.
//!
//! What axe looks at is the same in every engine; it runs in Chromium.

pub(crate) mod axe;
mod keyboard;
mod modes;
mod zoom;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[axe::TESTS, keyboard::TESTS, modes::TESTS, zoom::TESTS];
