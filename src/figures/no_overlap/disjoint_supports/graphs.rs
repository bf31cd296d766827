//! The drawing of all divergences and of their slopes over the shift.

use std::f64::consts::LN_2;

use super::Model;
use super::reading::Reading;
use crate::figure::Scale;
use crate::figure::prelude::*;
use crate::figures::measure::Measure;
use crate::plot::{Curves, Label, NamedCurve};

/// The curves of the function `read` of each divergence. The name `part` veils a curve, and `label` is
/// written at its end.
fn curves(
    model: &Model,
    read: &dyn Fn(&Reading, Measure) -> f64,
    part: fn(Measure) -> &'static str,
    label: &dyn Fn(Measure) -> Option<Label>,
) -> Vec<NamedCurve> {
    let curve = |measure: Measure| {
        let right = model.pieces.line(&|reading| read(reading, measure));
        let left = model.pieces.line(&|reading| read(&reading.mirrored(), measure));
        let left = left.into_iter().rev().map(|(theta, height)| (-theta, height));
        NamedCurve {
            part: part(measure),
            label: label(measure),
            ink: measure.ink(),
            stroke: measure.stroke(),
            points: left.chain(right).collect(),
            now: read(&model.now, measure),
        }
    };
    // Both directions of KL agree between mirror images, so one curve shows both.
    Measure::ALL.into_iter().rev().filter(|measure| *measure != Measure::ReverseKl).map(curve).collect()
}

/// Draws the divergences.
pub(super) fn draw_values(model: &Model, plot: &Plot, texts: &Texts) {
    let (unit, js) = (model.shifted.unit, Measure::JensenShannon);
    plot.title(&texts.label("disjoint-supports.values", &[]), Ink::Soft);
    let mut panel = Curves::new(plot);
    if model.pieces.samples().any(|(_, reading)| reading.values[0] == f64::INFINITY) {
        // Only at shift 0 is one support within the other.
        panel.infinite_band(Measure::ForwardKl.key(), texts.get("disjoint-supports.infinite"), Some(0.0));
    }
    plot.part(js.key(), || plot.level(unit.from_nats(LN_2), js.ink(), Stroke::dashed(1.0, &[1.0, 4.0])));
    let log_2 = [("value", js.readout(LN_2, unit).digits(texts))];
    let label = |measure: Measure| {
        let flat = if measure == js && model.shifted.parting().is_some() { ".flat" } else { "" };
        Some(texts.label(&format!("disjoint-supports.label.{}{flat}", measure.key()), &log_2))
    };
    let value = |reading: &Reading, measure: Measure| measure.in_unit(reading.value(measure), unit);
    panel.draw(curves(model, &value, Measure::key, &label));
    plot.x_axis(0.0, false);
    panel.draw_position(model.shifted.theta);
}

/// Draws their slopes.
pub(super) fn draw_slopes(model: &Model, plot: &Plot, texts: &Texts) {
    let (unit, scale) = (model.shifted.unit, model.shifted.slopes);
    let logarithmic = scale == Scale::Logarithmic;
    let title = if logarithmic { "disjoint-supports.slopes.log" } else { "disjoint-supports.slopes" };
    plot.title(&texts.label(title, &[]), Ink::Soft);
    let mut panel = Curves::new(plot);
    if logarithmic {
        if model.shifted.parting().is_some() {
            panel.zero_band(texts.get("disjoint-supports.zero"));
        }
        panel.decades();
    }
    // Divergences whose slope is exactly 0 share a label. It names all of them, so none may be veiled.
    let flat = |measure: &Measure| model.is_flat(*measure);
    let together =
        Measure::ALL.into_iter().filter(flat).all(|measure| plot.picture.shows(measure.slope_key()));
    let label = |measure: Measure| {
        let key = match measure {
            // The logarithmic curves are so crowded that there is room for short names only.
            _ if logarithmic => format!("label.{}", measure.key()),
            Measure::JensenShannon if together && flat(&measure) => "slope-label.flat".to_owned(),
            _ if together && flat(&measure) => return None,
            _ => format!("slope-label.{}", measure.key()),
        };
        Some(texts.label(&format!("disjoint-supports.{key}"), &[]))
    };
    let slope = |reading: &Reading, measure: Measure| {
        let slope = measure.in_unit(reading.slope(measure), unit);
        // A slope is never 0 where the supports overlap. The number is then too small to be represented.
        let tiny = slope == 0.0 && model.shifted.parting().is_none();
        if logarithmic && tiny { f64::NAN } else { scale.height(slope) }
    };
    panel.draw(curves(model, &slope, Measure::slope_key, &label));
    if !logarithmic {
        plot.x_axis(0.0, false);
    }
    plot.x_axis(plot.panel.y.start, true);
    panel.draw_position(model.shifted.theta);
}
