//! The handles with which a mixture is shaped on the drawing.
//!
//! Each component has two handles, in the order of the components. The first moves the mean horizontally and
//! the weight vertically; the second, which is smaller, moves the width.

use super::components::{Components, Shape};
use super::texts::Texts;
use super::{Draggable, Handle};
use crate::decimal;
use crate::plot::{Ink, Point, number};
use divergences::distribution::Distribution;

/// The number of handles of each component.
const HANDLES_PER_COMPONENT: usize = 2;

/// The number of decimals of a mean or width set by dragging. Finer differences are smaller than a pixel.
const DECIMALS: i32 = 3;

/// The look of the handles of one mixture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MixtureHandleStyle {
    /// The index of their panel.
    pub(crate) panel: usize,
    /// The colour of the handles.
    pub(crate) ink: Ink,
    /// The height of the handles as a share of the density: 1 is on the curve.
    pub(crate) level: f64,
    /// Whether these handles duplicate others; see [`Handle::twin`].
    pub(crate) twin: bool,
    /// The prefix of the keys of their texts: `<words>.mode`, `<words>.mode.value`, `<words>.width` and
    /// `<words>.width.value`.
    pub(crate) words: &'static str,
}

/// Two densities at the mean of component `index`: that of the component alone, and the normalised one of all
/// others together.
fn own_and_other_density(mixture: &Components, shape: Shape, index: usize) -> (f64, f64) {
    let all = mixture.all();
    let at = all[index].mean;
    let others = || all.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, c)| c);
    let weight: f64 = others().map(|c| c.weight).sum();
    let other = if weight > 0.0 {
        others().map(|c| c.weight * c.density(shape, at)).sum::<f64>() / weight
    } else {
        0.0
    };
    (shape.peak(all[index].sd), other)
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
    let level = style.level;
    faces.map(|(i, face)| face.drags(move |p, to| drag(of(p), shape, i, level, to))).collect()
}

/// One mixture of a pair: the prefix of its texts' keys, its components, its distribution, and the function
/// that selects it among the parameters `P`.
pub(crate) type MixtureSide<'a, P> =
    (&'static str, &'a Components, &'a Distribution, fn(&mut P) -> &mut Components);

/// The handles of p, then those of q, in the first panel. The handles of q, in the colour `ink`, are on its
/// curve; those of p are at half its height, because the two curves may coincide.
pub(crate) fn of_pair<P: 'static>(
    shape: Shape,
    sides: [MixtureSide<P>; 2],
    ink: Ink,
    texts: &Texts,
) -> Vec<Draggable<P>> {
    let style = [(Ink::Target, 0.5), (ink, 1.0)].into_iter();
    let of = |((words, parts, distribution, of), (ink, level)): (MixtureSide<P>, _)| {
        let style = MixtureHandleStyle { panel: 0, ink, level, twin: false, words };
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
            ("weight", number::fixed(100.0 * mixture.share(i), 0)),
        ];
        let (own, other) = own_and_other_density(mixture, shape, i);
        let weighs = mixture.all().len() > 1 && own > other;
        // The handle is just inside the box, because rounding may put the edge itself outside.
        let edge = component.mean + shape.reach(component.sd) * (1.0 - 1e-9);
        let handle = |x: f64, part: &str| {
            Handle::new(style.panel, (x, style.level * density(x)), style.ink).twin(style.twin).worded(
                &format!("{}.{part}", style.words),
                &words,
                texts,
            )
        };
        let up = if weighs { 0.02 * style.level * (own - other) } else { 0.0 };
        handles.push(handle(component.mean, "mode").step(0.1, up));
        handles.push(handle(edge, "width").step(0.05, 0.0).minor(true));
    }
    handles
}

/// Moves handle `index` of `mixture` as near to `to` as it can get. `level` is [`MixtureHandleStyle::level`].
fn drag(mixture: &mut Components, shape: Shape, index: usize, level: f64, to: Point) {
    let component = index / HANDLES_PER_COMPONENT;
    if component >= mixture.all().len() {
        return;
    }
    if index % HANDLES_PER_COMPONENT == 1 {
        let mean = mixture.all()[component].mean;
        mixture.set_sd(component, decimal::rounded((to.x - mean).abs() / shape.reach(1.0), DECIMALS));
        return;
    }
    let (own, other) = own_and_other_density(mixture, shape, component);
    let before = mixture.share(component);
    let share = (to.y / level - other) / (own - other);
    if mixture.all().len() > 1 && own > other && (share - before).abs() > 1e-9 {
        mixture.drag_share(component, share);
    }
    mixture.set_mean(component, decimal::rounded(to.x, DECIMALS));
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: MixtureHandleStyle =
        MixtureHandleStyle { panel: 0, ink: Ink::Target, level: 0.5, twin: false, words: "" };

    #[test]
    fn a_handle_comes_to_stand_where_it_is_dragged() {
        for shape in [Shape::Bells, Shape::Boxes] {
            let mut mixture = Components::new(&[[0.5, -3.0, 0.5], [0.5, 3.0, 0.5]]);
            let show = |mixture: &Components| {
                let d = mixture.distribution(shape);
                faces(mixture, shape, &|x| d.density(x), STYLE, &Texts::default())
            };
            let before = show(&mixture)[0].at;
            let to = Point { x: before.x - 0.4, y: 1.3 * before.y };
            drag(&mut mixture, shape, 0, STYLE.level, to);
            let after = show(&mixture)[0].at;
            assert!((after.x - to.x).abs() <= 6e-4, "{shape:?}: {after:?} for {to:?}");
            assert!((after.y - to.y).abs() < 2e-4 * to.y, "{shape:?}: {after:?} for {to:?}");
            let edge = show(&mixture)[1].at;
            drag(&mut mixture, shape, 1, STYLE.level, Point { x: edge.x + 0.25, y: 0.0 });
            let moved = show(&mixture)[1].at.x;
            assert!((moved - edge.x - 0.25).abs() < 1e-3, "{shape:?}: width from {} to {moved}", edge.x);
        }
    }
}
