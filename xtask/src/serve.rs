//! `cargo xtask serve`: builds the explainer and serves `dist/` to this machine.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use tiny_http::{Header, Request, Response, Server};

use crate::Outcome;
use crate::build;
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
    let dist = build::build()?;
    let server = listen(port)?;
    let address = address(&server);
    say(&format!("Serving {address} (stop with Ctrl-C)"));
    if open {
        let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        if command(opener, &[&address]).spawn().is_err() {
            say(&format!("Can't start a browser with {opener}: open {address} yourself"));
        }
    }
    serve(&server, &dist);
    Ok(())
}

/// A server on `port` of this machine, or on any free one if `port` is 0.
pub(crate) fn listen(port: u16) -> Outcome<Server> {
    Server::http(("127.0.0.1", port))
        .map_err(|error| format!("can't listen on port {port}: {error}; try --port").into())
}

/// The address at which `server` answers.
pub(crate) fn address(server: &Server) -> String {
    format!("http://{}/", server.server_addr())
}

/// Answers every request with a file of `folder`, until the server is unblocked or dropped.
pub(crate) fn serve(server: &Server, folder: &Path) {
    for request in server.incoming_requests() {
        // A reader who leaves before the answer has arrived is no fault.
        let _ = answer(request, folder);
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
                .with_header(header("Cache-Control", "no-cache")),
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
