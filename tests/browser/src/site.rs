//! A server of files to this machine.

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Request, Response, Server};

use crate::Outcome;

/// A folder served over HTTP, on the loopback interface only, until this is dropped.
pub struct Site {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves `folder` on `port`, or on any free one if it is 0.
    ///
    /// # Errors
    ///
    /// If the port is taken.
    pub fn open(folder: &Path, port: u16) -> Outcome<Self> {
        let server = Server::http(("127.0.0.1", port))
            .map_err(|error| format!("can't listen on port {port}: {error}"))?;
        let server = Arc::new(server);
        let (listening, folder) = (Arc::clone(&server), folder.to_owned());
        let thread = thread::spawn(move || {
            for request in listening.incoming_requests() {
                // A reader who leaves before the answer has arrived is no fault.
                let _ = answer(request, &folder);
            }
        });
        Ok(Self { server, thread: Some(thread) })
    }

    /// The address at which it answers, with a slash at its end.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", self.server.server_addr())
    }

    /// Serves until the program is interrupted.
    pub fn serve(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answer(request: Request, folder: &Path) -> std::io::Result<()> {
    let file = path(request.url()).and_then(|path| {
        let path = folder.join(path);
        let path = if path.is_dir() { path.join("index.html") } else { path };
        Some((File::open(&path).ok()?, content_type(&path)))
    });
    match file {
        Some((file, kind)) => request.respond(
            Response::from_file(file)
                .with_header(header("Content-Type", kind))
                .with_header(header("Cache-Control", "no-cache"))
                // Authors of notes load the scripts from elsewhere, and sandboxed frames count as elsewhere.
                .with_header(header("Access-Control-Allow-Origin", "*")),
        ),
        None => request.respond(Response::from_string("There is no such page here.\n").with_status_code(404)),
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("{name}: {value} is a valid header"))
}

/// The path below the served folder that `url` asks for; `None` if it leads out of it.
fn path(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = PathBuf::from(path);
    path.components().all(|part| matches!(part, Component::Normal(_))).then_some(path)
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_is_served() {
        assert_eq!(path("/zh/?a=1"), Some(PathBuf::from("zh/")), "the query is not part of the path");
        assert_eq!(path("/../Cargo.toml"), None, "no way out");
    }
}
