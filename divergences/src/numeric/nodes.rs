//! The placement of an integral's nodes: a trapezoidal rule, or panels graded towards narrow features.

use wide::f64x2;

use super::simd::splat;

/// A rule omits at most e^−this, relative to the whole integrand.
pub(crate) const DIGITS: f64 = 28.0;
/// The same limit for an integral from which something equally large is subtracted.
pub(crate) const FINE_DIGITS: f64 = 36.0;

/// Nodes of the 16-point Gauss–Legendre rule on [−1, 1], and their weights, in neighbouring pairs.
const GAUSS_LEGENDRE: [([f64; 2], [f64; 2]); 8] = [
    (
        [-0.989_400_934_991_649_9, -0.944_575_023_073_232_6],
        [0.027_152_459_411_754_096, 0.062_253_523_938_647_89],
    ),
    (
        [-0.865_631_202_387_831_8, -0.755_404_408_355_003],
        [0.095_158_511_682_492_79, 0.124_628_971_255_533_88],
    ),
    (
        [-0.617_876_244_402_643_7, -0.458_016_777_657_227_4],
        [0.149_595_988_816_576_74, 0.169_156_519_395_002_54],
    ),
    (
        [-0.281_603_550_779_258_9, -0.095_012_509_837_637_44],
        [0.182_603_415_044_923_6, 0.189_450_610_455_068_5],
    ),
    ([0.095_012_509_837_637_44, 0.281_603_550_779_258_9], [0.189_450_610_455_068_5, 0.182_603_415_044_923_6]),
    (
        [0.458_016_777_657_227_4, 0.617_876_244_402_643_7],
        [0.169_156_519_395_002_54, 0.149_595_988_816_576_74],
    ),
    ([0.755_404_408_355_003, 0.865_631_202_387_831_8], [0.124_628_971_255_533_88, 0.095_158_511_682_492_79]),
    (
        [0.944_575_023_073_232_6, 0.989_400_934_991_649_9],
        [0.062_253_523_938_647_89, 0.027_152_459_411_754_096],
    ),
];

/// Pairs of nodes on a panel.
const PANEL_PAIRS: usize = GAUSS_LEGENDRE.len();
/// Features beyond this many displace the mildest one.
const FEATURES: usize = 64;
/// Panels beyond this many are not cut any finer.
const PANELS: usize = 96;

/// Something narrow about the integrand: a peak, or a singularity off the real axis.
#[derive(Clone, Copy)]
struct Feature {
    /// The position on the line.
    centre: f64,
    /// The longest half-panel that may stand here.
    half_panel: f64,
}

/// An integrand's interval, and its features there.
pub(crate) struct Plan {
    /// The interval.
    interval: (f64, f64),
    /// The longest step of the trapezoidal rule.
    step: f64,
    /// The longest half-panel anywhere.
    longest: f64,
    features: [Feature; FEATURES],
    count: usize,
}

impl Plan {
    /// A smooth integrand on `interval`.
    pub(crate) fn new(interval: (f64, f64)) -> Self {
        let featureless = Feature { centre: 0.0, half_panel: 0.0 };
        Self {
            interval,
            step: f64::INFINITY,
            longest: f64::INFINITY,
            features: [featureless; FEATURES],
            count: 0,
        }
    }

    fn push(&mut self, centre: f64, half_panel: f64, step: f64) {
        self.step = self.step.min(step);
        let feature = Feature { centre, half_panel };
        if self.count < FEATURES {
            self.features[self.count] = feature;
            self.count += 1;
        } else if let Some(mildest) =
            self.features.iter_mut().max_by(|a, b| a.half_panel.total_cmp(&b.half_panel))
            && mildest.half_panel > half_panel
        {
            *mildest = feature;
        }
    }

    /// The integrand has a peak like exp(−(x − centre)²/2 width²), which must come out to e^−digits.
    pub(crate) fn peak(&mut self, centre: f64, width: f64, digits: f64) {
        if digits > 0.0 {
            // The trapezoidal rule errs by exp(−2π² width² / step²); on a panel of half-length 2 widths the
            // Gauss–Legendre rule errs by 1e-13.
            self.push(centre, 2.0 * width, width * std::f64::consts::PI * (2.0 / digits).sqrt());
        }
    }

    /// The integrand may have peaks of that width all over its interval.
    pub(crate) fn peaks_anywhere(&mut self, width: f64, digits: f64) {
        self.step = self.step.min(width * std::f64::consts::PI * (2.0 / digits).sqrt());
        self.longest = self.longest.min(2.0 * width);
    }

    /// The integrand has a branch point or pole at centre ± i·distance, whose part must come out to e^−digits.
    /// Towards it the integrand grows like exp(y²/2 width²); so high up that this outgrows what is gained by the
    /// distance, the peak of that width has already set the nodes.
    pub(crate) fn singularity(&mut self, centre: f64, distance: f64, digits: f64, width: f64) {
        if digits > 0.0 && distance < 8.0 * width {
            // The trapezoidal rule errs by exp(−2π distance / step), 16-point Gauss–Legendre by ρ^−32 with
            // ρ = t + √(1 + t²) if the singularity stands t half-lengths above the panel.
            let t = digits.min(30.0) / 32.0;
            let sinh = t * (1.0 + t * t * (1.0 / 6.0 + t * t * (1.0 / 120.0)));
            let half_panel = distance / sinh;
            self.push(centre, half_panel, std::f64::consts::TAU * distance / digits);
        }
    }

    /// The cheaper of the two rules.
    pub(crate) fn rule(&self) -> Rule {
        let (from, to) = self.interval;
        let pairs = ((to - from) / self.step * 0.5).ceil().max(1.0);
        // At equal steps a density follows from its neighbour's by two products, a quarter of the whole cost.
        if pairs > 160.0 {
            let panels = self.panels();
            if pairs > 4.0 * (PANEL_PAIRS * panels.count) as f64 {
                return Rule::Panels(panels);
            }
        }
        let step = (to - from) / (2.0 * pairs);
        Rule::Trapezoidal { first: from + 0.5 * step, step, pairs: pairs as usize }
    }

    /// Panels no longer than the features allow, whose lengths grow and shrink geometrically between them.
    pub(crate) fn panels(&self) -> Panels {
        let (from, to) = self.interval;
        let mut panels = Panels { edges: [from; PANELS + 1], count: 0 };
        let mut x = from;
        while x < to && panels.count < PANELS {
            let mut half = (0.5 * (to - x)).min(self.longest);
            for feature in &self.features[..self.count] {
                // A panel that ends 0.41 half-lengths before the feature, or begins that far behind it, converges
                // as fast as one above which the singularity stands a whole half-length off.
                let gap = x - feature.centre;
                let clear = if gap > 0.0 { 2.4 * gap } else { -gap * (1.0 / 2.41) };
                half = half.min(feature.half_panel.max(clear));
            }
            let next = x + 2.0 * half;
            // The last panel leaves no sliver. The march also ends where rounding stops it.
            let last = next + 0.2 * half >= to || next <= x || panels.count + 1 == PANELS;
            x = if last { to } else { next };
            panels.count += 1;
            panels.edges[panels.count] = x;
        }
        panels
    }
}

/// Consecutive panels.
pub(crate) struct Panels {
    edges: [f64; PANELS + 1],
    count: usize,
}

/// Nodes and weights, given out in pairs.
#[expect(
    clippy::large_enum_variant,
    reason = "one lives at a time, on the stack of the integral that made it"
)]
pub(crate) enum Rule {
    /// Equally spaced nodes, the interval's edges half a step outside.
    Trapezoidal {
        /// The first node.
        first: f64,
        /// The distance between nodes, and each one's weight.
        step: f64,
        /// Half the number of nodes.
        pairs: usize,
    },
    /// 16 Gauss–Legendre nodes on each panel.
    Panels(Panels),
}

impl Rule {
    /// The number of pairs of nodes.
    pub(crate) fn pairs(&self) -> usize {
        match self {
            Self::Trapezoidal { pairs, .. } => *pairs,
            Self::Panels(panels) => PANEL_PAIRS * panels.count,
        }
    }

    /// The pair of nodes of that index, and their weights: ∫ f ≈ Σ w f(x). 0 past the end.
    #[inline(always)]
    pub(crate) fn pair(&self, i: usize) -> (f64x2, f64x2) {
        match self {
            Self::Trapezoidal { first, step, .. } => {
                let x = first + step * (2 * i) as f64;
                (f64x2::new([x, x + step]), splat(*step))
            }
            Self::Panels(panels) => {
                let panel = i / PANEL_PAIRS;
                if panel >= PANELS {
                    return (splat(0.0), splat(0.0));
                }
                let (from, to) = (panels.edges[panel], panels.edges[panel + 1]);
                let (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
                let (nodes, weights) = GAUSS_LEGENDRE[i % PANEL_PAIRS];
                (splat(centre) + splat(half) * f64x2::new(nodes), splat(half) * f64x2::new(weights))
            }
        }
    }

    /// Calls `visit(x, w)` with each pair.
    #[inline(always)]
    pub(crate) fn for_each(&self, mut visit: impl FnMut(f64x2, f64x2)) {
        for i in 0..self.pairs() {
            let (x, w) = self.pair(i);
            visit(x, w);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integrate(rule: &Rule, f: impl Fn(f64) -> f64) -> f64 {
        let mut sum = 0.0;
        rule.for_each(|x, w| {
            let (x, w) = (x.to_array(), w.to_array());
            sum += f(x[0]) * w[0] + f(x[1]) * w[1];
        });
        sum
    }

    #[test]
    fn weights_are_those_of_legendre() {
        let plan = Plan::new((-1.0, 1.0));
        for power in 0..16 {
            let exact = 2.0 / f64::from(2 * power + 1);
            let ours = integrate(&Rule::Panels(plan.panels()), |x| x.powi(2 * power));
            assert!((ours / exact - 1.0).abs() < 1e-14, "∫ x^{} = {ours}", 2 * power);
        }
    }

    #[test]
    fn both_rules_meet_a_near_pole() {
        for distance in [1.0, 0.1, 1e-3, 1e-5] {
            let mut plan = Plan::new((-9.0, 9.0));
            plan.peak(0.0, 1.0, 28.0);
            plan.singularity(0.3, distance, 28.0, 1.0);
            // ∫ φ(x) d/((x − a)² + d²) with d → 0 tends to π φ(a); the reference is the other, far finer rule.
            let f = |x: f64| (-0.5 * x * x).exp() * distance / ((x - 0.3).powi(2) + distance * distance);
            let mut finer = Plan::new((-9.0, 9.0));
            finer.peak(0.0, 0.4, 28.0);
            finer.singularity(0.3, distance * 0.4, 28.0, 1.0);
            let reference = integrate(&Rule::Panels(finer.panels()), f);
            let panels = integrate(&Rule::Panels(plan.panels()), f);
            assert!((panels / reference - 1.0).abs() < 1e-11, "panels at {distance}: {panels} {reference}");
            let chosen = integrate(&plan.rule(), f);
            assert!((chosen / reference - 1.0).abs() < 1e-11, "chosen at {distance}: {chosen} {reference}");
        }
    }
}
