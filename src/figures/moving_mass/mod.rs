//! The chapter *Moving mass*.

mod wasserstein_gradient;

pub use wasserstein_gradient::WassersteinGradient;
