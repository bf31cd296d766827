//! The generator of random numbers: deterministic, and the same in WebAssembly and natively.

use rand_xoshiro::rand_core::{Rng as _, SeedableRng};

/// The source of randomness of every sample: xoshiro256++.
pub type Rng = rand_xoshiro::Xoshiro256PlusPlus;

/// A generator that always yields the same numbers for the same `seed`.
#[must_use]
pub fn seeded(seed: u64) -> Rng {
    Rng::seed_from_u64(seed)
}

/// A uniform number strictly between 0 and 1: the centre of one of 2⁵² equal cells.
pub(crate) fn unit(rng: &mut Rng) -> f64 {
    ((rng.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}
