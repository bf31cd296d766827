//! A display in memory, for a browser that cannot do without one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Outcome;

/// A running Xvfb. It ends when this is dropped, and so do the programs that draw on it.
pub(crate) struct Display {
    process: Child,
    /// The value of `DISPLAY` for programs that draw on it, such as ":7".
    pub(crate) name: String,
}

impl Display {
    /// Starts a display, which chooses its own number.
    pub(crate) fn start() -> Outcome<Self> {
        let mut process = Command::new("Xvfb")
            // Xvfb writes its number to its output once it listens.
            .args(["-displayfd", "1", "-screen", "0", "2560x1600x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("can't start Xvfb ({error}); `cargo xtask test` installs it"))?;
        let output = process.stdout.take().ok_or("Xvfb has no output")?;
        let mut display = Self { process, name: String::new() };
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        if number.trim().is_empty() {
            return Err("Xvfb did not say which display it is".into());
        }
        display.name = format!(":{}", number.trim());
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
