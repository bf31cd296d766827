//! A figure drawn in a requested state.

use explainer::book;
use explainer::figure::Live;
use explainer::figure::texts::Texts;

use explainer::figure::Tick;

use crate::Outcome;
use crate::card;
use crate::content::Content;
use crate::request::Order;

/// A drawn figure.
pub struct Sheet {
    /// The drawing, as the page saves it.
    pub svg: String,
    /// The width in CSS pixels.
    pub width: f32,
    /// The height in CSS pixels.
    pub height: f32,
    /// The title of the figure.
    pub title: String,
    /// The state of the figure in a sentence or two, for readers who do not see it.
    pub summary: String,
    /// The language of its text.
    pub language: String,
}

/// The figure `name`.
///
/// # Errors
///
/// A message that lists the figures if there is no figure `name`.
pub fn figure(name: &str, texts: &Texts) -> Outcome<Live> {
    book::make(name).ok_or_else(|| {
        let names: Vec<_> = book::names().collect();
        texts.fill("problem.figure", &[("name", name.to_owned()), ("names", names.join(", "))])
    })
}

impl Sheet {
    /// Draws `order` with the texts of `content`.
    ///
    /// # Errors
    ///
    /// A message if there is no such figure, preset or parameter, or if a parameter does not accept its
    /// value.
    pub fn draw(order: &Order, content: &Content) -> Outcome<Self> {
        let texts = &content.texts;
        let mut live = figure(&order.figure, texts)?;
        if let Some(name) = &order.preset
            && !live.apply_preset(name)
        {
            let names: Vec<_> = live.presets().iter().map(|preset| preset.name).collect();
            let (figure, names) = (live.name(), names.join(", "));
            return Err(format!("--preset {name}: {figure} has no such preset. There are: {names}."));
        }
        for (key, value) in &order.settings {
            live.set(key, value).map_err(|problem| problem.message(texts, live.specs()))?;
        }
        // The axes go where they would be on the page a moment later.
        while live.tick(f64::INFINITY) == Tick::Moving {}
        if let Some(heading) = &order.card {
            return Ok(Self {
                svg: card::card(&live, heading, order.theme, texts),
                width: card::SIZE.0 as f32,
                height: card::SIZE.1 as f32,
                title: heading.clone(),
                summary: live.summary(texts),
                language: content.language.clone(),
            });
        }
        let width = f64::from(order.width);
        Ok(Self {
            svg: live.svg(width, order.theme, false, texts),
            width: width as f32,
            height: live.height(width) as f32,
            title: texts.get(&format!("{}.title", live.name())).to_owned(),
            summary: live.summary(texts),
            language: content.language.clone(),
        })
    }
}
