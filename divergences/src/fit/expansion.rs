//! A divergence to second order in the model's parameters.

/// The parts of an [`Expansion`] that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Value and gradient, to 1e-9 of each.
    Exact,
    /// The gradient to 1e-9 of itself, the value to 1e-12 absolutely.
    Descent,
    /// As [`Self::Descent`], with the Hessian.
    Curvature,
}

/// A divergence's value with its first and second derivatives in (μ, log σ).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expansion {
    pub(super) value: f64,
    /// ∂/∂μ and ∂/∂log σ.
    pub(super) gradient: [f64; 2],
    /// ∂²/∂μ², ∂²/∂μ∂log σ and ∂²/∂(log σ)².
    pub(super) hessian: [f64; 3],
}

impl Expansion {
    /// An infinite divergence, which has no derivative.
    pub(super) const INFINITE: Self =
        Self { value: f64::INFINITY, gradient: [f64::NAN; 2], hessian: [f64::NAN; 3] };

    pub(super) fn scaled(self, factor: f64) -> Self {
        Self {
            value: factor * self.value,
            gradient: self.gradient.map(|x| factor * x),
            hessian: self.hessian.map(|x| factor * x),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let add = |a: f64, b: f64| a + b;
        Self {
            value: self.value + other.value,
            gradient: [0, 1].map(|i| add(self.gradient[i], other.gradient[i])),
            hessian: [0, 1, 2].map(|i| add(self.hessian[i], other.hessian[i])),
        }
    }

    /// The expansion of log (1 + divergence).
    pub(super) fn ln_1p(self) -> Self {
        let [a, b] = self.gradient.map(|x| x / (1.0 + self.value));
        let [c, d, e] = self.hessian.map(|x| x / (1.0 + self.value));
        Self { value: self.value.ln_1p(), gradient: [a, b], hessian: [c - a * a, d - a * b, e - b * b] }
    }

    /// The expansion of a power of the divergence.
    pub(super) fn power(self, power: f64) -> Self {
        let value = self.value.powf(power);
        let first = power * self.value.powf(power - 1.0);
        let second = power * (power - 1.0) * self.value.powf(power - 2.0);
        let [a, b] = self.gradient;
        Self {
            value,
            gradient: [first * a, first * b],
            hessian: [
                first * self.hessian[0] + second * a * a,
                first * self.hessian[1] + second * a * b,
                first * self.hessian[2] + second * b * b,
            ],
        }
    }
}
