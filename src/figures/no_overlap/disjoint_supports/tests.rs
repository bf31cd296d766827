//! Tests of what the logarithmic axis tells at both of its ends.

use super::*;
use crate::figure::Live;
use crate::figure::texts::Texts;
use crate::plot::Theme;

const WORDS: &str = "disjoint-supports.zero = exactly 0";

fn figure(values: &[(&str, &str)]) -> Live {
    let mut figure = Live::new::<DisjointSupports>();
    for (key, value) in values {
        figure.set(key, value).unwrap();
    }
    figure
}

fn drawn(figure: &Live) -> String {
    figure.svg(1076.0, Theme::Light, false, &Texts::parse(WORDS))
}

/// Gaussians whose slope of JS is 4.3839e-222 (mpmath at 40 digits).
const BELLS: [(&str, &str); 4] =
    [("family", "gaussians"), ("width", "0.25"), ("theta", "4"), ("slopes", "logarithmic")];

#[test]
fn what_is_below_the_axis_is_not_exactly_zero() {
    let bells = figure(&BELLS);
    let slope = bells.readouts().into_iter().find(|readout| readout.key == "js-slope").unwrap();
    assert_eq!(slope.digits(&Texts::new()), "4.4 × 10⁻²²²");
    assert!(!drawn(&bells).contains("exactly 0"), "bells overlap however far apart they are");
    let boxes = figure(&[("slopes", "logarithmic")]);
    assert!(drawn(&boxes).contains("exactly 0"), "boxes do not");
}

#[test]
fn every_slope_that_the_reader_can_set_is_below_the_top_of_the_axis() {
    for unit in UNITS {
        let mut bells = figure(&BELLS);
        bells.set("unit", unit).unwrap();
        for (width, most) in [("0.25", 1280.0), ("0.2", 2000.0)] {
            bells.set("width", width).unwrap();
            let table = bells.data();
            let column =
                table.columns.iter().position(|name| name == "forward-kl-slope".replace('-', "_").as_str());
            let last = table.rows.last().unwrap();
            let (end, slope) = (last[0], last[column.unwrap()]);
            assert_eq!(end, EDGE, "the curve reaches the edge");
            assert!((slope / most - 1.0).abs() < 1e-12, "θ/σ² at width {width}: {slope}");
            assert!(Unit::Bits.from_nats(slope).log10() < DECADES.end, "{slope} has a place on the axis");
        }
    }
}

#[test]
fn noise_too_small_to_be_seen_leaves_the_axes_finite() {
    for noise in ["1e-320", "1e-160", "1e-9"] {
        let mut figure = figure(&[("family", "points"), ("noise", noise)]);
        figure.reset();
        let fresh = Live::new::<DisjointSupports>();
        assert_eq!(drawn(&figure), drawn(&fresh), "noise {noise}: Reset is at once");
    }
}
