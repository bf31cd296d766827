//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.

mod densities;
mod descent;
mod direction;
mod edges;
mod evaluate;
mod expansion;
mod flow;
mod gradient;
mod landscape;
mod normal_coupling;
mod objective;
mod optima;
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
pub use optima::Optimum;
pub use particles::Cells;
pub use slope::Slope;
pub use target::Target;
pub use translates::{Translated, Translates};
