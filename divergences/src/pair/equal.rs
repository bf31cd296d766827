//! Distributions that are the same though written in another way.

use crate::distribution::Distribution;

/// How far weights may differ that are the same: by the rounding of a few sums.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// Whether two distributions are the same, whatever the order of a mixture's components, and however often one occurs.
pub(crate) fn equal(p: &Distribution, q: &Distribution) -> bool {
    if p == q {
        return true;
    }
    if !matches!((p, q), (Distribution::Mixture(_), _) | (_, Distribution::Mixture(_))) {
        return false;
    }
    let (own, others) = (joined(p), joined(q));
    let alike = |weight: f64, other: f64| (weight - other).abs() <= ROUNDING * weight;
    let atoms = || {
        let (own, others) = (p.atoms(), q.atoms());
        own.len() == others.len() && own.iter().zip(&others).all(|(a, b)| a.0 == b.0 && alike(a.1, b.1))
    };
    let found = |&(weight, part): &(f64, &Distribution)| {
        others.iter().any(|&(other, same)| same == part && alike(weight, other))
    };
    own.len() == others.len() && own.iter().all(found) && atoms()
}

/// The components with a density, each once.
fn joined(d: &Distribution) -> Vec<(f64, &Distribution)> {
    let mut joined: Vec<(f64, &Distribution)> = Vec::new();
    for (weight, part) in d.parts().into_iter().filter(|(_, part)| part.interval().is_some()) {
        match joined.iter_mut().find(|(_, known)| *known == part) {
            Some(known) => known.0 += weight,
            None => joined.push((weight, part)),
        }
    }
    joined
}
