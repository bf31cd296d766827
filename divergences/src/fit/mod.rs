//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.

mod coupled;
mod crossings;
mod densities;
mod descent;
mod edges;
mod evaluate;
mod general;
mod landscape;
mod objective;
mod optima;
mod particles;
mod quadrature;
mod slope;
mod smooth;
mod target;
mod translates;
mod transport;

pub use descent::{Ending, Optimiser, Step, Trajectory, descend};
pub use evaluate::Evaluation;
pub use general::{Direction, Gradient, gradient, particle_slopes, slope};
pub use landscape::{Landscape, landscape};
pub use objective::Objective;
pub use optima::Optimum;
pub use particles::Cells;
pub use slope::Slope;
pub use target::Target;
pub use translates::{Translated, Translates};
