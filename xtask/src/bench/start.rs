//! The time until the first figure can be used.

use browser::Site;
use serde_json::json;

use super::{Line, quantile, window};
use crate::Outcome;

/// The number of loads that count. One load before them does not.
const LOADS: usize = 5;
/// The factor by which the reader's processor is assumed to be slower than this one.
const THROTTLE: u32 = 4;
/// The budget from the start of the navigation to the figure's `ready`, in milliseconds.
const BUDGET: f64 = 500.0;

/// A script that runs before those of the page and records when the first figure is ready.
const WATCH: &str = "new MutationObserver((_, observer) => {
    if (document.querySelector('divergence-figure[ready]')) {
      window.readyAt = performance.now();
      observer.disconnect();
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['ready'] });";

/// Loads the page without a cache, at full speed and throttled.
pub(super) fn measure(site: &Site) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for (rate, budget) in [(1, None), (THROTTLE, Some(BUDGET))] {
        let browser = window()?;
        browser.devtools("Network.enable", &json!({}))?;
        browser.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": true }))?;
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH }))?;
        browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }))?;
        let mut times = Vec::with_capacity(LOADS);
        for load in 0..=LOADS {
            browser.go(&site.address())?;
            let time: f64 = browser.wait("return window.readyAt", &[])?;
            if load > 0 {
                times.push(time);
            }
        }
        let (least, slowest) = (quantile(&times, 0.0), quantile(&times, 1.0));
        lines.push(
            Line::new(
                format!("first figure interactive, CPU throttled {rate}×, of {LOADS} loads"),
                quantile(&times, 0.5),
                budget,
                "ms",
            )
            .note(&format!("least {least:.0}, slowest {slowest:.0}")),
        );
    }
    Ok(lines)
}
