//! `cargo xtask serve`: builds the explainer and serves `dist/` to this machine.

use browser::{Links, Site};

use crate::Outcome;
use crate::build::{self, Wanted};
use crate::command::{command, say};

/// Builds, then serves until interrupted.
pub(crate) fn run(options: &[&str]) -> Outcome {
    let (mut port, mut open) = (8080, false);
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--open" => open = true,
            "--port" => {
                let value = options.next().copied().unwrap_or("nothing");
                port = value
                    .parse()
                    .map_err(|_| format!("--port {value}: it takes a number from 0 to 65535"))?;
            }
            other => return Err(format!("serve {other}: it takes --port N and --open").into()),
        }
    }
    let dist = build::build(None, Wanted::Whole)?;
    let site = Site::open(&dist, port, Links::Refused).map_err(|error| format!("{error}; try --port"))?;
    let address = site.address();
    say(&format!("Serving {address} (stop with Ctrl-C)"));
    if open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        if command(opener, &[&address]).spawn().is_err() {
            say(&format!("Can't start a browser with {opener}: open {address} yourself"));
        }
    }
    site.serve();
    Ok(())
}
