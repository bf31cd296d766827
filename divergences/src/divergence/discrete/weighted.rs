//! The Jensen–Shannon divergence with any weight of its two sides.

use crate::numeric::special::exp_minus_one_minus;

/// The Jensen–Shannon divergence with weight π of the first array, in nats, and what it is made of.
///
/// `JS_π(p, q) = π KL(p‖m) + (1 − π) KL(q‖m)` with m = π p + (1 − π) q. It is what one draw tells of the coin that chose, with
/// chance π, p to draw from: their mutual information. So it is at most h(π) = −π log π − (1 − π) log (1 − π), which it
/// reaches between disjoint arrays alone; at π = ½ it is [`super::jensen_shannon`].
///
/// - **Convention**: nats; arrays and weight are used as they are, and a weight outside [0, 1] makes everything NaN.
/// - **Accuracy**: 1e-13 of the value, also for tiny weights, near-identical arrays and disjoint ones: it sums p log
///   p/m − p + m, which is never negative, from m − p = (1 − π)(q − p), which does not cancel.
/// - **Cost**: two logarithms for each outcome.
/// - **Source**: Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37
///   (1991).
///
/// ```
/// use divergences::divergence::discrete::WeightedJensenShannon;
///
/// let (p, q) = ([0.7, 0.2, 0.1], [0.2, 0.3, 0.5]);
/// let tenth = WeightedJensenShannon::between(0.1, &p, &q);
/// assert!((tenth.over_weight - 0.558_908_287_8).abs() < 1e-10);
/// // The weight's end leaves nothing to tell, but its share tends to KL(p‖q).
/// let end = WeightedJensenShannon::between(0.0, &p, &q);
/// assert_eq!(end.value, 0.0);
/// assert!((end.over_weight - 0.634_897_265_1).abs() < 1e-10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct WeightedJensenShannon {
    /// `JS_π(p, q)`.
    pub value: f64,
    /// KL(p‖m).
    pub p_to_mixture: f64,
    /// KL(q‖m).
    pub q_to_mixture: f64,
    /// `JS_π/π`, and its limit KL(p‖q), which may be ∞, at π = 0.
    pub over_weight: f64,
    /// `JS_π/(1 − π)`, and its limit KL(q‖p), which may be ∞, at π = 1.
    pub over_rest: f64,
}

impl WeightedJensenShannon {
    /// The divergence between the arrays `p`, which has the `weight`, and `q`, which has the rest of it.
    ///
    /// NaN throughout where the lengths differ or the weight is outside [0, 1].
    ///
    /// ```
    /// use divergences::divergence::discrete::{WeightedJensenShannon, jensen_shannon};
    ///
    /// let (p, q) = ([0.7, 0.2, 0.1], [0.2, 0.3, 0.5]);
    /// let half = WeightedJensenShannon::between(0.5, &p, &q);
    /// assert!((half.value - jensen_shannon(&p, &q)).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn between(weight: f64, p: &[f64], q: &[f64]) -> Self {
        let valid = p.len() == q.len() && (0.0..=1.0).contains(&weight);
        let rest = 1.0 - weight;
        let [mut p_sum, mut q_sum] = [if valid { 0.0 } else { f64::NAN }; 2];
        for (&p, &q) in p.iter().zip(q) {
            p_sum += OutcomeSide::of(p, q, weight, rest).term();
            q_sum += OutcomeSide::of(q, p, rest, weight).term();
        }
        // A part without weight counts as 0, although its divergence may be infinite.
        let part = |weight: f64, sum: f64| if weight == 0.0 { 0.0 } else { weight * sum };
        let (p_part, q_part) = (part(weight, p_sum), part(rest, q_sum));
        Self {
            value: p_part + q_part,
            p_to_mixture: p_sum,
            q_to_mixture: q_sum,
            over_weight: if weight == 0.0 { p_sum } else { p_sum + q_part / weight },
            over_rest: if rest == 0.0 { q_sum } else { q_sum + p_part / rest },
        }
    }
}

/// The Jensen–Shannon divergence π KL(p‖m) + (1 − π) KL(q‖m), m = π p + (1 − π) q, with π the `weight`, in nats.
///
/// Convention, accuracy, cost and source as for [`WeightedJensenShannon`].
///
/// ```
/// use divergences::divergence::discrete::weighted_jensen_shannon;
///
/// // Disjoint: the draw gives the coin away, and all of its entropy is told.
/// let entropy = -0.25 * 0.25_f64.ln() - 0.75 * 0.75_f64.ln();
/// assert!((weighted_jensen_shannon(0.25, &[1.0, 0.0], &[0.0, 1.0]) - entropy).abs() < 1e-15);
/// ```
#[must_use]
pub fn weighted_jensen_shannon(weight: f64, p: &[f64], q: &[f64]) -> f64 {
    WeightedJensenShannon::between(weight, p, q).value
}

/// For each outcome p log p/m and q log q/m with m = π p + (1 − π) q: signed terms that add up to KL(p‖m) and KL(q‖m).
///
/// - **Convention**: nats, π is the `weight`; 0 where the outcome has no mass in p, or in q.
/// - **Accuracy**: 1e-15 of each term, and of the difference where p and q are near.
/// - **Cost**: two logarithms for each outcome.
/// - **Source**: the definition.
///
/// ```
/// use divergences::divergence::discrete::mixture_terms;
///
/// let terms = mixture_terms(0.5, &[1.0, 0.0], &[0.5, 0.5]);
/// assert!((terms[0][0] - (4.0_f64 / 3.0).ln()).abs() < 1e-15);
/// assert_eq!(terms[1], [0.0, 0.5 * 2_f64.ln()]);
/// ```
#[must_use]
pub fn mixture_terms(weight: f64, p: &[f64], q: &[f64]) -> Vec<[f64; 2]> {
    let rest = 1.0 - weight;
    let of = |(&p, &q)| {
        [OutcomeSide::of(p, q, weight, rest), OutcomeSide::of(q, p, rest, weight)].map(OutcomeSide::signed)
    };
    p.iter().zip(q).map(of).collect()
}

/// One side of an outcome: its mass x, and the mixture's m there.
struct OutcomeSide {
    x: f64,
    /// m − x.
    rise: f64,
    /// log m/x.
    log_ratio: f64,
}

impl OutcomeSide {
    /// The side that has mass `x` and the weight `own`, where the other has `y` and the weight `rest`.
    fn of(x: f64, y: f64, own: f64, rest: f64) -> Self {
        let rise = rest * (y - x);
        let change = rise / x;
        let log_ratio = if change.abs() < 0.5 {
            change.ln_1p()
        } else if y == 0.0 {
            own.ln()
        } else {
            let m = own * x + rest * y;
            let ratio = m / x;
            if ratio.is_finite() { ratio.ln() } else { m.ln() - x.ln() }
        };
        let valid = x >= 0.0 && y >= 0.0;
        Self { x, rise: if valid { rise } else { f64::NAN }, log_ratio }
    }

    /// x log x/m − x + m, which is never negative.
    fn term(self) -> f64 {
        if self.x == 0.0 {
            self.rise
        } else if self.log_ratio.abs() < 0.7 {
            // A rise that is no number must be seen.
            self.x * exp_minus_one_minus(self.log_ratio) + 0.0 * self.rise
        } else {
            self.rise - self.x * self.log_ratio
        }
    }

    /// x log x/m.
    fn signed(self) -> f64 {
        // Adding 0 makes a term that is not there 0 rather than −0.
        if self.x == 0.0 { 0.0 * self.rise + 0.0 } else { 0.0 * self.rise - self.x * self.log_ratio }
    }
}
