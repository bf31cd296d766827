//! Gradient descent and its kin, in the parameters (μ, log σ).

use super::expansion::Detail;
use super::objective::Objective;
use super::target::Target;
use crate::distribution::Gaussian;
use crate::numeric::simd::{exp_of, ln_of};

/// How a gradient g becomes a step of the parameters θ. The learning rate η is given apart.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Optimiser, Target, descend};
///
/// let target = Target::new(&[(1.0, 3.0, 1.0)])?;
/// let start = Gaussian::new(0.0, 1.0)?;
/// // From the same gradient, −3 by the mean.
/// for (optimiser, mean) in [(Optimiser::GradientDescent, 0.3), (Optimiser::Momentum, 0.3), (Optimiser::Adam, 0.1)] {
///     let path = descend(&target, Divergence::ForwardKl, start, optimiser, 0.1, 1);
///     assert!((path.points[1].q.mean() - mean).abs() < 1e-8);
/// }
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimiser {
    /// θ ← θ − η g.
    GradientDescent,
    /// v ← 0.9 v + g, θ ← θ − η v (Polyak's heavy ball).
    Momentum,
    /// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8, and bias correction (Kingma and Ba, 2015, algorithm 1).
    Adam,
}

/// One point on the way of a descent.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Optimiser, Target, descend};
///
/// let target = Target::new(&[(1.0, 3.0, 1.0)])?;
/// let start = Gaussian::new(0.0, 1.0)?;
/// let first = descend(&target, Divergence::ForwardKl, start, Optimiser::Adam, 0.1, 0).points[0];
/// assert_eq!((first.q, first.value), (start, 4.5));
/// assert!((first.gradient_norm - 90_f64.sqrt()).abs() < 1e-14); // (−3, −9)
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The model.
    pub q: Gaussian,
    /// The divergence, to 1e-12 ([`Target::evaluate`] also has small ones to 1e-9 of themselves); +∞ where it is
    /// infinite.
    pub value: f64,
    /// The gradient's Euclidean norm in (μ, log σ); NaN where there is no gradient.
    pub gradient_norm: f64,
}

/// Why a descent ended.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Ending, Optimiser, Target, descend};
///
/// let target = Target::new(&[(1.0, 3.0, 1.0)])?;
/// let run = |objective, rate| {
///     descend(&target, objective, Gaussian::new(0.0, 0.5).unwrap(), Optimiser::GradientDescent, rate, 50).ending
/// };
/// assert_eq!(run(Divergence::ReverseKl, 0.1), Ending::Completed);
/// assert_eq!(run(Divergence::ReverseKl, 1e9), Ending::Diverged);
/// assert_eq!(run(Divergence::ChiSquared, 0.1), Ending::NoGradient); // infinite at σ ≤ 1/√2
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All steps were made.
    Completed,
    /// At the last point the divergence is infinite or has no gradient.
    NoGradient,
    /// The next step would run away: to a million times as far from the target as the start is or the target reaches, to a
    /// width as great, or to a millionth of the least that either has.
    Diverged,
}

/// A model has run away that is so many times as far off, as wide or as narrow as target and start.
const RUN_AWAY: f64 = 1e6;

/// Where a descent stays as long as it does not run away.
struct Surroundings {
    mean: f64,
    /// The greatest distance from the mean, and the greatest width.
    reach: f64,
    /// The least width.
    narrowest: f64,
}

impl Surroundings {
    fn of(target: &Target, start: Gaussian) -> Self {
        let size = target.variance.sqrt() + (start.mean() - target.mean).abs() + start.sd();
        let narrowest = target.parabolas.iter().map(|part| part.sd).fold(start.sd(), f64::min);
        Self { mean: target.mean, reach: RUN_AWAY * size, narrowest: narrowest / RUN_AWAY }
    }

    fn hold(&self, q: &Gaussian) -> bool {
        (q.mean() - self.mean).abs() <= self.reach && q.sd() >= self.narrowest && q.sd() <= self.reach
    }
}

/// A descent: the start, and then the point after each step.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Optimiser, Target, descend};
///
/// let target = Target::new(&[(1.0, 3.0, 1.0)])?;
/// let path = descend(&target, Divergence::ReverseKl, Gaussian::new(0.0, 1.0)?, Optimiser::GradientDescent, 0.5, 40);
/// assert_eq!(path.points.len(), 41);
/// assert!(path.points.windows(2).all(|pair| pair[1].value <= pair[0].value));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// The points, the start first; at most `steps` + 1.
    pub points: Vec<Step>,
    /// Why there are no more.
    pub ending: Ending,
}

/// Fits a Gaussian to `target` by `steps` steps from `start`, without randomness.
///
/// - **Convention**: the parameters are (μ, log σ), so that σ stays above 0. The points are the same, to the last bit, in a
///   browser as natively, for divergences by quadrature: a fit that bounces about amplifies a difference at each step.
/// - **Accuracy**: gradients to 1e-9, values to 1e-12.
/// - **Cost**: that of one [`Target::evaluate`] a step, 3 to 5 µs for the smooth divergences.
/// - **Source**: see [`Optimiser`]'s variants.
///
/// ```
/// use divergences::distribution::Gaussian;
/// use divergences::divergence::Divergence;
/// use divergences::fit::{Ending, Optimiser, Target, descend};
///
/// let target = Target::new(&[(0.5, -3.0, 0.7), (0.5, 3.0, 0.7)])?;
/// let path = descend(&target, Divergence::ReverseKl, Gaussian::new(1.0, 1.0)?, Optimiser::Adam, 0.05, 400);
/// let end = path.points.last().expect("the start at least");
/// assert_eq!(path.ending, Ending::Completed);
/// assert!((end.q.mean() - 3.0).abs() < 0.01); // it picks a mode
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[must_use]
pub fn descend(
    target: &Target,
    objective: impl Into<Objective>,
    start: Gaussian,
    optimiser: Optimiser,
    learning_rate: f64,
    steps: usize,
) -> Trajectory {
    run(target, objective.into(), start, optimiser, learning_rate, steps)
}

fn run(
    target: &Target,
    objective: Objective,
    start: Gaussian,
    optimiser: Optimiser,
    learning_rate: f64,
    steps: usize,
) -> Trajectory {
    let surroundings = Surroundings::of(target, start);
    let mut points = Vec::with_capacity(steps.min(1 << 16) + 1);
    let mut parameters = [start.mean(), ln_of(start.sd())];
    let (mut velocity, mut square) = ([0.0; 2], [0.0; 2]);
    let (mut decay_1, mut decay_2) = (1.0, 1.0);
    let mut q = start;
    loop {
        let expansion = target.expand(objective, q, Detail::Descent);
        let gradient = expansion.gradient;
        points.push(Step { q, value: expansion.value, gradient_norm: gradient[0].hypot(gradient[1]) });
        if !gradient.iter().all(|g| g.is_finite()) {
            return Trajectory { points, ending: Ending::NoGradient };
        }
        if points.len() > steps {
            return Trajectory { points, ending: Ending::Completed };
        }
        decay_1 *= 0.9;
        decay_2 *= 0.999;
        for i in 0..2 {
            let g = gradient[i];
            parameters[i] -= learning_rate
                * match optimiser {
                    Optimiser::GradientDescent => g,
                    Optimiser::Momentum => {
                        velocity[i] = 0.9 * velocity[i] + g;
                        velocity[i]
                    }
                    Optimiser::Adam => {
                        velocity[i] += 0.1 * (g - velocity[i]);
                        square[i] += 0.001 * (g * g - square[i]);
                        velocity[i] / (1.0 - decay_1) / ((square[i] / (1.0 - decay_2)).sqrt() + 1e-8)
                    }
                };
        }
        match Gaussian::new(parameters[0], exp_of(parameters[1])) {
            Ok(next) if parameters[1].is_finite() && surroundings.hold(&next) => q = next,
            _ => return Trajectory { points, ending: Ending::Diverged },
        }
    }
}
