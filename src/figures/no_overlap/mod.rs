//! The chapter *When nothing overlaps*.

mod disjoint_supports;

pub use disjoint_supports::DisjointSupports;
