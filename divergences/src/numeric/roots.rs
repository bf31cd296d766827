//! The roots of a function that is known by its values alone.

use super::simd::splat;
use crate::order::clamp;
use wide::f64x2;

/// Points per panel at which a function is looked at for changes of sign.
pub(crate) const SCAN: usize = 8;

/// The roots of `f` inside the panels, sorted: simple ones, and pairs of them down to a fraction of the scan's step.
pub(crate) fn roots(panels: &[(f64, f64)], f: &mut dyn FnMut(f64) -> f64) -> Vec<f64> {
    roots_by_pairs(panels, &mut |points, values| {
        for (value, x) in values.iter_mut().zip(points) {
            let [a, b] = x.to_array();
            let first = f(a);
            *value = f64x2::new([first, if a == b { first } else { f(b) }]);
        }
    })
}

/// The roots of a function that writes its values at up to [`SCAN`] points, two by two.
pub(crate) fn roots_by_pairs(panels: &[(f64, f64)], f: &mut dyn FnMut(&[f64x2], &mut [f64x2])) -> Vec<f64> {
    let mut found = Vec::new();
    // The last two points and their values.
    let mut before: Option<(f64, f64)> = None;
    let mut last: Option<(f64, f64)> = None;
    for &(lower, upper) in panels {
        if last.is_none_or(|last| last.0 != lower) {
            (before, last) = (None, Some((lower, alone(f, lower))));
            if last.is_some_and(|last| last.1 == 0.0) {
                found.push(lower);
            }
        }
        let at = |i: usize| lower + (upper - lower) * (i as f64 / SCAN as f64);
        let points: [f64x2; SCAN / 2] = core::array::from_fn(|i| f64x2::new([at(2 * i + 1), at(2 * i + 2)]));
        let mut values = points;
        f(&points, &mut values);
        let one = &mut |x: f64| alone(f, x);
        let flat = |pairs: [f64x2; SCAN / 2]| pairs.into_iter().flat_map(f64x2::to_array);
        for next in flat(points).zip(flat(values)) {
            if let Some(last) = last {
                if last.1 * next.1 < 0.0 {
                    found.push(root_between(last, next, one));
                } else if let Some(before) = before
                    && before.1 * last.1 > 0.0
                    && last.1 * next.1 > 0.0
                    && last.1.abs() < before.1.abs()
                    && last.1.abs() < next.1.abs()
                {
                    // A dip towards 0 may cross it twice between the scan's points.
                    let low = dip(before.0, next.0, last.1.signum(), one);
                    if low.1 * next.1 < 0.0 {
                        found.push(root_between(before, low, one));
                        found.push(root_between(low, next, one));
                    }
                }
            }
            if next.1 == 0.0 {
                found.push(next.0);
            }
            (before, last) = (last, Some(next));
        }
    }
    crate::order::ascending(&mut found);
    found.dedup();
    found
}

/// The value at one point of a function that takes pairs of points.
fn alone(f: &mut dyn FnMut(&[f64x2], &mut [f64x2]), x: f64) -> f64 {
    let mut value = [splat(0.0)];
    f(&[splat(x)], &mut value);
    value[0].to_array()[0]
}

/// The root between two points at which `f` has different signs, to the last digits.
///
/// Chandrupatla, A new hybrid quadratic/bisection algorithm, Advances in Engineering Software 28 (1997).
pub(crate) fn root_between(a: (f64, f64), b: (f64, f64), f: &mut dyn FnMut(f64) -> f64) -> f64 {
    let finest = f64::EPSILON * f64::EPSILON * (b.0 - a.0).abs();
    let (mut a, mut b) = (b, a);
    let mut share = 0.5;
    for _ in 0..100 {
        let x = a.0 + share * (b.0 - a.0);
        let next = (x, f(x));
        let c = if (next.1 > 0.0) == (a.1 > 0.0) { a } else { core::mem::replace(&mut b, a) };
        a = next;
        let best = if a.1.abs() < b.1.abs() { a } else { b };
        let tolerance = (f64::EPSILON * best.0.abs() + finest) / (b.0 - a.0).abs();
        if tolerance.is_nan() || tolerance > 0.5 || best.1 == 0.0 {
            return best.0;
        }
        // Inverse quadratic interpolation where it can be trusted, else bisection.
        let xi = (a.0 - b.0) / (c.0 - b.0);
        let phi = (a.1 - b.1) / (c.1 - b.1);
        let next = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            a.1 / (b.1 - a.1) * (c.1 / (b.1 - c.1))
                + (c.0 - a.0) / (b.0 - a.0) * (a.1 / (c.1 - a.1)) * (b.1 / (c.1 - b.1))
        } else {
            0.5
        };
        share = clamp(next, tolerance, 1.0 - tolerance);
    }
    a.0
}

/// The minimum of sign · f between `lower` and `upper`, by golden-section search. The search ends early at a
/// value below 0.
fn dip(mut lower: f64, mut upper: f64, sign: f64, f: &mut dyn FnMut(f64) -> f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let mut x = [upper - GOLDEN * (upper - lower), lower + GOLDEN * (upper - lower)];
    let mut y = [sign * f(x[0]), sign * f(x[1])];
    for _ in 0..30 {
        if y[0] < 0.0 || y[1] < 0.0 {
            break;
        }
        if y[0] < y[1] {
            upper = x[1];
            (x[1], y[1]) = (x[0], y[0]);
            x[0] = upper - GOLDEN * (upper - lower);
            y[0] = sign * f(x[0]);
        } else {
            lower = x[0];
            (x[0], y[0]) = (x[1], y[1]);
            x[1] = lower + GOLDEN * (upper - lower);
            y[1] = sign * f(x[1]);
        }
    }
    if y[0] < y[1] { (x[0], sign * y[0]) } else { (x[1], sign * y[1]) }
}
