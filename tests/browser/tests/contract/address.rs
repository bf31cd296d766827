//! A figure's state in the page's address.

use browser::Outcome;
use explainer::book;
use explainer::figure::parameter::Kind;

use crate::trial::tests;
use crate::visit::visit;

tests![
    a_figure_starts_as_its_address_says,
    what_an_address_gets_wrong_is_named_and_changes_nothing,
    what_an_address_gets_right_counts_beside_what_it_gets_wrong,
];

/// Three of the values that `kind` accepts, none of them a likely default.
fn values(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { .. } => vec!["0.3,-2.5,0.6;0.7,1.25,1.5".to_owned(), "1,0.5,0.8".to_owned()],
        _ => {
            let last = kind.positions().unwrap_or_default();
            [last / 7, last / 2, last - last / 7].iter().filter_map(|&at| kind.at_position(at)).collect()
        }
    }
}

fn a_figure_starts_as_its_address_says() -> Outcome {
    // The nth value of every parameter of every figure at once.
    let address = |n: usize| {
        let pairs = book::names().flat_map(|name| {
            let specs = book::make(name).map_or(&[][..], |figure| figure.specs());
            specs.iter().map(move |spec| {
                let values = values(spec.kind);
                format!("{name}.{}={}", spec.key, values[n % values.len()])
            })
        });
        format!("?{}", pairs.collect::<Vec<_>>().join("&"))
    };
    visit(&address(0), |page| {
        for n in 0..3 {
            page.go(&address(n))?;
            for figure in page.figures() {
                let figure = figure?;
                for spec in figure.library()?.specs() {
                    let wanted = &values(spec.kind)[n % values(spec.kind).len()];
                    assert_eq!(&figure.value(spec.key)?, wanted, "{}: {}", figure.name, spec.key);
                }
                assert!(figure.problems()?.is_empty(), "{}: {:?}", figure.name, figure.problems()?);
                figure.agrees("starting as its address says")?;
            }
        }
        Ok(())
    })
}

fn what_an_address_gets_wrong_is_named_and_changes_nothing() -> Outcome {
    let bad = "<b>7e9</b>";
    let pairs = book::names().flat_map(|name| {
        let specs = book::make(name).map_or(&[][..], |figure| figure.specs());
        let keys = specs.iter().map(|spec| spec.key).chain(["no-such-key"]);
        keys.map(move |key| format!("{name}.{key}={bad}"))
    });
    visit(&format!("?{}", pairs.collect::<Vec<_>>().join("&")), |page| {
        for figure in page.figures() {
            let figure = figure?;
            let library = figure.library()?;
            let problems = figure.problems()?;
            assert_eq!(
                problems.len(),
                library.specs().len() + 1,
                "{}: a sentence each: {problems:?}",
                figure.name
            );
            for (problem, spec) in problems.iter().zip(library.specs()) {
                assert!(problem.contains(spec.key), "{}: {problem} names {}", figure.name, spec.key);
                assert!(problem.contains(bad), "{}: {problem} names {bad}", figure.name);
                assert_eq!(
                    Some(figure.value(spec.key)?),
                    library.get(spec.key),
                    "{}: {}",
                    figure.name,
                    spec.key
                );
            }
            let last = problems.last().map_or("", String::as_str);
            assert!(last.contains("no-such-key"), "{}: {last} names what there is not", figure.name);
            figure.agrees("starting from an address that is wrong")?;
        }
        Ok(())
    })
}

fn what_an_address_gets_right_counts_beside_what_it_gets_wrong() -> Outcome {
    let names: Vec<_> = book::names().collect();
    // Of each figure its first parameter's value is wrong, that of the last is right.
    let parts = |name: &str| -> Option<(&str, &str, String)> {
        let specs = book::make(name)?.specs();
        let (first, last) = (specs.first()?, specs.last()?);
        Some((first.key, last.key, values(last.kind).swap_remove(0)))
    };
    let pairs = names.iter().filter_map(|name| {
        let (first, last, value) = parts(name)?;
        (first != last).then(|| format!("{name}.{first}=wrong&{name}.{last}={value}"))
    });
    visit(&format!("?{}&other=7", pairs.collect::<Vec<_>>().join("&")), |page| {
        for figure in page.figures() {
            let figure = figure?;
            let Some((first, last, value)) = parts(&figure.name).filter(|(first, last, _)| first != last)
            else {
                continue;
            };
            assert_eq!(figure.value(last)?, value, "{}: {last} is as the address says", figure.name);
            let problems = figure.problems()?;
            assert!(
                matches!(&*problems, [one] if one.contains(first) && one.contains("wrong")),
                "{}: one sentence about {first}: {problems:?}",
                figure.name
            );
            figure.click("[data-reset]")?;
            figure.settle()?;
            assert!(figure.problems()?.is_empty(), "{}: the sentence goes when the reader acts", figure.name);
        }
        Ok(())
    })
}
