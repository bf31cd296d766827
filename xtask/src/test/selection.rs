//! The options of `cargo xtask test`.

use browser::Share;
use explainer::book;

use crate::Outcome;

/// The tests to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selection<'a> {
    /// All tests, or this machine's share of them.
    All(Share),
    /// The tests that a developer runs before each commit.
    Quick,
    /// The tests that concern this figure.
    Figure(&'a str),
}

impl<'a> Selection<'a> {
    /// Reads the options after `cargo xtask test`.
    pub(crate) fn read(options: &[&'a str]) -> Outcome<Self> {
        const ACCEPTED: &str = "it takes nothing, --quick, --figure NAME or --shard I/N, one of them";
        match *options {
            [] => Ok(Self::All(Share::WHOLE)),
            ["--quick"] => Ok(Self::Quick),
            ["--figure", name] => book::names().find(|known| *known == name).map_or_else(
                || {
                    let names: Vec<_> = book::names().collect();
                    Err(format!("test --figure {name}: there are {}", names.join(", ")).into())
                },
                |_| Ok(Self::Figure(name)),
            ),
            ["--shard", text] => Ok(Self::All(Share::read("test --shard ", text)?)),
            ["--figure"] => Self::read(&["--figure", ""]),
            ["--shard"] => Self::read(&["--shard", ""]),
            _ => Err(format!("test {}: {ACCEPTED}", options.join(" ")).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_is_read() {
        let read = |options: &[&'static str]| Selection::read(options).unwrap();
        assert_eq!(read(&[]), Selection::All(Share::WHOLE), "all");
        assert_eq!(read(&["--quick"]), Selection::Quick, "quick");
        assert_eq!(read(&["--figure", "kl-fit"]), Selection::Figure("kl-fit"), "a figure");
        assert_eq!(read(&["--shard", "2/3"]), Selection::All(Share::read("", "2/3").unwrap()), "a share");
    }

    #[test]
    fn a_bad_flag_is_named_with_what_is_accepted() {
        for (options, words) in [
            (&["--fast"][..], ["--fast", "--quick"]),
            (&["--quick", "--quick"], ["--quick --quick", "one of them"]),
            (&["--figure", "kl"], ["--figure kl:", "kl-fit"]),
            (&["--figure"], ["--figure", "kl-fit"]),
            (&["--shard", "4/3"], ["--shard 4/3", "1/3"]),
            (&["--shard", "0/3"], ["--shard 0/3", "1/3"]),
            (&["--shard"], ["--shard", "1/3"]),
        ] {
            let message = Selection::read(options).unwrap_err().to_string();
            assert!(words.iter().all(|word| message.contains(word)), "{message}");
        }
    }
}
