//! Shares of a whole: how weights are normalised, and how the others change when one of them is set.

use crate::decimal;
use divergences::order::clamp;

/// The number of significant digits of the shares that change with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// For dragging. No more digits can be seen, and addresses stay short.
    Seen = 5,
    /// For typing. A typed number is meant exactly, and the digits beyond are rounding noise.
    Exact = 12,
}

/// `weights` divided by their sum. Weights whose sum is 1 are returned unchanged.
pub(super) fn of(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    // Decimal shares may miss a sum of 1 by rounding. Dividing by that sum would change their last digits.
    if (sum - 1.0).abs() <= noise(weights.len()) {
        return weights.to_vec();
    }
    // The weights are scaled down if their sum overflows.
    let scale = if sum.is_finite() { 1.0 } else { weights.iter().copied().fold(0.0, f64::max) };
    let sum: f64 = weights.iter().map(|weight| weight / scale).sum();
    weights.iter().map(|weight| weight / scale / sum).collect()
}

/// Whether `weights` can be normalised: none is negative, not all are 0, and no positive one is so small that
/// its share would underflow to 0.
pub(super) fn are_valid(weights: &[f64]) -> bool {
    weights.iter().all(|weight| (0.0..f64::INFINITY).contains(weight))
        && weights.iter().any(|&weight| weight > 0.0)
        && weights.iter().zip(of(weights)).all(|(&weight, share)| (weight > 0.0) == (share > 0.0))
}

/// The distance from 1 that rounding alone can give a sum of `count` decimals.
fn noise(count: usize) -> f64 {
    count as f64 * f64::EPSILON
}

/// The greatest value of share `index` if those with `keeps` stay unchanged.
pub(super) fn most(shares: &[f64], index: usize, keeps: &dyn Fn(usize) -> bool) -> f64 {
    let kept = shares.iter().enumerate().filter(|&(other, _)| other != index && keeps(other));
    let rest = 1.0 - kept.map(|(_, share)| share).sum::<f64>();
    // The noise of the subtraction is removed, so that the limit is the decimal that a reader would name.
    let round = decimal::significant(rest, Digits::Exact as i32);
    if (round - rest).abs() <= noise(shares.len()) { round.max(0.0) } else { rest.max(0.0) }
}

/// Sets share `index` to `share`, or to as much as is available. Shares with `keeps` stay unchanged. The
/// others divide the rest in proportion, or equally if all of them are 0. Nothing changes if there are no
/// others.
pub(super) fn change(
    shares: &mut [f64],
    index: usize,
    share: f64,
    keeps: &dyn Fn(usize) -> bool,
    digits: Digits,
) {
    let others: Vec<usize> = (0..shares.len()).filter(|&other| other != index && !keeps(other)).collect();
    let Some(&first) = others.first() else { return };
    let most = most(shares, index, keeps);
    let share = clamp(share, 0.0, most);
    let rest = most - share;
    let before: f64 = others.iter().map(|&other| shares[other]).sum();
    let mut largest = first;
    for &other in &others {
        let part = if before > 0.0 { shares[other] / before } else { 1.0 / others.len() as f64 };
        // A positive share stays positive as long as there is a rest to divide.
        let least = if part > 0.0 && rest > 0.0 { f64::MIN_POSITIVE } else { 0.0 };
        shares[other] = decimal::significant(part * rest, digits as i32).max(least);
        if shares[other] > shares[largest] {
            largest = other;
        }
    }
    shares[index] = share;
    if rest > 0.0 {
        // The largest share absorbs the rounding of the others, so that the sum is 1.
        let sum: f64 = (0..shares.len()).filter(|&other| other != largest).map(|other| shares[other]).sum();
        let exact = 1.0 - sum;
        let round = decimal::significant(exact, Digits::Exact as i32);
        let near = (round - exact).abs() <= 0.5 * noise(shares.len());
        shares[largest] = if near { round } else { exact }.max(f64::MIN_POSITIVE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_shares_and_nothing_is_lost() {
        assert_eq!(of(&[30.0, 70.0]), [0.3, 0.7], "of 100");
        assert_eq!(of(&[0.1, 0.2, 0.7]), [0.1, 0.2, 0.7], "as it is, though the sum is off by rounding");
        assert_eq!(of(&[f64::MAX, f64::MAX]), [0.5, 0.5], "a sum beyond all numbers");
        assert_eq!(of(&[5e-324, 5e-324]), [0.5, 0.5], "the smallest");
        assert_eq!(of(&[1.0, 1e-300]), [1.0, 1e-300], "however small");
        assert!(are_valid(&[0.0, 1e-300]) && are_valid(&[1.0, 1e-300]), "these have shares");
        for bad in [&[][..], &[0.0, 0.0], &[1.0, -1.0], &[f64::NAN, 1.0], &[f64::INFINITY], &[1e200, 1e-200]]
        {
            assert!(!are_valid(bad), "{bad:?}");
        }
    }

    #[test]
    fn the_others_give_way_in_proportion() {
        let mut shares = vec![0.5, 0.1, 0.4];
        change(&mut shares, 0, 0.25, &|_| false, Digits::Exact);
        assert_eq!(shares, [0.25, 0.15, 0.6], "as 1 to 4");
        change(&mut shares, 0, 1.0, &|_| false, Digits::Exact);
        assert_eq!(shares, [1.0, 0.0, 0.0], "nothing is left");
        change(&mut shares, 0, 0.25, &|_| false, Digits::Exact);
        assert_eq!(shares, [0.25, 0.375, 0.375], "equally, where all were 0");
        change(&mut shares, 1, 0.9, &|other| other == 0, Digits::Exact);
        assert_eq!(shares, [0.25, 0.75, 0.0], "no more than there is beside what stays");
        change(&mut shares, 1, 0.5, &|_| true, Digits::Exact);
        assert_eq!(shares, [0.25, 0.75, 0.0], "where all stay none can change");
    }
}
