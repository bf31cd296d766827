//! The tests that one of several machines runs.

use std::fmt;

/// The share of the tests that one of several machines runs. It is written `2/3` for the second of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The number of the machine, from 1.
    index: usize,
    /// The number of machines.
    count: usize,
}

impl Share {
    /// All tests, on one machine.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// Reads `text`, such as `2/3`; `what` is its name in the message.
    ///
    /// # Errors
    ///
    /// If `text` is not of that form, or there is no such machine: a message that says what is accepted.
    pub fn read(what: &str, text: &str) -> Result<Self, String> {
        let read = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count).contains(&index).then_some(Self { index, count })
        };
        read().ok_or_else(|| format!("{what}{text}: it takes I/N, the I-th of N machines, as 1/3"))
    }

    /// Every nth of `items`, for many items whose neighbours have similar costs.
    #[must_use]
    pub fn of<T>(self, items: Vec<T>) -> Vec<T> {
        let mine = |(place, item)| (place % self.count + 1 == self.index).then_some(item);
        items.into_iter().enumerate().filter_map(mine).collect()
    }

    /// The indices of this machine's share of a few items with different `costs`. The most expensive items come
    /// first, and each goes to the machine with the lowest total so far. Every machine computes the same
    /// distribution.
    #[must_use]
    pub fn of_costs(self, costs: &[u32]) -> Vec<usize> {
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

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.index, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shares of `count` machines.
    fn shares(count: usize) -> impl Iterator<Item = Share> {
        (1..=count).map(move |index| Share::read("", &format!("{index}/{count}")).unwrap())
    }

    #[test]
    fn a_bad_share_is_named_with_what_is_accepted() {
        for bad in ["4/3", "0/3", "1/0", "1", "/", "", "a/b", "1/2/3", "-1/2"] {
            let error = Share::read("--shard ", bad).unwrap_err();
            assert!(error.starts_with(&format!("--shard {bad}:")) && error.contains("1/3"), "{error}");
        }
        assert_eq!(Share::read("", "1/1"), Ok(Share::WHOLE), "one machine does it all");
        assert_eq!(Share::read("", "2/3").unwrap().to_string(), "2/3", "as it is read");
    }

    #[test]
    fn every_item_is_in_one_share() {
        for count in 1..=4 {
            let all: Vec<_> = (0..11).collect();
            let mut dealt: Vec<_> = shares(count).flat_map(|share| share.of(all.clone())).collect();
            dealt.sort_unstable();
            assert_eq!(dealt, all, "of {count}");
            let lengths: Vec<_> = shares(count).map(|share| share.of(all.clone()).len()).collect();
            assert!(lengths[0] <= lengths[count - 1] + 1, "of {count}: as many each");
        }
    }

    #[test]
    fn shares_by_cost_are_even_and_leave_nothing_out() {
        let costs = [200, 10, 60, 60, 30, 5, 90];
        for count in 1..=3 {
            let shares: Vec<_> = shares(count).map(|share| share.of_costs(&costs)).collect();
            let mut all = shares.concat();
            all.sort_unstable();
            assert_eq!(all, [0, 1, 2, 3, 4, 5, 6], "of {count}: each once");
            let heaviest = shares.iter().map(|own| own.iter().map(|&at| costs[at]).sum::<u32>()).max();
            let fair = costs.iter().sum::<u32>() / count as u32;
            assert!(heaviest <= Some(fair.max(200) + 30), "of {count}: {heaviest:?}, {fair} would be fair");
        }
    }
}
