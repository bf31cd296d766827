//! The WebDriver server: a program that starts browsers and passes commands on to them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::Outcome;

/// How long a command may take, in seconds: a start of the browser on a busy machine.
const PATIENCE: u64 = 90;

/// How often it may try to start.
const ATTEMPTS: u32 = 4;

/// A running chromedriver; it ends when this is dropped.
pub(crate) struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    /// Starts one on a port of its own choice.
    pub(crate) fn start() -> Outcome<Self> {
        // It takes a free port of one protocol and gives up if the other's of that number is not free: then it may choose again.
        (1..ATTEMPTS).find_map(|_| Self::attempt().ok()).map_or_else(Self::attempt, Ok)
    }

    fn attempt() -> Outcome<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("can't start chromedriver ({error}); `cargo xtask test` installs it"))?;
        let output = process.stdout.take().ok_or("chromedriver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            line.split_once("started successfully on port ")
                .map(|(_, port)| port.trim().trim_end_matches('.').to_owned())
        });
        // What it says from here on nobody reads; it must not block for that.
        std::thread::spawn(move || lines.for_each(drop));
        let address = format!("http://127.0.0.1:{}", port.as_deref().unwrap_or("0"));
        let driver = Self { process, address };
        port.map(|_| driver).ok_or_else(|| "chromedriver did not say on which port it listens".into())
    }

    /// Sends a command, and returns the `value` of the answer.
    pub(crate) fn send(&self, method: minreq::Method, path: &str, body: &Value) -> Outcome<Value> {
        let url = format!("{}{path}", self.address);
        let mut request = minreq::Request::new(method, url).with_timeout(PATIENCE);
        if !body.is_null() {
            request = request.with_json(body)?;
        }
        let mut answer: Value = request.send()?.json()?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            // The first line says it; below it is a trace through the driver's machine code.
            Some(error) => {
                let message = value["message"].as_str().unwrap_or_default();
                Err(format!("{error}: {}", message.lines().next().unwrap_or_default()).into())
            }
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It closes its browsers when it is asked to; killing it is for when it no longer answers.
        let asked = minreq::get(format!("{}/shutdown", self.address)).with_timeout(5).send().is_ok();
        if asked {
            for _ in 0..100 {
                if matches!(self.process.try_wait(), Ok(Some(_))) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
