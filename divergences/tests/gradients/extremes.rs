//! Gradients at inputs of every size.

use divergences::distribution::Gaussian;
use divergences::divergence::Divergence;
use divergences::fit::{Objective, Target};

use crate::cases::{ALL, SMOOTH};

#[test]
fn extreme_inputs_neither_panic_nor_hang() {
    let objectives = SMOOTH.into_iter().chain(ALL).map(Objective::from);
    let objectives: Vec<_> = objectives
        .chain([
            Objective::TransportCost(2.0),
            Objective::TransportCost(f64::NAN),
            Divergence::WassersteinInfinity.into(),
            Divergence::Wasserstein(0.5).into(),
            Divergence::Wasserstein(12.0).into(),
            Divergence::Alpha(f64::NAN).into(),
            Divergence::Alpha(60.0).into(),
            Divergence::Alpha(-60.0).into(),
            Divergence::Alpha(1e-9).into(),
        ])
        .collect();
    let targets: [&[(f64, f64, f64)]; 6] = [
        &[(1.0, 0.0, 1e-300)],
        &[(1.0, 1e300, 1.0), (1.0, -1e300, 1e-3)],
        &[(1e-300, 0.0, 1.0), (1.0, 1.0, 1e-6), (1.0, -1e6, 1e3)],
        &[(1.0, 0.0, 1e200), (1.0, 1.0, 1e-200)],
        &[(0.5, -60.0, 0.01), (0.5, 60.0, 0.01)],
        &[(0.5, 0.0, 1.0), (0.5, 1e-9, 1.0)],
    ];
    for components in targets {
        let target = Target::new(components).unwrap();
        for (mean, sd) in [(0.0, 1.0), (1e300, 1e-300), (-40.0, 1e-5), (3.0, 1e150)] {
            let q = Gaussian::new(mean, sd).unwrap();
            for &objective in &objectives {
                let evaluation = target.evaluate(objective, q);
                let invalid = format!("{objective:?}").contains("NaN")
                    || objective == Divergence::Wasserstein(0.5).into();
                // Scales 1e400 apart are beyond what nodes can follow: there the answer need only be a number.
                let moderate = |x: f64| x == 0.0 || (1e-100..1e100).contains(&x.abs());
                let absurd = !(components.iter().all(|c| moderate(c.1) && moderate(c.2))
                    && moderate(mean)
                    && moderate(sd));
                assert!(
                    invalid || absurd || evaluation.value >= -1e-12,
                    "{objective:?} of {components:?} at {q:?}: {evaluation:?}"
                );
                for slope in evaluation.gradient {
                    assert!(slope.finite().is_none_or(f64::is_finite), "{objective:?}: {evaluation:?}");
                }
            }
        }
    }
}
