//! Quadrature of several integrands over the same nodes: Gauss's and Kronrod's rules on panels halved where need be, and the
//! trapezoidal rule on the whole line.

use super::simd::splat;
use wide::f64x2;

/// How many integrands can be integrated in one pass.
pub(crate) const OUTPUTS: usize = 8;

/// Values of the integrands at one point, or their integrals.
pub(crate) type Values = [f64; OUTPUTS];

/// Pairs of nodes at which the integrands are evaluated together.
pub(crate) const PAIRS: usize = 11;
/// Pairs of nodes.
pub(crate) type Nodes = [f64x2; PAIRS];
/// The integrands' values at [`Nodes`].
pub(crate) type Block = [Nodes; OUTPUTS];
/// Writes the first few integrands' values at the nodes.
pub(crate) type Integrands<'a> = dyn FnMut(&Nodes, &mut Block) + 'a;

/// Nodes of the 21-point Kronrod rule on [−1, 1] and their weights; every second one is a node of Gauss's 10-point rule.
///
/// Piessens et al., QUADPACK (1983), `dqk21`.
const KRONROD: [(f64, f64); 11] = [
    (0.995_657_163_025_808_1, 0.011_694_638_867_371_874),
    (0.973_906_528_517_171_7, 0.032_558_162_307_964_725),
    (0.930_157_491_355_708_2, 0.054_755_896_574_351_995),
    (0.865_063_366_688_984_5, 0.075_039_674_810_919_96),
    (0.780_817_726_586_416_9, 0.093_125_454_583_697_6),
    (0.679_409_568_299_024_4, 0.109_387_158_802_297_64),
    (0.562_757_134_668_604_7, 0.123_491_976_262_065_85),
    (0.433_395_394_129_247_2, 0.134_709_217_311_473_34),
    (0.294_392_862_701_460_2, 0.142_775_938_577_060_09),
    (0.148_874_338_981_631_22, 0.147_739_104_901_338_49),
    (0.0, 0.149_445_554_002_916_9),
];

/// Weights of Gauss's 10-point rule at the nodes 1, 3, 5, 7, 9 of [`KRONROD`].
const GAUSS: [f64; 5] = [
    0.066_671_344_308_688_14,
    0.149_451_349_150_580_6,
    0.219_086_362_515_982_04,
    0.269_266_719_309_996_35,
    0.295_524_224_714_752_87,
];

/// A panel's error may be this part of the whole integral.
const TOLERANCE: f64 = 1e-13;
/// A panel is halved at most this often: enough for a singularity like |x|^p, and an end to rounding noise.
const DEPTH: u8 = 30;
/// The most panels there may be: an end to integrands that are nothing but rounding noise.
const PANELS: usize = 600;

struct Panel {
    lower: f64,
    upper: f64,
    depth: u8,
    integral: Values,
    magnitude: Values,
    error: Values,
}

impl Panel {
    fn new(lower: f64, upper: f64, depth: u8, outputs: usize, f: &mut Integrands) -> Self {
        let (centre, half) = (0.5 * (lower + upper), 0.5 * (upper - lower));
        let sides = f64x2::new([-half, half]);
        let nodes = KRONROD.map(|(node, _)| splat(centre) + sides * splat(node));
        let mut values = [[splat(0.0); PAIRS]; OUTPUTS];
        f(&nodes, &mut values);
        let (mut integral, mut magnitudes, mut error) = ([0.0; OUTPUTS], [0.0; OUTPUTS], [0.0; OUTPUTS]);
        for k in 0..outputs {
            let (mut kronrod, mut gauss, mut magnitude) = (splat(0.0), splat(0.0), splat(0.0));
            for (i, (&value, (_, weight))) in values[k].iter().zip(KRONROD).enumerate() {
                // Both nodes of the last pair are the centre.
                let weight = splat(if i == PAIRS - 1 { 0.5 * weight } else { weight });
                kronrod += weight * value;
                magnitude += weight * value.abs();
                if i % 2 == 1 {
                    gauss += splat(GAUSS[i / 2]) * value;
                }
            }
            integral[k] = half * kronrod.reduce_add();
            magnitudes[k] = half * magnitude.reduce_add();
            let difference = (half * (kronrod - gauss).reduce_add()).abs();
            // Gauss's rule is exact to degree 19, Kronrod's to 31: on a smooth integrand the error of the second
            // is about the 1.6th power of the first's.
            if difference > 1e-15 * magnitudes[k] {
                let relative = (4.0 * difference / magnitudes[k]).min(1.0);
                error[k] = magnitudes[k] * relative * relative.sqrt();
            }
        }
        Self { lower, upper, depth, integral, magnitude: magnitudes, error }
    }
}

/// Integrals of the first `outputs` values that `f` writes, over the `areas`, which must not overlap.
///
/// The integrands may be unsmooth at their ends and nowhere else; each is integrated to about 1e-13 of the integral of
/// its absolute value.
pub(crate) fn integrate_blocks(areas: &[(f64, f64)], outputs: usize, f: &mut Integrands) -> Values {
    let mut panels = Vec::with_capacity(2 * areas.len());
    let mut magnitude = [0.0; OUTPUTS];
    for &(lower, upper) in areas {
        if upper > lower {
            let panel = Panel::new(lower, upper, 0, outputs, f);
            add(&mut magnitude, &panel.magnitude, 1.0);
            panels.push(panel);
        }
    }
    let mut made = panels.len();
    let mut integral = [0.0; OUTPUTS];
    while let Some(panel) = panels.pop() {
        let centre = 0.5 * (panel.lower + panel.upper);
        let rough = (0..outputs).any(|k| panel.error[k] > TOLERANCE * magnitude[k]);
        let divisible = panel.depth < DEPTH && made < PANELS && centre > panel.lower && centre < panel.upper;
        if rough && divisible {
            made += 2;
            for (lower, upper) in [(panel.lower, centre), (centre, panel.upper)] {
                let half = Panel::new(lower, upper, panel.depth + 1, outputs, f);
                add(&mut magnitude, &half.magnitude, 1.0);
                panels.push(half);
            }
            add(&mut magnitude, &panel.magnitude, -1.0);
        } else {
            add(&mut integral, &panel.integral, 1.0);
        }
    }
    integral
}

/// [`integrate_blocks`] of integrands that are evaluated point by point.
pub(crate) fn integrate_many(
    areas: &[(f64, f64)],
    outputs: usize,
    f: &mut dyn FnMut(f64, &mut Values),
) -> Values {
    integrate_blocks(areas, outputs, &mut |nodes, block| {
        for (i, x) in nodes.iter().enumerate() {
            let (x, mut values) = (x.to_array(), [[0.0; OUTPUTS]; 2]);
            f(x[0], &mut values[0]);
            if i == PAIRS - 1 {
                values[1] = values[0];
            } else {
                f(x[1], &mut values[1]);
            }
            for k in 0..outputs {
                block[k][i] = f64x2::new([values[0][k], values[1][k]]);
            }
        }
    })
}

/// The integral of a very smooth function by Gauss's 10-point rule.
pub(crate) fn gauss(lower: f64, upper: f64, f: &dyn Fn(f64x2) -> f64x2) -> f64 {
    let (centre, half) = (0.5 * (lower + upper), 0.5 * (upper - lower));
    let nodes = KRONROD.iter().skip(1).step_by(2).zip(GAUSS);
    let sum = nodes.fold(splat(0.0), |sum, ((node, _), weight)| {
        sum + splat(weight) * f(splat(centre) + f64x2::new([-half, half]) * splat(*node))
    });
    half * sum.reduce_add()
}

/// The mean over [−1, 1] of a very smooth function by Gauss's 10-point rule.
pub(crate) fn gauss_mean(f: &dyn Fn(f64) -> f64) -> f64 {
    let nodes = KRONROD.iter().skip(1).step_by(2).zip(GAUSS);
    0.5 * nodes.fold(0.0, |sum, ((node, _), weight)| sum + weight * (f(-node) + f(*node)))
}

/// Integrals from 0 to each of two numbers by Gauss's 10-point rule.
pub(crate) fn gauss_at_two(to: f64x2, f: &dyn Fn(f64x2) -> f64x2) -> f64x2 {
    let half = splat(0.5) * to;
    let nodes = KRONROD.iter().skip(1).step_by(2).zip(GAUSS);
    let sum = nodes.fold(splat(0.0), |sum, ((node, _), weight)| {
        let offset = half * splat(*node);
        sum + splat(weight) * (f(half - offset) + f(half + offset))
    });
    half * sum
}

/// The most nodes of a trapezoidal rule.
const NODES: usize = 2000;

/// Integrals of functions that are analytic on the whole line and negligible outside [`lower`, `upper`], by the trapezoidal
/// rule; `None` where that would take too many nodes.
pub(crate) fn trapezoidal(
    lower: f64,
    upper: f64,
    step: f64,
    outputs: usize,
    f: &mut Integrands,
) -> Option<Values> {
    halving(lower, upper, step, outputs, 1e-11, &mut |row, sums| add_nodes(row, outputs, f, sums))
}

/// Equally spaced nodes.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) first: f64,
    pub(crate) step: f64,
    pub(crate) count: usize,
}

/// The trapezoidal rule's results, by a function that adds the integrands' values at a row of nodes to sums;
/// `None` where it would take too many nodes.
///
/// The first row holds both ends, each other the midpoints between all nodes so far. The error falls
/// geometrically, and rows are added until the estimates agree, at least to `trusted`: a slower part of the error
/// may be as large as that.
pub(crate) fn halving(
    lower: f64,
    upper: f64,
    step: f64,
    outputs: usize,
    trusted: f64,
    add_row: &mut dyn FnMut(Row, &mut Values),
) -> Option<Values> {
    let intervals = ((upper - lower) / step).ceil();
    if intervals.is_nan() || intervals > 0.25 * NODES as f64 {
        return None;
    }
    let mut intervals = (intervals as usize).max(4);
    let mut step = (upper - lower) / intervals as f64;
    let mut sums = [0.0; OUTPUTS];
    add_row(Row { first: lower, step, count: intervals + 1 }, &mut sums);
    let mut change = [f64::INFINITY; OUTPUTS];
    while intervals <= NODES / 2 {
        let coarse = sums;
        add_row(Row { first: lower + 0.5 * step, step, count: intervals }, &mut sums);
        let mut settled = true;
        for k in 0..outputs {
            // The change relative to the sum. The estimates are a step times the sums, and the finer one's
            // step is half as long.
            let difference = (0.5 * sums[k] - coarse[k]).abs() / (0.5 * sums[k]).max(f64::MIN_POSITIVE);
            // The error's logarithm doubles from row to row, so that what is left is the last change times
            // the square of its ratio to the one before. A second, slower part may hide below the first, so
            // the change itself counts too.
            let part = difference / change[k];
            let close = difference <= 1e-13 || difference <= trusted && difference * part * part <= 1e-12;
            settled &= close && change[k].is_finite();
            change[k] = difference;
        }
        intervals *= 2;
        step *= 0.5;
        if settled {
            return Some(sums.map(|sum| step * sum));
        }
    }
    None
}

/// Adds the values at a row of nodes.
fn add_nodes(row: Row, outputs: usize, f: &mut Integrands, sums: &mut Values) {
    let Row { first, step, count } = row;
    let mut values = [[splat(0.0); PAIRS]; OUTPUTS];
    let mut start = 0;
    while start < count {
        let last = count - 1;
        let at = |k: usize| first + step * k.min(last) as f64;
        let nodes = core::array::from_fn(|i| f64x2::new([at(start + 2 * i), at(start + 2 * i + 1)]));
        f(&nodes, &mut values);
        let whole = (count - start).min(2 * PAIRS);
        for k in 0..outputs {
            let mut sum = values[k][..whole / 2].iter().copied().fold(splat(0.0), |a, b| a + b).reduce_add();
            if whole % 2 == 1 {
                sum += values[k][whole / 2].to_array()[0];
            }
            sums[k] += sum;
        }
        start += whole;
    }
}

fn add(sum: &mut Values, values: &Values, factor: f64) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

/// The integral of `f` over the sorted `points`, between which `f` is smooth.
pub(crate) fn integrate(points: &[f64], f: &mut dyn FnMut(f64) -> f64) -> f64 {
    let areas: Vec<(f64, f64)> = points.windows(2).map(|ends| (ends[0], ends[1])).collect();
    integrate_over(&areas, f)
}

/// The integral of `f` over the `areas`, inside which `f` is smooth.
pub(crate) fn integrate_over(areas: &[(f64, f64)], f: &mut dyn FnMut(f64) -> f64) -> f64 {
    integrate_many(areas, 1, &mut |x, values| values[0] = f(x))[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kronrods_rule_is_exact_to_degree_31_and_gauss_to_19() {
        for degree in 0..=31 {
            let power = &mut |x: &Nodes, v: &mut Block| {
                v[0] = x.map(|x| f64x2::new(x.to_array().map(|x| x.powi(degree))));
            };
            let panel = Panel::new(0.0, 1.0, 0, 1, power);
            let exact = 1.0 / f64::from(degree + 1);
            assert!((panel.integral[0] - exact).abs() < 1e-15, "degree {degree}: {}", panel.integral[0]);
            if degree <= 19 {
                assert!(
                    panel.error[0] < 1e-22,
                    "Gauss's rule is off at degree {degree}: {:e}",
                    panel.error[0]
                );
            }
        }
    }

    #[test]
    fn the_trapezoidal_rule_is_refined_until_it_is_right() {
        // ∫ e^(−x²/2)/(x² + d²) has poles at ±i d: π/d e^(d²/2) erfc(d/√2).
        for d in [1.0, 0.5, 0.2] {
            let f = &mut |x: &Nodes, v: &mut Block| {
                v[0] = x.map(|x| f64x2::new(x.to_array().map(|x| (-0.5 * x * x).exp() / (x * x + d * d))));
            };
            let ours = trapezoidal(-11.0, 11.3, 1.0, 1, f).unwrap()[0];
            let exact = core::f64::consts::PI / d * (0.5 * d * d).exp() * libm::erfc(d / 2_f64.sqrt());
            assert!((ours / exact - 1.0).abs() < 1e-12, "at {d}: {ours} is not {exact}");
        }
        let nearer = &mut |x: &Nodes, v: &mut Block| v[0] = x.map(|x| splat(1.0) / (x * x + splat(1e-8)));
        assert!(trapezoidal(-11.0, 11.3, 1.0, 1, nearer).is_none(), "a pole too near");
    }

    #[test]
    fn finds_a_narrow_peak_and_a_kink_of_unknown_place() {
        let peak = integrate(&[-1.0, 2.0], &mut |x| 1.0 / (1.0 + (x * 1e3).powi(2)));
        let exact = ((2e3_f64).atan() + (1e3_f64).atan()) / 1e3;
        assert!((peak / exact - 1.0).abs() < 1e-13, "{peak} is not {exact}");
        let kink = integrate(&[0.0, 1.0], &mut |x| (x - 0.3).abs());
        assert!((kink / 0.29 - 1.0).abs() < 1e-12, "{kink} is not 0.29");
    }
}
