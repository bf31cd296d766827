//! Where something was before: drawn ever fainter, so that its way is seen.

/// Up to `count` earlier steps, from the first one on evenly apart, each with how opaque it is drawn: from `faintest` on, `more`
/// with each.
pub fn ghosts(step: usize, count: usize, faintest: f64, more: f64) -> impl Iterator<Item = (usize, f64)> {
    let earlier = (0..count).map(move |ghost| (step * ghost / count, faintest + more * ghost as f64));
    earlier.filter(move |(ghost, _)| *ghost < step)
}
