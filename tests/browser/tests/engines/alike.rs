//! The single file, the served pages and saved figures, opened in every way there is, in every engine.

use std::time::{Duration, Instant};

use browser::{Element, Outcome, keys};
use explainer::book;

use super::each::{From, Told, at_file, in_each_engine, note};
use crate::trial::tests;
use crate::visit::Page;

tests![
    what_goes_wrong_in_a_page_is_noticed,
    every_example_has_the_same_numbers,
    the_single_file_from_disk_and_what_is_saved_from_it,
    the_served_page_and_what_is_saved_from_it,
    in_frames_of_somebody_s_page,
    a_lecture_and_an_exercise_from_disk,
];

/// Uses every figure of the page as a reader does, and fails if one of the registry's is missing.
fn use_figures(page: &Page) -> Outcome<Told> {
    let (mut told, mut used) = (Told::new(), Vec::new());
    for figure in page.figures() {
        let figure = figure?;
        figure.work(|after| note(&mut told, &figure, after))?;
        used.push(figure.name);
    }
    for name in book::names() {
        assert!(used.iter().any(|one| one == name), "{name} is on the page: {used:?}");
    }
    Ok(told)
}

fn what_goes_wrong_in_a_page_is_noticed() -> Outcome {
    let wrongs = [
        ("<script>later(() => { throw new Error('on purpose'); })</script>", "on purpose"),
        ("<script>later(() => { Promise.reject(new Error('nobody waits')); })</script>", "nobody waits"),
        ("<script>later(() => console.warn('a warning'))</script>", "a warning"),
        ("<img src=\"no-such-picture.png\" alt=\"\">", "no-such-picture"),
        ("<script>fetch(`http://localhost:${location.port}/?elsewhere`)</script>", "elsewhere"),
    ];
    // Of a file from disk WebKit tells only that there was an error, not which.
    let host = "<script>window.later = (act) => setTimeout(act);</script>";
    for (wrong, word) in wrongs {
        in_each_engine(From::Host(&format!("{host}{wrong}")), |_, page| {
            let begin = Instant::now();
            loop {
                match page.quiet() {
                    Err(noise) if noise.to_string().contains(word) => return Ok(()),
                    _ if begin.elapsed() > Duration::from_secs(10) => {
                        return Err(format!("not noticed: {wrong}").into());
                    }
                    _ => std::thread::sleep(Duration::from_millis(50)),
                }
            }
        })?;
    }
    Ok(())
}

/// Every example of every figure.
fn every_example_has_the_same_numbers() -> Outcome {
    in_each_engine(From::Server(""), |_, page| {
        let mut told = Told::new();
        for figure in page.figures() {
            let figure = figure?;
            for preset in figure.library()?.presets() {
                figure.choose(preset)?;
                note(&mut told, &figure, preset.name)?;
            }
        }
        Ok(told)
    })
}

/// Uses every figure of the page `from`, then saves each, in a state of its own, as one file, and uses that from disk.
fn use_and_save(from: From<'_>) -> Outcome {
    in_each_engine(from, |engine, page| {
        let mut told = use_figures(page)?;
        let address: String = page.browser.run("return location.href", &[])?;
        for name in book::names() {
            page.browser.go(&address)?;
            let figure = page.figure(name)?;
            let library = figure.library()?;
            figure.choose(library.presets().last().ok_or("every figure has examples")?)?;
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
    use_and_save(From::Disk("divergences.html"))
}

fn the_served_page_and_what_is_saved_from_it() -> Outcome {
    use_and_save(From::Server(""))
}

fn in_frames_of_somebody_s_page() -> Outcome {
    // The page must not scroll: in a sandbox a figure can't know where its frame is, and engines differ in what they do.
    let host = "<style>
          body { margin: 0 }
          iframe { width: 100vw; height: 100vh; border: 0; display: block }
        </style>
        <script>
          // Declared so that a driver's scripts see them in every engine.
          var show = (frame) => new Promise((done) => {
            frame.onload = () => done(frame);
            document.body.replaceChildren(frame);
          });
          var make = (properties) => Object.assign(document.createElement('iframe'), properties);
          var inSrcdoc = async (file) => show(make({ srcdoc: await (await fetch(file)).text() }));
          var inSandbox = (src) => show(make({ sandbox: 'allow-scripts', src }));
        </script>";
    let alone = book::names().map(|name| format!("return inSandbox('figure.html?figure={name}')"));
    let ways: Vec<_> = ["return inSrcdoc('divergences.html')", "return inSandbox('divergences.html')"]
        .into_iter()
        .map(str::to_owned)
        .chain(alone)
        .collect();
    in_each_engine(From::Host(host), |_, page| {
        let mut told = Told::new();
        for way in &ways {
            let frame: Element = page.browser.run(way, &[])?;
            page.browser.enter_frame(&frame)?;
            page.browser.wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
            for figure in page.figures() {
                let figure = figure?;
                figure.work(|after| note(&mut told, &figure, after))?;
            }
            page.quiet()?;
            page.browser.leave_frames()?;
        }
        Ok(told)
    })
}

/// The words and the numbers of the lecture's screen, once its figure stands still.
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
        // Its first screen asks for a guess, the next one shows how the fits went.
        told.push(page.browser.wait(SCREEN, &[])?);
        // What moves and what is hidden each take a key of their own.
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
