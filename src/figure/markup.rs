//! The HTML of a figure: its drawing area, its poster, its controls.
//!
//! The page's build writes it into the HTML, so that nothing moves when the wasm arrives. The custom element
//! asks for the same text on pages without such a build. Scripts find what to listen to by `data-`
//! attributes, never by position.

use std::fmt::Write;

use super::parameter::{Kind, Spec};
use super::texts::Texts;
use super::weights::outcome_name;
use super::{Live, sound};
use crate::decimal;
use crate::plot::{Theme, escape};

/// The widths at which posters are drawn, for desktops and for phones.
pub const POSTER_WIDTHS: [f64; 2] = [1076.0, 343.0];

/// The parts of a figure that an author can hide, in addition to the controls of its parameters.
pub const PARTS: [&str; 11] =
    ["play", "reset", "presets", "sound", "save", "embed", "more", "numbers", "caption", "handles", "table"];

/// The destination of a figure's HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// A page: with a poster, which is shown until the figure runs, or for ever without a script.
    Page,
    /// Like `Page`, for a figure further down. Its controls are in a `<template>`, from which the element
    /// takes them when it is near the window. Browsers search a loaded page for forms to fill in, and lay out
    /// everything around each of them.
    Far,
    /// Like `Far`, with posters that are loaded from these addresses, one for each of [`POSTER_WIDTHS`], when
    /// the figure is near the window.
    Apart([&'a str; 2]),
    /// An element that is about to run. It has neither a poster nor style attributes, because the security
    /// policy of a host page may forbid them.
    Element,
}

/// The HTML of `figure` in its present state.
///
/// Everything that an author can hide has the attribute `data-part`: a parameter's key, or one of [`PARTS`].
#[must_use]
pub fn markup(figure: &Live, texts: &Texts, form: Form<'_>) -> String {
    let name = figure.name();
    let word = |key: &str| escape(texts.get(key));
    let own = |key: &str| escape(texts.get(&format!("{name}.{key}")));
    // The language is stated, because the page around the figure may be in another one.
    let mut html =
        format!("<figure lang=\"{}\" aria-label=\"{}\">\n", word("page.language.tag"), own("title"));

    let _ =
        writeln!(html, "<button type=\"button\" class=\"skip\" data-skip>{}</button>", word("control.skip"));
    html.push_str("<div class=\"stage\">");
    if form != Form::Element {
        for (index, class) in ["wide", "narrow"].into_iter().enumerate() {
            let width = POSTER_WIDTHS[index];
            // Its height is the stage's until the figure lives.
            let poster = match form {
                Form::Apart(addresses) => format!(
                    "<img src=\"{}\" alt=\"\" loading=\"lazy\" height=\"{}\">",
                    addresses[index],
                    decimal::write(figure.height(width).round())
                ),
                _ => figure.svg(width, Theme::Light, true, texts),
            };
            let _ = write!(html, "<div class=\"poster {class}\">{poster}</div>");
        }
    }
    let _ = writeln!(
        html,
        "<canvas aria-hidden=\"true\"></canvas><div class=\"handles\" data-part=\"handles\" role=\"group\" aria-label=\"{}\"></div></div>",
        word("control.handles")
    );
    let _ = writeln!(
        html,
        "<p class=\"aside\" data-summary role=\"status\">{}</p>\n<div role=\"alert\"><ul class=\"problems\"></ul></div>",
        escape(&figure.summary(texts))
    );

    let (pack, unpack) =
        if matches!(form, Form::Far | Form::Apart(_)) { ("<template>", "</template>") } else { ("", "") };
    let _ = write!(html, "<div class=\"controls\">{pack}<div class=\"buttons\">");
    if figure.steps().is_some() {
        let _ = write!(
            html,
            "<button type=\"button\" class=\"play\" data-play data-part=\"play\" data-words=\"{0}|{1}\">{0}</button>\
             <button type=\"button\" data-step data-part=\"play\">{2}</button>",
            word("control.play"),
            word("control.pause"),
            word("control.step")
        );
    }
    let _ = write!(
        html,
        "<button type=\"button\" data-reset data-part=\"reset\">{}</button></div>\n<div class=\"front row\">",
        word("control.reset")
    );
    for spec in figure.specs().iter().filter(|spec| spec.is_front()) {
        control(&mut html, figure, spec, texts);
    }
    html.push_str("</div>\n");
    if figure.presets().len() > 1 {
        let _ = write!(
            html,
            "<div class=\"chips\" data-part=\"presets\" role=\"toolbar\" aria-label=\"{}\">",
            word("control.presets")
        );
        let current = figure.current_preset();
        for (index, preset) in figure.presets().iter().enumerate() {
            let pressed = current == Some(preset.name);
            // All presets together are one tab stop.
            let stop = if current.is_some() { pressed } else { index == 0 };
            let _ = write!(
                html,
                "<button type=\"button\" data-preset=\"{}\" aria-pressed=\"{pressed}\" tabindex=\"{}\">{}</button>",
                preset.name,
                if stop { 0 } else { -1 },
                own(&format!("preset.{}", preset.name))
            );
        }
        html.push_str("</div>\n");
    }

    html.push_str("<div class=\"folds\">");
    let more: Vec<_> = figure.specs().iter().filter(|spec| !spec.is_front()).collect();
    if !more.is_empty() {
        let _ = write!(
            html,
            "<details class=\"more\" data-part=\"more\"><summary>{}</summary><div class=\"row\">",
            word("control.more")
        );
        for spec in more {
            control(&mut html, figure, spec, texts);
        }
        html.push_str("</div></details>");
    }
    let _ = write!(
        html,
        "<details class=\"more\" data-part=\"numbers\" data-numbers><summary>{}</summary><div class=\"numbers\"></div></details>",
        word("control.numbers")
    );
    let [numbers, curves] = sound::about(figure, texts).map(|text| escape(&text));
    let _ = write!(
        html,
        "<div class=\"away\"><details class=\"menu\" name=\"menu\" data-part=\"sound\"><summary>{}</summary><div>\
         <button type=\"button\" data-sound=\"changes\" aria-pressed=\"false\">{}</button><p>{numbers}</p>\
         <button type=\"button\" data-sound=\"curves\">{}</button><p>{curves}</p></div></details>\
         <details class=\"menu\" name=\"menu\" data-part=\"save\"><summary>{}</summary><div>",
        word("control.sound"),
        word("control.sound.changes"),
        word("control.sound.curves"),
        word("control.save")
    );
    for kind in ["svg", "png", "csv", "html"] {
        let label = word(&format!("control.save.{kind}"));
        let _ = write!(html, "<button type=\"button\" data-save=\"{kind}\">{label}</button>");
    }
    let _ = write!(
        html,
        "</div></details><button type=\"button\" data-embed data-part=\"embed\">{}</button></div>",
        word("control.embed")
    );
    html.push_str("</div>");
    let grid = figure.grid(texts).map(|grid| grid.html(texts)).unwrap_or_default();
    let _ = writeln!(
        html,
        "{unpack}</div>\n<figcaption data-part=\"caption\">{}</figcaption></figure>{grid}<span class=\"end\" tabindex=\"-1\" data-end></span>",
        own("caption")
    );
    html
}

/// The control of one parameter.
fn control(html: &mut String, figure: &Live, spec: &Spec, texts: &Texts) {
    let Spec { key, kind, .. } = *spec;
    let word = |key: &str| texts.parameter(figure.name(), key);
    let label = word(key);
    let value = figure.get(key).unwrap_or_default();
    match kind {
        Kind::Choice(words) => {
            let _ = write!(
                html,
                "<label class=\"choice\" data-part=\"{key}\"><span>{}</span><select data-set=\"{key}\">",
                escape(&label)
            );
            let label_of = |choice: &str| word(&format!("{key}.{choice}"));
            for word in words {
                let chosen = if *word == value { " selected" } else { "" };
                let text = escape(&label_of(word));
                let _ = write!(html, "<option value=\"{word}\"{chosen}>{text}</option>");
            }
            html.push_str("</select></label>");
        }
        Kind::Components { .. } | Kind::Weights { .. } => {
            let class = if let Kind::Weights { .. } = kind { "weights" } else { "components" };
            let _ = write!(
                html,
                "<fieldset class=\"{class}\" data-part=\"{key}\"><legend>{}</legend><div data-rows=\"{key}\">{}</div>",
                escape(&label),
                rows(figure, key, texts)
            );
            let add = match kind {
                Kind::Weights { least, most } if least == most => None,
                Kind::Weights { .. } => Some("control.outcome.add"),
                _ => Some("control.component.add"),
            };
            if let Some(add) = add {
                let _ = write!(
                    html,
                    "<button type=\"button\" data-set=\"{key}.add\">{}</button>",
                    escape(texts.get(add))
                );
            }
            html.push_str("</fieldset>");
        }
        Kind::Number { .. } | Kind::Positive { .. } | Kind::Count { .. } => {
            let last = kind.positions().unwrap_or_default();
            let position = kind.position_of(&value).unwrap_or_default();
            let boxed = texts.fill("control.value", &[("name", label.clone())]);
            let label = escape(&label);
            let _ = write!(
                html,
                "<div class=\"slider\" data-part=\"{key}\"><label><span>{label}</span><input type=\"range\" min=\"0\" max=\"{last}\" \
                 value=\"{position}\" data-slide=\"{key}\" aria-valuetext=\"{value}\"></label>\
                 <input type=\"text\" inputmode=\"{}\" autocomplete=\"off\" value=\"{value}\" data-set=\"{key}\" \
                 aria-label=\"{}\"></div>",
                kind.keyboard(),
                escape(&boxed)
            );
        }
    }
}

/// The controls of each component of the mixture `key`, or of each outcome of the weights `key`.
#[must_use]
pub fn rows(figure: &Live, key: &str, texts: &Texts) -> String {
    let mut html = String::new();
    let kind = figure.specs().iter().find(|spec| spec.key == key).map(|spec| spec.kind);
    let count = figure.count(key).unwrap_or_default();
    for index in 0..count {
        match kind {
            Some(Kind::Components { .. }) => component_row(&mut html, figure, key, index, count, texts),
            Some(Kind::Weights { least, .. }) => {
                weight_row(&mut html, figure, key, index, count > least, texts);
            }
            _ => {}
        }
    }
    html
}

/// A labelled number box for the part `key` of a parameter. It is read-only if `fixed`.
fn part_box(html: &mut String, figure: &Live, key: &str, label: &str, fixed: bool) {
    // Of the parts of a component or an outcome only means may be below 0; see `Kind::keyboard`.
    let keyboard = if key.ends_with(".mean") { "text" } else { "decimal" };
    let _ = write!(
        html,
        "<label><span>{}</span><input type=\"text\" inputmode=\"{keyboard}\" autocomplete=\"off\" data-set=\"{key}\" \
         value=\"{}\"{}></label>",
        escape(label),
        figure.get(key).unwrap_or_default(),
        if fixed { " readonly" } else { "" }
    );
}

fn component_row(html: &mut String, figure: &Live, key: &str, index: usize, count: usize, texts: &Texts) {
    let name = texts.fill("control.component", &[("number", (index + 1).to_string())]);
    let _ = write!(html, "<div class=\"component\" role=\"group\" aria-label=\"{}\">", escape(&name));
    // A single component has no weight to set.
    for part in if count > 1 { &["weight", "mean", "sd"][..] } else { &["mean", "sd"] } {
        let label = texts.get(&format!("control.component.{part}")).to_owned();
        part_box(html, figure, &format!("{key}.{index}.{part}"), &label, false);
    }
    if count > 1 {
        let _ = write!(
            html,
            "<button type=\"button\" data-set=\"{key}.{index}.remove\">{}</button>",
            escape(texts.get("control.component.remove"))
        );
    }
    html.push_str("</div>");
}

/// An open and a closed padlock, of which styles show one.
const PADLOCK: &str = "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path class=\"open\" d=\"M5 7V4.5a3 3 0 0 1 6 0\"/>\
    <path class=\"closed\" d=\"M5 7V5a3 3 0 0 1 6 0v2\"/><rect x=\"3\" y=\"7\" width=\"10\" height=\"7\" rx=\"1.5\"/></svg>";

fn weight_row(html: &mut String, figure: &Live, key: &str, index: usize, removable: bool, texts: &Texts) {
    let outcome = outcome_name(figure.name(), index, texts);
    let words = [("outcome", outcome.clone())];
    let said = |text: &str| escape(&texts.fill(text, &words));
    let _ = write!(html, "<div class=\"weight\" role=\"group\" aria-label=\"{}\">", said("control.outcome"));
    let lock = format!("{key}.{index}.lock");
    let locked = figure.get(&lock).unwrap_or_default();
    part_box(html, figure, &format!("{key}.{index}.share"), &outcome, locked == "true");
    let _ = write!(
        html,
        "<button type=\"button\" class=\"lock\" data-set=\"{lock}\" aria-pressed=\"{locked}\" aria-label=\"{}\">{PADLOCK}</button>",
        said("control.outcome.lock")
    );
    if removable {
        let _ = write!(
            html,
            "<button type=\"button\" class=\"remove\" data-set=\"{key}.{index}.remove\" aria-label=\"{}\">×</button>",
            said("control.outcome.remove")
        );
    }
    html.push_str("</div>");
}
