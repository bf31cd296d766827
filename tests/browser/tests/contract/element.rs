//! The custom element in somebody's page, used by a script there.

use browser::Outcome;
use browser::specimens::SPECIMENS;
use explainer::figure::Tick;
use serde_json::{Value, json};

use crate::trial::tests;
use crate::visit::{Page, visit_host};

tests![
    attributes_and_properties_go_both_ways,
    its_methods_play_and_take_pictures,
    it_survives_being_moved_removed_copied_and_renamed,
    a_script_may_come_twice_and_values_before_it,
    a_strict_host_allows_it,
    its_figure_goes_from_left_to_right_on_any_page,
    it_follows_the_switch_of_its_notes,
    twenty_figures_share_one_engine_and_sleep_off_screen,
    the_first_frame_after_a_jump_shows_the_figure,
    a_figure_that_hears_late_of_coming_and_going_goes_by_the_last,
    a_figure_takes_no_key_from_its_host,
];

/// A page with one figure.
const FIT: &str = "<script type=\"module\" src=\"divergence-figure.js\"></script>
    <div id=\"here\"><divergence-figure name=\"kl-fit\" rate=\"0.1\"></divergence-figure></div><div id=\"there\"></div>";

/// Runs the body of an asynchronous function in which `fit` is the page's first figure.
fn run(page: &Page, script: &str) -> Outcome<Value> {
    let script = format!(
        "return (async () => {{
           const fit = document.querySelector('divergence-figure');
           const frames = async (count) => {{ while (count--) await new Promise(requestAnimationFrame); }};
           {script}
         }})()"
    );
    page.browser.run(&script, &[])
}

fn attributes_and_properties_go_both_ways() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        assert_eq!(run(page, "return fit.rate")?, "0.1", "an attribute shows in the property");
        run(page, "fit.mu = -2; await frames(3)")?;
        assert_eq!(run(page, "return fit.getAttribute('mu')")?, "-2", "a property shows in the attribute");
        run(page, "fit.setAttribute('mu', '2.5'); await frames(3)")?;
        assert_eq!(run(page, "return [fit.mu, fit.values.mu]")?, json!(["2.5", "2.5"]), "and back");
        figure.press("[data-slide=sigma]", browser::keys::RIGHT)?;
        figure.settle()?;
        let shown = run(page, "return [fit.sigma, fit.getAttribute('sigma')]")?;
        assert!(shown[0] == shown[1] && shown[0] != "1", "what the reader does shows in both: {shown}");
        run(page, "fit.setAttribute('mu', 'far'); await frames(3)")?;
        let problems = figure.problems()?;
        assert!(
            problems.len() == 1 && problems[0].contains("mu=far"),
            "a bad attribute is named: {problems:?}"
        );
        assert_eq!(run(page, "return fit.mu")?, "2.5", "and changes nothing");
        let thrown =
            run(page, "return fit.set({ sigma: 2, mu: 99 }).catch((e) => [e.name, e.message, fit.sigma])")?;
        assert_eq!(thrown[0], "RangeError", "{thrown}");
        assert!(thrown[1].as_str().is_some_and(|text| text.contains("mu=99")), "{thrown}");
        assert_eq!(thrown[2], shown[0], "all or none: {thrown}");
        run(page, "await fit.reset(); await frames(2)")?;
        assert_eq!(
            run(page, "return [fit.rate, fit.mu]")?,
            json!(["0.1", "1.2"]),
            "Reset: as the author put it"
        );
        figure.agrees("driven by a script")
    })
}

fn its_methods_play_and_take_pictures() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        let heard = run(
            page,
            "const steps = [];
             fit.addEventListener('change', ({ detail }) => detail && steps.push(Number(detail.values.step)));
             await fit.play();
             while (!(steps.at(-1) > steps[0])) await frames(1);
             await fit.pause();
             await frames(3);
             const still = fit.values.step;
             await frames(10);
             return [steps.at(-1) > steps[0], fit.values.step === still]",
        )?;
        assert_eq!(heard, json!([true, true]), "it plays, tells of it, and pauses");
        figure.settle()?;
        let taken = run(
            page,
            "const png = await createImageBitmap(await fit.toPNG({ width: 500, scale: 3 }));
             return [await fit.toSVG({ width: 700, theme: 'dark' }), png.width, await fit.toCSV()]",
        )?;
        let mut twin = figure.twin()?;
        // The page's figure is at rest, and curves have faded in.
        while twin.tick(1.0) == Tick::Moving {}
        let own = twin.svg(700.0, explainer::plot::Theme::Dark, false, &page.texts()?);
        let marks = |svg: &str| (svg.matches("<path").count(), svg.matches("<text").count());
        let svg = taken[0].as_str().unwrap_or_default();
        assert_eq!(marks(svg), marks(&own), "as the library draws it");
        assert_eq!(taken[1], 1500, "as wide as asked");
        assert!(taken[2].as_str().is_some_and(|csv| csv.starts_with("# kl-fit\n")), "data");
        Ok(())
    })
}

fn it_survives_being_moved_removed_copied_and_renamed() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        run(page, "fit.mu = -3; await frames(2)")?;
        run(page, "document.querySelector('#there').append(fit); await frames(3)")?;
        assert_eq!(figure.value("mu")?, "-3", "moved");
        figure.click("[data-play]")?;
        run(
            page,
            "window.fit = fit; fit.remove(); await frames(5); document.querySelector('#here').append(fit); await frames(3)",
        )?;
        figure.agrees("taken out while it played, and put back")?;
        figure.click("[data-preset]:last-child")?;
        figure.agrees("used after that")?;
        let copy = run(
            page,
            "const copy = fit.cloneNode(true);
             document.querySelector('#there').append(copy);
             await copy.ready();
             return JSON.stringify(copy.values) === JSON.stringify(fit.values)",
        )?;
        assert_eq!(copy, true, "a copy starts where its model stands");
        run(
            page,
            "document.querySelector('#there').replaceChildren(); fit.name = 'comparison'; await frames(2)",
        )?;
        let renamed = page.figure("comparison")?;
        renamed.agrees("renamed")?;
        assert_eq!(renamed.problems()?, [""; 0], "nothing of the other figure is left");
        let before = renamed.values()?.len();
        renamed.click("[data-set=\"q.add\"]")?;
        renamed.settle()?;
        let parts = renamed.value("q")?.split(';').count();
        assert_eq!((renamed.values()?.len(), parts), (before, 2), "one press of a button is one press");
        run(page, "fit.name = 'nosuch'; await frames(5)")?;
        let note = run(page, "return fit.shadowRoot.querySelector('.problems').innerText")?;
        assert!(note.as_str().is_some_and(|note| note.contains("“nosuch”")), "{note}");
        Ok(())
    })
}

fn a_script_may_come_twice_and_values_before_it() -> Outcome {
    let html = "<divergence-figure name=\"kl-fit\" rat=\"0.1\"></divergence-figure>
        <script>document.querySelector('divergence-figure').mu = 3;</script>
        <script type=\"module\" src=\"divergence-figure.js\"></script>
        <script type=\"module\" src=\"package/divergence-figure.js\"></script>
        <script type=\"module\" src=\"package/divergence-figure.complete.js\"></script>";
    visit_host(html, |page| {
        let figure = page.figure("kl-fit")?;
        assert_eq!(figure.value("mu")?, "3", "what was set before the element was defined counts");
        let problems = figure.problems()?;
        assert!(problems.len() == 1 && problems[0].contains("“rat”"), "a slip is named: {problems:?}");
        figure.agrees("with three scripts")
    })
}

fn a_strict_host_allows_it() -> Outcome {
    let policy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";
    let elements: String = SPECIMENS
        .iter()
        .map(|name| format!("<divergence-figure name=\"{name}\"></divergence-figure>"))
        .collect();
    let html = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">
         <script type=\"module\" src=\"divergence-figure.js\"></script>{elements}"
    );
    // Refusals are reported on the console, which must stay empty.
    visit_host(&html, |page| {
        for name in SPECIMENS {
            let figure = page.figure(name)?;
            figure.agrees("under a strict policy")?;
            figure.click("[data-preset]:last-child")?;
            figure.agrees("an example under a strict policy")?;
            figure.embed()?;
            page.browser.press(browser::keys::ESCAPE)?;
            let styled: String =
                figure.run("return getComputedStyle(root.querySelector('canvas')).position", &[])?;
            assert_eq!(styled, "absolute", "{}: it has its styles", figure.name);
        }
        Ok(())
    })
}

fn its_figure_goes_from_left_to_right_on_any_page() -> Outcome {
    // Where everything is, relative to its element.
    let places = "const box = (part) => part.getBoundingClientRect();
        return ['ltr', 'rtl'].map((side) => {
          const element = document.querySelector(`[dir=${side}] > divergence-figure`);
          const { left, top } = box(element);
          const parts = [...element.shadowRoot.querySelectorAll('canvas, .handle, .controls *, figcaption, .grid *')];
          return parts.filter((part) => part.checkVisibility()).map((part) => [part.className || part.localName,
            Math.round(box(part).left - left), Math.round(box(part).top - top), getComputedStyle(part).direction]);
        })";
    for name in SPECIMENS {
        let one = |side: &str| {
            format!("<div dir=\"{side}\"><divergence-figure name=\"{name}\"></divergence-figure></div>")
        };
        let html = format!(
            "<script type=\"module\" src=\"divergence-figure.js\"></script>{}{}",
            one("ltr"),
            one("rtl")
        );
        visit_host(&html, |page| {
            let figure = page.figure(name)?;
            figure.settle()?;
            let both = "return document.querySelectorAll('divergence-figure[ready]').length === 2";
            run(page, "document.querySelector('[dir=rtl]').scrollIntoView({ behavior: 'instant' })")?;
            page.browser.wait::<bool>(both, &[])?;
            page.frames(3)?;
            let [left, right]: [Vec<Value>; 2] = page.browser.run(places, &[])?;
            assert!(left.len() > 30, "{name}: there is something to see");
            assert_eq!(left, right, "{name}: each part has its place");
            let drawings = "return (await Promise.all([...document.querySelectorAll('divergence-figure')].map((one) => one.toPNG({ width: 700 })
                .then((blob) => blob.arrayBuffer())))).map((bytes) => [...new Uint8Array(bytes)].join())";
            let drawings = run(page, drawings)?;
            assert_eq!(drawings[0], drawings[1], "{name}: one drawing");
            Ok(())
        })?;
    }
    Ok(())
}

fn it_follows_the_switch_of_its_notes() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        // The theme that it tells, the luminance of the drawing's corner and that of the paper around it.
        let seen = "const canvas = root.querySelector('canvas');
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.fillStyle = getComputedStyle(element).backgroundColor;
            copy.fillRect(0, 0, canvas.width, canvas.height);
            const [paper] = copy.getImageData(1, 1, 1, 1).data;
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            const furthest = data.reduce((most, ink, index) => (index % 4 ? most : Math.max(most, Math.abs(ink - paper))), 0);
            return [element.theme, paper > 127 ? 'light' : 'dark',
              furthest > 80 ? 'readable' : 'not readable'].join()";
        let shows = |theme: &str, what: &str| -> Outcome {
            let wanted = format!("{theme},{theme},readable");
            let script = format!("const seen = (() => {{ {seen} }})(); return seen === given[0]");
            figure.wait::<bool>(&script, &[json!(wanted)]).map(drop).map_err(|error| {
                let shown: String = figure.run(seen, &[]).unwrap_or_default();
                format!("{what}: {shown}; {error}").into()
            })
        };
        for (script, theme) in [
            ("", "light"),
            ("document.documentElement.dataset.theme = 'dark'", "dark"),
            ("document.documentElement.dataset.theme = 'light'", "light"),
            ("delete document.documentElement.dataset.theme", "light"),
            ("document.body.dataset.theme = 'dark'", "dark"),
            ("document.body.dataset.theme = 'auto'", "light"),
            ("document.documentElement.style.colorScheme = 'dark'", "dark"),
            ("fit.theme = 'light'", "light"),
            ("fit.theme = 'auto'", "dark"),
            ("document.documentElement.style.colorScheme = 'light dark'", "light"),
        ] {
            run(page, script)?;
            shows(theme, script)?;
        }
        assert_eq!(figure.problems()?, [""; 0], "nothing of it is taken for a parameter");
        Ok(())
    })
}

fn twenty_figures_share_one_engine_and_sleep_off_screen() -> Outcome {
    let elements: String = SPECIMENS
        .iter()
        .cycle()
        .take(20)
        .enumerate()
        .map(|(index, name)| {
            format!("<h2>{index}</h2><divergence-figure name=\"{name}\"></divergence-figure>")
        })
        .collect();
    let html = format!(
        "<script type=\"module\" src=\"divergence-figure.js\"></script>{elements}<p><a href=\"#\">End</a></p>"
    );
    visit_host(&html, |page| {
        page.browser.wait::<bool>("return document.querySelector('[ready]') !== null", &[])?;
        let awake = "return document.querySelectorAll('divergence-figure[ready]').length";
        assert!(page.browser.run::<usize>(awake, &[])? < 6, "what is far sleeps");
        let script = "
            for (const one of document.querySelectorAll('divergence-figure')) {
              one.scrollIntoView({ behavior: 'instant' });
              while (!one.hasAttribute('ready')) await new Promise(requestAnimationFrame);
            }";
        run(page, script)?;
        let asked: Vec<_> = page.requests()?.into_iter().filter(|url| url.ends_with(".wasm")).collect();
        assert_eq!(asked.len(), 1, "one engine: {asked:?}");
        // Tab moves through every figure and past the last one.
        let script = "
            const last = [...document.querySelectorAll('divergence-figure')].at(-1);
            last.scrollIntoView({ behavior: 'instant' });
            await frames(3);
            last.shadowRoot.querySelector('[data-embed]').focus()";
        run(page, script)?;
        for _ in 0..30 {
            page.browser.press(browser::keys::TAB)?;
            if run(page, "return document.activeElement.localName")? == "a" {
                return Ok(());
            }
        }
        Err("Tab does not leave the last figure".into())
    })
}

fn the_first_frame_after_a_jump_shows_the_figure() -> Outcome {
    let elements: String = SPECIMENS
        .iter()
        .map(|name| {
            format!(
                "<divergence-figure name=\"{name}\"></divergence-figure><p style=\"height:5000px\">Far.</p>"
            )
        })
        .collect();
    let html = format!("<script type=\"module\" src=\"divergence-figure.js\"></script>{elements}");
    // The script returns the number of the canvas' pixels for each pixel of the layout, and the number of its
    // colours.
    let seen = "const canvas = root.querySelector('canvas');
        const copy = new OffscreenCanvas(canvas.width || 1, canvas.height || 1).getContext('2d', { willReadFrequently: true });
        canvas.width && copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, copy.canvas.width, copy.canvas.height);
        const seen = () => [canvas.width / canvas.clientWidth, new Set(new Uint32Array(data.buffer)).size];";
    visit_host(&html, |page| {
        for name in SPECIMENS {
            let figure = page.figure(name)?;
            figure.choose(figure.library()?.presets().last().ok_or("every figure has examples")?)?;
            figure.settle()?;
            run(page, "scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")?;
            figure.wait::<bool>(
                "const canvas = root.querySelector('canvas'); return canvas.width < canvas.clientWidth",
                &[],
            )?;
            let (pixels, colours): (f64, usize) = figure.run(&format!("{seen} return seen()"), &[])?;
            assert!(pixels > 0.0 && pixels <= 0.6, "{name}: far away a copy is kept, {pixels} of its width");
            assert!(colours > 20, "{name}: {colours} colours in the copy");
            // A message sent while a frame is being made arrives after it and before the next one.
            let jump = format!(
                "return new Promise((done) => {{
                   root.querySelector('canvas').scrollIntoView({{ behavior: 'instant', block: 'center' }});
                   requestAnimationFrame(() => {{
                     const {{ port1, port2 }} = new MessageChannel();
                     port1.onmessage = () => {{ {seen} done(seen()); }};
                     port2.postMessage(0);
                   }});
                 }})"
            );
            let (pixels, colours): (f64, usize) = figure.run(&jump, &[])?;
            assert!((pixels - 1.0).abs() < 0.01, "{name}: drawn at {pixels} of its width in the first frame");
            assert!(colours > 50, "{name}: {colours} colours in the first frame");
            figure.agrees("after a jump")?;
        }
        Ok(())
    })
}

fn a_figure_that_hears_late_of_coming_and_going_goes_by_the_last() -> Outcome {
    // Busy pages deliver several entries to an observer at once.
    let late = "<script>
        const kept = [];
        globalThis.IntersectionObserver = class extends IntersectionObserver {
          constructor(tell, options) {
            const heard = [];
            kept.push(() => tell(heard.splice(0), this));
            super((entries) => heard.push(...entries), options);
          }
        };
        globalThis.tell = () => kept.forEach((one) => one());
        </script><p style=\"height:4000px\">Far.</p>";
    visit_host(&format!("{late}{FIT}"), |page| {
        page.browser.wait::<bool>("return Boolean(customElements.get('divergence-figure'))", &[])?;
        let script = "await frames(5);
            fit.scrollIntoView({ behavior: 'instant' });
            await frames(5);
            tell();";
        run(page, script)?;
        page.browser.wait::<bool>("return document.querySelector('[ready]') !== null", &[])?;
        Ok(())
    })
}

fn a_figure_takes_no_key_from_its_host() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        run(
            page,
            "window.keys = [];
            document.addEventListener('keydown', (event) => keys.push([event.key, event.defaultPrevented]));",
        )?;
        figure.run::<()>("root.querySelector('.handle').focus()", &[])?;
        for key in ["a", "b", "l", "?", " ", browser::keys::ESCAPE] {
            page.browser.press(key)?;
        }
        let keys = run(page, "return keys")?;
        let taken: Vec<_> = keys.as_array().into_iter().flatten().filter(|key| key[1] == true).collect();
        assert!(taken.is_empty(), "only arrows are taken, on a handle: {taken:?}");
        assert_eq!(keys.as_array().map(Vec::len), Some(6), "the host hears all: {keys}");
        let before = figure.values()?;
        page.browser.press(browser::keys::RIGHT)?;
        figure.settle()?;
        assert_ne!(figure.values()?, before, "an arrow moves the handle");
        let keys = run(page, "return keys")?;
        assert_eq!(keys.as_array().map(Vec::len), Some(6), "and turns no slide of the host's: {keys}");
        Ok(())
    })
}
