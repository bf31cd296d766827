//! Every divergence and its slope, drawn over the shift.

use std::f64::consts::LN_2;

use divergences::fit::Slope;

use super::reading::{Reading, number_of};
use super::{Axis, DECADES, EDGE, Model};
use crate::figure::prelude::*;
use crate::figures::measure::Measure;
use crate::plot::{
    BAND, CurveLabels, Panel, above_band, below_band, curve_label_room, curve_label_style, ticks,
};

/// The graph of a divergence, or of its slope.
struct Graph {
    measure: Measure,
    /// What it is hidden under.
    key: &'static str,
    points: Vec<(f64, f64)>,
    /// Its height where the reader is.
    now: f64,
}

impl Graph {
    fn is_finite(&self) -> bool {
        self.points.iter().any(|(_, y)| y.is_finite())
    }
}

/// The graphs of what `read` takes of each divergence from a reading, in the order in which they are drawn; `mirror` is what
/// it becomes on the left. Both directions of KL agree between mirror images: one curve says it.
fn graphs(
    model: &Model,
    key: fn(Measure) -> &'static str,
    read: &dyn Fn(&Reading, Measure) -> f64,
    mirror: &dyn Fn(f64) -> f64,
) -> Vec<Graph> {
    let graph = |measure: Measure| {
        let mut right: Vec<(f64, f64)> = Vec::new();
        for piece in model.pieces.iter() {
            right.extend(piece.iter().map(|reading| (reading.theta, read(reading, measure))));
            // A gap: at a jump no line is drawn.
            right.push((f64::NAN, f64::NAN));
        }
        let left = right.iter().rev().map(|&(theta, value)| (-theta, mirror(value)));
        let points = left.chain([(f64::NAN, f64::NAN)]).chain(right.iter().copied()).collect();
        Graph { measure, key: key(measure), points, now: read(&model.now, measure) }
    };
    Measure::ALL.into_iter().rev().filter(|measure| *measure != Measure::ReverseKl).map(graph).collect()
}

/// Dots on graphs, on top of the words: they say where the reader is.
fn draw_dots(graphs: &[Graph], model: &Model, plot: &Plot) {
    for graph in graphs.iter().filter(|graph| plot.panel.y.contains(&graph.now)) {
        plot.part(graph.key, || plot.dot(model.now.theta, graph.now, 5.0, graph.measure.ink()));
    }
}

/// The text of a curve's label, in as many words as there is room for.
fn label(key: &str, measure: Measure, words: &[(&str, String)], plot: &Plot, texts: &Texts) -> String {
    let label = texts.label(&format!("disjoint-supports.{key}"), words);
    label.fit(curve_label_style(measure.ink()), curve_label_room(plot), plot.picture)
}

/// Draws the divergences.
pub(super) fn draw_values(model: &Model, plot: &Plot, texts: &Texts) {
    let (now, unit) = (&model.now, model.shifted.unit);
    plot.title(&texts.label("disjoint-supports.values", &[]), Ink::Soft);
    let infinite = model.pieces.iter().flatten().any(|reading| reading.values[0] == f64::INFINITY);
    if infinite && plot.picture.shows("forward-kl") {
        // Only at shift 0 is the support of one within the other's.
        plot.infinite_band(texts.get("disjoint-supports.infinite"), Some(0.0));
    }
    let (js, ceiling) = (Measure::JensenShannon, Stroke::dashed(1.0, &[1.0, 4.0]));
    plot.part(js.key(), || plot.level(unit.from_nats(LN_2), js.ink(), ceiling));
    // Curves end below the band for ∞, and their labels stand there.
    let panel = if infinite { below_band(plot.panel) } else { plot.panel.clone() };
    let room = Plot { panel: &panel, ..*plot };
    let read = |reading: &Reading, measure: Measure| measure.in_unit(reading.values[measure as usize], unit);
    let graphs = graphs(model, Measure::key, &read, &|value| value);
    let log_2 = [("value", js.readout(LN_2, unit).digits(texts))];
    let mut labels = CurveLabels::default();
    for Graph { measure, key, points, .. } in graphs.iter().filter(|graph| graph.is_finite()) {
        plot.part(key, || {
            let flat = *measure == js && model.shifted.parting().is_some();
            let words = format!("label.{key}{}", if flat { ".flat" } else { "" });
            labels.add(&room, points, label(&words, *measure, &log_2, plot, texts), measure.ink());
            room.line(points, measure.ink(), measure.stroke());
        });
    }
    plot.x_axis(0.0, false);
    plot.cursor(now.theta);
    labels.draw(&room);
    draw_dots(&graphs, model, plot);
    let forward = Measure::ForwardKl;
    if now.values[forward as usize] == f64::INFINITY {
        let at = Point { y: plot.panel.rect.top + BAND / 2.0, ..plot.pixel(now.theta, 0.0) };
        plot.part(forward.key(), || plot.picture.dot(at, 5.0, forward.ink()));
    }
}

/// Whether the slope of `measure` is exactly 0 from some shift on.
fn is_flat(model: &Model, measure: Measure) -> bool {
    let last = model.pieces.last().and_then(|piece| piece.last());
    last.is_some_and(|reading| reading.slopes[measure as usize] == Slope::Finite(0.0))
}

/// Draws their slopes.
pub(super) fn draw_slopes(model: &Model, plot: &Plot, texts: &Texts) {
    let (theta, unit) = (model.now.theta, model.shifted.unit);
    let logarithmic = model.shifted.axis == Axis::Logarithmic;
    let title = if logarithmic { "disjoint-supports.slopes.log" } else { "disjoint-supports.slopes" };
    plot.title(&texts.label(title, &[]), Ink::Soft);
    let panel = if logarithmic { above_band(plot.panel) } else { plot.panel.clone() };
    let room = Plot { panel: &panel, ..*plot };
    let zero = if logarithmic { draw_decades(plot, &room, texts) } else { 0.0 };
    // Divergences whose slope is exactly 0 share one label, which names all of them: none may be hidden.
    let mut flat = Measure::ALL.into_iter().filter(|measure| is_flat(model, *measure)).peekable();
    let together =
        !logarithmic && flat.peek().is_some() && flat.all(|measure| plot.picture.shows(measure.slope_key()));
    let read = |reading: &Reading, measure: Measure| {
        let slope = measure.in_unit(number_of(reading.slopes[measure as usize]), unit);
        if logarithmic { slope.abs().log10() } else { slope }
    };
    let mirror = |slope: f64| if logarithmic { slope } else { -slope };
    let graphs = graphs(model, Measure::slope_key, &read, &mirror);
    let mut labels = CurveLabels::default();
    for graph in graphs.iter().filter(|graph| plot.picture.shows(graph.key)) {
        let Graph { measure, key, ref points, .. } = *graph;
        plot.part(key, || room.line(points, measure.ink(), measure.stroke()));
        if logarithmic && is_flat(model, measure) {
            // −∞ on the logarithmic axis: in the band that says so.
            let parting = model.shifted.parting().unwrap_or_default();
            for ends in [[-EDGE, -parting], [parting, EDGE]] {
                let [from, to] = ends.map(|theta| Point { y: zero, ..plot.pixel(theta, 0.0) });
                plot.picture.rule(from, to, measure.ink(), measure.stroke());
            }
        } else if graph.is_finite() {
            let words = match measure {
                // Among crowded logarithmic curves there is room for names only.
                _ if logarithmic => {
                    texts.get(&format!("disjoint-supports.label.{}", measure.key())).to_owned()
                }
                Measure::JensenShannon if together => label("slope-label.flat", measure, &[], plot, texts),
                _ if together && is_flat(model, measure) => continue,
                _ => label(&format!("slope-label.{}", measure.key()), measure, &[], plot, texts),
            };
            labels.add(&room, points, words, measure.ink());
        }
    }
    if !logarithmic {
        plot.x_axis(0.0, false);
    }
    let base = Panel { y: 0.0..1.0, ..plot.panel.clone() };
    Plot { panel: &base, ..*plot }.x_axis(0.0, true);
    plot.cursor(theta);
    labels.draw(plot);
    draw_dots(&graphs, model, &room);
}

/// Draws the scale of logarithmic slopes into `room`, and the band for 0 below it; returns the height of its middle.
fn draw_decades(plot: &Plot, room: &Plot, texts: &Texts) -> f64 {
    let middle = plot.zero_band(texts.get("disjoint-supports.zero"));
    for exponent in ticks(&DECADES, 5) {
        room.level(exponent, Ink::Hair, Stroke::solid(1.0).fade(0.6));
        let at = room.pixel(room.panel.x.start, exponent);
        let style = TextStyle::new(Ink::Soft, 12.5);
        room.picture.label(Point { y: at.y + 9.0, ..at }, &number::power_of_ten(exponent), style);
    }
    middle
}
