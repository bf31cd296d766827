//! A figure in use: its parameters' present values, and all that the contract makes of them.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;

use super::components::{Component, Components, MEANS, SDS, WEIGHTS};
use super::grid::Grid;
use super::parameter::{Field, Kind, Parameters, Place, Problem, Spec};
use super::readout::Readout;
use super::texts::Texts;
use super::{Figure, Preset};
use crate::plot::{Panel, Picture, Point, Sink, Surface, SvgSink, Theme};

/// How long the axes take to follow the model, in seconds.
const FOLLOWING: f64 = 0.3;

/// A handle as the page needs it, in CSS pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HandleView {
    /// Where it stands, from the left.
    pub x: f64,
    /// Where it stands, from the top.
    pub y: f64,
    /// The CSS custom property of its colour.
    pub ink: &'static str,
    /// Whether it is drawn smaller.
    pub minor: bool,
    /// Whether the keyboard passes it over.
    pub twin: bool,
    /// Whether it moves sideways.
    pub horizontal: bool,
    /// Whether it moves up and down.
    pub vertical: bool,
    /// What it is called aloud.
    pub name: String,
    /// Where it stands, as said aloud.
    pub value: String,
}

/// What a moment of time did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Nothing is left to move.
    Still,
    /// The drawing changed, and will again.
    Moving,
}

/// A figure in use, whichever it is: what the page and the tools call.
pub trait Live {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What can be changed.
    fn specs(&self) -> &'static [Spec];
    /// Its named sets of values.
    fn presets(&self) -> &'static [Preset];
    /// The key of the parameter that Play advances.
    fn steps(&self) -> Option<&'static str>;
    /// The value of a parameter, as text.
    fn get(&self, key: &str) -> Option<String>;
    /// Changes a parameter.
    ///
    /// # Errors
    ///
    /// If there is no such parameter, or it does not accept `text`; nothing has changed then.
    fn set(&mut self, key: &str, text: &str) -> Result<(), Problem>;
    /// Back to the defaults.
    fn reset(&mut self);
    /// Takes the values of a preset; tells whether there is one of that name.
    fn apply_preset(&mut self, name: &str) -> bool;
    /// The name of the preset whose values these are.
    fn current_preset(&self) -> Option<&'static str>;
    /// The parameters that differ from their defaults, as key and text: the figure's part of the URL.
    fn changed(&self) -> Vec<(&'static str, String)>;
    /// The components of a mixture parameter, each `[weight, mean, sd]`.
    fn components(&self, key: &str) -> Vec<Component>;
    /// Its numbers.
    fn readouts(&self) -> Vec<Readout>;
    /// Its state in a sentence or two.
    fn summary(&self, texts: &Texts) -> String;
    /// The table under its drawing.
    fn grid(&self, texts: &Texts) -> Option<Grid>;
    /// The height it needs at `width`.
    fn height(&self, width: f64) -> f64;
    /// Draws it onto `sink`.
    fn draw(&self, sink: Box<dyn Sink>, width: f64, theme: Theme, texts: &Texts);
    /// Its handles at `width`.
    fn handles(&self, width: f64, texts: &Texts) -> Vec<HandleView>;
    /// Takes hold of a handle at the pixel `at`; the axes hold still until [`Live::release`].
    fn grab(&mut self, index: usize, at: Point, width: f64);
    /// Moves the held handle with the pointer, now at the pixel `to`.
    fn drag(&mut self, to: Point, width: f64);
    /// Lets go.
    fn release(&mut self);
    /// Moves a handle by whole steps, rightwards and upwards.
    fn nudge(&mut self, index: usize, right: f64, up: f64);
    /// Lets `seconds` pass: the axes follow the model.
    fn tick(&mut self, seconds: f64) -> Tick;
    /// Its data as CSV, with a comment line for each parameter.
    fn csv(&self) -> String;

    /// The drawing as a standalone SVG; with `themed`, as a poster whose colours follow the page.
    fn svg(&self, width: f64, theme: Theme, themed: bool, texts: &Texts) -> String {
        let height = self.height(width);
        let body = Rc::new(RefCell::new(String::new()));
        let theme = if themed { Theme::Light } else { theme };
        self.draw(Box::new(SvgSink::new(Rc::clone(&body), themed)), width, theme, texts);
        let title = crate::plot::escape(texts.get(&format!("{}.title", self.name())));
        let summary = crate::plot::escape(&self.summary(texts));
        let background = if themed {
            String::new()
        } else {
            let plotters::style::RGBColor(red, green, blue) = theme.colour(crate::plot::Ink::Background);
            format!("<rect width=\"100%\" height=\"100%\" fill=\"#{red:02x}{green:02x}{blue:02x}\"/>\n")
        };
        let body = body.borrow();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" font-family=\"system-ui, sans-serif\" role=\"img\">\n\
             <title>{title}</title>\n<desc>{summary}</desc>\n{background}{body}</svg>\n"
        )
    }
}

/// A figure's parameters with the model that they imply.
pub struct Instance<F: Figure> {
    parameters: F::Parameters,
    /// The parameters that `model` was made of.
    modelled: F::Parameters,
    model: F::Model,
    reach: Vec<f64>,
    held: Option<Held>,
}

/// A handle in the reader's hand.
struct Held {
    index: usize,
    /// From the pointer to the handle, in pixels: what is taken at its rim does not jump.
    offset: Point,
}

impl<F: Figure> Default for Instance<F> {
    fn default() -> Self {
        let parameters = fresh::<F>();
        let model = F::model(&parameters, None);
        let reach = F::reach(&model);
        Self { modelled: parameters.clone(), parameters, model, reach, held: None }
    }
}

/// The parameters with which a figure starts.
fn fresh<F: Figure>() -> F::Parameters {
    let mut parameters = F::Parameters::default();
    if let Some(preset) = F::PRESETS.first() {
        apply(&mut parameters, preset);
    }
    parameters
}

fn place<P: Parameters>(key: &str) -> Option<usize> {
    P::SPECS.iter().position(|spec| spec.key == key)
}

fn apply<P: Parameters>(parameters: &mut P, preset: &Preset) {
    for (key, text) in preset.values {
        if let Some(place) = place::<P>(key) {
            let accepted = parameters.set(place, text);
            debug_assert!(accepted, "preset {}: {key}={text}", preset.name);
        }
    }
}

/// The parts of a component, by the names in their keys.
const PARTS: [&str; 3] = ["weight", "mean", "sd"];

impl<F: Figure> Instance<F> {
    fn update(&mut self) {
        // What is shown is what the address says, to the last digit.
        for place in 0..F::Parameters::SPECS.len() {
            self.parameters.set(place, &self.parameters.get(place));
        }
        self.model = F::model(&self.parameters, Some((&self.modelled, &self.model)));
        self.modelled = self.parameters.clone();
        let wanted = F::reach(&self.model);
        if self.reach.len() == wanted.len() {
            // What grows is shown at once; what shrinks may wait for the reader to let go.
            for (shown, wanted) in self.reach.iter_mut().zip(wanted) {
                if wanted > *shown {
                    *shown = wanted;
                }
            }
        } else {
            self.reach = wanted;
        }
    }

    fn panels(&self, width: f64) -> Vec<Panel> {
        F::panels(&self.model, width, &self.reach)
    }

    /// Changes one number of a mixture, given by a key like `p.0.mean`; "add" and "remove" change how many there are.
    fn set_part(&mut self, key: &str, text: &str) -> Option<Result<(), Problem>> {
        let (parameter, rest) = key.split_once('.')?;
        let place = place::<F::Parameters>(parameter)?;
        let kind = F::Parameters::SPECS[place].kind;
        let mut mixture = Components::read(&self.parameters.get(place), &kind)?;
        let problem = |kind| Err(Problem { key: key.to_owned(), value: text.to_owned(), kind: Some(kind) });
        if rest == "add" {
            mixture.add();
        } else {
            let (index, part) = rest.split_once('.')?;
            let index = index.parse().ok().filter(|&index: &usize| index < mixture.all().len())?;
            let range = match part {
                "remove" => {
                    mixture.remove(index);
                    None
                }
                "weight" => Some(WEIGHTS),
                "mean" => Some(MEANS),
                "sd" => Some(SDS),
                _ => return None,
            };
            if let Some(range) = range {
                let accepts = Kind::Number { least: *range.start(), most: *range.end(), step: 0.01 };
                let Some(value) = f64::read(text, &accepts) else { return Some(problem(accepts)) };
                match part {
                    "weight" => mixture.set_share(index, value),
                    "mean" => mixture.set_mean(index, value),
                    _ => mixture.set_sd(index, value),
                }
            }
        }
        Some(if self.parameters.set(place, &mixture.write()) { Ok(()) } else { problem(kind) })
    }
}

impl<F: Figure> Live for Instance<F> {
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn specs(&self) -> &'static [Spec] {
        F::Parameters::SPECS
    }

    fn presets(&self) -> &'static [Preset] {
        F::PRESETS
    }

    fn steps(&self) -> Option<&'static str> {
        F::STEPS
    }

    fn get(&self, key: &str) -> Option<String> {
        if let Some(place) = place::<F::Parameters>(key) {
            return Some(self.parameters.get(place));
        }
        let (parameter, rest) = key.split_once('.')?;
        let (index, part) = rest.split_once('.')?;
        let component = *self.components(parameter).get(index.parse::<usize>().ok()?)?;
        let value =
            [component.weight, component.mean, component.sd][PARTS.iter().position(|p| *p == part)?];
        Some(format!("{}", (value * 1e4).round() / 1e4))
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        if let Some(outcome) = self.set_part(key, text) {
            outcome?;
        } else {
            let problem = |kind| Problem { key: key.to_owned(), value: text.to_owned(), kind };
            let place = place::<F::Parameters>(key).ok_or_else(|| problem(None))?;
            if !self.parameters.set(place, text) {
                return Err(problem(Some(F::Parameters::SPECS[place].kind)));
            }
        }
        self.update();
        Ok(())
    }

    fn reset(&mut self) {
        self.parameters = fresh::<F>();
        self.update();
    }

    fn apply_preset(&mut self, name: &str) -> bool {
        let Some(preset) = F::PRESETS.iter().find(|preset| preset.name == name) else { return false };
        let before = std::mem::take(&mut self.parameters);
        apply(&mut self.parameters, preset);
        if let Some(place) = F::PICK.and_then(place::<F::Parameters>) {
            self.parameters.set(place, &before.get(place));
        }
        self.update();
        true
    }

    fn current_preset(&self) -> Option<&'static str> {
        F::PRESETS
            .iter()
            .find(|preset| {
                let mut parameters = F::Parameters::default();
                apply(&mut parameters, preset);
                // Wherever the animation stands and whichever row is picked, the preset is the same.
                for place in [F::STEPS, F::PICK].into_iter().flatten().filter_map(place::<F::Parameters>) {
                    parameters.set(place, &self.parameters.get(place));
                }
                parameters == self.parameters
            })
            .map(|preset| preset.name)
    }

    fn changed(&self) -> Vec<(&'static str, String)> {
        let fresh = fresh::<F>();
        F::Parameters::SPECS
            .iter()
            .enumerate()
            .map(|(place, spec)| (spec.key, self.parameters.get(place), fresh.get(place)))
            .filter(|(_, now, fresh)| now != fresh)
            .map(|(key, now, _)| (key, now))
            .collect()
    }

    fn components(&self, key: &str) -> Vec<Component> {
        let mixture = place::<F::Parameters>(key).and_then(|place| {
            Components::read(&self.parameters.get(place), &F::Parameters::SPECS[place].kind)
        });
        mixture.map_or_else(Vec::new, |mixture| mixture.all().to_vec())
    }

    fn readouts(&self) -> Vec<Readout> {
        F::readouts(&self.model)
    }

    fn summary(&self, texts: &Texts) -> String {
        F::summary(&self.model, texts)
    }

    fn grid(&self, texts: &Texts) -> Option<Grid> {
        F::grid(&self.model, texts)
    }

    fn height(&self, width: f64) -> f64 {
        F::height(width)
    }

    fn draw(&self, sink: Box<dyn Sink>, width: f64, theme: Theme, texts: &Texts) {
        let height = F::height(width);
        let picture = Picture::new(Surface::new(sink, width, height), width, height, theme);
        F::draw(&self.model, &self.panels(width), &picture, texts);
    }

    fn handles(&self, width: f64, texts: &Texts) -> Vec<HandleView> {
        let panels = self.panels(width);
        let views = F::handles(&self.model, texts).into_iter().filter_map(|handle| {
            let panel = panels.get(handle.panel)?;
            let Point { x, y } = panel.pixel(handle.at);
            Some(HandleView {
                x: x.clamp(panel.rect.left, panel.rect.right()),
                y: y.clamp(panel.rect.top, panel.rect.bottom()),
                ink: handle.ink.css_name(),
                minor: handle.minor,
                twin: handle.twin,
                horizontal: handle.step.x != 0.0,
                vertical: handle.step.y != 0.0,
                name: handle.name,
                value: handle.value,
            })
        });
        views.collect()
    }

    fn grab(&mut self, index: usize, at: Point, width: f64) {
        let Some(view) = self.handles(width, &Texts::default()).into_iter().nth(index) else { return };
        self.held = Some(Held { index, offset: Point { x: view.x - at.x, y: view.y - at.y } });
    }

    fn drag(&mut self, to: Point, width: f64) {
        let Some(Held { index, offset }) = self.held else { return };
        let Some(handle) = F::handles(&self.model, &Texts::default()).into_iter().nth(index) else { return };
        let panels = self.panels(width);
        let Some(panel) = panels.get(handle.panel) else { return };
        let to = panel.value(Point { x: to.x + offset.x, y: to.y + offset.y });
        F::drag(&mut self.parameters, index, to);
        self.update();
    }

    fn release(&mut self) {
        self.held = None;
    }

    fn nudge(&mut self, index: usize, right: f64, up: f64) {
        let Some(handle) = F::handles(&self.model, &Texts::default()).into_iter().nth(index) else { return };
        let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
        F::drag(&mut self.parameters, index, to);
        self.update();
    }

    fn tick(&mut self, seconds: f64) -> Tick {
        let wanted = F::reach(&self.model);
        if self.held.is_some() || self.reach == wanted {
            return Tick::Still;
        }
        let part = 1.0 - (-4.0 * seconds / FOLLOWING).exp();
        for (shown, wanted) in self.reach.iter_mut().zip(wanted) {
            let gap = wanted - *shown;
            *shown = if gap.abs() <= 1e-3 * wanted.abs() { wanted } else { *shown + part * gap };
        }
        Tick::Moving
    }

    fn csv(&self) -> String {
        let table = F::table(&self.model);
        let mut text = format!("# {}\n", F::NAME);
        for (place, spec) in F::Parameters::SPECS.iter().enumerate() {
            text.push_str(&format!("# {}={}\n", spec.key, self.parameters.get(place)));
        }
        for readout in self.readouts() {
            let unit = readout.unit.map(|unit| unit.write()).unwrap_or_default();
            text.push_str(&format!("# {} = {} {unit}\n", readout.key, readout.value));
        }
        text.push_str(&table.columns.join(","));
        text.push('\n');
        for row in table.rows {
            let cells: Vec<_> = row.iter().map(f64::to_string).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }
}

impl Spec {
    /// Whether its control stands in the row under the drawing.
    #[must_use]
    pub fn is_front(&self) -> bool {
        self.place == Place::Front
    }
}
