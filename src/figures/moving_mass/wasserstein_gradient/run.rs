//! One descent: its states, and the numbers of the current one.

use divergences::fit::Slope;

use super::body::{Body, Loss};
use super::target::{BodyGradient, DescentTarget, Piece};
use super::{Descents, EDGE, TargetKey};
use crate::figure::prelude::*;
use crate::figures::measure::slope_number;

/// One descent.
pub(super) struct Run {
    pub(super) loss: Loss,
    /// The states from the initial to the current one.
    pub(super) way: Vec<Body>,
    pub(super) value: f64,
    pub(super) gradient: BodyGradient,
    pub(super) pieces: Vec<Piece>,
    /// The landscape of the loss. It depends on the target and on the shape of q, but not on its mean.
    pub(super) landscape: Memo<(TargetKey, Body), Vec<(f64, f64)>>,
}

impl Run {
    /// The descent on `loss` at the current step. `way` has its first states, and `before` is this descent
    /// before the change.
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

    /// The current state of q.
    pub(super) fn q(&self) -> &Body {
        &self.way[self.way.len() - 1]
    }

    /// The derivative by the mean. It is NaN at a kink.
    pub(super) fn slope(&self) -> f64 {
        slope_number(self.gradient.slope)
    }

    pub(super) fn readout(&self, unit: Unit) -> Readout {
        self.loss.measure().readout(self.value, unit)
    }

    /// The slope in words: a number, or the two one-sided ones at a kink.
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
