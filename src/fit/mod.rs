//! Gradients of a divergence with respect to a model's parameters, optimisers, and optima.

mod densities;
mod descent;
mod evaluate;
mod optima;
mod quadrature;
mod simd;
mod slope;
mod smooth;
mod target;

pub use descent::{Ending, Optimiser, Step, Trajectory, descend};
pub use evaluate::Evaluation;
pub use optima::Optimum;
pub use slope::Slope;
pub use target::Target;
