//! The command line, read.

use std::path::{Path, PathBuf};

use explainer::figure::POSTER_WIDTHS;
use explainer::plot::Theme;

use crate::Outcome;
use crate::card::SIZE;

/// What is asked for.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// How the command is used.
    Help,
    /// The figures there are.
    List {
        /// Only this one.
        figure: Option<String>,
        /// In this language.
        language: String,
    },
    /// A picture.
    Draw(Order),
}

/// A picture that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The figure's name.
    pub figure: String,
    /// The preset to start from.
    pub preset: Option<String>,
    /// The parameters to set then, as key and value, in this order.
    pub settings: Vec<(String, String)>,
    /// How wide, in CSS pixels.
    pub width: u32,
    /// On light or on dark.
    pub theme: Theme,
    /// The language of its words.
    pub language: String,
    /// A heading, if it is to be a card: see [`crate::card`].
    pub card: Option<String>,
    /// Where to.
    pub target: Target,
}

/// Where a picture goes, and as what.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// SVG to the standard output.
    Output,
    /// An SVG file.
    Svg(PathBuf),
    /// A PNG file.
    Png {
        /// Its path.
        path: PathBuf,
        /// How many of its pixels make a CSS pixel.
        scale: f32,
    },
    /// A PDF file.
    Pdf(PathBuf),
}

/// An option's name and what it takes.
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

/// What the options were given, in the order of [`OPTIONS`]; all values of each.
type Given = [Vec<String>; OPTIONS.len()];

/// The value of an option that may be given once, with what it takes.
fn once(given: &Given, name: &str) -> Outcome<Option<String>> {
    let place = OPTIONS.iter().position(|(known, _)| *known == name).unwrap_or_default();
    match given[place].as_slice() {
        [] => Ok(None),
        [value] => Ok(Some(value.clone())),
        values => Err(format!("{name} is given {} times; it is taken once.", values.len())),
    }
}

/// That `name` was given `value`, and what it takes.
fn refused(name: &str, value: &str) -> String {
    let takes = OPTIONS.iter().find(|(known, _)| *known == name).map_or("something else", |option| option.1);
    format!("{name} {value}: it takes {takes}.")
}

impl Request {
    /// What `arguments` ask for.
    ///
    /// # Errors
    ///
    /// If an argument is not understood: a message that names it and what would be accepted. Whether there is such a
    /// figure, preset, parameter or language is not known yet.
    pub fn read(arguments: &[String]) -> Outcome<Self> {
        let mut given = Given::default();
        let mut figure = None;
        let mut list = arguments.is_empty();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            // --width=800 is as good as --width 800.
            let (name, attached) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
                _ => (argument.as_str(), None),
            };
            if let Some(place) = OPTIONS.iter().position(|(known, _)| *known == name) {
                let Some(value) = attached.or_else(|| arguments.next().cloned()) else {
                    return Err(refused(name, "without a value"));
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
        let language = once(&given, "--lang")?.unwrap_or_else(|| "en".to_owned());
        if list {
            return Ok(Self::List { figure, language });
        }
        let Some(figure) = figure else {
            return Err("no figure is named; cargo xtask figure --list names them all.".to_owned());
        };
        let (width, card) = (once(&given, "--width")?, once(&given, "--card")?);
        if let (Some(width), Some(_)) = (&width, &card) {
            return Err(format!("--width {width}: every card is {} wide; leave it out.", SIZE.0));
        }
        Ok(Self::Draw(Order {
            card,
            target: target(once(&given, "--out")?, once(&given, "--scale")?)?,
            settings: settings(&given[1])?,
            preset: once(&given, "--preset")?,
            width: self::width(width)?,
            theme: theme(once(&given, "--theme")?)?,
            figure,
            language,
        }))
    }
}

fn target(out: Option<String>, scale: Option<String>) -> Outcome<Target> {
    let out = out.ok_or_else(|| refused("--out", "is missing"))?;
    let path = PathBuf::from(&out);
    let ending = Path::new(&out).extension().map(|ending| ending.to_ascii_lowercase());
    let target = match ending.as_ref().and_then(|ending| ending.to_str()) {
        _ if out == "-" => Target::Output,
        Some("svg") => Target::Svg(path),
        Some("png") => Target::Png { path, scale: number(scale.as_deref())? },
        Some("pdf") => Target::Pdf(path),
        _ => return Err(refused("--out", &out)),
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
    accepted.ok_or_else(|| refused("--scale", text))
}

fn settings(given: &[String]) -> Outcome<Vec<(String, String)>> {
    let split = |text: &String| {
        let (key, value) = text.split_once('=').ok_or_else(|| refused("--set", text))?;
        Ok((key.trim().to_owned(), value.to_owned()))
    };
    given.iter().map(split).collect()
}

fn width(given: Option<String>) -> Outcome<u32> {
    let Some(text) = given else { return Ok(POSTER_WIDTHS[0] as u32) };
    let accepted = text.parse().ok().filter(|width| (200..=4000).contains(width));
    accepted.ok_or_else(|| refused("--width", &text))
}

fn theme(given: Option<String>) -> Outcome<Theme> {
    let Some(name) = given else { return Ok(Theme::Light) };
    Theme::ALL.into_iter().find(|theme| theme.name() == name).ok_or_else(|| refused("--theme", &name))
}
