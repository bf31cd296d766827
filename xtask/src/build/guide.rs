//! The teacher's guide and its handout: pages of their own, and parts of the single file.
//!
//! Their Markdown has extensions beyond those of [`prose`]. The build evaluates them: numbers are
//! computed, and a state that does not exist fails the build:
//!
//! - `[words](figure:kl-fit?step=0)` opens the explainer with that figure in that state, `[words](lecture:two-directions)`
//!   the lecture of that chapter, and `[words](lesson:plan.txt)` the lecture in that file beside the Markdown;
//! - `{kl-fit?step=300:reverse}` is a number in that state, and `{kl-fit?:reverse}` in the initial state;
//! - a paragraph `{picture 860 kl-fit?step=0 veil=reverse-optima}` is the figure drawn at that width with that veil,
//!   `{parameters}` a table of all parameters, and `{blank}` a space to write in;
//! - the link address `(handout)` leads to the handout, `(teaching)` to the guide.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use explainer::book;
use explainer::figure::Live;
use explainer::figure::components::{MEANS, SDS};
use explainer::figure::parameter::{Kind, Spec};
use explainer::figure::texts::Texts;
use explainer::lesson;
use explainer::plot::{Theme, number};

use super::assets::{Language, Parts, source};
use super::head::{About, head, quoted};
use super::minify;
use super::place::Place;
use super::prose::{Setting, escape};
use super::words::words;
use super::{data, page, prose};
use crate::Outcome;

/// Marks, within this file, the addresses that open the explainer.
const MARK: &str = "explainer:";

/// The guide and the handout, by the names of their files.
const PARTS: [&str; 2] = ["teaching", "handout"];

/// Writes the guide and the handout of `language` into `folder`.
pub(super) fn write(folder: &Path, language: &Language, parts: &Parts) -> Outcome {
    let guide = Guide::of(language);
    let shell = source("www/guide/guide.html")?;
    for name in PARTS {
        let (file, description) = (format!("{name}.html"), format!("guide.{name}.description"));
        let title = language.texts.get(&format!("guide.{name}.title")).to_owned();
        let about = About {
            file: &file,
            title: &title,
            description: words(language, &description)?,
            picture: "index",
            data: data::guide(language, parts, name)?,
        };
        let head = format!(
            "{}\n<style>{}{}{}</style>",
            head(&about, language, parts),
            parts.page_styles,
            styles()?,
            language.styles
        );
        let content = guide.part(name, Place::Pages, &page::switch(&file, language, &parts.languages))?;
        let description = quoted(about.description);
        let values = [
            ("head", head.as_str()),
            ("title", &title),
            ("description", &description),
            ("content", &content),
        ];
        fs::write(folder.join(&file), page::fill(&shell, language, &values)?)?;
    }
    Ok(())
}

/// The guide and the handout of `language` as parts of the single file, with the links `switch` to other
/// languages.
pub(super) fn within(language: &Language, switch: &str) -> Outcome<String> {
    let guide = Guide::of(language);
    PARTS.into_iter().map(|name| guide.part(name, Place::Within, switch)).collect()
}

/// The styles of the guide.
pub(super) fn styles() -> Outcome<String> {
    Ok(minify::styles(&source("www/guide/guide.css")?))
}

/// A script element that makes the guide's links work in the single file.
pub(super) fn script() -> Outcome<String> {
    Ok(format!("<script>{}</script>\n", page::inlined("www/guide/guide.js", &[])?))
}

/// The sources of guide and handout in one language.
struct Guide {
    /// The folder of their Markdown.
    folder: PathBuf,
    /// The texts of the figures and of the guide.
    texts: Texts,
    /// The name of the language's folder.
    language: String,
}

impl Guide {
    fn of(language: &Language) -> Self {
        let Language { content, texts, tag, .. } = language;
        Self { folder: content.clone(), texts: texts.clone(), language: tag.clone() }
    }

    /// The HTML of `name`, one of [`PARTS`], with the links `switch` to other languages.
    fn part(&self, name: &str, place: Place, switch: &str) -> Outcome<String> {
        let path = self.folder.join(format!("{name}.md"));
        let body = self.html(&read(&path)?, place).map_err(|error| format!("{}: {error}", path.display()))?;
        let others: String = PARTS
            .iter()
            .filter(|other| **other != name)
            .map(|other| {
                let words = self.texts.get(&format!("guide.{other}.title")).to_owned();
                format!("<a href=\"{}\">{}</a>", place.part(other), escape(&words))
            })
            .collect();
        let class = if place == Place::Within { " within" } else { "" };
        let home = place.front();
        Ok(format!(
            "<main class=\"guide {name}{class}\" id=\"{name}\">\n\
             <header><a href=\"{home}\">{}</a>{others}{switch}</header>\n<section>\n{body}</section>\n</main>\n",
            escape(self.texts.get("page.name"))
        ))
    }

    fn html(&self, markdown: &str, place: Place) -> Outcome<String> {
        let setting = Setting {
            texts: &self.texts,
            // `linked` has already replaced the links to figures.
            link: &|name, state| place.figure(name, state, ""),
            figure: &|name| Err(format!("{{figure {name}}}: here it would be {{picture 860 {name}}}").into()),
            alive: &[],
            anchors: None,
        };
        let html = prose::prose(&self.evaluated(&self.linked(markdown, place)?)?, &setting)?.html;
        // Links open the explainer in one other window, so that the guide stays open beside it.
        Ok(html.replace(&format!("<a href=\"{MARK}"), "<a target=\"explainer\" href=\""))
    }

    /// `markdown` with the addresses of its links resolved.
    fn linked(&self, markdown: &str, place: Place) -> Outcome<String> {
        let mut made = String::with_capacity(markdown.len());
        let mut rest = markdown;
        while let Some((before, after)) = rest.split_once("](") {
            let (url, behind) = after.split_once(')').ok_or("a link is open")?;
            let url = match url.split_once(':') {
                Some(("figure", state)) => MARK.to_owned() + &state_address(place, state)?,
                Some(("lecture", slug)) if book::chapters().any(|chapter| chapter.slug == slug) => {
                    let there = if place == Place::Within { format!("#{slug}") } else { String::new() };
                    format!("{MARK}{}?view=lecture{there}", place.file(slug))
                }
                Some(("lesson", file)) => MARK.to_owned() + &self.lesson_address(place, file)?,
                None if PARTS.contains(&url) => place.part(url),
                None if url.starts_with('#') => url.to_owned(),
                _ => return Err(format!("{url}: no such link").into()),
            };
            let url = if place == Place::Within { self.in_language(&url) } else { url };
            let _ = write!(made, "{before}]({url})");
            rest = behind;
        }
        made.push_str(rest);
        Ok(made)
    }

    /// `url`, which leads to the single file, with a parameter for the language in which that opens.
    fn in_language(&self, url: &str) -> String {
        url.replacen('?', &format!("?lang={}&", self.language), 1).replacen("&#", "#", 1)
    }

    /// An address that contains the whole lecture of `file`, which must have no fault.
    fn lesson_address(&self, place: Place, file: &str) -> Outcome<String> {
        let text = read(&self.folder.join(file))?;
        if let Some(fault) = lesson::read(&text).faults.first() {
            return Err(format!("{file}: {}", fault.message(&self.texts)).into());
        }
        let home = if place == Place::Pages { place.front() } else { "" };
        Ok(format!("{home}?view=lecture#lecture={}", encode(text.trim())))
    }

    /// `markdown` with the expressions in braces evaluated that this file defines.
    fn evaluated(&self, markdown: &str) -> Outcome<String> {
        let mut made = String::with_capacity(markdown.len());
        let mut rest = markdown;
        while let Some((before, after)) = rest.split_once('{') {
            made.push_str(before);
            let (inside, behind) = after.split_once('}').ok_or("a brace is open")?;
            match (inside.split_once(' '), inside.split_once('?')) {
                (Some(("picture", what)), _) => made.push_str(&self.picture(what)?),
                (_, Some((figure, _))) if book::make(figure).is_some() => {
                    made.push_str(&self.number(inside)?);
                }
                _ if inside == "parameters" => made.push_str(&self.parameters()),
                _ if inside == "blank" => made.push_str("<span class=\"blank\"></span>"),
                _ => {
                    let _ = write!(made, "{{{inside}}}");
                }
            }
            rest = behind;
        }
        made.push_str(rest);
        Ok(made)
    }

    /// The value of `kl-fit?step=300:reverse`, a number in a state.
    fn number(&self, text: &str) -> Outcome<String> {
        let (state, key) = text.rsplit_once(':').ok_or_else(|| format!("{{{text}}} names no number"))?;
        let figure = prose::state(state)?;
        let readouts = figure.readouts();
        let readout = readouts.iter().find(|readout| readout.key == key);
        let readout = readout.ok_or_else(|| format!("{{{text}}}: no number {key}"))?;
        let digits = readout.digits(&self.texts);
        Ok(readout.text(&self.texts).replacen(&digits, &without_zeros(&digits, readout.value), 1))
    }

    /// The drawing for `860 kl-fit?step=0`, a figure in a state, on paper.
    fn picture(&self, text: &str) -> Outcome<String> {
        let wrong = || format!("{{picture {text}}}: it would be a width, a state, and what is veiled in it");
        let (width, state) = text.split_once(' ').ok_or_else(wrong)?;
        let width: u32 = width.parse().map_err(|_| wrong())?;
        let (state, veil) = state.split_once(" veil=").unwrap_or((state, ""));
        let mut figure = prose::state(state)?;
        if let Some(problem) = figure.ask(veil, "", "", &self.texts).first() {
            return Err(format!("{{picture {text}}}: {problem}").into());
        }
        let svg = figure.svg(f64::from(width), Theme::Light, false, &self.texts);
        // The background is removed, because paper is already white.
        let ground = svg.find("<rect width=\"100%\"").ok_or("a drawing without a background")?;
        let end = ground + svg[ground..].find('\n').ok_or("a background without an end")?;
        Ok(format!("<div class=\"picture\">{}{}</div>", &svg[..ground], svg[end + 1..].trim_end()))
    }

    /// The tables of all figures' parameters, presets and readouts.
    fn parameters(&self) -> String {
        book::names().filter_map(book::make).map(|figure| self.parameters_of(&figure)).collect()
    }

    fn parameters_of(&self, figure: &Live) -> String {
        let (name, texts) = (figure.name(), &self.texts);
        let word = |key: &str| escape(texts.get(&format!("guide.parameters.{key}")));
        let own = |key: &str| escape(texts.get(&format!("{name}.{key}")));
        let start = word("start");
        let rows: String = figure
            .specs()
            .iter()
            .map(|spec| {
                let key = spec.key;
                let called = texts.parameter(name, key);
                format!(
                    "<tr data-figure=\"{name}\" data-parameter=\"{key}\"><th scope=\"row\"><code>{key}</code></th>\
                     <td>{}</td><td>{}</td><td data-label=\"{start}\"><code>{}</code></td></tr>\n",
                    escape(&called),
                    self.accepts(spec),
                    escape(&figure.get(key).unwrap_or_default())
                )
            })
            .collect();
        let code = |name: &str| format!("<code>{name}</code>");
        let list = |key: &str, items: Vec<String>| {
            texts.fill(&format!("guide.parameters.{key}"), &[("list", texts.list(items))])
        };
        let presets = figure.presets().iter().map(|preset| {
            let words = own(&format!("preset.{}", preset.name));
            texts.fill("guide.parameters.preset", &[("name", code(preset.name)), ("words", words)])
        });
        let readouts = figure.readouts();
        let readouts = readouts.iter().map(|readout| code(readout.key));
        format!(
            "<div class=\"parameters\"><h3 id=\"parameters-{name}\">{} <code>{name}</code></h3>\n\
             <table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
             <th scope=\"col\">{}</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n\
             <p data-presets=\"{name}\">{}</p>\n<p data-readouts=\"{name}\">{}</p></div>\n",
            own("title"),
            word("key"),
            word("control"),
            word("takes"),
            start,
            list("presets", presets.collect()),
            list("readouts", readouts.collect()),
        )
    }

    /// A description of what a parameter accepts.
    fn accepts(&self, spec: &Spec) -> String {
        let plain = |value: f64| number::plain(value);
        let (key, values) = match spec.kind {
            Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
                ("number", vec![("least", plain(least)), ("most", plain(most))])
            }
            Kind::Count { most } => ("count", vec![("most", most.to_string())]),
            Kind::Choice(words) => ("choice", vec![("choices", words.join(", "))]),
            Kind::Components { most } => {
                let ends = [("mean", MEANS), ("width", SDS)];
                let mut values = vec![("most", most.to_string())];
                values.extend(ends.map(|(name, ends)| {
                    (
                        name,
                        self.texts.fill(
                            "guide.accepts.range",
                            &[("least", plain(*ends.start())), ("most", plain(*ends.end()))],
                        ),
                    )
                }));
                ("components", values)
            }
            Kind::Weights { least, most } => {
                let key = if least == most { "weights.fixed" } else { "weights" };
                (key, vec![("least", least.to_string()), ("most", most.to_string())])
            }
        };
        escape(&self.texts.fill(&format!("guide.accepts.{key}"), &values))
    }
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// `digits` without trailing zeros after the point, if `value` is exact without them: 2 for 2.000.
fn without_zeros(digits: &str, value: f64) -> String {
    let short = digits.trim_end_matches('0').trim_end_matches('.');
    let read = short.replace('−', "-").parse::<f64>();
    let same = digits.contains('.') && read.is_ok_and(|read| (read - value).abs() < 1e-9);
    if same { short } else { digits }.to_owned()
}

/// The address of a figure in a state: `kl-fit?step=0` becomes `two-directions.html?kl-fit.step=0#kl-fit`.
fn state_address(place: Place, state: &str) -> Outcome<String> {
    let figure = prose::state(state)?;
    let name = figure.name();
    let slug = book::chapter_of(name).map_or("", |chapter| chapter.slug);
    let pairs: Vec<_> =
        figure.changed().into_iter().map(|(key, value)| format!("{name}.{key}={value}")).collect();
    // Without a query the single file would show the guide again.
    Ok(format!("{}?{}#{name}", place.file(slug), pairs.join("&")))
}

/// `text` encoded as part of an address. Characters that are allowed stay readable.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(2 * text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'_'
            | b'.'
            | b','
            | b';'
            | b'='
            | b':'
            | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::root;

    /// The texts of the guide in the language of `folder`.
    fn words(folder: &Path) -> String {
        explainer::content::words(folder).unwrap() + &read(&folder.join("guide.txt")).unwrap()
    }

    fn guide() -> Guide {
        let language = root().join("www/content/en");
        let texts = words(&language);
        Guide { folder: language, texts: Texts::parse(&texts), language: "en".to_owned() }
    }

    fn html(markdown: &str, place: Place) -> Outcome<String> {
        guide().html(markdown, place)
    }

    #[test]
    fn links_open_the_explainer_in_a_state() {
        let markdown = "[x](figure:kl-fit?step=0&mu=-2) [y](lecture:two-directions) [z](handout)";
        let pages = html(markdown, Place::Pages).unwrap();
        assert!(
            pages.contains("href=\"two-directions.html?kl-fit.mu=-2&amp;kl-fit.step=0#kl-fit\""),
            "{pages}"
        );
        assert!(pages.contains("target=\"explainer\" href=\"two-directions.html?view=lecture\""), "{pages}");
        assert!(pages.contains("href=\"handout.html\""), "{pages}");
        let within = html(markdown, Place::Within).unwrap();
        assert!(within.contains("href=\"?lang=en&amp;kl-fit.mu=-2&amp;kl-fit.step=0#kl-fit\""), "{within}");
        assert!(within.contains("href=\"#handout\""), "{within}");
    }

    #[test]
    fn what_does_not_exist_fails_the_build() {
        for bad in [
            "[x](figure:no-such-figure)",
            "[x](figure:kl-fit?rate=9e9)",
            "[x](figure:kl-fit?nothing=1)",
            "[x](lecture:no-such-chapter)",
            "[x](lesson:no-such-file.txt)",
            "[x](elsewhere)",
            "[x](https://example.org)",
            "{kl-fit?step=300:no-such-number}",
            "{kl-fit?step=301:reverse}",
            "{no-such-placeholder}",
            "{picture kl-fit}",
            "{picture 700 no-such-figure}",
            "{picture 700 kl-fit veil=nothing}",
        ] {
            assert!(html(bad, Place::Pages).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_are_of_their_state() {
        let made = html("{disjoint-supports?theta=3:w1} and {disjoint-supports?:w1}", Place::Pages).unwrap();
        assert_eq!(made, "<p>3 and 1.6</p>\n", "both numbers");
        assert_eq!(without_zeros("1.000", 1.000_1), "1.000", "not quite 1");
        assert_eq!(without_zeros("10", 10.0), "10", "no decimals");
    }

    #[test]
    fn braces_in_code_are_left_alone() {
        let made = html("    kl-fit\n    KL is {reverse}.\n", Place::Pages).unwrap();
        assert!(made.contains("KL is {reverse}."), "{made}");
    }

    #[test]
    fn every_parameter_preset_and_number_is_listed() {
        let made = html("{parameters}", Place::Pages).unwrap();
        for figure in book::names().filter_map(book::make) {
            for spec in figure.specs() {
                let row = format!("data-figure=\"{}\" data-parameter=\"{}\"", figure.name(), spec.key);
                assert_eq!(made.matches(&row).count(), 1, "{row}");
            }
            for name in figure.presets().iter().map(|preset| preset.name) {
                assert!(made.contains(&format!("<code>{name}</code>")), "{name}");
            }
            for readout in figure.readouts() {
                assert!(made.contains(&format!("<code>{}</code>", readout.key)), "{}", readout.key);
            }
        }
        assert!(!made.contains("guide."), "every text is there: {made}");
        assert!(!made.contains('{'), "every text is filled: {made}");
    }

    #[test]
    fn a_picture_is_drawn_without_its_background() {
        let made = html("{picture 700 comparison}", Place::Pages).unwrap();
        assert!(made.contains("<svg") && made.contains("<path"), "a drawing");
        assert!(!made.contains("width=\"100%\""), "paper is white");
    }

    #[test]
    fn a_lecture_travels_in_its_address() {
        let text = "kl-fit p=1,0,1\nWhat is D(p‖q)?\n";
        assert_eq!(
            encode(text.trim()),
            "kl-fit+p=1,0,1%0AWhat+is+D%28p%E2%80%96q%29%3F",
            "as a browser would decode it"
        );
    }

    #[test]
    fn the_lectures_that_are_given_as_examples_have_no_fault() {
        let mut read_so_far = 0;
        for path in ["docs/lessons.md", "www/content/en/teaching.md"] {
            let text = source(path).unwrap();
            for example in text.split("```\n").filter(|block| block.starts_with("title:")) {
                let lesson = lesson::read(example);
                assert_eq!(lesson.faults, [], "{path}: {example}");
                assert!(lesson.screens.len() > 1, "{path}: {example}");
                read_so_far += 1;
            }
        }
        assert_eq!(read_so_far, 2, "one in either");
    }

    #[test]
    fn both_can_be_written_in_every_language() {
        for entry in fs::read_dir(root().join("www/content")).unwrap() {
            let folder = entry.unwrap().path();
            if !folder.is_dir() {
                continue;
            }
            let texts = words(&folder);
            let language = folder.file_name().unwrap().display().to_string();
            let guide = Guide { folder, texts: Texts::parse(&texts), language };
            for (name, place) in
                PARTS.into_iter().flat_map(|name| [(name, Place::Pages), (name, Place::Within)])
            {
                let part = guide.part(name, place, "").unwrap();
                assert!(part.contains("<h1>"), "{name} has a title");
            }
        }
    }
}
