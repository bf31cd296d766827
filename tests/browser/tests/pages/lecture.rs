//! The lecture view: given with a presenter's keys to the end, edited, and followed by the speaker's window.

use browser::{Outcome, keys};
use explainer::lesson::Screen;
use serde_json::{Map, Value, json};

use crate::trial::tests;
use crate::visit::{CALM, Page, dist_with, home, lessons, pages, visit_as, visit_file_as, visit_folder};

tests![
    a_lecture_is_given_with_a_presenter_s_keys_alone,
    every_screen_fits_the_wall not in [Firefox, WebKit]: "words are as wide in every engine, and there are many screens",
    on_a_wall_that_is_high_and_narrow_a_drawing_s_words_have_room,
    who_leaves_a_lecture_is_where_they_were,
    on_a_phone_held_sideways_drawing_words_and_bar_are_seen_together,
    a_lecture_of_one_s_own_is_read_told_of_its_faults_and_changed,
    what_cannot_be_a_lecture_is_told_and_the_own_one_shown,
    what_does_not_arrive_is_told_and_the_page_comes_back,
    the_speaker_s_window_keeps_step,
    a_lecture_is_given_from_the_single_file_and_by_touch not in [WebKit]: "WebKit's driver has no touch: it sends a mouse instead",
];

/// The explainer's own lecture, from its file.
fn written() -> Outcome<Vec<Screen>> {
    Ok(lessons("lecture.txt")?.concat())
}

/// The variables of the scripts.
const NAMES: &str = "const lecture = document.querySelector('.lecture');
    const element = lecture?.querySelector('divergence-figure:not([hidden])[ready]');
    const said = () => lecture.querySelector('.said').innerText.trim();
    const told = () => [...lecture.querySelectorAll(':scope > [role=alert] li')].map((row) => row.textContent);";

/// Runs `script` in every frame until the result is true, and returns it.
fn wait<T: serde::de::DeserializeOwned>(page: &Page, script: &str, given: &[Value]) -> Outcome<T> {
    page.browser.wait(&format!("{NAMES}{script}"), given)
}

/// The position of the lecture once its figure is at rest: the text that shows it, and the figure's values.
fn place(page: &Page) -> Outcome<(String, Map<String, Value>)> {
    wait(page, "return element && [lecture.querySelector('.where').textContent, element.values]", &[])
}

/// Goes to the next screen, after revealing what this one hides.
fn next(page: &Page, index: usize) -> Outcome {
    // Each key turns the screen or reveals. The next key must wait for that.
    let stage =
        "[lecture.querySelector('.where').textContent, element.figure.state().task?.revealed ?? null]";
    for _ in 0..2 {
        let before: Value = wait(page, &format!("return element && {stage}"), &[])?;
        page.browser.press(keys::PAGE_DOWN)?;
        let done = format!("return element && JSON.stringify({stage}) !== JSON.stringify(arguments[0])");
        wait::<bool>(page, &done, &[before])?;
        if place(page)?.0.starts_with(&format!("{} ", index + 2)) {
            return Ok(());
        }
    }
    Err(format!("twice Page Down did not lead past screen {}", index + 1).into())
}

/// The texts that do not fit, on the wall or under it.
const CUT_OFF: &str = "const inside = (part) => {
      const box = part.getBoundingClientRect();
      return box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
    };
    const parts = [element, ...lecture.querySelectorAll('.said > *')];
    return [parts.filter((part) => !inside(part)).map((part) => part.outerHTML.slice(0, 80))]";

fn a_lecture_is_given_with_a_presenter_s_keys_alone() -> Outcome {
    let screens = written()?;
    visit_as(CALM, "", |page| {
        page.figure("kl-fit")?;
        page.browser.press("l")?;
        for (index, screen) in screens.iter().enumerate() {
            let (shown, values) = place(page)?;
            assert_eq!(shown, format!("{} / {}", index + 1, screens.len()), "line {}", screen.line);
            for (key, value) in &screen.values {
                assert_eq!(values.get(*key), Some(&json!(value)), "line {}: {key}", screen.line);
            }
            let said: String = wait(page, "return said()", &[])?;
            let words = screen.caption[0].split('{').next().unwrap_or_default().trim();
            assert!(said.contains(words) && !said.contains('{'), "line {}: {said}", screen.line);
            let address: String = page.browser.run("return location.search", &[])?;
            assert!(index == 0 || address.contains(&format!("at={}", index + 1)), "{address}");
            if index + 1 < screens.len() {
                next(page, index)?;
            }
        }
        // Next does nothing on the last screen, and Back works there.
        page.browser.press(keys::PAGE_DOWN)?;
        page.browser.press(keys::PAGE_UP)?;
        assert!(place(page)?.0.starts_with(&format!("{} ", screens.len() - 1)), "one back");
        page.browser.press("b")?;
        assert!(wait::<bool>(page, "return !lecture.querySelector('.blank').hidden", &[])?, "B blanks");
        page.browser.press(keys::PAGE_DOWN)?;
        assert!(
            wait::<bool>(page, "return lecture.querySelector('.blank').hidden", &[])?,
            "any key shows again"
        );
        assert!(place(page)?.0.starts_with(&format!("{} ", screens.len() - 1)), "and turns nothing");
        page.browser.press(keys::ESCAPE)?;
        let left = "return !lecture && !document.querySelector('main').hidden && location.search === ''";
        assert!(wait::<bool>(page, left, &[])?, "Escape leads back to the page");
        page.figure("kl-fit")?.agrees("after the lecture")
    })
}

fn every_screen_fits_the_wall() -> Outcome {
    let screens = written()?.len();
    // The narrowest wall.
    let (width, height) = (1024, 768);
    for path in pages()? {
        visit_as(CALM, &format!("{path}?view=lecture&theme=contrast-light"), |page| {
            page.browser.resize(width, height, 1.0)?;
            for index in 0..screens {
                let (place, _) = place(page)?;
                page.frames(3)?;
                let cut: (Vec<String>,) = wait(page, CUT_OFF, &[])?;
                assert!(cut.0.is_empty(), "{place} at {width} × {height}: {:?}", cut.0);
                // The caption is large enough for the last row.
                let script = "return Math.min(...[...lecture.querySelectorAll('.said p')].map((p) => parseFloat(getComputedStyle(p).fontSize)))";
                let least: f64 = wait(page, script, &[])?;
                assert!(least >= f64::from(height) / 40.0, "{place}: words of {least} px on {height}");
                if index + 1 < screens {
                    next(page, index)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn on_a_wall_that_is_high_and_narrow_a_drawing_s_words_have_room() -> Outcome {
    visit_as(CALM, "?view=lecture", |page| {
        page.browser.resize(768, 1024, 1.0)?;
        place(page)?;
        // The smallest text size is the one that `tests/wall.rs` tests.
        let script = "const figure = lecture.querySelector('divergence-figure[ready]');
            const size = parseFloat(figure.style.getPropertyValue('--legible'));
            return size > 14 && size < 0.022 * figure.drawnWidth";
        assert!(wait::<bool>(page, script, &[])?, "words have room");
        Ok(())
    })
}

fn who_leaves_a_lecture_is_where_they_were() -> Outcome {
    visit_as(CALM, &home("disjoint-supports"), |page| {
        let figure = page.figure("disjoint-supports")?;
        let focused = "const { activeElement } = root; return [activeElement === root.querySelector('.handle'), Math.round(scrollY)]";
        figure.run::<()>("root.querySelector('.handle').focus()", &[])?;
        let before: (bool, i64) = figure.run(focused, &[])?;
        page.browser.press("l")?;
        place(page)?;
        page.browser.press(keys::ESCAPE)?;
        page.browser.wait::<bool>("return document.querySelector('.lecture') === null", &[])?;
        assert_eq!(figure.run::<(bool, i64)>(focused, &[])?, before, "the handle has the focus again");
        assert!(before.0, "it had it before");
        Ok(())
    })
}

fn on_a_phone_held_sideways_drawing_words_and_bar_are_seen_together() -> Outcome {
    visit_as(CALM, "?view=lecture", |page| {
        page.browser.resize(640, 360, 1.0)?;
        place(page)?;
        let seen = "return ['.wall', '.said p', '[data-do=next]'].map((part) => {
            const { top, bottom, left, right, width } = lecture.querySelector(part).getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && width > 40;
          })";
        assert_eq!(wait::<[bool; 3]>(page, seen, &[])?, [true; 3], "drawing, words and bar");
        Ok(())
    })
}

fn a_lecture_of_one_s_own_is_read_told_of_its_faults_and_changed() -> Outcome {
    let text = "title: Mine\n\nkl-fit mu=99\nFirst: {forward}.\nnota: bene\n\nno-such\n\ncomparison row=js\nSecond.\nshow: table";
    let hash = format!("#lecture={}", text.replace('\n', "%0A").replace(' ', "+"));
    visit_as(CALM, &format!("?view=lecture{hash}"), |page| {
        assert_eq!(place(page)?.0, "1 / 2", "what can be read is shown");
        let faults: Vec<String> = wait(page, "return told()", &[])?;
        let expected = [("Line 3", "−6 to 6"), ("Line 5", "solution"), ("Line 7", "wasserstein-gradient")];
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, (line, accepted)) in faults.iter().zip(expected) {
            assert!(fault.contains(line) && fault.contains(accepted), "{fault}");
        }
        page.browser.press("e")?;
        let area = "lecture.querySelector('.editor textarea')";
        let edited: String = wait(page, &format!("return {area}?.value"), &[])?;
        assert_eq!(edited.trim(), text, "its text is there to be changed");
        // Keys type text while the lesson is edited.
        page.browser.press("b")?;
        assert!(
            wait::<bool>(page, "return lecture.querySelector('.blank').hidden", &[])?,
            "B is a letter here"
        );
        let change =
            format!("{area}.value = arguments[0]; {area}.dispatchEvent(new Event('input')); return true");
        wait::<bool>(page, &change, &[json!("same\n\nkl-fit step=7\nOnly this.\n")])?;
        let found: String = wait(page, "return lecture.querySelector('.editor .problems').innerText", &[])?;
        assert!(found.contains("Line 1"), "{found}");
        wait::<bool>(page, &change, &[json!("kl-fit step=7\nOnly this.\n")])?;
        wait::<bool>(page, "lecture.querySelector('[data-make=link]').click(); return true", &[])?;
        let link: String = wait(page, "return lecture.querySelector('.link').value", &[])?;
        wait::<bool>(page, "lecture.querySelector('[data-make=use]').click(); return true", &[])?;
        let (shown, values) = place(page)?;
        assert_eq!((shown.as_str(), &values["step"]), ("1 / 1", &json!("7")), "it is used at once");
        assert_eq!(
            wait::<Vec<String>>(page, "return [...told(), said()]", &[])?,
            ["Only this."],
            "no fault is left"
        );
        page.browser.go("about:blank")?;
        page.browser.go(&link)?;
        assert_eq!(place(page)?.1["step"], "7", "the link leads to it");
        Ok(())
    })
}

fn what_cannot_be_a_lecture_is_told_and_the_own_one_shown() -> Outcome {
    let screens = written()?.len();
    for (address, words) in [
        ("?view=lecture#lecture=%E0%A4", "hexadecimal"),
        ("?view=lecture&lesson=https://example.org/talk.txt", "another place"),
    ] {
        visit_as(CALM, address, |page| {
            assert_eq!(place(page)?.0, format!("1 / {screens}"), "{address}");
            let told: Vec<String> = wait(page, "return told().length && told()", &[])?;
            assert!(told.len() == 1 && told[0].contains(words), "{address}: {told:?}");
            Ok(())
        })?;
    }
    Ok(())
}

fn what_does_not_arrive_is_told_and_the_page_comes_back() -> Outcome {
    let teaching = |name: &str| name.starts_with("teaching.") && name.ends_with(".js");
    let broken = dist_with(|name| teaching(name).then(|| "throw new Error('not here');".to_owned()))?;
    visit_folder(broken.path(), &format!("{}?view=lecture", home("kl-fit")), |page| {
        let texts = page.texts()?;
        let message = [("message", "not here".to_owned())];
        let told: String =
            page.browser.wait("return document.querySelector('body > .problem')?.textContent", &[])?;
        assert_eq!(told, texts.fill("lecture.problem.load", &message), "why there is no lecture");
        page.figure("kl-fit")?.agrees("the page goes on")?;
        page.browser.run::<()>("document.querySelector('.problem').id = 'before'", &[])?;
        page.browser.press("l")?;
        let again = "return document.querySelector('#before') === null && document.querySelectorAll('.problem').length === 1";
        page.browser.wait::<bool>(again, &[])?;

        let open = "const box = document.querySelector('.exercises'); box.open = true;
            const told = box.querySelector('.problem')?.textContent; box.open = told === undefined; return told";
        for _ in 0..2 {
            let told: String = page.browser.wait(open, &[])?;
            // The second time the engine's message differs.
            let begin = texts.get("exercises.problem").split('{').next().unwrap_or_default();
            assert!(told.starts_with(begin), "why there are no exercises: {told}");
        }
        Ok(())
    })
}

fn the_speaker_s_window_keeps_step() -> Outcome {
    let screens = written()?;
    visit_as(CALM, "?view=lecture", |page| {
        place(page)?;
        let keep = "const open = window.open; window.open = (...given) => (window.second = open(...given)); return true";
        wait::<bool>(page, keep, &[])?;
        page.browser.press("s")?;
        let second = "return window.second?.document.querySelector('.where') && [
            second.document.querySelector('.where').textContent, second.document.querySelector('.note').textContent,
            second.document.querySelector('.coming .said').textContent, !!second.document.querySelector('.picture svg'),
            second.document.querySelector('.passed').textContent]";
        let look = || wait::<(String, String, String, bool, String)>(page, second, &[]);
        let (place_there, note, coming, picture, clock) = look()?;
        assert_eq!(place_there, format!("1 / {}", screens.len()), "where it stands");
        assert!(note.contains(&screens[0].note[0]), "{note}");
        assert!(coming.contains(screens[1].caption[0].split('{').next().unwrap_or_default()), "{coming}");
        assert!(picture && clock.starts_with("0:"), "what comes next, and the time: {clock}");
        // A key in the second window turns the screen in the first.
        let script = "second.document.body.dispatchEvent(new second.KeyboardEvent('keydown', { key: arguments[0], bubbles: true, composed: true })); return true";
        wait::<bool>(page, script, &[json!("End")])?;
        page.frames(3)?;
        let last = format!("{0} / {0}", screens.len());
        assert_eq!(place(page)?.0, last, "the wall follows");
        assert_eq!(look()?.0, last, "and so does the window");
        page.browser.press(keys::ESCAPE)?;
        assert!(wait::<bool>(page, "return window.second.closed", &[])?, "it closes with the lecture");
        Ok(())
    })
}

fn a_lecture_is_given_from_the_single_file_and_by_touch() -> Outcome {
    visit_file_as(CALM, "", |page| {
        page.figure("kl-fit")?;
        page.browser.press("l")?;
        assert!(place(page)?.0.starts_with("1 "), "it begins");
        page.browser.press(keys::END)?;
        page.frames(3)?;
        let (last, _) = place(page)?;
        let script = "const box = lecture.querySelector('.said').getBoundingClientRect(); return [box.left, box.right, box.top + 20]";
        let (left, right, y): (f64, f64, f64) = wait(page, script, &[])?;
        let swipe = |from: f64, to: f64| page.browser.swipe(&[(from, y), ((from + to) / 2.0, y), (to, y)]);
        swipe(left + 20.0, right - 20.0)?;
        page.frames(3)?;
        assert_ne!(place(page)?.0, last, "a finger turns back");
        swipe(right - 20.0, left + 20.0)?;
        page.frames(3)?;
        assert_eq!(place(page)?.0, last, "and on");
        Ok(())
    })
}
