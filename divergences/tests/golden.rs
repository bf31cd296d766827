//! The library against values computed from the definitions at 30 digits or more (`tests/golden/generate.py`).

use std::collections::BTreeMap;

use divergences::distribution::{
    Categorical, Distribution, Error, Gaussian, Laplace, Mixture, PointMasses, Truncated, Uniform,
};
use divergences::divergence::{Divergence, ScheffeSet, cross_entropy, discrete, entropy};
use divergences::fit::{Objective, Slope, Target, gradient};
use serde::Deserialize;

/// Closed forms and discrete sums, relative to the value.
const CLOSED: f64 = 1e-13;
/// Quadratures, relative to the value, and gradients, relative to their largest component.
const QUADRATURE: f64 = 1e-9;
/// A minimum's place, relative to its σ: where the gradient is below 1e-8 the place is right to that over the curvature.
const PLACE: f64 = 1e-7;

/// A distribution as the cases write it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Spec {
    Gaussian(f64, f64),
    Laplace(f64, f64),
    Uniform(f64, f64),
    Truncated { base: Box<Spec>, lower: f64, upper: f64 },
    Mixture(Vec<(f64, Spec)>),
    PointMasses(Vec<(f64, f64)>),
    Categorical(Vec<f64>),
}

impl Spec {
    /// The distribution; categories stand at 0, 1, 2, ….
    fn build(&self) -> Result<Distribution, Error> {
        Ok(match self {
            Self::Gaussian(mean, sd) => Gaussian::new(*mean, *sd)?.into(),
            Self::Laplace(location, scale) => Laplace::new(*location, *scale)?.into(),
            Self::Uniform(lower, upper) => Uniform::new(*lower, *upper)?.into(),
            Self::Truncated { base, lower, upper } => Truncated::new(base.build()?, *lower, *upper)?.into(),
            Self::Mixture(parts) => {
                let parts = parts.iter().map(|(weight, part)| Ok((*weight, part.build()?)));
                Mixture::new(parts.collect::<Result<_, Error>>()?)?.into()
            }
            Self::PointMasses(points) => PointMasses::new(points.clone())?.into(),
            Self::Categorical(p) => {
                PointMasses::new((0..).map(f64::from).zip(p.iter().copied()).collect())?.into()
            }
        })
    }

    fn probabilities(&self) -> Option<&[f64]> {
        if let Self::Categorical(p) = self { Some(p) } else { None }
    }

    fn target(&self) -> Target {
        let Self::Mixture(parts) = self else { panic!("a fit's target is a mixture") };
        let parts: Vec<_> = parts
            .iter()
            .map(|(weight, part)| {
                let Self::Gaussian(mean, sd) = part else { panic!("a fit's target is made of Gaussians") };
                (*weight, *mean, *sd)
            })
            .collect();
        Target::new(&parts).expect("the target is valid")
    }
}

/// A value (of a gradient: both components), a gradient, or a list of minima; numbers are decimal strings,
/// "inf", "-inf" or "undefined".
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    One(String),
    Gradient([String; 2]),
    Optima(Vec<[String; 3]>),
}

#[derive(Deserialize)]
struct Case {
    id: String,
    quantity: String,
    order: Option<f64>,
    at: Option<f64>,
    p: Spec,
    q: Option<Spec>,
    value: Value,
    class: String,
}

/// The double nearest to a decimal string; NaN for "undefined".
fn number(text: &str) -> f64 {
    if text == "undefined" { f64::NAN } else { text.parse().expect("a number") }
}

/// The error of `ours` against `theirs`, relative to `scale`. Zero, infinite and undefined values must agree
/// exactly. Never NaN.
fn error(ours: f64, theirs: f64, scale: f64) -> f64 {
    if ours == theirs || (ours.is_nan() && theirs.is_nan()) {
        0.0
    } else if theirs == 0.0 && scale == 0.0 || !theirs.is_finite() || !ours.is_finite() {
        f64::INFINITY
    } else {
        (ours - theirs).abs() / scale
    }
}

/// One comparison: the kind of computation, both values, the relative error, and the allowed one.
struct Comparison {
    route: String,
    ours: f64,
    theirs: f64,
    error: f64,
    allowed: f64,
}

impl Comparison {
    fn failed(&self) -> bool {
        self.error > self.allowed
    }
}

impl Case {
    fn order(&self) -> f64 {
        self.order.expect("the quantity has an order")
    }

    /// The divergences that must have the case's value: from p to q, and from q to p.
    fn divergences(&self) -> (Divergence, Divergence) {
        use Divergence as D;
        match self.quantity.as_str() {
            "kullback_leibler" => (D::ForwardKl, D::ReverseKl),
            "chi_squared" => (D::ChiSquared, D::ReverseChiSquared),
            "alpha" => (D::Alpha(self.order()), D::Alpha(1.0 - self.order())),
            other => {
                let symmetric = match other {
                    "jeffreys" => D::Jeffreys,
                    "jensen_shannon" => D::JensenShannon,
                    "jensen_shannon_distance" => D::JensenShannonDistance,
                    "total_variation" => D::TotalVariation,
                    "hellinger_squared" => D::HellingerSquared,
                    "hellinger" => D::Hellinger,
                    "wasserstein" => D::Wasserstein(self.order()),
                    "wasserstein_infinity" => D::WassersteinInfinity,
                    _ => panic!("unknown quantity {other}"),
                };
                (symmetric, symmetric)
            }
        }
    }

    /// Every way in which the library computes the quantity.
    fn ours(&self) -> Vec<(&'static str, f64)> {
        let p = self.p.build().unwrap_or_else(|e| panic!("{}: {e}", self.id));
        let Some(q_spec) = &self.q else {
            let at = self.at.unwrap_or(f64::NAN);
            let on_line = match self.quantity.as_str() {
                "density" => p.density(at),
                "log_density" => p.log_density(at),
                "cdf" => p.cdf(at),
                "survival" => p.survival(at),
                "quantile" => p.quantile(at),
                "mean" => p.mean(),
                "variance" => p.variance(),
                "entropy" => entropy(&p),
                other => panic!("unknown quantity {other}"),
            };
            let mut found = vec![("on the line", on_line)];
            if let Some(probabilities) = self.p.probabilities() {
                found.push(("categories", discrete::entropy(probabilities)));
            }
            return found;
        };
        let q = q_spec.build().unwrap_or_else(|e| panic!("{}: {e}", self.id));
        let categories = self.p.probabilities().zip(q_spec.probabilities());
        if let Some((p, q)) = categories
            && let Some(value) = self.of_arrays(p, q)
        {
            return vec![("arrays", value)];
        }
        if let Some(side) = self.quantity.strip_prefix("event_") {
            let event = ScheffeSet::of(&p, &q);
            return vec![("on the line", if side == "p" { event.p } else { event.q })];
        }
        if self.quantity == "cross_entropy" {
            let mut found = vec![("on the line", cross_entropy(&p, &q))];
            found.extend(categories.map(|(p, q)| ("categories", discrete::cross_entropy(p, q))));
            return found;
        }
        let (forward, backward) = self.divergences();
        let mut found = vec![("p to q", forward.between(&p, &q)), ("q to p", backward.between(&q, &p))];
        if let Some((p, q)) = categories {
            let [p, q] = [p, q].map(|x| Categorical::new(x.to_vec()).expect("probabilities"));
            found.push(("categories", forward.between_categorical(&p, &q).expect("categories match")));
            found.push((
                "categories, reversed",
                backward.between_categorical(&q, &p).expect("categories match"),
            ));
        }
        found
    }

    /// The quantities that only arrays of probabilities have.
    fn of_arrays(&self, p: &[f64], q: &[f64]) -> Option<f64> {
        let weighted = || discrete::WeightedJensenShannon::between(self.order(), p, q);
        Some(match self.quantity.as_str() {
            "weighted_jensen_shannon" => weighted().value,
            "p_to_mixture" => weighted().p_to_mixture,
            "q_to_mixture" => weighted().q_to_mixture,
            "jensen_shannon_over_weight" => weighted().over_weight,
            "jensen_shannon_over_rest" => weighted().over_rest,
            "affinity" => discrete::affinity(p, q),
            "hellinger_angle" => discrete::hellinger_angle(p, q),
            "total_variation_of_draws" => {
                let most = self.order() as u32;
                *discrete::total_variation_of_draws(p, q, most).expect("few outcomes").last()?
            }
            _ => return None,
        })
    }

    /// The target, and the Gaussian model.
    fn fit(&self) -> (Distribution, Gaussian) {
        let Some(Spec::Gaussian(mean, sd)) = self.q else { panic!("{}: the model is a Gaussian", self.id) };
        (self.p.build().expect("the target is valid"), Gaussian::new(mean, sd).expect("the model is valid"))
    }

    fn objective(&self) -> Objective {
        use Divergence as D;
        let (_, name) = self.quantity.split_once('_').expect("a prefix");
        match name {
            "forward_kl" => D::ForwardKl,
            "reverse_kl" => D::ReverseKl,
            "jeffreys" => D::Jeffreys,
            "jensen_shannon" => D::JensenShannon,
            "total_variation" => D::TotalVariation,
            "hellinger_squared" => D::HellingerSquared,
            "chi_squared" => D::ChiSquared,
            "reverse_chi_squared" => D::ReverseChiSquared,
            "alpha" => D::Alpha(self.order()),
            "wasserstein" => D::Wasserstein(1.0),
            "wasserstein_2_squared" => return Objective::TransportCost(2.0),
            _ => panic!("unknown objective {name}"),
        }
        .into()
    }

    fn compare(&self) -> Vec<Comparison> {
        let allowed = match self.class.as_str() {
            "closed" | "sum" => CLOSED,
            "quadrature" => QUADRATURE,
            other => panic!("unknown class {other}"),
        };
        match &self.value {
            Value::One(theirs) if self.quantity.starts_with("gradient_") => {
                self.compare_gradient([number(theirs); 2], allowed)
            }
            Value::One(theirs) => {
                let theirs = number(theirs);
                self.ours()
                    .into_iter()
                    .map(|(route, ours)| {
                        let error = error(ours, theirs, theirs.abs());
                        Comparison { route: route.to_owned(), ours, theirs, error, allowed }
                    })
                    .collect()
            }
            Value::Gradient(theirs) => {
                self.compare_gradient(theirs.each_ref().map(|text| number(text)), allowed)
            }
            Value::Optima(theirs) => {
                let theirs: Vec<_> = theirs.iter().map(|o| o.each_ref().map(|text| number(text))).collect();
                self.compare_optima(&theirs, allowed)
            }
        }
    }

    fn compare_gradient(&self, theirs: [f64; 2], allowed: f64) -> Vec<Comparison> {
        let (p, q) = self.fit();
        let fitted = self.p.target().evaluate(self.objective(), q).gradient;
        let general = gradient(&p, &q.into(), self.objective());
        let routes = [("fit", fitted), ("any pair", [general.location, general.scale])];
        // Beyond the largest double the divergence is infinite to the library, which then has no gradient.
        let theirs = theirs.map(|x| if x.is_infinite() { f64::NAN } else { x });
        // Where the gradient vanishes, the terms that cancel are of the size of q's score.
        let largest = theirs[0].abs().max(theirs[1].abs());
        let scale = if largest == 0.0 { 1.0 / q.sd() } else { largest };
        let mut found = Vec::new();
        for (route, slopes) in routes {
            for i in 0..2 {
                // A kink and an infinite slope are no derivative either.
                let ours = if let Slope::Finite(slope) = slopes[i] { slope } else { f64::NAN };
                let theirs = theirs[i];
                let route = format!("{route}, by {}", ["the mean", "log sd"][i]);
                found.push(Comparison { route, ours, theirs, error: error(ours, theirs, scale), allowed });
            }
        }
        found
    }

    fn compare_optima(&self, theirs: &[[f64; 3]], allowed: f64) -> Vec<Comparison> {
        let ours = self.p.target().optima(self.objective());
        let (count, expected) = (ours.len() as f64, theirs.len() as f64);
        let mut found = vec![Comparison {
            route: "number of minima".to_owned(),
            ours: count,
            theirs: expected,
            error: (count - expected).abs(),
            allowed: 0.0,
        }];
        for &[mean, sd, value] in theirs {
            let distance = |mean_of: f64| (mean_of - mean).abs();
            let far = |o: &&divergences::fit::Optimum| distance(o.q.mean()) + (o.q.sd() - sd).abs();
            let Some(nearest) = ours.iter().min_by(|a, b| far(a).total_cmp(&far(b))) else { continue };
            for (what, ours, theirs, scale, allowed) in [
                ("mean", nearest.q.mean(), mean, sd, PLACE),
                ("sd", nearest.q.sd(), sd, sd, PLACE),
                ("value", nearest.value, value, value, allowed),
            ] {
                let route = format!("{what} of the minimum at {mean:.4}");
                found.push(Comparison { route, ours, theirs, error: error(ours, theirs, scale), allowed });
            }
        }
        for pair in ours.windows(2) {
            assert!(pair[0].value <= pair[1].value, "{}: the best minimum comes first", self.id);
        }
        found
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("golden/values.json")).expect("values.json is a list of cases")
}

#[test]
fn values_are_right() {
    let cases = cases();
    assert!(cases.len() >= 500, "there are only {} cases", cases.len());
    // Per quantity and class: cases, worst finite error, and the case that has it.
    let mut worst: BTreeMap<(String, String), (usize, f64, String)> = BTreeMap::new();
    let mut failures = Vec::new();
    for case in &cases {
        let key = (case.quantity.clone(), case.class.clone());
        let entry = worst.entry(key).or_insert((0, 0.0, String::new()));
        entry.0 += 1;
        for c in case.compare() {
            if c.error > entry.1 {
                (entry.1, entry.2) = (c.error, case.id.clone());
            }
            if c.failed() {
                failures.push(format!(
                    "{} ({}): ours {:e}, golden {:e}, relative error {:.2e}, allowed {:.0e}",
                    case.id, c.route, c.ours, c.theirs, c.error, c.allowed
                ));
            }
        }
    }
    println!("{} cases", cases.len());
    println!("{:<32} {:<10} {:>5} {:>9}  worst case", "quantity", "class", "cases", "error");
    for ((quantity, class), (count, error, id)) in &worst {
        println!("{quantity:<32} {class:<10} {count:>5} {error:>9.1e}  {id}");
    }
    assert!(failures.is_empty(), "{} comparisons failed:\n{}", failures.len(), failures.join("\n"));
    let stale = undocumented(&worst.into_iter().map(|(key, (_, error, _))| (key, error)).collect());
    assert!(stale.is_empty(), "the documentation promises less error:\n{}", stale.join("\n"));
}

/// The rows of the table of accuracy in the crate's documentation, and the quantities that each speaks of.
const ROWS: [(&str, &[&str]); 10] = [
    ("KL, Jeffreys", &["kullback_leibler", "jeffreys"]),
    ("JS", &["jensen_shannon"]),
    ("TV", &["total_variation"]),
    ("H²", &["hellinger_squared"]),
    ("χ², α", &["chi_squared", "alpha"]),
    ("Wasserstein", &["wasserstein", "wasserstein_infinity"]),
    ("entropy, cross-entropy", &["entropy", "cross_entropy"]),
    ("density, cdf, quantile", &["density", "log_density", "cdf", "survival", "quantile"]),
    ("gradients", &["gradient_"]),
    ("minima: value", &["optima_"]),
];

/// The measured errors that exceed those in the documentation. A factor of two is allowed, because logarithms
/// differ between machines.
fn undocumented(worst: &BTreeMap<(String, String), f64>) -> Vec<String> {
    let mut stale = Vec::new();
    for (label, quantities) in ROWS {
        let row = include_str!("../src/lib.rs")
            .lines()
            .find_map(|line| line.strip_prefix(&format!("//! | {label} |")));
        let row = row.unwrap_or_else(|| panic!("the documentation has no row for {label}"));
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        for ((quantity, class), error) in worst {
            let is_spoken_of =
                quantities.iter().any(|q| q == quantity || q.ends_with('_') && quantity.starts_with(q));
            let column = ["closed", "sum", "quadrature"].iter().position(|c| c == class);
            let (true, Some(column)) = (is_spoken_of, column) else { continue };
            let told = match cells[column] {
                "exact" => 0.0,
                number => {
                    number.parse().unwrap_or_else(|_| panic!("{label}, {class}: {number} is no number"))
                }
            };
            if *error > 2.0 * told + f64::EPSILON {
                stale.push(format!("{label}: {quantity} ({class}) is off by {error:.1e}, not {told:.0e}"));
            }
        }
    }
    stale
}

/// The golden values of divergences check [`Divergence::between`]; a fit computes them in another way.
#[test]
fn fits_see_the_same_values() {
    let mut failures = Vec::new();
    for case in cases().iter().filter(|case| case.quantity.starts_with("gradient_")) {
        let Objective::Divergence(divergence) = case.objective() else { continue };
        let (p, q) = case.fit();
        let ours = case.p.target().evaluate(divergence, q).value;
        let theirs = divergence.between(&p, &q.into());
        let error = error(ours, theirs, theirs.abs());
        // At the minimum of 0 itself a quadrature leaves rounding.
        if error > QUADRATURE && (ours - theirs).abs() > 1e-15 {
            failures.push(format!("{}: the fit's {ours:e}, in general {theirs:e}, {error:.2e}", case.id));
        }
    }
    assert!(failures.is_empty(), "{} values differ:\n{}", failures.len(), failures.join("\n"));
}
