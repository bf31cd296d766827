//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.

mod crossings;
mod densities;
mod descent;
mod edges;
mod evaluate;
mod objective;
mod optima;
mod particles;
mod quadrature;
mod simd;
mod slope;
mod smooth;
mod target;
mod transport;

pub use descent::{Ending, Optimiser, Step, Trajectory, descend};
pub use evaluate::Evaluation;
pub use objective::Objective;
pub use optima::Optimum;
pub use particles::Cells;
pub use slope::Slope;
pub use target::Target;
