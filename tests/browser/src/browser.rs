//! A browser window and the actions of a person in it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use minreq::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Outcome;
use crate::driver::Driver;
use crate::engine::{Engine, Reader, tools};
use crate::script::until;
use crate::watch::{COLLECT_REPORT, Report};

/// The time that [`Browser::wait`] waits at most, in milliseconds. It is long, because a busy machine is not
/// a failure; a condition that holds is noticed at once.
const PATIENCE: u32 = 60_000;

/// A window of a headless browser with a fresh profile. It closes when this is dropped.
pub struct Browser {
    engine: Engine,
    session: String,
    heard: RefCell<Report>,
    /// The reader for whom the window was opened.
    reader: Reader,
    driver: Driver,
    downloads: PathBuf,
    _folder: TempDir,
}

/// A reference to an element of the page, which scripts accept and return.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Element {
    /// WebDriver distinguishes elements from other values by the name of this field.
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    id: String,
}

/// A line of one of the browser's logs.
#[derive(Clone, Debug, Deserialize)]
pub struct LogEntry {
    /// "INFO", "WARNING" or "SEVERE".
    pub level: String,
    /// The text of the line.
    pub message: String,
}

impl Browser {
    /// Opens a window of `engine` with `width` × `height` CSS pixels.
    ///
    /// # Errors
    ///
    /// The browser or its driver is missing, or their versions do not match.
    pub fn open(engine: Engine, width: u32, height: u32) -> Outcome<Self> {
        Self::open_for(engine, Reader::default(), width, height)
    }

    /// Opens a window for `reader`.
    ///
    /// # Errors
    ///
    /// As [`Self::open`], or the engine does not support the reader's pixel ratio.
    pub fn open_for(engine: Engine, reader: Reader, width: u32, height: u32) -> Outcome<Self> {
        let folder = tempfile::Builder::new().prefix("browser-").tempdir()?;
        let profile = folder.path().join("profile");
        std::fs::create_dir(&profile)?;
        if engine == Engine::Firefox {
            copy(&used_profile()?, &profile)?;
        }
        let browser = Self::start(engine, reader, folder, &profile, width, height)?;
        browser.post("/timeouts", &json!({ "script": 2 * PATIENCE }))?;
        browser.clear(reader, width, height)?;
        Ok(browser)
    }

    fn start(
        engine: Engine,
        reader: Reader,
        folder: TempDir,
        profile: &Path,
        width: u32,
        height: u32,
    ) -> Outcome<Self> {
        let downloads = folder.path().join("downloads");
        std::fs::create_dir(&downloads)?;
        let capabilities = engine.capabilities(profile, &downloads, width, height);
        let driver = Driver::start(engine, reader, folder.path(), &downloads)?;
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = driver.send(Method::Post, "/session", &body)?;
        let session = answer["sessionId"].as_str().ok_or("the driver opened no session")?.to_owned();
        Ok(Self { engine, session, heard: RefCell::default(), reader, driver, downloads, _folder: folder })
    }

    /// Whether [`Self::clear`] can turn this window into one of `engine` for `reader`. In WebKit this needs
    /// the same reader, because WebKit reads preferences only when it opens.
    #[must_use]
    pub fn fits(&self, engine: Engine, reader: Reader) -> bool {
        self.engine == engine && (self.reader == reader || engine != Engine::WebKit)
    }

    /// Restores the state of a window that has just been opened for `reader`.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn clear(&self, reader: Reader, width: u32, height: u32) -> Outcome {
        // Storage is cleared, because all files on disk share one origin and would find each other's data.
        self.leave_frames()?;
        self.run::<()>(
            "try { localStorage.clear(); sessionStorage.clear(); } catch { /* Not here. */ }",
            &[],
        )?;
        // The browser's own page replaces the last one, which is loaded and may have another size.
        self.post("/url", &json!({ "url": "about:blank" }))?;
        match self.engine {
            Engine::Chromium => {
                self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": false }))?;
                let set = [
                    ("prefers-color-scheme", "dark", reader.dark),
                    ("prefers-reduced-motion", "reduce", reader.calm),
                ];
                let set = set.into_iter().filter(|(_, _, is)| *is);
                let features: Vec<_> =
                    set.map(|(name, value, _)| json!({ "name": name, "value": value })).collect();
                self.devtools("Emulation.setEmulatedMedia", &json!({ "media": "", "features": features }))?;
            }
            Engine::Firefox => {
                let script = "const [dark, calm] = arguments;
                    Services.prefs.setIntPref('ui.systemUsesDarkTheme', dark);
                    Services.prefs.setIntPref('ui.prefersReducedMotion', calm);
                    Object.assign(gBrowser.selectedBrowser.browsingContext, { mediumOverride: '', allowJavascript: true });";
                self.inside_firefox(script, &[json!(u8::from(reader.dark)), json!(u8::from(reader.calm))])?;
            }
            // WebKit was given its preferences when it opened, and cannot change them.
            Engine::WebKit => {}
        }
        self.resize(width, height, reader.ratio)?;
        self.heard.take();
        if self.engine == Engine::Chromium {
            self.log("performance")?;
        }
        for file in std::fs::read_dir(&self.downloads)? {
            let file = file?;
            // WebKit keeps folders of its own there.
            if file.file_type()?.is_file() {
                std::fs::remove_file(file.path())?;
            }
        }
        Ok(())
    }

    fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        self.driver.send(Method::Post, &format!("/session/{}{path}", self.session), body)
    }

    /// Goes to `address` and waits until the page has loaded.
    ///
    /// # Errors
    ///
    /// The address cannot be reached.
    pub fn go(&self, address: &str) -> Outcome {
        self.listen()?;
        self.post("/url", &json!({ "url": address })).map(drop)
    }

    /// Runs `script`, the body of a function whose `arguments` are `given`. Returns its result, and waits for
    /// a promise.
    ///
    /// # Errors
    ///
    /// The script throws, or its result is not a `T`.
    pub fn run<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        let answer = self.post("/execute/sync", &json!({ "script": script, "args": given }))?;
        let shown = answer.to_string();
        serde_json::from_value(answer)
            .map_err(|error| format!("the script returned {shown:.300}: {error}\n{script}").into())
    }

    /// Runs `script` in every frame until its result is true. Returns that result.
    ///
    /// # Errors
    ///
    /// The result is not true within a minute, or the script throws.
    pub fn wait<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        let wait = || self.run(&until(script, PATIENCE), given);
        let outcome = match wait() {
            // WebKit's driver aborts a script when its page leads on to another. The script then runs again
            // in the new page.
            Err(error) if error.to_string().contains("before the unload event") => wait(),
            outcome => outcome,
        };
        outcome.map_err(|error| format!("{error}, for: {script}").into())
    }

    /// Enters `frame`, an iframe: scripts, clicks and keys go there until [`Self::leave_frames`].
    ///
    /// # Errors
    ///
    /// The element is not a frame.
    pub fn enter_frame(&self, frame: &Element) -> Outcome {
        self.post("/frame", &json!({ "id": frame })).map(drop)
    }

    /// Returns to the page itself.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn leave_frames(&self) -> Outcome {
        self.post("/frame", &json!({ "id": null })).map(drop)
    }

    /// Scrolls to `element` and clicks in its middle.
    ///
    /// # Errors
    ///
    /// The element is not visible, or it is covered.
    pub fn click(&self, element: &Element) -> Outcome {
        let outcome = self.post(&format!("/element/{}/click", element.id), &json!({})).map(drop);
        match outcome {
            // WebKit's driver has two faults: it takes the inside of an input in a shadow tree for something
            // that covers the input, and it looks for what has just been opened in its old position.
            Err(error)
                if self.engine == Engine::WebKit
                    && ["intercepted", "not interactable"]
                        .iter()
                        .any(|what| error.to_string().contains(what)) =>
            {
                self.click_middle(element)?.then_some(()).ok_or(error)
            }
            outcome => outcome,
        }
    }

    /// Clicks in the middle of `element` with the mouse. Returns false if something covers it.
    fn click_middle(&self, element: &Element) -> Outcome<bool> {
        let script = "
            const [element] = arguments;
            element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const { left, top, width, height } = element.getBoundingClientRect();
            const [x, y] = [left + width / 2, top + height / 2];
            return element.contains(element.getRootNode().elementFromPoint(x, y)) ? [x, y] : null";
        match self.run(script, &[json!(element)])? {
            Some(middle) => self.drag(&[middle]).map(|()| true),
            None => Ok(false),
        }
    }

    /// Types `text` with the keyboard. [`keys`](crate::keys) has the keys that are not characters.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn press(&self, text: &str) -> Outcome {
        let strokes: Vec<_> = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })))
            .collect();
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes }))
    }

    /// Presses the mouse at the first of `points`, moves it through the others, and releases it at the last.
    ///
    /// Points are in CSS pixels of the window.
    ///
    /// # Errors
    ///
    /// A point is outside the window.
    pub fn drag(&self, points: &[(f64, f64)]) -> Outcome {
        self.point("mouse", points)
    }

    /// Like [`Self::drag`], with a finger.
    ///
    /// # Errors
    ///
    /// A point is outside the window.
    pub fn swipe(&self, points: &[(f64, f64)]) -> Outcome {
        self.point("touch", points)
    }

    fn point(&self, kind: &str, points: &[(f64, f64)]) -> Outcome {
        let mut actions = Vec::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let duration = if index == 0 { 0 } else { 40 };
            actions.push(json!({
                "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": duration, "origin": "viewport"
            }));
            if index == 0 {
                actions.push(json!({ "type": "pointerDown", "button": 0 }));
            }
        }
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.act(json!({
            "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions
        }))
    }

    fn act(&self, source: Value) -> Outcome {
        self.post("/actions", &json!({ "actions": [source] })).map(drop)
    }

    /// Sets the size of the window to `width` × `height` CSS pixels, with `ratio` × `ratio` device pixels for
    /// each.
    ///
    /// # Errors
    ///
    /// The browser is gone, or WebKit is asked for a `ratio` that is not its own.
    pub fn resize(&self, width: u32, height: u32, ratio: f64) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                let metrics =
                    json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
                self.devtools("Emulation.setDeviceMetricsOverride", &metrics)?;
                return Ok(());
            }
            // Firefox's window is never narrower than 500 pixels, but the page in it may be.
            Engine::Firefox => {
                let script = "
                    const [width, height, ratio] = arguments;
                    Services.prefs.setStringPref('layout.css.devPixelsPerPx', String(ratio));
                    const { style } = gBrowser.selectedBrowser;
                    for (const edge of ['', 'min-', 'max-']) {
                      style.setProperty(`${edge}width`, `${width}px`);
                      style.setProperty(`${edge}height`, `${height}px`);
                    }";
                self.inside_firefox(script, &[json!(width), json!(height), json!(ratio)])?;
            }
            Engine::WebKit => {
                let measure = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
                let [right, below]: [f64; 2] = self.run(measure, &[])?;
                let (width, height) = (f64::from(width) + right, f64::from(height) + below);
                self.post("/window/rect", &json!({ "width": width, "height": height }))?;
            }
        }
        // The window changes its size a moment after the request.
        let script = "return innerWidth === arguments[0] && innerHeight === arguments[1] && devicePixelRatio === arguments[2]";
        self.wait::<bool>(script, &[json!(width), json!(height), json!(ratio)])
            .map_err(|error| format!("{} can't show {width} × {height} at {ratio}: {error}", self.engine))?;
        Ok(())
    }

    /// An error that says that this browser does not support `what`.
    fn unsupported<T>(&self, what: &str) -> Outcome<T> {
        Err(format!("{} has no {what}", self.engine).into())
    }

    /// Runs `script` in the interface of Firefox, outside the page, with `given` as its `arguments`.
    fn inside_firefox(&self, script: &str, given: &[Value]) -> Outcome {
        self.post("/moz/context", &json!({ "context": "chrome" }))?;
        let outcome = self.run::<()>(script, given);
        self.post("/moz/context", &json!({ "context": "content" }))?;
        outcome
    }

    /// Sets a preference of the reader while the page is open: `prefers-color-scheme`,
    /// `prefers-reduced-motion`, or any other in Chromium. All other preferences are reset.
    ///
    /// # Errors
    ///
    /// The browser is gone, or it is WebKit, which reads preferences only when it opens; see [`Reader`].
    pub fn prefer(&self, feature: &str, value: &str) -> Outcome {
        self.prefer_all(&[(feature, value)])?;
        // An open page is notified later.
        let heard = "return matchMedia(`(${arguments[0]}: ${arguments[1]})`).matches";
        self.wait::<bool>(heard, &[json!(feature), json!(value)]).map(drop)
    }

    fn prefer_all(&self, features: &[(&str, &str)]) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                let features: Vec<_> =
                    features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
                self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features })).map(drop)
            }
            Engine::Firefox => features.iter().try_for_each(|&(feature, value)| {
                let (name, on) = match feature {
                    "prefers-color-scheme" => ("ui.systemUsesDarkTheme", "dark"),
                    "prefers-reduced-motion" => ("ui.prefersReducedMotion", "reduce"),
                    _ => return self.unsupported(&format!("preference for {feature} that could be set")),
                };
                let set = "Services.prefs.setIntPref(...arguments)";
                self.inside_firefox(set, &[json!(name), json!(u8::from(value == on))])
            }),
            Engine::WebKit => self.unsupported("preferences that change while it runs"),
        }
    }

    /// Shows the page as on paper if `medium` is "print", and as on a screen if it is "".
    ///
    /// # Errors
    ///
    /// The browser is gone, or it is WebKit.
    pub fn show_as(&self, medium: &str) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                self.devtools("Emulation.setEmulatedMedia", &json!({ "media": medium })).map(drop)
            }
            Engine::Firefox => {
                let script = "gBrowser.selectedBrowser.browsingContext.mediumOverride = arguments[0]";
                self.inside_firefox(script, &[json!(medium)])
            }
            Engine::WebKit => self.unsupported("way to show what will be printed"),
        }
    }

    /// Prints the page on sheets of `width` × `height` inches, unless the page sets a size. Returns the PDF
    /// in base 64.
    ///
    /// # Errors
    ///
    /// The browser is gone, or it is WebKit.
    pub fn print(&self, width: f64, height: f64) -> Outcome<String> {
        let answer = match self.engine {
            Engine::Chromium => {
                let options =
                    json!({ "preferCSSPageSize": true, "paperWidth": width, "paperHeight": height });
                self.devtools("Page.printToPDF", &options)?["data"].take()
            }
            Engine::Firefox => {
                let page = json!({ "width": 2.54 * width, "height": 2.54 * height });
                self.post("/print", &json!({ "page": page, "background": true }))?
            }
            Engine::WebKit => return self.unsupported("printer"),
        };
        Ok(serde_json::from_value(answer)?)
    }

    /// Disables the scripts of the pages to come.
    ///
    /// # Errors
    ///
    /// The browser is gone, or it is WebKit.
    pub fn forbid_scripts(&self) -> Outcome {
        match self.engine {
            Engine::Chromium => {
                self.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": true })).map(drop)
            }
            Engine::Firefox => {
                let script = "gBrowser.selectedBrowser.browsingContext.allowJavascript = false";
                self.inside_firefox(script, &[])
            }
            Engine::WebKit => self.unsupported("way to forbid scripts that lets the driver's run"),
        }
    }

    /// Sends a command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    ///
    /// Chromium refuses the command, or this is another browser.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Outcome<Value> {
        if self.engine != Engine::Chromium {
            return self.unsupported("DevTools protocol");
        }
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// The lines logged since the last call. The log "browser" has the console and uncaught errors;
    /// "performance" has the events of the DevTools protocol, with every request.
    ///
    /// # Errors
    ///
    /// There is no such log, or this is another browser than Chromium.
    pub fn log(&self, kind: &str) -> Outcome<Vec<LogEntry>> {
        if self.engine != Engine::Chromium {
            return self.unsupported("log that its driver can read");
        }
        Ok(serde_json::from_value(self.post("/se/log", &json!({ "type": kind }))?)?)
    }

    /// The errors and console messages since the window opened, or since the last call.
    ///
    /// Chromium reports all of them. In Firefox and WebKit pages must be [watched](crate::watched) and report
    /// what can be noticed from inside. What happened in an earlier document is included if [`Self::go`] left
    /// it.
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn said(&self) -> Outcome<Vec<String>> {
        if self.engine == Engine::Chromium {
            return Ok(self.log("browser")?.into_iter().map(|entry| entry.message).collect());
        }
        self.listen()?;
        Ok(std::mem::take(&mut self.heard.borrow_mut().said))
    }

    /// The address of every request since the window opened, or since the last call. The sources are those of
    /// [`Self::said`].
    ///
    /// # Errors
    ///
    /// The browser is gone.
    pub fn requests(&self) -> Outcome<Vec<String>> {
        if self.engine != Engine::Chromium {
            self.listen()?;
            return Ok(std::mem::take(&mut self.heard.borrow_mut().asked));
        }
        let mut urls = Vec::new();
        for entry in self.log("performance")? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let event = &event["message"];
            if event["method"] == "Network.requestWillBeSent" {
                urls.push(event["params"]["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(urls)
    }

    /// Stores what the page and its frames have reported so far, in browsers that report nothing themselves.
    /// Scripts, clicks and keys go to the page after that, not to a frame.
    fn listen(&self) -> Outcome {
        if self.engine == Engine::Chromium {
            return Ok(());
        }
        self.leave_frames()?;
        self.listen_here()
    }

    fn listen_here(&self) -> Outcome {
        let (heard, frames): (Report, Vec<Element>) = self.run(COLLECT_REPORT, &[])?;
        self.heard.borrow_mut().add(heard);
        for frame in frames {
            self.enter_frame(&frame)?;
            self.listen_here()?;
            self.post("/frame/parent", &json!({}))?;
        }
        Ok(())
    }

    /// The folder of downloads, which is empty when the window opens.
    #[must_use]
    pub fn downloads(&self) -> &Path {
        &self.downloads
    }
}

/// A Firefox profile that has been used once. Creating one takes most of the time of a first start.
fn used_profile() -> Outcome<PathBuf> {
    static MAKING: Mutex<()> = Mutex::new(());
    let used = tools().join("firefox-profile");
    let _one_at_a_time = MAKING.lock();
    if !used.is_dir() {
        std::fs::create_dir_all(tools())?;
        let (folder, profile) = (tempfile::tempdir()?, tempfile::tempdir_in(tools())?);
        drop(Browser::start(Engine::Firefox, Reader::default(), folder, profile.path(), 1280, 900)?);
        // If another process has stored its profile first, that one is used.
        let _ = std::fs::rename(profile.keep(), &used);
    }
    Ok(used)
}

/// Copies the folder `from` into the folder `to`, without symbolic links: Firefox marks a profile in use with
/// one.
fn copy(from: &Path, to: &Path) -> Outcome {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (kind, own) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            std::fs::create_dir(&own)?;
            copy(&entry.path(), &own)?;
        } else if kind.is_file() {
            std::fs::copy(entry.path(), own)?;
        }
    }
    Ok(())
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that is already gone needs no closing.
        let _ = self.driver.send(Method::Delete, &format!("/session/{}", self.session), &Value::Null);
    }
}

/// Keys that are not characters, as WebDriver encodes them.
pub mod keys {
    /// Escape.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Tab.
    pub const TAB: &str = "\u{e004}";
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// Arrow left.
    pub const LEFT: &str = "\u{e012}";
    /// Arrow up.
    pub const UP: &str = "\u{e013}";
    /// Arrow right.
    pub const RIGHT: &str = "\u{e014}";
    /// End.
    pub const END: &str = "\u{e010}";
    /// Home.
    pub const HOME: &str = "\u{e011}";
    /// Page Up, which presenters' remote controls also send.
    pub const PAGE_UP: &str = "\u{e00e}";
    /// Page Down, which presenters' remote controls also send.
    pub const PAGE_DOWN: &str = "\u{e00f}";
    /// Arrow down.
    pub const DOWN: &str = "\u{e015}";
}
