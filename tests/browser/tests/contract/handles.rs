//! Handles on the drawing are moved by pointer and by keyboard.

use browser::{Outcome, keys};

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{on_specimens, visit};

tests![
    handles_follow_the_pointer_and_the_address_follows_them,
    a_finger_moves_a_handle_and_not_the_page not in [WebKit]: "WebKit's driver has no touch: it sends a mouse instead",
    a_finger_beside_the_handles_scrolls_the_page not in [Firefox, WebKit]: "only Chromium's driver has a finger that scrolls: Firefox's sends the page its events, WebKit's a mouse's",
    the_keyboard_reaches_a_handle_and_moves_it,
    every_handle_moves_by_keyboard_and_says_where_it_is,
    two_clicks_do_what_a_drag_does,
    what_is_taken_can_be_left,
    two_taps_do_what_a_drag_does not in [WebKit]: "WebKit's driver has no touch: it sends a mouse instead",
];

/// Runs `test` on each of the specimens on a phone. Its second argument tells how far the page has been scrolled.
fn on_phones(test: impl Fn(&Figure<'_>, &dyn Fn() -> Outcome<f64>) -> Outcome) -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        page.browser.resize(375, 800, 2.0)?;
        test(&page.figure(&figure.name)?, &|| page.browser.run("return scrollY", &[]))
    })
}

fn handles_follow_the_pointer_and_the_address_follows_them() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        let count = "window.pushed = 0; const push = history.pushState;
                history.pushState = (...given) => { window.pushed += 1; push.apply(history, given); }";
        page.browser.run::<()>(count, &[])?;
        let mut dragged = 0;
        for index in 0..figure.rings()?.len() {
            let ring = figure.rings()?[index].clone();
            if !ring.free {
                continue;
            }
            let before = figure.values()?;
            let (right, down) =
                (if ring.horizontal { 18.0 } else { 0.0 }, if ring.vertical { 12.0 } else { 0.0 });
            figure.drag(index, right, down)?;
            figure.agrees(&format!("dragging {}", ring.name))?;
            assert_ne!(figure.values()?, before, "{}: dragging {} changes something", figure.name, ring.name);
            dragged += 1;
        }
        if !figure.rings()?.is_empty() {
            assert!(dragged > 0, "{}: some handle can be taken hold of", figure.name);
            figure.address_follows()?;
        }
        let pushed: u32 = page.browser.run("return pushed", &[])?;
        assert_eq!(pushed, 0, "{}: dragging adds no history", figure.name);

        let (told, values) = (figure.told()?, figure.values()?);
        let address: String = page.browser.run("return location.pathname.slice(1) + location.search", &[])?;
        page.go(&address)?;
        let again = page.figure(&figure.name)?;
        again.agrees("reading its own address")?;
        assert_eq!(again.values()?, values, "{}: the address holds the state", figure.name);
        assert_eq!(again.told()?, told, "{}: the same numbers after a reload", figure.name);
        Ok(())
    })
}

fn a_finger_moves_a_handle_and_not_the_page() -> Outcome {
    on_phones(|figure, scrolled| {
        let page = figure.page;
        let Some(ring) = figure.rings()?.into_iter().find(|ring| ring.free) else { return Ok(()) };
        let (before, values) = (scrolled()?, figure.values()?);
        let (right, down) =
            (if ring.horizontal { 24.0 } else { 0.0 }, if ring.vertical { 12.0 } else { 0.0 });
        let way = |part: f64| (ring.x + part * right, ring.y + part * down);
        page.browser.swipe(&[way(0.0), way(0.3), way(0.7), way(1.0)])?;
        figure.agrees(&format!("swiping {}", ring.name))?;
        assert_ne!(figure.values()?, values, "{}: a finger moves {}", figure.name, ring.name);
        assert_eq!(scrolled()?, before, "{}: the page stays where it is under the finger", figure.name);
        Ok(())
    })
}

fn a_finger_beside_the_handles_scrolls_the_page() -> Outcome {
    on_phones(|figure, scrolled| {
        let page = figure.page;
        let before = scrolled()?;
        // A finger on a part of the drawing without a handle scrolls the page.
        let corner: [f64; 2] = figure.run(
                "const box = root.querySelector('.stage').getBoundingClientRect(); return [box.left + 30, box.top + 30]",
                &[],
            )?;
        let start = (corner[0], f64::from((corner[1] as i32).clamp(300, 780)));
        page.browser.swipe(&[start, (start.0, start.1 - 80.0), (start.0, start.1 - 160.0)])?;
        page.browser
            .wait::<bool>("return scrollY > arguments[0] + 50", &[before.into()])
            .map_err(|error| format!("{}: a finger beside the handles scrolls: {error}", figure.name))?;
        Ok(())
    })
}

fn the_keyboard_reaches_a_handle_and_moves_it() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        // The focus starts at the text before the figure.
        page.browser.run::<()>(
                "const { parentNode } = document.querySelector(`divergence-figure[name=\"${arguments[0]}\"]`);
                 const before = document.createElement('span');
                 before.tabIndex = -1;
                 parentNode.insertBefore(before, document.querySelector(`divergence-figure[name=\"${arguments[0]}\"]`));
                 before.focus();",
                &[figure.name.as_str().into()],
            )?;
        // The first tab stop is the link past the figure.
        page.browser.press(keys::TAB)?;
        page.browser.press(keys::TAB)?;
        let focused: Option<usize> = figure.run(
            "const index = [...root.querySelectorAll('.handle')].indexOf(root.activeElement);
                 return index < 0 ? null : index",
            &[],
        )?;
        let index = focused.ok_or_else(|| format!("{}: Tab does not reach a handle", figure.name))?;
        let ring = figure.rings()?[index].clone();
        let before = figure.values()?;
        page.browser.press(if ring.horizontal { keys::RIGHT } else { keys::UP })?;
        figure.agrees("an arrow key on a handle")?;
        assert_ne!(figure.values()?, before, "{}: {} moves by arrow key", figure.name, ring.name);
        Ok(())
    })
}

fn every_handle_moves_by_keyboard_and_says_where_it_is() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        let said = |index: usize| -> Outcome<String> {
            figure.run("return root.querySelectorAll('.handle')[given[0]].ariaValueText", &[index.into()])
        };
        for (index, ring) in figure.rings()?.into_iter().enumerate().filter(|(_, ring)| !ring.twin) {
            let ways = [(ring.horizontal, keys::RIGHT), (ring.vertical, keys::UP)];
            for (_, key) in ways.into_iter().filter(|(moves, _)| *moves) {
                let (values, heard) = (figure.values()?, said(index)?);
                figure.run::<()>("root.querySelectorAll('.handle')[given[0]].focus()", &[index.into()])?;
                for _ in 0..3 {
                    page.browser.press(key)?;
                }
                figure.agrees(&format!("arrow keys on {}", ring.name))?;
                assert_ne!(figure.values()?, values, "{}: {} moves", figure.name, ring.name);
                assert_ne!(said(index)?, heard, "{}: {} says where it is", figure.name, ring.name);
                let range = "const { ariaValueMin, ariaValueNow, ariaValueMax } = root.querySelectorAll('.handle')[given[0]];
                    return [ariaValueMin, ariaValueNow, ariaValueMax].map(Number)";
                let [least, at, most]: [f64; 3] = figure.run(range, &[index.into()])?;
                assert!(least <= at && at <= most && least < most, "{}: {least} ≤ {at} ≤ {most}", ring.name);
                let own = &figure.rings()?[index].value;
                assert_eq!(&said(index)?, own, "{}: what {} says is so", figure.name, ring.name);
            }
        }
        Ok(())
    })
}

/// What is said of the handle that is taken, "" if none is, and whether that is seen.
fn hint(figure: &Figure<'_>) -> Outcome<(String, bool)> {
    let script = "const hint = root.querySelector('.hint');
        return [hint.textContent, hint.getBoundingClientRect().width > 50 && root.querySelectorAll('.handle.taken').length === 1]";
    figure.run(script, &[])
}

/// Takes each free handle by `touch`, and puts it down by another one a little to the right and below.
fn put_each(figure: &Figure<'_>, touch: &dyn Fn(&Figure<'_>, (f64, f64)) -> Outcome) -> Outcome {
    for index in 0..figure.rings()?.len() {
        let ring = figure.rings()?[index].clone();
        if !ring.free {
            continue;
        }
        let before = figure.values()?;
        touch(figure, (ring.x, ring.y))?;
        let (said, seen) = hint(figure)?;
        assert!(said.contains(&ring.name) && seen, "{}: {} is taken: “{said}”", figure.name, ring.name);
        assert_eq!(figure.values()?, before, "{}: {} stays where it is", figure.name, ring.name);
        touch(figure, (ring.x + 18.0, ring.y + 14.0))?;
        figure.agrees(&format!("putting {} down", ring.name))?;
        assert_eq!(hint(figure)?, (String::new(), false), "{}: {} is put down", figure.name, ring.name);
        assert_ne!(figure.values()?, before, "{}: {} moves", figure.name, ring.name);
    }
    Ok(())
}

fn click(figure: &Figure<'_>, at: (f64, f64)) -> Outcome {
    figure.page.browser.drag(&[at])
}

fn two_clicks_do_what_a_drag_does() -> Outcome {
    on_specimens(|figure| {
        put_each(figure, &click)?;
        let Some(ring) = figure.rings()?.into_iter().position(|ring| ring.free) else {
            return Ok(());
        };
        let places = |figure: &Figure<'_>| -> Outcome<(f64, f64)> {
            let now = &figure.rings()?[ring];
            Ok((now.x, now.y))
        };
        figure.click("[data-reset]")?;
        figure.settle()?;
        figure.drag(ring, 24.0, 18.0)?;
        figure.settle()?;
        let dragged = places(figure)?;
        figure.click("[data-reset]")?;
        figure.settle()?;
        let (x, y) = places(figure)?;
        click(figure, (x, y))?;
        click(figure, (x + 24.0, y + 18.0))?;
        figure.settle()?;
        let put = places(figure)?;
        let apart = (dragged.0 - put.0).hypot(dragged.1 - put.1);
        assert!(apart < 3.0, "{}: dragged to {dragged:?}, put at {put:?}", figure.name);
        Ok(())
    })
}

fn two_taps_do_what_a_drag_does() -> Outcome {
    on_phones(|figure, scrolled| {
        let before = scrolled()?;
        put_each(figure, &|figure, at| figure.page.browser.swipe(&[at]))?;
        assert_eq!(scrolled()?, before, "{}: the page stays where it is", figure.name);
        Ok(())
    })
}

fn what_is_taken_can_be_left() -> Outcome {
    visit("figure.html?figure=kl-fit", |page| {
        let figure = page.figure("kl-fit")?;
        let ring = figure.rings()?.into_iter().find(|ring| ring.free).ok_or("a handle")?;
        let before = figure.values()?;
        let caption: (f64, f64) = figure.run(
            "const { left, top } = root.querySelector('figcaption').getBoundingClientRect(); return [left + 40, Math.min(top + 8, innerHeight - 4)]",
            &[],
        )?;
        for (how, leave) in [
            ("a click on itself", &(|| click(&figure, (ring.x, ring.y))) as &dyn Fn() -> Outcome),
            ("Escape", &|| page.browser.press(keys::ESCAPE)),
            ("a click beside the drawing", &|| click(&figure, caption)),
        ] {
            click(&figure, (ring.x, ring.y))?;
            assert!(hint(&figure)?.1, "{how}: it is taken");
            leave()?;
            figure.settle()?;
            assert_eq!(hint(&figure)?, (String::new(), false), "{how}: it is left");
            assert_eq!(figure.values()?, before, "{how}: where it was");
        }
        // A drag of another one moves that one alone.
        click(&figure, (ring.x, ring.y))?;
        let rings = figure.rings()?;
        let other =
            rings.iter().position(|other| other.free && other.name != ring.name).ok_or("another handle")?;
        figure.drag(other, 20.0, 0.0)?;
        figure.settle()?;
        let dragged = figure.values()?;
        assert_ne!(dragged, before, "{} is dragged", rings[other].name);
        assert_eq!(hint(&figure)?, (String::new(), false), "{} is left by that", ring.name);
        click(&figure, caption)?;
        figure.settle()?;
        assert_eq!(figure.values()?, dragged, "a click where nothing is taken");
        Ok(())
    })
}
