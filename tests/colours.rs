//! Colour is never the only distinction: lines that colour-blind readers cannot distinguish by colour differ
//! in their dashes.

use divergences::order::clamp;
use explainer::figures::measure::Measure;
use explainer::plot::{Ink, Theme};

/// The vision of readers with a colour-vision deficiency, as matrices on linear red, green and blue: Machado,
/// Oliveira and Fernandes (2009), severity 1.
const SEEN: [(&str, [[f64; 3]; 3]); 4] = [
    ("by most", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "without red cones",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "without green cones",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "without blue cones",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The least distance in `OKLab` between two colours that nothing else distinguishes. Black and white have
/// distance 1.
const APART: f64 = 0.09;

fn apply(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// `ink` in `theme` as seen through `matrix`, in `OKLab` (Ottosson 2020).
fn seen(ink: Ink, theme: Theme, matrix: &[[f64; 3]; 3]) -> [f64; 3] {
    let colour = theme.colour(ink);
    let linear = [colour.0, colour.1, colour.2].map(|byte| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let cones = apply(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        apply(matrix, linear).map(|part| clamp(part, 0.0, 1.0)),
    );
    apply(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// All combinations of theme and vision in which `one` and `other` are too close.
fn close(one: Ink, other: Ink) -> Vec<String> {
    let mut close = Vec::new();
    for theme in Theme::ALL {
        for (how, matrix) in &SEEN {
            let apart = distance(seen(one, theme, matrix), seen(other, theme, matrix));
            if apart < APART {
                close.push(format!("{one:?} and {other:?}, {}, {how}: {apart:.3}", theme.name()));
            }
        }
    }
    close
}

#[test]
fn lines_in_one_panel_differ_in_colour_or_in_dashes() {
    for (index, one) in Measure::ALL.into_iter().enumerate() {
        for other in Measure::ALL.into_iter().skip(index + 1) {
            // One line stands for both directions of KL where they coincide.
            let both_ways = [one, other] == [Measure::ForwardKl, Measure::ReverseKl];
            if one.stroke().dash == other.stroke().dash && !both_ways {
                assert_eq!(close(one.ink(), other.ink()), Vec::<String>::new(), "{one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn the_two_directions_and_the_two_signs_differ_in_colour() {
    for (one, other) in [(Ink::ForwardKl, Ink::ReverseKl), (Ink::Positive, Ink::Negative)] {
        assert_eq!(close(one, other), Vec::<String>::new(), "{one:?} and {other:?}");
    }
}

#[test]
fn the_simulation_sees_what_is_known() {
    let matrix = |how: &str| SEEN.iter().find(|(name, _)| *name == how).map(|(_, matrix)| matrix);
    let apart = |how: &str, one, other| {
        matrix(how).map(|matrix| distance(seen(one, Theme::Light, matrix), seen(other, Theme::Light, matrix)))
    };
    let (usual, without) = ("by most", "without green cones");
    // Blue and purple differ in red, of which readers without green cones see little.
    let (all, few) =
        (apart(usual, Ink::ForwardKl, Ink::Wasserstein1), apart(without, Ink::ForwardKl, Ink::Wasserstein1));
    assert!(all > Some(0.15) && few < Some(0.05), "{all:?} {few:?}");
    let [lightness, ..] = seen(Ink::Background, Theme::ContrastLight, &SEEN[0].1);
    assert!((lightness - 1.0).abs() < 1e-3, "white is as light as can be: {lightness}");
}
