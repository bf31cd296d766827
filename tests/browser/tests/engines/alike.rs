//! The single file, the served pages and saved figures, opened in every possible way, in every engine.

use std::time::{Duration, Instant};

use browser::specimens::SPECIMENS;
use browser::{Element, Outcome, keys};
use explainer::book;
use serde_json::json;

use super::each::{From, Told, at_file, in_each_engine, note};
use crate::figure::{Shown, same_to};
use crate::trial::tests;
use crate::visit::home;

tests![
    what_goes_wrong_in_a_page_is_noticed,
    every_example_has_the_same_numbers,
    the_single_file_from_disk_and_what_is_saved_from_it,
    the_served_page_and_what_is_saved_from_it,
    in_frames_of_somebody_s_page,
    a_lecture_and_an_exercise_from_disk,
];

fn what_goes_wrong_in_a_page_is_noticed() -> Outcome {
    let wrongs = [
        ("<script>later(() => { throw new Error('on purpose'); })</script>", "on purpose"),
        ("<script>later(() => { Promise.reject(new Error('nobody waits')); })</script>", "nobody waits"),
        ("<script>later(() => console.warn('a warning'))</script>", "a warning"),
        ("<img src=\"no-such-picture.png\" alt=\"\">", "no-such-picture"),
        ("<script>fetch(`http://localhost:${location.port}/?elsewhere`)</script>", "elsewhere"),
    ];
    // WebKit reports errors in a file on disk without details.
    let host = "<script>window.later = (act) => setTimeout(act);</script>";
    for (wrong, word) in wrongs {
        in_each_engine(From::Host(&format!("{host}{wrong}")), |_, page| {
            let begin = Instant::now();
            loop {
                match page.quiet() {
                    Err(noise) if noise.to_string().contains(word) => return Ok(()),
                    _ if begin.elapsed() > Duration::from_secs(60) => {
                        return Err(format!("not noticed: {wrong}").into());
                    }
                    _ => std::thread::sleep(Duration::from_millis(50)),
                }
            }
        })?;
    }
    Ok(())
}

/// Every example of every figure: the same numbers in each engine, and the library's.
fn every_example_has_the_same_numbers() -> Outcome {
    let examples = "return given[0].map((name) => {
        figure.preset(name);
        return [name, figure.state().readouts.map(({ key, value, text }) => ({ key, value: String(value), text }))];
      })";
    in_each_engine(From::Server(""), |_, page| {
        let mut told = Vec::new();
        for name in book::names() {
            page.go(&format!("figure.html?figure={name}"))?;
            let figure = page.figure(name)?;
            let presets = figure.library()?.presets();
            let names: Vec<_> = presets.iter().map(|preset| preset.name).collect();
            let shown: Vec<(String, Vec<Shown>)> = figure.run(examples, &[json!(names)])?;
            for (preset, readouts) in &shown {
                let mut own = figure.library()?;
                assert!(own.apply_preset(preset), "{name}: there is {preset}");
                assert_eq!(readouts.len(), own.readouts().len(), "{name}, {preset}: as many numbers");
                for (Shown { key, value, .. }, own) in readouts.iter().zip(own.readouts()) {
                    assert_eq!(key, own.key, "{name}, {preset}: the readouts");
                    let same = same_to(1e-12, value.parse()?, own.value);
                    assert!(
                        same,
                        "{name}, {preset}: {key} is {value} on the page and {} in the library",
                        own.value
                    );
                }
            }
            told.push((name, shown));
        }
        Ok(told)
    })
}

/// Uses each specimen where `place` says, then saves it as one file in another state, and uses that file from
/// disk.
fn use_and_save(from: From<'_>, place: impl Fn(&str) -> String) -> Outcome {
    in_each_engine(from, |engine, page| {
        let mut told = Told::new();
        for name in SPECIMENS {
            page.go(&place(name))?;
            let figure = page.figure(name)?;
            figure.work(|after| note(&mut told, &figure, after))?;
            figure.choose(figure.library()?.presets().last().ok_or("every figure has examples")?)?;
            figure.press(".handle:not([hidden])", keys::RIGHT)?;
            figure.settle()?;
            let values = figure.values()?;
            let html = String::from_utf8(figure.save("html")?)?;
            at_file(engine, page, &html, || {
                let figure = page.figure(name)?;
                assert_eq!(figure.values()?, values, "{name} as it was");
                figure.work(|after| note(&mut told, &figure, after))
            })?;
        }
        Ok(told)
    })
}

fn the_single_file_from_disk_and_what_is_saved_from_it() -> Outcome {
    use_and_save(From::Disk("divergences.html"), |name| format!("divergences.html#{name}"))
}

fn the_served_page_and_what_is_saved_from_it() -> Outcome {
    use_and_save(From::Server(""), home)
}

fn in_frames_of_somebody_s_page() -> Outcome {
    // The page must not scroll. A figure in a sandbox cannot know where its frame is, and engines differ in
    // handling that.
    let host = "<style>
          body { margin: 0 }
          iframe { width: 100vw; height: 100vh; border: 0; display: block }
        </style>
        <script>
          // `var` makes these functions visible to drivers' scripts in every engine.
          var show = (frame) => new Promise((done) => {
            frame.onload = () => done(frame);
            document.body.replaceChildren(frame);
          });
          var make = (properties) => Object.assign(document.createElement('iframe'), properties);
          var inSrcdoc = async (file) => show(make({ srcdoc: await (await fetch(file)).text() }));
          var inSandbox = (src) => show(make({ sandbox: 'allow-scripts', src }));
        </script>";
    let alone = SPECIMENS.map(|name| (format!("return inSandbox('figure.html?figure={name}')"), vec![name]));
    let whole = ["return inSrcdoc('divergences.html')", "return inSandbox('divergences.html')"];
    let whole = whole.map(|way| (way.to_owned(), SPECIMENS.to_vec()));
    in_each_engine(From::Host(host), |_, page| {
        let mut told = Told::new();
        for (way, names) in whole.iter().chain(&alone) {
            let frame: Element = page.browser.run(way, &[])?;
            page.browser.enter_frame(&frame)?;
            page.browser.wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
            for name in names {
                let figure = page.figure(name)?;
                figure.work(|after| note(&mut told, &figure, after))?;
            }
            page.quiet()?;
            page.browser.leave_frames()?;
        }
        Ok(told)
    })
}

/// The text and the numbers of the lecture's screen, once its figure is at rest.
const SCREEN: &str = "
    const lecture = document.querySelector('.lecture');
    const element = lecture?.querySelector('divergence-figure:not([hidden])[ready]');
    const numbers = element?.readouts.map(({ key, value }) => `${key} ${value}`).join();
    if (numbers !== window.numbers) {
      [window.numbers, window.since] = [numbers, performance.now()];
    }
    const still = numbers && performance.now() - window.since > 600 && [...lecture.querySelectorAll('.said data')].every((data) => data.textContent);
    return still && [lecture.querySelector('.where').textContent, lecture.querySelector('.said').textContent, numbers]";

fn a_lecture_and_an_exercise_from_disk() -> Outcome {
    in_each_engine(From::Disk("divergences.html"), |_, page| {
        let mut told: Vec<(String, String, String)> = Vec::new();
        page.figure("kl-fit")?;
        page.browser.press("l")?;
        // The first screen asks for a guess, and the next one shows the course of the fits.
        told.push(page.browser.wait(SCREEN, &[])?);
        // One key ends a movement, and another one reveals.
        for _ in 0..8 {
            let place = "return document.querySelector('.lecture .where').textContent";
            if !page.browser.run::<String>(place, &[])?.starts_with("3 ") {
                page.browser.press(keys::PAGE_DOWN)?;
                page.frames(3)?;
            }
        }
        told.push(page.browser.wait(SCREEN, &[])?);
        page.browser.press(keys::END)?;
        page.browser.wait::<bool>(
            "return Boolean(document.querySelector('.lecture [name=comparison][ready]'))",
            &[],
        )?;
        told.push(page.browser.wait(SCREEN, &[])?);
        page.browser.press(keys::ESCAPE)?;
        let exercise = "const box = document.querySelector('[data-exercises]');
            box.open = true;
            const row = box.querySelector('li:nth-child(4)');
            row?.querySelector('button').click();
            return row !== null";
        page.browser.wait::<bool>(exercise, &[])?;
        let set =
            "return document.querySelector('#kl-fit').shadowRoot.querySelector('.task .asked')?.textContent";
        let question: String = page.browser.wait(set, &[])?;
        told.push((question, String::new(), String::new()));
        Ok(told)
    })
}
