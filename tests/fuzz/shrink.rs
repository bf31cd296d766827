//! Shrinking: the shortest sequence of operations that still fails.

/// The numbers that are tried in place of another.
const PLAIN: [&str; 3] = ["0", "1", "700"];

/// A part of `lines` that still fails and from which no line can be left out, and in which no number can be made
/// plain.
///
/// Lines are left out in halves first, then in ever smaller parts (Zeller and Hildebrandt, Simplifying and
/// isolating failure-inducing input, IEEE Transactions on Software Engineering 28, 2002).
pub(super) fn shrink(lines: &[String], fails: &dyn Fn(&[String]) -> bool) -> Vec<String> {
    let mut lines = lines.to_vec();
    loop {
        let before = lines.clone();
        let mut length = lines.len().div_ceil(2);
        while length > 0 {
            let mut at = 0;
            while at < lines.len() {
                let end = (at + length).min(lines.len());
                let fewer = [&lines[..at], &lines[end..]].concat();
                if fails(&fewer) {
                    lines = fewer;
                } else {
                    at = end;
                }
            }
            length /= 2;
        }
        for at in 0..lines.len() {
            for plainer in plainer(&lines[at]) {
                let mut other = lines.clone();
                other[at] = plainer;
                if fails(&other) {
                    lines = other;
                    break;
                }
            }
        }
        if lines == before {
            return lines;
        }
    }
}

/// `line` with one of its numbers in a plainer form.
fn plainer(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().skip(1) {
        // A number that is plain already stays, so that shrinking ends.
        if word.parse::<f64>().is_err() || PLAIN.contains(word) {
            continue;
        }
        for plain in PLAIN {
            let mut other = words.clone();
            other[at] = plain;
            found.push(other.join(" "));
        }
    }
    found
}

/// Fails unless a sequence shrinks to what its failure needs.
pub(super) fn prove() {
    let lines: Vec<String> = (0..50).map(|n| format!("set a {n}.5")).collect();
    let needs = |lines: &[String]| {
        let has = |line: &str| lines.iter().position(|one| one == line);
        let late = lines.iter().rposition(|one| one.starts_with("set"));
        matches!((has("set a 7.5"), late), (Some(first), Some(late)) if first < late)
    };
    assert_eq!(
        shrink(&lines, &needs),
        ["set a 7.5", "set a 0"],
        "the two lines that it takes, one of them plain"
    );
}
