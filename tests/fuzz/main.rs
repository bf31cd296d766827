//! `cargo xtask fuzz`: the whole contract of every figure under random and hostile operations.
//!
//! Each sequence of operations has a seed, and sequences of one run have successive ones. Seeds are new in each
//! run, printed, and bring the same sequences again. A sequence that fails is shrunk and printed as lines that
//! `--run` takes.
//!
//! The operations are lines of text that are made with the figure at hand. A library such as proptest would
//! draw them without it, and could repeat a failure only with the same version of itself; what it shrinks
//! beyond leaving operations out is of little use here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../contract/mod.rs"]
mod contract;
mod operation;
mod options;
mod shrink;
mod subject;

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use contract::dice::Dice;
use explainer::figure::texts::Texts;
use options::{Options, Work};
use subject::Subject;

/// The greatest number of operations in a sequence.
const LONGEST: usize = 60;

/// No operation may take longer. A reader waits for a frame; this program is not optimised for speed, and
/// shares its machine.
const MOST_TIME: Duration = Duration::from_secs(2);

/// After this time a sequence is held to be endless.
const ENDLESS: Duration = Duration::from_secs(120);

/// The texts of every language, with their tags.
type Languages = [(String, Texts)];

/// A sequence that fails: the figure, the operations, and what fails.
struct Failure {
    seed: u64,
    figure: &'static str,
    lines: Vec<String>,
    message: String,
}

thread_local! {
    /// The message of the last panic.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the messages of panics, which are failures to be shrunk, from the screen.
fn catch_panics() {
    panic::set_hook(Box::new(|panic| {
        let payload = panic.payload();
        let words = payload.downcast_ref::<String>().map(String::as_str);
        let text = words.or(payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without words");
        let place = panic.location().map(|at| format!("{}:{}: ", at.file(), at.line())).unwrap_or_default();
        PANIC.with(|last| *last.borrow_mut() = place + text);
    }));
}

/// Runs `act` and times it. What fails is returned.
fn attempt<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    let begin = Instant::now();
    let done = panic::catch_unwind(AssertUnwindSafe(act)).map_err(|_| PANIC.take())?;
    let time = begin.elapsed();
    if time > MOST_TIME { Err(format!("{SLOW} {:.1} s", time.as_secs_f64())) } else { Ok(done) }
}

/// How the message about an operation that takes too long begins.
const SLOW: &str = "it takes";

/// What fails as `figure` undergoes `lines`.
fn play(figure: &str, lines: &[String], languages: &Languages) -> Option<String> {
    let mut subject = attempt(|| Subject::new(figure, languages)).ok()?;
    lines.iter().find_map(|line| match attempt(|| subject.perform(line)) {
        Ok(true) => None,
        Ok(false) => Some(format!("there is no operation “{line}”")),
        Err(message) => Some(format!("{line}: {message}")),
    })
}

/// The sequence with the seed `seed`. Adds the number of its operations to `states`.
fn sequence(seed: u64, only: Option<&str>, languages: &Languages, states: &AtomicU64) -> Option<Failure> {
    let tags: Vec<&str> = languages.iter().map(|(tag, _)| tag.as_str()).collect();
    let mut dice = Dice::new(seed);
    let names: Vec<_> = contract::figures().map(|figure| figure.name()).collect();
    let figure = *dice.pick(&names);
    let figure = only.and_then(|only| names.iter().find(|name| **name == only)).copied().unwrap_or(figure);
    let mut lines = Vec::new();
    let mut subject = Subject::new(figure, languages);
    for _ in 0..=dice.below(LONGEST) {
        states.fetch_add(1, Ordering::Relaxed);
        let done = attempt(|| {
            lines.push(operation::random(&mut dice, &subject.live, &tags));
            subject.perform(&lines[lines.len() - 1])
        });
        let message = match done {
            Ok(true) => continue,
            Ok(false) => "it is no operation".to_owned(),
            Err(message) => message,
        };
        return Some(Failure { seed, figure, lines, message });
    }
    None
}

/// The first failure of the sequences that `work` wants.
fn search(work: &Work, languages: &Languages) -> Option<Failure> {
    let (begin, states) = (Instant::now(), AtomicU64::new(0));
    let (next, over) = (AtomicU64::new(work.seed), AtomicBool::new(false));
    let found = Mutex::new(None);
    let time = work.seconds.map(Duration::from_secs);
    let goes_on = || {
        !over.load(Ordering::Relaxed)
            && time.is_none_or(|time| begin.elapsed() < time)
            && work.states.is_none_or(|most| states.load(Ordering::Relaxed) < most)
    };
    let worker = |at: &AtomicU64| {
        while goes_on() {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            at.store(seed, Ordering::Relaxed);
            let Some(failure) = sequence(seed, work.figure, languages, &states) else { continue };
            // On a busy machine an operation may be slow once.
            let again = play(failure.figure, &failure.lines, languages);
            if failure.message.starts_with(SLOW) && again.is_none() {
                continue;
            }
            over.store(true, Ordering::Relaxed);
            *found.lock().unwrap() = Some(failure);
        }
    };
    let count = thread::available_parallelism().map_or(1, usize::from);
    let places: Vec<AtomicU64> = (0..count).map(|_| AtomicU64::new(0)).collect();
    thread::scope(|scope| {
        let workers: Vec<_> = places.iter().map(|at| scope.spawn(move || worker(at))).collect();
        let mut seen: Vec<_> = places.iter().map(|_| (0, Instant::now())).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            thread::sleep(Duration::from_millis(50));
            for ((seed, since), at) in seen.iter_mut().zip(&places) {
                let now = at.load(Ordering::Relaxed);
                if now != *seed {
                    (*seed, *since) = (now, Instant::now());
                } else if goes_on() && since.elapsed() > ENDLESS {
                    println!("the sequence with the seed {seed} does not end");
                    std::process::exit(1);
                }
            }
        }
    });
    let (states, time) = (states.into_inner(), begin.elapsed().as_secs_f64());
    let sequences = next.into_inner() - work.seed;
    println!(
        "{states} states in {sequences} sequences in {time:.0} s, {:.0} a second",
        states as f64 / time.max(1e-3)
    );
    found.into_inner().unwrap()
}

/// Prints what is needed to see `failure` again.
fn report(failure: &Failure, languages: &Languages) {
    let Failure { seed, figure, lines, message } = failure;
    println!("FAILED: {figure}, with the seed {seed}: {message:.2000}");
    let fails = |lines: &[String]| play(figure, lines, languages).is_some();
    if !fails(lines) {
        println!("It does not fail again by itself. What was done:\n{}", lines.join("\n"));
        return;
    }
    let short = shrink::shrink(lines, &fails);
    let message = play(figure, &short, languages).unwrap_or_default();
    println!("{} of {} operations suffice: {message:.2000}\n", short.len(), lines.len());
    println!("cargo xtask fuzz --figure {figure} --run <<'END'\n{}\nEND", short.join("\n"));
}

fn run(options: Options) -> Result<(), String> {
    let languages = contract::languages();
    match options {
        Options::Run(figure) => {
            let text = io::read_to_string(io::stdin()).map_err(|error| format!("--run: {error}"))?;
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            if let Some(message) = play(figure, &lines, &languages) {
                return Err(message);
            }
            println!("{figure}: {} operations, and nothing fails", lines.len());
            Ok(())
        }
        Options::Search(work) => {
            println!("the first seed is {}", work.seed);
            shrink::prove();
            match search(&work, &languages) {
                Some(failure) => {
                    report(&failure, &languages);
                    Err(format!("it failed; --seed {} fails again", failure.seed))
                }
                None => Ok(()),
            }
        }
    }
}

fn main() -> ExitCode {
    catch_panics();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let names: Vec<_> = contract::figures().map(|figure| figure.name()).collect();
    match options::read(&words, &names).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("fuzz: {message}");
            ExitCode::FAILURE
        }
    }
}
