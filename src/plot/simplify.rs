//! Polylines with fewer points that look the same.

use plotters_backend::BackendCoord;

/// The greatest distance of an omitted point from the line, in sub-pixels. It is little more than rounding to
/// sub-pixels has moved the point already.
pub(super) const TOLERANCE: f64 = 0.7;

type Vector = (f64, f64);

fn cross(a: Vector, b: Vector) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// The polyline through `points` without the points that lie within `tolerance` of the way between the ones
/// that stay.
///
/// Curves are sampled evenly, so that most of their points lie where they hardly bend; but a browser strokes
/// each point, and a file stores it. The algorithm takes one pass. The points after the last one kept open a
/// cone: the directions that pass near all of them. When the line leaves the cone or turns back, the point
/// before is kept. The two ends are always kept.
pub(super) fn simplified(points: &[BackendCoord], tolerance: f64) -> Vec<BackendCoord> {
    let [first, between @ .., last] = points else { return points.to_vec() };
    let mut kept = vec![*first];
    let (mut anchor, mut before) = (*first, *first);
    // The right and left edge of the cone.
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
        // A point nearer than the tolerance does not narrow the cone, because every direction passes near
        // enough to it.
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

    /// The distance of `point` from the segment between `a` and `b`.
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
