//! A browser's window, and what a person can do with it.

use std::path::{Path, PathBuf};

use minreq::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::Outcome;
use crate::driver::Driver;
use crate::engine::Engine;
use crate::script::until;

/// How long [`Browser::wait`] waits, in milliseconds.
const PATIENCE: u32 = 15_000;

/// One window of a headless browser with a fresh profile; it closes when this is dropped.
pub struct Browser {
    engine: Engine,
    session: String,
    driver: Driver,
    downloads: PathBuf,
    _profile: TempDir,
}

/// A reference to an element of the page, as scripts take and return it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Element {
    /// The name of this field is how WebDriver tells elements from other values.
    #[serde(rename = "element-6066-11e4-a52e-4f735466cecf")]
    id: String,
}

/// A line of one of the browser's logs.
#[derive(Clone, Debug, Deserialize)]
pub struct LogEntry {
    /// "INFO", "WARNING" or "SEVERE".
    pub level: String,
    /// What it says.
    pub message: String,
}

impl Browser {
    /// Opens a window of `engine` of `width` × `height` CSS pixels.
    ///
    /// # Errors
    ///
    /// If the browser or its driver is missing or they do not fit each other.
    pub fn open(engine: Engine, width: u32, height: u32) -> Outcome<Self> {
        let profile = tempfile::Builder::new().prefix("browser-").tempdir()?;
        let downloads = profile.path().join("downloads");
        std::fs::create_dir(&downloads)?;
        let capabilities = engine.capabilities(profile.path(), &downloads, width, height);
        let driver = Driver::start(engine, &downloads)?;
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = driver.send(Method::Post, "/session", &body)?;
        let session = answer["sessionId"].as_str().ok_or("the driver opened no session")?.to_owned();
        let browser = Self { engine, session, driver, downloads, _profile: profile };
        browser.post("/timeouts", &json!({ "script": 60_000 }))?;
        browser.resize(width, height, 1.0)?;
        // The browser's own page for a new window has loaded a good deal.
        browser.go("about:blank")?;
        if engine == Engine::Chromium {
            browser.log("performance")?;
        }
        Ok(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Outcome<Value> {
        self.driver.send(Method::Post, &format!("/session/{}{path}", self.session), body)
    }

    /// Goes to `address` and waits until it has loaded.
    ///
    /// # Errors
    ///
    /// If it can't be reached.
    pub fn go(&self, address: &str) -> Outcome {
        self.post("/url", &json!({ "url": address })).map(drop)
    }

    /// Runs `script`, the inside of a function, with `given` as its `arguments`, and returns what it returns; of a
    /// promise, what it resolves to.
    ///
    /// # Errors
    ///
    /// If the script throws, or returns what is no `T`.
    pub fn run<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        let answer = self.post("/execute/sync", &json!({ "script": script, "args": given }))?;
        let shown = answer.to_string();
        serde_json::from_value(answer)
            .map_err(|error| format!("the script returned {shown:.300}: {error}\n{script}").into())
    }

    /// Runs `script` frame after frame until it returns something true, and returns that.
    ///
    /// # Errors
    ///
    /// If that does not happen within 15 seconds, or the script throws.
    pub fn wait<T: DeserializeOwned>(&self, script: &str, given: &[Value]) -> Outcome<T> {
        self.run(&until(script, PATIENCE), given).map_err(|error| format!("{error}, for: {script}").into())
    }

    /// Looks into `frame`, an iframe: scripts, clicks and keys go there until [`Self::leave_frames`].
    ///
    /// # Errors
    ///
    /// If it is no frame.
    pub fn enter_frame(&self, frame: &Element) -> Outcome {
        self.post("/frame", &json!({ "id": frame })).map(drop)
    }

    /// Looks at the page itself again.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn leave_frames(&self) -> Outcome {
        self.post("/frame", &json!({ "id": null })).map(drop)
    }

    /// Clicks in the middle of `element`, after scrolling to it.
    ///
    /// # Errors
    ///
    /// If it is not visible, or covered.
    pub fn click(&self, element: &Element) -> Outcome {
        self.post(&format!("/element/{}/click", element.id), &json!({})).map(drop)
    }

    /// Types `text` where the keyboard's focus is; see [`keys`](crate::keys) for those that are no letters.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn press(&self, text: &str) -> Outcome {
        let strokes: Vec<_> = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key })))
            .collect();
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes }))
    }

    /// Presses the mouse at the first of `points`, moves it through the others, and lets go at the last.
    ///
    /// Points are CSS pixels of the window.
    ///
    /// # Errors
    ///
    /// If a point is outside the window.
    pub fn drag(&self, points: &[(f64, f64)]) -> Outcome {
        self.point("mouse", points)
    }

    /// The same with a finger.
    ///
    /// # Errors
    ///
    /// If a point is outside the window.
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

    /// Makes the window `width` × `height` CSS pixels, each of `ratio` × `ratio` pixels of the screen.
    ///
    /// # Errors
    ///
    /// If the browser is gone, or another than Chromium is asked for a `ratio` that is not its own.
    pub fn resize(&self, width: u32, height: u32, ratio: f64) -> Outcome {
        if self.engine != Engine::Chromium {
            return self.resize_window(width, height, ratio);
        }
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).map(drop)
    }

    fn resize_window(&self, width: u32, height: u32, ratio: f64) -> Outcome {
        let measure = "return [outerWidth - innerWidth, outerHeight - innerHeight, devicePixelRatio]";
        let [right, below, own]: [f64; 3] = self.run(measure, &[])?;
        if ratio != own {
            return Err(format!("{} can't show {ratio} pixels for one here, only {own}", self.engine).into());
        }
        let (width, height) = (f64::from(width), f64::from(height));
        self.post("/window/rect", &json!({ "width": width + right, "height": height + below }))?;
        // The window is asked to change, and has changed a moment later.
        let script = "return innerWidth === arguments[0] && innerHeight === arguments[1]";
        self.wait::<bool>(script, &[json!(width), json!(height)]).map(drop)
    }

    /// Fails, with a sentence, in every browser that can't do `what`.
    fn chromium_only(&self, what: &str) -> Outcome {
        match self.engine {
            Engine::Chromium => Ok(()),
            other => {
                Err(format!("{other} has no {what}; of the browsers driven here only Chromium has").into())
            }
        }
    }

    /// Sets a preference of the reader, like `prefers-color-scheme`.
    ///
    /// # Errors
    ///
    /// If the browser is gone.
    pub fn prefer(&self, feature: &str, value: &str) -> Outcome {
        let media = json!({ "features": [{ "name": feature, "value": value }] });
        self.devtools("Emulation.setEmulatedMedia", &media).map(drop)
    }

    /// Sends a command of the Chrome DevTools Protocol.
    ///
    /// # Errors
    ///
    /// If Chromium refuses it, or this is another browser.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Outcome<Value> {
        self.chromium_only("DevTools protocol")?;
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What has been logged since the last call: "browser" is the console, with errors that nobody caught,
    /// "performance" the DevTools protocol's events, with every request.
    ///
    /// # Errors
    ///
    /// If there is no such log, or this is another browser than Chromium.
    pub fn log(&self, kind: &str) -> Outcome<Vec<LogEntry>> {
        self.chromium_only("log to read")?;
        Ok(serde_json::from_value(self.post("/se/log", &json!({ "type": kind }))?)?)
    }

    /// The folder to which downloads go, with none in it when the window opens.
    #[must_use]
    pub fn downloads(&self) -> &Path {
        &self.downloads
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Nothing can be done about a browser that is gone already.
        let _ = self.driver.send(Method::Delete, &format!("/session/{}", self.session), &Value::Null);
    }
}

/// Keys that are no letters, as WebDriver writes them.
pub mod keys {
    /// Closes what is open.
    pub const ESCAPE: &str = "\u{e00c}";
    /// Moves the focus on.
    pub const TAB: &str = "\u{e004}";
    /// Takes what was typed.
    pub const ENTER: &str = "\u{e007}";
    /// Leftwards.
    pub const LEFT: &str = "\u{e012}";
    /// Upwards.
    pub const UP: &str = "\u{e013}";
    /// Rightwards.
    pub const RIGHT: &str = "\u{e014}";
    /// To the end.
    pub const END: &str = "\u{e010}";
    /// Downwards.
    pub const DOWN: &str = "\u{e015}";
}
