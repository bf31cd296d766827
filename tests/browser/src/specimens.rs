//! The specimens: the figures on which the browser tests try what every figure has from the contract.

/// As few figures as possible that together have every kind of parameter, handle and surrounding element. The
/// test below names what is missing and which figures are not needed.
pub const SPECIMENS: [&str; 3] = ["kl-fit", "js-mixture", "comparison"];

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use explainer::book;
    use explainer::figure::Live;
    use explainer::figure::parameter::{Kind, Rank};
    use explainer::figure::texts::Texts;

    use super::*;

    /// The features of the contract that a figure uses.
    fn traits(figure: &mut Live) -> BTreeSet<&'static str> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/content/en");
        let texts = Texts::parse(&explainer::content::words(&path).unwrap());
        let mut traits: BTreeSet<_> = figure
            .specs()
            .iter()
            .map(|spec| match spec.kind {
                Kind::Number { .. } => "a number",
                Kind::Positive { .. } => "a positive number",
                Kind::Count { .. } => "a count",
                Kind::Choice(_) => "a choice",
                Kind::Components { .. } => "components",
                Kind::Weights { .. } => "weights",
            })
            .collect();
        let handles = figure.handles(1076.0, &texts);
        let mut has = |what, is| {
            if is {
                traits.insert(what);
            }
        };
        has(
            "a handle that moves sideways",
            handles.iter().any(|handle| handle.horizontal && !handle.vertical),
        );
        has(
            "a handle that moves up and down",
            handles.iter().any(|handle| handle.vertical && !handle.horizontal),
        );
        has(
            "a handle that moves anywhere",
            handles.iter().any(|handle| handle.horizontal && handle.vertical),
        );
        has("a lesser handle", handles.iter().any(|handle| handle.minor));
        has("a handle with a twin", handles.iter().any(|handle| handle.twin));
        has("a parameter behind “more”", figure.specs().iter().any(|spec| spec.rank == Rank::More));
        has("steps", figure.steps().is_some());
        has("a table whose rows are picked", figure.grid(&texts).is_some());
        let names = figure.hideable();
        let readouts: Vec<_> = figure.readouts().iter().map(|readout| readout.key).collect();
        has("curves that can be hidden", names.iter().any(|name| !readouts.contains(name)));
        let mut asked = |on_the_drawing: bool| {
            names.iter().any(|name| {
                let able = figure.ask("", name, "", &texts).is_empty();
                let slider =
                    figure.task(&texts).and_then(|task| task.guess).map(|guess| guess.slider.is_some());
                figure.ask("", "", "", &texts);
                able && slider == Some(!on_the_drawing)
            })
        };
        let (drawn, typed) = (asked(true), asked(false));
        has("a question with a place on the drawing", drawn);
        has("a question without", typed);
        traits
    }

    #[test]
    fn the_specimens_have_all_that_figures_have_and_none_is_too_many() {
        let of = |name: &str| {
            let mut figure =
                book::make(name).unwrap_or_else(|| panic!("SPECIMENS: there is no figure {name}"));
            traits(&mut figure)
        };
        let all: BTreeMap<_, _> = book::names().map(|name| (name, of(name))).collect();
        let covered: BTreeSet<_> = SPECIMENS.iter().flat_map(|name| of(name)).collect();
        let missing: Vec<_> = all
            .iter()
            .flat_map(|(name, own)| {
                own.difference(&covered).map(move |what| format!("{what}: {name} has it"))
            })
            .collect();
        assert!(
            missing.is_empty(),
            "no specimen has these: add a figure to SPECIMENS\n{}",
            missing.join("\n")
        );
        for name in SPECIMENS {
            let others: BTreeSet<_> =
                SPECIMENS.iter().filter(|other| **other != name).flat_map(|other| of(other)).collect();
            assert!(!covered.is_subset(&others), "{name} has nothing of its own: SPECIMENS can do without");
        }
    }
}
