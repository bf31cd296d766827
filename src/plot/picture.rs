//! A drawing in progress: what figures call to draw.

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

/// Which side of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It starts there.
    Left,
    /// Its middle is there.
    Centre,
    /// It ends there.
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Its colour.
    pub ink: Ink,
    /// Its size in CSS pixels.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Which side of it stands at its position.
    pub align: Align,
}

impl TextStyle {
    /// Plain text that starts at its position.
    #[must_use]
    pub const fn new(ink: Ink, size: f64) -> Self {
        Self { ink, size, bold: false, align: Align::Left }
    }

    /// The same, bold.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same, with another side at its position.
    #[must_use]
    pub const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// How a drawing is to look, wherever it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// Its colours.
    pub theme: Theme,
    /// The size below which no word is set, in CSS pixels: on a wall, what is smaller can't be read from the last row.
    /// The numbers of axes may be a tenth smaller. 0 leaves every word as the figure sets it.
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
    /// How opaque all that is drawn now is.
    opacity: Cell<f64>,
}

/// What is written in place of a number that is hidden.
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

    /// The same under `veil`.
    #[must_use]
    pub fn under(self, veil: Veil) -> Self {
        Self { veil, ..self }
    }

    /// Whether what is called `name`, a readout or a curve, may be seen.
    #[must_use]
    pub fn shows(&self, name: &str) -> bool {
        !self.veil.hides(name)
    }

    /// Draws a part of the figure, what belongs to `name`; nothing if that is hidden.
    pub fn part(&self, name: &str, draw: impl FnOnce()) {
        if let Some(around) = self.enter(name) {
            draw();
            self.opacity.set(around);
        }
    }

    /// Draws as opaquely from now on as `name` is, if it is shown at all; returns how it was before.
    #[inline(never)]
    fn enter(&self, name: &str) -> Option<f64> {
        self.shows(name).then(|| self.opacity.replace(self.opacity.get() * self.veil.opacity(name)))
    }

    /// `text`, or a question mark if it tells the readout `name` and that is hidden.
    #[must_use]
    pub fn told(&self, name: &str, text: String) -> String {
        if self.shows(name) { text } else { HIDDEN.to_owned() }
    }

    /// Its width in CSS pixels.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Its height in CSS pixels.
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

    // A Surface cannot fail, and nothing borrows it twice: the outcome of drawing carries no news.
    fn draw_path(
        &self,
        plane: &Plane,
        points: Vec<(f64, f64)>,
        colour: BackendColor,
        stroke: Option<Stroke>,
    ) {
        let _ = plane.draw(&Path { points, colour, stroke });
    }

    /// Draws the line through `points`, in `panel`'s units; what lies above or below the panel is left out.
    pub fn line(
        &self,
        panel: &Panel,
        points: impl IntoIterator<Item = (f64, f64)>,
        ink: Ink,
        stroke: Stroke,
    ) {
        self.stroke(panel, &mut points.into_iter(), ink, stroke);
    }

    // What is generic about drawing ends here, so that the rest is compiled once.
    fn stroke(&self, panel: &Panel, points: &mut dyn Iterator<Item = (f64, f64)>, ink: Ink, stroke: Stroke) {
        let plane = self.plane(panel);
        let colour = self.backend_colour(ink, stroke.opacity);
        for piece in clip(points, panel.y.start, panel.y.end) {
            self.draw_path(&plane, piece, colour, Some(stroke));
        }
    }

    /// Fills the area between the line through `points` and the height `base`, in `panel`'s units, cut off at the
    /// panel's edges.
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

    /// Draws a straight line between two pixels.
    pub fn rule(&self, from: Point, to: Point, ink: Ink, stroke: Stroke) {
        self.rules(vec![(from.x, from.y), (to.x, to.y)], ink, stroke);
    }

    /// Draws straight lines from pixel to pixel.
    fn rules(&self, points: Vec<(f64, f64)>, ink: Ink, stroke: Stroke) {
        let whole = Panel {
            rect: Rect { left: 0.0, top: 0.0, width: self.width, height: self.height },
            x: 0.0..self.width,
            y: self.height..0.0,
        };
        self.draw_path(&self.plane(&whole), points, self.backend_colour(ink, stroke.opacity), Some(stroke));
    }

    /// Draws an arrow between two pixels, its head at `to`; one too short for a head is only a line.
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

    /// Fills a rectangle of pixels.
    pub fn rectangle(&self, rect: Rect, ink: Ink, opacity: f64) {
        let corners =
            [(subpixel(rect.left), subpixel(rect.top)), (subpixel(rect.right()), subpixel(rect.bottom()))];
        let _ =
            self.root.draw(&plotters::element::Rectangle::new(corners, self.colour(ink, opacity).filled()));
    }

    /// Draws a dot of `radius` CSS pixels around a pixel.
    pub fn dot(&self, centre: Point, radius: f64, ink: Ink) {
        let _ = self.root.draw(&Circle::new(
            (subpixel(centre.x), subpixel(centre.y)),
            subpixel(radius),
            self.colour(ink, 1.0).filled(),
        ));
    }

    /// How far apart two lines stand at least, the lower of which has text of the size `asked`.
    #[must_use]
    pub fn leading(&self, asked: f64) -> f64 {
        1.25 * self.size(asked)
    }

    /// The size in which text of the size `asked` is set.
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

    /// Writes `text`, centred vertically on the pixel `at`.
    pub fn text(&self, at: Point, text: &str, style: TextStyle) {
        let _ = self.root.draw_text(text, &self.style(style), (subpixel(at.x), subpixel(at.y)));
    }

    /// Writes `text` like [`Self::text`], on a patch of the panel's colour that keeps lines from running through it.
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

    /// Draws `panel`'s horizontal axis at the height `y`, with ticks at round numbers and, if `labelled`, their values.
    pub fn x_axis(&self, panel: &Panel, y: f64, labelled: bool) {
        let base = crisp(panel.pixel(Point { x: panel.x.start, y }).y);
        // The line turns aside at each tick and comes back: every stroke of its own takes the browser time.
        let mut comb = vec![(panel.rect.left, base)];
        let size = self.size(TICK);
        // A label needs some 70 pixels of width to look at ease.
        for tick in ticks(&panel.x, (panel.rect.width / (70.0 * size / TICK)).max(2.0) as usize) {
            let x = crisp(panel.pixel(Point { x: tick, y }).x);
            comb.extend([(x, base), (x, base + 4.0), (x, base)]);
            if labelled {
                let style = TextStyle::new(Ink::Soft, TICK).align(Align::Centre);
                let text = super::number::plain(tick);
                // A label at the picture's edge stays inside; measuring takes time.
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

/// So near to the picture's edge a label of an axis might be cut off.
const EDGE_OF_LABELS: f64 = 40.0;

/// The middle of the pixel that holds `position`: a hairline there is sharp.
fn crisp(position: f64) -> f64 {
    position.floor() + 0.5
}
