//! From Rust to wasm, with the script that loads it.

use std::collections::BTreeMap;
use std::fs;

use explainer::book;
use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::command::{cargo, command, output, root, run, say};

/// The target of the library.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The target of programs that run outside browsers, on any machine.
const PROGRAM_TARGET: &str = "wasm32-wasip1";

/// A compiled library.
pub(crate) struct Wasm {
    /// The bytes of the module.
    pub(crate) bytes: Vec<u8>,
    /// The script that loads the module and defines `wasm_bindgen`.
    pub(crate) script: String,
}

/// The engines: the library as pages load it.
pub(crate) struct Engines {
    /// The engine with all figures.
    pub(crate) whole: Wasm,
    /// The modules with the figures of one chapter each, by the chapter's slug. They share the script of
    /// `whole`. Empty if only the whole engine is wanted.
    pub(crate) chapters: BTreeMap<&'static str, Vec<u8>>,
}

/// The engines to build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The whole engine only, which serves every page and is ready soonest.
    Whole,
    /// The whole engine and one for each chapter.
    Each,
}

/// Compiles the engines, after installing the target if it is missing.
pub(crate) fn build(wanted: Wanted) -> Outcome<Engines> {
    install_target(TARGET)?;
    say("Compiling the library to wasm");
    let whole = compile("explainer", &[])?;
    let mut chapters = BTreeMap::new();
    if wanted == Wanted::Each {
        for slug in book::chapters().map(|chapter| chapter.slug) {
            say(&format!("Compiling it with the figures of {slug} alone"));
            let own = compile("explainer", &["--no-default-features", "--features", slug])?;
            // The interface is that of the contract and does not depend on figures, so that all engines have
            // the same script.
            if let Some(line) = difference(&whole.script, &own.script) {
                return Err(format!(
                    "the engine of {slug} can't be loaded by the script of the whole one, which differs: {line}"
                )
                .into());
            }
            chapters.insert(slug, own.bytes);
        }
    }
    Ok(Engines { whole, chapters })
}

/// The first line of `other` that differs from the line of `script` at the same position.
fn difference(script: &str, other: &str) -> Option<String> {
    let lines = script.lines().map(Some).chain(std::iter::repeat(None));
    let others = other.lines().map(Some).chain(std::iter::repeat(None));
    let (_, line) =
        lines.zip(others).take_while(|pair| *pair != (None, None)).find(|(one, two)| one != two)?;
    Some(line.unwrap_or("it is shorter").to_owned())
}

/// Compiles the workspace member `package` with `features`.
pub(crate) fn compile(package: &str, features: &[&str]) -> Outcome<Wasm> {
    let build = ["build", "--quiet", "--release", "--package", package, "--lib", "--target", TARGET];
    run(cargo(&[&build[..], features].concat()))?;
    let name = package.replace('-', "_");
    let input = target_directory()?.join(TARGET).join(format!("release/{name}.wasm"));
    let folder = root().join("target/bindgen");
    // This is the version of the wasm-bindgen crate, because both are in the same Cargo.lock.
    Bindgen::new()
        .input_path(&input)
        .no_modules(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&folder)
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    Ok(Wasm {
        bytes: fs::read(folder.join(format!("{name}_bg.wasm")))?,
        script: fs::read_to_string(folder.join(format!("{name}.js")))?,
    })
}

/// Compiles the workspace member `numbers` to a program for use without a browser. Returns its bytes.
pub(crate) fn numbers() -> Outcome<Vec<u8>> {
    install_target(PROGRAM_TARGET)?;
    say("Compiling the numbers for Python to wasm");
    run(cargo(&["build", "--quiet", "--release", "--package", "numbers", "--target", PROGRAM_TARGET]))?;
    Ok(fs::read(target_directory()?.join(PROGRAM_TARGET).join("release/numbers.wasm"))?)
}

/// Installs a wasm target if it is missing, with rustup.
pub(crate) fn install_target(target: &str) -> Outcome {
    let library = output(command("rustc", &["--print", "target-libdir", "--target", target]))?;
    if fs::exists(library.trim())? {
        return Ok(());
    }
    say(&format!("Installing the target {target}"));
    run(command("rustup", &["target", "add", target])).map_err(|error| {
        format!("{error}\nThe target {target} is needed: install it with your Rust tool chain.").into()
    })
}

/// The directory in which cargo builds.
fn target_directory() -> Outcome<std::path::PathBuf> {
    let configured = std::env::var_os("CARGO_TARGET_DIR").map(std::path::PathBuf::from);
    Ok(configured.map_or_else(|| root().join("target"), |folder| root().join(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_compared() {
        assert_eq!(difference("a\nb", "a\nb"), None, "the same");
        assert_eq!(difference("a\nb", "a\nc").as_deref(), Some("c"), "another line");
        assert_eq!(difference("a\nb", "a").as_deref(), Some("it is shorter"), "a line less");
    }
}
