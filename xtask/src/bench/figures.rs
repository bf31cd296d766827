//! The time from a change of a figure's value to painted pixels.

use browser::Site;
use explainer::book;
use serde::Deserialize;
use serde_json::json;

use super::{Line, quantile, window};
use crate::Outcome;

/// The number of changes of each kind that are timed.
const CHANGES: u32 = 240;
/// The number of changes between two frames of the page.
const BATCH: u32 = 20;
/// The budget for 95 of 100 changes, in milliseconds.
const BUDGET: f64 = 8.0;
/// The pixel ratios, with the budget for each. Headless Chromium's own ratio has a budget. A sharp screen has
/// four times as many pixels, which take a processor without a graphics card longer than they will take a
/// reader's machine.
const RATIOS: [(f64, Option<f64>); 2] = [(1.0, Some(BUDGET)), (2.0, None)];

/// The times of all changes, in milliseconds: of the model alone, and until the pixels of the drawing can be
/// read.
#[derive(Deserialize)]
struct Times {
    model: Vec<f64>,
    total: Vec<f64>,
}

/// The script that times changes. The time is that of `figure.slide` or `figure.drag`, of `figure.draw` onto
/// the element's own canvas, and of reading back one pixel, which waits until the canvas has painted. It does
/// not include what the page does in addition (controls, prose, layout).
const MEASURE: &str = "
    const [name, from, count, ratio, kind] = arguments;
    const element = document.querySelector(`divergence-figure[name=\"${name}\"]`);
    const { figure, width } = element;
    const canvas = element.shadowRoot.querySelector('canvas');
    const context = canvas.getContext('2d');
    const sliders = [...element.shadowRoot.querySelectorAll('[data-slide]')].map((box) => [box.dataset.slide, Number(box.max)]);
    const slide = (index) => {
      const [key, last] = sliders[index % sliders.length];
      figure.slide(key, Math.round(last * (0.5 - 0.5 * Math.cos(index * 0.37))));
    };
    // Each batch of changes drags one handle.
    figure.reset();
    const handles = figure.handles(width);
    const held = handles.length ? (from / count) % handles.length : 0;
    const { x, y } = handles[held] ?? {};
    if (kind === 'drag' && handles.length) {
      figure.grab(held, x, y, width);
    }
    const drag = (index) => {
      const shift = 60 * Math.sin(index * 0.21);
      figure.drag(x + shift, y + 0.3 * shift, width);
    };
    const change = kind === 'drag' ? handles.length && drag : sliders.length && slide;
    const times = { model: [], total: [] };
    for (let index = from; change && index < from + count; index++) {
      const begin = performance.now();
      change(index);
      const modelled = performance.now();
      figure.draw(canvas, width, ratio, 'light');
      context.getImageData(1, 1, 1, 1);
      const painted = performance.now();
      times.model.push(modelled - begin);
      times.total.push(painted - begin);
    }
    figure.release();
    figure.reset();
    element.invalidate();
    await new Promise(requestAnimationFrame);
    return times;";

/// Times changes of every figure on the page, by slider and by dragging.
pub(super) fn measure(site: &Site) -> Outcome<Vec<Line>> {
    let browser = window()?;
    browser.go(&site.address())?;
    let mut lines = Vec::new();
    for (name, (ratio, budget)) in book::names().flat_map(|name| RATIOS.map(|ratio| (name, ratio))) {
        browser.resize(1280, 900, ratio)?;
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
            let mut times = Times { model: Vec::new(), total: Vec::new() };
            let batch = |from: u32| -> Outcome<Times> {
                let given = [json!(name), json!(from), json!(BATCH), json!(ratio), json!(kind)];
                browser.run(&script, &given)
            };
            // The first batches are a warm-up for the browser's compilers, which optimise only what has run
            // for a while.
            for from in (0..CHANGES).step_by(2 * BATCH as usize) {
                batch(from)?;
            }
            for from in (0..CHANGES).step_by(BATCH as usize) {
                let next = batch(from)?;
                times.model.extend(next.model);
                times.total.extend(next.total);
            }
            if times.total.is_empty() {
                continue;
            }
            lines.push(
                Line::new(
                    format!("{name}: a {words}, model to painted pixels at {ratio}×, p95 of {CHANGES}"),
                    quantile(&times.total, 0.95),
                    budget,
                    "ms",
                )
                .note(&format!(
                    "p50 {:.1}, least {:.1}; model alone p50 {:.1}, p95 {:.1}",
                    quantile(&times.total, 0.5),
                    quantile(&times.total, 0.0),
                    quantile(&times.model, 0.5),
                    quantile(&times.model, 0.95)
                )),
            );
        }
    }
    Ok(lines)
}
