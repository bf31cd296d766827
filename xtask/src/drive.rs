//! Tests that drive browsers. On a busy machine one of hundreds now and then waits in vain: what fails is tried once more, alone,
//! and it is said.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::command::{cargo, say};

/// If more fail, it is not the machine.
const FEW: usize = 3;

/// Runs one program of tests of the package `browser`, the one that `options` choose: of several, one might end before it lists what
/// failed, and the list of another would hide that.
pub(crate) fn drive(options: &[&str]) -> Outcome {
    let tests = |more: &[&str]| cargo(&[&["test", "--package", "browser"], options, more].concat());
    let failed = attempt(tests(&[]))?;
    if failed.is_empty() {
        return Ok(());
    }
    if failed.len() > FEW {
        return Err(format!("{} tests failed", failed.len()).into());
    }
    say(&format!("Trying once more, alone: {}", failed.join(", ")));
    let mut alone = vec!["--", "--exact", "--test-threads=1"];
    alone.extend(failed.iter().map(String::as_str));
    let again = attempt(tests(&alone))?;
    if again.is_empty() {
        say(&format!("Failed first, and passed alone: {}", failed.join(", ")));
        Ok(())
    } else {
        Err(format!("failed twice: {}", again.join(", ")).into())
    }
}

/// Runs `command` with its output shown, and returns which tests failed; fails if something else did.
fn attempt(mut command: Command) -> Outcome<Vec<String>> {
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| format!("can't run {command:?}: {error}"))?;
    let mut lines = Vec::new();
    for line in child.stdout.take().into_iter().flat_map(|told| BufReader::new(told).lines()) {
        let line = line?;
        println!("{line}");
        lines.push(line);
    }
    let status = child.wait()?;
    let failed = failures(&lines);
    if status.success() || !failed.is_empty() {
        Ok(failed)
    } else {
        Err(format!("{command:?} failed ({status})").into())
    }
}

/// The tests that `lines`, printed by a program of tests, list as failed at their end.
fn failures(lines: &[String]) -> Vec<String> {
    let list = lines.iter().rposition(|line| line == "failures:").map_or(&[][..], |at| &lines[at + 1..]);
    list.iter().map_while(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_read_from_the_list_at_the_end() {
        let printed = "running 3 tests
test a::one ... ok
test b::two ... FAILED
test c::three ... FAILED

failures:

---- b::two stdout ----
thread 'b::two' panicked at tests/b.rs:1:1:
    left: 1

failures:
    b::two
    c::three

test result: FAILED. 1 passed; 2 failed";
        let lines: Vec<_> = printed.lines().map(str::to_owned).collect();
        assert_eq!(failures(&lines), ["b::two", "c::three"]);
        assert!(failures(&lines[..3]).is_empty());
    }

    #[test]
    fn what_does_not_run_at_all_has_failed() {
        assert!(attempt(cargo(&["test", "--package", "no-such-package"])).is_err());
        assert!(attempt(Command::new("no-such-program")).is_err());
    }
}
