//! The measurements on a pair: every divergence in both directions, by way of a third distribution, and with
//! the pair pushed apart.

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
    /// A divergence, which is a row of the table.
    Candidate {
        /// KL(p‖q).
        ForwardKl = "forward-kl",
        /// KL(q‖p).
        ReverseKl = "reverse-kl",
        /// The Jensen–Shannon divergence.
        JensenShannon = "js",
        /// The square root of the Jensen–Shannon divergence.
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
    /// All divergences, in the order of the table.
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

    /// The key in addresses, readouts and texts.
    pub(super) fn key(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The divergence of the library.
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

    /// The colour.
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

    /// The name of the figure that explains it.
    pub(super) fn figure(self) -> &'static str {
        match self {
            Self::ForwardKl | Self::ReverseKl => "kl-fit",
            Self::Wasserstein1 | Self::Wasserstein2 => "wasserstein-gradient",
            _ => "disjoint-supports",
        }
    }

    /// The value in `profile`, with natural logarithms.
    pub(super) fn of(self, profile: &Profile) -> f64 {
        profile.get(self.divergence()).unwrap_or(f64::NAN)
    }

    /// The readout of `value`, which has natural logarithms, converted to `unit`.
    pub(super) fn readout(self, key: &'static str, value: f64, unit: Unit) -> Readout {
        let most = self.divergence().upper_bound();
        match self {
            Self::ForwardKl | Self::ReverseKl | Self::JensenShannon => {
                Readout::divergence(key, value, unit).at_most(most)
            }
            // The square root of a divergence is converted by the square root of the factor.
            Self::JensenShannonDistance => {
                let factor = unit.from_nats(1.0).sqrt();
                Readout::number(key, value * factor).at_most(most * factor)
            }
            _ => Readout::number(key, value).at_most(most),
        }
    }
}

/// Whether two numbers that were computed in different ways are equal but for rounding.
pub(super) fn same(a: f64, b: f64) -> bool {
    const ROUNDING: f64 = 1e-9;
    // The bound is finite, so that an infinite number equals no finite one.
    a == b || (a - b).abs() <= ROUNDING * a.abs().max(b.abs()).min(f64::MAX)
}

/// A value for each candidate, computed on first use. The drawing needs only a few of them, and it must
/// follow a drag.
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

/// The comparison of a way with the direct one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detour {
    /// The way is shorter, which breaks the triangle inequality.
    Shorter,
    /// The way is equally long but for rounding, so r lies on the direct one.
    AsLong,
    /// The way is longer.
    Longer,
}

impl Way {
    fn by(r: Distribution, p: &Distribution, q: &Distribution) -> Self {
        Self { p: p.clone(), q: q.clone(), r, legs: Lazy::new() }
    }

    /// The lengths of its two legs, D(p, r) and D(r, q).
    pub(super) fn legs(&self, candidate: Candidate) -> [f64; 2] {
        self.legs.get(candidate, |divergence| {
            [divergence.between(&self.p, &self.r), divergence.between(&self.r, &self.q)]
        })
    }

    /// The length of the way.
    pub(super) fn length(&self, candidate: Candidate) -> f64 {
        self.legs(candidate).iter().sum()
    }

    /// The comparison of the way with `straight`, which is D(p, q).
    pub(super) fn against(&self, straight: f64, candidate: Candidate) -> Detour {
        // Densities are rounded by this much, and so is a metric. Other divergences behave like squares near
        // 0 and are more accurate.
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

/// The pair as boxes, with q shifted until the supports are disjoint.
pub(super) struct Apart {
    pub(super) p: Distribution,
    pub(super) q: Distribution,
    /// The shift of q to the right.
    pub(super) shift: f64,
    profile: Profile,
    slopes: Lazy<Slope>,
}

/// The least distance between the supports after the shift.
const GAP: f64 = 1.0;

impl Apart {
    fn of(p: &Components, q: &Components) -> Self {
        let (p, q) = (p.distribution(Shape::Boxes), q.distribution(Shape::Boxes));
        let (left, right) = (p.support(), q.support());
        // The shift goes away from the mean of p, and no farther than needed.
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

    /// The derivative of `candidate` as q is shifted on to the right.
    pub(super) fn slope(&self, candidate: Candidate) -> Slope {
        self.slopes.get(candidate, |divergence| slope(&self.p, &self.q, divergence, Direction::Location))
    }
}

/// All measurements on a pair.
pub(super) struct Measured {
    pub(super) p: Distribution,
    pub(super) q: Distribution,
    pub(super) profile: Profile,
    swapped: Lazy<f64>,
    /// The way by the mixture ½(p + q).
    pub(super) mixture: Way,
    /// The way by the distribution halfway along the optimal transport, with its mean and standard deviation.
    /// It exists only between single components, where that distribution has the same form.
    pub(super) halfway: Option<(Way, [f64; 2])>,
    pub(super) apart: Apart,
}

impl Measured {
    /// The measurements on two mixtures with components of the shape `shape`.
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
    /// The value with p and q exchanged, D(q, p).
    pub(super) fn swapped(&self, candidate: Candidate) -> f64 {
        self.swapped.get(candidate, |divergence| divergence.between(&self.q, &self.p))
    }
}

/// The mixture ½(p + q).
fn middle(p: &Distribution, q: &Distribution) -> Distribution {
    if p == q {
        return p.clone();
    }
    valid(Mixture::new(vec![(0.5, p.clone()), (0.5, q.clone())])).into()
}
