//! A linear or a logarithmic axis, as the reader chooses.

use super::parameter::choice;

choice! {
    /// The scale of an axis.
    Scale {
        /// Heights are the numbers themselves.
        Linear = "linear",
        /// Heights are the decimal logarithms of the numbers' absolute values.
        Logarithmic = "logarithmic",
    }
}

impl Scale {
    /// The height of `value`. On a logarithmic axis it is −∞ for 0.
    #[must_use]
    pub fn height(self, value: f64) -> f64 {
        if self == Self::Logarithmic { value.abs().log10() } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_those_of_sizes() {
        let heights = |scale: Scale| [-100.0, 0.0].map(|value| scale.height(value));
        assert_eq!(heights(Scale::Linear), [-100.0, 0.0], "numbers are themselves");
        assert_eq!(heights(Scale::Logarithmic), [2.0, f64::NEG_INFINITY], "whatever their sign");
    }
}
