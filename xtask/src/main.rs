//! `cargo xtask …`: builds, serves, tests and measures the explainer.

fn main() {}
