//! One descent: its states, and what there is to tell of the present one.

use divergences::fit::Slope;

use super::body::{Body, Loss};
use super::target::{BodyGradient, DescentTarget, Piece};
use super::{Descents, EDGE, TargetKey};
use crate::figure::prelude::*;
use crate::figures::measure::slope_number;

/// One descent.
pub(super) struct Run {
    pub(super) loss: Loss,
    /// The start and the states after each step, up to the present one.
    pub(super) way: Vec<Body>,
    pub(super) value: f64,
    pub(super) gradient: BodyGradient,
    pub(super) pieces: Vec<Piece>,
    /// By the target and the shape of q: where q stands does not matter.
    pub(super) landscape: Memo<(TargetKey, Body), Vec<(f64, f64)>>,
}

impl Run {
    /// The descent on `loss` after its steps, of which `way` has the first; `before` is the same one as it was.
    pub(super) fn new(
        loss: Loss,
        descents: &Descents,
        target: &DescentTarget,
        mut way: Vec<Body>,
        before: Option<&Self>,
    ) -> Self {
        let step = descents.step as usize;
        way.truncate(step + 1);
        target.descend(loss, descents.rate, step, &mut way);
        let q = &way[way.len() - 1];
        let key = (descents.target_key(), q.shape());
        let landscape =
            Memo::new(key, before.map(|run| &run.landscape), |_| target.landscape(loss, q, -EDGE, EDGE));
        Self {
            loss,
            value: target.value(loss, q),
            gradient: target.gradient(loss, q),
            pieces: target.pieces(loss, q),
            landscape,
            way,
        }
    }

    /// Where q is now.
    pub(super) fn q(&self) -> &Body {
        &self.way[self.way.len() - 1]
    }

    /// dD/dμ; NaN where there is a kink.
    pub(super) fn slope(&self) -> f64 {
        slope_number(self.gradient.slope)
    }

    pub(super) fn readout(&self, unit: Unit) -> Readout {
        self.loss.measure().readout(self.value, unit)
    }

    /// The slope as it is written: a number, or those on both sides of a kink.
    pub(super) fn slope_text(&self, unit: Unit, texts: &Texts) -> String {
        let of = |slope: f64| self.loss.measure().slope_readout(slope, unit).digits(texts);
        match self.gradient.slope {
            Slope::Kink { left, right } => {
                texts.fill("wasserstein-gradient.kink", &[("left", of(left)), ("right", of(right))])
            }
            _ => of(self.slope()),
        }
    }
}
