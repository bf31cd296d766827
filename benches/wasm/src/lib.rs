//! The calculations that `cargo xtask bench` times in wasm. They are those of `benches/baseline.js`, under
//! the same names.
//!
//! Every timed function gets the number of repeats and returns the sum of all results, which prevents the
//! work from being optimised away.

use divergences::distribution::Gaussian;
use divergences::divergence::{Divergence, discrete};
use divergences::fit::{Optimiser, Target, descend};
use wasm_bindgen::prelude::*;

/// The divergences, by their names in `baseline.js`.
const DIVERGENCES: [(&str, Divergence); 9] = [
    ("forwardKl", Divergence::ForwardKl),
    ("reverseKl", Divergence::ReverseKl),
    ("jensenShannon", Divergence::JensenShannon),
    ("hellingerSquared", Divergence::HellingerSquared),
    ("chiSquared", Divergence::ChiSquared),
    ("reverseChiSquared", Divergence::ReverseChiSquared),
    ("totalVariation", Divergence::TotalVariation),
    ("wasserstein1", Divergence::Wasserstein(1.0)),
    ("wasserstein2", Divergence::Wasserstein(2.0)),
];

/// The names of all divergences here.
#[wasm_bindgen]
#[must_use]
pub fn names() -> Vec<String> {
    DIVERGENCES.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// A target and two histograms to measure on.
#[wasm_bindgen]
pub struct Bench {
    components: Vec<(f64, f64, f64)>,
    target: Target,
    p: Vec<f64>,
    q: Vec<f64>,
}

#[wasm_bindgen]
impl Bench {
    /// Takes the target's weights, means and standard deviations in turn, and the histograms.
    ///
    /// # Errors
    ///
    /// The target is not a mixture.
    #[wasm_bindgen(constructor)]
    pub fn new(target: &[f64], p: Vec<f64>, q: Vec<f64>) -> Result<Self, JsError> {
        let components: Vec<_> = target.chunks_exact(3).map(|part| (part[0], part[1], part[2])).collect();
        let target = Target::new(&components)?;
        Ok(Self { components, target, p, q })
    }

    /// The gradient of a divergence in (μ, log σ). NaN where there is none.
    #[must_use]
    pub fn gradient(&self, name: &str, mean: f64, sd: f64) -> Vec<f64> {
        let Some((_, divergence)) = DIVERGENCES.iter().find(|(known, _)| *known == name) else {
            return Vec::new();
        };
        let Ok(q) = Gaussian::new(mean, sd) else { return Vec::new() };
        let slopes = self.target.evaluate(*divergence, q).gradient;
        slopes.iter().map(|slope| slope.finite().unwrap_or(f64::NAN)).collect()
    }

    /// Gradients of a divergence at models that differ a little from each other.
    #[must_use]
    pub fn gradients(&self, name: &str, mean: f64, sd: f64, repeats: u32) -> f64 {
        let Some((_, divergence)) = DIVERGENCES.iter().find(|(known, _)| *known == name) else {
            return f64::NAN;
        };
        let mut sum = 0.0;
        for i in 0..repeats {
            let Ok(q) = Gaussian::new(mean + 1e-6 * f64::from(i), sd) else { return f64::NAN };
            let [by_mean, by_scale] = self.target.evaluate(*divergence, q).gradient;
            sum += by_mean.finite().unwrap_or(f64::NAN) + by_scale.finite().unwrap_or(f64::NAN);
        }
        sum
    }

    /// KL of the histograms.
    #[wasm_bindgen(js_name = klOfBins)]
    #[must_use]
    pub fn kl_of_bins(&self, repeats: u32) -> f64 {
        let (p, q) = (std::hint::black_box(&*self.p), std::hint::black_box(&*self.q));
        (0..repeats).map(|_| discrete::kullback_leibler(std::hint::black_box(p), q)).sum()
    }

    /// JS of the histograms.
    #[wasm_bindgen(js_name = jsOfBins)]
    #[must_use]
    pub fn js_of_bins(&self, repeats: u32) -> f64 {
        let (p, q) = (std::hint::black_box(&*self.p), std::hint::black_box(&*self.q));
        (0..repeats).map(|_| discrete::jensen_shannon(std::hint::black_box(p), q)).sum()
    }

    /// The optima of all these divergences after a drag. Each repeat has a new target, a little different
    /// from the last.
    #[must_use]
    pub fn optima(&self, repeats: u32) -> f64 {
        let mut sum = 0.0;
        for i in 0..repeats {
            let mut components = self.components.clone();
            if let Some(first) = components.first_mut() {
                first.1 += 1e-3 * f64::from(i);
            }
            let Ok(target) = Target::new(&components) else { return f64::NAN };
            for (_, divergence) in DIVERGENCES {
                sum += target.optima(divergence).iter().map(|optimum| optimum.value).sum::<f64>();
            }
        }
        sum
    }

    /// The mean and standard deviation after 1000 steps of Adam on reverse KL, as `adam(1000)` of `baseline.js`.
    #[must_use]
    pub fn adam1000(&self, repeats: u32) -> f64 {
        let Ok(start) = Gaussian::new(1.0, 2.0) else { return f64::NAN };
        (0..repeats)
            .filter_map(|_| {
                let path = descend(&self.target, Divergence::ReverseKl, start, Optimiser::Adam, 0.02, 1000);
                path.points.last().map(|step| step.q.mean() + step.q.sd())
            })
            .sum()
    }
}
