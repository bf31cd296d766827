//! Powers of distances, and their roots, the usual orders without `powf`.

pub(super) fn power(d: f64, order: f64) -> f64 {
    let d = d.abs();
    if order == 1.0 {
        d
    } else if order == 2.0 {
        d * d
    } else {
        d.powf(order)
    }
}

pub(super) fn root(sum: f64, order: f64) -> f64 {
    if order == 1.0 {
        sum
    } else if order == 2.0 {
        sum.sqrt()
    } else {
        let part = order.recip();
        // What rounding took from 1/order counts as often as there are digits before or behind the point.
        let rest = libm::fma(-part, order, 1.0) / order;
        let root = sum.powf(part);
        if root > 0.0 && root.is_finite() { root * (1.0 + sum.ln() * rest) } else { root }
    }
}
