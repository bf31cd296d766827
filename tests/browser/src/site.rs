//! A file server for this machine.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

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

/// What is done about symbolic links that lead out of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// What they lead to is served: tests put folders together of them.
    Followed,
    /// They lead nowhere.
    Refused,
}

impl Site {
    /// Serves `folder` on `port`, or on any free one if it is 0, and with it what `links` in it lead to elsewhere or not.
    ///
    /// # Errors
    ///
    /// If the port is taken.
    pub fn open(folder: &Path, port: u16, links: Links) -> Outcome<Self> {
        Self::open_with(folder, port, links, SHARED)
    }

    /// Like [`Self::open`], with other `headers` than the usual ones about who may use the files: lines that end in `\r\n`.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn open_with(folder: &Path, port: u16, links: Links, headers: &'static str) -> Outcome<Self> {
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
                // A reader who leaves before the answer has arrived is no fault.
                thread::spawn(move || answer(&reader, &folder, links, headers).ok());
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

/// Authors of notes load the scripts from another origin, and so do sandboxed frames.
const SHARED: &str = "Access-Control-Allow-Origin: *\r\n";

/// How long a request may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(20);

/// How much of a request is read, in bytes: browsers' headers have a fraction of that, addresses that hold a lecture most of it.
const LONGEST_REQUEST: u64 = 1 << 20;

/// A request: its method and address.
struct Request {
    head: bool,
    address: String,
}

impl Request {
    /// Reads one to the end of its headers; says which answer is due if it is none that can be followed.
    fn read(reader: &TcpStream) -> io::Result<Result<Self, &'static str>> {
        let mut lines = BufReader::new(reader.take(LONGEST_REQUEST)).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        loop {
            match lines.next().transpose()? {
                Some(line) if line.is_empty() => break,
                Some(_) => {}
                None => return Ok(Err("431 Request Header Fields Too Large")),
            }
        }
        let mut words = first.split(' ');
        let head = match words.next() {
            Some("GET") => false,
            Some("HEAD") => true,
            _ => return Ok(Err("405 Method Not Allowed\r\nAllow: GET, HEAD")),
        };
        let address = words.next().map(str::to_owned);
        Ok(address.map(|address| Self { head, address }).ok_or("400 Bad Request"))
    }
}

/// The file in `folder` that `address` asks for, with its type.
fn find(folder: &Path, address: &str, links: Links) -> Option<(File, &'static str)> {
    let path = folder.join(path(address)?);
    let path = if path.is_dir() { path.join("index.html") } else { path };
    let inside =
        links == Links::Followed || path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?);
    (inside && path.is_file()).then(|| Some((File::open(&path).ok()?, content_type(&path))))?
}

fn answer(mut reader: &TcpStream, folder: &Path, links: Links, headers: &str) -> io::Result<()> {
    reader.set_read_timeout(Some(PATIENCE))?;
    reader.set_write_timeout(Some(PATIENCE))?;
    let refuse = |mut reader: &TcpStream, status: &str| {
        reader.write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\n\r\n{status}\n").as_bytes())
    };
    let Request { head: head_only, address } = match Request::read(reader)? {
        Ok(request) => request,
        Err(status) => return refuse(reader, status),
    };
    let Some((mut file, kind)) = find(folder, &address, links) else {
        return refuse(reader, "404 Not Found");
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: {kind}\r\n\
         Cache-Control: no-cache\r\n{headers}\r\n",
        file.metadata()?.len()
    );
    reader.write_all(head.as_bytes())?;
    if head_only {
        return Ok(());
    }
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

    /// What `site` answers to `request`, all of it.
    fn said(site: &Site, request: &str) -> String {
        let mut connection = TcpStream::connect(site.address).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        connection.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn requests_are_answered_as_they_ask_and_no_further() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(outside.path(), "secret").unwrap();
        std::fs::write(folder.path().join("a.txt"), "text").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link.txt")).unwrap();
        let site = Site::open(folder.path(), 0, Links::Refused).unwrap();
        let get = said(&site, "GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n");
        assert!(get.starts_with("HTTP/1.1 200") && get.ends_with("\r\n\r\ntext"), "{get}");
        let head = said(&site, "HEAD /a.txt HTTP/1.1\r\n\r\n");
        assert!(head.contains("Content-Length: 4") && head.ends_with("\r\n\r\n"), "no body: {head}");
        let post = said(&site, "POST /a.txt HTTP/1.1\r\n\r\n");
        assert!(post.starts_with("HTTP/1.1 405") && post.contains("Allow: GET, HEAD"), "{post}");
        let link = said(&site, "GET /link.txt HTTP/1.1\r\n\r\n");
        assert!(link.starts_with("HTTP/1.1 404") && !link.contains("secret"), "{link}");
        assert!(said(&site, "GET\r\n\r\n").starts_with("HTTP/1.1 400"), "no address");
    }
}
