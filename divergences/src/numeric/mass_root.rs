//! The root of an increasing function inside a bracket.

use crate::order::clamp;

/// Below this value one more Newton step is exact: it leaves an error of about the square.
const QUADRATIC: f64 = 1e-8;

/// The x in [`lower`, `upper`] where the increasing function `f` crosses 0; `f` returns its value and its slope.
///
/// The value is the logarithm of a ratio of masses, so that its natural unit is 1. Newton's method starts from `start`, with
/// bisection wherever a step leaves the bracket or converges too slowly. Of a function that jumps across 0 the answer is the
/// place of the jump, of one that stays 0 the first such point.
pub(crate) fn mass_root(
    mut lower: f64,
    mut upper: f64,
    start: f64,
    f: &mut dyn FnMut(f64) -> (f64, f64),
) -> f64 {
    let mut x = if start > lower && start < upper { start } else { midpoint(lower, upper) };
    let mut previous_step = upper - lower;
    for _ in 0..200 {
        let (value, slope) = f(x);
        let zero = value.abs() <= f64::EPSILON / 2.0;
        if zero && slope > 0.0 {
            return x;
        }
        if value < 0.0 && !zero {
            lower = x;
        } else {
            upper = x;
        }
        let newton = x - value / slope;
        if value.abs() < QUADRATIC && newton >= lower && newton <= upper {
            return newton;
        }
        let mut next = newton;
        // A Newton step that does not halve the previous one has not reached its quadratic phase.
        if !(newton > lower && newton < upper) || (2.0 * (newton - x)).abs() > previous_step.abs() {
            next = midpoint(lower, upper);
        }
        let step = next - x;
        if step.abs() <= f64::EPSILON * x.abs() || next <= lower || next >= upper {
            return clamp(next, lower, upper);
        }
        previous_step = step;
        x = next;
    }
    x
}

/// Halfway between two numbers, also where their sum would overflow.
fn midpoint(lower: f64, upper: f64) -> f64 {
    0.5 * lower + 0.5 * upper
}
