//! Gradients against autodiff, closed forms and each other.

mod cases;
mod dual;
mod extremes;
mod fitted;
mod general;
