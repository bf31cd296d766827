//! What the tests on random cases share.

use divergences::distribution::{Distribution, Rng, Uniform};

/// The value of an environment variable, if it is set to a number.
pub(crate) fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// A random number from `lower` to `upper`.
pub(crate) fn between(rng: &mut Rng, lower: f64, upper: f64) -> f64 {
    lower + (upper - lower) * Distribution::from(Uniform::new(0.0, 1.0).expect("an interval")).sample(rng)
}
