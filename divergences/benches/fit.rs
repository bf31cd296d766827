//! Times of gradients, optima and a descent, natively.

use std::hint::black_box;
use std::time::Instant;

use divergences::distribution::Gaussian;
use divergences::divergence::Divergence;
use divergences::fit::{Objective, Optimiser, Target, descend};

/// The least time of one call in microseconds, over five runs.
fn microseconds(repeats: u32, mut call: impl FnMut(u32)) -> f64 {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            (0..repeats).for_each(&mut call);
            start.elapsed().as_secs_f64() * 1e6 / f64::from(repeats)
        })
        .fold(f64::INFINITY, f64::min)
}

fn main() {
    let components = [(0.3, -2.0, 0.6), (0.5, 0.5, 1.0), (0.2, 3.0, 0.5)];
    let objectives: [Objective; 14] = [
        Divergence::ForwardKl.into(),
        Divergence::ReverseKl.into(),
        Divergence::Jeffreys.into(),
        Divergence::JensenShannon.into(),
        Divergence::TotalVariation.into(),
        Divergence::HellingerSquared.into(),
        Divergence::ChiSquared.into(),
        Divergence::ReverseChiSquared.into(),
        Divergence::Alpha(0.3).into(),
        Divergence::Wasserstein(1.0).into(),
        Divergence::Wasserstein(2.0).into(),
        Divergence::Wasserstein(3.0).into(),
        Divergence::WassersteinInfinity.into(),
        Objective::TransportCost(4.0),
    ];
    let Ok(target) = Target::new(&components) else { return };
    let (mut gradients, mut all) = (0.0, 0.0);
    println!("{:<42} {:>12} {:>12}   gradient", "", "gradient/µs", "optima/µs");
    for objective in objectives {
        let sd = if objective == Divergence::ReverseChiSquared.into() { 1.2 } else { 1.5 };
        let model = |i: u32| Gaussian::new(0.3 + 1e-6 * f64::from(i), sd);
        let time = microseconds(200, |i| {
            black_box(model(i).map(|q| target.evaluate(objective, q)).is_ok());
        });
        // A new target each time, as after a drag, so that nothing is cached.
        let optima = microseconds(3, |_| {
            black_box(Target::new(&components).map(|target| target.optima(objective)).is_ok());
        });
        let slopes = model(0).map(|q| target.evaluate(objective, q).gradient);
        println!("{:<42} {time:>12.2} {optima:>12.0}   {slopes:?}", format!("{objective:?}"));
        gradients += time;
        all += optima;
    }
    println!("{:<42} {gradients:>12.2} {all:>12.0}", "all");
    if let Ok(start) = Gaussian::new(1.0, 2.0) {
        let time = microseconds(3, |_| {
            black_box(descend(&target, Divergence::ReverseKl, start, Optimiser::Adam, 0.02, 1000));
        });
        println!("{:<42} {time:>12.0}", "1000 steps of Adam on reverse KL");
    }
}
