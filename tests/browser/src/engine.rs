//! The browsers there are, and how each is started and told what to be.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::Outcome;

/// A browser by the engine inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by `WebKitWebDriver`; it has no headless mode and runs on a display of its own.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Whether it needs a display to draw on.
    pub(crate) fn needs_display(self) -> bool {
        self == Self::WebKit
    }

    /// Whether its driver chooses a port, asked for port 0, and says which.
    pub(crate) fn chooses_port(self) -> bool {
        self != Self::WebKit
    }

    /// The driver's program, which will listen on `port`; where capabilities can't say so, files are saved in `downloads`,
    /// and what `reader` has set up stands in `folder`.
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
            // Its preferences, the size of its page and its medium are changed by scripts of its own.
            command.arg("--allow-system-access");
        }
        if self == Self::WebKit {
            gtk_settings(folder, reader)?;
            command
                // MiniBrowser saves files at home.
                .env("HOME", downloads)
                .env("XDG_CONFIG_HOME", folder)
                .env("GTK_THEME", if reader.dark { "Adwaita:dark" } else { "Adwaita" })
                .env("GDK_SCALE", reader.ratio.to_string())
                // Only our own pages are shown, often by root or in a container, and there is no graphics card.
                .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
                .env("LIBGL_ALWAYS_SOFTWARE", "1");
        }
        Ok(command)
    }

    /// What a new session is to be: its profile in the folder `profile`, files saved in `downloads`.
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
            // It starts MiniBrowser, with nothing kept.
            Self::WebKit => json!({}),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, formatter)
    }
}

/// What a reader has set up before the browser opens.
///
/// Chromium and Firefox can change it while they run, by [`Browser::prefer`](crate::Browser::prefer) and
/// [`Browser::resize`](crate::Browser::resize); WebKit can't.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reader {
    /// Whether pages are to be dark.
    pub dark: bool,
    /// Whether things are to move as little as possible.
    pub calm: bool,
    /// How many pixels of the screen are as wide as one of CSS; for WebKit a whole number.
    pub ratio: f64,
}

/// Nothing in particular, on a screen with a pixel for each of CSS.
impl Default for Reader {
    fn default() -> Self {
        Self { dark: false, calm: false, ratio: 1.0 }
    }
}

/// Writes settings of GTK, for WebKit's MiniBrowser, into `folder`.
fn gtk_settings(folder: &Path, reader: Reader) -> Outcome {
    let folder = folder.join("gtk-3.0");
    std::fs::create_dir_all(&folder)?;
    let animations = u8::from(!reader.calm);
    std::fs::write(folder.join("settings.ini"), format!("[Settings]\ngtk-enable-animations={animations}\n"))?;
    // The window can't be narrower than the buttons above the page, nearly 450 pixels: they are made as small as can be.
    let buttons =
        "* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; -gtk-icon-source: none; }";
    std::fs::write(folder.join("gtk.css"), buttons)?;
    Ok(())
}

/// The version of geckodriver that is built where the system has none: it drives Firefox 128 and later.
pub const GECKODRIVER: &str = "0.37.1";

/// Where it is built.
#[must_use]
pub fn geckodriver_folder() -> PathBuf {
    tools().join(format!("geckodriver-{GECKODRIVER}"))
}

/// Where all is kept that tests need and don't make anew each time.
pub(crate) fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools")
}

/// geckodriver: the one that was built, else the one on the PATH.
fn geckodriver() -> PathBuf {
    let built = geckodriver_folder().join("bin").join(format!("geckodriver{}", std::env::consts::EXE_SUFFIX));
    if built.is_file() { built } else { PathBuf::from("geckodriver") }
}
