//! The command line of the press.

use std::process::ExitCode;

fn main() -> ExitCode {
    // An argument that is not Unicode is not valid for us. The message that refuses it shows replacement
    // characters.
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match press::run(&arguments, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("figure: {message}");
            ExitCode::FAILURE
        }
    }
}
