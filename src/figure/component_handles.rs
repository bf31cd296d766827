//! The handles with which a mixture is shaped on the drawing.
//!
//! Each component has two handles on the curve, in the order of the components. The first, at the component's
//! peak, moves the mean horizontally and the weight vertically. The second, which is smaller and on the flank,
//! moves the width.

use super::components::{Component, Components, Shape};
use super::texts::Texts;
use super::{Draggable, Handle};
use crate::decimal;
use crate::plot::{Ink, Point, number};
use divergences::distribution::Distribution;

/// The number of handles of each component.
const HANDLES_PER_COMPONENT: usize = 2;

/// The number of decimals of a mean or width set by dragging. Finer differences are smaller than a pixel.
const DECIMALS: i32 = 3;

/// Where the handles of a component are along the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// At the peak and on the right flank.
    Peak,
    /// On the right shoulder and the left flank, so that they meet no others where two curves coincide.
    Shoulder,
}

impl Side {
    /// The distance of the first handle from the mean, in standard deviations.
    fn first(self) -> f64 {
        if self == Self::Shoulder { 0.5 } else { 0.0 }
    }

    /// The side of the second handle: 1 is right of the mean, and −1 left of it.
    fn sign(self) -> f64 {
        if self == Self::Shoulder { -1.0 } else { 1.0 }
    }
}

/// The look of the handles of one mixture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MixtureHandleStyle {
    /// The index of their panel.
    pub(crate) panel: usize,
    /// The colour of the handles.
    pub(crate) ink: Ink,
    /// Where the handles are along the curve.
    pub(crate) side: Side,
    /// Whether these handles duplicate others; see [`Handle::twin`].
    pub(crate) twin: bool,
    /// The prefix of the keys of their texts: `<words>.mode`, `<words>.mode.value`, `<words>.width` and
    /// `<words>.width.value`.
    pub(crate) words: &'static str,
}

/// Where the first handle of `component` is.
fn first(component: &Component, side: Side) -> f64 {
    component.mean + side.first() * component.sd
}

/// Two densities at the first handle of component `index`: that of the component alone, and the normalised one of
/// all others together.
fn own_and_other_density(mixture: &Components, shape: Shape, side: Side, index: usize) -> (f64, f64) {
    let all = mixture.all();
    let at = first(&all[index], side);
    let others = || all.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, c)| c);
    let weight: f64 = others().map(|c| c.weight).sum();
    let other = if weight > 0.0 {
        others().map(|c| c.weight * c.density(shape, at)).sum::<f64>() / weight
    } else {
        0.0
    };
    (all[index].density(shape, at), other)
}

/// The handles of `mixture`, whose density is `density`. `of` selects the mixture among the parameters.
pub(crate) fn handles<P: 'static>(
    mixture: &Components,
    shape: Shape,
    density: &dyn Fn(f64) -> f64,
    style: MixtureHandleStyle,
    texts: &Texts,
    of: fn(&mut P) -> &mut Components,
) -> Vec<Draggable<P>> {
    let faces = faces(mixture, shape, density, style, texts).into_iter().enumerate();
    let side = style.side;
    faces.map(|(i, face)| face.drags(move |p, to| drag(of(p), shape, i, side, to))).collect()
}

/// One mixture of a pair: the prefix of its texts' keys, its components, its distribution, and the function
/// that selects it among the parameters `P`.
pub(crate) type MixtureSide<'a, P> =
    (&'static str, &'a Components, &'a Distribution, fn(&mut P) -> &mut Components);

/// The handles of p, then those of q, in the first panel. Those of q are in the colour `ink`. Those of p are beside
/// its peak, because the two curves may coincide.
pub(crate) fn of_pair<P: 'static>(
    shape: Shape,
    sides: [MixtureSide<P>; 2],
    ink: Ink,
    texts: &Texts,
) -> Vec<Draggable<P>> {
    let style = [(Ink::Target, Side::Shoulder), (ink, Side::Peak)].into_iter();
    let of = |((words, parts, distribution, of), (ink, side)): (MixtureSide<P>, _)| {
        let style = MixtureHandleStyle { panel: 0, ink, side, twin: false, words };
        handles(parts, shape, &|x| distribution.density(x), style, texts, of)
    };
    sides.into_iter().zip(style).flat_map(of).collect()
}

fn faces(
    mixture: &Components,
    shape: Shape,
    density: &dyn Fn(f64) -> f64,
    style: MixtureHandleStyle,
    texts: &Texts,
) -> Vec<Handle> {
    let mut handles = Vec::with_capacity(HANDLES_PER_COMPONENT * mixture.all().len());
    for (i, component) in mixture.all().iter().enumerate() {
        let words = [
            ("number", (i + 1).to_string()),
            ("mean", number::fixed(component.mean, 2)),
            ("sd", number::fixed(component.sd, 2)),
            ("weight", number::per_cent(mixture.share(i), 0)),
        ];
        let (own, other) = own_and_other_density(mixture, shape, style.side, i);
        let weighs = mixture.all().len() > 1 && own > other;
        // The handle is just inside the box, because rounding may put the edge itself outside.
        let edge = component.mean + style.side.sign() * shape.reach(component.sd) * (1.0 - 1e-9);
        let handle = |x: f64, part: &str| {
            Handle::new(style.panel, (x, density(x)), style.ink).twin(style.twin).worded(
                &format!("{}.{part}", style.words),
                &words,
                texts,
            )
        };
        let up = if weighs { 0.02 * (own - other) } else { 0.0 };
        handles.push(handle(first(component, style.side), "mode").step(0.1, up));
        handles.push(handle(edge, "width").step(0.05, 0.0).minor(true));
    }
    handles
}

/// Moves handle `index` of `mixture`, on the side `side`, as near to `to` as it can get.
fn drag(mixture: &mut Components, shape: Shape, index: usize, side: Side, to: Point) {
    let component = index / HANDLES_PER_COMPONENT;
    if component >= mixture.all().len() {
        return;
    }
    if index % HANDLES_PER_COMPONENT == 1 {
        let away = side.sign() * (to.x - mixture.all()[component].mean);
        mixture.set_sd(component, decimal::rounded(away / shape.reach(1.0), DECIMALS));
        return;
    }
    let (own, other) = own_and_other_density(mixture, shape, side, component);
    let before = mixture.share(component);
    let share = (to.y - other) / (own - other);
    if mixture.all().len() > 1 && own > other && (share - before).abs() > 1e-9 {
        mixture.drag_share(component, share);
    }
    let mean = to.x - side.first() * mixture.all()[component].sd;
    mixture.set_mean(component, decimal::rounded(mean, DECIMALS));
}

#[cfg(test)]
mod tests {
    use super::super::components::SDS;
    use super::*;

    fn shown(mixture: &Components, shape: Shape, side: Side) -> Vec<Handle> {
        let style = MixtureHandleStyle { panel: 0, ink: Ink::Target, side, twin: false, words: "" };
        let d = mixture.distribution(shape);
        faces(mixture, shape, &|x| d.density(x), style, &Texts::default())
    }

    #[test]
    fn a_handle_comes_to_stand_where_it_is_dragged() {
        for (shape, side) in [Shape::Bells, Shape::Boxes]
            .into_iter()
            .flat_map(|shape| [Side::Shoulder, Side::Peak].map(|side| (shape, side)))
        {
            let mut mixture = Components::new(&[[0.5, -3.0, 0.5], [0.5, 3.0, 0.5]]);
            let before = shown(&mixture, shape, side)[0].at;
            let to = Point { x: before.x - 0.4, y: 1.3 * before.y };
            drag(&mut mixture, shape, 0, side, to);
            let after = shown(&mixture, shape, side)[0].at;
            assert!((after.x - to.x).abs() <= 6e-4, "{shape:?} {side:?}: {after:?} for {to:?}");
            assert!((after.y - to.y).abs() < 2e-4 * to.y, "{shape:?} {side:?}: {after:?} for {to:?}");
            let edge = shown(&mixture, shape, side)[1].at;
            let wider = edge.x + 0.25 * side.sign();
            drag(&mut mixture, shape, 1, side, Point { x: wider, y: 0.0 });
            let moved = shown(&mixture, shape, side)[1].at.x;
            assert!((moved - wider).abs() < 1e-3, "{shape:?} {side:?}: width from {} to {moved}", edge.x);
            drag(&mut mixture, shape, 1, side, Point { x: wider - 9.0 * side.sign(), y: 0.0 });
            assert_eq!(mixture.all()[0].sd, *SDS.start(), "past the mean there is no width left");
        }
    }

    #[test]
    fn handles_of_equal_curves_do_not_meet() {
        for shape in [Shape::Bells, Shape::Boxes] {
            let mixture = Components::new(&[[0.6, -1.6, 0.7], [0.4, 1.4, 0.9]]);
            let [of_p, of_q] = [Side::Shoulder, Side::Peak].map(|side| shown(&mixture, shape, side));
            for (one, other) in of_p.iter().flat_map(|one| of_q.iter().map(move |other| (one, other))) {
                assert!((one.at.x - other.at.x).abs() > 0.2, "{shape:?}: {:?} and {:?}", one.at, other.at);
            }
            for handle in of_p.iter().chain(&of_q) {
                let height = mixture.distribution(shape).density(handle.at.x);
                assert_eq!(handle.at.y, height, "{shape:?}: {:?} is on the curve", handle.at);
            }
        }
    }
}
