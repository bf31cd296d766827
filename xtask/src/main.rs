//! `cargo xtask …`: builds, serves, tests and measures the explainer.

mod bench;
mod build;
mod command;
mod figure;
mod fuzz;
mod install;
mod new_figure;
mod serve;
mod size;
mod test;

use std::process::ExitCode;

use build::Wanted;
use build::address::Address;

const HELP: &str = "\
cargo xtask <command>

  build [--address URL]        write the explainer to dist/; to publish it, with the address it will have
  serve [--port N] [--open]    build it and serve it on http://127.0.0.1:8080/
  wheel                        build the Python package too, dist/*.whl
  test                         run every test; those in browsers too
       --quick                 what to run before a commit: natively, and a look at the pages in Chromium
       --figure NAME           what concerns one figure
       --shard I/N             the I-th of N equal parts of all, for CI on several machines
  fuzz [--seed N] [--seconds N] [--states N] [--figure NAME]
                               every figure under random and hostile operations, for a minute
       --figure NAME --run     the operations in the standard input, as it prints them when one fails
  figure [NAME --out FILE]     draw a figure in any state as SVG, PNG or PDF; alone it lists them (--help)
  new-figure NAME --chapter SLUG   write the stub of a figure into every file that needs one
  size                         build it and say what each page makes a reader download
  bench                        measure it against its budgets, in Chromium
";

/// A result whose error is one message for the person at the keyboard.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn build(address: Option<&str>) -> Outcome {
    let address = address.map(Address::read).transpose()?;
    build::build(address, Wanted::Each).map(|dist| println!("Wrote {}", dist.display()))
}

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match *words {
        ["build"] => build(None),
        ["build", "--address", address] => build(Some(address)),
        ["build", "--made-up"] => build::build_made_up().map(|dist| println!("Wrote {}", dist.display())),
        ["build", ref options @ ..] => {
            Err(format!("build {}: it takes --address and a URL", options.join(" ")).into())
        }
        ["serve", ref options @ ..] => serve::run(options),
        ["figure", ref arguments @ ..] => match figure::run(arguments) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        ["fuzz", ref options @ ..] => fuzz::fuzz(options),
        ["new-figure", ref arguments @ ..] => new_figure::run_with(arguments),
        ["wheel"] => build::python::wheel().map(|wheel| println!("Wrote {}", wheel.display())),
        ["test", ref options @ ..] => test::test(options),
        ["size"] => build::build(None, Wanted::Each).and_then(|dist| size::size(&dist)),
        ["bench"] => bench::bench(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no command \"{}\"\n\n{HELP}", words.join(" ")).into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
