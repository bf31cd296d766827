//! The interface to JavaScript: figures by name, and nothing else.
//!
//! Parameters go in as text, and small results come out. Sampled curves and models stay inside, because
//! crossing the boundary copies them.

use std::cell::RefCell;
use std::rc::Rc;

use rlsf::SmallGlobalTlsf;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::book;
use crate::figure::parameter::Kind;
use crate::figure::texts::Texts;
use crate::figure::{Form, HandleView, Live, PARTS, TaskView, Tick, markup, numbers, rows, sound};
use crate::lesson::{self, Fault, Lesson, Screen};
use crate::plot::{CanvasSink, Ink, Look, Point, Theme};

/// The allocator. The default one of this target is 7 KB larger, and no faster here.
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// The tag of a language, and its texts.
type Language = (String, Rc<Texts>);

thread_local! {
    static LANGUAGES: RefCell<Vec<Language>> = const { RefCell::new(Vec::new()) };
}

/// Stores the texts of `language`, in the format that [`words`](crate::content::words) returns.
#[wasm_bindgen(js_name = setTexts)]
pub fn set_texts(language: &str, source: &str) {
    let texts = Rc::new(Texts::parse(source));
    LANGUAGES.with_borrow_mut(|languages| match languages.iter_mut().find(|(tag, _)| tag == language) {
        Some((_, known)) => *known = texts,
        None => languages.push((language.to_owned(), texts)),
    });
}

/// The texts of `language`, or of the first language stored if there are none.
fn texts_of(language: &str) -> Rc<Texts> {
    LANGUAGES.with_borrow(|languages| {
        let known = languages.iter().find(|(tag, _)| tag == language).or(languages.first());
        known.map(|(_, texts)| Rc::clone(texts)).unwrap_or_default()
    })
}

/// The text of `key` in `language`.
#[wasm_bindgen]
#[must_use]
pub fn text(key: &str, language: &str) -> String {
    texts_of(language).get(key).to_owned()
}

fn theme(name: &str) -> Theme {
    Theme::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
}

/// A readout as the page needs it.
#[derive(Serialize)]
struct ReadoutView {
    key: &'static str,
    value: f64,
    digits: String,
    text: String,
    /// Whether it is hidden for now.
    veiled: bool,
}

/// A parameter as the page needs it.
#[derive(Serialize)]
struct ParameterView {
    key: &'static str,
    /// "number", "count", "choice", "components" or "weights".
    kind: &'static str,
    least: Option<f64>,
    most: Option<f64>,
    choices: Option<&'static [&'static str]>,
    /// Whether Play advances this parameter.
    steps: bool,
}

/// The present state of a control.
#[derive(Serialize)]
struct ControlView {
    key: &'static str,
    value: String,
    position: Option<u32>,
    /// The number of its rows; see [`rows`].
    count: Option<usize>,
}

/// Everything on the page outside the drawing that depends on a figure's state.
#[derive(Serialize)]
struct StateView {
    controls: Vec<ControlView>,
    readouts: Vec<ReadoutView>,
    preset: Option<&'static str>,
    summary: String,
    /// The figure's part of the address.
    changed: Vec<(&'static str, String)>,
    /// The present step of the animation, and the one at which Play ends.
    step: Option<(u32, u32)>,
    /// The task: what is hidden, guessed and aimed at.
    task: Option<TaskView>,
}

/// The parts of a figure's table that depend on its state, as HTML.
#[derive(Default, PartialEq, Serialize)]
struct GridView {
    rows: String,
    detail: String,
}

/// A lesson as the page needs it.
#[derive(Serialize)]
struct LessonView {
    screens: Vec<Screen>,
    /// The line of each fault and a sentence on it.
    problems: Vec<(usize, String)>,
}

/// Reads a lesson; see the module `lesson`. Faults are described in `language`.
#[wasm_bindgen(js_name = readLesson)]
#[must_use]
pub fn read_lesson(text: &str, language: &str) -> JsValue {
    let texts = texts_of(language);
    let Lesson { screens, faults } = lesson::read(text);
    let message = |fault: &Fault| (fault.line, fault.message(&texts));
    to_js(&LessonView { screens, problems: faults.iter().map(message).collect() })
}

/// A figure on the page.
#[wasm_bindgen]
pub struct WebFigure {
    live: Live,
    /// The texts in its language.
    texts: Rc<Texts>,
    /// The table as last sent to the page.
    grid: GridView,
}

fn to_js<T: Serialize>(value: &T) -> JsValue {
    // Serialising fails only for maps whose keys are not strings, and there are none.
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

#[wasm_bindgen]
impl WebFigure {
    /// The figure `name` in its first preset, in `language`.
    ///
    /// # Errors
    ///
    /// A sentence that lists the names of all figures if there is no figure `name`.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, language: &str) -> Result<WebFigure, JsError> {
        let texts = texts_of(language);
        let live = book::make(name).ok_or_else(|| {
            let names: Vec<_> = book::names().collect();
            let words = [("name", name.to_owned()), ("names", names.join(", "))];
            JsError::new(&texts.fill("problem.figure", &words))
        })?;
        Ok(Self { live, texts, grid: GridView::default() })
    }

    /// Changes the language.
    pub fn speak(&mut self, language: &str) {
        self.texts = texts_of(language);
        // An empty table forces the page to take the new one.
        self.grid = GridView::default();
    }

    /// The figure's HTML.
    #[must_use]
    pub fn markup(&self) -> String {
        markup(&self.live, &self.texts, Form::Element)
    }

    /// The names of the parts that can be hidden, in addition to the parameters.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        PARTS.iter().map(|&part| part.to_owned()).collect()
    }

    /// The figure's parameters.
    #[must_use]
    pub fn parameters(&self) -> JsValue {
        let views = self.live.specs().iter().map(|spec| {
            let (kind, least, most) = match spec.kind {
                Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
                    ("number", Some(least), Some(most))
                }
                Kind::Count { most } => ("count", Some(0.0), Some(f64::from(most))),
                Kind::Choice(_) => ("choice", None, None),
                Kind::Components { most } => ("components", None, Some(most as f64)),
                Kind::Weights { least, most } => ("weights", Some(least as f64), Some(most as f64)),
            };
            let choices = if let Kind::Choice(words) = spec.kind { Some(words) } else { None };
            let steps = self.live.steps() == Some(spec.key);
            ParameterView { key: spec.key, kind, least, most, choices, steps }
        });
        to_js(&views.collect::<Vec<_>>())
    }

    /// Locks the parameters in the list `keys`, such as "p,rate", and unlocks all others.
    pub fn lock(&mut self, keys: &str) {
        self.live.lock(&keys.split(',').collect::<Vec<_>>());
    }

    /// Takes a task from three texts; see [`Live::ask`]. Returns a sentence for each part that cannot be
    /// read.
    pub fn ask(&mut self, veil: &str, guess: &str, goal: &str) -> Vec<String> {
        self.live.ask(veil, guess, goal, &self.texts)
    }

    /// Reveals what is hidden and commits the guess. Returns whether anything was hidden.
    pub fn reveal(&mut self) -> bool {
        self.live.reveal()
    }

    /// Hides everything again.
    #[wasm_bindgen(js_name = veilAgain)]
    pub fn veil_again(&mut self) {
        self.live.veil_again();
    }

    /// Takes `text` as the guess. Returns whether it is acceptable.
    pub fn guess(&mut self, text: &str) -> bool {
        self.live.guess(text)
    }

    /// Moves the guess to the step `position` of its slider.
    #[wasm_bindgen(js_name = slideGuess)]
    pub fn slide_guess(&mut self, position: u32) {
        self.live.slide_guess(position);
    }

    /// Makes the present values those that Reset returns to.
    pub fn settle(&mut self) {
        self.live.settle();
    }

    /// The background colour of the drawing, in CSS notation.
    #[must_use]
    pub fn paper(&self, theme_name: &str) -> String {
        theme(theme_name).hex(Ink::Panel)
    }

    /// The controls of each component or outcome of the parameter `key`, as HTML.
    #[must_use]
    pub fn rows(&self, key: &str) -> String {
        rows(&self.live, key, &self.texts)
    }

    /// Sets a parameter. If `value` is refused, returns a sentence that says why.
    pub fn set(&mut self, key: &str, value: &str) -> Option<String> {
        let problem = self.live.set(key, value).err()?;
        Some(problem.message(&self.texts, self.live.specs()))
    }

    /// Moves the slider of the parameter `key` to the step `position`.
    pub fn slide(&mut self, key: &str, position: u32) {
        let kind = self.live.specs().iter().find(|spec| spec.key == key).map(|spec| spec.kind);
        if let Some(value) = kind.and_then(|kind| kind.at_position(position)) {
            let outcome = self.live.set(key, &value);
            debug_assert!(outcome.is_ok(), "a slider's own value is accepted");
        }
    }

    /// The value of a parameter, or of a part of one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        self.live.get(key)
    }

    /// Returns to the values at the last [`Self::settle`].
    pub fn reset(&mut self) {
        self.live.reset();
    }

    /// Sets all parameters to the fraction `part` of the way from `from` to `to`; see [`Live::glide`].
    pub fn glide(&mut self, from: Vec<String>, to: Vec<String>, part: f64) {
        self.live.glide(&from, &to, part);
    }

    /// Takes the values of the preset `name`. Returns whether there is one.
    pub fn preset(&mut self, name: &str) -> bool {
        self.live.apply_preset(name)
    }

    /// Everything outside the drawing that depends on the state.
    #[must_use]
    pub fn state(&self) -> JsValue {
        let texts = &*self.texts;
        let controls = self.live.specs().iter().map(|spec| {
            let value = self.live.get(spec.key).unwrap_or_default();
            let (position, count) = (spec.kind.position_of(&value), self.live.count(spec.key));
            ControlView { key: spec.key, value, position, count }
        });
        let readouts = self.live.readouts().into_iter().map(|readout| ReadoutView {
            key: readout.key,
            value: readout.value,
            digits: readout.digits(texts),
            text: readout.text(texts),
            veiled: readout.veiled,
        });
        to_js(&StateView {
            controls: controls.collect(),
            readouts: readouts.collect(),
            preset: self.live.current_preset(),
            summary: self.live.summary(texts),
            changed: self.live.changed(),
            step: self.live.step(),
            task: self.live.task(texts),
        })
    }

    /// The parts of the table under the drawing. Undefined if there is no table or if it has not changed
    /// since the last call.
    #[wasm_bindgen(js_name = changedGrid)]
    pub fn changed_grid(&mut self) -> JsValue {
        let texts = &*self.texts;
        let Some(grid) = self.live.grid(texts) else { return JsValue::UNDEFINED };
        let grid = GridView { rows: grid.rows_html(texts), detail: grid.detail_html(texts) };
        if grid == self.grid {
            return JsValue::UNDEFINED;
        }
        self.grid = grid;
        to_js(&self.grid)
    }

    /// The pitches of two readouts, in hertz; see the module `sound`.
    #[must_use]
    pub fn voices(&self) -> Vec<f64> {
        sound::voices(&self.live).to_vec()
    }

    /// The pitches of two curves at `count` places, in hertz; see the module `sound`.
    #[wasm_bindgen(js_name = heardCurves)]
    #[must_use]
    pub fn heard_curves(&self, count: usize) -> Vec<f64> {
        sound::curves(&self.live, count)
    }

    /// The tables of the figure's numbers, as HTML.
    #[must_use]
    pub fn numbers(&self) -> String {
        numbers(&self.live, &self.texts)
    }

    /// Returns to before the first step, if the figure has steps.
    pub fn rewind(&mut self) {
        self.live.rewind();
    }

    /// Advances by `count` steps. Returns whether Play goes on.
    pub fn advance(&mut self, count: u32) -> bool {
        self.live.advance(count)
    }

    /// The number of steps that Play takes in a second from the present step on.
    #[must_use]
    pub fn pace(&self) -> f64 {
        self.live.pace()
    }

    /// The height of a drawing of `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        self.live.height(width)
    }

    /// Draws the figure onto `canvas`, with no text smaller than `legible` CSS pixels.
    ///
    /// # Errors
    ///
    /// A message if the canvas cannot be drawn on.
    pub fn draw(
        &self,
        canvas: &HtmlCanvasElement,
        width: f64,
        device_pixel_ratio: f64,
        theme_name: &str,
        legible: f64,
    ) -> Result<(), JsValue> {
        let sink = CanvasSink::new(canvas, width, self.live.height(width), device_pixel_ratio)?;
        let look = Look { theme: theme(theme_name), legible };
        self.live.draw(Box::new(sink), width, look, &self.texts);
        Ok(())
    }

    /// The handles in a drawing of `width`.
    #[must_use]
    pub fn handles(&self, width: f64) -> JsValue {
        let handles: Vec<HandleView> = self.live.handles(width, &self.texts);
        to_js(&handles)
    }

    /// Grabs handle `index` at the pixel (`x`, `y`).
    pub fn grab(&mut self, index: usize, x: f64, y: f64, width: f64) {
        self.live.grab(index, Point { x, y }, width);
    }

    /// Moves the grabbed handle with the pointer.
    pub fn drag(&mut self, x: f64, y: f64, width: f64) {
        self.live.drag(Point { x, y }, width);
    }

    /// Releases the grabbed handle.
    pub fn release(&mut self) {
        self.live.release();
    }

    /// Moves handle `index` by whole steps.
    pub fn nudge(&mut self, index: usize, right: f64, up: f64) {
        self.live.nudge(index, right, up);
    }

    /// Lets `seconds` pass. Returns whether the drawing is still moving.
    pub fn tick(&mut self, seconds: f64) -> bool {
        self.live.tick(seconds) == Tick::Moving
    }

    /// The drawing as a standalone SVG.
    #[must_use]
    pub fn svg(&self, width: f64, theme_name: &str) -> String {
        self.live.svg(width, theme(theme_name), false, &self.texts)
    }

    /// Its data as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.live.csv()
    }
}
