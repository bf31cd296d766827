//! The parser of the command line.

use std::path::{Path, PathBuf};

use explainer::figure::POSTER_WIDTHS;
use explainer::plot::Theme;

use crate::Outcome;
use crate::card::SIZE;

/// A request on the command line.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// To print how the command is used.
    Help,
    /// To list figures with their parameters.
    List {
        /// The only figure to list, if one is named.
        figure: Option<String>,
        /// The language of the list.
        language: String,
    },
    /// To draw a picture.
    Draw(Order),
}

/// A picture to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The name of the figure.
    pub figure: String,
    /// The preset to start from.
    pub preset: Option<String>,
    /// The parameters to set after that, as key and value, in order.
    pub settings: Vec<(String, String)>,
    /// The width in CSS pixels.
    pub width: u32,
    /// The theme.
    pub theme: Theme,
    /// The language of its text.
    pub language: String,
    /// The heading of a card, if the picture is to be one; see [`crate::card`].
    pub card: Option<String>,
    /// The destination.
    pub target: Target,
}

/// The destination and format of a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// SVG on the standard output.
    Output,
    /// An SVG file.
    Svg(PathBuf),
    /// A PNG file.
    Png {
        /// The path of the file.
        path: PathBuf,
        /// The number of pixels for each CSS pixel.
        scale: f32,
    },
    /// A PDF file.
    Pdf(PathBuf),
}

/// The options: their names and what they accept.
const OPTIONS: [(&str, &str); 8] = [
    ("--out", "a file that ends in .svg, .png or .pdf, or - for SVG to the standard output"),
    ("--set", "key=value, such as mu=2"),
    ("--preset", "the name of a preset"),
    ("--width", "a whole number of CSS pixels from 200 to 4000"),
    ("--theme", "light or dark"),
    ("--lang", "a language, such as en"),
    ("--scale", "a number of pixels for each CSS pixel from 0.5 to 8"),
    ("--card", "a heading, in quotation marks"),
];

/// The values given to each option, in the order of [`OPTIONS`].
type Given = [Vec<String>; OPTIONS.len()];

/// The value of an option that may be given once.
fn single_value(given: &Given, name: &str) -> Outcome<Option<String>> {
    let place = OPTIONS.iter().position(|(known, _)| *known == name).unwrap_or_default();
    match given[place].as_slice() {
        [] => Ok(None),
        [value] => Ok(Some(value.clone())),
        values => Err(format!("{name} is given {} times; it is taken once.", values.len())),
    }
}

/// A message that names the option and its refused value, and states what it accepts.
fn refusal(name: &str, value: &str) -> String {
    let takes = OPTIONS.iter().find(|(known, _)| *known == name).map_or("something else", |option| option.1);
    format!("{name} {value}: it takes {takes}.")
}

impl Request {
    /// The request in `arguments`.
    ///
    /// # Errors
    ///
    /// A message that names the argument that is not understood and what would be accepted. Figures, presets,
    /// parameters and languages are not looked up here.
    pub fn read(arguments: &[String]) -> Outcome<Self> {
        let mut given = Given::default();
        let mut figure = None;
        let mut list = arguments.is_empty();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            // `--width=800` is equivalent to `--width 800`.
            let (name, attached) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            if let Some(place) = OPTIONS.iter().position(|(known, _)| *known == name) {
                let Some(value) = attached.or_else(|| arguments.next().cloned()) else {
                    return Err(refusal(name, "without a value"));
                };
                given[place].push(value);
            } else if ["--help", "-h"].contains(&name) {
                return Ok(Self::Help);
            } else if name == "--list" {
                list = true;
            } else if name.starts_with('-') {
                let known: Vec<_> = OPTIONS.iter().map(|option| option.0).collect();
                return Err(format!(
                    "There is no option {name}. There are: {}, --list, --help.",
                    known.join(", ")
                ));
            } else if let Some(before) = figure.replace(argument.clone()) {
                return Err(format!("“{before}” and “{argument}” are two figures; one is drawn at a time."));
            }
        }
        let language = single_value(&given, "--lang")?.unwrap_or_else(|| "en".to_owned());
        if list {
            return Ok(Self::List { figure, language });
        }
        let Some(figure) = figure else {
            return Err("no figure is named; cargo xtask figure --list names them all.".to_owned());
        };
        let (width, card) = (single_value(&given, "--width")?, single_value(&given, "--card")?);
        if let (Some(width), Some(_)) = (&width, &card) {
            return Err(format!("--width {width}: every card is {} wide; leave it out.", SIZE.0));
        }
        Ok(Self::Draw(Order {
            card,
            target: target(single_value(&given, "--out")?, single_value(&given, "--scale")?)?,
            settings: settings(&given[1])?,
            preset: single_value(&given, "--preset")?,
            width: self::width(width)?,
            theme: theme(single_value(&given, "--theme")?)?,
            figure,
            language,
        }))
    }
}

fn target(out: Option<String>, scale: Option<String>) -> Outcome<Target> {
    let out = out.ok_or_else(|| refusal("--out", "is missing"))?;
    let path = PathBuf::from(&out);
    let ending = Path::new(&out).extension().map(|ending| ending.to_ascii_lowercase());
    let target = match ending.as_ref().and_then(|ending| ending.to_str()) {
        _ if out == "-" => Target::Output,
        Some("svg") => Target::Svg(path),
        Some("png") => Target::Png { path, scale: number(scale.as_deref())? },
        Some("pdf") => Target::Pdf(path),
        _ => return Err(refusal("--out", &out)),
    };
    match (&target, scale) {
        (Target::Png { .. }, _) | (_, None) => Ok(target),
        (_, Some(scale)) => {
            Err(format!("--scale {scale}: only a PNG has pixels to count; leave it out for {out}."))
        }
    }
}

fn number(scale: Option<&str>) -> Outcome<f32> {
    let Some(text) = scale else { return Ok(2.0) };
    let accepted = text.parse().ok().filter(|scale| (0.5..=8.0).contains(scale));
    accepted.ok_or_else(|| refusal("--scale", text))
}

fn settings(given: &[String]) -> Outcome<Vec<(String, String)>> {
    let split = |text: &String| {
        let (key, value) = text.split_once('=').ok_or_else(|| refusal("--set", text))?;
        Ok((key.trim().to_owned(), value.to_owned()))
    };
    given.iter().map(split).collect()
}

fn width(given: Option<String>) -> Outcome<u32> {
    let Some(text) = given else { return Ok(POSTER_WIDTHS[0] as u32) };
    let accepted = text.parse().ok().filter(|width| (200..=4000).contains(width));
    accepted.ok_or_else(|| refusal("--width", &text))
}

fn theme(given: Option<String>) -> Outcome<Theme> {
    let Some(name) = given else { return Ok(Theme::Light) };
    Theme::ALL.into_iter().find(|theme| theme.name() == name).ok_or_else(|| refusal("--theme", &name))
}
