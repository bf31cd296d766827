//! `cargo xtask build`: from the sources to `dist/`.

mod accents;
pub(crate) mod address;
mod assets;
mod bundle;
mod chapter;
mod contents;
mod data;
mod engines;
mod front;
mod guide;
mod head;
mod licences;
mod made_up;
mod minify;
mod moved;
mod package;
mod page;
mod pictures;
mod place;
mod poster;
mod prose;
pub(crate) mod python;
mod single;
mod site;
pub(crate) mod wasm;
mod words;

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::Outcome;
use crate::command::{root, say};
use address::Address;
use assets::{Assets, Parts};
use site::Site;
pub(crate) use wasm::Wanted;

/// Builds the explainer and returns its folder. With an address it is built for publishing, because search
/// engines and shared links need absolute addresses.
pub(crate) fn build(address: Option<Address>, wanted: Wanted) -> Outcome<PathBuf> {
    build_from(&root().join("www/content"), root().join("dist"), address, wanted)
}

/// Builds the explainer with the made-up language as an additional language and returns its folder. This
/// shows that a language needs nothing but a folder, and which text is in no language file.
pub(crate) fn build_made_up() -> Outcome<PathBuf> {
    let folder = root().join("target/made-up");
    build_from(&made_up::content(&folder)?, folder.join("dist"), None, Wanted::Whole)
}

/// Builds the explainer from the languages in `content` into `dist`.
fn build_from(content: &Path, dist: PathBuf, address: Option<Address>, wanted: Wanted) -> Outcome<PathBuf> {
    let engines = wasm::build(wanted)?;
    say("Writing the pages");
    match fs::remove_dir_all(&dist) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(&dist)?,
    }
    let mut parts = Parts::read(engines, content)?;
    match address {
        Some(address) => parts.site = Site::write(&dist, address, &parts.languages)?,
        None => say(
            "No --address: without canonical addresses, other languages in heads, pictures for shared links and sitemap",
        ),
    }
    let assets = Assets::write(&dist, &parts)?;
    page::write(&dist, &parts, &assets)?;
    package::write(&dist, &parts, &assets)?;
    let notices = licences::notices(licences::LIBRARY, "divergences.wasm")?;
    for folder in [&dist, &dist.join("package")] {
        fs::write(folder.join("licenses.txt"), &notices)?;
    }
    Ok(dist)
}
