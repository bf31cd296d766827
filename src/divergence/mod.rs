//! How far apart two distributions are.

/// A divergence D(p, q) between a target p and a model q, in nats where that means something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Divergence {
    /// KL(p‖q) = ∫ p log(p/q).
    ForwardKl,
    /// KL(q‖p) = ∫ q log(q/p).
    ReverseKl,
    /// KL(p‖q) + KL(q‖p).
    Jeffreys,
    /// ½ KL(p‖m) + ½ KL(q‖m) with m = ½(p + q); at most log 2.
    JensenShannon,
    /// The root of [`Divergence::JensenShannon`], a metric.
    JensenShannonDistance,
    /// ½ ∫ |p − q|; at most 1.
    TotalVariation,
    /// H² = ½ ∫ (√p − √q)²; at most 1.
    HellingerSquared,
    /// The root of [`Divergence::HellingerSquared`], a metric.
    Hellinger,
    /// ∫ p²/q − 1.
    ChiSquared,
    /// ∫ q²/p − 1.
    ReverseChiSquared,
    /// (∫ p^α q^(1−α) − 1) / (α(α−1)), with its limits KL(p‖q) at 1 and KL(q‖p) at 0.
    Alpha(f64),
    /// The p-Wasserstein distance, the p-th root of the least mean p-th power of the distance that mass is moved; p ≥ 1.
    Wasserstein(f64),
    /// Its limit for p → ∞, the least greatest distance that mass is moved.
    WassersteinInfinity,
}
