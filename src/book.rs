//! The book: its chapters in order, and the figures of each.
//!
//! Pages, contents, lectures, exercises, cards, engines and tests are all derived from this table. Each
//! chapter is behind the cargo feature of its name, so that an engine can be built with the figures of one
//! chapter alone.

use crate::figure::{Figure, Live};
#[cfg(feature = "which-one")]
use crate::figures::Comparison;
#[cfg(feature = "no-overlap")]
use crate::figures::DisjointSupports;
#[cfg(feature = "family")]
use crate::figures::Hellinger;
#[cfg(feature = "two-directions")]
use crate::figures::KlFit;
#[cfg(feature = "moving-mass")]
use crate::figures::WassersteinGradient;
#[cfg(feature = "family")]
use crate::figures::{JsMixture, TotalVariation};

/// A chapter: a page with a story, one lecture, one set of exercises, and its figures.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// The chapter's name in addresses, in the folders of its words, and as a feature of this crate.
    pub slug: &'static str,
    /// The chapter's figures, in the order of its story.
    pub figures: &'static [Entry],
}

/// A figure in the book.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The figure's name in addresses and attributes.
    pub name: &'static str,
    /// Makes a live figure with its default parameters.
    pub make: fn() -> Live,
}

/// Makes the entry of the figure `F`.
const fn figure<F: Figure>() -> Entry {
    Entry { name: F::NAME, make: Live::new::<F> }
}

/// The chapters that have figures here, in the book's order.
pub const CHAPTERS: &[Chapter] = &[
    #[cfg(feature = "two-directions")]
    Chapter { slug: "two-directions", figures: &[figure::<KlFit>()] },
    #[cfg(feature = "family")]
    Chapter {
        slug: "family",
        figures: &[figure::<TotalVariation>(), figure::<JsMixture>(), figure::<Hellinger>()],
    },
    #[cfg(feature = "no-overlap")]
    Chapter { slug: "no-overlap", figures: &[figure::<DisjointSupports>()] },
    #[cfg(feature = "moving-mass")]
    Chapter { slug: "moving-mass", figures: &[figure::<WassersteinGradient>()] },
    #[cfg(feature = "which-one")]
    Chapter { slug: "which-one", figures: &[figure::<Comparison>()] },
];

/// The chapters to show: those that have at least one figure.
pub fn chapters() -> impl Iterator<Item = &'static Chapter> {
    CHAPTERS.iter().filter(|chapter| !chapter.figures.is_empty())
}

/// Every figure, chapter after chapter.
fn figures() -> impl Iterator<Item = &'static Entry> {
    CHAPTERS.iter().flat_map(|chapter| chapter.figures)
}

/// The names of all figures, chapter after chapter.
pub fn names() -> impl Iterator<Item = &'static str> {
    figures().map(|entry| entry.name)
}

/// A new live figure called `name`, with its default parameters; `None` if there is no such figure.
#[must_use]
pub fn make(name: &str) -> Option<Live> {
    figures().find(|entry| entry.name == name).map(|entry| (entry.make)())
}

/// The chapter of the figure `name`.
#[must_use]
pub fn chapter_of(name: &str) -> Option<&'static Chapter> {
    CHAPTERS.iter().find(|chapter| chapter.figures.iter().any(|entry| entry.name == name))
}
