//! The handles of p and of q.

use divergences::order::clamp;

use super::blocks::Blocks;
use super::body::{Body, NARROWEST};
use super::mass::STEM;
use super::{CENTRES, Descents, Family, HALVES, Model, PANELS, WIDEST_GAP};
use crate::figure::prelude::*;

/// The handles of all columns. Each column has three of p, which do the same in every column, and two of q.
pub(super) fn all(model: &Model, texts: &Texts) -> Vec<Draggable<Descents>> {
    let Blocks { centre, half, gap } = model.target.blocks;
    let bells = model.target.family == Family::Gaussian;
    let level = model.target.blocks.level();
    let p_at = |x: f64, of: f64| (x, if bells { model.target.p.density(x) } else { of * level });
    let inner = p_at(centre + 0.5 * gap, if bells { 1.0 } else { 0.5 });
    let inner = if bells { (inner.0, 0.5 * inner.1) } else { inner };
    let mut handles = Vec::new();
    for (which, run) in model.runs.iter().enumerate() {
        let handle = |at, ink, minor, key: &str, value: f64| {
            let name = texts.get(&format!("wasserstein-gradient.handle.{key}")).to_owned();
            Handle::new(PANELS * which, at, ink)
                .step(if minor { 0.05 } else { 0.1 }, 0.0)
                .minor(minor)
                .twin(which > 0)
                .named(name, number::fixed(value, 2))
        };
        let p = |at, minor, key, value| handle(at, Ink::Target, minor, key, value);
        let middle = p_at(grip(model.target.family, &model.target.blocks), 1.0);
        handles.push(p(middle, false, "p", centre).drags(|descents: &mut Descents, to| {
            let blocks = Blocks { centre: 0.0, half: descents.half, gap: descents.gap };
            descents.centre = CENTRES.bounded(to.x - grip(descents.family, &blocks));
        }));
        let edge = p_at(centre - 0.5 * gap - half, 0.5);
        handles.push(p(edge, true, "width", half).drags(|descents: &mut Descents, to| {
            descents.half = HALVES.bounded((descents.centre - 0.5 * descents.gap - to.x).abs());
        }));
        handles.push(p(inner, true, "gap", gap).drags(|descents: &mut Descents, to| {
            descents.gap = clamp(2.0 * (to.x - descents.centre), 0.0, WIDEST_GAP);
        }));
        let (mean, scale) = (run.q().mean(), run.q().scale());
        let [top, side] = match run.q() {
            Body::Block { .. } => [0.5 / scale, 0.25 / scale],
            Body::Bell { .. } => [0.398_942 / scale, 0.241_971 / scale],
            Body::Points(_) => [STEM * level, 0.5 * STEM * level],
        };
        let q = |at, minor, key, value| {
            handle(at, run.loss.measure().ink(), minor, key, value).on(run.loss.curve())
        };
        // Dragging q sets the start of all three descents.
        let restart = |descents: &mut Descents, mean: f64, scale: f64| {
            descents.mean = CENTRES.bounded(mean);
            descents.scale = HALVES.bounded(scale.max(NARROWEST));
            descents.step = 0;
        };
        let top = q((mean, top), false, "q", mean);
        handles.push(top.drags(move |descents: &mut Descents, to| restart(descents, to.x, scale)));
        let side = q((mean + scale, side), true, "scale", scale);
        handles.push(side.drags(move |descents: &mut Descents, to| {
            restart(descents, mean, (to.x - mean).abs());
        }));
    }
    handles
}

/// The position of the handle of p: the middle of its left half, or the mean of its left bell.
fn grip(family: Family, p: &Blocks) -> f64 {
    p.centre - 0.5 * p.gap - if family == Family::Gaussian { 0.0 } else { 0.5 * p.half }
}
