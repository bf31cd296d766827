//! How long a change of a figure takes, from the new value to painted pixels.

use browser::Site;
use divergences::figure::registry;
use serde::Deserialize;
use serde_json::json;

use super::{Line, quantile, window};
use crate::Outcome;

/// How many changes are timed of each kind.
const CHANGES: u32 = 240;
/// For 95 of 100 changes, in milliseconds.
const BUDGET: f64 = 8.0;
/// Pixels of the screen to one of CSS: a sharp screen's.
const RATIO: f64 = 2.0;

/// Times of changes, in milliseconds: the model alone, and with it the drawing until its pixels can be read.
#[derive(Deserialize)]
struct Times {
    model: Vec<f64>,
    total: Vec<f64>,
}

/// The time of a change is that of `figure.slide` or `figure.drag`, of `figure.draw` onto the element's own canvas, and of
/// reading one pixel back, which waits until the canvas has painted. What the page does besides (controls, prose, layout)
/// is not in it.
const MEASURE: &str = "
    const [name, count, ratio, kind] = arguments;
    const element = document.querySelector(`divergence-figure[name=\"${name}\"]`);
    const { figure } = element;
    const canvas = element.shadowRoot.querySelector('canvas');
    const context = canvas.getContext('2d');
    const { width } = element;
    const sliders = [...element.shadowRoot.querySelectorAll('[data-slide]')].map((box) => [box.dataset.slide, Number(box.max)]);
    const wave = (index) => 0.5 - 0.5 * Math.cos(index * 0.37);
    const drags = () => {
      const handles = figure.handles(width);
      return handles.length ? (index) => {
        const each = Math.ceil(count / handles.length);
        if (index % each === 0) {
          figure.release();
          figure.reset();
          const held = Math.floor(index / each) % handles.length;
          const { x, y } = figure.handles(width)[held];
          figure.grab(held, x, y, width);
          [figure.heldX, figure.heldY] = [x, y];
        }
        const shift = 60 * Math.sin((index % each) * 0.21);
        return () => figure.drag(figure.heldX + shift, figure.heldY + 0.3 * shift, width);
      } : null;
    };
    const slides = () => sliders.length ? (index) => {
      const [key, last] = sliders[index % sliders.length];
      return () => figure.slide(key, Math.round(last * wave(Math.floor(index / sliders.length))));
    } : null;
    const change = kind === 'drag' ? drags() : slides();
    const times = { model: [], total: [] };
    if (change) {
      for (let index = -20; index < count; index++) {
        const act = change(Math.max(index, 0));
        const begin = performance.now();
        act();
        const modelled = performance.now();
        figure.draw(canvas, width, ratio, 'light');
        context.getImageData(1, 1, 1, 1);
        const painted = performance.now();
        if (index >= 0) {
          times.model.push(modelled - begin);
          times.total.push(painted - begin);
        }
        if (index % 16 === 0) {
          await new Promise(requestAnimationFrame);
        }
      }
    }
    figure.release();
    figure.reset();
    element.invalidate();
    return times;";

/// Times changes by slider and by dragging, of every figure on the page.
pub(super) fn measure(site: &Site) -> Outcome<Vec<Line>> {
    let browser = window()?;
    browser.resize(1280, 900, RATIO)?;
    browser.go(&site.address())?;
    let mut lines = Vec::new();
    for name in registry::names() {
        let find = "
            const element = document.querySelector(`divergence-figure[name=\"${arguments[0]}\"]`);
            element?.scrollIntoView({ block: 'center', behavior: 'instant' });
            return element !== null";
        if !browser.run::<bool>(find, &[json!(name)])? {
            continue;
        }
        let ready = "return document.querySelector(`divergence-figure[name=\"${arguments[0]}\"]`).hasAttribute('ready')";
        browser.wait::<bool>(ready, &[json!(name)])?;
        for (kind, words) in [("slide", "slider"), ("drag", "dragged handle")] {
            let script = format!("return (async function () {{ {MEASURE} }})(...arguments)");
            let times: Times =
                browser.run(&script, &[json!(name), json!(CHANGES), json!(RATIO), json!(kind)])?;
            if times.total.is_empty() {
                continue;
            }
            lines.push(
                Line::new(
                    format!("{name}: a {words}, model to painted pixels, p95 of {CHANGES}"),
                    quantile(&times.total, 0.95),
                    Some(BUDGET),
                    "ms",
                )
                .note(&format!(
                    "p50 {:.1}; model alone p50 {:.1}, p95 {:.1}",
                    quantile(&times.total, 0.5),
                    quantile(&times.model, 0.5),
                    quantile(&times.model, 0.95)
                )),
            );
        }
    }
    Ok(lines)
}
