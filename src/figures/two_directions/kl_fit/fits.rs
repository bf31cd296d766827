//! The fits of the two-directions-of-KL figure: where they can end, and the way that they take.

use divergences::distribution::{Distribution, Gaussian};
use divergences::divergence::Divergence;
use divergences::fit::{Optimum, Step, Target, Trajectory, descend};

use super::{Fits, LAST_STEP};
use crate::figure::components::{Components, Shape};
use crate::figure::prelude::*;
use crate::plot::AS_GOOD;

/// The course of descent in one of the two directions, and what its parts and numbers are called.
pub(super) struct Course {
    divergence: Divergence,
    pub(super) ink: Ink,
    pub(super) key: &'static str,
    pub(super) q: &'static str,
    pub(super) optima: &'static str,
    mean: &'static str,
    sd: &'static str,
}

macro_rules! direction {
    ($divergence:ident, $key:literal) => {
        Course {
            divergence: Divergence::$divergence,
            ink: Ink::$divergence,
            key: $key,
            q: concat!($key, "-q"),
            optima: concat!($key, "-optima"),
            mean: concat!($key, "-mean"),
            sd: concat!($key, "-sd"),
        }
    };
}

const DIRECTIONS: [Course; 2] = [direction!(ForwardKl, "forward"), direction!(ReverseKl, "reverse")];

/// What the parameters imply.
pub struct Model {
    pub(super) fits: Fits,
    pub(super) p: Distribution,
    /// All optima, by direction; the target alone decides on them.
    pub(super) optima: Memo<Components, [Vec<Optimum>; 2]>,
    /// The whole way of each fit, whichever of its steps is shown.
    ways: Memo<Fits, [Trajectory; 2]>,
}

/// One of the two fits.
pub(super) struct Run<'a> {
    pub(super) model: &'a Model,
    pub(super) of: &'static Course,
    pub(super) way: &'a Trajectory,
    pub(super) optima: &'a [Optimum],
    /// Where the fit stands now.
    pub(super) now: Step,
}

impl Model {
    pub(super) fn new(fits: &Fits, before: Option<&Self>) -> Self {
        let target = || valid(Target::new(&fits.target.triples()));
        let optima = Memo::new(fits.target.clone(), before.map(|model| &model.optima), |_| {
            let target = target();
            DIRECTIONS.map(|direction| target.optima(direction.divergence))
        });
        // Playing changes the step alone.
        let way = Fits { step: 0, unit: Unit::Nats, ..fits.clone() };
        let ways = Memo::new(way, before.map(|model| &model.ways), |fits| {
            let (target, start) = (target(), valid(Gaussian::new(fits.mean, fits.sd)));
            let steps = LAST_STEP as usize;
            DIRECTIONS.map(|of| descend(&target, of.divergence, start, fits.optimiser, fits.rate, steps))
        });
        Self { p: fits.target.distribution(Shape::Bells), optima, ways, fits: fits.clone() }
    }

    pub(super) fn runs(&self) -> [Run<'_>; 2] {
        [0, 1].map(|which| {
            let way = &self.ways[which];
            let (of, now) = (&DIRECTIONS[which], at(way, self.step()));
            Run { model: self, of, way, optima: &self.optima[which], now }
        })
    }

    pub(super) fn step(&self) -> usize {
        self.fits.step as usize
    }
}

/// Where a fit is after `step` steps; if it ended before, where it ended.
fn at(way: &Trajectory, step: usize) -> Step {
    way.points[step.min(way.points.len() - 1)]
}

impl Run<'_> {
    pub(super) fn at(&self, step: usize) -> Step {
        at(self.way, step)
    }

    pub(super) fn best_value(&self) -> f64 {
        self.optima.first().map_or(f64::NAN, |best| best.value)
    }

    /// The mean of the best fit; NaN where several are equally good.
    pub(super) fn best_mean(&self) -> f64 {
        match self.optima {
            [best, next, ..] if next.value <= best.value + AS_GOOD => f64::NAN,
            [best, ..] => best.q.mean(),
            [] => f64::NAN,
        }
    }

    pub(super) fn value(&self) -> Readout {
        Readout::divergence(self.of.key, self.now.value, self.model.fits.unit)
    }

    /// Where it stands: mean and standard deviation.
    pub(super) fn place(&self) -> [Readout; 2] {
        [Readout::number(self.of.mean, self.now.q.mean()), Readout::number(self.of.sd, self.now.q.sd())]
    }

    /// What a place adds to the divergence: p log(p/q), or q log(q/p).
    pub(super) fn integrand(&self, x: f64) -> f64 {
        let (log_p, log_q) = (self.model.p.log_density(x), self.now.q.log_density(x));
        if self.of.divergence == Divergence::ForwardKl {
            log_p.exp() * (log_p - log_q)
        } else {
            log_q.exp() * (log_q - log_p)
        }
    }
}
