//! `cargo xtask bench`: the explainer measured against its budgets, in headless Chromium.

mod figures;
mod kernels;
mod start;

use std::fs;
use std::path::Path;

use browser::{Browser, Engine, Links, Site};

use crate::Outcome;
use crate::build::{self, Wanted};
use crate::command::say;
use crate::install::CHROMIUM;
use crate::size::{self, Download};

/// A line of the table: what was measured, the budget, the result, and whether it is within the budget.
struct Line {
    what: String,
    budget: String,
    measured: String,
    within: Option<bool>,
}

impl Line {
    /// A measurement in `unit`, with a budget if there is one.
    fn new(what: impl Into<String>, measured: f64, budget: Option<f64>, unit: &str) -> Self {
        Self {
            what: what.into(),
            budget: budget.map_or_else(|| "—".to_owned(), |budget| format!("{} {unit}", digits(budget))),
            measured: format!("{} {unit}", digits(measured)),
            within: budget.map(|budget| measured <= budget),
        }
    }

    /// This line with a remark beside the result.
    fn note(mut self, note: &str) -> Self {
        self.measured = format!("{} ({note})", self.measured);
        self
    }
}

/// `value` with three significant digits, or with all digits before the point if these are more.
fn digits(value: f64) -> String {
    let decimals = (2 - value.abs().max(1e-3).log10().floor() as i32).clamp(0, 3) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The value below which the fraction `part` of `values` lies. ½ gives the median.
fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = part * (sorted.len().saturating_sub(1)) as f64;
    sorted.get(place.round() as usize).copied().unwrap_or(f64::NAN)
}

/// Builds and measures everything and prints the table. Results over their budget are marked, but are not
/// errors.
pub(crate) fn bench() -> Outcome {
    CHROMIUM.ensure()?;
    let dist = build::build(None, Wanted::Each)?;
    let mut lines = Vec::new();
    say("Weighing the files");
    lines.extend(size::measure(&dist)?.into_iter().map(download_line));
    let site = Site::open(&dist, 0, Links::Followed)?;
    say("Timing the first figure");
    lines.extend(start::measure(&site)?);
    say("Timing changes of the figures");
    lines.extend(figures::measure(&site)?);
    say("Compiling the inner loops to wasm");
    lines.extend(kernels::measure()?);
    print(&lines);
    Ok(())
}

/// The line of a download.
fn download_line(Download { what, weight, limit }: Download) -> Line {
    let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
    let line = Line::new(format!("{what}, brotli"), kilobytes(weight.brotli), limit.map(kilobytes), "KB");
    line.note(&format!("{:.0} KB as it is", kilobytes(weight.plain)))
}

fn print(lines: &[Line]) {
    println!("\n| what | budget | measured | |\n|---|---|---|---|");
    for Line { what, budget, measured, within } in lines {
        let mark = match within {
            Some(true) => "✓",
            Some(false) => "over",
            None => "",
        };
        println!("| {what} | {budget} | {measured} | {mark} |");
    }
    println!(
        "\nTimes are medians unless they say otherwise; Chromium draws without a graphics card here. A machine that does \
         other work too makes them vary by half, and multiplies them under load: the least is then nearest to the truth{}.",
        load_average().map_or_else(String::new, |load| format!(" (load {load} on {} cores)", cores()))
    );
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The load average of the last minute, if the system has one.
fn load_average() -> Option<String> {
    let text = fs::read_to_string(Path::new("/proc/loadavg")).ok()?;
    text.split(' ').next().map(str::to_owned)
}

/// A browser window for measurements only.
fn window() -> Outcome<Browser> {
    Browser::open(Engine::Chromium, 1280, 900)
}
