//! A density against its own translates, at many shifts at once.

use crate::distribution::Distribution;

/// Where a density falls below e^−`DEPTH` of its peak it adds nothing to a sum.
const DEPTH: f64 = 60.0;
/// The trapezoidal rule's nodes per length over which the density changes, at the least.
const NODES: f64 = 5.0;
/// Up to so many such lengths the nodes keep pace with the shift: the farther apart the densities are, the sharper
/// log(1 + p/q) bends where they meet.
const FAR: f64 = 25.0;

/// A smooth density f with f(c + x) = f(c − x), falling on either side of its centre c, tabulated so that f-divergences
/// between f(x) and f(x − θ), and their derivatives by θ, take one pass over a table for each θ.
///
/// For curves over θ: a single pair is served by [`crate::divergence::Divergence::between`] and [`super::slope`], which
/// are right for any density. The trapezoidal rule converges geometrically on smooth densities; values are true to about
/// 1e-12 absolutely, and derivatives to 1e-9 relatively, up to a shift of 25 times the density's scale.
pub struct Translates {
    distribution: Distribution,
    centre: f64,
    spacing: f64,
    /// How many nodes to one side of its centre the density matters.
    extent: usize,
    /// At the centre and at whole multiples of the spacing to its right; to the left they mirror.
    nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Node {
    log_density: f64,
    density: f64,
    score: f64,
}

/// What [`Translates::at`] finds, in nats; KL is the same both ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Translated {
    /// The shift θ.
    pub shift: f64,
    /// KL, and its derivative by θ.
    pub kullback_leibler: [f64; 2],
    /// JS, and its derivative by θ.
    pub jensen_shannon: [f64; 2],
    /// Total variation, and its derivative by θ.
    pub total_variation: [f64; 2],
    /// The squared Hellinger distance, and its derivative by θ.
    pub hellinger_squared: [f64; 2],
}

impl Translates {
    /// Tabulates `distribution`, a density of the kind described above that changes over lengths of `scale` or more, for
    /// shifts up to `reach`. `None` if `scale` is not above 0, or so small beside `reach` that the table would be huge.
    #[must_use]
    pub fn new(distribution: &Distribution, scale: f64, reach: f64) -> Option<Self> {
        let spacing = scale / NODES.max(1.2 * (reach / scale).min(FAR));
        let centre = distribution.mean();
        let floor = distribution.log_density(centre) - DEPTH;
        let mut nodes: Vec<Node> = Vec::new();
        let mut extent = None;
        let beyond = (reach / spacing).ceil();
        loop {
            let i = nodes.len();
            let x = centre + i as f64 * spacing;
            let log_density = distribution.log_density(x);
            let score = super::general::score(distribution, x);
            if !(log_density.is_finite() && spacing > 0.0 && i < 100_000) {
                return None;
            }
            if log_density < floor {
                let end = *extent.get_or_insert(i);
                if i as f64 > end as f64 + beyond {
                    break;
                }
            }
            nodes.push(Node { log_density, density: log_density.exp(), score });
        }
        let extent = extent?;
        Some(Self { distribution: distribution.clone(), centre, spacing, extent, nodes })
    }

    /// The shifts that the table serves are whole multiples of this.
    #[must_use]
    pub fn spacing(&self) -> f64 {
        self.spacing
    }

    fn node(&self, offset: isize) -> Node {
        let node = self.nodes[offset.unsigned_abs().min(self.nodes.len() - 1)];
        Node { score: if offset < 0 { -node.score } else { node.score }, ..node }
    }

    /// The divergences at the shift `steps` · [`Self::spacing`]; beyond the reach, those at the reach.
    #[must_use]
    pub fn at(&self, steps: usize) -> Translated {
        let steps = steps.min(self.nodes.len().saturating_sub(self.extent + 2));
        let (extent, shift) = (self.extent as isize, steps as isize);
        let (mut kl, mut js, mut hellinger) = ([0.0; 2], [0.0; 2], [0.0; 2]);
        for i in -extent..=extent + shift {
            let (p, q) = (self.node(i), self.node(i - shift));
            let ratio = p.log_density - q.log_density;
            // log(1 + p/q) and log(1 + q/p).
            let (over_q, over_p) = (softplus(ratio), softplus(-ratio));
            kl[0] += p.density * (ratio + (-ratio).exp_m1());
            kl[1] += p.density * q.score;
            js[0] += 0.5
                * ((std::f64::consts::LN_2 - over_p) * p.density
                    + (std::f64::consts::LN_2 - over_q) * q.density);
            js[1] += 0.5 * over_q * q.density * q.score;
            let product = (0.5 * (p.log_density + q.log_density)).exp();
            hellinger[0] += 0.5 * (p.density + q.density) - product;
            hellinger[1] += 0.5 * product * q.score;
        }
        let half = 0.5 * steps as f64 * self.spacing;
        let summed = |sums: [f64; 2]| sums.map(|sum| sum * self.spacing);
        Translated {
            shift: steps as f64 * self.spacing,
            kullback_leibler: summed(kl),
            jensen_shannon: summed(js),
            // The densities cross halfway and nowhere else.
            total_variation: [
                1.0 - 2.0 * self.distribution.survival(self.centre + half),
                self.distribution.density(self.centre + half),
            ],
            hellinger_squared: summed(hellinger),
        }
    }
}

/// log(1 + eˣ).
fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Gaussian, Uniform};
    use crate::divergence::Divergence;
    use crate::fit::{Direction, slope};

    #[test]
    fn agrees_with_what_serves_any_pair() {
        let bell = Distribution::from(Gaussian::new(0.5, 0.3).unwrap());
        let blurred = Distribution::from(Uniform::new(-0.5, 0.5).unwrap()).smooth(0.2).unwrap();
        for (density, scale) in [(bell, 0.3), (blurred, 0.2)] {
            let translates = Translates::new(&density, scale, 3.0).unwrap();
            for steps in [1, 31, 80] {
                let found = translates.at(steps);
                let moved = density.translate(found.shift).unwrap();
                for (divergence, [value, derivative]) in [
                    (Divergence::ForwardKl, found.kullback_leibler),
                    (Divergence::ReverseKl, found.kullback_leibler),
                    (Divergence::JensenShannon, found.jensen_shannon),
                    (Divergence::TotalVariation, found.total_variation),
                    (Divergence::HellingerSquared, found.hellinger_squared),
                ] {
                    let exact = divergence.between(&density, &moved);
                    assert!(
                        (value - exact).abs() <= 1e-11 * exact.max(1.0),
                        "{divergence:?}: {value} {exact}"
                    );
                    let exact = slope(&density, &moved, divergence, Direction::Location).finite().unwrap();
                    assert!(
                        (derivative - exact).abs() <= 1e-9 * exact.abs(),
                        "{divergence:?}': {derivative:e} {exact:e}"
                    );
                }
            }
        }
    }

    #[test]
    fn refuses_what_it_cannot_tabulate() {
        let bell = Distribution::from(Gaussian::new(0.0, 1.0).unwrap());
        for scale in [0.0, -1.0, f64::NAN, 1e-9] {
            assert!(Translates::new(&bell, scale, 3.0).is_none(), "{scale}");
        }
    }
}
