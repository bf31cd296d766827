//! A file server for this machine.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::Outcome;

/// A folder served over HTTP, on the loopback interface only, until this is dropped.
///
/// Every connection has its own thread and is closed after its answer. The crate `tiny_http`, which has a
/// thread pool, leaves connections waiting for ever when a browser opens many at once.
pub struct Site {
    address: SocketAddr,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves `folder` on `port`, or on any free port if it is 0.
    ///
    /// # Errors
    ///
    /// The port is taken.
    pub fn open(folder: &Path, port: u16) -> Outcome<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| format!("can't listen on port {port}: {error}"))?;
        let address = listener.local_addr()?;
        let closed = Arc::new(AtomicBool::new(false));
        let (until, folder) = (Arc::clone(&closed), Arc::<Path>::from(folder));
        let thread = thread::spawn(move || {
            for reader in listener.incoming().flatten() {
                if until.load(Ordering::Relaxed) {
                    break;
                }
                let folder = Arc::clone(&folder);
                // A reader who leaves before the answer has arrived is not an error.
                thread::spawn(move || answer(&reader, &folder).ok());
            }
        });
        Ok(Self { address, closed, thread: Some(thread) })
    }

    /// The address of the folder, with a slash at its end.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}/", self.address)
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
        self.closed.store(true, Ordering::Relaxed);
        // The thread notices the end only when a connection arrives.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

fn answer(mut reader: &TcpStream, folder: &Path) -> io::Result<()> {
    let mut lines = BufReader::new(reader).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let file = request.split(' ').nth(1).and_then(path).and_then(|path| {
        let path = folder.join(path);
        let path = if path.is_dir() { path.join("index.html") } else { path };
        Some((File::open(&path).ok()?, content_type(&path)))
    });
    let Some((mut file, kind)) = file else {
        return reader
            .write_all(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nThere is no such page here.\n");
    };
    // Authors of notes load the scripts from another origin, and so do sandboxed frames.
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: {kind}\r\n\
         Cache-Control: no-cache\r\nAccess-Control-Allow-Origin: *\r\n\r\n",
        file.metadata()?.len()
    );
    reader.write_all(head.as_bytes())?;
    io::copy(&mut file, &mut reader).map(drop)
}

/// The path below the served folder that `url` asks for. `None` if it leads out of the folder.
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
