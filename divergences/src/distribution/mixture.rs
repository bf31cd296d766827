//! Finite mixtures.

use super::error::{self, Error};
use super::point_masses::joined;
use super::{Distribution, PointMasses};
use crate::numeric::mass_root::mass_root;

/// A finite mixture: component i is drawn with probability `weights[i]`, so that the density is Σ wᵢ pᵢ.
///
/// A mixture of mixtures is kept as one mixture of their components; components of weight 0 stay listed but count for
/// nothing, not even for the support.
///
/// ```
/// use divergences::distribution::{Gaussian, Mixture};
///
/// let p = Mixture::new(vec![
///     (0.25, Gaussian::new(-2.0, 1.0)?.into()),
///     (0.75, Gaussian::new(2.0, 1.0)?.into()),
/// ])?;
/// assert_eq!((p.mean(), p.variance()), (1.0, 4.0));
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    components: Vec<(f64, Distribution)>,
    log_weights: Vec<f64>,
}

impl Mixture {
    /// The mixture of `components`, each with its probability.
    ///
    /// ```
    /// # use divergences::distribution::{Laplace, Mixture, Uniform};
    /// let p = Mixture::new(vec![(0.5, Uniform::new(0.0, 1.0)?.into()), (0.5, Laplace::new(0.0, 1.0)?.into())])?;
    /// assert_eq!(p.components().len(), 2);
    /// assert!(Mixture::new(vec![(0.5, Uniform::new(0.0, 1.0)?.into())]).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no component, a weight is negative or not finite, or the weights do not add up to 1 within 1e-12.
    pub fn new(components: Vec<(f64, Distribution)>) -> Result<Self, Error> {
        error::normalised(Self::total(&components)?)?;
        Ok(Self::flattened(components, 1.0))
    }

    /// The mixture of `components`, each with its weight; the weights may add up to any positive total.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let p = Mixture::from_weights(vec![
    ///     (30.0, Uniform::new(0.0, 1.0)?.into()),
    ///     (70.0, Uniform::new(1.0, 2.0)?.into()),
    /// ])?;
    /// assert_eq!(p.cdf(1.0), 0.3);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no component, a weight is negative or not finite, or all are 0.
    pub fn from_weights(components: Vec<(f64, Distribution)>) -> Result<Self, Error> {
        let total = Self::total(&components)?;
        Ok(Self::flattened(components, total))
    }

    fn total(components: &[(f64, Distribution)]) -> Result<f64, Error> {
        error::total("components", "weight", &mut components.iter().map(|component| component.0))
    }

    fn flattened(components: Vec<(f64, Distribution)>, total: f64) -> Self {
        let mut flat = Vec::with_capacity(components.len());
        for (weight, component) in components {
            let weight = weight / total;
            match component {
                Distribution::Mixture(inner) => {
                    flat.extend(inner.components.into_iter().map(|(w, c)| (w * weight, c)));
                }
                other => flat.push((weight, other)),
            }
        }
        let log_weights = flat.iter().map(|component| component.0.ln()).collect();
        Self { components: flat, log_weights }
    }

    /// The components, none of them a mixture, each with its weight; the weights add up to 1.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let inner = Mixture::new(vec![(0.5, Uniform::new(0.0, 1.0)?.into()), (0.5, Uniform::new(2.0, 3.0)?.into())])?;
    /// let outer = Mixture::new(vec![(0.5, inner.into()), (0.5, Uniform::new(4.0, 5.0)?.into())])?;
    /// assert_eq!(outer.components().iter().map(|c| c.0).collect::<Vec<_>>(), [0.25, 0.25, 0.5]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn components(&self) -> &[(f64, Distribution)] {
        &self.components
    }

    /// The components that have mass.
    pub(super) fn active(&self) -> impl DoubleEndedIterator<Item = (f64, &Distribution)> + Clone {
        self.components.iter().filter(|component| component.0 > 0.0).map(|(w, c)| (*w, c))
    }

    /// Natural logarithm of the density at `x`, of the part that has one: point masses do not count.
    ///
    /// By the largest component first, so that it does not underflow where every component does.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Mixture};
    /// let p = Mixture::new(vec![(0.5, Gaussian::new(-1.0, 1.0)?.into()), (0.5, Gaussian::new(1.0, 1.0)?.into())])?;
    /// assert_eq!(p.density(60.0), 0.0);
    /// assert!((p.log_density(60.0) + 1742.112_085_713_764_6).abs() < 1e-9);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn log_density(&self, x: f64) -> f64 {
        let logs = || self.log_weights.iter().zip(&self.components).map(|(w, (_, c))| w + c.log_density(x));
        let largest = logs().fold(f64::NEG_INFINITY, f64::max);
        if largest == f64::NEG_INFINITY {
            return if x.is_nan() { x } else { largest };
        }
        largest + logs().map(|l| (l - largest).exp()).sum::<f64>().ln()
    }

    /// The density Σ wᵢ pᵢ(x), of the part that has one: point masses do not count.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let p = Mixture::new(vec![(0.5, Uniform::new(0.0, 1.0)?.into()), (0.5, Uniform::new(0.0, 2.0)?.into())])?;
    /// assert_eq!((p.density(0.5), p.density(1.5)), (0.75, 0.25));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn density(&self, x: f64) -> f64 {
        self.sum(|c| c.density(x))
    }

    /// P(X ≤ x) = Σ wᵢ Fᵢ(x), as accurate as the components': to 4e-15 of itself.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let p = Mixture::new(vec![(0.25, Uniform::new(0.0, 1.0)?.into()), (0.75, Uniform::new(2.0, 3.0)?.into())])?;
    /// assert_eq!(p.cdf(1.5), 0.25);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        at_most_1(self.sum(|c| c.cdf(x)))
    }

    /// P(X > x) = Σ wᵢ (1 − Fᵢ(x)), as accurate as the components': to 2e-14 of itself.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let p = Mixture::new(vec![(0.25, Uniform::new(0.0, 1.0)?.into()), (0.75, Uniform::new(2.0, 3.0)?.into())])?;
    /// assert_eq!(p.survival(1.5), 0.75);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn survival(&self, x: f64) -> f64 {
        at_most_1(self.sum(|c| c.survival(x)))
    }

    fn sum(&self, f: impl Fn(&Distribution) -> f64) -> f64 {
        self.active().map(|(weight, component)| weight * f(component)).sum()
    }

    /// The first point up to which a share `u` of the mass lies; the support's ends at 0 and 1, NaN outside [0, 1].
    ///
    /// By Newton's method on the logarithm of the mass in the nearer tail, between the components' own quantiles: to a few
    /// units in the last place, in 1 to 20 µs.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, PointMasses, Uniform};
    /// let p = Mixture::new(vec![
    ///     (0.5, Uniform::new(0.0, 1.0)?.into()),
    ///     (0.5, PointMasses::new(vec![(2.0, 1.0)])?.into()),
    /// ])?;
    /// assert_eq!((p.quantile(0.25), p.quantile(0.5), p.quantile(0.6)), (0.5, 1.0, 2.0));
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        if u > 0.5 && u <= 1.0 { self.solve(1.0 - u, true) } else { self.solve(u, false) }
    }

    /// The first point beyond which a share of at most `v` of the mass lies: `quantile(1 − v)` without the rounding of 1 − v.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Mixture};
    /// let p = Mixture::new(vec![(0.5, Gaussian::new(-1.0, 1.0)?.into()), (0.5, Gaussian::new(1.0, 1.0)?.into())])?;
    /// assert!((p.upper_quantile(1e-20) + p.quantile(1e-20)).abs() < 1e-13);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn upper_quantile(&self, v: f64) -> f64 {
        if v > 0.5 && v <= 1.0 { self.solve(1.0 - v, false) } else { self.solve(v, true) }
    }

    /// The point that has the mass `u` ≤ ½ on its lower side, or with `upper_side` on its upper side.
    fn solve(&self, u: f64, upper_side: bool) -> f64 {
        if !(0.0..=1.0).contains(&u) {
            return f64::NAN;
        }
        let quantile = |c: &Distribution| if upper_side { c.upper_quantile(u) } else { c.quantile(u) };
        // The answer lies between the components' own quantiles.
        let (mut lower, mut upper) = (f64::INFINITY, f64::NEG_INFINITY);
        for (_, component) in self.active() {
            let x = quantile(component);
            (lower, upper) = (lower.min(x), upper.max(x));
        }
        if u == 0.0 {
            return if upper_side { upper } else { lower };
        }
        // The distance of F(x) from the level, on a scale on which both tails are nearly straight.
        let excess = |x: f64| {
            if upper_side { (u / self.survival(x)).ln() } else { (self.cdf(x) / u).ln() }
        };
        // The answer may be the very point at which F jumps or has a corner.
        let ends = self.active().filter_map(|(_, c)| c.interval()).flat_map(|(a, b)| [(a, 0.0), (b, 0.0)]);
        let mut corners: Vec<(f64, f64)> = self.atoms().into_iter().chain(ends).collect();
        crate::order::by_first(&mut corners);
        for (position, weight) in corners {
            if position < lower || position > upper || position.is_infinite() {
                continue;
            }
            let above = excess(position);
            if above < -f64::EPSILON {
                lower = position;
                continue;
            }
            let before = if upper_side {
                self.survival(position) + weight > u
            } else {
                self.cdf(position) - weight < u
            };
            if before || above <= f64::EPSILON {
                return position;
            }
            upper = position;
        }
        mass_root(lower, upper, f64::NAN, &mut |x| {
            let mass = if upper_side { self.survival(x) } else { self.cdf(x) };
            (excess(x), self.density(x) / mass)
        })
    }

    /// The mean Σ wᵢ mᵢ.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, Uniform};
    /// let p = Mixture::new(vec![(0.5, Uniform::new(0.0, 1.0)?.into()), (0.5, Uniform::new(2.0, 3.0)?.into())])?;
    /// assert_eq!(p.mean(), 1.5);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum(Distribution::mean)
    }

    /// The variance Σ wᵢ (vᵢ + (mᵢ − m)²): that of the components and that between their means.
    ///
    /// ```
    /// # use divergences::distribution::{Gaussian, Mixture};
    /// let p = Mixture::new(vec![(0.5, Gaussian::new(-2.0, 1.0)?.into()), (0.5, Gaussian::new(2.0, 1.0)?.into())])?;
    /// assert_eq!(p.variance(), 5.0);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.sum(|c| c.variance() + (c.mean() - mean) * (c.mean() - mean))
    }

    /// The point masses among the components, as (position, probability) pairs by position.
    ///
    /// ```
    /// # use divergences::distribution::{Mixture, PointMasses, Uniform};
    /// let p = Mixture::new(vec![
    ///     (0.5, Uniform::new(0.0, 1.0)?.into()),
    ///     (0.5, PointMasses::from_samples(&[3.0, 2.0])?.into()),
    /// ])?;
    /// assert_eq!(p.atoms(), [(2.0, 0.25), (3.0, 0.25)]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        joined(
            self.active()
                .filter_map(|(weight, component)| match component {
                    Distribution::PointMasses(points) => Some((weight, points)),
                    _ => None,
                })
                .flat_map(|(weight, points): (f64, &PointMasses)| {
                    points.atoms().iter().map(move |&(x, w)| (x, w * weight))
                })
                .collect(),
        )
    }

    pub(super) fn affine(&self, factor: f64, shift: f64) -> Result<Self, Error> {
        let components: Result<Vec<_>, Error> =
            self.components.iter().map(|(w, c)| Ok((*w, c.affine(factor, shift)?))).collect();
        Ok(Self { components: components?, log_weights: self.log_weights.clone() })
    }
}

/// A sum of probabilities without the rounding that puts it above 1; NaN stays NaN.
fn at_most_1(sum: f64) -> f64 {
    if sum > 1.0 { 1.0 } else { sum }
}
