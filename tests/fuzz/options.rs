//! The options of `cargo xtask fuzz`.

use std::time::{SystemTime, UNIX_EPOCH};

/// What to do.
pub(super) enum Options {
    /// To search for failures.
    Search(Work),
    /// To do with this figure what the standard input says.
    Run(&'static str),
}

/// What to search.
pub(super) struct Work {
    /// The seed of the first sequence.
    pub(super) seed: u64,
    /// The end, by time and by operations, whichever comes first.
    pub(super) seconds: Option<u64>,
    pub(super) states: Option<u64>,
    /// The only figure to use.
    pub(super) figure: Option<&'static str>,
}

const HELP: &str = "it takes --seed N, --seconds N, --states N, --figure NAME; or --figure NAME --run";

/// How long a search takes of which nothing is said.
const SECONDS: u64 = 60;

/// A seed that differs from run to run, and is short enough to be typed.
fn new_seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // The nanoseconds alone may be round.
    (now.as_secs().wrapping_mul(1_000_003) ^ u64::from(now.subsec_nanos())) % 1_000_000_000
}

/// Reads `words`. The figures are called `names`.
pub(super) fn read(words: &[&str], names: &[&'static str]) -> Result<Options, String> {
    let (mut seed, mut seconds, mut states, mut figure, mut runs) = (None, None, None, None, false);
    let mut words = words.iter();
    while let Some(&option) = words.next() {
        if option == "--run" {
            runs = true;
            continue;
        }
        let value = *words.next().ok_or_else(|| format!("{option}: {HELP}"))?;
        let number = || {
            value
                .parse()
                .map(Some)
                .map_err(|_| format!("{option} {value}: it takes a whole number from 0 on"))
        };
        match option {
            "--seed" => seed = number()?,
            "--seconds" => seconds = number()?,
            "--states" => states = number()?,
            "--figure" => {
                let known = names.iter().find(|name| **name == value);
                figure =
                    Some(*known.ok_or_else(|| format!("--figure {value}: there are {}", names.join(", ")))?);
            }
            _ => return Err(format!("{option} {value}: {HELP}")),
        }
    }
    if runs {
        return figure.map(Options::Run).ok_or_else(|| format!("--run: {HELP}"));
    }
    let seconds = seconds.or(if states.is_none() { Some(SECONDS) } else { None });
    Ok(Options::Search(Work { seed: seed.unwrap_or_else(new_seed), seconds, states, figure }))
}
