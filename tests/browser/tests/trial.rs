//! Tests as values. Each runs in an engine, and is ignored where the engine's driver lacks what it needs.

use std::cell::Cell;
use std::env;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use browser::{Engine, Outcome, Share};
use libtest_mimic::{Failed, Trial};

thread_local! {
    /// The engine of the test on this thread.
    static ENGINE: Cell<Engine> = const { Cell::new(Engine::Chromium) };
}

/// The engine of this test.
pub(crate) fn engine() -> Engine {
    ENGINE.get()
}

/// A test.
#[derive(Clone, Copy)]
pub(crate) struct Test {
    /// Its module, with the crate's name.
    pub(crate) module: &'static str,
    /// The name of its function.
    pub(crate) name: &'static str,
    /// The function.
    pub(crate) run: fn() -> Outcome,
    /// The engines whose drivers lack what it needs.
    pub(crate) lacking: &'static [Engine],
}

/// The list of a module's tests. A test may be followed by the engines in which it cannot run, and the
/// reason. A function missing from the list is dead code, whose warning fails the build.
macro_rules! tests {
    ($($name:ident $(not in [$($engine:ident),+]: $reason:literal)?),+ $(,)?) => {
        pub(super) const TESTS: &[$crate::trial::Test] = &[$($crate::trial::Test {
            module: module_path!(),
            name: stringify!($name),
            run: $name,
            lacking: &[$($(browser::Engine::$engine),+)?],
        }),+];
    };
}
pub(crate) use tests;

impl Test {
    /// The trial of this test in `engine`.
    pub(crate) fn trial(self, engine: Engine) -> Trial {
        let module = self.module.split_once("::").map_or(self.module, |(_, module)| module);
        trial(engine, &format!("{module}::{}", self.name), self.run)
            .with_ignored_flag(self.lacking.contains(&engine))
    }
}

/// The trial called `name` in `engine`, which calls `run`.
pub(crate) fn trial(engine: Engine, name: &str, run: impl FnOnce() -> Outcome + Send + 'static) -> Trial {
    let name = format!("{}::{name}", engine.to_string().to_lowercase());
    let own = name.clone();
    Trial::test(name, move || {
        ENGINE.set(engine);
        let begin = Instant::now();
        let outcome = run();
        Times::keep(own.clone(), begin.elapsed());
        outcome.map_err(|error| {
            // The harness reports errors only at its very end, which an interrupted run never reaches.
            eprintln!("{own}: {error}");
            Failed::from(error.to_string())
        })
    })
}

/// The durations of the tests that have finished.
pub(crate) struct Times;

static TIMES: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

impl Times {
    fn keep(name: String, time: Duration) {
        if let Ok(mut times) = TIMES.lock() {
            times.push((name, time));
        }
    }

    /// Prints the duration of each group of tests, and the longest tests.
    pub(crate) fn print() {
        let Ok(mut times) = TIMES.lock() else { return };
        times.sort_by(|(_, one), (_, other)| other.cmp(one));
        let mut groups: Vec<(String, Duration)> = Vec::new();
        for (name, time) in times.iter() {
            let group: Vec<_> = name.split("::").take(2).collect();
            let group = group.join("::");
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, sum)) => *sum += *time,
                None => groups.push((group, *time)),
            }
        }
        println!("seconds in all tests of a group, and in the tests that took longest:");
        for (name, time) in groups.iter().chain(times.iter().take(12)) {
            println!("{:8.1}  {name}", time.as_secs_f64());
        }
    }
}

/// The share of the tests that this machine runs, which the variable `SHARD` sets.
pub(crate) fn share() -> Outcome<Share> {
    match env::var("SHARD") {
        Ok(text) => Ok(Share::read("SHARD=", &text)?),
        Err(_) => Ok(Share::WHOLE),
    }
}
