//! `cargo xtask build`: from sources to `dist/`.

mod assets;
mod bundle;
mod guide;
mod package;
mod page;
mod prose;
pub(crate) mod python;
mod single;
pub(crate) mod wasm;

use std::path::PathBuf;
use std::{fs, io};

use crate::Outcome;
use crate::command::{root, say};
use assets::{Assets, Parts};

/// Builds the explainer and returns the folder that it was written to.
pub(crate) fn build() -> Outcome<PathBuf> {
    let dist = root().join("dist");
    let wasm = wasm::build()?;
    say("Writing the pages");
    match fs::remove_dir_all(&dist) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&dist)?,
    }
    let parts = Parts::read(wasm)?;
    let assets = Assets::write(&dist, &parts)?;
    page::write(&dist, &parts, &assets)?;
    package::write(&dist, &parts, &assets)?;
    Ok(dist)
}
