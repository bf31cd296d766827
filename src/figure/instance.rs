//! A figure in use: its parameters' present values, and all that the contract makes of them.

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;

use super::components::{Component, Components, MEANS, SDS, WEIGHTS};
use super::glide::between;
use super::grid::{Cell, Grid};
use super::guess::{Guess, Question};
use super::parameter::{Field, Kind, Parameters, Problem, Rank, Spec};
use super::readout::Readout;
use super::room::{Room, share};
use super::sound::Heard;
use super::task::{GuessView, Scope, Task, TaskView};
use super::texts::Texts;
use super::{Curve, Figure, Handle, NARROW, Preset, Table};
use crate::decimal;
use crate::plot::{HIDDEN, Ink, Look, Panel, Picture, Point, SUBPIXELS, Sink, Surface, SvgSink, Theme, Veil};
use divergences::order::clamp;

/// How long the axes take to follow the model, in seconds.
const FOLLOWING: f64 = 0.3;

/// A handle as the page needs it, in CSS pixels.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct HandleView {
    /// Where it stands, from the left.
    pub x: f64,
    /// Where it stands, from the top.
    pub y: f64,
    /// The CSS custom property of its colour.
    pub ink: &'static str,
    /// Where it can be taken hold of.
    pub room: Room,
    /// Whether it is drawn smaller.
    pub minor: bool,
    /// Whether the keyboard passes it over.
    pub twin: bool,
    /// Whether it moves sideways.
    pub horizontal: bool,
    /// Whether it moves up and down.
    pub vertical: bool,
    /// Whether it is not there for the reader: it moves nothing but what is locked, or what it stands on is hidden.
    pub fixed: bool,
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

/// What a figure's parameters look like without their types: texts, by their place among the [`Spec`]s.
trait Values {
    fn text(&self, place: usize) -> String;
    fn accept(&mut self, place: usize, text: &str) -> bool;
}

impl<P: Parameters> Values for P {
    fn text(&self, place: usize) -> String {
        self.get(place)
    }

    fn accept(&mut self, place: usize, text: &str) -> bool {
        self.set(place, text)
    }
}

/// What a [`Figure`] says of itself in constants.
struct About {
    name: &'static str,
    specs: &'static [Spec],
    presets: &'static [Preset],
    steps: Option<&'static str>,
    pick: Option<&'static str>,
    curves: &'static [Curve],
    questions: &'static [Question],
    heard: Heard,
}

/// A [`Figure`] without its types. All that is compiled once for each figure is here, and no more than the types need.
trait Untyped {
    fn about(&self) -> About;
    fn defaults(&self) -> Box<dyn Values>;
    fn values(&self) -> &dyn Values;
    fn values_mut(&mut self) -> &mut dyn Values;
    fn update(&mut self);
    fn readouts(&self) -> Vec<Readout>;
    fn reach(&self) -> Vec<f64>;
    fn height(&self, width: f64) -> f64;
    fn panels(&self, width: f64, reach: &[f64]) -> Vec<Panel>;
    fn draw(&self, panels: &[Panel], picture: &Picture, texts: &Texts);
    fn handles(&self, texts: &Texts) -> Vec<Handle>;
    fn dragged(&self, index: usize, to: Point) -> Box<dyn Values>;
    fn summary(&self, texts: &Texts) -> String;
    fn table(&self) -> Table;
    fn grid(&self, texts: &Texts) -> Option<Grid>;
}

/// A figure's parameters with the model that they imply.
struct Typed<F: Figure> {
    parameters: F::Parameters,
    /// The parameters that `model` was made of.
    modelled: F::Parameters,
    model: F::Model,
}

impl<F: Figure> Untyped for Typed<F> {
    fn about(&self) -> About {
        About {
            name: F::NAME,
            specs: F::Parameters::SPECS,
            presets: F::PRESETS,
            steps: F::STEPS,
            pick: F::PICK,
            curves: F::CURVES,
            questions: F::QUESTIONS,
            heard: F::HEARD,
        }
    }

    fn defaults(&self) -> Box<dyn Values> {
        Box::new(F::Parameters::default())
    }

    fn values(&self) -> &dyn Values {
        &self.parameters
    }

    fn values_mut(&mut self) -> &mut dyn Values {
        &mut self.parameters
    }

    fn update(&mut self) {
        self.model = F::model(&self.parameters, Some((&self.modelled, &self.model)));
        self.modelled = self.parameters.clone();
    }

    fn readouts(&self) -> Vec<Readout> {
        F::readouts(&self.model)
    }

    fn reach(&self) -> Vec<f64> {
        F::reach(&self.model)
    }

    fn height(&self, width: f64) -> f64 {
        F::height(width)
    }

    fn panels(&self, width: f64, reach: &[f64]) -> Vec<Panel> {
        F::panels(&self.model, width, reach)
    }

    fn draw(&self, panels: &[Panel], picture: &Picture, texts: &Texts) {
        F::draw(&self.model, panels, picture, texts);
    }

    fn handles(&self, texts: &Texts) -> Vec<Handle> {
        F::handles(&self.model, texts)
    }

    fn dragged(&self, index: usize, to: Point) -> Box<dyn Values> {
        let mut parameters = self.parameters.clone();
        F::drag(&mut parameters, index, to);
        Box::new(parameters)
    }

    fn summary(&self, texts: &Texts) -> String {
        F::summary(&self.model, texts)
    }

    fn table(&self) -> Table {
        F::table(&self.model)
    }

    fn grid(&self, texts: &Texts) -> Option<Grid> {
        F::grid(&self.model, texts)
    }
}

/// Changes `values`, declared by `specs`, to those of `preset`.
fn apply(values: &mut dyn Values, specs: &[Spec], preset: &Preset) {
    for (key, text) in preset.values {
        if let Some(place) = specs.iter().position(|spec| spec.key == *key) {
            let accepted = values.accept(place, text);
            debug_assert!(accepted, "preset {}: {key}={text}", preset.name);
        }
    }
}

/// A handle in the reader's hand.
struct Held {
    index: usize,
    /// From the pointer to the handle, in pixels: what is taken at its rim does not jump.
    offset: Point,
}

/// The parts of a component, by the names in their keys.
const PARTS: [&str; 3] = ["weight", "mean", "sd"];

/// A figure in use, whichever it is: what the page and the tools call.
pub struct Live {
    state: Box<dyn Untyped>,
    /// How far the axes reach, as shown and as the model wants it.
    reach: Vec<f64>,
    wanted: Vec<f64>,
    held: Option<Held>,
    /// The values that Reset returns to, as text.
    start: Vec<String>,
    /// The places of the parameters that the reader can't change.
    locked: Vec<usize>,
    task: Task,
}

impl Live {
    /// The figure `F` as it starts.
    #[must_use]
    pub fn new<F: Figure>() -> Self {
        let mut parameters = F::Parameters::default();
        if let Some(preset) = F::PRESETS.first() {
            apply(&mut parameters, F::Parameters::SPECS, preset);
        }
        let model = F::model(&parameters, None);
        let reach = F::reach(&model);
        let state = Typed::<F> { modelled: parameters.clone(), parameters, model };
        let start = Vec::new();
        let mut live = Self {
            state: Box::new(state),
            wanted: reach.clone(),
            reach,
            held: None,
            start,
            locked: Vec::new(),
            task: Task::default(),
        };
        live.settle();
        live
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.state.about().name
    }

    /// What can be changed.
    #[must_use]
    pub fn specs(&self) -> &'static [Spec] {
        self.state.about().specs
    }

    /// Its named sets of values.
    #[must_use]
    pub fn presets(&self) -> &'static [Preset] {
        self.state.about().presets
    }

    /// The key of the parameter that Play advances.
    #[must_use]
    pub fn steps(&self) -> Option<&'static str> {
        self.state.about().steps
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.specs().iter().position(|spec| spec.key == key)
    }

    fn text(&self, place: usize) -> String {
        self.state.values().text(place)
    }

    /// The values of `preset`.
    fn values_of(&self, preset: &Preset) -> Box<dyn Values> {
        let mut values = self.state.defaults();
        apply(&mut *values, self.specs(), preset);
        values
    }

    /// The values with which it starts.
    fn fresh(&self) -> Box<dyn Values> {
        self.presets().first().map_or_else(|| self.state.defaults(), |preset| self.values_of(preset))
    }

    /// Takes each of `values` that the reader may change, but for the one at `kept`.
    fn take(&mut self, values: &dyn Values, kept: Option<usize>) {
        for place in 0..self.specs().len() {
            if Some(place) != kept && !self.locked.contains(&place) {
                let accepted = self.state.values_mut().accept(place, &values.text(place));
                debug_assert!(accepted, "a figure accepts its own values");
            }
        }
        self.update();
    }

    fn update(&mut self) {
        // What is shown is what the address says, to the last digit.
        for place in 0..self.specs().len() {
            let text = self.text(place);
            self.state.values_mut().accept(place, &text);
        }
        self.state.update();
        self.wanted = self.state.reach();
        if self.reach.len() == self.wanted.len() {
            // What grows is shown at once; what shrinks may wait for the reader to let go.
            for (shown, &wanted) in self.reach.iter_mut().zip(&self.wanted) {
                if wanted > *shown {
                    *shown = wanted;
                }
            }
        } else {
            self.reach.clone_from(&self.wanted);
        }
    }

    fn panels(&self, width: f64) -> Vec<Panel> {
        self.state.panels(width, &self.reach)
    }

    /// The figure's own handles, and behind them the marker of an open guess.
    fn all_handles(&self, texts: &Texts) -> Vec<Handle> {
        let mut handles = self.state.handles(texts);
        if let Some(guess) = self.open_guess() {
            handles.extend(guess.marker(&self.panels(NARROW), &self.state.readouts(), texts));
        }
        handles
    }

    /// Handle `index`, without its words.
    fn handle(&self, index: usize) -> Option<Handle> {
        self.all_handles(&Texts::default()).into_iter().nth(index)
    }

    /// The guess that waits to be committed.
    fn open_guess(&self) -> Option<&Guess> {
        self.task.guess.as_ref().filter(|_| self.task.revealed.is_none())
    }

    fn veil(&self) -> Veil {
        self.task.veil(self.state.about().curves)
    }

    /// Hands what the figure's task is about to `act`.
    fn with_scope<R>(&self, act: impl FnOnce(&Scope) -> R) -> R {
        let About { name, curves, questions, .. } = self.state.about();
        act(&Scope { figure: name, curves, questions, readouts: &self.state.readouts() })
    }

    /// The names of all that can be hidden: readouts, but for those that repeat what the reader set, and curves.
    #[must_use]
    pub fn hideable(&self) -> Vec<&'static str> {
        self.with_scope(|scope| scope.names())
    }

    /// Hides what the list `veil` names until it is revealed, asks for a guess, “readout” or “readout within 0.3”, and
    /// sets a goal, “readout < 0.1, …”; empty texts ask for nothing. What is said again stays as it is. Returns a
    /// sentence for each part that can't be read; the rest holds.
    pub fn ask(&mut self, veil: &str, guess: &str, goal: &str, texts: &Texts) -> Vec<String> {
        let mut task = std::mem::take(&mut self.task);
        let problems = self.with_scope(|scope| task.ask([veil, guess, goal], scope, texts));
        self.task = task;
        problems
    }

    /// Shows what is hidden, and commits the guess; tells whether anything was hidden.
    pub fn reveal(&mut self) -> bool {
        let hidden = self.task.reveal();
        if hidden {
            self.held = None;
        }
        hidden
    }

    /// Hides it again; the guess can be moved on from where it is.
    pub fn veil_again(&mut self) {
        self.task.veil_again();
    }

    /// Guesses `text`, a number or ∞; tells whether that can be guessed.
    pub fn guess(&mut self, text: &str) -> bool {
        self.task.guess.as_mut().is_some_and(|guess| guess.accept(text))
    }

    /// Moves the guess to the step `position` of its slider.
    pub fn slide_guess(&mut self, position: u32) {
        let panels = self.panels(NARROW);
        if let Some(guess) = &mut self.task.guess {
            guess.slide(position, &panels);
        }
    }

    /// What the page says of what is hidden, guessed and aimed at; `None` if nothing is.
    #[must_use]
    pub fn task(&self, texts: &Texts) -> Option<TaskView> {
        self.with_scope(|scope| {
            let guess = self.task.guess.as_ref().and_then(|guess| {
                let truth = scope.readouts.iter().find(|readout| readout.key == guess.question.key)?;
                let panels = self.panels(NARROW);
                let name = scope.word(truth.key, texts);
                let value = guess.value(&panels);
                let drawn = guess.marker(&panels, scope.readouts, texts).is_some();
                let revealed = self.task.revealed.is_some();
                let shown = |number: f64| if revealed { number } else { f64::NAN };
                let difference = shown(guess.difference(truth, &panels, texts).0);
                let prompt = if drawn { "guess.prompt.drag" } else { "guess.prompt.slide" };
                Some(GuessView {
                    prompt: texts.fill(prompt, &[("name", name.clone())]),
                    value: if value.is_infinite() { "∞".to_owned() } else { decimal::write(value) },
                    slider: if drawn { None } else { guess.slider(&panels) },
                    infinite: guess.question.infinite,
                    answer: revealed.then(|| guess.answer(&name, truth, &panels, texts)),
                    guess: value,
                    truth: shown(truth.value),
                    right: guess.is_right(difference),
                    difference,
                    plays: guess.question.at_end,
                })
            });
            self.task.view(scope, guess, &self.veil(), texts)
        })
    }

    fn mixture(&self, place: usize) -> Option<Components> {
        Components::read(&self.text(place), &self.specs()[place].kind)
    }

    /// Changes one number of a mixture, given by a key like `p.0.mean`; "add" and "remove" change how many there are.
    fn set_part(&mut self, key: &str, text: &str) -> Option<Result<(), Problem>> {
        let (parameter, rest) = key.split_once('.')?;
        let place = self.place(parameter)?;
        let kind = self.specs()[place].kind;
        let mut mixture = self.mixture(place)?;
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
        let accepted = self.state.values_mut().accept(place, &mixture.write());
        Some(if accepted { Ok(()) } else { problem(kind) })
    }

    /// The value of a parameter, as text.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        if let Some(place) = self.place(key) {
            return Some(self.text(place));
        }
        let (parameter, rest) = key.split_once('.')?;
        let (index, part) = rest.split_once('.')?;
        let component = *self.components(parameter).get(index.parse::<usize>().ok()?)?;
        let value =
            [component.weight, component.mean, component.sd][PARTS.iter().position(|p| *p == part)?];
        Some(decimal::write((value * 1e4).round() / 1e4))
    }

    /// Changes a parameter.
    ///
    /// # Errors
    ///
    /// If there is no such parameter, or it does not accept `text`; nothing has changed then.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        if let Some(outcome) = self.set_part(key, text) {
            outcome?;
        } else {
            let problem = |kind| Problem { key: key.to_owned(), value: text.to_owned(), kind };
            let place = self.place(key).ok_or_else(|| problem(None))?;
            if !self.state.values_mut().accept(place, text) {
                return Err(problem(Some(self.specs()[place].kind)));
            }
        }
        self.update();
        Ok(())
    }

    /// Makes the present values those that [`Self::reset`] returns to.
    pub fn settle(&mut self) {
        self.start = (0..self.specs().len()).map(|place| self.text(place)).collect();
    }

    /// Back to where it started: to its defaults, or to the values at the last [`Self::settle`].
    pub fn reset(&mut self) {
        for (place, text) in self.start.iter().enumerate() {
            let accepted = self.state.values_mut().accept(place, text);
            debug_assert!(accepted, "a figure accepts its own values");
        }
        self.update();
    }

    /// Takes the parameters `keys`, and no others, out of the reader's hands: handles and presets leave them as they
    /// are. [`Self::set`] still changes them. Keys that no parameter has are passed over.
    pub fn lock(&mut self, keys: &[&str]) {
        self.locked = keys.iter().filter_map(|key| self.place(key)).collect();
    }

    /// Goes `part` of the way from the values `from` to the values `to`, each a text a parameter in the order of
    /// [`Self::specs`]; at 1 it is there, to the last digit.
    pub fn glide(&mut self, from: &[String], to: &[String], part: f64) {
        let specs = self.specs();
        for (place, (spec, (from, to))) in specs.iter().zip(from.iter().zip(to)).enumerate() {
            let accepted = self.state.values_mut().accept(place, &between(&spec.kind, from, to, part));
            debug_assert!(accepted, "{}: what is between two values is one", spec.key);
        }
        self.update();
    }

    /// Takes the values of a preset; tells whether there is one of that name.
    pub fn apply_preset(&mut self, name: &str) -> bool {
        let Some(preset) = self.presets().iter().find(|preset| preset.name == name) else { return false };
        let values = self.values_of(preset);
        let pick = self.state.about().pick.and_then(|key| self.place(key));
        self.take(&*values, pick);
        true
    }

    /// The name of the preset whose values these are.
    #[must_use]
    pub fn current_preset(&self) -> Option<&'static str> {
        // Wherever the animation stands and whichever row is picked, the preset is the same.
        let About { specs, presets, steps, pick, .. } = self.state.about();
        let counts = |place: &usize| ![steps, pick].contains(&Some(specs[*place].key));
        let matches = |preset: &&Preset| {
            let values = self.values_of(preset);
            (0..specs.len()).filter(counts).all(|place| values.text(place) == self.text(place))
        };
        presets.iter().find(matches).map(|preset| preset.name)
    }

    /// The parameters that differ from their defaults, as key and text: the figure's part of the URL.
    #[must_use]
    pub fn changed(&self) -> Vec<(&'static str, String)> {
        let fresh = self.fresh();
        let mut changed = Vec::new();
        for (place, spec) in self.specs().iter().enumerate() {
            let now = self.text(place);
            if now != fresh.text(place) {
                changed.push((spec.key, now));
            }
        }
        changed
    }

    /// The components of a mixture parameter, each `[weight, mean, sd]`.
    #[must_use]
    pub fn components(&self, key: &str) -> Vec<Component> {
        let mixture = self.place(key).and_then(|place| self.mixture(place));
        mixture.map_or_else(Vec::new, |mixture| mixture.all().to_vec())
    }

    /// Its numbers, without those that are hidden.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let veil = self.veil();
        let seen = |readout: Readout| if veil.hides(readout.key) { readout.veil() } else { readout };
        self.state.readouts().into_iter().map(seen).collect()
    }

    /// Its state in a sentence or two; while anything is hidden, only that.
    #[must_use]
    pub fn summary(&self, texts: &Texts) -> String {
        if self.task.is_hidden() {
            return self.with_scope(|scope| self.task.hidden_words(scope, texts));
        }
        // It is said aloud.
        self.state.summary(texts).replace('∞', texts.get("number.infinite"))
    }

    /// The table under its drawing, without what is hidden.
    #[must_use]
    pub fn grid(&self, texts: &Texts) -> Option<Grid> {
        let mut grid = self.state.grid(texts)?;
        let veil = self.veil();
        if veil.is_down() {
            grid.detail.text = vec![self.with_scope(|scope| self.task.hidden_words(scope, texts))];
            for row in &mut grid.rows {
                let own = veil.hides(row.key);
                for (column, cell) in row.cells.iter_mut().enumerate() {
                    if veil.hides(cell.tells) || own && (column == 0 || cell.verdict.is_some()) {
                        *cell = Cell { head: HIDDEN.to_owned(), ..Cell::default() };
                    }
                }
            }
        }
        Some(grid)
    }

    /// The height it needs at `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        self.state.height(width)
    }

    /// Draws it onto `sink`.
    pub fn draw(&self, sink: Box<dyn Sink>, width: f64, look: Look, texts: &Texts) {
        let height = self.height(width);
        let surface = Surface::new(sink, width, height);
        let picture = Picture::new(surface, width, height, look).under(self.veil());
        let panels = self.panels(width);
        self.state.draw(&panels, &picture, texts);
        if let Some(guess) = &self.task.guess {
            guess.draw(&panels, &picture, &self.state.readouts(), self.task.revealed, texts);
        }
    }

    /// Its handles at `width`.
    #[must_use]
    pub fn handles(&self, width: f64, texts: &Texts) -> Vec<HandleView> {
        let panels = self.panels(width);
        let veil = self.veil();
        let mut views = Vec::new();
        for handle in self.all_handles(texts) {
            let Some(panel) = panels.get(handle.panel) else { continue };
            let hidden = veil.hides(handle.curve);
            // Nor does it tell where it would be.
            let Point { x, y } = if hidden { Point { x: 0.0, y: 0.0 } } else { panel.pixel(handle.at) };
            let told = |text: String| if hidden { HIDDEN.to_owned() } else { text };
            views.push(HandleView {
                x: clamp(x, panel.rect.left, panel.rect.right()),
                y: clamp(y, panel.rect.top, panel.rect.bottom()),
                room: Room::WHOLE,
                ink: handle.ink.css_name(),
                minor: handle.minor,
                twin: handle.twin,
                horizontal: handle.step.x != 0.0,
                vertical: handle.step.y != 0.0,
                fixed: hidden || self.is_fixed(views.len(), &handle),
                name: told(handle.name),
                value: told(handle.value),
            });
        }
        let mut there: Vec<_> = views.iter_mut().filter(|view| !view.fixed).collect();
        let places: Vec<_> = there.iter().map(|view| Point { x: view.x, y: view.y }).collect();
        for (view, room) in there.iter_mut().zip(share(&places)) {
            view.room = room;
        }
        views
    }

    /// Takes hold of a handle at the pixel `at`; the axes hold still until [`Live::release`].
    pub fn grab(&mut self, index: usize, at: Point, width: f64) {
        let view = self.handles(width, &Texts::default()).into_iter().nth(index);
        let Some(view) = view.filter(|view| !view.fixed) else { return };
        self.held = Some(Held { index, offset: Point { x: view.x - at.x, y: view.y - at.y } });
    }

    /// Moves the held handle with the pointer, now at the pixel `to`.
    pub fn drag(&mut self, to: Point, width: f64) {
        let Some(Held { index, offset }) = self.held else { return };
        let Some(handle) = self.handle(index) else { return };
        let panels = self.panels(width);
        let Some(panel) = panels.get(handle.panel) else { return };
        let to = panel.value(Point { x: to.x + offset.x, y: to.y + offset.y });
        self.drag_to(index, to);
    }

    /// Lets go.
    pub fn release(&mut self) {
        self.held = None;
    }

    /// Moves a handle by whole steps, rightwards and upwards.
    pub fn nudge(&mut self, index: usize, right: f64, up: f64) {
        let Some(handle) = self.handle(index).filter(|handle| !self.veil().hides(handle.curve)) else {
            return;
        };
        let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
        self.drag_to(index, to);
    }

    fn drag_to(&mut self, index: usize, to: Point) {
        if self.is_marker(index) {
            let panels = self.panels(NARROW);
            if let Some(guess) = &mut self.task.guess {
                guess.drag(to, &panels);
            }
            return;
        }
        let dragged = self.state.dragged(index, to);
        self.take(&*dragged, None);
    }

    /// Whether `index` is that of the guess's marker rather than of one of the figure's own handles.
    fn is_marker(&self, index: usize) -> bool {
        self.open_guess().is_some() && index == self.state.handles(&Texts::default()).len()
    }

    /// Whether `handle`, the one at `index`, moves nothing but what is locked.
    fn is_fixed(&self, index: usize, handle: &Handle) -> bool {
        let moves = |[right, up]: &[f64; 2]| {
            let to = Point { x: handle.at.x + right * handle.step.x, y: handle.at.y + up * handle.step.y };
            let dragged = self.state.dragged(index, to);
            (0..self.specs().len())
                .any(|place| !self.locked.contains(&place) && dragged.text(place) != self.text(place))
        };
        !self.locked.is_empty()
            && !self.is_marker(index)
            && ![[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]].iter().any(moves)
    }

    /// Lets `seconds` pass: the axes follow the model.
    pub fn tick(&mut self, seconds: f64) -> Tick {
        let coming_out = self.task.tick(seconds);
        if self.held.is_some() || self.reach == self.wanted {
            return if coming_out { Tick::Moving } else { Tick::Still };
        }
        let part = 1.0 - (-4.0 * seconds / FOLLOWING).exp();
        for (shown, &wanted) in self.reach.iter_mut().zip(&self.wanted) {
            let gap = wanted - *shown;
            *shown = if gap.abs() <= 1e-3 * wanted.abs() { wanted } else { *shown + part * gap };
        }
        Tick::Moving
    }

    /// What of it is heard.
    #[must_use]
    pub fn heard(&self) -> Heard {
        self.state.about().heard
    }

    /// Its data; no rows while anything is hidden, which they would tell.
    #[must_use]
    pub fn data(&self) -> Table {
        if self.task.is_hidden() { Table::default() } else { self.state.table() }
    }

    /// Its data as CSV, with a comment line for each parameter.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = format!("# {}\n", self.name());
        for (place, spec) in self.specs().iter().enumerate() {
            let _ = writeln!(text, "# {}={}", spec.key, self.text(place));
        }
        for readout in self.readouts() {
            let unit = readout.unit.map(|unit| Field::write(&unit)).unwrap_or_default();
            let value = if readout.veiled { HIDDEN.to_owned() } else { decimal::write(readout.value) };
            let _ = writeln!(text, "# {} = {value} {unit}", readout.key);
        }
        let table = self.data();
        if table.rows.is_empty() {
            return text;
        }
        text.push_str(&table.columns.join(","));
        text.push('\n');
        for row in table.rows {
            for (column, value) in row.into_iter().enumerate() {
                if column > 0 {
                    text.push(',');
                }
                text.push_str(&decimal::write(value));
            }
            text.push('\n');
        }
        text
    }

    /// The drawing as a standalone SVG; with `themed`, as a poster whose colours follow the page.
    #[must_use]
    pub fn svg(&self, width: f64, theme: Theme, themed: bool, texts: &Texts) -> String {
        let height = self.height(width);
        let body = Rc::new(RefCell::new(String::new()));
        let theme = if themed { Theme::Light } else { theme };
        self.draw(Box::new(SvgSink::new(Rc::clone(&body), themed)), width, theme.into(), texts);
        let title = crate::plot::escape(texts.get(&format!("{}.title", self.name())));
        let summary = crate::plot::escape(&self.summary(texts));
        let background = if themed {
            String::new()
        } else {
            format!("<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n", theme.hex(Ink::Panel))
        };
        let body = body.borrow();
        let (inner_width, inner_height) =
            (decimal::write(width * SUBPIXELS), decimal::write(height * SUBPIXELS));
        let (width, height) = (decimal::write(width), decimal::write(height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {inner_width} {inner_height}\" width=\"{width}\" \
             height=\"{height}\" font-family=\"system-ui, sans-serif\" role=\"img\">\n\
             <title>{title}</title>\n<desc>{summary}</desc>\n{background}{body}</svg>\n"
        )
    }
}

impl Spec {
    /// Whether its control stands in the row under the drawing.
    #[must_use]
    pub fn is_front(&self) -> bool {
        self.rank == Rank::Front
    }
}
