//! Large samples: the time that they take grows as n log n.

use std::time::{Duration, Instant};

use divergences::distribution::{Distribution, Gaussian, PointMasses, seeded};
use divergences::divergence::{Divergence, ScheffeSet};
use divergences::transport::wasserstein;

fn sample(count: usize, mean: f64) -> Distribution {
    let mut rng = seeded(count as u64);
    let from = Distribution::from(Gaussian::new(mean, 1.0).expect("a Gaussian"));
    let values: Vec<f64> = (0..count).map(|_| from.sample(&mut rng)).collect();
    PointMasses::from_samples(&values).expect("a sample").into()
}

/// The least of three times: what else the machine does can only add to one.
fn least(act: &dyn Fn()) -> Duration {
    let time = || {
        let begin = Instant::now();
        act();
        begin.elapsed()
    };
    time().min(time()).min(time())
}

/// Fails if 64 times as many points take 1500 times as long: n log n is 100 times, n² is 4096. Caches and what else runs must
/// not decide.
fn grows_as_n_log_n(what: &str, count: usize, act: &dyn Fn(&[Distribution])) {
    let pair = |count: usize| [sample(count, 0.0), sample(count + 1, 1.0)];
    let [few, many] = [count, 64 * count].map(|count| {
        let pair = pair(count);
        least(&|| act(&pair))
    });
    assert!(many < 1500 * few, "{what}: {count} points in {few:?}, 64 times as many in {many:?}");
}

#[test]
fn distances_of_samples_take_n_log_n() {
    let density = Distribution::from(Gaussian::new(0.5, 2.0).expect("a Gaussian"));
    for order in [1.0, 2.0] {
        grows_as_n_log_n(&format!("W{order} to a density"), 500, &|pair| {
            assert!(wasserstein(order, &pair[0], &density) > 0.5, "order {order}");
        });
        grows_as_n_log_n(&format!("W{order} of two"), 2000, &|pair| {
            assert!(wasserstein(order, &pair[0], &pair[1]) > 0.5, "order {order}");
        });
    }
    grows_as_n_log_n("the best event", 1000, &|pair| {
        assert_eq!(ScheffeSet::of(&pair[0], &pair[1]).q, 0.0, "no draw in common");
    });
    grows_as_n_log_n("JS", 2000, &|pair| {
        assert_eq!(Divergence::JensenShannon.between(&pair[0], &pair[1]), 2_f64.ln(), "no draw in common");
    });
}
