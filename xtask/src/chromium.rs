//! The browser that tests and measurements drive: Chromium and its WebDriver, installed where they are missing.

use std::env;

use crate::Outcome;
use crate::command::{command, output, run, say};

/// Debian's packages; other systems that have `apt-get` call them the same or lack them.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];

const MISSING: &str = "The browser tests need Chromium (or Chrome) and chromedriver of the same version on the PATH.\n\
    Install them with your system's packages and run this again.";

/// Installs Chromium and its driver if either is missing.
pub(crate) fn install() -> Outcome {
    if is_there() {
        return Ok(());
    }
    if !on_path("apt-get") {
        return Err(MISSING.into());
    }
    say("Installing Chromium and its driver");
    let apt = |arguments: &[&str]| {
        let mut words = vec!["apt-get"];
        words.extend(arguments);
        // Nobody is there to answer questions, or to type a password.
        if !is_root() {
            words.splice(0..0, ["sudo", "--non-interactive"]);
        }
        let mut command = command(words[0], &words[1..]);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        run(command)
    };
    apt(&["update", "--quiet"])
        .and_then(|()| {
            apt(&[&["install", "--quiet", "--yes", "--no-install-recommends"][..], &PACKAGES].concat())
        })
        .map_err(|error| format!("{error}\n{MISSING}"))?;
    if is_there() { Ok(()) } else { Err(MISSING.into()) }
}

fn is_there() -> bool {
    // On a Mac applications are not on the PATH; the driver finds them by itself.
    let browser = cfg!(target_os = "macos")
        || ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().any(on_path);
    browser && on_path("chromedriver")
}

/// Whether `program` can be run by its name.
fn on_path(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&file).is_file()))
}

fn is_root() -> bool {
    output(command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
