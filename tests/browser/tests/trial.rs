//! Tests as values: each runs in an engine, and is ignored where that engine's driver can't do it.

use std::cell::Cell;
use std::env;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use browser::{Engine, Outcome};
use libtest_mimic::{Failed, Trial};

thread_local! {
    /// The engine of the test that runs on this thread.
    static ENGINE: Cell<Engine> = const { Cell::new(Engine::Chromium) };
}

/// The engine of this test.
pub(crate) fn engine() -> Engine {
    ENGINE.get()
}

/// A test.
#[derive(Clone, Copy)]
pub(crate) struct Test {
    /// The module that it stands in, with the crate's name before it.
    pub(crate) module: &'static str,
    /// Its function's name.
    pub(crate) name: &'static str,
    /// Its function.
    pub(crate) run: fn() -> Outcome,
    /// The engines whose drivers can't do it.
    pub(crate) lacking: &'static [Engine],
}

/// The list of a module's tests, with the engines in which one can't run and why not; a function that is forgotten here is dead
/// code, which is no warning that passes.
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
    /// It in `engine`.
    pub(crate) fn trial(self, engine: Engine) -> Trial {
        let module = self.module.split_once("::").map_or(self.module, |(_, module)| module);
        trial(engine, &format!("{module}::{}", self.name), self.run)
            .with_ignored_flag(self.lacking.contains(&engine))
    }
}

/// The test `name` in `engine`: what `run` does.
pub(crate) fn trial(engine: Engine, name: &str, run: impl FnOnce() -> Outcome + Send + 'static) -> Trial {
    let name = format!("{}::{name}", engine.to_string().to_lowercase());
    let own = name.clone();
    Trial::test(name, move || {
        ENGINE.set(engine);
        let begin = Instant::now();
        let outcome = run();
        Times::keep(own.clone(), begin.elapsed());
        outcome.map_err(|error| {
            // The harness tells it at its very end, which a run that is stopped never sees.
            eprintln!("{own}: {error}");
            Failed::from(error.to_string())
        })
    })
}

/// How long tests took that came to their end.
pub(crate) struct Times;

static TIMES: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

impl Times {
    fn keep(name: String, time: Duration) {
        if let Ok(mut times) = TIMES.lock() {
            times.push((name, time));
        }
    }

    /// Prints how long each group of tests took, and those that took longest.
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

/// The part of the tests that this machine runs, as the variable `SHARD` says: "2/3" is the second of three machines.
#[derive(Clone, Copy)]
pub(crate) struct Share {
    index: usize,
    count: usize,
}

impl Share {
    pub(crate) fn from_environment() -> Outcome<Self> {
        let Ok(text) = env::var("SHARD") else { return Ok(Self { index: 1, count: 1 }) };
        let read = || {
            let (index, count) = text.split_once('/')?;
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count).contains(&index).then_some(Self { index, count })
        };
        read().ok_or_else(|| format!("SHARD={text}: it takes I/N, the I-th of N machines, as 1/3").into())
    }

    /// Every so many-th of `tests`: neighbours are alike, and so are the shares.
    pub(crate) fn of(self, tests: Vec<Trial>) -> Vec<Trial> {
        let mine = |(place, test)| (place % self.count + 1 == self.index).then_some(test);
        tests.into_iter().enumerate().filter_map(mine).collect()
    }
}
