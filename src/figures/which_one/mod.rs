//! The chapter *Which one should I use?*

mod comparison;

pub use comparison::Comparison;
