//! The generator of random numbers: deterministic, and the same in WebAssembly and natively.

use rand_xoshiro::rand_core::{Rng as _, SeedableRng};

/// The source of randomness of every sample: xoshiro256++.
///
/// Blackman and Vigna, Scrambled linear pseudorandom number generators, ACM Transactions on Mathematical Software 47 (2021).
///
/// ```
/// use divergences::distribution::{Gaussian, Distribution, Rng, seeded};
///
/// fn mean(p: &Distribution, count: u32, rng: &mut Rng) -> f64 {
///     (0..count).map(|_| p.sample(rng)).sum::<f64>() / f64::from(count)
/// }
/// let p = Distribution::from(Gaussian::new(5.0, 1.0)?);
/// assert!((mean(&p, 10_000, &mut seeded(1)) - 5.0).abs() < 0.05);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
pub type Rng = rand_xoshiro::Xoshiro256PlusPlus;

/// A generator that always yields the same numbers for the same `seed`, natively and in WebAssembly.
///
/// ```
/// use divergences::distribution::{Distribution, Uniform, seeded};
///
/// let p = Distribution::from(Uniform::new(0.0, 1.0)?);
/// assert_eq!(p.sample(&mut seeded(7)), p.sample(&mut seeded(7)));
/// assert_ne!(p.sample(&mut seeded(7)), p.sample(&mut seeded(8)));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[must_use]
pub fn seeded(seed: u64) -> Rng {
    Rng::seed_from_u64(seed)
}

/// A uniform number strictly between 0 and 1: the centre of one of 2⁵² equal cells.
pub(crate) fn unit(rng: &mut Rng) -> f64 {
    ((rng.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}
