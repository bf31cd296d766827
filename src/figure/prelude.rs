//! Everything that the file of a figure needs of the contract: `use crate::figure::prelude::*;`.

pub(crate) use super::guess::{Asked, Question};
pub(crate) use super::parameter::{Kind, choice, parameters};
pub(crate) use super::readout::{Readout, UNITS, Unit};
pub(crate) use super::sound::Heard;
pub(crate) use super::texts::Texts;
pub(crate) use super::{
    Axes, Curve, Draggable, EVENT_PACE, Figure, Handle, Layout, Memo, NARROW, Preset, Table, Tier, ghosts,
    valid,
};
pub(crate) use crate::decimal;
pub(crate) use crate::plot::{
    Align, DensityStyle, Heading, Ink, Label, Plot, Point, Stroke, TextStyle, Third, number,
};
