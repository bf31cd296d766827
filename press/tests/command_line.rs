//! The command line: what it writes, and its messages about what it cannot use.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use explainer::book;

fn press(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_press")).args(arguments).output().unwrap()
}

/// The path of a file for these tests only.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn a_figure_is_written_by_the_ending() {
    for (ending, begin) in [("svg", &b"<svg "[..]), ("png", b"\x89PNG"), ("PDF", b"%PDF-")] {
        let path = file(&format!("fig.{ending}"));
        let out = path.to_str().unwrap();
        let done = press(&["kl-fit", "--set", "mu=2", "--set", "p=0.3,-2,0.7;0.7,2,0.5", "--out", out]);
        assert!(done.status.success(), "{ending}: {done:?}");
        assert!(done.stdout.is_empty() && done.stderr.is_empty(), "{ending}: nothing to say: {done:?}");
        assert!(fs::read(&path).unwrap().starts_with(begin), "{ending}: what it is");
    }
    let done = press(&["--width=500", "kl-fit", "--set=mu=2", "--out=-"]);
    let svg = String::from_utf8(done.stdout).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("width=\"500\""), "SVG to the standard output");
}

#[test]
fn the_list_names_everything() {
    for arguments in [&[][..], &["--list"]] {
        let list = String::from_utf8(press(arguments).stdout).unwrap();
        for name in book::names() {
            let live = book::make(name).unwrap();
            let table = list.split_once(&format!("{name}: ")).unwrap().1;
            for spec in live.specs() {
                let start = live.get(spec.key).unwrap();
                let row = table.lines().find(|line| line.starts_with(&format!("  {} ", spec.key)));
                assert!(row.unwrap().contains(&format!(" {start} ")), "{name}.{}={start}", spec.key);
            }
            for preset in live.presets() {
                assert!(table.contains(&format!("\n  {} ", preset.name)), "{name}: preset {}", preset.name);
            }
        }
    }
    let one = String::from_utf8(press(&["kl-fit", "--list"]).stdout).unwrap();
    assert!(one.starts_with("kl-fit: ") && !one.contains("comparison: "), "only what is asked for: {one}");
    let help = press(&["--help"]);
    assert!(help.status.success() && help.stdout == press::HELP.as_bytes(), "the help");
}

#[test]
fn what_cannot_be_used_is_named_with_what_could() {
    let nowhere = file("no/such/folder/fig.svg");
    let nowhere = nowhere.to_str().unwrap();
    let folder = file("folder.svg");
    fs::create_dir_all(&folder).unwrap();
    let folder = folder.to_str().unwrap();
    // The arguments, what the message must name, and what it must say would be accepted.
    let bad: [(&[&str], &str, &str); 28] = [
        (&["kl-fot", "--out", "-"], "kl-fot", "There are: kl-fit"),
        (&["kl-fot", "--list"], "kl-fot", "There are: kl-fit"),
        (&["--out", "-"], "no figure", "--list"),
        (&["kl-fit", "comparison", "--out", "-"], "“kl-fit” and “comparison”", "one is drawn at a time"),
        (&["kl-fit"], "--out", ".svg, .png or .pdf, or -"),
        (&["kl-fit", "--out"], "--out", ".svg, .png or .pdf, or -"),
        (&["kl-fit", "--out", "fig.gif"], "--out fig.gif", ".svg, .png or .pdf, or -"),
        (&["kl-fit", "--out", "fig"], "--out fig", ".svg, .png or .pdf, or -"),
        (&["kl-fit", "--out", ""], "--out", ".svg, .png or .pdf, or -"),
        (&["kl-fit", "--out", "a.svg", "--out", "b.svg"], "--out", "taken once"),
        (&["kl-fit", "--out", nowhere], nowhere, "can't write"),
        (&["kl-fit", "--out", folder], folder, "can't write"),
        (&["kl-fit", "--set", "mu", "--out", "-"], "--set mu", "key=value"),
        (&["kl-fit", "--set", "nu=2", "--out", "-"], "nu", "p, mu, sigma"),
        (&["kl-fit", "--set", "p.9.mean=2", "--out", "-"], "p.9.mean", "p, mu, sigma"),
        (&["kl-fit", "--set", "mu=77", "--out", "-"], "mu=77", "from −6 to 6"),
        (&["kl-fit", "--set", "mu=NaN", "--out", "-"], "mu=NaN", "from −6 to 6"),
        (&["kl-fit", "--set", "step=1.5", "--out", "-"], "step=1.5", "from 0 to 300"),
        (&["kl-fit", "--set", "optimiser=newton", "--out", "-"], "optimiser=newton", "momentum, adam"),
        (&["kl-fit", "--set", "p=1,2", "--out", "-"], "p=1,2", "weight,mean,width"),
        (&["kl-fit", "--preset", "none", "--out", "-"], "--preset none", "separated, unequal"),
        (&["kl-fit", "--width", "199", "--out", "-"], "--width 199", "200 to 4000"),
        (&["kl-fit", "--width", "wide", "--out", "-"], "--width wide", "200 to 4000"),
        (&["kl-fit", "--theme", "sepia", "--out", "-"], "--theme sepia", "light or dark"),
        (&["kl-fit", "--lang", "../en", "--out", "-"], "--lang ../en", "There are: "),
        (&["kl-fit", "--scale", "3", "--out", "fig.pdf"], "--scale 3", "PNG"),
        (&["kl-fit", "--scale", "99", "--out", "fig.png"], "--scale 99", "0.5 to 8"),
        (&["kl-fit", "--colour", "red", "--out", "-"], "--colour", "--theme, --lang"),
    ];
    for (arguments, named, accepted) in bad {
        let done = press(arguments);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(done.stdout.is_empty(), "{arguments:?} draws nothing");
        assert!(
            said.starts_with("figure: ") && said.lines().count() == 1,
            "{arguments:?}: one line, not {said}"
        );
        assert!(said.contains(named), "{arguments:?}: “{named}” is not in {said}");
        assert!(said.contains(accepted), "{arguments:?}: “{accepted}” is not in {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"kl-\xff");
    let done = Command::new(env!("CARGO_BIN_EXE_press")).args([odd]).args(["--out", "-"]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "refused, without a panic: {done:?}");
    assert!(String::from_utf8(done.stderr).unwrap().contains("kl-\u{fffd}"), "and named");
}
