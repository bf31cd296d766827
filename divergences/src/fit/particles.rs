//! Equal point masses that move freely: their Wasserstein distances from a distribution, with a gradient for each.

use crate::distribution::{Distribution, Error};
use crate::numeric::quadrature::integrate;
use crate::order::{clamp, permutation};

/// The level at which an infinite support is cut off: too little mass lies beyond to change a sum.
const OUTERMOST_LEVEL: f64 = 1e-20;

/// A distribution p cut by its quantiles into cells of equal mass, as many as there are particles.
///
/// On the line an optimal coupling keeps the order, so that the i-th particle from the left serves the i-th cell,
/// whatever p is. W₁ is then the sum over particles of ∫ |xᵢ − F⁻¹(u)| du over the particle's cell, and W₂² that of
/// (xᵢ − F⁻¹(u))². The cells are cut once, and serve any number of positions.
///
/// ```
/// use divergences::distribution::Uniform;
/// use divergences::fit::Cells;
///
/// let cells = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?;
/// assert!((cells.wasserstein_1(&[3.0, 4.0]) - 3.0).abs() < 1e-15);
/// assert_eq!(cells.wasserstein_1_gradient(&[3.0, 4.0]), [0.5, 0.5]);
/// # Ok::<(), divergences::distribution::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    p: Distribution,
    /// The points at which p's cdf is not smooth.
    marks: Vec<f64>,
    cells: Vec<Cell>,
}

/// The part of p between two of its quantiles.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    /// The levels of the cdf between which it lies.
    levels: (f64, f64),
    /// The quantiles at these levels. Where the support is infinite, they are those of a level that is as
    /// good as 0 or 1.
    ends: (f64, f64),
    /// The mean of its mass.
    mean: f64,
    /// ∫ (F⁻¹(u) − mean)² du, the cost of bringing its mass together.
    spread: f64,
}

impl Cells {
    /// Cuts `p` into `count` cells.
    ///
    /// - **Cost**: two quantiles and three quadratures for each cell, 2 to 20 µs.
    ///
    /// ```
    /// use divergences::distribution::Gaussian;
    /// use divergences::fit::Cells;
    ///
    /// assert_eq!(Cells::new(&Gaussian::new(0.0, 1.0)?.into(), 8)?.count(), 8);
    /// assert!(Cells::new(&Gaussian::new(0.0, 1.0)?.into(), 0).is_err());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If `count` is 0.
    pub fn new(p: &Distribution, count: usize) -> Result<Self, Error> {
        if count == 0 {
            return Err(Error::Empty { parameter: "count" });
        }
        let mut marks = p.breakpoints();
        marks.extend(p.atoms().iter().map(|atom| atom.0));
        crate::order::ascending(&mut marks);
        let mut cut = Self { p: p.clone(), marks, cells: Vec::with_capacity(count) };
        let level = |i: usize| i as f64 / count as f64;
        let end = |i: usize| {
            let x = if 2 * i <= count { p.quantile(level(i)) } else { p.upper_quantile(level(count - i)) };
            if x.is_finite() {
                x
            } else if i == 0 {
                p.quantile(OUTERMOST_LEVEL)
            } else {
                p.upper_quantile(OUTERMOST_LEVEL)
            }
        };
        for i in 0..count {
            let (levels, ends) = ((level(i), level(i + 1)), (end(i), end(i + 1)));
            let mass = levels.1 - levels.0;
            let mut cell = Cell { levels, ends, mean: f64::NAN, spread: f64::NAN };
            cell.mean = ends.0 + cut.above(&cell, ends.0, &mut |_| 1.0) / mass;
            let mean = cell.mean;
            cell.spread = cut.below(&cell, mean, &mut |x| 2.0 * (mean - x))
                + cut.above(&cell, mean, &mut |x| 2.0 * (x - mean));
            cut.cells.push(cell);
        }
        Ok(cut)
    }

    /// How many cells there are.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// assert_eq!(Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?.count(), 2);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn count(&self) -> usize {
        self.cells.len()
    }

    /// The mean of each cell from left to right: where W₂² sends the particles.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// let means = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?.means();
    /// assert!((means[0] - 0.25).abs() < 1e-15 && (means[1] - 0.75).abs() < 1e-15);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        self.cells.iter().map(|cell| cell.mean).collect()
    }

    /// W₁ between p and the equal point masses at `positions`; NaN unless there are as many as cells.
    ///
    /// - **Accuracy**: 1e-12.
    /// - **Cost**: a quadrature for each particle inside its cell, 3 µs, and next to nothing for the others.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// let cells = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?;
    /// assert!((cells.wasserstein_1(&[0.25, 0.75]) - 0.125).abs() < 1e-15);
    /// assert!(cells.wasserstein_1(&[0.5]).is_nan());
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn wasserstein_1(&self, positions: &[f64]) -> f64 {
        self.sum(positions, &mut |cell, x| {
            let mass = cell.levels.1 - cell.levels.0;
            if x <= cell.ends.0 || x >= cell.ends.1 {
                mass * (x - cell.mean).abs()
            } else {
                self.below(cell, x, &mut |_| 1.0) + self.above(cell, x, &mut |_| 1.0)
            }
        })
    }

    /// W₂² between p and the equal point masses at `positions`; NaN unless there are as many as cells.
    ///
    /// - **Accuracy**: 1e-12.
    /// - **Cost**: that of sorting the positions.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// let cells = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?;
    /// assert!((cells.wasserstein_2_squared(&[0.25, 0.75]) - 1.0 / 48.0).abs() < 1e-15);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn wasserstein_2_squared(&self, positions: &[f64]) -> f64 {
        self.sum(positions, &mut |cell, x| {
            (cell.levels.1 - cell.levels.0) * (x - cell.mean).powi(2) + cell.spread
        })
    }

    /// The gradient ∂W₁/∂xᵢ = ∫ sign(xᵢ − F⁻¹(u)) du over the cell of particle i: ±1/n unless the particle is within its cell.
    ///
    /// Where p has an atom at xᵢ the slopes from the left and from the right differ, and this is the middle between
    /// them. Particles at the same place may be told apart in any order; earlier ones count as further left. NaN
    /// unless there are as many `positions` as cells.
    ///
    /// - **Cost**: a cdf for each particle.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// let cells = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?;
    /// assert_eq!(cells.wasserstein_1_gradient(&[9.0, 2.0]), [0.5, 0.5]); // however far
    /// assert_eq!(cells.wasserstein_1_gradient(&[0.25, 0.75]), [0.0, 0.0]);
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn wasserstein_1_gradient(&self, positions: &[f64]) -> Vec<f64> {
        let atoms = self.p.atoms();
        self.gradient(positions, &mut |cell, x| {
            let (a, b) = cell.levels;
            let to = self.p.cdf(x);
            let at: f64 = atoms.iter().filter(|atom| atom.0 == x).map(|atom| atom.1).sum();
            let (left, right) = (clamp(to - at, a, b), clamp(to, a, b));
            (left - a) - (b - right)
        })
    }

    /// The gradient ∂W₂²/∂xᵢ = 2 (xᵢ/n − ∫ F⁻¹(u) du over the cell of particle i).
    ///
    /// Particles at the same place may be told apart in any order; earlier ones count as further left. NaN unless
    /// there are as many `positions` as cells.
    ///
    /// - **Cost**: that of sorting the positions.
    ///
    /// ```
    /// # use divergences::{distribution::Uniform, fit::Cells};
    /// let cells = Cells::new(&Uniform::new(0.0, 1.0)?.into(), 2)?;
    /// let gradient = cells.wasserstein_2_squared_gradient(&[1.25, 0.25]);
    /// assert!((gradient[0] - 0.5).abs() < 1e-15 && gradient[1].abs() < 1e-15); // each to its own cell's mean
    /// # Ok::<(), divergences::distribution::Error>(())
    /// ```
    #[must_use]
    pub fn wasserstein_2_squared_gradient(&self, positions: &[f64]) -> Vec<f64> {
        self.gradient(positions, &mut |cell, x| 2.0 * (cell.levels.1 - cell.levels.0) * (x - cell.mean))
    }

    fn sum(&self, positions: &[f64], cost: &mut dyn FnMut(&Cell, f64) -> f64) -> f64 {
        if positions.len() != self.cells.len() {
            return f64::NAN;
        }
        order(positions).into_iter().zip(&self.cells).map(|(i, cell)| cost(cell, positions[i])).sum()
    }

    fn gradient(&self, positions: &[f64], slope: &mut dyn FnMut(&Cell, f64) -> f64) -> Vec<f64> {
        let mut gradient = vec![f64::NAN; positions.len()];
        if positions.len() == self.cells.len() {
            for (i, cell) in order(positions).into_iter().zip(&self.cells) {
                gradient[i] = slope(cell, positions[i]);
            }
        }
        gradient
    }

    /// ∫ `weight` (F − a) from the cell's lower end to `x`.
    fn below(&self, cell: &Cell, x: f64, weight: &mut dyn FnMut(f64) -> f64) -> f64 {
        let (a, b) = cell.levels;
        self.integral(cell.ends.0, x, &mut |t| weight(t) * (clamp(self.p.cdf(t), a, b) - a))
    }

    /// ∫ `weight` (b − F) from `x` to the cell's upper end.
    fn above(&self, cell: &Cell, x: f64, weight: &mut dyn FnMut(f64) -> f64) -> f64 {
        let (a, b) = cell.levels;
        // Counted from above, so that the upper tail keeps its digits.
        self.integral(x, cell.ends.1, &mut |t| {
            weight(t) * (clamp(self.p.survival(t), 1.0 - b, 1.0 - a) - (1.0 - b))
        })
    }

    fn integral(&self, from: f64, to: f64, f: &mut dyn FnMut(f64) -> f64) -> f64 {
        let mut points = vec![from];
        points.extend(self.marks.iter().filter(|mark| **mark > from && **mark < to));
        points.push(to);
        integrate(&points, f)
    }
}

/// The places of `positions` from left to right.
fn order(positions: &[f64]) -> Vec<usize> {
    permutation(positions.len(), &|i, j| positions[i].total_cmp(&positions[j]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Gaussian, Laplace, Mixture, PointMasses, Uniform};
    use crate::transport::wasserstein;

    fn targets() -> Vec<Distribution> {
        let uniform = |a, b| Distribution::from(Uniform::new(a, b).unwrap());
        let gaussian = |m, s| Distribution::from(Gaussian::new(m, s).unwrap());
        let mixture = |parts| Distribution::from(Mixture::new(parts).unwrap());
        vec![
            uniform(-1.0, 1.0),
            mixture(vec![(0.5, uniform(-3.0, -2.0)), (0.5, uniform(1.0, 2.0))]),
            gaussian(0.5, 1.3),
            mixture(vec![(0.3, gaussian(-4.0, 0.5)), (0.7, gaussian(2.0, 1.0))]),
            Laplace::new(0.2, 0.7).unwrap().into(),
        ]
    }

    const POSITIONS: [&[f64]; 4] =
        [&[0.3], &[5.0, 4.0, 4.5], &[-0.8, -0.1, 0.15, 0.9], &[-2.0, 0.01, 1.7, -2.6, 0.6, 1.2, 3.0]];

    fn assert_close(actual: f64, expected: f64, tolerance: f64, what: &str) {
        let error = (actual - expected).abs();
        assert!(error <= tolerance * expected.abs().max(0.1), "{what}: {actual} is not {expected}");
    }

    #[test]
    fn distances_are_those_of_point_masses() {
        for p in targets() {
            for positions in POSITIONS {
                let cells = Cells::new(&p, positions.len()).unwrap();
                let q = Distribution::from(PointMasses::from_samples(positions).unwrap());
                let what = format!("{p:?} {positions:?}");
                assert_close(cells.wasserstein_1(positions), wasserstein(1.0, &p, &q), 1e-9, &what);
                let squared = wasserstein(2.0, &p, &q).powi(2);
                assert_close(cells.wasserstein_2_squared(positions), squared, 1e-9, &what);
            }
        }
    }

    #[test]
    fn gradients_are_the_slopes_of_the_distances() {
        for p in targets() {
            for positions in POSITIONS {
                let cells = Cells::new(&p, positions.len()).unwrap();
                let by_one = cells.wasserstein_1_gradient(positions);
                let by_two = cells.wasserstein_2_squared_gradient(positions);
                for i in 0..positions.len() {
                    let step = 1e-4;
                    let difference = |distance: &dyn Fn(&[f64]) -> f64| {
                        let at = |by: f64| {
                            let mut moved = positions.to_vec();
                            moved[i] += by;
                            distance(&moved)
                        };
                        // This central difference is of fourth order.
                        (8.0 * (at(step) - at(-step)) - (at(2.0 * step) - at(-2.0 * step))) / (12.0 * step)
                    };
                    let what = format!("particle {i} of {positions:?}, {p:?}");
                    assert_close(by_one[i], difference(&|x| cells.wasserstein_1(x)), 1e-7, &what);
                    assert_close(by_two[i], difference(&|x| cells.wasserstein_2_squared(x)), 1e-7, &what);
                }
            }
        }
    }

    #[test]
    fn far_away_every_particle_is_pulled_alike() {
        let cells = Cells::new(&targets()[0], 4).unwrap();
        assert_eq!(
            cells.wasserstein_1_gradient(&[9.0, 5.0, 7.0, 6.0]),
            [0.25; 4],
            "by W₁ as much however far, exactly"
        );
        let by_two = cells.wasserstein_2_squared_gradient(&[9.0, 5.0, 7.0, 6.0]);
        for (slope, distance) in by_two.into_iter().zip([8.25, 5.75, 6.75, 6.25]) {
            assert_close(slope, 0.5 * distance, 1e-13, "by W₂² in proportion, each to its own cell");
        }
    }

    #[test]
    fn an_atom_holds_what_stands_on_it() {
        let p = Distribution::from(PointMasses::from_samples(&[0.0, 0.0, 2.0]).unwrap());
        let cells = Cells::new(&p, 2).unwrap();
        assert_close(cells.wasserstein_1(&[0.0, 2.0]), 1.0 / 3.0, 1e-13, "a sixth of the mass is 2 away");
        let gradient = cells.wasserstein_1_gradient(&[0.0, 2.0]);
        assert_close(gradient[0], 0.0, 1e-13, "all of its cell is at 0: a kink");
        // A sixth of the cell lies at 0, to the left; a third at 2: slopes −1/6 and 1/2.
        assert_close(gradient[1], 1.0 / 6.0, 1e-13, "the middle of the slopes −1/6 and 1/2");
    }

    #[test]
    fn what_does_not_fit_is_no_number() {
        assert!(Cells::new(&targets()[0], 0).is_err(), "no cells");
        let cells = Cells::new(&targets()[0], 2).unwrap();
        assert!(cells.wasserstein_1(&[1.0]).is_nan(), "one particle for two cells");
        assert!(cells.wasserstein_2_squared_gradient(&[1.0])[0].is_nan(), "nor a gradient");
    }
}
