//! The options of `cargo xtask test`.

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

/// The share of the tests that one of several machines runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// The number of the machine, from 1.
    pub(crate) index: usize,
    /// The number of machines.
    pub(crate) count: usize,
}

impl Share {
    /// All tests, on one machine.
    pub(crate) const WHOLE: Self = Self { index: 1, count: 1 };

    fn read(text: &str) -> Option<Self> {
        let (index, count) = text.split_once('/')?;
        let (index, count) = (index.parse().ok()?, count.parse().ok()?);
        (1..=count).contains(&index).then_some(Self { index, count })
    }

    /// The indices of those of the items with `costs` that this machine runs. The most expensive items come
    /// first, and each goes to the machine with the lowest total so far. Every machine computes the same
    /// distribution.
    pub(crate) fn of(self, costs: &[u32]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..costs.len()).collect();
        order.sort_by_key(|&place| std::cmp::Reverse(costs[place]));
        let mut loads = vec![0; self.count];
        let mut own = Vec::new();
        for place in order {
            let machine = (0..self.count).min_by_key(|&machine| loads[machine]).unwrap_or_default();
            loads[machine] += costs[place];
            if machine + 1 == self.index {
                own.push(place);
            }
        }
        own.sort_unstable();
        own
    }
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
            ["--shard", text] => Share::read(text).map(Self::All).ok_or_else(|| {
                format!("test --shard {text}: it takes I/N, the I-th of N machines, as 1/3").into()
            }),
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
        assert_eq!(read(&["--shard", "2/3"]), Selection::All(Share { index: 2, count: 3 }), "a share");
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

    #[test]
    fn shares_are_even_and_leave_nothing_out() {
        let costs = [200, 10, 60, 60, 30, 5, 90];
        for count in 1..=3 {
            let shares: Vec<_> = (1..=count).map(|index| Share { index, count }.of(&costs)).collect();
            let mut all = shares.concat();
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2, 3, 4, 5, 6], "of {count}: each once");
            let heaviest = shares.iter().map(|own| own.iter().map(|&at| costs[at]).sum::<u32>()).max();
            let fair = costs.iter().sum::<u32>() / count as u32;
            assert!(heaviest <= Some(fair.max(200) + 30), "of {count}: {heaviest:?}, {fair} would be fair");
        }
    }
}
