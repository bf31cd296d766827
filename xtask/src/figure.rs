//! `cargo xtask figure`: runs the crate `press`, which draws without a browser.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use crate::Outcome;
use crate::command::root;

/// A proof that the press is compiled.
pub(crate) struct Press(());

/// Compiles the press if necessary.
pub(crate) fn press() -> Outcome<Press> {
    build(cargo("build"))?;
    Ok(Press(()))
}

impl Press {
    /// A command that runs the press. The arguments are to be added.
    pub(crate) fn command(&self) -> Command {
        let mut command = cargo("run");
        command.args(["--quiet", "--"]);
        command
    }
}

/// Passes `arguments` to the press, which reports errors itself.
pub(crate) fn run(arguments: &[&str]) -> Outcome<ExitCode> {
    let status = press()?.command().args(arguments).status();
    let status = status.map_err(|error| format!("can't run cargo: {error}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A cargo command that does `what` with the press. It runs in the present directory, because file names are
/// relative to that. The press is built in a target directory of its own: it enables other features of
/// dependencies that it shares with xtask, so that each would undo what the other has built.
fn cargo(what: &str) -> Command {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo.args([what, "--package", "press", "--manifest-path"]).arg(root().join("Cargo.toml"));
    cargo.arg("--target-dir").arg(root().join("target/press"));
    cargo
}

/// Builds the press, with a message only if there is something to compile.
fn build(mut cargo: Command) -> Outcome {
    let mut cargo =
        cargo.stderr(Stdio::piped()).spawn().map_err(|error| format!("can't run cargo: {error}"))?;
    let (mut news, mut said) = (String::new(), false);
    for line in cargo.stderr.take().into_iter().flat_map(|stderr| BufReader::new(stderr).lines()) {
        let line = line?;
        let compiles = ["Compiling", "Downloading"].iter().any(|word| line.trim_start().starts_with(word));
        if compiles && !said {
            // The message goes to the standard error, because the standard output may be the picture.
            eprintln!("• Building the press (the first time takes some minutes)");
            said = true;
        }
        news.push_str(&line);
        news.push('\n');
    }
    if cargo.wait()?.success() { Ok(()) } else { Err(format!("can't build the press:\n{news}").into()) }
}
