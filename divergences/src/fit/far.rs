//! Fits far from 0, in coordinates whose 0 is at what is narrow.

use std::cell::OnceCell;

use super::objective::Objective;
use super::parabola::{Parabola, Zero};
use super::target::{Target, zeros};
use crate::distribution::Gaussian;
use crate::divergence::Divergence;

/// What lies farther from 0 than so many of its standard deviations wants its own coordinates: there nodes lose 4 of 16 digits.
const FAR: f64 = 1e4;

impl Target {
    /// How many of its standard deviations a component lies from 0 at most.
    pub(super) fn farthest(parabolas: &[Parabola]) -> f64 {
        parabolas.iter().map(|p| p.mean.abs() / p.sd).fold(0.0, f64::max)
    }

    /// This target and the model, in coordinates whose 0 is at the mean of the narrowest, or for a cost of transport at
    /// the target's, whose quantiles it integrates over; `None` where they are fine as they are.
    pub(super) fn seen_from_nearby(&self, objective: Objective, q: Gaussian) -> Option<(Self, Gaussian)> {
        if self.farthest <= FAR && q.mean().abs() <= FAR * q.sd() {
            return None;
        }
        let model = Parabola::new(0.0, q);
        let all = self.parabolas.iter().chain([&model]);
        let origin = match objective {
            Objective::TransportCost(_) | Objective::Divergence(Divergence::Wasserstein(_)) => {
                self.distant_place()?
            }
            _ => all.min_by(|a, b| a.sd.total_cmp(&b.sd))?.mean,
        };
        Some((self.moved(origin)?, Gaussian::new(q.mean() - origin, q.sd()).ok()?))
    }

    /// This target seen from `origin`; `None` where that is 0.
    pub(super) fn moved(&self, origin: f64) -> Option<Self> {
        if origin == 0.0 {
            return None;
        }
        let move_to = |p: &Parabola| Parabola { mean: p.mean - origin, ..*p };
        let parabolas: Vec<Parabola> = self.parabolas.iter().map(move_to).collect();
        let (_, mean, variance) = super::target::group_moments(&self.weights, &parabolas);
        // Near 0 their places are exact enough to be moved along.
        let moved_zeros = || self.zeros.iter().map(|zero| Zero { x: zero.x - origin, ..*zero }).collect();
        Some(Self {
            zeros: if self.farthest <= FAR { moved_zeros() } else { zeros(&parabolas) },
            farthest: Self::farthest(&parabolas),
            parabolas,
            weights: self.weights.clone(),
            mean,
            variance,
            entropy: self.entropy,
            coupling: OnceCell::new(),
            profile: OnceCell::new(),
        })
    }

    /// Where this target lies, if that is far from 0 for each of its components.
    pub(super) fn distant_place(&self) -> Option<f64> {
        let far = self.parabolas.iter().all(|p| p.mean.abs() > FAR * p.sd);
        let narrowest = self.parabolas.iter().min_by(|a, b| a.sd.total_cmp(&b.sd))?;
        far.then_some(narrowest.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::{Generator, f_divergence, kullback_leibler};

    #[test]
    fn a_fit_that_has_run_away_is_as_bad_as_it_is() {
        let target = Target::new(&[(0.5, -2.0, 0.7), (0.5, 2.0, 0.7)]).unwrap();
        for (mean, sd) in [(-7.5e6, 1.7e-12), (-1e12, 1e-6), (-1e5, 1e3), (-3e4, 1e-300)] {
            let q = Gaussian::new(mean, sd).unwrap();
            let found = target.evaluate(Divergence::ReverseKl, q);
            // Out there the nearer component is all of the target, at half its weight.
            let nearer = Gaussian::new(-2.0, 0.7).unwrap();
            let value = kullback_leibler(&q.into(), &nearer.into()) + std::f64::consts::LN_2;
            assert!((found.value / value - 1.0).abs() < 1e-9, "{q:?}: {found:?} is not {value}");
            let slope = (mean + 2.0) / 0.49;
            assert!((found.gradient[0].finite().unwrap() / slope - 1.0).abs() < 1e-9, "{q:?}: {found:?}");
            for divergence in
                [Divergence::JensenShannon, Divergence::TotalVariation, Divergence::HellingerSquared]
            {
                let value = target.evaluate(divergence, q).value;
                assert!((value - divergence.upper_bound()).abs() < 1e-12, "{divergence:?} of {q:?}: {value}");
            }
        }
    }

    #[test]
    fn a_spike_keeps_the_overlap_that_powers_see() {
        let (target, p) = (Target::new(&[(1.0, 0.0, 1.0)]).unwrap(), Gaussian::new(0.0, 1.0).unwrap());
        for alpha in [0.01, 0.3, 0.5, 0.99] {
            for sd in [1e-20, 1e-170, 1e-300] {
                let q = Gaussian::new(0.5, sd).unwrap();
                let right = f_divergence(Generator::Alpha(alpha), &p.into(), &q.into());
                let found = target.evaluate(Divergence::Alpha(alpha), q).value;
                assert!((found / right - 1.0).abs() < 1e-12, "α = {alpha}, σ = {sd}: {found} is not {right}");
            }
        }
    }

    #[test]
    fn minima_move_along_with_the_target() {
        let at = |place: f64| Target::new(&[(0.3, place - 2.0, 0.75), (0.7, place + 2.0, 0.5)]).unwrap();
        let place = 2_f64.powi(40);
        for divergence in [Divergence::ReverseKl, Divergence::TotalVariation, Divergence::Wasserstein(1.0)] {
            let (near, far) = (at(0.0).optima(divergence), at(place).optima(divergence));
            assert_eq!(near.len(), far.len(), "{divergence:?}");
            for (near, far) in near.iter().zip(&far) {
                assert!((near.value - far.value).abs() < 1e-13, "{divergence:?}: {near:?} {far:?}");
                assert!(
                    (far.q.mean() - place - near.q.mean()).abs() < 3e-4,
                    "{divergence:?}: {near:?} {far:?}"
                );
            }
        }
    }
}
