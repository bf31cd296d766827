//! A mixture of Gaussian or uniform components, as a parameter.

use std::f64::consts::TAU;

use super::parameter::{Field, Kind, choice};
use super::shares::{self, Digits};
use super::texts::Texts;
use super::valid;
use crate::decimal;
use crate::plot::number;
use divergences::distribution::{Distribution, Gaussian, Mixture, Uniform};
use divergences::order::clamp;

choice! {
    /// The shape of the components of a mixture.
    Shape {
        /// Gaussian components.
        Bells = "bells",
        /// Uniform components with the same means and standard deviations. Their densities are exactly 0
        /// outside their intervals.
        Boxes = "boxes",
    }
}

impl Shape {
    /// The distance from the mean to the point where a reader drags the width of a component with standard
    /// deviation `sd`: the inflection point of a Gaussian, the edge of a uniform distribution.
    #[must_use]
    pub fn reach(self, sd: f64) -> f64 {
        match self {
            Self::Bells => sd,
            Self::Boxes => 3_f64.sqrt() * sd,
        }
    }

    /// The density at its mean of a component with standard deviation `sd`.
    #[must_use]
    pub fn peak(self, sd: f64) -> f64 {
        match self {
            Self::Bells => 1.0 / (sd * TAU.sqrt()),
            Self::Boxes => 0.5 / self.reach(sd),
        }
    }
}

/// One component of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// The weight, above 0. Only its share of the sum of all weights matters.
    pub weight: f64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
}

impl Component {
    /// The density of this component alone at `x`.
    #[must_use]
    pub fn density(&self, shape: Shape, x: f64) -> f64 {
        let distance = x - self.mean;
        match shape {
            Shape::Bells => shape.peak(self.sd) * (-0.5 * (distance / self.sd).powi(2)).exp(),
            Shape::Boxes if distance.abs() <= shape.reach(self.sd) => shape.peak(self.sd),
            Shape::Boxes => 0.0,
        }
    }

    fn distribution(&self, shape: Shape) -> Distribution {
        let half = shape.reach(self.sd);
        match shape {
            Shape::Bells => valid(Gaussian::new(self.mean, self.sd)).into(),
            Shape::Boxes => valid(Uniform::new(self.mean - half, self.mean + half)).into(),
        }
    }
}

/// The range of means.
pub const MEANS: std::ops::RangeInclusive<f64> = -6.0..=6.0;
/// The range of standard deviations.
pub const SDS: std::ops::RangeInclusive<f64> = 0.15..=4.0;
/// The least share that dragging leaves to a component and to all others together. At a share of 0 there
/// would be nothing left to drag.
const LEAST_SHARE: f64 = 0.0001;

/// One or more components with their weights. In addresses: `weight,mean,sd;weight,mean,sd;…`.
#[derive(Clone, Debug, PartialEq)]
pub struct Components(Vec<Component>);

fn clamped(value: f64, range: &std::ops::RangeInclusive<f64>) -> f64 {
    clamp(value, *range.start(), *range.end())
}

impl Components {
    /// The mixture of `components`, each given as `[weight, mean, sd]`.
    #[must_use]
    pub fn new(components: &[[f64; 3]]) -> Self {
        Self(components.iter().map(|&[weight, mean, sd]| Component { weight, mean, sd }).collect())
    }

    /// The components.
    #[must_use]
    pub fn all(&self) -> &[Component] {
        &self.0
    }

    /// The shares of all components in the sum of weights.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        shares::of(&self.0.iter().map(|c| c.weight).collect::<Vec<_>>())
    }

    /// The share of component `index` in the sum of weights.
    #[must_use]
    pub fn share(&self, index: usize) -> f64 {
        self.shares()[index]
    }

    /// Sets the mean of component `index`, clamped to [`MEANS`].
    pub fn set_mean(&mut self, index: usize, mean: f64) {
        self.0[index].mean = clamped(mean, &MEANS);
    }

    /// Sets the standard deviation of component `index`, clamped to [`SDS`].
    pub fn set_sd(&mut self, index: usize, sd: f64) {
        self.0[index].sd = clamped(sd, &SDS);
    }

    /// Sets the share of component `index`, above 0 and below 1. The others keep their proportions to each
    /// other.
    pub fn set_share(&mut self, index: usize, share: f64) {
        self.change(index, share, Digits::Exact);
    }

    /// Sets the share of component `index` by dragging or by an arrow key. All weights are rounded to what pixels
    /// can show, and a share of at least 0.0001 is left to this component and to the others together.
    pub fn drag_share(&mut self, index: usize, share: f64) {
        let share = clamped(decimal::rounded(share, 4), &(LEAST_SHARE..=1.0 - LEAST_SHARE));
        self.change(index, share, Digits::Seen);
    }

    fn change(&mut self, index: usize, share: f64, digits: Digits) {
        let mut shares = self.shares();
        if shares[index] != share {
            shares::change(&mut shares, index, share, &|_| false, digits);
            for (component, share) in self.0.iter_mut().zip(shares) {
                component.weight = share;
            }
        }
    }

    /// Adds a component where it can be seen: beyond the last one, or before the first if there is no room.
    pub fn add(&mut self) {
        let means = || self.0.iter().map(|c| c.mean);
        let (low, high) = (means().fold(f64::INFINITY, f64::min), means().fold(f64::NEG_INFINITY, f64::max));
        let mean = if high + 2.0 <= *MEANS.end() { high + 2.0 } else { (low - 2.0).max(*MEANS.start()) };
        // The new weight is the mean of the others. Each is divided before summing, because their sum may
        // overflow.
        let count = self.0.len() as f64;
        let weight = self.0.iter().map(|c| c.weight / count).sum::<f64>().max(f64::MIN_POSITIVE);
        self.0.push(Component { weight: decimal::significant(weight, Digits::Seen as i32), mean, sd: 0.7 });
    }

    /// Removes component `index`, unless it is the only one.
    pub fn remove(&mut self, index: usize) {
        if self.0.len() > 1 && index < self.0.len() {
            self.0.remove(index);
        }
    }

    /// The mixture as a distribution. A single component gives its own distribution, so that closed forms
    /// apply.
    #[must_use]
    pub fn distribution(&self, shape: Shape) -> Distribution {
        match &self.0[..] {
            [only] => only.distribution(shape),
            all => {
                let parts = self.shares().into_iter().zip(all);
                valid(Mixture::new(parts.map(|(share, c)| (share, c.distribution(shape))).collect())).into()
            }
        }
    }

    /// A description of the components, each the text of `key` filled with its mean (to `decimals`), width
    /// and weight.
    #[must_use]
    pub fn described(&self, key: &str, decimals: usize, texts: &Texts) -> String {
        let part = |(i, component): (usize, &Component)| {
            let words = [
                ("mean", number::fixed(component.mean, decimals)),
                ("sd", number::fixed(component.sd, 2)),
                ("weight", number::per_cent(self.share(i), 0)),
            ];
            texts.fill(key, &words)
        };
        texts.list(self.0.iter().enumerate().map(part).collect())
    }

    /// The components as triples of share, mean and standard deviation.
    #[must_use]
    pub fn triples(&self) -> Vec<(f64, f64, f64)> {
        self.shares().into_iter().zip(&self.0).map(|(share, c)| (share, c.mean, c.sd)).collect()
    }
}

/// The greatest value of `f`, or 0 if all are negative, at evenly spaced places from −`edge` to `edge` and at
/// the means of `mixtures`.
pub(crate) fn greatest(f: &dyn Fn(f64) -> f64, edge: f64, mixtures: &[&Components]) -> f64 {
    let means = mixtures.iter().flat_map(|mixture| mixture.all()).map(|component| component.mean);
    (0..=300).map(|i| edge * (f64::from(i) / 150.0 - 1.0)).chain(means).map(f).fold(0.0, f64::max)
}

impl Field for Components {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let Kind::Components { most } = *kind else { return None };
        let mut components = Vec::new();
        for part in text.split(';') {
            let numbers: Option<Vec<f64>> = part.split(',').map(|n| decimal::read(n.trim())).collect();
            let [weight, mean, sd] = numbers?.try_into().ok()?;
            if !(weight > 0.0 && MEANS.contains(&mean) && SDS.contains(&sd)) {
                return None;
            }
            components.push(Component { weight, mean, sd });
        }
        let weights: Vec<f64> = components.iter().map(|c| c.weight).collect();
        (components.len() <= most && shares::are_valid(&weights)).then_some(Self(components))
    }

    fn write(&self) -> String {
        let parts = self.0.iter().map(|c| [c.weight, c.mean, c.sd].map(decimal::write).join(","));
        parts.collect::<Vec<_>>().join(";")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind::Components { most: 5 };

    #[test]
    fn reads_what_it_writes() {
        let two = Components::new(&[[0.25, -2.5, 0.7], [0.75, 2.5, 1.2]]);
        assert_eq!(two.write(), "0.25,-2.5,0.7;0.75,2.5,1.2", "the form in URLs");
        assert_eq!(Components::read(&two.write(), &KIND), Some(two), "round trip");
        for same in ["30,-2,0.7;70,2,0.7", "1,0.00004,1", "0.3333333333333333,0,1;1e-300,0,1"] {
            assert_eq!(Components::read(same, &KIND).unwrap().write(), same, "nothing is rounded");
        }
    }

    #[test]
    fn refuses_what_is_no_mixture() {
        for bad in [
            "",
            "1,2",
            "1,2,3,4",
            "0,0,1",
            "1,0,0",
            "1,0,NaN",
            "1,99,1",
            "-1,0,1",
            "1,0,1;",
            "1e200,0,1;1e-200,0,1",
        ] {
            assert_eq!(Components::read(bad, &KIND), None, "{bad}");
        }
        assert_eq!(Components::read(&["1,0,1"; 6].join(";"), &KIND), None, "too many");
    }

    #[test]
    fn a_share_is_what_was_asked_for() {
        let mut three = Components::new(&[[0.2, -3.0, 0.5], [0.4, 0.0, 0.5], [0.4, 3.0, 0.5]]);
        three.set_share(0, 0.5);
        assert!((three.share(0) - 0.5).abs() < 1e-12, "{}", three.share(0));
        assert!((three.share(1) - three.share(2)).abs() < 1e-12, "the others keep their proportions");
        three.drag_share(0, 2.0 / 3.0);
        assert_eq!(three.shares(), [0.6667, 0.16665, 0.16665], "by hand it is round");
        three.drag_share(1, 7.0);
        assert_eq!(three.share(1), 0.9999, "something is left for the others");
    }

    #[test]
    fn weights_are_read_as_shares() {
        let per_cent = Components::read("30,-2,0.7;70,2,0.7", &KIND).unwrap();
        assert_eq!(per_cent.shares(), [0.3, 0.7], "of 100");
        let unit = Components::read("0.3,-2,0.7;0.7,2,0.7", &KIND).unwrap();
        assert_eq!(per_cent.distribution(Shape::Bells), unit.distribution(Shape::Bells), "the same mixture");
    }
}
