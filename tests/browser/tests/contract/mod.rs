//! What every figure has from the contract, on the specimens.

mod address;
mod chapters;
mod controls;
mod element;
mod elsewhere;
mod frame;
mod grid;
mod handles;
mod predict;
mod saving;
mod trouble;

use crate::trial::Test;

pub(crate) const TESTS: &[&[Test]] = &[
    address::TESTS,
    chapters::TESTS,
    controls::TESTS,
    element::TESTS,
    elsewhere::TESTS,
    frame::TESTS,
    grid::TESTS,
    handles::TESTS,
    predict::TESTS,
    saving::TESTS,
    trouble::TESTS,
];
