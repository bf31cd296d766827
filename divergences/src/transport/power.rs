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
        sum.powf(order.recip())
    }
}
