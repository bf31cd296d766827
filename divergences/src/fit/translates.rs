//! A density against its own translates.

use std::f64::consts::LN_2;

use crate::distribution::Distribution;
use crate::numeric::nodes::{DIGITS, Plan, Rule};
use crate::numeric::simd::{exp, ln_1p, splat};
use crate::numeric::special::NORMAL_REACH;
use wide::f64x2;

/// Places of a Gaussian, in standard deviations, around which panels may not be longer than at its centre:
/// its tails fall more steeply the farther out.
const TAILS: [f64; 3] = [-4.5, 0.0, 4.5];
/// The width of the peaks that are planned for there, in standard deviations: log(1 + p/q) has singularities two or three of
/// them off the line.
const FINENESS: f64 = 1.0;
/// A density f that is symmetric about its centre and falls from there to both sides, prepared for f-divergences between
/// f(x) and f(x − θ), and for their derivatives by θ, all from one pass of quadrature for each θ.
///
/// For curves over θ: a single pair of any kind is served by [`Profile`](crate::divergence::Profile) and
/// [`slope`](super::slope()).
///
/// - **Accuracy**: values to about 1e-12 absolutely, and derivatives to 1e-9 relatively.
///
/// ```
/// use divergences::distribution::Uniform;
/// use divergences::fit::Translates;
///
/// let translates = Translates::new(&Uniform::new(-1.0, 1.0)?.into()).expect("a uniform density is symmetric");
/// let found = translates.at(0.5);
/// assert!((found.total_variation[0] - 0.25).abs() < 1e-15);
/// assert!((found.jensen_shannon[1] - 0.5 * 2_f64.ln()).abs() < 1e-15);
/// assert_eq!(translates.at(3.0).jensen_shannon, [2_f64.ln(), 0.0]);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Translates {
    distribution: Distribution,
    centre: f64,
    /// Half the width of the support, perhaps infinite.
    half_width: f64,
    /// The distance from the centre on either side beyond which the mass is negligible.
    reach: f64,
    /// The places where the density changes: each is a distance from the centre, on both sides, and the
    /// length of the change.
    marks: Vec<(f64, f64)>,
}

/// What [`Translates::at`] finds, in nats; KL is the same both ways.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::fit::Translates;
///
/// let translates = Translates::new(&Gaussian::new(0.0, 1.0)?.into()).expect("a Gaussian is symmetric");
/// let [kl, slope] = translates.at(2.0).kullback_leibler;
/// assert!((kl - 2.0).abs() < 1e-12 && (slope - 2.0).abs() < 1e-12); // θ²/2 and θ
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Translated {
    /// The shift θ.
    pub shift: f64,
    /// KL, and its derivative by θ: NaN where KL is infinite.
    pub kullback_leibler: [f64; 2],
    /// JS, and its derivative by θ.
    pub jensen_shannon: [f64; 2],
    /// Total variation, and its derivative by θ.
    pub total_variation: [f64; 2],
    /// The squared Hellinger distance, and its derivative by θ.
    pub hellinger_squared: [f64; 2],
}

impl Translates {
    /// Prepares `distribution`; `None` unless it is a single point mass, a Gaussian, a Uniform, a truncation of either that
    /// leaves it symmetric, or such a one with noise.
    ///
    /// ```
    /// use divergences::distribution::{Laplace, Uniform};
    /// use divergences::fit::Translates;
    ///
    /// assert!(Translates::new(&Uniform::new(0.0, 1.0)?.into()).is_some());
    /// assert!(Translates::new(&Laplace::new(0.0, 1.0)?.into()).is_none());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn new(distribution: &Distribution) -> Option<Self> {
        let mut marks = Vec::new();
        let (centre, half_width, reach) = match distribution {
            Distribution::PointMasses(d) => match *d.atoms() {
                [(position, _)] => (position, 0.0, 0.0),
                _ => return None,
            },
            Distribution::Gaussian(d) => {
                marks.push((0.0, d.sd()));
                (d.mean(), f64::INFINITY, NORMAL_REACH * d.sd())
            }
            Distribution::Uniform(d) => (d.mean(), 0.5 * d.width(), 0.5 * d.width()),
            Distribution::Truncated(d) => {
                let centre = 0.5 * (d.lower() + d.upper());
                let half_width = 0.5 * (d.upper() - d.lower());
                if !d.is_flat() {
                    let Distribution::Gaussian(whole) = d.base() else { return None };
                    if (whole.mean() - centre).abs() > 1e-12 * half_width {
                        return None;
                    }
                    marks.push((0.0, whole.sd()));
                }
                (centre, half_width, half_width)
            }
            Distribution::Smoothed(d) => {
                let base = Self::new(&d.base())?;
                marks.push((base.half_width, d.noise()));
                marks.extend(base.marks.iter().map(|&(place, width)| (place, width.hypot(d.noise()))));
                (base.centre, f64::INFINITY, base.reach + NORMAL_REACH * d.noise())
            }
            _ => return None,
        };
        reach.is_finite().then(|| Self {
            distribution: distribution.clone(),
            centre,
            half_width,
            reach,
            marks,
        })
    }

    /// Logarithm of the density at two points at these distances from the centre, and its derivative.
    #[inline(never)]
    fn log_density_and_score(&self, offset: f64x2) -> (f64x2, f64x2) {
        let x = splat(self.centre) + offset;
        match &self.distribution {
            Distribution::Smoothed(d) => d.log_density_and_score(x),
            Distribution::Gaussian(d) => (d.log_density_pair(x), offset * splat(-1.0 / (d.sd() * d.sd()))),
            Distribution::Truncated(d) => {
                let curvature = match d.base() {
                    Distribution::Gaussian(whole) => -1.0 / (whole.sd() * whole.sd()),
                    _ => 0.0,
                };
                (d.log_density_pair(x), offset * splat(curvature))
            }
            // A uniform density is the same everywhere.
            other => (splat(other.log_density(self.centre)), splat(0.0)),
        }
    }

    /// The divergences at the shift `theta` ≥ 0, with their derivatives: at 0 those to the right, ∞ where one jumps; at the
    /// shift at which the supports part, those beyond.
    ///
    /// - **Cost**: 2 µs for a Gaussian, 15 µs with noise.
    ///
    /// ```
    /// use divergences::distribution::Uniform;
    /// use divergences::fit::Translates;
    ///
    /// let translates = Translates::new(&Uniform::new(0.0, 1.0)?.into()).expect("a uniform density is symmetric");
    /// assert_eq!(translates.at(0.0).total_variation, [0.0, 1.0]);
    /// assert_eq!(translates.at(1.0).total_variation, [1.0, 0.0]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn at(&self, theta: f64) -> Translated {
        let theta = theta.max(0.0);
        let bounded = self.half_width < f64::INFINITY;
        // At θ = 0 it jumps from 0 to ∞.
        let infinite = if theta > 0.0 { [f64::INFINITY, f64::NAN] } else { [0.0, f64::INFINITY] };
        if bounded && theta >= 2.0 * self.half_width {
            let saturated = |ceiling: f64| if theta > 0.0 { [ceiling, 0.0] } else { infinite };
            return Translated {
                shift: theta,
                kullback_leibler: infinite,
                jensen_shannon: saturated(LN_2),
                total_variation: saturated(1.0),
                hellinger_squared: saturated(1.0),
            };
        }
        // The mirror image about θ/2 exchanges p and q: what lies to its left says all, and p ≥ q there.
        let middle = 0.5 * theta;
        let rule = Rule::Panels(self.plan(theta).panels());
        let half = splat(0.5);
        let [mut kl, mut js, mut hellinger, mut variation] = [[splat(0.0); 2]; 4];
        rule.for_each(|x, w| {
            let (log_p, score_p) = self.log_density_and_score(x);
            let (log_q, score_q) = self.log_density_and_score(x - splat(theta));
            let ratio = (log_p - log_q).fast_max(splat(0.0));
            let (root_p, root_q) = (exp(half * log_p), exp(half * log_q));
            let (p, q) = (w * root_p * root_p, w * root_q * root_q);
            // log(1 + q/p) and log(1 + p/q).
            let over_p = ln_1p(exp(-ratio));
            let over_q = ratio + over_p;
            kl[0] += (p - q) * ratio;
            kl[1] += p * score_q - q * score_p;
            js[0] += p * (splat(LN_2) - over_p) + q * (splat(LN_2) - over_q);
            js[1] += half * (q * over_q * score_q - p * over_p * score_p);
            let gap = root_p - root_q;
            hellinger[0] += w * gap * gap;
            hellinger[1] += half * w * root_p * root_q * (score_q - score_p);
            variation[0] += p - q;
        });
        let [mut kl, mut js, mut hellinger, mut variation] =
            [kl, js, hellinger, variation].map(|sums| sums.map(f64x2::reduce_add));
        if bounded {
            // Mass of p is left alone where q begins; this is how fast.
            let edge = self.centre - self.half_width;
            let alone = self.distribution.cdf(edge + theta);
            let (p, q) = (self.distribution.density(edge + theta), self.distribution.density(edge));
            kl = infinite;
            js[0] += alone * LN_2;
            js[1] += 0.5 * (p * (q / p).ln_1p() + q * (p / q).ln_1p());
            hellinger[0] += alone;
            hellinger[1] += (p * q).sqrt();
            variation[0] += alone;
        }
        if theta == 0.0 {
            // At θ = 0 they are exactly 0, without the rounding of log 2 or of an edge.
            (js[0], hellinger[0], variation[0]) = (0.0, 0.0, 0.0);
        }
        variation[1] = self.distribution.density(self.centre + middle);
        Translated {
            shift: theta,
            kullback_leibler: kl,
            jensen_shannon: js,
            total_variation: variation,
            hellinger_squared: hellinger,
        }
    }

    /// The nodes' plan: where both have mass, up to halfway between them.
    fn plan(&self, theta: f64) -> Plan {
        let middle = 0.5 * theta;
        let from = if self.half_width < f64::INFINITY { theta - self.half_width } else { -self.reach };
        let (height, score) = self.log_density_and_score(splat(middle));
        // The overlap is below any number there, so that KL alone counts.
        let to = if height.to_array()[0] < -740.0 { self.reach.min(middle) } else { middle };
        let mut plan = Plan::new((from, to));
        for &(place, width) in &self.marks {
            for centre in [-place, place, theta - place] {
                // The tails are as fine as the centre.
                for tail in TAILS {
                    plan.peak(centre + tail * width, FINENESS * width, DIGITS);
                }
            }
        }
        // log(1 + p/q) is singular where p/q = −1, off the line at the middle.
        let slope = 2.0 * score.to_array()[0].abs();
        if slope > 0.0 && to == middle {
            plan.singularity(middle, std::f64::consts::PI / slope, DIGITS, self.reach);
        }
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Gaussian, Laplace, PointMasses, Truncated, Uniform};
    use crate::divergence::Divergence;
    use crate::fit::{Direction, Slope, slope};

    fn uniform() -> Distribution {
        Uniform::new(-0.2, 1.2).unwrap().into()
    }

    fn truncated() -> Distribution {
        Truncated::new(Gaussian::new(0.5, 0.35).unwrap(), -0.2, 1.2).unwrap().into()
    }

    #[test]
    fn agrees_with_what_serves_any_pair() {
        let mut all = vec![uniform(), truncated(), Gaussian::new(0.5, 0.3).unwrap().into()];
        for noise in [0.02, 0.2, 1.5] {
            all.extend([uniform().smooth(noise).unwrap(), truncated().smooth(noise).unwrap()]);
        }
        let (mut worst, mut steepest) = (0_f64, 0_f64);
        for density in all {
            let translates = Translates::new(&density).unwrap();
            for theta in [0.01, 0.1, 0.6, 1.2, 1.5, 1.6, 3.0] {
                let found = translates.at(theta);
                let moved = density.translate(theta).unwrap();
                for (divergence, [value, derivative]) in [
                    (Divergence::ForwardKl, found.kullback_leibler),
                    (Divergence::ReverseKl, found.kullback_leibler),
                    (Divergence::JensenShannon, found.jensen_shannon),
                    (Divergence::TotalVariation, found.total_variation),
                    (Divergence::HellingerSquared, found.hellinger_squared),
                ] {
                    let exact = divergence.between(&density, &moved);
                    let error = if value == exact { 0.0 } else { (value - exact).abs() / exact.max(1.0) };
                    worst = worst.max(error);
                    assert!(error <= 1e-11, "{density:?} {theta} {divergence:?}: {value} {exact}");
                    let exact = slope(&density, &moved, divergence, Direction::Location);
                    let Slope::Finite(exact) = exact else {
                        assert!(derivative.is_nan(), "{density:?} {theta} {divergence:?}': {derivative}");
                        continue;
                    };
                    if exact.abs() < 1e-40 {
                        assert!(
                            derivative.abs() < 1e-40,
                            "{density:?} {theta} {divergence:?}': {derivative:e}"
                        );
                        continue;
                    }
                    let error = ((derivative - exact) / exact).abs();
                    steepest = steepest.max(error);
                    assert!(error <= 1e-9, "{density:?} {theta} {divergence:?}': {derivative:e} {exact:e}");
                }
            }
        }
        println!("worst value {worst:e}, worst derivative {steepest:e}");
    }

    #[test]
    fn parted_supports_are_saturated() {
        let atom = Distribution::from(PointMasses::new(vec![(0.5, 1.0)]).unwrap());
        for density in [atom, uniform(), truncated()] {
            let found = Translates::new(&density).unwrap().at(1.5);
            assert_eq!(found.jensen_shannon, [LN_2, 0.0], "{density:?}");
            assert_eq!(found.total_variation, [1.0, 0.0], "{density:?}");
            assert_eq!(found.hellinger_squared, [1.0, 0.0], "{density:?}");
            assert_eq!(found.kullback_leibler[0], f64::INFINITY, "{density:?}");
        }
    }

    #[test]
    fn at_0_derivatives_are_those_to_the_right() {
        let atom = Distribution::from(PointMasses::new(vec![(0.5, 1.0)]).unwrap());
        for density in [atom, uniform(), truncated(), uniform().smooth(0.1).unwrap()] {
            let found = Translates::new(&density).unwrap().at(0.0);
            for (divergence, [value, derivative]) in [
                (Divergence::ForwardKl, found.kullback_leibler),
                (Divergence::JensenShannon, found.jensen_shannon),
                (Divergence::TotalVariation, found.total_variation),
                (Divergence::HellingerSquared, found.hellinger_squared),
            ] {
                assert_eq!(value, 0.0, "{density:?} {divergence:?}");
                let right = match slope(&density, &density, divergence, Direction::Location) {
                    Slope::Kink { right, .. } => right,
                    other => other.finite().unwrap(),
                };
                let same = derivative == right || (derivative - right).abs() <= 1e-12;
                assert!(same, "{density:?} {divergence:?}': {derivative} {right}");
            }
        }
    }

    #[test]
    fn refuses_what_is_not_symmetric() {
        let lopsided = Truncated::new(Gaussian::new(0.0, 1.0).unwrap(), -1.0, 2.0).unwrap();
        let cut = Truncated::new(Laplace::new(0.0, 1.0).unwrap(), -1.0, 1.0).unwrap();
        for d in [Distribution::from(lopsided), cut.into(), Laplace::new(0.0, 1.0).unwrap().into()] {
            assert!(Translates::new(&d).is_none(), "{d:?}");
        }
    }
}
