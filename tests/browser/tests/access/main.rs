//! Everybody can use it: axe-core looks at every page, view and dialog, and a figure is worked with a keyboard alone.
//!
//! What axe looks at is the same in every engine; it runs in Chromium.

mod axe;
#[expect(dead_code, reason = "the tests of the pages use the rest")]
#[path = "../page/figure.rs"]
mod figure;
mod keyboard;
mod modes;
#[expect(dead_code, reason = "the tests of the pages use the rest")]
#[path = "../page/visit.rs"]
mod visit;
mod zoom;
