//! The figures there are.

use super::{Comparison, DisjointSupports, Figure, KlFit, Live, WassersteinGradient};

/// Makes a figure with its defaults.
type Maker = fn() -> Live;

/// Every figure's name, with what makes one.
const FIGURES: [(&str, Maker); 4] = [
    (KlFit::NAME, Live::new::<KlFit>),
    (DisjointSupports::NAME, Live::new::<DisjointSupports>),
    (WassersteinGradient::NAME, Live::new::<WassersteinGradient>),
    (Comparison::NAME, Live::new::<Comparison>),
];

/// The names of all figures.
pub fn names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().map(|(name, _)| *name)
}

/// A new figure of that name, with its defaults.
#[must_use]
pub fn make(name: &str) -> Option<Live> {
    FIGURES.iter().find(|(known, _)| *known == name).map(|(_, make)| make())
}
