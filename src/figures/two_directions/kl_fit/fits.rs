//! The two fits of `kl-fit`: their optima, and the steps by which they approach them.

use divergences::distribution::{Distribution, Gaussian};
use divergences::divergence::Divergence;
use divergences::fit::{Optimum, Step, Target, Trajectory, descend};

use super::{Fits, LAST_STEP};
use crate::figure::components::{Components, Shape};
use crate::figure::prelude::*;
use crate::plot::AS_GOOD;

/// One of the two directions of KL, with the keys of its parts and readouts.
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

/// The model: everything that follows from the parameters.
pub struct Model {
    pub(super) fits: Fits,
    pub(super) p: Distribution,
    /// All optima of each direction. They depend on the target alone.
    pub(super) optima: Memo<Components, [Vec<Optimum>; 2]>,
    /// All steps of each fit, whichever of them is shown.
    ways: Memo<Fits, [Trajectory; 2]>,
}

/// One of the two fits.
pub(super) struct Run<'a> {
    pub(super) model: &'a Model,
    pub(super) of: &'static Course,
    pub(super) way: &'a Trajectory,
    pub(super) optima: &'a [Optimum],
    /// The current step.
    pub(super) now: Step,
}

impl Model {
    pub(super) fn new(fits: &Fits, before: Option<&Self>) -> Self {
        let target = || valid(Target::new(&fits.target.triples()));
        let optima = Memo::new(fits.target.clone(), before.map(|model| &model.optima), |_| {
            let target = target();
            DIRECTIONS.map(|direction| target.optima(direction.divergence))
        });
        // The step and the unit are not part of the key, so that playing computes nothing anew.
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

/// The fit after `step` steps, or its last step if it ended before.
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

    /// The mean of the best fit. It is NaN if several are equally good.
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

    /// The current mean and standard deviation.
    pub(super) fn place(&self) -> [Readout; 2] {
        [Readout::number(self.of.mean, self.now.q.mean()), Readout::number(self.of.sd, self.now.q.sd())]
    }

    /// The integrand of the divergence at `x`: p log(p/q) or q log(q/p).
    pub(super) fn integrand(&self, x: f64) -> f64 {
        let (log_p, log_q) = (self.model.p.log_density(x), self.now.q.log_density(x));
        if self.of.divergence == Divergence::ForwardKl {
            log_p.exp() * (log_p - log_q)
        } else {
            log_q.exp() * (log_q - log_p)
        }
    }
}
