//! From Markdown with TeX to HTML with MathML, with live numbers and figures.
//!
//! Extensions of Markdown: `$…$` and `$$…$$` are TeX; `{kl-fit:forward}` is a number that follows a figure; a
//! link to `figure:kl-fit?p=0.5,-1,0.7` sets that figure when it is used; a paragraph `{figure kl-fit}` is
//! the figure itself.

use explainer::book;
use explainer::figure::texts::Texts;
use explainer::figure::{Form, Live, markup};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};
use pulldown_latex::config::{DisplayMode, RenderConfig};

use super::head::quoted;
use crate::Outcome;

/// The setting of a text, which determines how it links to figures and shows them.
pub(super) struct Setting<'a> {
    pub(super) texts: &'a Texts,
    /// The address of a link to a figure in a state. The arguments are its name and the rest of the address,
    /// which are known to be valid.
    pub(super) link: &'a dyn Fn(&str, &str) -> String,
    /// The HTML of the figure with this name.
    pub(super) figure: &'a dyn Fn(&str) -> Outcome<String>,
    /// The figures whose numbers the text may contain. Empty for all figures.
    pub(super) alive: &'a [&'static str],
    /// The label of the link to a heading, in which `{words}` is replaced by the heading. Without it headings
    /// have no links.
    pub(super) anchors: Option<&'a str>,
}

/// A rendered text.
pub(super) struct Prose {
    pub(super) html: String,
    /// Its headings and figures, in order.
    pub(super) landmarks: Vec<Landmark>,
}

/// A heading or a figure.
pub(super) struct Landmark {
    pub(super) id: String,
    /// The text of a heading. `None` for a figure, which has a title.
    pub(super) words: Option<String>,
}

/// Renders `markdown` in `setting`.
pub(super) fn prose(markdown: &str, setting: &Setting<'_>) -> Outcome<Prose> {
    let options = Options::ENABLE_MATH
        | Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut fault = None;
    let mut note = |outcome: Outcome<String>| {
        outcome.unwrap_or_else(|error| {
            fault.get_or_insert(error);
            String::new()
        })
    };
    let mut landmarks = Vec::new();
    // The heading that is open, with its text so far.
    let mut heading: Option<Landmark> = None;
    let mut code = false;
    let mut events = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        let event = match event {
            Event::InlineMath(tex) => inline(note(mathematics(&tex, DisplayMode::Inline))),
            Event::DisplayMath(tex) => inline(note(mathematics(&tex, DisplayMode::Block))),
            Event::Start(Tag::Link { dest_url, title, .. }) if dest_url.starts_with("figure:") => {
                Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: CowStr::from(note(figure_link(&dest_url, setting))),
                    title,
                    id: CowStr::from(""),
                })
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                code = true;
                Event::Start(Tag::CodeBlock(kind))
            }
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                Event::End(TagEnd::CodeBlock)
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                heading = Some(Landmark {
                    id: id.as_deref().unwrap_or_default().to_owned(),
                    words: Some(String::new()),
                });
                Event::Start(Tag::Heading { level, id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => {
                if let (Some(place), Some(anchors)) = (heading.take(), setting.anchors) {
                    events.push(inline(note(anchor(&place, anchors))));
                    landmarks.push(place);
                }
                Event::End(TagEnd::Heading(level))
            }
            Event::Text(text) if !code => {
                if let Some(Landmark { words: Some(words), .. }) = &mut heading {
                    words.push_str(&text);
                }
                inline_parts(&text, setting, &mut landmarks, &mut note)
            }
            other => other,
        };
        events.push(event);
    }
    if let Some(fault) = fault {
        return Err(fault);
    }
    let mut page = String::new();
    html::push_html(&mut page, events.into_iter());
    let page = keep_punctuation(&page);
    // A figure is a block, which must not be inside a paragraph.
    let html = page
        .replace("<p><divergence-figure", "<divergence-figure")
        .replace("</divergence-figure></p>", "</divergence-figure>")
        .replace("<p><div data-place", "<div data-place")
        .replace("</div></p>", "</div>");
    Ok(Prose { html, landmarks })
}

/// The link to a heading inside it, for readers who want to share its address.
fn anchor(heading: &Landmark, words: &str) -> Outcome<String> {
    let own = heading.words.as_deref().unwrap_or_default();
    if heading.id.is_empty() {
        return Err(format!(
            "the heading “{own}” has no name for its address: put one behind it, like {{#short-name}}"
        )
        .into());
    }
    Ok(format!(
        " <a class=\"anchor\" href=\"#{}\" aria-label=\"{}\">#</a>",
        heading.id,
        quoted(&words.replace("{words}", own))
    ))
}

/// Punctuation that must not begin a line.
const MARKS: [char; 15] = [',', '.', ';', ':', '?', ')', '”', '，', '。', '、', '；', '：', '？', '！', '）'];

/// `page` with each formula and the punctuation after it kept on one line, because browsers would break the
/// line there.
fn keep_punctuation(page: &str) -> String {
    let mut made = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<math ") {
        let Some((formula, behind)) = after.split_once("</math>") else { break };
        let mark = &behind[..behind.len() - behind.trim_start_matches(MARKS).len()];
        let (open, close) = if mark.is_empty() || formula.contains("display=\"block\"") {
            ("", "")
        } else {
            ("<span class=\"held\">", "</span>")
        };
        made.extend([before, open, "<math ", formula, "</math>", mark, close]);
        rest = &behind[mark.len()..];
    }
    made + rest
}

fn inline(html: String) -> Event<'static> {
    Event::InlineHtml(CowStr::from(html))
}

/// The MathML of `tex`. The library copies unknown commands to its output without an error, so that the
/// output is checked.
fn mathematics(tex: &str, display_mode: DisplayMode) -> Outcome<String> {
    let storage = pulldown_latex::Storage::new();
    let events: Result<Vec<_>, _> = pulldown_latex::Parser::new(tex, &storage).collect();
    let events = events.map_err(|error| format!("in the formula {tex}: {error}"))?;
    let mut text = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    pulldown_latex::mathml::push_mathml(&mut text, events, config)
        .map_err(|error| format!("in the formula {tex}: {error}"))?;
    if text.contains('\\') || text.contains("merror") {
        return Err(format!("the formula {tex} has a command that can't be rendered").into());
    }
    // The library writes a non-breaking space as a named entity, which XML does not have, and omits the space
    // before `minsize`.
    Ok(text.replace("&nbsp;", "\u{a0}").replace("\"minsize", "\" minsize"))
}

/// The address of a link that sets a figure, such as `figure:kl-fit?rate=0.1`. Fails if the state is not
/// valid.
fn figure_link(url: &str, setting: &Setting<'_>) -> Outcome<String> {
    let rest = url.trim_start_matches("figure:");
    let name = state(rest)?.name();
    Ok((setting.link)(name, &rest[name.len()..]))
}

/// A figure in a state given as text, such as `kl-fit?rate=0.1`.
pub(super) fn state(text: &str) -> Outcome<Live> {
    let (name, query) = text.split_once('?').unwrap_or((text, ""));
    let mut figure = book::make(name).ok_or_else(|| format!("{text}: there is no figure {name}"))?;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or_else(|| format!("{text}: {pair} is no key=value"))?;
        figure.set(key, value).map_err(|problem| format!("{text}: {problem:?}"))?;
    }
    Ok(figure)
}

/// `text` with its live numbers and figures inserted.
fn inline_parts(
    text: &str,
    setting: &Setting<'_>,
    landmarks: &mut Vec<Landmark>,
    note: &mut impl FnMut(Outcome<String>) -> String,
) -> Event<'static> {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        html.push_str(&escape(before));
        let Some((inside, after)) = after.split_once('}') else {
            note(Err(format!("a brace is open in: {text}").into()));
            break;
        };
        html.push_str(&note(match inside.split_once(' ') {
            Some(("figure", name)) => {
                landmarks.push(Landmark { id: name.to_owned(), words: None });
                (setting.figure)(name)
            }
            _ => live_number(inside, setting),
        }));
        rest = after;
    }
    html.push_str(&escape(rest));
    inline(html)
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn live_number(name: &str, setting: &Setting<'_>) -> Outcome<String> {
    let unknown = || format!("{{{name}}} is no live number: it would be {{figure:readout}}");
    let (figure, key) = name.split_once(':').ok_or_else(unknown)?;
    if !setting.alive.is_empty() && !setting.alive.contains(&figure) {
        return Err(format!(
            "{{{name}}}: {figure} does not stand on this page; there are {}",
            setting.alive.join(", ")
        )
        .into());
    }
    let live = book::make(figure).ok_or_else(unknown)?;
    let readouts = live.readouts();
    let readout = readouts.iter().find(|readout| readout.key == key).ok_or_else(unknown)?;
    Ok(format!(
        "<data class=\"live\" data-figure=\"{figure}\" data-readout=\"{key}\" value=\"{}\">{}</data>",
        readout.value,
        escape(&readout.text(setting.texts))
    ))
}

/// The custom element of the figure `name`, with its poster and controls. `styles` is HTML that precedes
/// them.
pub(super) fn figure(name: &str, texts: &Texts, styles: &str, form: Form<'_>) -> Outcome<String> {
    let live = book::make(name).ok_or_else(|| format!("{{figure {name}}}: there is no such figure"))?;
    Ok(format!(
        "<divergence-figure name=\"{name}\" id=\"{name}\" address><template shadowrootmode=\"open\">{styles}\n{}</template></divergence-figure>",
        markup(&live, texts, form)
    ))
}

/// A placeholder for the figure `name`, which is elsewhere in the document until it is shown here.
pub(super) fn place(name: &str) -> String {
    format!("<div data-place=\"{name}\"></div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(markdown: &str) -> Outcome<String> {
        let texts = Texts::parse("unit.nats = nats");
        let setting = Setting {
            texts: &texts,
            link: &|name, state| format!("there.html#{name}{state}"),
            figure: &|name| figure(name, &texts, "", Form::Page),
            alive: &["kl-fit"],
            anchors: Some("Link to {words}"),
        };
        Ok(prose(markdown, &setting)?.html)
    }

    #[test]
    fn headings_have_links_to_themselves() {
        let html = render("## One “target” {#one}\n\nText.").unwrap();
        assert!(html.contains("<h2 id=\"one\">One “target” <a class=\"anchor\" href=\"#one\""), "{html}");
        assert!(html.contains("aria-label=\"Link to One “target”\""), "{html}");
        assert!(render("## One target").unwrap_err().to_string().contains("One target"), "it is named");
    }

    #[test]
    fn links_lead_where_the_figure_stands() {
        let html = render("[x](figure:comparison?shape=boxes)").unwrap();
        assert!(html.contains("href=\"there.html#comparison?shape=boxes\""), "{html}");
    }

    #[test]
    fn mathematics_becomes_mathml() {
        let html = render(r"So $\log 2$.").unwrap();
        assert!(html.contains("<math") && !html.contains('\\'), "{html}");
    }

    #[test]
    fn a_formula_keeps_its_comma() {
        let html = render("If $p$, then $q$ is.").unwrap();
        assert_eq!(html.matches("<span class=\"held\">").count(), 1, "{html}");
        assert!(html.contains("</math>,</span> then"), "{html}");
        let block = render("$$ p, $$ and so on.").unwrap();
        assert!(!block.contains("held"), "{block}");
    }

    #[test]
    fn what_cannot_be_rendered_fails_the_build() {
        for bad in [
            r"$\nosuchcommand{x}$",
            "{kl-fit:no-such-number}",
            "{figure no-such-figure}",
            "{comparison:js}",
            "[x](figure:kl-fit?rate=9e9)",
        ] {
            assert!(render(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_and_figures_are_put_in() {
        let html = render("KL is {kl-fit:forward} here.\n\n{figure kl-fit}\n").unwrap();
        assert!(html.contains("data-readout=\"forward\""), "{html}");
        assert!(html.contains("\n<divergence-figure name=\"kl-fit\""), "a figure is not in a paragraph");
    }
}
