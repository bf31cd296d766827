//! A drawing in progress: the calls with which figures draw.

use std::cell::Cell;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Circle;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor};
use plotters_backend::BackendColor;

use super::element::{Path, Stroke, clip};
use super::panel::{Panel, Point, Rect};
use super::surface::{SUBPIXELS, Surface};
use super::theme::{Ink, Theme};
use super::ticks::ticks;
use super::veil::Veil;
use divergences::order::clamp;

/// The horizontal alignment of a text to its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The text starts at its position.
    Left,
    /// The text is centred on its position.
    Centre,
    /// The text ends at its position.
    Right,
}

/// The style of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The colour.
    pub ink: Ink,
    /// The size in CSS pixels.
    pub size: f64,
    /// Whether the text is bold.
    pub bold: bool,
    /// The horizontal alignment.
    pub align: Align,
}

impl TextStyle {
    /// Normal weight, left-aligned.
    #[must_use]
    pub const fn new(ink: Ink, size: f64) -> Self {
        Self { ink, size, bold: false, align: Align::Left }
    }

    /// This style in bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// This style with another alignment.
    #[must_use]
    pub const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// The look of a drawing, which does not depend on the figure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// The set of colours.
    pub theme: Theme,
    /// The smallest text size, in CSS pixels: on a wall, smaller text cannot be read from the last row. The
    /// numbers of axes may be a tenth smaller. 0 keeps the sizes that the figure asks for.
    pub legible: f64,
}

impl From<Theme> for Look {
    fn from(theme: Theme) -> Self {
        Self { theme, legible: 0.0 }
    }
}

/// The size of the numbers at axes, in CSS pixels.
const TICK: f64 = 12.5;

/// A drawing in progress.
pub struct Picture {
    root: DrawingArea<Surface, Shift>,
    look: Look,
    width: f64,
    height: f64,
    veil: Veil,
    /// The opacity of everything that is drawn now.
    opacity: Cell<f64>,
}

/// The text in place of a veiled number.
pub const HIDDEN: &str = "?";

type Plane = DrawingArea<Surface, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

fn subpixel(length: f64) -> i32 {
    (length * SUBPIXELS).round() as i32
}

impl Picture {
    /// An empty drawing of `width` × `height` CSS pixels on `surface`.
    #[must_use]
    pub fn new(surface: Surface, width: f64, height: f64, look: Look) -> Self {
        let root = surface.into_drawing_area();
        Self { root, look, width, height, veil: Veil::default(), opacity: Cell::new(1.0) }
    }

    /// This drawing with `veil` over it.
    #[must_use]
    pub fn under(self, veil: Veil) -> Self {
        Self { veil, ..self }
    }

    /// Whether the readout or curve called `name` may be seen.
    #[must_use]
    pub fn shows(&self, name: &str) -> bool {
        !self.veil.hides(name)
    }

    /// Draws the part of the figure that belongs to `name`, or nothing while that is veiled.
    pub fn part(&self, name: &str, draw: impl FnOnce()) {
        if let Some(around) = self.begin_part(name) {
            draw();
            self.opacity.set(around);
        }
    }

    /// Multiplies the current opacity by that of `name` and returns the previous one; `None` while `name` is
    /// veiled.
    #[inline(never)]
    fn begin_part(&self, name: &str) -> Option<f64> {
        self.shows(name).then(|| self.opacity.replace(self.opacity.get() * self.veil.opacity(name)))
    }

    /// `text`, or [`HIDDEN`] while the readout `name` is veiled.
    #[must_use]
    pub fn told(&self, name: &str, text: String) -> String {
        if self.shows(name) { text } else { HIDDEN.to_owned() }
    }

    /// The width in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The height in CSS pixels.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    fn colour(&self, ink: Ink, opacity: f64) -> RGBAColor {
        self.look.theme.colour(ink).mix(opacity * self.opacity.get())
    }

    fn backend_colour(&self, ink: Ink, opacity: f64) -> BackendColor {
        self.colour(ink, opacity).to_backend_color()
    }

    fn plane(&self, panel: &Panel) -> Plane {
        let Rect { left, top, .. } = panel.rect;
        let (right, bottom) = (panel.rect.right(), panel.rect.bottom());
        self.root.apply_coord_spec(Cartesian2d::new(
            panel.x.clone(),
            panel.y.clone(),
            (subpixel(left)..subpixel(right), subpixel(bottom)..subpixel(top)),
        ))
    }

    // The result is ignored, because a `Surface` cannot fail and nothing borrows it twice.
    fn draw_path(
        &self,
        plane: &Plane,
        points: Vec<(f64, f64)>,
        colour: BackendColor,
        stroke: Option<Stroke>,
    ) {
        let _ = plane.draw(&Path { points, colour, stroke });
    }

    /// Draws the line through `points`, in the units of `panel`, clipped at the panel's top and bottom.
    pub fn line(
        &self,
        panel: &Panel,
        points: impl IntoIterator<Item = (f64, f64)>,
        ink: Ink,
        stroke: Stroke,
    ) {
        self.stroke(panel, &mut points.into_iter(), ink, stroke);
    }

    // This function is not generic, so that it is compiled once and not for every type of iterator.
    fn stroke(&self, panel: &Panel, points: &mut dyn Iterator<Item = (f64, f64)>, ink: Ink, stroke: Stroke) {
        let plane = self.plane(panel);
        let colour = self.backend_colour(ink, stroke.opacity);
        for piece in clip(points, panel.y.start, panel.y.end) {
            self.draw_path(&plane, piece, colour, Some(stroke));
        }
    }

    /// Fills the area between the line through `points` and the height `base`, in the units of `panel`,
    /// clipped at the panel's top and bottom.
    pub fn area(
        &self,
        panel: &Panel,
        points: impl IntoIterator<Item = (f64, f64)>,
        base: f64,
        ink: Ink,
        opacity: f64,
    ) {
        self.fill(panel, &mut points.into_iter(), base, ink, opacity);
    }

    fn fill(
        &self,
        panel: &Panel,
        points: &mut dyn Iterator<Item = (f64, f64)>,
        base: f64,
        ink: Ink,
        opacity: f64,
    ) {
        let mut outline: Vec<(f64, f64)> =
            points.map(|(x, y)| (x, clamp(y, panel.y.start, panel.y.end))).collect();
        let (Some(&first), Some(&last)) = (outline.first(), outline.last()) else { return };
        outline.push((last.0, base));
        outline.push((first.0, base));
        self.draw_path(&self.plane(panel), outline, self.backend_colour(ink, opacity), None);
    }

    /// Draws a straight line between two positions in pixels.
    pub fn rule(&self, from: Point, to: Point, ink: Ink, stroke: Stroke) {
        self.rules(vec![(from.x, from.y), (to.x, to.y)], ink, stroke);
    }

    /// Draws a polyline through positions in pixels.
    fn rules(&self, points: Vec<(f64, f64)>, ink: Ink, stroke: Stroke) {
        let whole = Panel {
            rect: Rect { left: 0.0, top: 0.0, width: self.width, height: self.height },
            x: 0.0..self.width,
            y: self.height..0.0,
        };
        self.draw_path(&self.plane(&whole), points, self.backend_colour(ink, stroke.opacity), Some(stroke));
    }

    /// Draws an arrow from `from` to `to`, in pixels. An arrow too short for a head is a plain line.
    pub fn arrow(&self, from: Point, to: Point, ink: Ink, stroke: Stroke) {
        let length = (to.x - from.x).hypot(to.y - from.y);
        let head = (2.0 + 2.6 * stroke.width).min(0.8 * length);
        if head < 1.5 {
            return self.rule(from, to, ink, stroke);
        }
        let (along_x, along_y) = ((to.x - from.x) / length, (to.y - from.y) / length);
        let base = Point { x: to.x - head * along_x, y: to.y - head * along_y };
        self.rule(from, base, ink, stroke);
        let half = 0.45 * head;
        let corner =
            |side: f64| (subpixel(base.x - side * half * along_y), subpixel(base.y + side * half * along_x));
        let head = plotters::element::Polygon::new(
            vec![corner(1.0), (subpixel(to.x), subpixel(to.y)), corner(-1.0)],
            self.colour(ink, stroke.opacity).filled(),
        );
        let _ = self.root.draw(&head);
    }

    /// Fills a rectangle given in pixels.
    pub fn rectangle(&self, rect: Rect, ink: Ink, opacity: f64) {
        let corners =
            [(subpixel(rect.left), subpixel(rect.top)), (subpixel(rect.right()), subpixel(rect.bottom()))];
        let _ =
            self.root.draw(&plotters::element::Rectangle::new(corners, self.colour(ink, opacity).filled()));
    }

    /// Draws a dot of `radius` CSS pixels around a position in pixels.
    pub fn dot(&self, centre: Point, radius: f64, ink: Ink) {
        let _ = self.root.draw(&Circle::new(
            (subpixel(centre.x), subpixel(centre.y)),
            subpixel(radius),
            self.colour(ink, 1.0).filled(),
        ));
    }

    /// The least distance between two lines of text, where the lower is to have the size `asked`.
    #[must_use]
    pub fn leading(&self, asked: f64) -> f64 {
        1.25 * self.size(asked)
    }

    /// The size that a text of size `asked` gets under [`Look::legible`].
    fn size(&self, asked: f64) -> f64 {
        asked.max(if asked > TICK { self.look.legible } else { 0.9 * self.look.legible })
    }

    fn style(&self, style: TextStyle) -> plotters::style::TextStyle<'static> {
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        let horizontal = match style.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        plotters::style::TextStyle {
            font: FontDesc::new(FontFamily::SansSerif, self.size(style.size) * SUBPIXELS, weight),
            color: self.backend_colour(style.ink, 1.0),
            pos: Pos::new(horizontal, VPos::Center),
        }
    }

    /// Writes `text`, centred vertically on `at`, in pixels.
    pub fn text(&self, at: Point, text: &str, style: TextStyle) {
        let _ = self.root.draw_text(text, &self.style(style), (subpixel(at.x), subpixel(at.y)));
    }

    /// Writes `text` like [`Self::text`], on a patch of the panel's colour that keeps lines from crossing it.
    pub fn label(&self, at: Point, text: &str, style: TextStyle) {
        let width = self.text_width(text, style);
        let left = match style.align {
            Align::Left => at.x,
            Align::Centre => at.x - width / 2.0,
            Align::Right => at.x - width,
        };
        let size = self.size(style.size);
        let patch =
            Rect { left: left - 3.0, top: at.y - 0.55 * size, width: width + 6.0, height: 1.1 * size };
        self.rectangle(patch, Ink::Panel, 0.8);
        self.text(at, text, style);
    }

    /// The width of `text` in CSS pixels.
    #[must_use]
    pub fn text_width(&self, text: &str, style: TextStyle) -> f64 {
        self.root
            .estimate_text_size(text, &self.style(style))
            .map_or(0.0, |(width, _)| f64::from(width) / SUBPIXELS)
    }

    /// Draws the horizontal axis of `panel` at the height `y`, with ticks at round numbers, and with their
    /// values if `labelled`.
    pub fn x_axis(&self, panel: &Panel, y: f64, labelled: bool) {
        let base = crisp(panel.pixel(Point { x: panel.x.start, y }).y);
        // Axis and ticks are one line, which goes out to the end of each tick and back, because each stroke
        // costs the browser time.
        let mut comb = vec![(panel.rect.left, base)];
        let size = self.size(TICK);
        // Each label gets about 70 pixels of width.
        for tick in ticks(&panel.x, (panel.rect.width / (70.0 * size / TICK)).max(2.0) as usize) {
            let x = crisp(panel.pixel(Point { x: tick, y }).x);
            comb.extend([(x, base), (x, base + 4.0), (x, base)]);
            if labelled {
                let style = TextStyle::new(Ink::Soft, TICK).align(Align::Centre);
                let text = super::number::plain(tick);
                // A label near the edge of the picture is moved inside. Others are not measured, because
                // measuring takes time.
                let x = if x.min(self.width - x) < EDGE_OF_LABELS {
                    let half = self.text_width(&text, style) / 2.0;
                    clamp(x, half, (self.width - half).max(half))
                } else {
                    x
                };
                self.text(Point { x, y: base + 14.0 + (size - TICK) / 2.0 }, &text, style);
            }
        }
        comb.push((panel.rect.right(), base));
        self.rules(comb, Ink::Hair, Stroke::solid(1.0));
    }
}

/// A label of an axis can only be cut off if it is nearer than this to the edge of the picture, in CSS
/// pixels.
const EDGE_OF_LABELS: f64 = 40.0;

/// The middle of the pixel that contains `position`. A hairline there is sharp.
fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}
