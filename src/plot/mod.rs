//! Drawing with plotters at sub-pixel resolution: colours by meaning, panels, and output to a canvas or to
//! SVG.
//!
//! All lengths are in CSS pixels, as `f64`. plotters itself counts in whole pixels, which makes curves jagged
//! and lets them tremble as they move. Therefore all drawing goes through one backend, [`Surface`]. It tells
//! plotters that it is [`SUBPIXELS`] times as large, and its sink scales back.

mod band;
mod bars;
mod between;
mod bracket;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod canvas;
mod corner_label;
mod cumulative;
mod curve_labels;
mod curves;
mod density;
mod descent;
mod element;
mod heading;
mod label;
pub mod labels;
mod marks;
pub mod number;
pub mod octant;
mod optima;
mod panel;
mod picture;
pub mod simplex;
mod simplify;
mod surface;
mod svg;
mod tangent;
mod theme;
mod ticks;
mod veil;
pub mod wedge;

pub use band::below_band;
pub use bars::{BarLook, Bars};
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub use canvas::CanvasSink;
pub use curves::{Curves, NamedCurve};
pub use density::{DensityStyle, height_of};
pub use element::Stroke;
pub use heading::{Heading, Third};
pub use label::Label;
pub use marks::Plot;
pub use optima::AS_GOOD;
pub use panel::{Panel, Point, Rect};
pub use picture::{Align, HIDDEN, Look, Picture, TextStyle};
pub use surface::{GlyphStyle, SUBPIXELS, Sink, Surface};
pub use svg::{SvgSink, escape};
pub use theme::{Ink, Theme};
pub use veil::Veil;
