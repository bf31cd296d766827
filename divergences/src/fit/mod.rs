//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.
//!
//! | for | use |
//! |---|---|
//! | one Gaussian fitted to a mixture of Gaussians, by any divergence | [`Target`] with [`evaluate`](Target::evaluate), [`optima`](Target::optima), [`descend()`] and [`landscape()`] |
//! | the gradient between any two distributions, by location and scale | [`gradient()`], [`slope()`] |
//! | free particles drawn by a Wasserstein distance | [`Cells`], or [`particle_slopes`] for unequal ones |
//! | a density and its own translates, over the shift | [`Translates`] |
//!
//! Parameters are (μ, log σ), or a location and the logarithm of a scale. A derivative is a [`Slope`], which may be infinite,
//! one-sided or missing.
//!
//! ```
//! use divergences::distribution::Gaussian;
//! use divergences::divergence::Divergence;
//! use divergences::fit::Target;
//!
//! let target = Target::new(&[(0.5, -3.0, 0.7), (0.5, 3.0, 0.7)])?;
//! let at = target.evaluate(Divergence::ReverseKl, Gaussian::new(2.0, 1.0)?);
//! assert!(at.gradient[0].finite().is_some_and(|slope| slope < 0.0)); // to the mode at 3
//! # Ok::<(), divergences::distribution::Error>(())
//! ```

mod densities;
mod descent;
mod direction;
mod edges;
mod evaluate;
mod expansion;
mod far;
mod flow;
mod gradient;
mod gradient_sampling;
mod landscape;
mod normal_coupling;
mod objective;
mod optima;
mod optimum;
mod parabola;
mod particles;
mod slope;
mod smooth;
mod target;
mod translates;
mod transport_slope;
mod wasserstein;

pub use descent::{Ending, Optimiser, Step, Trajectory, descend};
pub use direction::Direction;
pub use evaluate::Evaluation;
pub use gradient::{Gradient, gradient, particle_slopes, slope};
pub use landscape::{Landscape, landscape};
pub use objective::Objective;
pub use optimum::Optimum;
pub use particles::Cells;
pub use slope::Slope;
pub use target::Target;
pub use translates::{Translated, Translates};
