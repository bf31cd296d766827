//! The handles with which weights over outcomes are shaped on the drawing: one on top of each bar, or one for
//! three shares on a triangle.

use super::texts::Texts;
use super::weights::{Weights, outcome_name};
use super::{Draggable, Handle};
use crate::plot::{Bars, Ink, number, simplex};

/// The look of the handles of one set of weights.
#[derive(Clone, Copy, Debug)]
pub struct WeightHandleStyle {
    /// The index of their panel.
    pub panel: usize,
    /// The colour of the handles.
    pub ink: Ink,
    /// Whether these handles duplicate others; see [`Handle::twin`].
    pub twin: bool,
    /// Whether the heights of the bars are the square roots of the shares.
    pub roots: bool,
    /// The name of the figure, which determines the names of the outcomes.
    pub figure: &'static str,
    /// The keys of their texts: the name is `<words>`, with `{outcome}`; the value is `<words>.value`, with
    /// `{share}` in per cent.
    pub words: &'static str,
    /// The curve that they lie on, or ""; see [`Handle::curve`].
    pub curve: &'static str,
}

impl WeightHandleStyle {
    fn handle(&self, at: (f64, f64), words: &[(&str, String)], texts: &Texts) -> Handle {
        Handle::new(self.panel, at, self.ink).twin(self.twin).worded(self.words, words, texts).on(self.curve)
    }
}

/// The change of a share for one press of an arrow key.
const STEP: f64 = 0.01;

/// A handle on top of each bar of `weights`, which are series `series` of `bars`. `of` selects the weights
/// among the parameters. The handle of a locked outcome does not move.
pub fn handles<P: 'static>(
    weights: &Weights,
    (bars, series): (&Bars, usize),
    style: WeightHandleStyle,
    texts: &Texts,
    of: fn(&mut P) -> &mut Weights,
) -> Vec<Draggable<P>> {
    let count = weights.count();
    let shares = weights.shares().into_iter().enumerate();
    let handle = |(index, share): (usize, f64)| {
        let words =
            [("outcome", outcome_name(style.figure, index, texts)), ("share", number::per_cent(share, 1))];
        let step = if weights.most(index).is_some() { STEP } else { 0.0 };
        let height = if style.roots { share.sqrt() } else { share };
        let handle = style.handle((bars.centre(index, series), height), &words, texts).step(0.0, step);
        handle.drags(move |parameters, to| {
            let weights = of(parameters);
            // The parameter may name fewer outcomes than are shown.
            weights.pad(count);
            weights.drag_share(index, if style.roots { to.y.max(0.0).powi(2) } else { to.y });
        })
    };
    shares.map(handle).collect()
}

/// One set of weights of a pair: the key of its texts, the weights, and the function that selects them among
/// the parameters `P`.
pub type WeightsSide<'a, P> = (&'static str, &'a Weights, fn(&mut P) -> &mut Weights);

/// The handles of p, then those of q, whose bars stand side by side in the panel `panel` of `figure`. The bars
/// are as high as the shares, or as their square roots if `roots`. The handles of q are in the colour `ink`.
pub fn of_pair<P: 'static>(
    (figure, panel): (&'static str, usize),
    sides: [WeightsSide<P>; 2],
    roots: bool,
    ink: Ink,
    texts: &Texts,
) -> Vec<Draggable<P>> {
    let bars = Bars::new(sides[0].1.count(), 2);
    let of = |(series, (words, weights, of)): (usize, WeightsSide<P>)| {
        let ink = if series == 0 { Ink::Target } else { ink };
        let style = WeightHandleStyle { panel, ink, twin: false, roots, figure, words, curve: "" };
        handles(weights, (&bars, series), style, texts, of)
    };
    sides.into_iter().enumerate().flat_map(of).collect()
}

/// The handle of three weights on a triangle, in a panel with [`super::Axes::simplex`]. Its texts may contain
/// `{first}`, `{second}` and `{third}`, the shares in per cent. `None` unless there are three weights.
pub fn on_simplex<P: 'static>(
    weights: &Weights,
    style: WeightHandleStyle,
    texts: &Texts,
    of: fn(&mut P) -> &mut Weights,
) -> Option<Draggable<P>> {
    let shares: [f64; 3] = weights.shares().try_into().ok()?;
    let [first, second, third] = shares.map(|share| number::per_cent(share, 1));
    let words = [("first", first), ("second", second), ("third", third)];
    let moves = (0..3).any(|index| weights.most(index).is_some());
    let step = if moves { STEP } else { 0.0 };
    let at = simplex::place(shares);
    let handle = style.handle((at.x, at.y), &words, texts).step(step, step);
    Some(handle.drags(move |parameters, to| {
        let weights = of(parameters);
        weights.pad(3);
        weights.drag_shares(&simplex::shares(to));
    }))
}
