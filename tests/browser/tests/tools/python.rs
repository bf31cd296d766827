//! The Python package in a virtual environment, as its users install it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

use crate::trial::tests;
use browser::Outcome;

tests![numbers_and_traits,];

/// The root of the source tree.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the programs of an environment with the package, which has just been built, and with
/// everything that its tests need.
pub(crate) fn programs() -> Outcome<&'static Path> {
    static PROGRAMS: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let programs = PROGRAMS.get_or_init(|| install().map_err(|error| error.to_string()));
    programs.as_deref().map_err(|error| error.clone().into())
}

fn install() -> Outcome<PathBuf> {
    let package = root().join("python").canonicalize()?;
    if !package.join("src/divergences/static").is_dir() {
        return Err("the Python package is not built: run `cargo xtask test`, which builds it first".into());
    }
    fs::create_dir_all(root().join("target/tools"))?;
    let folder = root().join("target/tools").canonicalize()?.join("python");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let requirements = package.join("tests/requirements.txt");
    let (wanted, installed) = (fs::read_to_string(&requirements)?, folder.join("installed.txt"));
    let pip = || {
        let mut pip = Command::new(programs.join("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip
    };
    // This file is written last, so that an interrupted installation starts again.
    if fs::read_to_string(&installed).ok().as_ref() != Some(&wanted) {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        run(pip().args(["--only-binary", ":all:", "--require-hashes", "--requirement"]).arg(requirements))?;
        fs::write(installed, wanted)?;
    }
    run(pip().args(["--no-deps", "--no-build-isolation", "--force-reinstall"]).arg(package))?;
    Ok(programs)
}

/// Runs `command`. If it fails, the error has its output.
fn run(command: &mut Command) -> Outcome {
    let done = command.output().map_err(|error| format!("can't run {command:?}: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let [said, complained] =
        [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    Err(format!("{command:?} failed:\n{said}{complained}").into())
}

fn numbers_and_traits() -> Outcome {
    let mut pytest = Command::new(programs()?.join("python"));
    run(pytest.args(["-m", "pytest"]).current_dir(root().join("python")))
}
