//! A figure's state in the page's address.

use browser::Outcome;
use explainer::book;
use explainer::figure::parameter::Kind;

use crate::trial::tests;
use crate::visit::{CALM, on_specimens_as, visit};

tests![
    a_figure_starts_as_its_address_says,
    what_an_address_gets_wrong_is_named_and_changes_nothing,
    an_address_out_of_a_page_s_source_is_read,
    what_an_address_gets_right_counts_beside_what_it_gets_wrong,
];

/// Three values that `kind` accepts and that are unlikely to be the default.
fn values(kind: Kind) -> Vec<String> {
    match kind {
        Kind::Choice(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        Kind::Components { .. } => vec!["0.3,-2.5,0.6;0.7,1.25,1.5".to_owned(), "1,0.5,0.8".to_owned()],
        Kind::Weights { least, .. } => {
            let weights = |first: &str| [first.to_owned(), vec!["1"; least - 1].join(",")].join(",");
            vec![weights("0.00004"), weights("7!")]
        }
        _ => {
            let last = kind.positions().unwrap_or_default();
            [last / 7, last / 2, last - last / 7].iter().filter_map(|&at| kind.at_position(at)).collect()
        }
    }
}

fn a_figure_starts_as_its_address_says() -> Outcome {
    // The address that sets every parameter to its nth value.
    let address = |name: &str, n: usize| {
        let specs = book::make(name).map_or(&[][..], |figure| figure.specs());
        let pairs = specs.iter().map(|spec| {
            let values = values(spec.kind);
            format!("{name}.{}={}", spec.key, values[n % values.len()])
        });
        format!("?{}", pairs.collect::<Vec<_>>().join("&"))
    };
    (0..3).try_for_each(|n| {
        on_specimens_as(
            CALM,
            |name| address(name, n),
            |figure| {
                for spec in figure.library()?.specs() {
                    let wanted = &values(spec.kind)[n % values(spec.kind).len()];
                    assert_eq!(&figure.value(spec.key)?, wanted, "{}: {}", figure.name, spec.key);
                }
                assert!(figure.problems()?.is_empty(), "{}: {:?}", figure.name, figure.problems()?);
                figure.agrees("starting as its address says")
            },
        )
    })
}

fn an_address_out_of_a_page_s_source_is_read() -> Outcome {
    for (address, own) in [
        ("figure.html?figure=kl-fit&amp;mu=-2&amp;rate=0.1", true),
        ("two-directions.html?kl-fit.mu=-2&amp;kl-fit.rate=0.1", false),
    ] {
        visit(address, |page| {
            let figure = page.figure("kl-fit")?;
            assert_eq!([figure.value("mu")?, figure.value("rate")?], ["-2", "0.1"], "{address}");
            assert_eq!(figure.problems()?, [""; 0], "{address}");
            if !own {
                figure.click("[data-reset]")?;
                figure.address_follows()?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn what_an_address_gets_wrong_is_named_and_changes_nothing() -> Outcome {
    let bad = "<b>7e9</b>";
    let address = |name: &str| {
        let specs = book::make(name).map_or(&[][..], |figure| figure.specs());
        let keys = specs.iter().map(|spec| spec.key).chain(["no-such-key"]);
        format!("?{}", keys.map(|key| format!("{name}.{key}={bad}")).collect::<Vec<_>>().join("&"))
    };
    on_specimens_as(CALM, address, |figure| {
        let (library, problems) = (figure.library()?, figure.problems()?);
        let sentences = library.specs().len() + 1;
        assert_eq!(problems.len(), sentences, "{}: a sentence each: {problems:?}", figure.name);
        for (problem, spec) in problems.iter().zip(library.specs()) {
            assert!(problem.contains(spec.key), "{}: {problem} names {}", figure.name, spec.key);
            assert!(problem.contains(bad), "{}: {problem} names {bad}", figure.name);
            let kept = Some(figure.value(spec.key)?);
            assert_eq!(kept, library.get(spec.key), "{}: {}", figure.name, spec.key);
        }
        let last = problems.last().map_or("", String::as_str);
        assert!(last.contains("no-such-key"), "{}: {last} names what there is not", figure.name);
        figure.agrees("starting from an address that is wrong")
    })
}

fn what_an_address_gets_right_counts_beside_what_it_gets_wrong() -> Outcome {
    // The address has a wrong value for the first parameter and a right one for the last.
    let parts = |name: &str| -> Outcome<(&str, &str, String)> {
        let specs = book::make(name).ok_or("a figure")?.specs();
        match specs {
            [first, .., last] => Ok((first.key, last.key, values(last.kind).swap_remove(0))),
            _ => Err("a specimen has several parameters".into()),
        }
    };
    let address = |name: &str| {
        parts(name).map_or_else(
            |error| error.to_string(),
            |(first, last, value)| format!("?{name}.{first}=wrong&{name}.{last}={value}&other=7"),
        )
    };
    on_specimens_as(CALM, address, |figure| {
        let (first, last, value) = parts(&figure.name)?;
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
        Ok(())
    })
}
