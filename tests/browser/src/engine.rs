//! The browsers, how each is started, and how its settings are passed to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::Outcome;

/// A browser, named after its engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, with chromedriver.
    Chromium,
    /// Firefox, with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, with `WebKitWebDriver`. It has no headless mode and runs on a display of its
    /// own.
    WebKit,
}

impl Engine {
    /// All browsers.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Whether the browser needs a display.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// Whether the driver chooses a port and announces it when it is given port 0.
    pub(crate) fn chooses_port(self) -> bool {
        self != Self::WebKit
    }

    /// The command that starts the driver on `port`. Where capabilities cannot express it, the command also
    /// sets the folder of downloads and `folder`, which has the settings of `reader`.
    pub(crate) fn driver(
        self,
        port: u16,
        reader: Reader,
        folder: &Path,
        downloads: &Path,
    ) -> Outcome<Command> {
        let program = match self {
            Self::Chromium => "chromedriver".into(),
            Self::Firefox => geckodriver(),
            Self::WebKit => "WebKitWebDriver".into(),
        };
        let mut command = Command::new(program);
        command.arg(format!("--port={port}"));
        if self == Self::Firefox {
            // Privileged scripts change Firefox's preferences, page size and medium.
            command.arg("--allow-system-access");
        }
        if self == Self::WebKit {
            gtk_settings(folder, reader)?;
            command
                // MiniBrowser saves files in the home directory.
                .env("HOME", downloads)
                .env("XDG_CONFIG_HOME", folder)
                .env("GTK_THEME", if reader.dark { "Adwaita:dark" } else { "Adwaita" })
                .env("GDK_SCALE", reader.ratio.to_string())
                // The sandbox is not needed, because only our own pages are shown, and does not work for root
                // or in a container. There is no graphics card to composite with.
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
                .env("LIBGL_ALWAYS_SOFTWARE", "1");
        }
        Ok(command)
    }

    /// The capabilities of a new session: a profile in the folder `profile`, and files saved in `downloads`.
    pub(crate) fn capabilities(self, profile: &Path, downloads: &Path, width: u32, height: u32) -> Value {
        match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                "goog:chromeOptions": {
                    "args": [
                        "--headless",
                        "--no-sandbox", // Only our own pages are shown, often by root or in a container.
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        format!("--user-data-dir={}", profile.display()),
                        format!("--window-size={width},{height}"),
                    ],
                    "prefs": { "download.default_directory": downloads, "download.prompt_for_download": false },
                },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "-allow-downgrade", "-profile", profile],
                    "prefs": { "browser.download.folderList": 2, "browser.download.dir": downloads },
                },
            }),
            // WebKit's driver starts MiniBrowser, which keeps no data.
            Self::WebKit => json!({}),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

/// A reader's settings at the time when the browser opens.
///
/// Chromium and Firefox can change them while they run, with [`Browser::prefer`](crate::Browser::prefer) and
/// [`Browser::resize`](crate::Browser::resize). WebKit cannot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reader {
    /// Whether the reader prefers dark pages.
    pub dark: bool,
    /// Whether the reader prefers reduced motion.
    pub calm: bool,
    /// The number of device pixels in the width of a CSS pixel. WebKit needs a whole number.
    pub ratio: f64,
}

/// No preferences, and one device pixel for each CSS pixel.
impl Default for Reader {
    fn default() -> Self {
        Self { dark: false, calm: false, ratio: 1.0 }
    }
}

/// Writes the GTK settings of WebKit's MiniBrowser into `folder`.
fn gtk_settings(folder: &Path, reader: Reader) -> Outcome {
    let folder = folder.join("gtk-3.0");
    std::fs::create_dir_all(&folder)?;
    let animations = u8::from(!reader.calm);
    std::fs::write(folder.join("settings.ini"), format!("[Settings]\ngtk-enable-animations={animations}\n"))?;
    // The buttons above the page keep the window from being narrower than nearly 450 pixels. They are made as
    // small as possible.
    let buttons =
        "* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; -gtk-icon-source: none; }";
    std::fs::write(folder.join("gtk.css"), buttons)?;
    Ok(())
}

/// The version of geckodriver that is built where the system has none. It drives Firefox 128 and later.
pub const GECKODRIVER: &str = "0.37.1";

/// The folder in which geckodriver is built.
#[must_use]
pub fn geckodriver_folder() -> PathBuf {
    tools().join(format!("geckodriver-{GECKODRIVER}"))
}

/// The folder of everything that the tests need and keep between runs.
pub(crate) fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools")
}

/// The geckodriver that was built, or the one on the PATH.
fn geckodriver() -> PathBuf {
    let built = geckodriver_folder().join("bin").join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX));
    if built.is_file() { built } else { PathBuf::from("geckodriver") }
}
