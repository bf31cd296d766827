//! The coupling of a target with the standard normal distribution.

/// The target's coupling with the standard normal distribution.
#[derive(Clone, Debug)]
pub(super) struct NormalCoupling {
    pub(super) nodes: Vec<Node>,
    /// ∫ x t(x) p(x) dx = ∫ P⁻¹(u) Φ⁻¹(u) du.
    pub(super) product: f64,
    /// The deficit √v − product ≥ 0, by an integral without cancellation: √v times half the W₂² of the
    /// standardised target from N(0, 1).
    pub(super) deficit: f64,
}

/// A quadrature node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) x: f64,
    /// t(x).
    pub(super) t: f64,
    /// t′(x) = p(x) / φ(t).
    pub(super) slope: f64,
    /// p(x) times the node's weight.
    pub(super) mass: f64,
}
