//! Any figure in any state as SVG, PNG or PDF, without a browser: `cargo xtask figure …`.
//!
//! The drawing is the same as that which the page saves. The press is a crate of its own because its
//! dependencies for PNG and PDF take minutes to compile, and nobody should wait for them only to serve the
//! explainer.

pub mod card;
pub mod content;
pub mod fonts;
pub mod list;
pub mod pdf;
pub mod png;
pub mod print;
pub mod request;
pub mod sheet;

use std::io::{self, Write};

use content::Content;
use request::Request;
use sheet::Sheet;

/// A result whose error is one message for the person at the keyboard.
pub type Outcome<T = ()> = Result<T, String>;

/// The text of `cargo xtask figure --help`.
pub const HELP: &str = "\
cargo xtask figure NAME --out FILE    draw a figure into FILE.svg, FILE.png or FILE.pdf; - is SVG to standard output
cargo xtask figure [NAME] [--list]    list the figures, or one, with their parameters and presets

  --set KEY=VALUE    set a parameter; may be given many times, and counts after --preset
  --preset NAME      start from a preset
  --width N          how wide, 200 to 4000 CSS pixels; 1076 is the page's column
  --theme NAME       light or dark; light
  --lang NAME        the language of its words, a folder of www/content; en
  --scale N          a PNG's pixels for each CSS pixel, 0.5 to 8; 2
  --card WORDS       beside WORDS in large type, 1200 × 630 CSS pixels: what is shown where a link is shared
";

/// Carries out the request in `arguments`. SVG, the list and the help go to `output`.
///
/// # Errors
///
/// A message that names the argument that is not understood and what would be accepted, or what cannot be
/// read, drawn or written.
pub fn run(arguments: &[String], output: &mut dyn Write) -> Outcome {
    match Request::read(arguments)? {
        Request::Help => say(output, HELP),
        Request::List { figure, language } => {
            let content = Content::read(&language)?;
            say(output, &list::list(figure.as_deref(), &content.texts)?)
        }
        Request::Draw(order) => {
            let content = Content::read(&order.language)?;
            let sheet = Sheet::draw(&order, &content)?;
            print::print(&sheet, &order, output)
        }
    }
}

/// Writes `text` to `output`, the standard output.
fn say(output: &mut dyn Write, text: &str) -> Outcome {
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        // A closed pipe is not an error: in `… --list | head` the reader has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("can't write to the standard output: {error}"))
        }
        _ => Ok(()),
    }
}
