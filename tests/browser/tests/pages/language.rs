//! A page in several languages: changing the language takes effect at once and keeps what the reader has
//! done.

use browser::Outcome;
use browser::specimens::SPECIMENS;
use serde_json::{Value, json};

use crate::trial::tests;
use crate::visit::{Page, visit_file, visit_host};

tests![
    the_single_file_changes_over_and_everything_stays_as_it_is,
    an_exercise_goes_on_in_the_other_language,
    an_address_opens_the_single_file_in_a_language,
    figures_of_one_page_speak_their_own_languages,
];

/// The script for figures.
const ELEMENT: &str = "<script type=\"module\" src=\"divergence-figure.js\"></script>";

/// Follows the link to the other language and waits until the figures use it.
fn change_over(page: &Page) -> Outcome<String> {
    let follow =
        "document.querySelector('header a[data-language]').click(); return document.documentElement.lang";
    let lang: String = page.browser.run(follow, &[])?;
    // Figures that are not running start in the new language.
    let spoken = "return [...document.querySelectorAll('divergence-figure')].filter((one) => one.figure).every((one) =>
        one.shadowRoot.querySelector('figure')?.lang === arguments[0])";
    page.browser.wait::<bool>(spoken, &[json!(lang)])?;
    page.frames(2)?;
    Ok(lang)
}

/// Everything that must be kept.
fn kept(page: &Page) -> Outcome<Value> {
    let script = "return [...document.querySelectorAll('divergence-figure')].filter(({ figure }) => figure).map(({ name, values, playing, figure, shadowRoot }) => {
        const { guess, goal, revealed } = figure.state().task ?? {};
        return [name, values, playing, guess?.value, goal?.length, revealed, shadowRoot.querySelector('.more')?.open];
      })";
    page.browser.run(script, &[])
}

fn the_single_file_changes_over_and_everything_stays_as_it_is() -> Outcome {
    visit_file("", |page| {
        for name in SPECIMENS {
            let figure = page.figure(name)?;
            let last = figure.library()?.presets().last().map(|preset| json!(preset.name));
            figure.run::<()>("figure.preset(given[0]); element.invalidate()", &[last.unwrap_or_default()])?;
            figure.run::<()>("root.querySelectorAll('.more').forEach((more) => (more.open = true))", &[])?;
        }
        let first = SPECIMENS[0];
        page.figure(first)?
            .run::<()>("element.setAttribute('guess', figure.state().readouts[0].key)", &[])?;
        let guess = "return figure.state().task && figure.guess('0.75')";
        page.figure(first)?.wait::<bool>(guess, &[])?;
        page.frames(2)?;
        let (before, english) = (kept(page)?, page.browser.run::<String>("return document.title", &[])?);

        assert_eq!(change_over(page)?, "zh-Hans", "the page says what it is written in");
        assert_eq!(kept(page)?, before, "figures stay as they are");
        for name in SPECIMENS.into_iter().filter(|name| *name != first) {
            page.figure(name)?.agrees("in Chinese")?;
        }
        let chinese = "const said = [document.title, document.querySelector('meta[name=description]').content, document.body.innerText];
            return said.map((text) => /[\\u4e00-\\u9fff]/.test(text)).concat(new URLSearchParams(location.search).get('lang') === 'zh',
              document.querySelectorAll('#handout a[data-language], header a[data-language]').length > 1)";
        assert_eq!(
            page.browser.run::<Vec<bool>>(chinese, &[])?,
            [true; 5],
            "title, description, text, address, links"
        );
        let focused: String = page.browser.run("return document.activeElement.localName", &[])?;
        assert!(["a", "body"].contains(&focused.as_str()), "{focused}");

        assert_eq!(change_over(page)?, "en", "and back");
        assert_eq!(kept(page)?, before, "figures stay as they were");
        page.figure(first)?;
        assert_eq!(page.browser.run::<String>("return document.title", &[])?, english, "title");
        let left: bool = page
            .browser
            .run("return /[\\u4e00-\\u9fff]/.test(document.querySelector('main').innerText)", &[])?;
        assert!(!left, "no Chinese is left");
        let asked: Vec<_> = page.requests()?.into_iter().filter(|url| url.starts_with("http")).collect();
        assert_eq!(asked, Vec::<String>::new(), "nothing is loaded");
        Ok(())
    })
}

fn an_exercise_goes_on_in_the_other_language() -> Outcome {
    visit_file("#two-directions", |page| {
        let figure = page.figure("kl-fit")?;
        let open = "document.querySelector('[data-exercises=two-directions]').open = true;
            return document.querySelector('[data-exercises=two-directions] li:nth-child(2)') !== null";
        page.browser.wait::<bool>(open, &[])?;
        let begin =
            "document.querySelector('[data-exercises=two-directions] li:nth-child(2) button').click()";
        page.browser.run::<()>(begin, &[])?;
        figure.wait::<u32>("return element.figure.state().task?.goal.length", &[])?;
        change_over(page)?;
        let there = "const row = document.querySelector('[data-exercises=two-directions][open] li:nth-child(2)');
            return row && [row.querySelector('p').textContent, element.getAttribute('ask'), row.querySelector('.state').textContent]";
        let (question, asked, state): (String, String, String) = figure.wait(there, &[])?;
        assert_eq!(question, asked, "the figure asks what the exercise does");
        assert!(!state.is_ascii() && !question.is_ascii(), "{question}: {state}, in Chinese");
        let solution = crate::visit::lessons("exercises.txt")?.remove(0).remove(1).solution;
        let solution: serde_json::Map<_, _> =
            solution.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
        figure.run::<()>("return element.set(given[0])", &[Value::Object(solution)])?;
        let done = "return document.querySelector('[data-exercises=two-directions] li:nth-child(2)').classList.contains('done')";
        page.browser.wait::<bool>(done, &[])?;
        change_over(page)?;
        page.browser.wait::<bool>(done, &[])?;
        Ok(())
    })
}

fn an_address_opens_the_single_file_in_a_language() -> Outcome {
    visit_file("?lang=zh&kl-fit.rate=0.1", |page| {
        let figure = page.figure("kl-fit")?;
        assert_eq!(figure.value("rate")?, "0.1", "the state of the address");
        figure.agrees("opened in Chinese")?;
        let said: (String, String) = page
            .browser
            .run("return [document.documentElement.lang, document.querySelector('h1').textContent]", &[])?;
        assert_eq!(said.0, "zh-Hans", "{}", said.1);
        assert!(!said.1.is_ascii(), "{}", said.1);
        page.go("?lang=zh&view=lecture")?;
        let lecture = "return document.querySelector('.lecture divergence-figure[ready]') && document.querySelector('.lecture .said').innerText";
        let caption: String = page.browser.wait(lecture, &[])?;
        assert!(!caption.is_ascii(), "{caption}");
        Ok(())
    })
}

fn figures_of_one_page_speak_their_own_languages() -> Outcome {
    let figures = "<divergence-figure name=\"kl-fit\" lang=\"zh\"></divergence-figure>
        <div lang=\"fr\"><divergence-figure name=\"comparison\"></divergence-figure></div>
        <divergence-figure name=\"disjoint-supports\"></divergence-figure>";
    visit_host(&format!("{ELEMENT}{figures}"), |page| {
        let spoken = "const inside = root.querySelector('figure');
            return [inside.lang, /[\\u4e00-\\u9fff]/.test(inside.innerText), /[\\u4e00-\\u9fff]/.test(element.summary)]";
        let of = |name: &str| page.figure(name)?.run::<Value>(spoken, &[]);
        assert_eq!(of("kl-fit")?, json!(["zh-Hans", true, true]), "its own language");
        assert_eq!(
            of("comparison")?,
            json!(["en", false, false]),
            "there is none in French: it says that it is English"
        );
        assert_eq!(of("disjoint-supports")?, json!(["en", false, false]), "the page's");
        page.browser.run::<()>("document.documentElement.lang = 'zh-CN'", &[])?;
        let follows = "return root.querySelector('figure').lang === 'zh-Hans'";
        page.figure("disjoint-supports")?.wait::<bool>(follows, &[])?;
        assert_eq!(of("disjoint-supports")?, json!(["zh-Hans", true, true]), "it follows the page");
        assert_eq!(of("comparison")?, json!(["en", false, false]), "this one has a language of its own");
        page.browser.run::<()>("document.querySelector('[name=kl-fit]').lang = 'en'", &[])?;
        let follows = "return root.querySelector('figure').lang === 'en'";
        page.figure("kl-fit")?.wait::<bool>(follows, &[])?;
        // The figure's pictures, snippets and messages use the language, too.
        page.figure("kl-fit")?.run::<()>("element.setAttribute('lang', 'zh')", &[])?;
        page.figure("kl-fit")?.wait::<bool>("return root.querySelector('figure').lang === 'zh-Hans'", &[])?;
        page.figure("kl-fit")?.embed()?;
        let told = "element.setAttribute('hide', 'nothing');
            return [await element.toSVG(), root.querySelector('.problems').innerText, root.querySelector('dialog').innerText,
              root.querySelector('dialog textarea').value]";
        let said: Vec<String> =
            page.figure("kl-fit")?.run(&format!("return (async () => {{ {told} }})()"), &[])?;
        for text in &said[..3] {
            assert!(text.contains(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{text:.200}");
        }
        assert!(said[3].contains("lang=zh"), "{}", said[3]);
        Ok(())
    })
}
