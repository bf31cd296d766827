//! Installs authors' tools for the tests, once: packages of Python and Node.js in the versions that this
//! folder lists.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

/// The folder in which the tools are installed, each with its dependencies.
fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools")
}

/// The folder of the version lists.
fn versions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools")
}

/// The folder of the programs that `requirements/<name>.txt` lists, with the hash of each file that may be installed. They are
/// installed if they are missing. The first lines of a list say by which command it is made.
pub fn python(name: &str) -> Outcome<PathBuf> {
    let requirements = versions().join("requirements").join(format!("{name}.txt"));
    let folder = install_once(name, &[&requirements], |folder| {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-compile",
            "--require-hashes",
        ]);
        run(pip.arg("--requirement").arg(&requirements)).map(drop)
    })?;
    Ok(folder.join("bin"))
}

/// A folder whose `node_modules` has the packages of `npm/package.json`.
pub fn npm() -> Outcome<PathBuf> {
    let sources = ["package.json", "package-lock.json"].map(|name| versions().join("npm").join(name));
    install_once("npm", &[&sources[0], &sources[1]], |folder| {
        for source in &sources {
            fs::copy(source, folder.join(source.file_name().unwrap_or_default()))?;
        }
        let mut install = program(folder, "npm");
        // `npm ci` does not accept a lock file that names no registry.
        run(install.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))
            .map(drop)
    })
}

/// The command `name`, to be run in `folder`, with the programs of [`npm`] on its path.
pub fn program(folder: &Path, name: &str) -> Command {
    let own = tools().join("npm/node_modules/.bin").join(name);
    let mut command = Command::new(if own.is_file() { own } else { name.into() });
    command.current_dir(folder);
    command
}

/// A folder called `name`, which `install` fills once for each state of `sources`, in this run or an earlier
/// one.
fn install_once(name: &str, sources: &[&Path], install: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
    let folder = tools().join(name);
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    // The lock serialises tests and test programs that run at the same time. It is released when the file is
    // closed.
    let lock = File::create(tools().join(format!("{name}.lock")))?;
    lock.lock()?;
    let wanted: String = sources.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
    let mark = folder.join("installed-from.txt");
    if fs::read_to_string(&mark).ok().as_ref() != Some(&wanted) {
        install(&folder)?;
        fs::write(mark, wanted)?;
    }
    Ok(folder)
}

/// Runs `command` and returns its output. If it fails, the output is in the error.
pub fn run(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(|error| format!("can't run {command:?}: {error}"))?;
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    if output.status.success() { Ok(printed.into()) } else { Err(format!("{command:?}: {printed}").into()) }
}
