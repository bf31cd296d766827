//! The inner loops in wasm, compared with the same mathematics in plain JavaScript, `benches/baseline.js`.

use std::fs;

use browser::{Browser, Links, Site};
use serde_json::json;

use super::{Line, digits, quantile, window};
use crate::Outcome;
use crate::build::wasm::compile;
use crate::command::{root, say};

/// The number of timings of each side, which take turns. The median counts.
const ROUNDS: usize = 15;
/// The length of one timing in milliseconds. It is a large multiple of the resolution of the browser's clock.
const LENGTH: f64 = 12.0;
/// The length of the warm-up before that, in milliseconds. A browser compiles wasm and JavaScript twice: at
/// first quickly, and later, in the background, with optimisation. Calls are as short as possible, because a
/// call in progress stays in the first code, which is several times as slow.
const WARM_UP: f64 = 300.0;
/// The budget for one gradient of a smooth divergence, in microseconds.
const GRADIENT: f64 = 4.0;
/// The greatest difference between the gradients of both sides, relative to the larger component.
const TOLERANCE: f64 = 1e-8;

const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">
<script src=\"bench_wasm.js\"></script>
<script type=\"module\">
import * as baseline from './baseline.js';
await wasm_bindgen({ module_or_path: 'bench.wasm' });
const { p, q } = baseline.histograms();
window.wasm = new wasm_bindgen.Bench(Float64Array.from(baseline.target.flat()), p, q);
window.names = wasm_bindgen.names();
window.baseline = baseline;
const { mean, sd } = baseline.model;
// A χ² may be infinite at the model of the other divergences, so that both sides use a narrower one for it.
window.sdOf = (name) => (name === 'reverseChiSquared' ? 1.2 : sd);
window.call = {
  wasm: (name, repeats) => (name in wasm ? wasm[name](repeats) : wasm.gradients(name, mean, sdOf(name), repeats)),
  js: (name, repeats) => baseline.benchmarks[name](repeats).checksum,
};
// Returns the time of one call in microseconds.
window.time = (side, name, repeats) => {
  const begin = performance.now();
  const sum = call[side](name, repeats);
  const time = (performance.now() - begin) / repeats * 1e3;
  if (!Number.isFinite(sum)) throw new Error(`${side}: ${name} gives ${sum}`);
  return time;
};
</script>";

/// A calculation: its name on both sides, its description, and its budget in microseconds.
struct Kernel {
    name: String,
    words: String,
    budget: Option<f64>,
}

/// Compiles the loops, checks that both sides agree, and times them.
pub(super) fn measure() -> Outcome<Vec<Line>> {
    let wasm = compile("bench-wasm", &[])?;
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("bench.wasm"), &wasm.bytes)?;
    fs::write(folder.path().join("bench_wasm.js"), &wasm.script)?;
    fs::copy(root().join("benches/baseline.js"), folder.path().join("baseline.js"))?;
    fs::write(folder.path().join("index.html"), PAGE)?;
    say("Timing the inner loops");
    let site = Site::open(folder.path(), 0, Links::Followed)?;
    let browser = window()?;
    browser.go(&site.address())?;
    browser.wait::<bool>("return 'time' in window", &[])?;
    check(&browser)?;

    let names: Vec<String> = browser.run("return names", &[])?;
    let mut kernels: Vec<_> = names
        .into_iter()
        .map(|name| Kernel {
            words: format!("one gradient of {}", in_words(&name)),
            // The budget applies to smooth divergences.
            budget: (!name.starts_with("wasserstein") && name != "totalVariation").then_some(GRADIENT),
            name,
        })
        .collect();
    for (name, words, budget) in [
        ("klOfBins", "KL of two arrays of 2048 bins", Some(6.0)),
        ("jsOfBins", "JS of two arrays of 2048 bins", Some(12.0)),
        ("adam1000", "1000 steps of Adam on reverse KL", None),
        ("optima", "all optima of all these divergences after a drag", Some(16_000.0)),
    ] {
        kernels.push(Kernel { name: name.to_owned(), words: words.to_owned(), budget });
    }
    kernels.iter().map(|kernel| line(&browser, kernel)).collect()
}

/// Fails unless both sides agree on gradients and on divergences of bins.
fn check(browser: &Browser) -> Outcome {
    let script = "
        const { mean } = baseline.model;
        const off = (name, own, other) => {
          const size = Math.max(...own.map(Math.abs));
          return own.every((value, index) => Math.abs(value - other[index]) <= arguments[0] * size) ? [] : [`${name}: ${own} and ${other}`];
        };
        return [
          ...names.filter((name) => name in baseline.benchmarks).flatMap((name) =>
            off(name, [...wasm.gradient(name, mean, sdOf(name))], baseline.gradient(name, mean, sdOf(name)))),
          ...['klOfBins', 'jsOfBins', 'adam1000'].flatMap((name) => off(name, [call.wasm(name, 1)], [call.js(name, 1)])),
        ]";
    let off: Vec<String> = browser.run(script, &[json!(TOLERANCE)])?;
    if off.is_empty() {
        Ok(())
    } else {
        Err(format!("wasm and JavaScript disagree: {}", off.join("; ")).into())
    }
}

/// Times one calculation on both sides in turns.
fn line(browser: &Browser, Kernel { name, words, budget }: &Kernel) -> Outcome<Line> {
    let has_rival: bool = browser.run("return arguments[0] in baseline.benchmarks", &[json!(name)])?;
    let sides: &[&str] = if has_rival { &["wasm", "js"] } else { &["wasm"] };
    // Finds, after a warm-up, the number of repeats that takes the given length.
    let calibrate = "
        const [side, name, length, warmUp] = arguments;
        const end = performance.now() + warmUp;
        while (performance.now() < end) {
          time(side, name, 1);
        }
        let repeats = 1;
        for (let round = 0; round < 40; round++) {
          const total = time(side, name, repeats) * repeats / 1e3;
          if (total > length) break;
          repeats = Math.ceil(repeats * Math.min(4, Math.max(1.3, length / Math.max(total, 0.01))));
        }
        return repeats";
    let mut repeats = Vec::new();
    for side in sides {
        repeats
            .push(browser.run::<u32>(calibrate, &[json!(side), json!(name), json!(LENGTH), json!(WARM_UP)])?);
    }
    let mut times = vec![Vec::new(); sides.len()];
    for _ in 0..ROUNDS {
        for ((side, repeats), times) in sides.iter().zip(&repeats).zip(&mut times) {
            let script = "return time(...arguments)";
            times.push(browser.run::<f64>(script, &[json!(side), json!(name), json!(repeats)])?);
        }
    }
    let (own, least) = (quantile(&times[0], 0.5), quantile(&times[0], 0.0));
    let (unit, scale) = if least > 1000.0 { ("ms", 1e-3) } else { ("µs", 1.0) };
    let show = |time: f64| digits(scale * time);
    let line = Line::new(words, scale * own, budget.map(|budget| scale * budget), unit);
    Ok(match times.get(1) {
        Some(rival) => {
            let (rival, rivals_least) = (quantile(rival, 0.5), quantile(rival, 0.0));
            line.note(&format!(
                "least {}; JavaScript {}, least {}: {:.1} × as long",
                show(least),
                show(rival),
                show(rivals_least),
                rivals_least / least
            ))
        }
        None => line.note(&format!("least {}", show(least))),
    })
}

/// The name `jensenShannon` in separate words.
fn in_words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() || c.is_ascii_digit() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(in_words("reverseChiSquared"), "reverse chi squared", "a capital begins a word");
        assert_eq!(in_words("wasserstein1"), "wasserstein 1", "so does a digit");
    }
}
