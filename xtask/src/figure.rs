//! `cargo xtask figure`: runs the crate `press`, which draws without a browser.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use crate::Outcome;
use crate::command::root;

/// The press, compiled.
pub(crate) struct Press(());

/// Compiles the press if that has not been done.
pub(crate) fn press() -> Outcome<Press> {
    build(cargo("build"))?;
    Ok(Press(()))
}

impl Press {
    /// A command that runs it; what it is to do follows.
    pub(crate) fn command(&self) -> Command {
        let mut command = cargo("run");
        command.args(["--quiet", "--"]);
        command
    }
}

/// Hands `arguments` on to the press; it says itself what was wrong with them.
pub(crate) fn run(arguments: &[&str]) -> Outcome<ExitCode> {
    let status = press()?.command().args(arguments).status();
    let status = status.map_err(|error| format!("can't run cargo: {error}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Cargo, told to do `what` with the press. It is not moved to the top of the tree: file names are the reader's. The press
/// is built in a folder of its own: it wants other features of what it shares with xtask, and each would undo what the
/// other has built.
fn cargo(what: &str) -> Command {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo.args([what, "--package", "press", "--manifest-path"]).arg(root().join("Cargo.toml"));
    cargo.arg("--target-dir").arg(root().join("target/press"));
    cargo
}

/// Builds, and says so only if there is something to compile.
fn build(mut cargo: Command) -> Outcome {
    let mut cargo =
        cargo.stderr(Stdio::piped()).spawn().map_err(|error| format!("can't run cargo: {error}"))?;
    let (mut news, mut said) = (String::new(), false);
    for line in cargo.stderr.take().into_iter().flat_map(|stderr| BufReader::new(stderr).lines()) {
        let line = line?;
        let compiles = ["Compiling", "Downloading"].iter().any(|word| line.trim_start().starts_with(word));
        if compiles && !said {
            // The standard output may be the picture.
            eprintln!("• Building the press (the first time takes some minutes)");
            said = true;
        }
        news.push_str(&line);
        news.push('\n');
    }
    if cargo.wait()?.success() { Ok(()) } else { Err(format!("can't build the press:\n{news}").into()) }
}
