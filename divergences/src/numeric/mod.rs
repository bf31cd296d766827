//! The numerical methods that all others use: none of them knows of distributions.

pub(crate) mod crossings;
pub(crate) mod mass_root;
pub(crate) mod nodes;
pub(crate) mod quadrature;
pub(crate) mod roots;
pub(crate) mod simd;
pub(crate) mod special;
