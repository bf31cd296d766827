//! Exercises are set up in the figure of their chapter, and the figure decides whether they are solved.

use browser::Outcome;
use browser::specimens::SPECIMENS;
use explainer::book;
use explainer::lesson::Screen;
use serde_json::json;

use crate::trial::tests;
use crate::visit::{CALM, Page, home, lessons, visit_as, visit_file_as};

tests![
    every_exercise_is_set_up_answered_and_put_away,
    exercises_work_in_the_single_file_from_disk,
    the_answer_is_shown_in_the_figure_without_counting_as_one,
];

/// The exercises of the chapter with the figure `name`, from their file.
fn of(name: &str) -> Outcome<Vec<Screen>> {
    let chapters = lessons("exercises.txt")?;
    let chapter = chapters.into_iter().find(|chapter| chapter.iter().any(|screen| screen.figure == name));
    Ok(chapter.ok_or_else(|| format!("no exercise has {name}"))?)
}

/// Runs `script` on a chapter's exercises `box`, one of them, `row`, and its figure, `element`.
fn on<T: serde::de::DeserializeOwned>(
    page: &Page,
    script: &str,
    screen: &Screen,
    index: usize,
) -> Outcome<T> {
    let names = "const box = document.querySelector(`[data-exercises='${arguments[0]}']`);
        const row = box.querySelectorAll('li')[arguments[1]];
        const element = document.getElementById(arguments[2]);";
    let chapter = book::chapter_of(screen.figure).map(|chapter| chapter.slug);
    page.browser.wait(&format!("{names}{script}"), &[json!(chapter), json!(index), json!(screen.figure)])
}

/// Opens the chapter's exercises, tries each of them and looks at its answer.
fn go_through(page: &Page, exercises: &[Screen]) -> Outcome {
    let Some(first) = exercises.first() else { return Err("a chapter without exercises".into()) };
    on::<bool>(page, "box.open = true; return row !== undefined", first, 0)?;
    for (index, screen) in exercises.iter().enumerate() {
        let question = screen.caption.join(" ");
        on::<bool>(page, "row.querySelector('.doing > button').click(); return true", screen, index)?;
        // The exercise is set up: the question is under the drawing, the figure is in its state, and nothing
        // is solved.
        let ask = "const strip = element.shadowRoot.querySelector('.task');
            const set = strip && element.figure.state().task;
            return set && row.querySelector('.state').textContent && [strip.innerText, set.solved || set.revealed, element.values]";
        let (strip, done, values): (String, bool, serde_json::Map<String, serde_json::Value>) =
            on(page, ask, screen, index)?;
        assert!(strip.contains(&question), "{question}: {strip}");
        assert!(!done, "{question}: it is open");
        for (key, value) in &screen.values {
            assert_eq!(values.get(*key), Some(&json!(value)), "{question}: {key}");
        }
        // The answer reaches a goal, and the row reports it. A guess is committed and compared with the
        // truth.
        let answered = if screen.goal.is_empty() {
            on::<bool>(page, "element.figure.guess('0.123'); element.reveal(); return true", screen, index)?;
            "return element.figure.state().task?.revealed && row.querySelector('.state').textContent.startsWith('Not')"
        } else {
            let solution: serde_json::Map<_, _> =
                screen.solution.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
            let script = format!("element.set({}); return true", serde_json::Value::Object(solution));
            on::<bool>(page, &script, screen, index)?;
            "return element.figure.state().task?.solved && row.classList.contains('done')"
        };
        assert!(on::<bool>(page, answered, screen, index)?, "{question}: answered");
        let folds =
            "const folds = [...row.querySelectorAll('details')]; folds.forEach((fold) => fold.open = true);
            return folds.map((fold) => fold.innerText).join(' ')";
        let told: String = on(page, folds, screen, index)?;
        assert!(told.contains(&screen.hint) && told.contains(&screen.why), "{question}: {told}");
        // After the exercise is ended, the figure has no task.
        on::<bool>(page, "row.querySelector('.doing > button').click(); return true", screen, index)?;
        let away = "return !element.shadowRoot.querySelector('.task') && !['veil', 'guess', 'goal', 'ask'].some((name) => element.hasAttribute(name))";
        assert!(on::<bool>(page, away, screen, index)?, "{question}: put away");
    }
    Ok(())
}

fn every_exercise_is_set_up_answered_and_put_away() -> Outcome {
    visit_as(CALM, &home(SPECIMENS[0]), |page| go_through(page, &of(SPECIMENS[0])?))
}

fn exercises_work_in_the_single_file_from_disk() -> Outcome {
    visit_file_as(CALM, "#two-directions", |page| go_through(page, &of(SPECIMENS[0])?[..2]))
}

fn the_answer_is_shown_in_the_figure_without_counting_as_one() -> Outcome {
    visit_as(CALM, &home(SPECIMENS[0]), |page| {
        let chapter = of(SPECIMENS[0])?;
        on::<bool>(page, "box.open = true; return row !== undefined", &chapter[0], 0)?;
        let index =
            chapter.iter().position(|screen| !screen.goal.is_empty()).ok_or("an exercise with a goal")?;
        let screen = &chapter[index];
        let show = "row.querySelectorAll('details')[1].querySelector('button').click(); return true";
        on::<bool>(page, show, screen, index)?;
        let solved = "return element.shadowRoot.querySelector('.task') && element.figure.state().task.solved";
        assert!(on::<bool>(page, solved, screen, index)?, "line {}: it is seen", screen.line);
        let done: bool = page.browser.run("return !!document.querySelector('.exercises .done')", &[])?;
        assert!(!done, "line {}: but not the reader's own", screen.line);
        Ok(())
    })
}
