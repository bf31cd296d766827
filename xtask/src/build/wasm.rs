//! From Rust to wasm and the script that loads it.

use std::fs;

use wasm_bindgen_cli_support::Bindgen;

use crate::Outcome;
use crate::command::{cargo, command, output, root, run, say};

/// What the library is compiled to.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What programs are compiled to that run outside of browsers, on any machine.
const PROGRAM_TARGET: &str = "wasm32-wasip1";

/// The compiled library.
pub(crate) struct Wasm {
    /// The module's bytes.
    pub(crate) bytes: Vec<u8>,
    /// The script that loads it and defines `wasm_bindgen`.
    pub(crate) script: String,
}

/// Compiles the library to wasm, after installing the target if it is missing.
pub(crate) fn build() -> Outcome<Wasm> {
    install_target(TARGET)?;
    say("Compiling the library to wasm");
    compile("explainer")
}

/// Compiles the member `package` of the workspace.
pub(crate) fn compile(package: &str) -> Outcome<Wasm> {
    run(cargo(&["build", "--quiet", "--release", "--package", package, "--lib", "--target", TARGET]))?;
    let name = package.replace('-', "_");
    let input = target_directory()?.join(TARGET).join(format!("release/{name}.wasm"));
    let folder = root().join("target/bindgen");
    // The same version as the wasm-bindgen crate: both come from the one Cargo.lock.
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

/// Compiles the workspace's member `numbers` to a program without a browser and returns its bytes.
pub(crate) fn numbers() -> Outcome<Vec<u8>> {
    install_target(PROGRAM_TARGET)?;
    say("Compiling the numbers for Python to wasm");
    run(cargo(&["build", "--quiet", "--release", "--package", "numbers", "--target", PROGRAM_TARGET]))?;
    Ok(fs::read(target_directory()?.join(PROGRAM_TARGET).join("release/numbers.wasm"))?)
}

/// Installs a wasm target where rustup keeps the tool chain.
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

/// Where cargo puts what it builds.
fn target_directory() -> Outcome<std::path::PathBuf> {
    let configured = std::env::var_os("CARGO_TARGET_DIR").map(std::path::PathBuf::from);
    Ok(configured.map_or_else(|| root().join("target"), |folder| root().join(folder)))
}
