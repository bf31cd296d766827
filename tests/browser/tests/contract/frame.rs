//! A figure alone: in somebody's iframe, in a sandbox, and as a file of its own.

use std::fs;

use browser::specimens::SPECIMENS;
use browser::{Element, Outcome, keys};
use explainer::book;
use explainer::figure::PARTS;
use serde_json::{Value, json};

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{CALM, Page, dist, home, on_specimens, visit, visit_as, visit_host, visit_html};

tests![
    an_address_shows_one_figure_alone_as_it_says,
    a_page_that_is_asked_for_one_figure_leads_to_it_in_its_language,
    what_is_hidden_is_gone_and_what_is_locked_stays,
    what_an_address_gets_wrong_is_named,
    a_frame_tells_its_height_and_takes_no_focus,
    the_single_file_works_in_srcdoc_and_in_a_sandbox,
    a_figure_saved_as_one_file_is_that_figure_in_that_state,
    every_snippet_shows_the_figure_as_it_stands,
    a_frame_answers_its_host_and_nobody_else,
    a_snippet_s_frame_is_for_a_text_wherever_its_author_looks,
    a_snippet_s_frame_is_as_high_as_its_figure,
    the_dialog_locks_and_asks_as_its_author_wants,
];

/// Whether the page shows a figure alone, to which the explainer's own pages lead on.
const ALONE: &str = "return document.documentElement.dataset.view === 'figure'";

/// Enters the first frame of the page.
fn enter(page: &Page) -> Outcome {
    let frame: Element = page.browser.run("return document.querySelector('iframe')", &[])?;
    page.browser.enter_frame(&frame)
}

/// The query for a figure in its last example.
fn example(name: &str) -> Outcome<(String, &'static [(&'static str, &'static str)])> {
    let library = book::make(name).ok_or("a figure of that name")?;
    let preset = library.presets().last().ok_or("a figure has an example")?;
    let query: String = preset.values.iter().map(|(key, value)| format!("&{key}={value}")).collect();
    Ok((format!("figure={name}{query}"), preset.values))
}

fn an_address_shows_one_figure_alone_as_it_says() -> Outcome {
    visit("", |page| {
        for name in SPECIMENS {
            let (query, values) = example(name)?;
            for address in ["figure.html", "index.html", "divergences.html"] {
                page.go(&format!("{address}?{query}"))?;
                page.browser.wait::<bool>(ALONE, &[])?;
                let figure = page.figure(name)?;
                figure.agrees(address)?;
                for (key, value) in values {
                    assert_eq!(&figure.value(key)?, value, "{name}: {key} in {address}");
                }
                let around: Vec<String> =
                    page.browser.run("return [document.body.innerText.trim(), document.title]", &[])?;
                assert_eq!(around[0], around[1], "{address}: around the figure is only its name, said aloud");
                // Reset returns to the author's state, not to the defaults.
                figure.press(".handle", keys::RIGHT)?;
                figure.settle()?;
                figure.click("[data-reset]")?;
                for (key, value) in values {
                    assert_eq!(&figure.value(key)?, value, "{name}: {key} in {address} after Reset");
                }
                let now: String = page.browser.run("return location.search", &[])?;
                assert_eq!(
                    now.matches("figure=").count(),
                    1,
                    "the frame's address stays its author's: {now}"
                );
            }
        }
        Ok(())
    })
}

fn a_page_that_is_asked_for_one_figure_leads_to_it_in_its_language() -> Outcome {
    visit("", |page| {
        for (address, lang) in [
            ("zh/two-directions.html?figure=kl-fit&rate=0.1", "zh"),
            ("zh/index.html?figure=kl-fit&rate=0.1&lang=en", "en"),
        ] {
            page.go(address)?;
            page.browser.wait::<bool>(ALONE, &[])?;
            let figure = page.figure("kl-fit")?;
            assert_eq!(figure.value("rate")?, "0.1", "{address}: its state");
            assert_eq!(figure.problems()?, Vec::<String>::new(), "{address}: all of the address is known");
            let said: String = page.browser.run("return document.documentElement.lang", &[])?;
            assert_eq!(said, lang, "{address}");
        }
        Ok(())
    })
}

fn what_is_hidden_is_gone_and_what_is_locked_stays() -> Outcome {
    visit("", |page| {
        for name in SPECIMENS {
            let library = book::make(name).ok_or("a figure of that name")?;
            let keys: Vec<_> = library.specs().iter().map(|spec| spec.key).collect();
            page.go(&format!("figure.html?figure={name}&hide={}", keys.join(",")))?;
            let figure = page.figure(name)?;
            let seen = "return [...root.querySelectorAll('[data-part]')]
                .filter((one) => one.checkVisibility()).map((one) => one.dataset.part)";
            let left: Vec<String> = figure.run(seen, &[])?;
            assert!(!left.iter().any(|one| keys.contains(&one.as_str())), "{name}: all is hidden: {left:?}");
            // The address sets the attribute.
            for part in PARTS.iter().chain(&keys) {
                figure.run::<()>("element.setAttribute('hide', given[0])", &[json!(part)])?;
                let gone = format!("{seen}.includes(given[0]) ? false : true");
                figure
                    .wait::<bool>(&gone, &[json!(part)])
                    .map_err(|error| format!("{name}: {part}: {error}"))?;
                assert_eq!(figure.problems()?, [""; 0], "{name}: {part} can be hidden");
            }
            page.go(&format!("figure.html?figure={name}&lock={}", keys.join(",")))?;
            let figure = page.figure(name)?;
            let script = "
                const open = [...root.querySelectorAll('[data-part] :is(input, select, [data-set])')];
                const rings = [...root.querySelectorAll('.handle')].filter((ring) => ring.checkVisibility());
                return [open.filter((one) => !one.matches(':disabled, [data-grid] *')).length, rings.length]";
            let free: [usize; 2] = figure.run(script, &[])?;
            assert_eq!(free, [0, 0], "{name}: with everything locked no control and no handle is free");
            let before = figure.values()?;
            figure
                .run::<()>("root.querySelectorAll('[data-preset]').forEach((chip) => chip.click())", &[])?;
            figure.run::<()>(
                "root.querySelectorAll('[data-grid] [data-set]').forEach((one) => one.click())",
                &[],
            )?;
            figure.settle()?;
            assert_eq!(figure.values()?, before, "{name}: nothing moves what is locked");
        }
        Ok(())
    })
}

fn what_an_address_gets_wrong_is_named() -> Outcome {
    visit("", |page| {
        for (query, wanted) in [
            ("nosuch=1", "“nosuch”"),
            ("rate=99", "rate=99"),
            ("hide=nosuch", "“nosuch”"),
            ("lock=presets", "“presets”"),
            ("theme=pink", "theme=pink"),
            ("background=pink", "background=pink"),
            ("lang=tlh", "lang=tlh"),
            ("host=example.org", "host=example.org"),
        ] {
            page.go(&format!("figure.html?figure=kl-fit&{query}"))?;
            let figure = page.figure("kl-fit")?;
            let problems = figure.problems()?;
            assert_eq!(problems.len(), 1, "{query}: one sentence: {problems:?}");
            assert!(problems[0].contains(wanted), "{query}: {problems:?}");
            figure.agrees(query)?;
        }
        for query in ["figure=nosuch", ""] {
            page.go(&format!("figure.html?{query}"))?;
            let note: String = page.browser.wait(
                "return document.querySelector('divergence-figure')?.shadowRoot?.querySelector('.problems li')?.innerText",
                &[],
            )?;
            for name in book::names() {
                assert!(note.contains(name), "“{query}”: the note names the figures there are: {note}");
            }
        }
        Ok(())
    })
}

fn a_frame_tells_its_height_and_takes_no_focus() -> Outcome {
    let html = "<script>window.heights = [];
        addEventListener('message', ({ data }) => heights.push(data));</script>
        <iframe src=\"{other}figure.html?figure=kl-fit\" style=\"width: 900px; height: 200px\"></iframe>
        <p style=\"height: 3000px\">Text</p>";
    visit_host(html, |page| {
        let script = "return heights.some(({ subject }) => subject === 'lti.frameResize') && heights.filter(({ type }) => type === 'height')";
        let told: Vec<Value> = page.browser.wait(script, &[])?;
        assert_eq!(told[0]["divergences"], 1, "the version of the message: {told:?}");
        let where_: [f64; 2] =
            page.browser.run("return [document.activeElement === document.body ? 1 : 0, scrollY]", &[])?;
        assert_eq!(where_, [1.0, 0.0], "the page has its focus and its place");
        enter(page)?;
        page.figure("kl-fit")?.agrees("in a frame of another origin")?;
        let own: f64 = page
            .browser
            .run("return document.querySelector('divergence-figure').getBoundingClientRect().height", &[])?;
        page.browser.leave_frames()?;
        // The figure grows when it starts, and reports its new height.
        let script =
            "return Math.abs(heights.findLast(({ type }) => type === 'height').height - arguments[0]) <= 1";
        page.browser.wait::<bool>(script, &[json!(own)]).map(drop)
    })
}

fn the_single_file_works_in_srcdoc_and_in_a_sandbox() -> Outcome {
    for attribute in [
        "sandbox=\"allow-scripts\" src=\"divergences.html?figure=kl-fit\"",
        "sandbox=\"allow-scripts\" src=\"figure.html?figure=kl-fit\"",
        "data-srcdoc",
    ] {
        let html = format!(
            "<iframe {attribute} style=\"width: 900px; height: 850px\"></iframe>
             <script type=\"module\">
               const frame = document.querySelector('[data-srcdoc]');
               if (frame) frame.srcdoc = await (await fetch('divergences.html')).text();
             </script>"
        );
        visit_host(&html, |page| {
            page.browser.wait::<bool>("return document.querySelector('iframe').srcdoc !== '' || !document.querySelector('[data-srcdoc]')", &[])?;
            enter(page)?;
            page.browser.wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
            let figure = page.figure("kl-fit")?;
            figure.agrees(attribute)?;
            figure.click("[data-preset]:last-child")?;
            figure.agrees("an example")?;
            page.browser.leave_frames()
        })?;
    }
    Ok(())
}

fn a_figure_saved_as_one_file_is_that_figure_in_that_state() -> Outcome {
    let folder = tempfile::tempdir()?;
    let mut saved = Vec::new();
    for name in SPECIMENS {
        // The dialog is tried on the served page and in the single file.
        for (round, address) in [home(name), format!("divergences.html#{name}")].iter().enumerate() {
            visit_as(CALM, address, |page| {
                let figure = page.figure(name)?;
                figure.click("[data-preset]:last-child")?;
                figure.settle()?;
                let file = folder.path().join(format!("{name}-{round}.html"));
                fs::write(&file, figure.save("html")?)?;
                saved.push((file, name, figure.values()?));
                Ok(())
            })?;
        }
    }
    for (file, name, values) in saved {
        let size = fs::metadata(&file)?.len();
        assert!(
            size < fs::metadata(dist().join("divergences.html"))?.len(),
            "smaller than the whole: {size}"
        );
        visit_html(&fs::read_to_string(&file)?, |page| {
            let figure = page.figure(name)?;
            assert_eq!(figure.values()?, values, "{name} as it was");
            assert_eq!(page.figures().count(), 1, "that figure alone");
            figure.agrees("a file of its own")?;
            figure.click("[data-save=csv]")?;
            Ok(())
        })?;
    }
    Ok(())
}

fn every_snippet_shows_the_figure_as_it_stands() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        figure.click("[data-preset]:last-child")?;
        figure.settle()?;
        figure.embed()?;
        let hide = "
                const box = [...root.querySelectorAll('.embed label')].find((one) => one.textContent.trim() === 'caption').querySelector('input');
                root.querySelector('.embed details').open = true;
                return box";
        page.browser.click(&figure.run::<Element>(hide, &[])?)?;
        let script = "
                const texts = {};
                for (const chip of root.querySelectorAll('.embed .chips button')) {
                  chip.click();
                  texts[chip.textContent] = root.querySelector('.embed textarea').value;
                }
                return texts";
        let texts: serde_json::Map<String, Value> = figure.run(script, &[])?;
        assert_eq!(texts.len(), 8, "every kind: {:?}", texts.keys());
        let address = format!("{}figure.html?figure={}&", page.origin, figure.name);
        for (kind, text) in &texts {
            let text = text.as_str().unwrap_or_default().replace("&amp;", "&").replace("\\&", "&");
            let shows = text.contains(&address) || text.contains(&format!("name=\"{}\"", figure.name));
            assert!(shows && text.contains("caption"), "{}, {kind}: {text}", figure.name);
        }
        let values = figure.values()?;
        page.browser.press(keys::ESCAPE)?;
        // WebKit handles the key a moment later.
        figure.wait::<bool>("return root.querySelector('dialog') === null", &[])?;
        // The two snippets in HTML are put into somebody's page.
        for kind in ["HTML, iframe", "HTML, element"] {
            let text = texts[kind].as_str().unwrap_or_default();
            visit_host(&text.replace(&page.origin, "{other}"), |host| {
                if kind.ends_with("iframe") {
                    enter(host)?;
                }
                host.browser
                    .wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
                let embedded = host.figure(&figure.name)?;
                assert_eq!(embedded.values()?, values, "{}, {kind}", figure.name);
                embedded.agrees(kind)?;
                let captions = "return [...root.querySelectorAll('figcaption')].filter((one) => one.checkVisibility()).length";
                assert_eq!(embedded.run::<usize>(captions, &[])?, 0, "its caption is left out");
                host.browser.leave_frames()
            })?;
        }
        Ok(())
    })
}

fn a_frame_answers_its_host_and_nobody_else() -> Outcome {
    let html = "<iframe id=\"fit\" src=\"{other}figure.html?figure=kl-fit\" style=\"width: 900px; height: 500px\"></iframe>
        <iframe id=\"shut\" src=\"{other}figure.html?figure=kl-fit&host=https://notes.example\" style=\"width: 900px; height: 300px\"></iframe>
        <script type=\"module\">
          import { FramedFigure } from './divergences-host.js';
          window.fit = new FramedFigure(document.querySelector('#fit'));
          window.shut = new FramedFigure(document.querySelector('#shut'));
          window.raw = (message) => new Promise((resolve) => {
            const id = Math.random();
            addEventListener('message', function hear({ data }) {
              if (data.id === id) { removeEventListener('message', hear); resolve(data); }
            });
            document.querySelector('#fit').contentWindow.postMessage({ id, ...message }, '*');
          });
          window.known = true;
        </script>";
    visit_host(html, |page| {
        page.browser.wait::<bool>("return window.known", &[])?;
        let run =
            |script: &str| page.browser.run::<Value>(&format!("return (async () => {{ {script} }})()"), &[]);
        let state = run("return await fit.set({ mu: -2, rate: 0.1 })")?;
        assert_eq!(state["values"]["mu"], "-2", "set: {state}");
        let mut twin = book::make("kl-fit").ok_or("the figure")?;
        for (key, value) in [("mu", "-2"), ("rate", "0.1")] {
            twin.set(key, value).map_err(|problem| format!("{problem:?}"))?;
        }
        for (shown, own) in state["readouts"].as_array().into_iter().flatten().zip(twin.readouts()) {
            assert_eq!(shown["key"], own.key, "the readouts' order");
            if let Some(value) = shown["value"].as_f64() {
                assert!(crate::figure::same(value, own.value), "{}: {value} for {}", own.key, own.value);
            }
        }
        let heard = run("const heard = [];
            const stop = await fit.subscribe(({ values }) => heard.push(values.mu));
            await fit.set({ mu: 1 });
            const begin = performance.now();
            while (!heard.includes('1') && performance.now() - begin < 60_000) await new Promise(requestAnimationFrame);
            await stop();
            await fit.set({ mu: 2 });
            await new Promise((done) => setTimeout(done, 300));
            return heard")?;
        // An earlier change may be reported first, because it is drawn a frame later.
        let heard: Vec<String> = serde_json::from_value(heard)?;
        assert_eq!(
            heard.last().map(String::as_str),
            Some("1"),
            "changes are told to who subscribed: {heard:?}"
        );
        assert!(!heard.iter().any(|mu| mu == "2"), "for as long: {heard:?}");
        let pictures = run("return [
            (await fit.picture('svg', { width: 700 })).slice(0, 4), (await fit.picture('csv')).slice(0, 8),
            (await fit.picture('png')).type]")?;
        assert_eq!(pictures, json!(["<svg", "# kl-fit", "image/png"]), "pictures");
        run("await fit.play(); await fit.pause()")?;
        run("await fit.setTheme('dark')")?;
        enter(page)?;
        let theme = "return document.querySelector('divergence-figure').theme";
        assert_eq!(page.browser.run::<String>(theme, &[])?, "dark", "as the host's switch says");
        page.browser.leave_frames()?;
        run("await fit.setTheme('auto')")?;
        let reset = run("return (await fit.reset()).values.mu")?;
        assert_eq!(reset, "1.2", "Reset");
        for (message, code) in [
            ("{ divergences: 2, type: 'get' }", "version"),
            ("{ divergences: 1, type: 'fly' }", "unknown-type"),
            ("{ divergences: 1 }", "unknown-type"),
            ("{ divergences: 1, type: 'constructor' }", "unknown-type"),
            ("{ divergences: 1, type: 'set' }", "malformed"),
            ("{ divergences: 1, type: 'set', values: [1] }", "malformed"),
            ("{ divergences: 1, type: 'set', values: { mu: 3, nosuch: 1 } }", "unknown-parameter"),
            ("{ divergences: 1, type: 'set', values: { mu: 3, rate: 'fast' } }", "bad-value"),
            ("{ divergences: 1, type: 'picture', format: 'gif' }", "bad-option"),
            ("{ divergences: 1, type: 'picture', width: 1e9 }", "bad-option"),
            ("{ divergences: 1, type: 'picture', theme: 'pink' }", "bad-option"),
            ("{ divergences: 1, type: 'theme', theme: 'pink' }", "bad-option"),
            ("{ divergences: 1, type: 'theme' }", "bad-option"),
        ] {
            let answer = run(&format!("return await raw({message})"))?;
            assert_eq!(
                (&answer["type"], &answer["code"]),
                (&json!("error"), &json!(code)),
                "{message}: {answer}"
            );
            assert!(answer["message"].as_str().is_some_and(|text| text.len() > 20), "{message}: {answer}");
        }
        let kept = run("return (await fit.get()).values.mu")?;
        assert_eq!(kept, "1.2", "what is wrong in part changes nothing");
        let shut = run("return await shut.get().catch(({ code, message }) => [code, message])")?;
        assert_eq!(shut[0], "forbidden", "{shut}");
        Ok(())
    })
}

/// The height of the frame in the dialog's HTML snippet.
fn frame_height(figure: &Figure<'_>) -> Outcome<f64> {
    figure.embed()?;
    let script = "return Number(root.querySelector('.embed textarea').value.match(/height: ([0-9]+)px/)[1])";
    let height = figure.run(script, &[])?;
    figure.page.browser.press(keys::ESCAPE)?;
    Ok(height)
}

fn a_snippet_s_frame_is_for_a_text_wherever_its_author_looks() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        page.browser.resize(1280, 800, 1.0)?;
        figure.settle()?;
        let wide = frame_height(figure)?;
        figure.run::<()>("root.querySelectorAll('.more').forEach((one) => (one.open = true))", &[])?;
        assert_eq!(frame_height(figure)?, wide, "{}: with all open", figure.name);
        page.browser.resize(375, 800, 1.0)?;
        figure.settle()?;
        let height = frame_height(figure)?;
        assert!((0.9..1.25).contains(&(height / wide)), "{}: {height} px, {wide} px", figure.name);
        Ok(())
    })
}

/// The dialog's snippet of `kind`.
fn snippet(figure: &Figure<'_>, kind: &str) -> Outcome<String> {
    let script = "const chip = [...root.querySelectorAll('.embed .chips button')].find((chip) => chip.textContent === given[0]);
        chip.click();
        return root.querySelector('.embed textarea').value";
    figure.run(script, &[json!(kind)])
}

fn a_snippet_s_frame_is_as_high_as_its_figure() -> Outcome {
    on_specimens(|figure| {
        figure.embed()?;
        let text = snippet(figure, "HTML, iframe")?;
        figure.page.browser.press(keys::ESCAPE)?;
        visit_host(&text.replace(&figure.page.origin, "{other}"), |host| {
            for width in [1280, 600, 375] {
                host.browser.resize(width, 800, 1.0)?;
                enter(host)?;
                host.browser
                    .wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
                host.figure(&figure.name)?.settle()?;
                let fits = "const { scrollHeight } = document.scrollingElement;
                    const figure = document.querySelector('divergence-figure').getBoundingClientRect().height;
                    return Math.abs(innerHeight - figure) <= 1 && scrollHeight <= innerHeight";
                host.browser
                    .wait::<bool>(fits, &[])
                    .map_err(|error| format!("{} at {width} px: {error}", figure.name))?;
                host.browser.leave_frames()?;
            }
            Ok(())
        })
    })
}

fn the_dialog_locks_and_asks_as_its_author_wants() -> Outcome {
    visit(&home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        let before = figure.values()?;
        figure.embed()?;
        let open = "root.querySelectorAll('.embed details').forEach((part) => (part.open = true))";
        figure.run::<()>(open, &[])?;
        let part = |at: usize, label: &str| -> Outcome<Element> {
            let script = "const labels = [...root.querySelectorAll('.embed details')[given[0]].querySelectorAll('label')];
                return labels.find((label) => label.textContent.trim() === given[1]).querySelector('input')";
            figure.run(script, &[json!(at), json!(label)])
        };
        let texts = page.texts()?;
        page.browser.click(&part(1, &texts.parameter("kl-fit", "mu"))?)?;
        let tells = |wanted: &[&str]| -> Outcome {
            for kind in ["HTML, iframe", "HTML, element"] {
                let text = snippet(&figure, kind)?;
                let text =
                    text.replace("&lt;", "<").replace("%3C", "<").replace("%20", " ").replace("\"", "");
                for wanted in wanted {
                    assert!(text.contains(wanted), "{kind}: {wanted} in {text}");
                }
            }
            Ok(())
        };
        tells(&["lock=mu"])?;
        let words = [
            ("veil", "forward"),
            ("guess", "reverse-mean within 0.3"),
            ("goal", "forward < 1"),
            ("ask", "Where will it end?"),
        ];
        for (name, text) in words {
            page.browser.click(&part(2, texts.get(&format!("embed.{name}")))?)?;
            page.browser.press(text)?;
        }
        let problems =
            "return [...root.querySelectorAll('.embed .problems li')].map((item) => item.textContent)";
        assert_eq!(figure.run::<Vec<String>>(problems, &[])?, [""; 0], "all of it can be used");
        tells(&[
            "lock=mu",
            "veil=forward",
            "guess=reverse-mean within 0.3",
            "goal=forward < 1",
            "ask=Where will it end",
        ])?;
        page.browser.click(&part(2, texts.get("embed.veil"))?)?;
        page.browser.press("s")?;
        let problems: Vec<String> = figure.run(problems, &[])?;
        assert!(matches!(&*problems, [one] if one.contains("forwards")), "a slip is named: {problems:?}");
        page.shut_dialog()?;
        assert_eq!(figure.values()?, before, "the figure itself stays");
        assert!(figure.run::<bool>("return !root.querySelector('.task')", &[])?, "and asks nothing");
        figure.agrees("after the dialog")
    })
}
