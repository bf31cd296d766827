//! The figures there are.

use super::{Comparison, DisjointSupports, Figure, Instance, KlFit, Live, WassersteinGradient};

/// Makes a figure with its defaults.
type Maker = fn() -> Box<dyn Live>;

/// Every figure's name, with what makes one.
const FIGURES: [(&str, Maker); 4] = [
    (KlFit::NAME, || Box::new(Instance::<KlFit>::default())),
    (DisjointSupports::NAME, || Box::new(Instance::<DisjointSupports>::default())),
    (WassersteinGradient::NAME, || Box::new(Instance::<WassersteinGradient>::default())),
    (Comparison::NAME, || Box::new(Instance::<Comparison>::default())),
];

/// The names of all figures.
pub fn names() -> impl Iterator<Item = &'static str> {
    FIGURES.iter().map(|(name, _)| *name)
}

/// A new figure of that name, with its defaults.
#[must_use]
pub fn make(name: &str) -> Option<Box<dyn Live>> {
    FIGURES.iter().find(|(known, _)| *known == name).map(|(_, make)| make())
}
