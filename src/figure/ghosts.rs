//! Earlier states of a moving thing, drawn fainter the older they are, so that its path can be seen.

/// Up to `count` steps before `step`, evenly spaced from the first one on, each with its opacity. The oldest
/// gets `faintest`, and each following one `more`.
pub fn ghosts(step: usize, count: usize, faintest: f64, more: f64) -> impl Iterator<Item = (usize, f64)> {
    let earlier = (0..count).map(move |ghost| (step * ghost / count, faintest + more * ghost as f64));
    earlier.filter(move |(ghost, _)| *ghost < step)
}
