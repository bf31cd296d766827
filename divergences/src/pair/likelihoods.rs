//! Two densities, or two masses, at one point.

/// Two densities, or two masses, at one point, with what the generators need of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likelihoods {
    pub(crate) p: f64,
    pub(crate) q: f64,
    pub(crate) log_p: f64,
    pub(crate) log_q: f64,
    /// log p/q, relatively accurate also where p and q are nearly equal.
    pub(crate) log_ratio: f64,
}

impl Likelihoods {
    /// From two masses, which may be 0.
    pub(crate) fn of_masses(p: f64, q: f64) -> Self {
        let (log_p, log_q) = (p.ln(), q.ln());
        let near = p > 0.5 * q && p < 2.0 * q;
        Self { p, q, log_p, log_q, log_ratio: if near { ((p - q) / q).ln_1p() } else { log_p - log_q } }
    }

    pub(crate) fn swapped(self) -> Self {
        Self { p: self.q, q: self.p, log_p: self.log_q, log_q: self.log_p, log_ratio: -self.log_ratio }
    }
}
