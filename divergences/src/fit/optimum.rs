//! A minimum, and the steps by which one is looked for.

use crate::distribution::Gaussian;

/// A local minimum.
///
/// ```
/// use divergences::divergence::Divergence;
/// use divergences::fit::Target;
///
/// let best = Target::new(&[(0.5, -2.0, 1.0), (0.5, 2.0, 1.0)])?.optima(Divergence::ForwardKl)[0];
/// assert_eq!((best.q.mean(), best.q.variance().round()), (0.0, 5.0)); // the target's moments
/// assert!(best.gradient_norm < 1e-8);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimum {
    /// The model there.
    pub q: Gaussian,
    /// The divergence there.
    pub value: f64,
    /// The gradient's Euclidean norm in (μ, log σ), below 1e-8; at the edge of a plateau, which total variation has, that of
    /// the least combination of gradients around, below 1e-4.
    pub gradient_norm: f64,
}

/// The Gaussian that a step in (μ/σ, log σ) leads to.
pub(super) fn moved(q: Gaussian, step: [f64; 2]) -> Option<Gaussian> {
    Gaussian::new(q.mean() + q.sd() * step[0], q.sd() * step[1].exp()).ok()
}

/// Whether two models are one, to what a search can tell.
pub(super) fn coincide(a: Gaussian, b: Gaussian) -> bool {
    let scale = a.sd().min(b.sd());
    (a.mean() - b.mean()).abs() < 1e-4 * scale && (a.sd() - b.sd()).abs() < 1e-4 * scale
}
