//! The points where a function changes sign.

/// The points between the first and the last of the sorted `samples` (x, value, slope) at which `f` changes
/// sign, in order, with the sign of `f` before the first of them. `f` returns its value and its slope.
///
/// Values of at most `noise` have no sign of their own. Two crossings between neighbouring samples are found
/// if the slopes at those point towards 0 there.
pub(crate) fn crossings(
    samples: &[(f64, f64, f64)],
    noise: f64,
    f: &mut dyn FnMut(f64) -> (f64, f64),
) -> (f64, Vec<f64>) {
    let mut points = Vec::new();
    let mut signed = samples.iter().filter(|s| s.1.abs() > noise);
    let Some(first) = signed.next() else { return (0.0, points) };
    let mut last = first;
    for next in signed {
        if (last.1 > 0.0) != (next.1 > 0.0) {
            points.push(crossing(last.0, next.0, last.1, next.1, f));
        } else if last.1 * last.2 < 0.0 && next.1 * next.2 > 0.0 {
            let middle = turning_point(last, next, f);
            let value = f(middle).0;
            if value.abs() > noise && (value > 0.0) != (last.1 > 0.0) {
                points.push(crossing(last.0, middle, last.1, value, f));
                points.push(crossing(middle, next.0, value, next.1, f));
            }
        }
        last = next;
    }
    (first.1.signum(), points)
}

/// The crossing between `a` and `b`, where `f` has the values `at_a` and `at_b` of opposite signs.
fn crossing(a: f64, b: f64, at_a: f64, at_b: f64, f: &mut dyn FnMut(f64) -> (f64, f64)) -> f64 {
    // Newton's method inside the bracket. Where a step would leave it, or three steps have not halved it,
    // bisection.
    let (mut low, mut high) = (a, b);
    let mut x = a + (b - a) * (at_a / (at_a - at_b));
    let mut width = high - low;
    for i in 1..200 {
        let (value, slope) = f(x);
        if value == 0.0 {
            return x;
        }
        if (value > 0.0) == (at_a > 0.0) {
            low = x;
        } else {
            high = x;
        }
        let newton = x - value / slope;
        let stalled = i % 3 == 0 && high - low > 0.5 * width;
        if i % 3 == 0 {
            width = high - low;
        }
        let next = if newton >= low && newton <= high && !stalled { newton } else { 0.5 * low + 0.5 * high };
        let rounding = f64::EPSILON * x.abs().max(b - a);
        if (next - x).abs() <= rounding || high - low <= rounding {
            return next;
        }
        x = next;
    }
    x
}

/// A point between two samples near which the slope changes sign, well enough to tell the sign of the value
/// there.
fn turning_point(a: &(f64, f64, f64), b: &(f64, f64, f64), f: &mut dyn FnMut(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (a.0, b.0);
    let (mut at_low, mut at_high) = (a.2, b.2);
    let mut x = 0.5 * (low + high);
    for i in 0..40 {
        // The secant of the slopes, except every third time the middle.
        x = if i % 3 == 2 { 0.5 * (low + high) } else { low + (high - low) * (at_low / (at_low - at_high)) };
        let (value, slope) = f(x);
        if (value > 0.0) != (a.1 > 0.0) || slope == 0.0 || high - low < 1e-9 * (b.0 - a.0) {
            break;
        }
        if (slope > 0.0) == (at_low > 0.0) {
            (low, at_low) = (x, slope);
        } else {
            (high, at_high) = (x, slope);
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_simple_crossings_and_a_close_pair() {
        let f = |x: f64| {
            ((x - 0.1) * (x - 0.101) * (x + 2.0), {
                (x - 0.101) * (x + 2.0) + (x - 0.1) * (x + 2.0) + (x - 0.1) * (x - 0.101)
            })
        };
        let samples: Vec<_> = (-6..=6).map(|i| f64::from(i) * 0.55).map(|x| (x, f(x).0, f(x).1)).collect();
        let (sign, points) = crossings(&samples, 0.0, &mut |x| f(x));
        assert_eq!(sign, -1.0, "negative on the left");
        assert_eq!(points.len(), 3, "three crossings: {points:?}");
        for (point, exact) in points.iter().zip([-2.0, 0.1, 0.101]) {
            assert!((point - exact).abs() < 1e-14, "{point} is not {exact}");
        }
    }
}
