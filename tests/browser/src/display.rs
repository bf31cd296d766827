//! A display in memory, for a browser that must have one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::Outcome;

/// A running Xvfb; it ends when this is dropped, and with it every program that draws on it.
pub(crate) struct Display {
    process: Child,
    /// How programs are told to draw on it, like ":7".
    pub(crate) name: String,
}

impl Display {
    /// Starts one with a number of its own choice.
    pub(crate) fn start() -> Outcome<Self> {
        let mut process = Command::new("Xvfb")
            // It writes its number on its output as soon as it listens.
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
