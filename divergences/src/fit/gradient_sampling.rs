//! Descent where a gradient at one point tells too little: along the edges of plateaus, as total variation has them.
//!
//! A model that lies above a component of the target all over has nothing to gain from it: there total variation is all but flat. At
//! the edge of such a plateau the gradient changes over lengths that Newton's method takes for none. The least combination of
//! the gradients all around points along the edge instead of across it.
//!
//! Burke, Lewis and Overton, A robust gradient sampling algorithm for nonsmooth, nonconvex optimization, SIAM Journal on
//! Optimization 15 (2005).

use super::optimum::{Optimum, moved};
use crate::distribution::Gaussian;

/// Half of √3.
const HALF_ROOT_3: f64 = 0.866_025_403_784_438_6;
/// The directions around a place in which gradients are sampled, at every sixth of a turn. The standard library's sine is made for
/// angles of any size, which would be 7 KB of a browser's program.
const AROUND: [[f64; 2]; 6] = [
    [1.0, 0.0],
    [0.5, HALF_ROOT_3],
    [-0.5, HALF_ROOT_3],
    [-1.0, 0.0],
    [-0.5, -HALF_ROOT_3],
    [0.5, -HALF_ROOT_3],
];
/// The radius at which they are sampled first, and that at which the place is good enough, in standard deviations.
const RADII: (f64, f64) = (0.2, 1e-4);
/// The most radii and steps that are tried.
const STEPS: u32 = 120;
/// Values that differ by less lie on one plateau.
pub(super) const PLATEAU: f64 = 1e-6;
/// A change of the value that is not worth a step.
const NEGLIGIBLE: f64 = 1e-9;

/// The minimum below `start` of the function `f`, which returns its value and its gradient in (μ, log σ); `None` if
/// there is none.
pub(super) fn descend(start: Gaussian, f: &dyn Fn(Gaussian) -> (f64, [f64; 2])) -> Option<Optimum> {
    let mut q = start;
    let (mut value, mut gradient) = f(q);
    let mut radius = RADII.0;
    let mut least = [f64::INFINITY; 2];
    let mut level = true;
    for _ in 0..STEPS {
        if radius < RADII.1 {
            break;
        }
        let scaled = |gradient: [f64; 2]| [gradient[0] * q.sd(), gradient[1]];
        let mut gradients = vec![scaled(gradient)];
        let mut lowest = (q, value, gradient);
        let mut highest = value;
        for direction in AROUND {
            let there = moved(q, direction.map(|d| radius * d))?;
            let (height, slope) = f(there);
            gradients.push(scaled(slope));
            highest = highest.max(height);
            if height < lowest.1 {
                lowest = (there, height, slope);
            }
        }
        least = least_combination(&gradients);
        let norm = least[0].hypot(least[1]);
        let mut length = 2.0 * radius;
        let mut next = None;
        while norm * radius > NEGLIGIBLE && length > 0.2 * radius && next.is_none() {
            let there = moved(q, least.map(|d| -length * d / norm))?;
            let (below, slope) = f(there);
            if below < value - 0.1 * length * norm {
                next = Some((there, below, slope));
            }
            length *= 0.5;
        }
        // Inside a plateau no slope tells where its edge is lowest.
        level &= highest - lowest.1 < PLATEAU;
        if next.is_none() && lowest.1 < value - NEGLIGIBLE {
            next = Some(lowest);
        }
        match next {
            Some(next) => {
                (q, value, gradient) = next;
                if radius > RADII.0 {
                    (radius, level) = (RADII.0, false);
                }
            }
            None if level && radius < 1.0 => radius *= 2.0,
            None => (radius, level) = (0.25 * radius, false),
        }
    }
    let gradient_norm = least[0].hypot(least[1]);
    (radius < RADII.1 && value.is_finite()).then_some(Optimum { q, value, gradient_norm })
}

/// The point nearest to the origin in the convex hull of `points`.
fn least_combination(points: &[[f64; 2]]) -> [f64; 2] {
    let mut angles: Vec<f64> = points.iter().map(|v| v[1].atan2(v[0])).collect();
    crate::order::ascending(&mut angles);
    let gaps = angles.windows(2).map(|ends| ends[1] - ends[0]);
    let around =
        angles.first().zip(angles.last()).map_or(0.0, |(first, last)| first + std::f64::consts::TAU - last);
    if gaps.fold(around, f64::max) < std::f64::consts::PI {
        return [0.0; 2];
    }
    let mut least = [f64::INFINITY; 2];
    for (i, a) in points.iter().enumerate() {
        for b in &points[i..] {
            let side = [b[0] - a[0], b[1] - a[1]];
            let square = side[0] * side[0] + side[1] * side[1];
            let share = if square > 0.0 { -(a[0] * side[0] + a[1] * side[1]) / square } else { 0.0 };
            let share = crate::order::clamp(share, 0.0, 1.0);
            let point = [a[0] + share * side[0], a[1] + share * side[1]];
            if point[0].hypot(point[1]) < least[0].hypot(least[1]) {
                least = point;
            }
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_combination_is_the_nearest_point_of_the_hull() {
        let close = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-15;
        assert!(close(least_combination(&[[1.0, -1.0], [1.0, 2.0], [3.0, 0.0]]), [1.0, 0.0]), "on a side");
        assert!(close(least_combination(&[[1.0, 1.0], [1.0, 2.0]]), [1.0, 1.0]), "at a corner");
        assert!(close(least_combination(&[[1.0, 1.0], [-1.0, 1.0], [0.0, -3.0]]), [0.0, 0.0]), "inside");
    }

    #[test]
    fn it_follows_an_edge_to_the_lowest_point() {
        // Both sides of the edge μ = log σ rise, and along it the way goes down to μ = 0.7.
        let f = |q: Gaussian| {
            let (x, y) = (q.mean(), q.sd().ln());
            let side = (x - y).signum();
            ((x - y).abs() + (x - 0.7) * (x - 0.7), [side + 2.0 * (x - 0.7), -side])
        };
        let found = descend(Gaussian::new(-1.0, 1.5).unwrap(), &f).unwrap();
        assert!((found.q.mean() - 0.7).abs() < 1e-3 && (found.q.sd().ln() - 0.7).abs() < 1e-3, "{found:?}");
    }
}
