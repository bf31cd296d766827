//! The figure under test: what each operation does, and what must hold after it.

use std::f64::consts::LN_2;

use explainer::figure::parameter::beginning;
use explainer::figure::readout::Readout;
use explainer::figure::texts::Texts;
use explainer::figure::{Form, Live, Tick, markup, numbers, rows, sound};
use explainer::lesson;
use explainer::plot::{Point, Theme};

use crate::contract::make;
use crate::contract::sound::{assert_drawn, assert_html, assert_round_trip, assert_told, set, state};

/// The longest that axes may move after everything else is at rest, in frames of a sixtieth of a second.
const MOST_FRAMES: usize = 240;

/// A figure in use, and what has been asked of it.
pub(super) struct Subject<'a> {
    pub(super) live: Live,
    languages: &'a [(String, Texts)],
    /// The values that Reset returns to.
    start: Vec<(&'static str, String)>,
    /// Whether anything is or was hidden, or is to be guessed.
    asked: bool,
    /// The parameters that readers cannot change.
    locked: String,
}

/// The numbers of an operation; `None` unless there are exactly `N`.
fn parse<const N: usize>(text: &str) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = text.split(' ').map(|word| word.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// The range of a readout's values.
fn bounds(readout: &Readout) -> [f64; 2] {
    let log_2 = readout.unit.map_or(LN_2, |unit| unit.from_nats(LN_2));
    match readout.key {
        "tv" | "tv-n" | "overlap" | "hellinger" | "hellinger-squared" | "affinity" | "affinity-n"
        | "lower" | "upper" | "p-event" | "q-event" | "right" | "best-right" | "guess" | "pi"
        | "js-distance" => [0.0, 1.0],
        "best-guess" => [0.5, 1.0],
        "gap" => [-1.0, 1.0],
        "angle" => [0.0, 90.0],
        "js" | "js-apart" | "coin" => [0.0, log_2],
        "theta" | "mean-told" | "js-shortcut" => [f64::NEG_INFINITY, f64::INFINITY],
        // What repeats a parameter has the parameter's range.
        _ if readout.given => [f64::NEG_INFINITY, f64::INFINITY],
        key if key.ends_with("-mean") || key.ends_with("-slope") => [f64::NEG_INFINITY, f64::INFINITY],
        _ => [0.0, f64::INFINITY],
    }
}

/// The numbers in `text` as written, sorted: languages say them in different orders.
fn digits(text: &str) -> Vec<&str> {
    let number = |c: char| c.is_ascii_digit() || ".−⁻⁰¹²³⁴⁵⁶⁷⁸⁹×∞".contains(c);
    let mut digits: Vec<&str> = text
        .split(|c| !number(c))
        .map(|word| word.trim_matches('.'))
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    digits.sort_unstable();
    digits
}

impl<'a> Subject<'a> {
    /// The figure `name` as it starts.
    pub(super) fn new(name: &str, languages: &'a [(String, Texts)]) -> Self {
        let mut subject =
            Self { live: make(name), languages, start: Vec::new(), asked: false, locked: String::new() };
        subject.settle();
        subject
    }

    fn settle(&mut self) {
        self.live.settle();
        let get = |key| self.live.get(key).unwrap_or_default();
        self.start = self.live.specs().iter().map(|spec| (spec.key, get(spec.key))).collect();
    }

    /// Does what `line` says and checks what must hold afterwards. Returns whether the line can be read.
    pub(super) fn perform(&mut self, line: &str) -> bool {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let done = self.act(verb, rest).is_some();
        if done {
            self.check();
        }
        done
    }

    fn act(&mut self, verb: &str, rest: &str) -> Option<()> {
        let live = &mut self.live;
        match verb {
            "set" => {
                let (key, value) = rest.split_once(' ')?;
                self.set(key, value);
            }
            "slide" => {
                let (key, position) = rest.split_once(' ')?;
                let kind = live.specs().iter().find(|spec| spec.key == key)?.kind;
                if let Some(value) = kind.at_position(position.parse().ok()?) {
                    set(live, key, &value);
                }
            }
            "example" => {
                let known = live.apply_preset(rest);
                if known && self.locked.is_empty() {
                    assert_eq!(live.current_preset(), Some(rest), "{}: the example {rest}", state(live));
                }
            }
            "reset" => self.reset(),
            "settle" => self.settle(),
            "lock" => {
                rest.clone_into(&mut self.locked);
                live.lock(&rest.split(',').collect::<Vec<_>>());
            }
            "grab" => {
                let [index, x, y, width] = parse(rest)?;
                live.grab(index as usize, Point { x, y }, width);
            }
            "drag" => {
                let [x, y, width] = parse(rest)?;
                live.drag(Point { x, y }, width);
            }
            "release" => live.release(),
            "nudge" => {
                let [index, right, up] = parse(rest)?;
                live.nudge(index as usize, right, up);
            }
            "advance" => {
                live.advance(rest.parse().ok()?);
            }
            "rewind" => live.rewind(),
            "glide" => {
                let (name, part) = rest.split_once(' ')?;
                let mut there = make(live.name());
                there.apply_preset(name).then_some(())?;
                let values = |of: &Live| -> Vec<String> {
                    of.specs().iter().map(|spec| of.get(spec.key).unwrap_or_default()).collect()
                };
                live.glide(&values(live), &values(&there), part.parse().ok()?);
            }
            "ask" => {
                let parts: Vec<&str> = rest.split('|').collect();
                let [veil, guess, goal] = *parts else { return None };
                self.asked = !veil.is_empty() || !guess.is_empty();
                for (_, texts) in self.languages {
                    for problem in live.ask(veil, guess, goal, texts) {
                        assert_problem(&problem);
                    }
                }
            }
            "guess" => {
                live.guess(rest);
            }
            "slide-guess" => live.slide_guess(rest.parse().ok()?),
            "reveal" => {
                live.reveal();
            }
            "veil" => live.veil_again(),
            "tick" => {
                live.tick(rest.parse().ok()?);
            }
            "look" => self.look(rest)?,
            "rest" => self.rest(),
            "again" => self.again(),
            "agree" => self.agree(),
            "listen" => self.listen(),
            "lesson" => self.lesson(&rest.replace("\\n", "\n")),
            _ => return None,
        }
        Some(())
    }

    /// Sets a parameter. What is refused is named in every language and changes nothing.
    fn set(&mut self, key: &str, value: &str) {
        let before = self.live.changed();
        let Err(problem) = self.live.set(key, value) else { return };
        assert_eq!(self.live.changed(), before, "{key}={value} is refused and changes something");
        for (tag, texts) in self.languages {
            let message = problem.message(texts, self.live.specs());
            assert_problem(&message);
            assert!(message.contains(&beginning(key)), "{tag}: “{message}” does not name {key}");
        }
    }

    /// Reset brings the start back at once, to the last pixel.
    fn reset(&mut self) {
        self.live.release();
        self.live.tick(1e3);
        self.live.reset();
        if self.asked {
            return;
        }
        let start = self.twin(&self.start);
        self.assert_like(&start, "Reset brings the start back");
        assert_eq!(self.live.tick(1.0 / 60.0), Tick::Still, "{}: Reset is at once", state(&self.live));
    }

    /// A new figure with these values, at rest.
    fn twin(&self, values: &[(&'static str, String)]) -> Live {
        let mut twin = make(self.live.name());
        for (key, value) in values {
            set(&mut twin, key, value);
        }
        twin.lock(&self.locked.split(',').collect::<Vec<_>>());
        twin.settle();
        twin.reset();
        twin
    }

    /// Fails unless the figure shows exactly what `twin` shows.
    fn assert_like(&self, twin: &Live, why: &str) {
        let texts = &self.languages[0].1;
        let place = state(&self.live);
        assert_eq!(self.live.changed(), twin.changed(), "{place}: {why}: the values");
        assert_eq!(self.live.csv(), twin.csv(), "{place}: {why}: the data");
        let (here, there) = (self.live.handles(700.0, texts), twin.handles(700.0, texts));
        let differ = here.iter().zip(&there).find(|(here, there)| here != there);
        assert!(here.len() == there.len() && differ.is_none(), "{place}: {why}: the handles: {differ:?}");
        let [here, there] = [&self.live, twin].map(|figure| figure.svg(700.0, Theme::Light, false, texts));
        let differ = here.lines().zip(there.lines()).find(|(here, there)| here != there);
        assert!(here == there, "{place}: {why}: the drawing: {differ:?}");
    }

    fn look(&self, rest: &str) -> Option<()> {
        let words: Vec<&str> = rest.split(' ').collect();
        let [width, theme, tag] = *words else { return None };
        let theme = Theme::ALL.into_iter().find(|one| one.name() == theme)?;
        let (_, texts) = self.languages.iter().find(|(known, _)| known == tag)?;
        let place = state(&self.live);
        assert_told(&self.live, texts);
        assert_drawn(&self.live, width.parse().ok()?, theme, texts);
        assert_html(&markup(&self.live, texts, Form::Element), &place);
        assert_html(&numbers(&self.live, texts), &place);
        for spec in self.live.specs() {
            assert_html(&rows(&self.live, spec.key, texts), &place);
        }
        let _ = self.live.task(texts);
        Some(())
    }

    /// Whatever has happened before, the drawing comes to rest soon, and depends on the values alone.
    fn rest(&mut self) {
        self.live.release();
        let frames = (0..MOST_FRAMES).take_while(|_| self.live.tick(1.0 / 60.0) == Tick::Moving).count();
        assert!(frames < MOST_FRAMES, "{}: still moving after {frames} frames", state(&self.live));
        if !self.asked {
            let twin = self.twin(&self.live.changed());
            self.assert_like(&twin, "at rest it depends on the values alone");
        }
    }

    fn again(&self) {
        if !self.asked {
            assert_round_trip(&self.live, &self.languages[0].1);
        }
    }

    /// Every language tells the same numbers, and the data are numbers.
    fn agree(&self) {
        let place = state(&self.live);
        let told = |texts: &Texts| {
            let grid = self.live.grid(texts).map(|grid| grid.rows_html(texts)).unwrap_or_default();
            [self.live.summary(texts), numbers(&self.live, texts), grid]
        };
        let [(first, texts), others @ ..] = self.languages else { return };
        let here = told(texts);
        for (tag, texts) in others {
            for (here, there) in here.iter().zip(told(texts)) {
                assert_eq!(digits(here), digits(&there), "{place}: {first} and {tag} tell the same numbers");
            }
        }
        let csv = self.live.csv();
        let mut rows = csv.lines().filter(|line| !line.starts_with('#'));
        let columns = rows.next().map_or(0, |heads| heads.split(',').count());
        for row in rows {
            let cells: Result<Vec<f64>, _> = row.split(',').map(str::parse).collect();
            assert_eq!(cells.map(|cells| cells.len()), Ok(columns), "{place}: the row “{row}”");
        }
    }

    /// What is heard is within hearing, endless, or silent.
    fn listen(&self) {
        let pitches = [sound::voices(&self.live).to_vec(), sound::curves(&self.live, 50)].concat();
        for pitch in pitches {
            let heard = (100.0..2000.0).contains(&pitch) || pitch.is_nan() || pitch == f64::INFINITY;
            assert!(heard, "{}: a pitch of {pitch} Hz", state(&self.live));
        }
    }

    fn lesson(&self, text: &str) {
        let read = lesson::read(text);
        for fault in &read.faults {
            for (_, texts) in self.languages {
                let message = fault.message(texts);
                assert_problem(&message);
                assert!(message.contains(&fault.line.to_string()), "“{message}” does not name its line");
            }
        }
        for screen in read.screens {
            let mut figure = make(screen.figure);
            for (key, value) in &screen.values {
                set(&mut figure, key, value);
            }
        }
    }

    /// What holds in every state, and is quick to check.
    fn check(&self) {
        for readout in self.live.readouts() {
            let [least, most] = bounds(&readout);
            let within = readout.value >= least && readout.value <= most + 1e-12 * most.abs();
            assert!(
                within || readout.value.is_nan(),
                "{}: {} is {:e}, not from {least} to {most}",
                state(&self.live),
                readout.key,
                readout.value
            );
        }
        for handle in self.live.handles(700.0, &self.languages[0].1) {
            assert!(
                handle.x.is_finite() && handle.y.is_finite(),
                "{}: {} is at {}, {}",
                state(&self.live),
                handle.name,
                handle.x,
                handle.y
            );
        }
    }
}

/// Fails unless `message` is a sentence for readers.
fn assert_problem(message: &str) {
    assert!(!message.is_empty() && message.len() < 6000, "a message is to be read: {message:.300}");
    // What the message repeats may have braces and look like anything. A key alone is no sentence.
    assert!(message.contains([' ', '。', '：', '，']), "no sentence: {message}");
}
