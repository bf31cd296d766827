//! The WebDriver server: a program that starts browsers and forwards commands to them.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use minreq::Method;
use serde_json::Value;

use crate::Outcome;
use crate::display::Display;
use crate::engine::{Engine, Reader};

/// The time limit of a command, in seconds. It allows for starting the browser on a busy machine.
const PATIENCE: u64 = 180;

/// The number of attempts to start WebKit's driver.
const ATTEMPTS: u32 = 4;

/// A running driver. It ends when this is dropped.
pub(crate) struct Driver {
    process: Child,
    address: String,
    // This field is dropped last, after the process that draws on the display.
    _display: Option<Display>,
}

impl Driver {
    /// Starts the driver of `engine` for `reader`. Its browsers have their settings in `folder` and save
    /// files in `downloads`.
    pub(crate) fn start(engine: Engine, reader: Reader, folder: &Path, downloads: &Path) -> Outcome<Self> {
        let attempt = || Self::attempt(engine, reader, folder, downloads);
        if engine.chooses_port() {
            return attempt();
        }
        // Another program may take the port first, or use it for the other version of the internet protocol.
        // The driver then ends, and the next attempt chooses another port.
        (1..ATTEMPTS).find_map(|_| attempt().ok()).map_or_else(attempt, Ok)
    }

    fn attempt(engine: Engine, reader: Reader, folder: &Path, downloads: &Path) -> Outcome<Self> {
        let display = engine.needs_display().then(Display::start).transpose()?;
        let free = || -> Outcome<u16> { Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port()) };
        let port = if engine.chooses_port() { 0 } else { free()? };
        let mut command = engine.driver(port, reader, folder, downloads)?;
        if let Some(display) = &display {
            command.env("DISPLAY", &display.name);
        }
        let program = command.get_program().to_string_lossy().into_owned();
        let says = if port == 0 { Stdio::piped() } else { Stdio::null() };
        let process = command.stdin(Stdio::null()).stdout(says).stderr(Stdio::null()).spawn();
        let process = process
            .map_err(|error| format!("can't start {program} ({error}); `cargo xtask test` installs it"))?;
        let mut driver = Self { process, address: String::new(), _display: display };
        let port = match driver.process.stdout.take() {
            Some(output) => {
                announced_port(output).ok_or_else(|| format!("{program} does not say where it listens"))?
            }
            None => port,
        };
        driver.address = format!("http://127.0.0.1:{port}");
        driver.wait_until_ready().map_err(|error| format!("{program} does not answer: {error}"))?;
        Ok(driver)
    }

    /// Waits until the driver answers.
    fn wait_until_ready(&mut self) -> Outcome {
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

    /// Sends a command and returns the `value` of the answer.
    pub(crate) fn send(&self, method: Method, path: &str, body: &Value) -> Outcome<Value> {
        let url = format!("{}{path}", self.address);
        let mut request = minreq::Request::new(method, url).with_timeout(PATIENCE);
        if !body.is_null() {
            request = request.with_json(body)?;
        }
        let mut answer: Value = request.send()?.json()?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            // The first line is the message. A trace of the driver's machine code follows.
            Some(error) => {
                let message = value["message"].as_str().unwrap_or_default();
                Err(format!("{error}: {}", message.lines().next().unwrap_or_default()).into())
            }
            None => Ok(value),
        }
    }
}

/// The port that a driver announces in its output. A thread reads the rest of the output, so that the driver
/// never blocks on it.
fn announced_port(output: impl Read + Send + 'static) -> Option<u16> {
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
    std::thread::spawn(move || lines.for_each(drop));
    port
}

fn port_in(line: &str) -> Option<u16> {
    let begins = ["successfully on port ", "Listening on 127.0.0.1:"];
    let rest = begins.iter().find_map(|begin| Some(line.split_once(begin)?.1))?;
    rest.trim_end_matches(|end: char| !end.is_ascii_digit()).parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The session, and with it the browser, is already closed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drivers_say_where_they_listen() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 46381."),
            Some(46381),
            "Chromium's"
        );
        assert_eq!(
            port_in("1795840716629\tgeckodriver\tINFO\tListening on 127.0.0.1:36597"),
            Some(36597),
            "Firefox's"
        );
        assert_eq!(port_in("Starting ChromeDriver 156 on port 0"), None, "not yet");
    }
}
