//! What is measured on a pair: every divergence, both ways, by way of a third distribution, and pushed apart.

use std::cell::OnceCell;

use crate::figure::components::{Components, Shape};
use crate::figure::parameter::choice;
use crate::figure::readout::{Readout, Unit};
use crate::figure::valid;
use crate::plot::Ink;
use divergences::distribution::{Distribution, Mixture};
use divergences::divergence::{Divergence, Profile};
use divergences::fit::{Direction, Slope, slope};

choice! {
    /// The rows of the table, a divergence each.
    Candidate {
        /// KL(p‖q).
        ForwardKl = "forward-kl",
        /// KL(q‖p).
        ReverseKl = "reverse-kl",
        /// The Jensen–Shannon divergence.
        JensenShannon = "js",
        /// Its root.
        JensenShannonDistance = "js-distance",
        /// Total variation.
        TotalVariation = "tv",
        /// The Hellinger distance.
        Hellinger = "hellinger",
        /// χ²(p‖q).
        ChiSquared = "chi-squared",
        /// W₁.
        Wasserstein1 = "w1",
        /// W₂.
        Wasserstein2 = "w2",
    }
}

impl Candidate {
    /// All of them, in the order of the table.
    pub(super) const ALL: [Self; 9] = [
        Self::ForwardKl,
        Self::ReverseKl,
        Self::JensenShannon,
        Self::JensenShannonDistance,
        Self::TotalVariation,
        Self::Hellinger,
        Self::ChiSquared,
        Self::Wasserstein1,
        Self::Wasserstein2,
    ];

    /// Its name in URLs, readouts and texts.
    pub(super) fn key(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// What it is.
    pub(super) fn divergence(self) -> Divergence {
        match self {
            Self::ForwardKl => Divergence::ForwardKl,
            Self::ReverseKl => Divergence::ReverseKl,
            Self::JensenShannon => Divergence::JensenShannon,
            Self::JensenShannonDistance => Divergence::JensenShannonDistance,
            Self::TotalVariation => Divergence::TotalVariation,
            Self::Hellinger => Divergence::Hellinger,
            Self::ChiSquared => Divergence::ChiSquared,
            Self::Wasserstein1 => Divergence::Wasserstein(1.0),
            Self::Wasserstein2 => Divergence::Wasserstein(2.0),
        }
    }

    /// Its colour.
    pub(super) fn ink(self) -> Ink {
        match self {
            Self::ForwardKl => Ink::ForwardKl,
            Self::ReverseKl => Ink::ReverseKl,
            Self::JensenShannon | Self::JensenShannonDistance => Ink::JensenShannon,
            Self::TotalVariation => Ink::TotalVariation,
            Self::Hellinger => Ink::Hellinger,
            Self::ChiSquared => Ink::ChiSquared,
            Self::Wasserstein1 => Ink::Wasserstein1,
            Self::Wasserstein2 => Ink::Wasserstein2,
        }
    }

    /// The figure that shows more of it.
    pub(super) fn figure(self) -> &'static str {
        match self {
            Self::ForwardKl | Self::ReverseKl => "kl-fit",
            Self::Wasserstein1 | Self::Wasserstein2 => "wasserstein-gradient",
            _ => "disjoint-supports",
        }
    }

    /// Its value among all, with logarithms to base e.
    pub(super) fn of(self, profile: &Profile) -> f64 {
        profile.get(self.divergence()).unwrap_or(f64::NAN)
    }

    /// `value`, which has logarithms to base e, as a number to show in `unit`.
    pub(super) fn readout(self, key: &'static str, value: f64, unit: Unit) -> Readout {
        match self {
            Self::ForwardKl | Self::ReverseKl | Self::JensenShannon => Readout::divergence(key, value, unit),
            // The root of a number of nats or bits: in bits it is greater by the root of the factor.
            Self::JensenShannonDistance => Readout::number(key, value * unit.from_nats(1.0).sqrt()),
            _ => Readout::number(key, value),
        }
    }
}

/// Whether two numbers, found in different ways, are one but for rounding.
pub(super) fn same(a: f64, b: f64) -> bool {
    const ROUNDING: f64 = 1e-9;
    // Infinite and finite are not the same, though any share of ∞ is ∞.
    a == b || (a - b).abs() <= ROUNDING * a.abs().max(b.abs()).min(f64::MAX)
}

/// A value for each candidate, found when it is asked for: the drawing, which follows a drag, needs few of them.
struct Lazy<T>([OnceCell<T>; Candidate::ALL.len()]);

impl<T: Copy> Lazy<T> {
    fn new() -> Self {
        Self(std::array::from_fn(|_| OnceCell::new()))
    }

    fn get(&self, candidate: Candidate, find: impl FnOnce(Divergence) -> T) -> T {
        *self.0[candidate as usize].get_or_init(|| find(candidate.divergence()))
    }
}

/// The way from p to q by a third distribution r.
pub(super) struct Way {
    p: Distribution,
    q: Distribution,
    pub(super) r: Distribution,
    legs: Lazy<[f64; 2]>,
}

/// How a way compares with going straight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detour {
    /// It is shorter: the triangle inequality is broken.
    Shorter,
    /// It is as long, but for rounding: r lies on the way.
    AsLong,
    /// It is longer.
    Longer,
}

impl Way {
    fn by(r: Distribution, p: &Distribution, q: &Distribution) -> Self {
        Self { p: p.clone(), q: q.clone(), r, legs: Lazy::new() }
    }

    /// Its two legs, D(p, r) and D(r, q).
    pub(super) fn legs(&self, candidate: Candidate) -> [f64; 2] {
        self.legs.get(candidate, |divergence| {
            [divergence.between(&self.p, &self.r), divergence.between(&self.r, &self.q)]
        })
    }

    /// Its length.
    pub(super) fn length(&self, candidate: Candidate) -> f64 {
        self.legs(candidate).iter().sum()
    }

    /// How it compares with `straight`, D(p, q).
    pub(super) fn against(&self, straight: f64, candidate: Candidate) -> Detour {
        // What a density is rounded by: a distance this small is not known any better. KL and its like are squares, and are.
        const ROUNDING: f64 = 1e-14;
        let length = self.length(candidate);
        let rounded = candidate.divergence().is_metric() && (straight - length).abs() <= ROUNDING;
        if rounded || same(straight, length) {
            Detour::AsLong
        } else if straight > length {
            Detour::Shorter
        } else {
            Detour::Longer
        }
    }
}

/// The pair as boxes, q pushed away until nothing overlaps.
pub(super) struct Apart {
    pub(super) p: Distribution,
    pub(super) q: Distribution,
    /// How far q was pushed, to the right.
    pub(super) shift: f64,
    profile: Profile,
    slopes: Lazy<Slope>,
}

/// How far the supports are from each other at least, once pushed apart.
const GAP: f64 = 1.0;

impl Apart {
    fn of(p: &Components, q: &Components) -> Self {
        let (p, q) = (p.distribution(Shape::Boxes), q.distribution(Shape::Boxes));
        let (left, right) = (p.support(), q.support());
        // Away from p's mean, and no farther than needed.
        let shift = if q.mean() >= p.mean() {
            (left.upper() + GAP - right.lower()).max(0.0)
        } else {
            (left.lower() - GAP - right.upper()).min(0.0)
        };
        let q = if shift == 0.0 { q } else { valid(q.translate(shift)) };
        let profile = Profile::between(&p, &q);
        Self { p, q, shift, profile, slopes: Lazy::new() }
    }

    /// The value of `candidate`.
    pub(super) fn value(&self, candidate: Candidate) -> f64 {
        candidate.of(&self.profile)
    }

    /// Its slope as q is pushed on.
    pub(super) fn slope(&self, candidate: Candidate) -> Slope {
        self.slopes.get(candidate, |divergence| slope(&self.p, &self.q, divergence, Direction::Location))
    }
}

/// Everything that the table tells of a pair.
pub(super) struct Measured {
    pub(super) p: Distribution,
    pub(super) q: Distribution,
    pub(super) profile: Profile,
    swapped: Lazy<f64>,
    /// By the mixture ½(p + q).
    pub(super) mixture: Way,
    /// By the distribution halfway along the optimal transport, with its mean and standard deviation; only where it is
    /// of the same form, between single components.
    pub(super) halfway: Option<(Way, [f64; 2])>,
    pub(super) apart: Apart,
}

impl Measured {
    /// What there is to tell of two mixtures.
    pub(super) fn of(p_parts: &Components, q_parts: &Components, shape: Shape) -> Self {
        let (p, q) = (p_parts.distribution(shape), q_parts.distribution(shape));
        let halfway = match (p_parts.all(), q_parts.all()) {
            ([a], [b]) => {
                let [mean, sd] = [0.5 * (a.mean + b.mean), 0.5 * (a.sd + b.sd)];
                let r = Components::new(&[[1.0, mean, sd]]).distribution(shape);
                Some((Way::by(r, &p, &q), [mean, sd]))
            }
            _ => None,
        };
        Self {
            profile: Profile::between(&p, &q),
            swapped: Lazy::new(),
            mixture: Way::by(middle(&p, &q), &p, &q),
            halfway,
            apart: Apart::of(p_parts, q_parts),
            p,
            q,
        }
    }
}

impl Measured {
    /// D(q, p).
    pub(super) fn swapped(&self, candidate: Candidate) -> f64 {
        self.swapped.get(candidate, |divergence| divergence.between(&self.q, &self.p))
    }
}

/// ½(p + q).
fn middle(p: &Distribution, q: &Distribution) -> Distribution {
    if p == q {
        return p.clone();
    }
    valid(Mixture::new(vec![(0.5, p.clone()), (0.5, q.clone())])).into()
}
