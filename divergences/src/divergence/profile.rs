//! All the usual divergences of one pair at once.

use super::Divergence;
use super::f_divergence::{bounded, closed_form};
use super::generator::Generator;
use crate::distribution::Distribution;
use crate::pair::Pair;
use crate::transport::distance;

/// The usual divergences of one pair, the f-divergences from a single pass of quadrature.
///
/// In nats, with the conventions of [`Divergence`].
///
/// - **Accuracy**: that of each divergence by itself.
/// - **Cost**: half that of one by one between mixtures of Gaussians (80 µs), between truncations and between
///   uniforms; not much less where what takes the time is a Wasserstein distance by quantiles that have no closed
///   form.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Profile;
///
/// let profile = Profile::between(&Gaussian::new(0.0, 1.0)?.into(), &Gaussian::new(1.0, 1.0)?.into());
/// assert_eq!((profile.forward_kl, profile.reverse_kl, profile.wasserstein_2), (0.5, 0.5, 1.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// KL(p‖q).
    pub forward_kl: f64,
    /// KL(q‖p).
    pub reverse_kl: f64,
    /// The Jensen–Shannon divergence.
    pub jensen_shannon: f64,
    /// The total variation.
    pub total_variation: f64,
    /// The squared Hellinger distance.
    pub hellinger_squared: f64,
    /// χ²(p‖q).
    pub chi_squared: f64,
    /// χ²(q‖p).
    pub reverse_chi_squared: f64,
    /// The Wasserstein distance of order 1.
    pub wasserstein_1: f64,
    /// The Wasserstein distance of order 2.
    pub wasserstein_2: f64,
}

impl Profile {
    /// The divergences between `p` and `q`.
    ///
    /// ```
    /// use divergences::distribution::Uniform;
    /// use divergences::divergence::Profile;
    ///
    /// let profile = Profile::between(&Uniform::new(0.0, 1.0)?.into(), &Uniform::new(3.0, 4.0)?.into());
    /// assert_eq!(profile.forward_kl, f64::INFINITY);
    /// assert_eq!((profile.jensen_shannon, profile.total_variation), (2_f64.ln(), 1.0));
    /// assert_eq!((profile.wasserstein_1, profile.wasserstein_2), (3.0, 3.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn between(p: &Distribution, q: &Distribution) -> Self {
        const GENERATORS: [Generator; 7] = [
            Generator::JensenShannon,
            Generator::TotalVariation,
            Generator::KullbackLeibler,
            Generator::ReverseKullbackLeibler,
            Generator::HellingerSquared,
            Generator::ChiSquared,
            Generator::ReverseChiSquared,
        ];
        let mut values = [f64::NAN; GENERATORS.len()];
        // The divergences without a closed form take part in the pass.
        let mut open = Vec::with_capacity(GENERATORS.len());
        for (value, generator) in values.iter_mut().zip(GENERATORS) {
            match closed_form(generator, p, q) {
                Some(closed) => *value = closed,
                None => open.push(generator),
            }
        }
        let pair = Pair::of(p, q);
        let mut integrated = pair.f_divergences(&open).into_iter();
        for (value, generator) in values.iter_mut().zip(GENERATORS) {
            if open.contains(&generator) {
                *value = integrated.next().map_or(f64::NAN, |value| bounded(generator, value));
            }
        }
        let [
            jensen_shannon,
            total_variation,
            forward_kl,
            reverse_kl,
            hellinger_squared,
            chi_squared,
            reverse_chi_squared,
        ] = values;
        Self {
            forward_kl,
            reverse_kl,
            jensen_shannon,
            total_variation,
            hellinger_squared,
            chi_squared,
            reverse_chi_squared,
            wasserstein_1: distance(1.0, p, q, Some(&pair)),
            wasserstein_2: distance(2.0, p, q, Some(&pair)),
        }
    }

    /// The value of one divergence, if the profile contains it or the values that it consists of.
    ///
    /// ```
    /// use divergences::distribution::Gaussian;
    /// use divergences::divergence::{Divergence, Profile};
    ///
    /// let profile = Profile::between(&Gaussian::new(0.0, 1.0)?.into(), &Gaussian::new(1.0, 1.0)?.into());
    /// assert_eq!(profile.get(Divergence::Jeffreys), Some(1.0));
    /// assert_eq!(profile.get(Divergence::Wasserstein(3.0)), None);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn get(&self, divergence: Divergence) -> Option<f64> {
        match divergence {
            Divergence::ForwardKl => Some(self.forward_kl),
            Divergence::ReverseKl => Some(self.reverse_kl),
            Divergence::Jeffreys => Some(self.forward_kl + self.reverse_kl),
            Divergence::JensenShannon => Some(self.jensen_shannon),
            Divergence::JensenShannonDistance => Some(self.jensen_shannon.sqrt()),
            Divergence::TotalVariation => Some(self.total_variation),
            Divergence::HellingerSquared => Some(self.hellinger_squared),
            Divergence::Hellinger => Some(self.hellinger_squared.sqrt()),
            Divergence::ChiSquared => Some(self.chi_squared),
            Divergence::ReverseChiSquared => Some(self.reverse_chi_squared),
            Divergence::Wasserstein(1.0) => Some(self.wasserstein_1),
            Divergence::Wasserstein(2.0) => Some(self.wasserstein_2),
            _ => None,
        }
    }
}
