//! The surface that JavaScript sees: figures by name, and nothing else.
//!
//! Parameters go in as text; small results come out. Grids, curves and networks stay inside.

use std::cell::RefCell;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::book;
use crate::figure::parameter::Kind;
use crate::figure::texts::Texts;
use crate::figure::{Form, HandleView, Live, PARTS, TaskView, Tick, markup, numbers, rows, sound};
use crate::lesson::{self, Fault, Lesson, Screen};
use crate::plot::{CanvasSink, Ink, Look, Point, Theme};

/// The words of a language, by its tag.
type Language = (String, Rc<Texts>);

thread_local! {
    static LANGUAGES: RefCell<Vec<Language>> = const { RefCell::new(Vec::new()) };
}

/// Takes the words of `language`, what [`words`](crate::content::words) reads.
#[wasm_bindgen(js_name = setTexts)]
pub fn set_texts(language: &str, source: &str) {
    let texts = Rc::new(Texts::parse(source));
    LANGUAGES.with_borrow_mut(|languages| match languages.iter_mut().find(|(tag, _)| tag == language) {
        Some((_, known)) => *known = texts,
        None => languages.push((language.to_owned(), texts)),
    });
}

/// The words of `language`, or of the language that came first if there are none.
fn texts_of(language: &str) -> Rc<Texts> {
    LANGUAGES.with_borrow(|languages| {
        let known = languages.iter().find(|(tag, _)| tag == language).or(languages.first());
        known.map(|(_, texts)| Rc::clone(texts)).unwrap_or_default()
    })
}

/// The word or sentence of `key` in `language`.
#[wasm_bindgen]
#[must_use]
pub fn text(key: &str, language: &str) -> String {
    texts_of(language).get(key).to_owned()
}

fn theme(name: &str) -> Theme {
    Theme::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
}

/// A number that a figure shows, as the page needs it.
#[derive(Serialize)]
struct ReadoutView {
    key: &'static str,
    value: f64,
    digits: String,
    text: String,
    /// Whether it is hidden for now.
    veiled: bool,
}

/// A parameter and what it accepts.
#[derive(Serialize)]
struct ParameterView {
    key: &'static str,
    /// "number", "count", "choice", "components" or "weights".
    kind: &'static str,
    least: Option<f64>,
    most: Option<f64>,
    choices: Option<&'static [&'static str]>,
    /// Whether Play advances it.
    steps: bool,
}

/// A control's present state.
#[derive(Serialize)]
struct ControlView {
    key: &'static str,
    value: String,
    position: Option<u32>,
    /// How many rows it has; see [`rows`].
    count: Option<usize>,
}

/// Everything on the page outside the drawing that follows a figure's state.
#[derive(Serialize)]
struct StateView {
    controls: Vec<ControlView>,
    readouts: Vec<ReadoutView>,
    preset: Option<&'static str>,
    summary: String,
    /// The figure's part of the URL.
    changed: Vec<(&'static str, String)>,
    /// Where the animation stands, and where it ends.
    step: Option<(u32, u32)>,
    /// What is hidden, guessed and aimed at.
    task: Option<TaskView>,
}

/// The parts of a figure's table that follow its state, as HTML.
#[derive(Default, PartialEq, Serialize)]
struct GridView {
    rows: String,
    detail: String,
}

/// A lesson, as the page needs it.
#[derive(Serialize)]
struct LessonView {
    screens: Vec<Screen>,
    /// A sentence for each thing that could not be read, and its line.
    problems: Vec<(usize, String)>,
}

/// Reads a lesson; see the module `lesson`. What is wrong with it is said in `language`.
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
    /// The words that it speaks.
    texts: Rc<Texts>,
    /// The table as the page has it.
    grid: GridView,
}

fn to_js<T: Serialize>(value: &T) -> JsValue {
    // Only maps with odd keys fail to serialise; there are none.
    serde_wasm_bindgen::to_value(value).unwrap_or(JsValue::UNDEFINED)
}

#[wasm_bindgen]
impl WebFigure {
    /// The figure called `name`, with its defaults, speaking `language`.
    ///
    /// # Errors
    ///
    /// If there is none: a sentence that names those there are.
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

    /// Speaks `language` from now on.
    pub fn speak(&mut self, language: &str) {
        self.texts = texts_of(language);
        // The table is made anew.
        self.grid = GridView::default();
    }

    /// Its HTML.
    #[must_use]
    pub fn markup(&self) -> String {
        markup(&self.live, &self.texts, Form::Element)
    }

    /// The names of its parts that can be hidden, besides its parameters.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        PARTS.iter().map(|&part| part.to_owned()).collect()
    }

    /// Its parameters and what they accept.
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

    /// Takes parameters, a list like "p,rate", out of the reader's hands, and gives all others back.
    pub fn lock(&mut self, keys: &str) {
        self.live.lock(&keys.split(',').collect::<Vec<_>>());
    }

    /// Hides, asks and aims at what the three texts say; returns sentences about what can't be read.
    pub fn ask(&mut self, veil: &str, guess: &str, goal: &str) -> Vec<String> {
        self.live.ask(veil, guess, goal, &self.texts)
    }

    /// Shows what is hidden and commits the guess; tells whether anything was hidden.
    pub fn reveal(&mut self) -> bool {
        self.live.reveal()
    }

    /// Hides it again.
    #[wasm_bindgen(js_name = veilAgain)]
    pub fn veil_again(&mut self) {
        self.live.veil_again();
    }

    /// Guesses `text`; tells whether that can be guessed.
    pub fn guess(&mut self, text: &str) -> bool {
        self.live.guess(text)
    }

    /// Moves the guess to a step of its slider.
    #[wasm_bindgen(js_name = slideGuess)]
    pub fn slide_guess(&mut self, position: u32) {
        self.live.slide_guess(position);
    }

    /// Makes the present values those that Reset returns to.
    pub fn settle(&mut self) {
        self.live.settle();
    }

    /// The colour that the drawing stands on, in CSS.
    #[must_use]
    pub fn paper(&self, theme_name: &str) -> String {
        theme(theme_name).hex(Ink::Panel)
    }

    /// The controls of each component, or outcome, of the parameter `key`.
    #[must_use]
    pub fn rows(&self, key: &str) -> String {
        rows(&self.live, key, &self.texts)
    }

    /// Changes a parameter; returns a sentence that says what is wrong with `value` if it is not accepted.
    pub fn set(&mut self, key: &str, value: &str) -> Option<String> {
        let problem = self.live.set(key, value).err()?;
        Some(problem.message(&self.texts, self.live.specs()))
    }

    /// Moves a slider to its step `position`.
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

    /// Back to the defaults.
    pub fn reset(&mut self) {
        self.live.reset();
    }

    /// Goes `part` of the way from the values `from` to the values `to`, texts in the order of its parameters.
    pub fn glide(&mut self, from: Vec<String>, to: Vec<String>, part: f64) {
        self.live.glide(&from, &to, part);
    }

    /// Takes a preset's values.
    pub fn preset(&mut self, name: &str) -> bool {
        self.live.apply_preset(name)
    }

    /// Everything outside the drawing that follows the state.
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
        let step = self.live.steps().and_then(|key| {
            let spec = self.live.specs().iter().find(|spec| spec.key == key)?;
            Some((self.live.get(key)?.parse().ok()?, spec.kind.positions()?))
        });
        to_js(&StateView {
            controls: controls.collect(),
            readouts: readouts.collect(),
            preset: self.live.current_preset(),
            summary: self.live.summary(texts),
            changed: self.live.changed(),
            step,
            task: self.live.task(texts),
        })
    }

    /// The parts of the table under the drawing, if there is one and they are not what they were when last asked for.
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

    /// The pitches of two of its numbers, in hertz; see the module `sound`.
    #[must_use]
    pub fn voices(&self) -> Vec<f64> {
        sound::voices(&self.live).to_vec()
    }

    /// The pitches of two of its curves at `count` places, in hertz; see the module `sound`.
    #[wasm_bindgen(js_name = heardCurves)]
    #[must_use]
    pub fn heard_curves(&self, count: usize) -> Vec<f64> {
        sound::curves(&self.live, count)
    }

    /// Its numbers in tables, as HTML.
    #[must_use]
    pub fn numbers(&self) -> String {
        numbers(&self.live, &self.texts)
    }

    /// Goes back to before the first step, if it has steps.
    pub fn rewind(&mut self) {
        if let Some(key) = self.live.steps() {
            let outcome = self.live.set(key, "0");
            debug_assert!(outcome.is_ok(), "steps begin at 0");
        }
    }

    /// Goes `count` steps on; tells whether there are more to go.
    pub fn advance(&mut self, count: u32) -> bool {
        let Some(key) = self.live.steps() else { return false };
        let last =
            self.live.specs().iter().find(|spec| spec.key == key).and_then(|spec| spec.kind.positions());
        let now: u32 = self.live.get(key).and_then(|text| text.parse().ok()).unwrap_or_default();
        let next = now.saturating_add(count).min(last.unwrap_or_default());
        let outcome = self.live.set(key, &next.to_string());
        outcome.is_ok() && Some(next) < last
    }

    /// The height that the drawing needs at `width`.
    #[must_use]
    pub fn height(&self, width: f64) -> f64 {
        self.live.height(width)
    }

    /// Draws it onto `canvas`, no word smaller than `legible`.
    ///
    /// # Errors
    ///
    /// If the canvas can't be drawn on.
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

    /// Its handles at `width`.
    #[must_use]
    pub fn handles(&self, width: f64) -> JsValue {
        let handles: Vec<HandleView> = self.live.handles(width, &self.texts);
        to_js(&handles)
    }

    /// Takes hold of a handle at a pixel.
    pub fn grab(&mut self, index: usize, x: f64, y: f64, width: f64) {
        self.live.grab(index, Point { x, y }, width);
    }

    /// Moves the held handle with the pointer.
    pub fn drag(&mut self, x: f64, y: f64, width: f64) {
        self.live.drag(Point { x, y }, width);
    }

    /// Lets go.
    pub fn release(&mut self) {
        self.live.release();
    }

    /// Moves a handle by whole steps.
    pub fn nudge(&mut self, index: usize, right: f64, up: f64) {
        self.live.nudge(index, right, up);
    }

    /// Lets `seconds` pass; tells whether the drawing is still moving.
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
