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
    /// The current step; `None` once the fit has diverged.
    pub(super) now: Option<Step>,
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
            let now = way.points.get(self.step()).copied();
            Run { model: self, of: &DIRECTIONS[which], way, optima: &self.optima[which], now }
        })
    }

    pub(super) fn step(&self) -> usize {
        self.fits.step as usize
    }
}

/// The mean of an optimum. Its place is known to 1e-8: what is nearer to 0 is rounding.
pub(super) fn mean_of_optimum(q: &Gaussian) -> f64 {
    if q.mean().abs() < 1e-8 * q.sd() { 0.0 } else { q.mean() }
}

impl Run<'_> {
    /// The fit after `step` steps; `None` if it has diverged by then.
    pub(super) fn at(&self, step: usize) -> Option<Step> {
        self.way.points.get(step).copied()
    }

    pub(super) fn start(&self) -> Step {
        self.way.points[0]
    }

    /// The last step before the fit diverged, or the last of all.
    pub(super) fn last(&self) -> usize {
        self.way.points.len() - 1
    }

    /// The current fit, or the start once it has diverged: there the handle stands.
    pub(super) fn held(&self) -> Gaussian {
        self.now.unwrap_or(self.start()).q
    }

    pub(super) fn best_value(&self) -> f64 {
        self.optima.first().map_or(f64::NAN, |best| best.value)
    }

    /// The mean of the best fit. It is NaN if several are equally good.
    pub(super) fn best_mean(&self) -> f64 {
        match self.optima {
            [best, next, ..] if next.value <= best.value + AS_GOOD => f64::NAN,
            [best, ..] => mean_of_optimum(&best.q),
            [] => f64::NAN,
        }
    }

    pub(super) fn value(&self) -> Readout {
        let value = self.now.map_or(f64::NAN, |now| now.value);
        Readout::divergence(self.of.key, value, self.model.fits.unit)
    }

    /// The current mean and standard deviation. They are undefined once the fit has diverged.
    pub(super) fn place(&self) -> [Readout; 2] {
        let read = |read: fn(&Gaussian) -> f64| self.now.map_or(f64::NAN, |now| read(&now.q));
        [Readout::number(self.of.mean, read(Gaussian::mean)), Readout::number(self.of.sd, read(Gaussian::sd))]
    }

    /// The density of the current fit at `x`.
    pub(super) fn density(&self, x: f64) -> f64 {
        self.now.map_or(f64::NAN, |now| now.q.density(x))
    }

    /// The integrand of the divergence at `x`: p log(p/q) or q log(q/p).
    pub(super) fn integrand(&self, x: f64) -> f64 {
        let Some(now) = self.now else { return f64::NAN };
        let (log_p, log_q) = (self.model.p.log_density(x), now.q.log_density(x));
        if self.of.divergence == Divergence::ForwardKl {
            term(log_p, log_p - log_q)
        } else {
            term(log_q, log_q - log_p)
        }
    }
}

/// A density, given by its logarithm, times a logarithm. 0 log 0 is 0, also where the other density is 0.
fn term(log_density: f64, log_ratio: f64) -> f64 {
    let density = log_density.exp();
    if density == 0.0 { 0.0 } else { density * log_ratio }
}
