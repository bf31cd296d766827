//! How far apart two probability distributions are, exactly: divergences, Wasserstein distances, their gradients and fits.
//!
//! ```
//! use divergences::prelude::*;
//!
//! // A target with two modes, and a model.
//! let p = Distribution::from(Mixture::new(vec![
//!     (0.5, Gaussian::new(-2.0, 0.7)?.into()),
//!     (0.5, Gaussian::new(2.0, 0.7)?.into()),
//! ])?);
//! let q = Distribution::from(Gaussian::new(0.0, 2.0)?);
//! assert!((Divergence::ForwardKl.between(&p, &q) - 0.423_976).abs() < 1e-6);
//! assert!((Divergence::Wasserstein(2.0).between(&p, &q) - 0.694_183).abs() < 1e-6);
//!
//! // The nearest Gaussians: by forward KL one that covers both modes, by reverse KL one that picks one.
//! let target = Target::new(&[(0.5, -2.0, 0.7), (0.5, 2.0, 0.7)])?;
//! assert!((target.optima(Divergence::ForwardKl)[0].q.sd() - 4.49_f64.sqrt()).abs() < 1e-12);
//! assert!(target.optima(Divergence::ReverseKl)[0].q.mean().abs() > 1.9);
//!
//! // Apart, the Jensen–Shannon divergence stands still; a Wasserstein distance shows the way.
//! let (here, there) = (Uniform::new(0.0, 1.0)?.into(), Uniform::new(5.0, 6.0)?.into());
//! let slope = |divergence| divergences::fit::gradient(&here, &there, divergence).location;
//! assert_eq!(slope(Divergence::JensenShannon), Slope::Finite(0.0));
//! assert_eq!(slope(Divergence::Wasserstein(1.0)), Slope::Finite(1.0));
//! # Ok::<(), divergences::distribution::Error>(())
//! ```
//!
//! # What there is
//!
//! | module | what |
//! |---|---|
//! | [`distribution`] | Gaussians, Laplaces, uniforms, truncations, mixtures, point masses, noise added to any; categories |
//! | [`divergence`] | f-divergences between them and between arrays of probabilities, entropies, all the usual ones at once |
//! | [`transport`] | Wasserstein distances of any order from 1 to ∞ |
//! | [`fit`] | gradients, every optimum, descents, landscapes |
//! | [`prelude`] | the types that most programs need |
//! | [`order`] | sorting in little WebAssembly |
//!
//! Dependencies point one way, up this table: distributions know nothing of divergences, nor these of fits.
//!
//! # Conventions
//!
//! - p is the target and q the model: KL(p‖q) = ∫ p log p/q is *forward* KL, KL(q‖p) *reverse*.
//! - Logarithms are natural, values in nats; [`divergence::Unit`] converts.
//! - JS is ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2: at most log 2.
//! - TV = ½ ∫ |p − q| and H² = 1 − ∫ √(pq): at most 1.
//! - A Wasserstein distance is the distance, a length, and not its power.
//! - σ, `sd`, is a standard deviation, never a variance.
//! - ∞ is `f64::INFINITY`, what is undefined is NaN, and a derivative that does not exist is no number at all
//!   ([`fit::Slope`]).
//! - Nothing is clamped, smoothed or renormalised unless it is asked for (`from_weights`, `smooth`). Nothing panics: constructors
//!   return errors that name the parameter, its value, and what would be accepted.
//!
//! # Which one
//!
//! | | symmetric | metric | greatest value | where p has mass and q none | apart, its gradient |
//! |---|---|---|---|---|---|
//! | [`ForwardKl`], of maximum likelihood: covers | no | no | ∞ | ∞ | – |
//! | [`ReverseKl`], of variational inference: seeks a mode | no | no | ∞ | finite | – |
//! | [`Jeffreys`] | yes | no | ∞ | ∞ | – |
//! | [`JensenShannon`], of information about the source | yes | its root | log 2 | finite | 0 |
//! | [`TotalVariation`], of the best guess from one draw | yes | yes | 1 | finite | 0 |
//! | [`HellingerSquared`], which multiplies over draws | yes | its root | 1 | finite | 0 |
//! | [`ChiSquared`], of importance weights' variance | no | no | ∞ | ∞ | – |
//! | [`Wasserstein`], of the way that mass must go | yes | yes | ∞ | finite | points the way |
//!
//! - Two arrays of probabilities: [`divergence::discrete`]. Several divergences of one pair: [`divergence::Profile`].
//! - Samples against a density: every f-divergence sees two that have nothing in common. [`divergence::cross_entropy`] is the mean
//!   negative log-likelihood, [`transport::wasserstein`] a distance.
//! - A gradient in μ and log σ of a Gaussian model: [`fit::Target`]; of any model, by shift and stretch: [`fit::gradient`].
//!
//! [`ForwardKl`]: divergence::Divergence::ForwardKl
//! [`ReverseKl`]: divergence::Divergence::ReverseKl
//! [`Jeffreys`]: divergence::Divergence::Jeffreys
//! [`JensenShannon`]: divergence::Divergence::JensenShannon
//! [`TotalVariation`]: divergence::Divergence::TotalVariation
//! [`HellingerSquared`]: divergence::Divergence::HellingerSquared
//! [`ChiSquared`]: divergence::Divergence::ChiSquared
//! [`Wasserstein`]: divergence::Divergence::Wasserstein
//!
//! # Accuracy
//!
//! The worst relative error over more than 3000 golden values, which mpmath computed at 30 digits from the definitions, among them
//! near-identical pairs, far tails, narrow components and weights of 1e-9:
//!
//! | | closed forms | sums | quadratures |
//! |---|---|---|---|
//! | KL, Jeffreys | 5e-16 | 5e-15 | 2e-12 |
//! | JS | exact | 7e-15 | 1e-12 |
//! | TV | exact | 1e-15 | 2e-10 |
//! | H² | 7e-16 | 2e-16 | 7e-12 |
//! | χ², α | 1e-14 | 1e-13 | 1e-12 |
//! | Wasserstein | 5e-14 | 3e-16 | 2e-13 |
//! | entropy, cross-entropy | 4e-16 | 9e-16 | 3e-15 |
//! | density, cdf, quantile | 2e-14 | exact | 2e-15 |
//! | gradients | | | 4e-10 |
//! | minima: value | | | 2e-10 |
//!
//! Random pairs, other ones in each run of the tests, are held against a slow reference and, with scales from 1e-6 to 1e6, places to
//! 1e12 and weights to 1e-12, against every bound. Beyond the promise are:
//!
//! - a Wasserstein distance of an order other than 1, or a gradient, of mixtures whose components are narrow and far from each
//!   other, at 10⁸ of their standard deviations and more: by some per cent;
//! - χ² and α outside \[0, 1\] within 1e-3 of the variance at which they become infinite;
//! - integrals above 1e299, which are ∞.
//!
//! Promised are 1e-13 for closed forms and sums, and 1e-9 for quadratures and gradients. Costs that the items name were measured
//! on one core of an ordinary server; in WebAssembly they are up to twice as high.

pub mod distribution;
pub mod divergence;
pub mod fit;
mod numeric;
pub mod order;
mod pair;
pub mod prelude;
pub mod transport;

/// The examples of the README are tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
