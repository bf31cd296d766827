//! How far apart two distributions are.
//!
//! Conventions: p is the target and q the model, so that "forward" KL is KL(p‖q). Values are in nats ([`Unit`] converts).
//! JS is ½ KL(p‖m) + ½ KL(q‖m), at most log 2; TV and H² carry the ½ and are at most 1; a Wasserstein distance is the
//! distance, not its power. Infinite is `f64::INFINITY`; what is undefined is NaN, and the item says when.
//!
//! All f-divergences come from one definition, a [`Generator`], over the exact decomposition of a pair into a common density,
//! common point masses, and mass where the other has none. Between Gaussians, and between piecewise constant densities,
//! values are closed forms; elsewhere adaptive quadrature of terms that are never negative, whose tails are judged
//! analytically: it never decides by numbers whether a value is infinite.
//!
//! A divergence is available as a function ([`kullback_leibler`]), as a value ([`Divergence`], which includes the Wasserstein
//! distances of [`transport`](crate::transport)), together with the other usual ones ([`Profile`]), and between arrays
//! ([`discrete`]).
//!
//! ```
//! use divergences::distribution::{Distribution, Uniform};
//! use divergences::divergence::{Divergence, kullback_leibler};
//!
//! let p = Distribution::from(Uniform::new(0.0, 1.0)?);
//! let q = Distribution::from(Uniform::new(0.5, 1.5)?);
//! assert_eq!(kullback_leibler(&p, &q), f64::INFINITY);
//! assert_eq!(Divergence::TotalVariation.between(&p, &q), 0.5);
//! assert_eq!(Divergence::Wasserstein(1.0).between(&p, &q), 0.5);
//! # Ok::<(), divergences::distribution::Error>(())
//! ```

pub mod discrete;
mod entropy;
mod error;
mod f_divergence;
mod gaussian;
mod generator;
mod profile;
mod scheffe;
mod sums;
mod unit;

pub use entropy::{cross_entropy, entropy};
pub use error::Error;
pub use f_divergence::{
    alpha_divergence, chi_squared, f_divergence, hellinger_squared, jeffreys, jensen_shannon,
    kullback_leibler, total_variation,
};
pub use generator::Generator;
pub use profile::Profile;
pub use scheffe::ScheffeSet;
pub use unit::Unit;

use crate::distribution::{Categorical, Distribution};
use crate::transport::{wasserstein, wasserstein_infinity};

/// A measure of how far apart two distributions are.
///
/// In each p is the target and q the model. What each is, and what it is good for, stands in a table of the
/// [crate](crate#which-one).
///
/// ```
/// use divergences::distribution::{Distribution, Gaussian};
/// use divergences::divergence::Divergence;
///
/// let p = Distribution::from(Gaussian::new(0.0, 1.0)?);
/// let q = Distribution::from(Gaussian::new(1.0, 1.0)?);
/// assert_eq!(Divergence::ForwardKl.between(&p, &q), 0.5);
/// assert!(Divergence::wasserstein(0.5).is_err());
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Divergence {
    /// KL(p‖q) = ∫ p log p/q, p the target, q the model.
    ForwardKl,
    /// KL(q‖p).
    ReverseKl,
    /// KL(p‖q) + KL(q‖p).
    Jeffreys,
    /// ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2, at most log 2.
    JensenShannon,
    /// The root of the Jensen–Shannon divergence, a metric.
    JensenShannonDistance,
    /// sup |P(A) − Q(A)| = ½ ∫ |p − q|, at most 1.
    TotalVariation,
    /// ½ ∫ (√p − √q)² = 1 − ∫ √(pq), at most 1.
    HellingerSquared,
    /// The root of the squared Hellinger distance, a metric.
    Hellinger,
    /// χ²(p‖q) = ∫ p²/q − 1.
    ChiSquared,
    /// χ²(q‖p).
    ReverseChiSquared,
    /// `D_α(p‖q) = (∫ p^α q^(1−α) − 1)/α(α − 1)`; KL(p‖q) at α = 1, KL(q‖p) at α = 0. NaN unless α is finite.
    Alpha(f64),
    /// The Wasserstein distance of an order from 1 to ∞; NaN for others.
    Wasserstein(f64),
    /// The Wasserstein distance of order ∞: the farthest that any mass has to travel.
    WassersteinInfinity,
}

impl Divergence {
    /// The α-divergence.
    ///
    /// ```
    /// use divergences::divergence::Divergence;
    ///
    /// assert_eq!(Divergence::alpha(0.5)?, Divergence::Alpha(0.5));
    /// assert!(Divergence::alpha(f64::NAN).is_err());
    /// # Ok::<(), divergences::divergence::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `alpha` is not finite.
    pub fn alpha(alpha: f64) -> Result<Self, Error> {
        if alpha.is_finite() {
            Ok(Self::Alpha(alpha))
        } else {
            Err(Error::InvalidOrder { parameter: "alpha", value: alpha })
        }
    }

    /// The Wasserstein distance of order `p`, which may be ∞.
    ///
    /// ```
    /// use divergences::divergence::Divergence;
    ///
    /// assert_eq!(Divergence::wasserstein(2.0)?, Divergence::Wasserstein(2.0));
    /// assert_eq!(Divergence::wasserstein(f64::INFINITY)?, Divergence::WassersteinInfinity);
    /// # Ok::<(), divergences::divergence::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `p` is below 1 or NaN.
    pub fn wasserstein(p: f64) -> Result<Self, Error> {
        if p == f64::INFINITY {
            Ok(Self::WassersteinInfinity)
        } else if p >= 1.0 {
            Ok(Self::Wasserstein(p))
        } else {
            Err(Error::InvalidOrder { parameter: "p", value: p })
        }
    }

    /// The divergence between `p`, the target, and `q`, the model: in nats where it is an expected logarithm, a length where
    /// it is a Wasserstein distance.
    ///
    /// ∞ where it is infinite, NaN where an order makes no sense.
    ///
    /// - **Accuracy and cost**: those of [`f_divergence()`] and [`wasserstein`]; several of one pair are cheaper from
    ///   [`Profile`].
    ///
    /// ```
    /// use divergences::distribution::{Distribution, Gaussian};
    /// use divergences::divergence::Divergence;
    ///
    /// let p = Distribution::from(Gaussian::new(0.0, 1.0)?);
    /// let q = Distribution::from(Gaussian::new(3.0, 5.0)?);
    /// assert_eq!(Divergence::Wasserstein(2.0).between(&p, &q), 5.0);
    /// assert!(Divergence::ForwardKl.between(&p, &q) < Divergence::ReverseKl.between(&p, &q));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn between(self, p: &Distribution, q: &Distribution) -> f64 {
        match self {
            Self::Wasserstein(order) => wasserstein(order, p, q),
            Self::WassersteinInfinity => wasserstein_infinity(p, q),
            _ => self.finish(self.generator().map_or(f64::NAN, |generator| f_divergence(generator, p, q))),
        }
    }

    /// The divergence between two distributions on the same categories.
    ///
    /// - **Accuracy and cost**: those of the functions in [`discrete`].
    ///
    /// ```
    /// use divergences::distribution::Categorical;
    /// use divergences::divergence::{Divergence, Error};
    ///
    /// let p = Categorical::new(vec![0.5, 0.5])?;
    /// let q = Categorical::new(vec![0.25, 0.75])?;
    /// assert!((Divergence::TotalVariation.between_categorical(&p, &q)? - 0.25).abs() < 1e-16);
    /// assert_eq!(Divergence::Wasserstein(1.0).between_categorical(&p, &q), Err(Error::NoPositions));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If their numbers of categories differ, the order is invalid, or it is a Wasserstein distance: categories have no
    /// positions.
    pub fn between_categorical(self, p: &Categorical, q: &Categorical) -> Result<f64, Error> {
        let (p, q) = (p.probabilities(), q.probabilities());
        if p.len() != q.len() {
            return Err(Error::LengthMismatch { p: p.len(), q: q.len() });
        }
        let value = match self {
            Self::Wasserstein(_) | Self::WassersteinInfinity => return Err(Error::NoPositions),
            Self::ForwardKl => discrete::kullback_leibler(p, q),
            Self::ReverseKl => discrete::kullback_leibler(q, p),
            Self::JensenShannon | Self::JensenShannonDistance => discrete::jensen_shannon(p, q),
            Self::Alpha(value) if !value.is_finite() => {
                return Err(Error::InvalidOrder { parameter: "alpha", value });
            }
            _ => self.generator().map_or(f64::NAN, |generator| discrete::f_divergence(generator, p, q)),
        };
        Ok(self.finish(value))
    }

    /// The generator of this f-divergence, or of the f-divergence whose square root it is.
    ///
    /// `None` for Wasserstein distances and for an α that is not finite.
    ///
    /// ```
    /// use divergences::divergence::{Divergence, Generator};
    ///
    /// assert_eq!(Divergence::ForwardKl.generator(), Some(Generator::KullbackLeibler));
    /// assert_eq!(Divergence::Hellinger.generator(), Some(Generator::HellingerSquared));
    /// assert_eq!(Divergence::Wasserstein(1.0).generator(), None);
    /// ```
    #[must_use]
    pub fn generator(self) -> Option<Generator> {
        Some(match self {
            Self::ForwardKl => Generator::KullbackLeibler,
            Self::ReverseKl => Generator::ReverseKullbackLeibler,
            Self::Jeffreys => Generator::Jeffreys,
            Self::JensenShannon | Self::JensenShannonDistance => Generator::JensenShannon,
            Self::TotalVariation => Generator::TotalVariation,
            Self::HellingerSquared | Self::Hellinger => Generator::HellingerSquared,
            Self::ChiSquared => Generator::ChiSquared,
            Self::ReverseChiSquared => Generator::ReverseChiSquared,
            Self::Alpha(alpha) if alpha.is_finite() => Generator::Alpha(alpha),
            Self::Alpha(_) | Self::Wasserstein(_) | Self::WassersteinInfinity => return None,
        })
    }

    /// The value of this divergence, from that of the one under its root.
    fn finish(self, value: f64) -> f64 {
        match self {
            Self::JensenShannonDistance | Self::Hellinger => value.sqrt(),
            _ => value,
        }
    }

    /// Whether D(p, q) = D(q, p) for all p and q.
    ///
    /// ```
    /// use divergences::divergence::Divergence;
    ///
    /// assert!(Divergence::JensenShannon.is_symmetric() && !Divergence::ForwardKl.is_symmetric());
    /// ```
    #[must_use]
    pub fn is_symmetric(self) -> bool {
        match self {
            Self::ForwardKl | Self::ReverseKl | Self::ChiSquared | Self::ReverseChiSquared => false,
            Self::Alpha(alpha) => alpha == 0.5,
            _ => true,
        }
    }

    /// Whether it is a metric (a Wasserstein distance on distributions with a finite moment of its order): symmetric, 0 only
    /// between equals, and obeying the triangle inequality.
    ///
    /// - **Source, for the root of JS**: Endres and Schindelin, A new metric for probability distributions, IEEE
    ///   Transactions on Information Theory 49 (2003).
    ///
    /// ```
    /// use divergences::divergence::Divergence;
    ///
    /// assert!(Divergence::JensenShannonDistance.is_metric() && !Divergence::JensenShannon.is_metric());
    /// ```
    #[must_use]
    pub fn is_metric(self) -> bool {
        matches!(
            self,
            Self::JensenShannonDistance
                | Self::TotalVariation
                | Self::Hellinger
                | Self::Wasserstein(1.0..)
                | Self::WassersteinInfinity
        )
    }

    /// The least upper bound over all pairs, ∞ if there is none: f(0) + f′(∞), which disjoint pairs reach.
    ///
    /// ```
    /// use divergences::divergence::Divergence;
    ///
    /// assert_eq!(Divergence::JensenShannon.upper_bound(), 2_f64.ln());
    /// assert_eq!(Divergence::TotalVariation.upper_bound(), 1.0);
    /// assert_eq!(Divergence::ForwardKl.upper_bound(), f64::INFINITY);
    /// ```
    #[must_use]
    pub fn upper_bound(self) -> f64 {
        match self {
            Self::Wasserstein(_) | Self::WassersteinInfinity => f64::INFINITY,
            // Mutually singular distributions attain it.
            _ => self.finish(
                self.generator()
                    .map_or(f64::NAN, |generator| generator.at_zero() + generator.slope_at_infinity()),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
