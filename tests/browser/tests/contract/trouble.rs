//! What a figure does where something does not arrive, is wrong, or is meant to do harm.

use std::fs;

use browser::{Element, Outcome};
use serde_json::{Value, json};

use crate::trial::tests;
use crate::visit::{Page, dist, dist_with, home, texts_in, visit, visit_folder, visit_host, visit_with};

tests![
    an_engine_that_is_none_leaves_the_picture_and_is_tried_again not in [Firefox, WebKit]: "their drivers are shown a copy of the folder, in which it can't be mended",
    an_engine_that_never_comes_is_told_of_and_tried_again,
    a_frame_whose_script_does_not_come_shows_its_picture,
    a_frame_that_may_not_save_offers_a_copy not in [Firefox, WebKit]: "their drivers reach no clipboard",
    pages_work_where_only_trusted_types_become_html,
    what_takes_a_figure_away_comes_when_it_is_asked_for,
    what_takes_a_figure_away_and_is_broken_is_told_and_tried_again not in [Firefox, WebKit]: "their drivers are shown a copy of the folder, in which it can't be mended",
    a_page_without_canvases_shows_pictures,
    a_lecture_that_does_not_come_leaves_the_page_as_it_is,
    who_becomes_another_figure_while_it_wakes_is_that,
    values_of_no_use_are_named_and_harm_nothing,
    pictures_of_no_size_are_refused_by_name,
    a_language_that_is_none_is_english,
    messages_and_frames_are_kept_within_bounds,
];

/// What a page needs for its figures, and one of them.
const FIT: &str = "<script type=\"module\" src=\"divergence-figure.js\"></script><divergence-figure name=\"kl-fit\"></divergence-figure>";

/// Runs the inside of an asynchronous function that knows the page's first figure as `fit`.
fn run(page: &Page, script: &str) -> Outcome<Value> {
    let begin = "const fit = document.querySelector('divergence-figure');";
    page.browser.run(&format!("return (async () => {{ {begin} {script} }})()"), &[])
}

fn an_engine_that_is_none_leaves_the_picture_and_is_tried_again() -> Outcome {
    let engine = |name: &str| name.starts_with("divergences.") && name.ends_with(".wasm");
    let broken = dist_with(|name| engine(name).then(|| "<p>Welcome to the hotel.</p>".to_owned()))?;
    visit_folder(broken.path(), &home("kl-fit"), |page| {
        let trouble = "const fit = document.querySelector('divergence-figure[trouble]');
            const root = fit?.shadowRoot;
            return root?.querySelector('.problems button') && [
              root.querySelector('.problems').innerText, root.querySelector('.controls').checkVisibility(),
              root.querySelector('.poster svg').getBoundingClientRect().height > 200]";
        let told: (String, bool, bool) = page.browser.wait(trouble, &[])?;
        let texts = page.texts()?;
        let said = format!("{} {}", texts.get("trouble.missing"), texts.get("trouble.again"));
        assert_eq!(told, (said, false, true), "a sentence, no dead buttons, the picture");
        for entry in fs::read_dir(dist())? {
            let entry = entry?;
            if engine(&entry.file_name().to_string_lossy()) {
                fs::copy(entry.path(), broken.path().join(entry.file_name()))?;
            }
        }
        run(page, "fit.shadowRoot.querySelector('.problems button').click()")?;
        let figure = page.figure("kl-fit")?;
        figure.agrees("tried again")?;
        assert_eq!(figure.problems()?, Vec::<String>::new(), "nothing is wrong any more");
        figure.click("[data-preset]:last-child")?;
        figure.agrees("and used")
    })
}

fn an_engine_that_never_comes_is_told_of_and_tried_again() -> Outcome {
    // The page's clock is fast for who waits for its engine, and the engine is on its way until it is let through.
    let hung = "<script>
        const [later, get] = [setTimeout, fetch];
        globalThis.setTimeout = (act, time, ...given) => later(act, time === 15_000 ? 100 : time, ...given);
        globalThis.fetch = (address, ...given) => String(address).endsWith('.wasm') ? new Promise(() => {}) : get(address, ...given);
        globalThis.arrive = () => { globalThis.fetch = get; };
      </script>";
    let page = home("kl-fit");
    let html = fs::read_to_string(dist().join(&page))?.replacen("<head>", &format!("<head>{hung}"), 1);
    let folder = dist_with(|name| (name == page).then(|| html.clone()))?;
    visit_folder(folder.path(), &page, |page| {
        let told = "const fit = document.querySelector('divergence-figure[trouble]');
            const root = fit?.shadowRoot;
            return root?.querySelector('.problems button') && [
              root.querySelector('.problems').innerText.trim(), root.querySelector('.controls').checkVisibility(),
              root.querySelector('.poster svg').getBoundingClientRect().height > 200]";
        let told: (String, bool, bool) = page.browser.wait(told, &[])?;
        let texts = page.texts()?;
        let said = format!("{} {}", texts.get("trouble.slow"), texts.get("trouble.again"));
        assert_eq!(told, (said, false, true), "a sentence, no dead buttons, the picture");
        run(page, "arrive(); fit.shadowRoot.querySelector('.problems button').click()")?;
        let figure = page.figure("kl-fit")?;
        figure.agrees("tried again")?;
        assert_eq!(figure.problems()?, [""; 0], "nothing is wrong any more");
        Ok(())
    })
}

fn a_frame_whose_script_does_not_come_shows_its_picture() -> Outcome {
    for (query, picture) in
        [("figure=kl-fit&rate=0.1", true), ("figure=js-mixture&lang=zh", true), ("figure=nosuch", false)]
    {
        // The page frames itself without an origin, and its server allows none.
        visit_with("", "figure.html?figure=comparison", |page| {
            page.figure("comparison")?;
            let script = "const frame = document.createElement('iframe');
                Object.assign(frame, { sandbox: 'allow-scripts', src: `figure.html?${arguments[0]}`, width: 700, height: 500 });
                return new Promise((loaded) => {
                  frame.addEventListener('load', () => loaded(frame));
                  document.body.append(frame);
                })";
            let frame: Element = page.browser.run(script, &[json!(query)])?;
            page.browser.enter_frame(&frame)?;
            let shown = "const [told, picture] = [document.querySelector('p[role=alert]'), document.querySelector('img')];
                return told && (picture ? picture.complete && picture.naturalHeight > 100 : arguments[0]) && [told.innerText, Boolean(picture)]";
            let shown: (String, bool) = page.browser.wait(shown, &[json!(!picture)])?;
            let language = if query.contains("lang=zh") { "zh" } else { "en" };
            assert_eq!(shown, (texts_in(language)?.get("trouble.script").to_owned(), picture), "{query}");
            page.browser.leave_frames()?;
            // The browser tells the author, too.
            let said = page.browser.said()?;
            let known = ["CORS", "Cross-origin", "divergence-figure", "net::ERR_FAILED", "404", "nosuch"];
            let odd: Vec<_> =
                said.iter().filter(|line| !known.iter().any(|word| line.contains(word))).collect();
            assert!(odd.is_empty(), "{query}: {odd:?}");
            Ok(())
        })?;
    }
    Ok(())
}

fn a_frame_that_may_not_save_offers_a_copy() -> Outcome {
    // In the second its page's origin is its own, so that it knows what it may.
    for sandbox in ["allow-scripts", "allow-scripts allow-same-origin"] {
        let html = format!(
            "<iframe sandbox=\"{sandbox}\" src=\"figure.html?figure=kl-fit\" allow=\"clipboard-write\" style=\"width: 900px; height: 800px\"></iframe>"
        );
        visit_host(&html, |page| {
            let frame: Element = page.browser.run("return document.querySelector('iframe')", &[])?;
            page.browser.enter_frame(&frame)?;
            page.browser.wait::<bool>("return Boolean(document.querySelector('divergence-figure'))", &[])?;
            let figure = page.figure("kl-fit")?;
            figure.click("[data-save=csv]")?;
            figure.wait::<bool>("return root.querySelector('.problems button') !== null", &[])?;
            let texts = page.texts()?;
            let offered = format!("{} {}", texts.get("save.forbidden"), texts.get("save.copy"));
            assert_eq!(figure.problems()?, [offered], "{sandbox}");
            figure.click(".problems button")?;
            let copied = "return root.querySelector('.problems').innerText === given[0]";
            figure.wait::<bool>(copied, &[json!(texts.get("embed.copied"))])?;
            figure.agrees(sandbox)?;
            page.browser.leave_frames()?;
            let said = page.browser.said()?;
            // The browser tells the author, too, and what a sandbox like the second is worth.
            let known = ["Download is disallowed", "can escape its sandboxing"];
            let odd: Vec<_> =
                said.iter().filter(|line| !known.iter().any(|word| line.contains(word))).collect();
            assert!(odd.is_empty(), "{sandbox}: {odd:?}");
            Ok(())
        })?;
    }
    // Who may save is not bothered.
    visit("figure.html?figure=kl-fit", |page| {
        let figure = page.figure("kl-fit")?;
        figure.save("csv")?;
        assert_eq!(figure.problems()?, [""; 0], "nothing is offered");
        Ok(())
    })
}

fn pages_work_where_only_trusted_types_become_html() -> Outcome {
    let policy = "Content-Security-Policy: require-trusted-types-for 'script'; trusted-types divergences\r\n";
    for path in
        [&home("kl-fit"), &home("comparison"), "figure.html?figure=js-mixture", "divergences.html#kl-fit"]
    {
        visit_with(policy, path, |page| {
            for figure in page.figures() {
                let figure = figure?;
                figure.choose(figure.library()?.presets().last().ok_or("examples")?)?;
                figure.agrees(path)?;
                // Finding it opens it.
                figure.find("[data-numbers] .numbers")?;
                figure.wait::<bool>("return root.querySelector('.numbers table') !== null", &[])?;
                figure.embed()?;
                page.shut_dialog()?;
            }
            page.browser.run::<()>("dispatchEvent(new Event('beforeprint'))", &[])?;
            // Refusals are told on the console, which must stay empty.
            page.quiet()
        })?;
    }
    visit_with(policy, &format!("{}?view=lecture", home("kl-fit")), |page| {
        page.browser.wait::<bool>(
            "return document.querySelector('.lecture divergence-figure[ready]') !== null",
            &[],
        )?;
        page.browser.press("e")?;
        page.browser
            .wait::<bool>("return document.querySelector('dialog.editor textarea')?.value.length > 100", &[])
            .map(drop)
    })
}

/// Whether this is the script that takes figures away from the explainer's pages.
fn takes_away(name: &str) -> bool {
    name.starts_with("embed.") && name.ends_with(".js")
}

fn what_takes_a_figure_away_comes_when_it_is_asked_for() -> Outcome {
    visit(&home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        let asked = || -> Outcome<usize> {
            let names = page.requests()?;
            Ok(names.iter().filter(|url| url.rsplit('/').next().is_some_and(takes_away)).count())
        };
        assert_eq!(asked()?, 0, "nobody has asked for it");
        figure.embed()?;
        page.shut_dialog()?;
        let svg: String = run(page, "return await fit.toSVG()")?.to_string();
        assert!(svg.contains("<svg"), "{svg:.100}");
        figure.embed()?;
        assert_eq!(asked()?, 1, "it comes once");
        Ok(())
    })
}

fn what_takes_a_figure_away_and_is_broken_is_told_and_tried_again() -> Outcome {
    let broken = dist_with(|name| takes_away(name).then(|| "throw new Error('not here');".to_owned()))?;
    visit_folder(broken.path(), &home("kl-fit"), |page| {
        let figure = page.figure("kl-fit")?;
        let told = page.texts()?.fill("problem.away", &[("message", "not here".to_owned())]);
        let problem = "return root.querySelector('.problems li')?.innerText";
        for opener in ["[data-embed]", "[data-save=svg]"] {
            figure.click(opener)?;
            assert_eq!(figure.wait::<String>(problem, &[])?, told, "{opener}");
            figure.agrees("it lives all the same")?;
            figure.click("[data-reset]")?;
            figure.wait::<bool>("return root.querySelector('.problems li') === null", &[])?;
        }
        let refused = run(page, "return await fit.toPNG().catch(({ message }) => message)")?;
        assert_eq!(refused, json!(told), "programs are told, too");
        for entry in fs::read_dir(dist())? {
            let entry = entry?;
            if takes_away(&entry.file_name().to_string_lossy()) {
                fs::copy(entry.path(), broken.path().join(entry.file_name()))?;
            }
        }
        figure.embed()
    })
}

fn a_page_without_canvases_shows_pictures() -> Outcome {
    let none = "<script>HTMLCanvasElement.prototype.getContext = () => null;</script>";
    visit_host(&format!("{none}{FIT}"), |page| {
        let figure = page.figure("kl-fit")?;
        figure.agrees("without a canvas")?;
        let marks = "return root.querySelector('.stage > .picture svg').querySelectorAll('path').length";
        assert!(figure.run::<usize>(marks, &[])? > 5, "a picture is drawn");
        let before: String = figure.run("return root.querySelector('.picture').innerHTML", &[])?;
        figure.choose(figure.library()?.presets().last().ok_or("examples")?)?;
        figure.settle()?;
        let after: String = figure.run("return root.querySelector('.picture').innerHTML", &[])?;
        assert_ne!(before, after, "it follows");
        Ok(())
    })
}

fn a_lecture_that_does_not_come_leaves_the_page_as_it_is() -> Outcome {
    visit(&home("kl-fit"), |page| {
        page.figure("kl-fit")?;
        page.browser.run::<()>("window.fetch = () => new Promise(() => {})", &[])?;
        page.browser.press("l")?;
        page.browser.wait::<bool>("return document.body.ariaBusy === 'true'", &[])?;
        page.frames(3)?;
        let seen = "return document.querySelector('main').checkVisibility() && document.querySelector('.lecture') === null";
        assert!(page.browser.run::<bool>(seen, &[])?, "the page stays");
        page.figure("kl-fit")?.agrees("and lives")
    })
}

fn who_becomes_another_figure_while_it_wakes_is_that() -> Outcome {
    visit_host("<script type=\"module\" src=\"divergence-figure.js\"></script>", |page| {
        page.browser.wait::<bool>("return Boolean(customElements.get('divergence-figure'))", &[])?;
        let script = "const late = document.createElement('divergence-figure');
            late.name = 'kl-fit';
            document.body.append(late);
            const played = late.play();
            late.name = 'comparison';
            await played;
            late.name = 'kl-fit';
            late.name = 'hellinger';
            late.name = 'kl-fit';
            await late.ready();
            return [late.name, Object.keys(late.values).includes('rate')]";
        assert_eq!(run(page, script)?, json!(["kl-fit", true]), "the last name counts");
        page.figure("kl-fit")?.agrees("renamed while it woke")
    })
}

fn values_of_no_use_are_named_and_harm_nothing() -> Outcome {
    visit_host(FIT, |page| {
        let figure = page.figure("kl-fit")?;
        let before = figure.values()?;
        for bad in
            ["null", "new Map([['mu', 1]])", "[1]", "3", "{ mu: 'x'.repeat(5e7) }", "{ mu: 1, nosuch: 2 }"]
        {
            run(page, &format!("fit.values = {bad}; await new Promise((done) => setTimeout(done, 50))"))?;
            let problems = figure.problems()?;
            assert!(problems.len() == 1 && problems[0].len() < 1000, "{bad}: {problems:.200?}");
            assert_eq!(figure.values()?, before, "{bad}: nothing has changed");
        }
        run(page, "fit.values = { mu: '－１，５' }; await new Promise((done) => setTimeout(done, 50))")?;
        assert_eq!(figure.value("mu")?, "-1.5", "as somebody types it");
        Ok(())
    })
}

fn pictures_of_no_size_are_refused_by_name() -> Outcome {
    visit_host(FIT, |page| {
        page.figure("kl-fit")?;
        let refused = "const told = [];
            for (const options of [{ width: Infinity }, { width: NaN }, { width: 1e9 }, { width: 199 }, { width: '700' }, { scale: 0 }, { scale: 1e3 }, { theme: 'pink' }]) {
              for (const make of ['toSVG', 'toPNG']) {
                told.push(await fit[make](options).then(() => 'made', (error) => [error.name, error.message.split('=')[0], Object.keys(options)[0]]));
              }
            }
            return told.filter(([name, key, asked]) => name !== 'RangeError' || key !== asked)";
        assert_eq!(run(page, refused)?, json!([]), "each is named");
        Ok(())
    })
}

fn a_language_that_is_none_is_english() -> Outcome {
    for tag in ["%22%3E%3Cscript%3Ewindow.harm=1%3C/script%3E", "__proto__", "constructor", "toString"] {
        visit(&format!("figure.html?figure=kl-fit&lang={tag}"), |page| {
            let figure = page.figure("kl-fit")?;
            assert_eq!(figure.problems()?.len(), 1, "{tag}: it is told");
            let html = String::from_utf8(figure.save("html")?)?;
            assert!(html.starts_with("<!doctype html>\n<html lang=\"en\""), "{tag}: {html:.200}");
            assert!(!html.contains("window.harm=1"), "{tag}: no script gets in");
            Ok(())
        })?;
    }
    Ok(())
}

fn messages_and_frames_are_kept_within_bounds() -> Outcome {
    let stranger =
        "parent.postMessage({ divergences: 1, type: 'height', figure: 'kl-fit', height: 5000 }, '*')";
    let html = format!(
        "<iframe id=\"stranger\" srcdoc=\"<script>{stranger}</script>\" height=\"100\"></iframe>
        <iframe id=\"fit\" src=\"{{other}}figure.html?figure=kl-fit\" style=\"width: 900px; height: 200px\"></iframe>
        <iframe id=\"beside\" src=\"figure.html?figure=kl-fit\" style=\"width: 900px; height: 200px\"></iframe>
        <iframe id=\"namesake\" src=\"{{other}}figure.html?figure=kl-fit\" style=\"width: 900px; height: 200px\"></iframe>
        <script>
          addEventListener('message', ({{ data, source }}) => {{
            window.asked ||= data.type === 'height' && data.height > 300 && source === document.querySelector('#namesake').contentWindow;
          }});
        </script>
        <script type=\"module\">
          import {{ FramedFigure }} from './divergences-host.js';
          window.fit = new FramedFigure(document.querySelector('#fit'));
        </script>"
    );
    visit_host(&html, |page| {
        let grown =
            "return ['fit', 'beside'].every((id) => document.querySelector(`#${id}`).offsetHeight > 300)";
        page.browser.wait::<bool>(grown, &[])?;
        page.browser
            .wait::<bool>("document.querySelector('#namesake').scrollIntoView(); return window.asked", &[])?;
        let namesake = "return document.querySelector('#namesake').offsetHeight";
        assert!(
            page.browser.run::<f64>(namesake, &[])? < 250.0,
            "nor does a page of that name from elsewhere"
        );
        let there = "return document.querySelector('#stranger').offsetHeight";
        assert!(page.browser.run::<f64>(there, &[])? < 200.0, "a frame of somebody else's gets no room");
        let picture = "return (async () => {
            const told = [];
            for (const format of ['constructor', '__proto__', 'x'.repeat(1e6)]) {
              told.push(await fit.picture(format).catch(({ code, message }) => [code, message.length < 1000]));
            }
            told.push(await fit.set({ mu: 'x'.repeat(5e6) }).catch(({ code, message }) => [code, message.length < 1000]));
            return told;
          })()";
        let told: Value = page.browser.run(picture, &[])?;
        let bad = json!(["bad-option", true]);
        assert_eq!(told, json!([bad, bad, bad, ["bad-value", true]]), "each is refused by name");
        Ok(())
    })
}
