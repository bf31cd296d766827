//! Fewer points for the same line.

use plotters_backend::BackendCoord;

/// How far a point that is left out of a drawing may be from the line, in sub-pixels: little more than rounding has moved
/// it already.
pub(super) const TOLERANCE: f64 = 0.7;

/// A vector.
type Vector = (f64, f64);

fn cross(a: Vector, b: Vector) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// The line through `points` without those that lie, within `tolerance`, on the way between the ones that stay.
///
/// One pass: from the last point that stays, those that follow open a cone of directions that pass near all of them;
/// when the line leaves the cone or turns back, the point before stays. The ends always do. Curves are sampled evenly,
/// so that most of their points lie where they hardly bend; a browser strokes, and a file holds, each of them.
pub(super) fn simplified(points: &[BackendCoord], tolerance: f64) -> Vec<BackendCoord> {
    let [first, between @ .., last] = points else { return points.to_vec() };
    let mut kept = vec![*first];
    let (mut anchor, mut before) = (*first, *first);
    // The edges of the cone, right and left of the line.
    let mut cone: Option<(Vector, Vector)> = None;
    for &point in between.iter().chain([last]) {
        let from = |anchor: BackendCoord| (f64::from(point.0 - anchor.0), f64::from(point.1 - anchor.1));
        let onwards = (f64::from(before.0 - anchor.0), f64::from(before.1 - anchor.1));
        let (step, mut reach) = (from(before), from(anchor));
        let turns_back = step.0 * onwards.0 + step.1 * onwards.1 < 0.0;
        let leaves = cone.is_some_and(|(right, left)| cross(right, reach) < 0.0 || cross(reach, left) < 0.0);
        if turns_back || leaves {
            kept.push(before);
            (anchor, cone) = (before, None);
            reach = from(anchor);
        }
        let distance = reach.0.hypot(reach.1);
        // Of what is as near as this, any direction passes near enough.
        if distance > tolerance {
            let aside = (-reach.1 * tolerance / distance, reach.0 * tolerance / distance);
            let (right, left) =
                ((reach.0 - aside.0, reach.1 - aside.1), (reach.0 + aside.0, reach.1 + aside.1));
            cone = Some(match cone {
                None => (right, left),
                Some((old_right, old_left)) => (
                    if cross(old_right, right) > 0.0 { right } else { old_right },
                    if cross(old_left, left) < 0.0 { left } else { old_left },
                ),
            });
        }
        before = point;
    }
    kept.push(*last);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use divergences::order::clamp;

    /// How far `point` is from the segment between `a` and `b`.
    fn distance(point: BackendCoord, a: BackendCoord, b: BackendCoord) -> f64 {
        let vector =
            |from: BackendCoord, to: BackendCoord| (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let (along, to) = (vector(a, b), vector(a, point));
        let length = along.0 * along.0 + along.1 * along.1;
        let part =
            if length == 0.0 { 0.0 } else { clamp((to.0 * along.0 + to.1 * along.1) / length, 0.0, 1.0) };
        (to.0 - part * along.0).hypot(to.1 - part * along.1)
    }

    #[test]
    fn every_point_of_a_curve_stays_near_and_most_are_left_out() {
        for (height, tolerance) in [(40.0, TOLERANCE), (900.0, TOLERANCE), (4000.0, TOLERANCE), (900.0, 1.2)]
        {
            let curve: Vec<BackendCoord> = (0..=400)
                .map(|i| {
                    let x = f64::from(i) * 20.0;
                    let y = height * (-((x - 4000.0) / 900.0).powi(2)).exp();
                    (x.round() as i32, y.round() as i32)
                })
                .collect();
            let kept = simplified(&curve, tolerance);
            for &point in &curve {
                let nearest =
                    kept.windows(2).map(|ends| distance(point, ends[0], ends[1])).fold(9.0, f64::min);
                assert!(
                    nearest <= 2.0 * tolerance,
                    "{point:?} is {nearest} sub-pixels off at height {height}"
                );
            }
            assert!(kept.iter().all(|point| curve.contains(point)), "no point is made up");
            assert!(kept.len() < 250, "{} of 401 points stay at height {height}", kept.len());
        }
    }

    #[test]
    fn corners_spikes_and_ends_stay() {
        let spike = [(0, 0), (10, 0), (10, 80), (10, 0), (20, 0), (30, 0)];
        assert_eq!(
            simplified(&spike, TOLERANCE),
            [(0, 0), (10, 0), (10, 80), (10, 0), (30, 0)],
            "there and back"
        );
        assert_eq!(
            simplified(&[(3, 4), (3, 4)], TOLERANCE),
            [(3, 4), (3, 4)],
            "a line without length is a dot"
        );
        assert_eq!(simplified(&[(7, 7)], TOLERANCE), [(7, 7)], "nothing to leave out");
        let closed = [(0, 0), (0, 100), (100, 100), (100, 0), (0, 0)];
        assert_eq!(simplified(&closed, TOLERANCE), closed, "an area keeps its corners");
    }
}
