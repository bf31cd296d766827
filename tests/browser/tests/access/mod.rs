//! Accessibility: axe-core checks every kind of page, view and dialog, and figures are used with the keyboard
//! alone.
//!
//! The findings of axe do not depend on the engine, so that it runs in Chromium only.

pub(crate) mod axe;
mod keyboard;
mod modes;
mod zoom;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[axe::TESTS, keyboard::TESTS, modes::TESTS, zoom::TESTS];
