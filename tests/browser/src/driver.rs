//! The WebDriver server: a program that starts browsers and passes commands on to them.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use minreq::Method;
use serde_json::Value;

use crate::Outcome;
use crate::display::Display;
use crate::engine::{Engine, Reader};

/// How long a command may take, in seconds: a start of the browser on a busy machine.
const PATIENCE: u64 = 180;

/// How often it may try to start.
const ATTEMPTS: u32 = 4;

/// A running driver; it ends when this is dropped.
pub(crate) struct Driver {
    process: Child,
    address: String,
    // After the process: what draws on it has ended by then.
    _display: Option<Display>,
}

impl Driver {
    /// Starts that of `engine` for `reader`, whose browsers have their settings in `folder` and save files in `downloads`.
    pub(crate) fn start(engine: Engine, reader: Reader, folder: &Path, downloads: &Path) -> Outcome<Self> {
        // Somebody may take the port before it does, or have it in the other protocol: then it gives up, and another is chosen.
        let attempt = || Self::attempt(engine, reader, folder, downloads);
        (1..ATTEMPTS).find_map(|_| attempt().ok()).map_or_else(attempt, Ok)
    }

    fn attempt(engine: Engine, reader: Reader, folder: &Path, downloads: &Path) -> Outcome<Self> {
        let display = engine.needs_display().then(Display::start).transpose()?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = engine.driver(port, reader, folder, downloads)?;
        if let Some(display) = &display {
            command.env("DISPLAY", &display.name);
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let process =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(
                |error| format!("can't start {program} ({error}); `cargo xtask test` installs it"),
            )?;
        let mut driver = Self { process, address: format!("http://127.0.0.1:{port}"), _display: display };
        driver.answers().map_err(|error| format!("{program} does not answer: {error}"))?;
        Ok(driver)
    }

    /// Waits until it answers.
    fn answers(&mut self) -> Outcome {
        let begin = Instant::now();
        loop {
            let answer = self.send(Method::Get, "/status", &Value::Null);
            if let Some(status) = self.process.try_wait()? {
                return Err(format!("it has ended ({status})").into());
            }
            match answer {
                Ok(_) => return Ok(()),
                Err(error) if begin.elapsed().as_secs() > PATIENCE => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    /// Sends a command, and returns the `value` of the answer.
    pub(crate) fn send(&self, method: Method, path: &str, body: &Value) -> Outcome<Value> {
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
        // Its session has been closed before, and the browser with it.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
