//! The table under a drawing agrees with the library, and its rows are picked by pointer and by keyboard.

use browser::{Outcome, keys};
use explainer::figure::grid::Grid;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::on_specimens;

tests![
    a_table_says_what_the_library_says_for_every_preset,
    a_picked_row_tells_more_and_leads_to_the_figure_that_shows_it,
];

/// Waits until the page's table equals the library's for the same parameters, and returns that.
fn agree(figure: &Figure<'_>, after: &str) -> Outcome<Grid> {
    figure.agrees(after)?;
    let texts = figure.page.texts()?;
    let own = figure.twin()?.grid(&texts).ok_or("the library has no table")?;
    let wanted = serde_json::to_value(own.rows.iter().map(|row| row.key).collect::<Vec<_>>())?;
    // The table is updated a little later than the drawing.
    let cells: Vec<Vec<_>> =
        own.rows.iter().map(|row| row.cells.iter().map(|cell| cell.head.as_str()).collect()).collect();
    let script = "
        const detail = root.querySelector('[data-grid] .detail').textContent;
        const [picked, title, keys, heads] = given;
        const rows = [...root.querySelectorAll('[data-grid] tbody tr')].map((row) => ({
          key: row.querySelector('button').dataset.value,
          pressed: row.querySelector('button').ariaPressed === 'true',
          cells: [...row.querySelectorAll('td b')].map((cell) => cell.textContent),
        }));
        const wrong = [
          !detail.includes(title) && `the detail is not about ${title}`,
          JSON.stringify(rows.map(({ key }) => key)) !== JSON.stringify(keys) && `the rows are ${rows.map(({ key }) => key)}`,
          ...rows.map(({ key, pressed }) => pressed !== (key === picked) && `${key} is pressed: ${pressed}`),
          ...rows.flatMap(({ key, cells }, row) =>
            cells.slice(0, heads[row]?.length).map((cell, column) => !cell.endsWith(heads[row]?.[column]) && `${key} says ${cell}, not ${heads[row]?.[column]}`)),
        ].filter(Boolean);
        root.host.wrong = wrong;
        return wrong.length === 0";
    let given = [own.picked.into(), own.detail.title.as_str().into(), wanted, serde_json::to_value(cells)?];
    if let Err(error) = figure.wait::<bool>(script, &given) {
        let wrong: Vec<String> = figure.run("return root.host.wrong", &[])?;
        return Err(format!("{}, {after}: {error}\n{}", figure.name, wrong.join("\n")).into());
    }
    Ok(own)
}

fn a_table_says_what_the_library_says_for_every_preset() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        if figure.twin()?.grid(&page.texts()?).is_none() {
            return Ok(());
        }
        figure.library()?.presets().iter().rev().try_for_each(|preset| {
            figure.choose(preset)?;
            agree(figure, preset.name).map(drop)
        })
    })
}

fn a_picked_row_tells_more_and_leads_to_the_figure_that_shows_it() -> Outcome {
    on_specimens(|figure| {
        let page = figure.page;
        let Some(grid) = figure.twin()?.grid(&page.texts()?) else { return Ok(()) };
        for row in &grid.rows {
            figure.press(&format!("[data-grid] button[data-value=\"{}\"]", row.key), keys::ENTER)?;
            let now = agree(figure, &format!("picking {}", row.key))?;
            assert_eq!(now.picked, row.key, "{}: the picked row", figure.name);
            assert!(!now.detail.text.is_empty(), "{}: {} has a story", figure.name, row.key);
            let focused: Option<String> =
                figure.run("return root.activeElement?.dataset.value ?? null", &[])?;
            assert_eq!(focused.as_deref(), Some(row.key), "{}: the focus stays on its row", figure.name);
            let leads: Vec<String> = figure.run(
                "return [...root.querySelectorAll('[data-grid] .detail a')].filter((a) => a.checkVisibility()).map((a) => a.hash)",
                &[],
            )?;
            let own = [format!("#{}", now.detail.figure)];
            assert_eq!(leads, own, "{}: where {} leads", figure.name, row.key);
        }
        Ok(())
    })
}
