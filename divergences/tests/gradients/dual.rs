//! Numbers that carry their derivatives along: forward-mode autodiff.

use std::ops::{Add, Mul, Neg, Sub};

/// A number with its derivatives by μ and log σ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dual {
    pub(crate) value: f64,
    pub(crate) by: [f64; 2],
}

impl Dual {
    pub(crate) fn constant(value: f64) -> Self {
        Self { value, by: [0.0; 2] }
    }

    pub(crate) fn chain(self, value: f64, slope: f64) -> Self {
        Self { value, by: self.by.map(|d| slope * d) }
    }

    /// `value` with the derivatives of self + other.
    pub(crate) fn plus_by(self, other: Self, value: f64) -> Self {
        Self { value, by: (self + other).by }
    }

    pub(crate) fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }

    pub(crate) fn abs(self) -> Self {
        if self.value < 0.0 { -self } else { self }
    }

    pub(crate) fn powf(self, power: f64) -> Self {
        let value = self.value.powf(power);
        self.chain(value, if self.value == 0.0 { 0.0 } else { power * value / self.value })
    }

    /// Φ, the standard normal cdf.
    pub(crate) fn normal_cdf(self) -> Self {
        let density = (-0.5 * self.value * self.value).exp() / std::f64::consts::TAU.sqrt();
        self.chain(normal_cdf(self.value), density)
    }

    pub(crate) fn sqrt(self) -> Self {
        let value = self.value.sqrt();
        self.chain(value, 0.5 / value)
    }

    /// log(1 + e^self).
    pub(crate) fn softplus(self) -> Self {
        let value = self.value.max(0.0) + (-self.value.abs()).exp().ln_1p();
        self.chain(value, 1.0 / (1.0 + (-self.value).exp()))
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, by: [0, 1].map(|i| self.by[i] + other.by[i]) }
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        self.chain(-self.value, -1.0)
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        times(other.value, self).plus_by(times(self.value, other), self.value * other.value)
    }
}

pub(crate) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

pub(crate) fn times(factor: f64, x: Dual) -> Dual {
    x.chain(factor * x.value, factor)
}
