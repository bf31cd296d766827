//! The table under a drawing says what the library says, and its rows are picked by pointer and by keyboard.

use browser::{Outcome, keys};
use explainer::figure::grid::Grid;
use serde::Deserialize;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::visit;

tests![
    a_table_says_what_the_library_says_for_every_preset,
    a_picked_row_tells_more_and_leads_to_the_figure_that_shows_it,
];

/// A row of the table on the page.
#[derive(Debug, Deserialize)]
struct Row {
    key: String,
    pressed: bool,
    cells: Vec<String>,
}

fn rows(figure: &Figure<'_>) -> Outcome<Vec<Row>> {
    let script = "
        return [...root.querySelectorAll('[data-grid] tbody tr')].map((row) => {
          const button = row.querySelector('button');
          const cells = [...row.querySelectorAll('td b')].map((cell) => cell.textContent);
          return { key: button.dataset.value, pressed: button.ariaPressed === 'true', cells };
        })";
    figure.run(script, &[])
}

/// Waits until the page's table is the library's for the same parameters, and returns that.
fn agree(figure: &Figure<'_>, after: &str) -> Outcome<Grid> {
    figure.agrees(after)?;
    let texts = figure.page.texts()?;
    let own = figure.twin()?.grid(&texts).ok_or("the library has no table")?;
    let wanted = serde_json::to_value(own.rows.iter().map(|row| row.key).collect::<Vec<_>>())?;
    // The table follows a little later than the drawing.
    let script = "
        const detail = root.querySelector('[data-grid] .detail').textContent;
        const picked = root.querySelector('[data-grid] tr.picked button')?.dataset.value;
        const keys = [...root.querySelectorAll('[data-grid] tbody button')].map((button) => button.dataset.value);
        return picked === given[0] && detail.includes(given[1]) && JSON.stringify(keys) === JSON.stringify(given[2])";
    figure.wait::<bool>(script, &[own.picked.into(), own.detail.title.as_str().into(), wanted])?;
    std::thread::sleep(std::time::Duration::from_millis(150));
    for (row, own_row) in rows(figure)?.iter().zip(&own.rows) {
        assert_eq!(row.key, own_row.key, "{}, {after}: the rows", figure.name);
        assert_eq!(
            row.pressed,
            own_row.key == own.picked,
            "{}, {after}: {} is pressed",
            figure.name,
            row.key
        );
        for (cell, own_cell) in row.cells.iter().zip(&own_row.cells) {
            assert!(
                cell.ends_with(&own_cell.head),
                "{}, {after}: {} says {cell:?} on the page and {:?} in the library",
                figure.name,
                row.key,
                own_cell.head
            );
        }
    }
    Ok(own)
}

fn a_table_says_what_the_library_says_for_every_preset() -> Outcome {
    visit("", |page| {
        let mut tables = 0;
        for figure in page.figures() {
            let figure = figure?;
            if figure.twin()?.grid(&page.texts()?).is_none() {
                continue;
            }
            tables += 1;
            for preset in figure.library()?.presets().iter().rev() {
                figure.click(&format!("[data-preset=\"{}\"]", preset.name))?;
                agree(&figure, preset.name)?;
            }
        }
        assert!(tables > 0, "some figure has a table");
        Ok(())
    })
}

fn a_picked_row_tells_more_and_leads_to_the_figure_that_shows_it() -> Outcome {
    visit("", |page| {
        for figure in page.figures() {
            let figure = figure?;
            let Some(grid) = figure.twin()?.grid(&page.texts()?) else { continue };
            for row in &grid.rows {
                figure.press(&format!("[data-grid] button[data-value=\"{}\"]", row.key), keys::ENTER)?;
                let now = agree(&figure, &format!("picking {}", row.key))?;
                assert_eq!(now.picked, row.key, "{}: the picked row", figure.name);
                assert!(!now.detail.text.is_empty(), "{}: {} has a story", figure.name, row.key);
                let focused: Option<String> =
                    figure.run("return root.activeElement?.dataset.value ?? null", &[])?;
                assert_eq!(focused.as_deref(), Some(row.key), "{}: the focus stays on its row", figure.name);
                let leads: Vec<String> = figure.run(
                    "return [...root.querySelectorAll('[data-grid] .detail a')].filter((a) => a.checkVisibility()).map((a) => a.hash)",
                    &[],
                )?;
                assert_eq!(
                    leads,
                    [format!("#{}", now.detail.figure)],
                    "{}: where {} leads",
                    figure.name,
                    row.key
                );
            }
        }
        Ok(())
    })
}
