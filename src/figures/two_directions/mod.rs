//! The chapter *Two directions of KL*.

mod kl_fit;

pub use kl_fit::KlFit;
