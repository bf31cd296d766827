//! Programs for tests and measurements. They are installed if they are missing and can be installed.

use std::env;
use std::path::PathBuf;

use browser::{GECKODRIVER, geckodriver_folder};

use crate::Outcome;
use crate::command::{cargo, command, output, run, say};

/// The source of a program.
enum Source {
    /// Debian packages. Other systems with `apt-get` have the same names or lack them.
    Packages(&'static [&'static str]),
    /// A Rust program, which is built in a folder of ours.
    Crate { name: &'static str, version: &'static str, folder: fn() -> PathBuf },
}

/// A set of programs that belong together.
pub(crate) struct Programs {
    /// The name of the set, which is printed while it is installed.
    name: &'static str,
    /// Whether the programs are there.
    are_there: fn() -> bool,
    /// The source of the programs.
    source: Source,
    /// The advice to the user if they cannot be installed.
    advice: &'static str,
}

/// The browser for most tests and for measurements.
pub(crate) const CHROMIUM: Programs = Programs {
    name: "Chromium and its driver",
    are_there: || {
        // On macOS applications are not on the PATH, and the driver finds them itself.
        let browser = cfg!(target_os = "macos")
            || ["chromium", "chromium-browser", "google-chrome", "chrome"].into_iter().any(on_path);
        browser && on_path("chromedriver")
    },
    source: Source::Packages(&["chromium", "chromium-driver", "fonts-liberation"]),
    advice: "The browser tests need Chromium (or Chrome) and chromedriver of the same version on the PATH.\n\
        Install them with your system's packages and run this again.",
};

/// Firefox.
pub(crate) const FIREFOX: Programs = Programs {
    name: "Firefox",
    // On macOS applications are not on the PATH, and the driver finds them itself.
    are_there: || cfg!(target_os = "macos") || ["firefox", "firefox-esr"].into_iter().any(on_path),
    source: Source::Packages(&["firefox-esr"]),
    advice: "The tests in three engines need Firefox on the PATH.\n\
        Install it with your system's packages and run this again.",
};

/// The driver of Firefox, which Debian lacks.
pub(crate) const FIREFOX_DRIVER: Programs = Programs {
    name: "geckodriver (it is compiled, which takes minutes)",
    are_there: || on_path("geckodriver") || geckodriver_folder().join("bin").is_dir(),
    source: Source::Crate { name: "geckodriver", version: GECKODRIVER, folder: geckodriver_folder },
    advice: "The tests in three engines need Firefox's geckodriver on the PATH.\n\
        Put it there and run this again.",
};

/// A small browser with WebKit, its driver, and a display in memory for it.
pub(crate) const WEBKIT: Programs = Programs {
    name: "WebKitGTK's driver and Xvfb",
    are_there: || on_path("WebKitWebDriver") && on_path("Xvfb"),
    source: Source::Packages(&["webkit2gtk-driver", "xvfb"]),
    advice: "The tests in three engines need WebKitGTK's WebKitWebDriver with MiniBrowser, and Xvfb, on the PATH.\n\
        They are there for Linux: install them with your system's packages and run this again.",
};

/// Fonts for pictures that are drawn without a browser, and Chinese fonts for browsers.
pub(crate) const FONTS: Programs = Programs {
    name: "fonts",
    are_there: || {
        let listed = output(command("fc-list", &[":", "family"])).unwrap_or_default();
        // Other systems come with fonts of their own.
        !cfg!(target_os = "linux") || ["DejaVu Sans", "CJK SC"].into_iter().all(|font| listed.contains(font))
    },
    source: Source::Packages(&["fontconfig", "fonts-dejavu-core", "fonts-noto-cjk"]),
    advice: "The tests of pictures need the fonts DejaVu Sans and Noto Sans CJK SC, and fc-list to find them.\n\
        Install them with your system's packages and run this again.",
};

/// Python, which creates virtual environments for everything else.
pub(crate) const PYTHON: Programs = Programs {
    name: "Python with its venv module",
    // Debian has the module in one package, and what it needs to create an environment in another.
    are_there: || output(command("python3", &["-c", "import venv, ensurepip"])).is_ok(),
    source: Source::Packages(&["python3", "python3-venv"]),
    advice: "The notebooks' tests need Python 3.10 or later on the PATH as python3, with its venv module.\n\
        Install it with your system's packages and run this again.",
};

/// Java, for the HTML checker.
pub(crate) const JAVA: Programs = Programs {
    name: "Java",
    are_there: || output(command("java", &["-version"])).is_ok(),
    source: Source::Packages(&["default-jre-headless"]),
    advice: "The test of the pages' HTML needs Java 11 or later on the PATH.\n\
        Install it with your system's packages and run this again.",
};

/// Pandoc, which reads Markdown as Quarto does.
pub(crate) const PANDOC: Programs = Programs {
    name: "Pandoc",
    are_there: || on_path("pandoc"),
    source: Source::Packages(&["pandoc"]),
    advice: "The tests in authors' tools need Pandoc 2.17 or later on the PATH.\n\
        Install it with your system's packages and run this again.",
};

/// Node.js, which installs and runs authors' tools.
pub(crate) const NODE: Programs = Programs {
    name: "Node.js",
    are_there: || {
        // Vite 6, TypeScript and MyST run on the versions that supported Debian releases have.
        let node = output(command("node", &["--version"])).unwrap_or_default();
        let major = node.trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
        major.is_some_and(|major: u32| major >= 18) && on_path("npm")
    },
    source: Source::Packages(&["nodejs", "npm"]),
    advice: "The tests in authors' tools need Node.js 18 or later with npm on the PATH.\n\
        Install it with your system's packages and run this again.",
};

impl Programs {
    /// Installs the programs if one is missing.
    pub(crate) fn ensure(&self) -> Outcome {
        if (self.are_there)() {
            return Ok(());
        }
        say(&format!("Installing {}", self.name));
        self.source.install().map_err(|error| format!("{error}\n{}", self.advice))?;
        if (self.are_there)() { Ok(()) } else { Err(self.advice.into()) }
    }
}

impl Source {
    fn install(&self) -> Outcome {
        match *self {
            Self::Packages(packages) => {
                if !on_path("apt-get") {
                    return Err("There is no apt-get here.".into());
                }
                apt(&["update", "--quiet"])?;
                let options = ["install", "--quiet", "--yes", "--no-install-recommends"];
                apt(&[&options[..], packages].concat())
            }
            Self::Crate { name, version, folder } => {
                // A debug build is fast enough and compiles sooner.
                let options = ["install", "--quiet", "--locked", "--debug", "--version", version, name];
                let mut install = cargo(&options);
                install.arg("--root").arg(folder()).env("CARGO_PROFILE_DEV_DEBUG", "none");
                run(install)
            }
        }
    }
}

fn apt(arguments: &[&str]) -> Outcome {
    let mut words = vec!["apt-get"];
    words.extend(arguments);
    // The installation must not wait for answers or for a password.
    if !is_root() {
        words.splice(0..0, ["sudo", "--non-interactive"]);
    }
    let mut command = command(words[0], &words[1..]);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    run(command)
}

/// Whether `program` is on the PATH.
pub(crate) fn on_path(program: &str) -> bool {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(&file).is_file()))
}

fn is_root() -> bool {
    output(command("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
