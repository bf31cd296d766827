//! One script from the modules in `www/`.
//!
//! Modules served from the web could load each other, but in a file opened from disk they cannot. Therefore
//! both get one script. The modules follow rules that reduce bundling to concatenation, and this file checks
//! them. Imports are at the top, by name, on one line (`import { a, b } from "../room/file.js";`), and never
//! circular. Exports are declarations only (`export function`, `export class`, `export const`). No two
//! modules declare the same name at the top level.

use std::collections::HashMap;
use std::fs;

use crate::Outcome;
use crate::command::root;

/// The text of `prelude`, followed by the modules `entries` of `www/` and all that they import, in the order
/// of their dependencies. It exports the names `exports`.
pub(super) fn bundle(entries: &[&str], prelude: &str, exports: &[&str]) -> Outcome<String> {
    let mut bundle = Bundle {
        text: prelude.to_owned(),
        declared: HashMap::new(),
        done: Vec::new(),
        under_way: Vec::new(),
    };
    entries.iter().try_for_each(|entry| bundle.add(entry))?;
    let fault =
        |name: &&str| format!("{entries:?} are to export {name}, which none of their modules declares");
    if let Some(missing) = exports.iter().find(|name| !bundle.declared.contains_key(**name)) {
        return Err(fault(missing).into());
    }
    Ok(format!("{}export {{ {} }};\n", bundle.text, exports.join(", ")))
}

struct Bundle {
    text: String,
    declared: HashMap<String, String>,
    done: Vec<String>,
    /// The modules whose imports are being added, the outermost first.
    under_way: Vec<String>,
}

impl Bundle {
    /// Adds the module `name`, a path in `www/`, after the modules that it imports.
    fn add(&mut self, name: &str) -> Outcome {
        if self.done.iter().any(|done| done == name) {
            return Ok(());
        }
        if let Some(start) = self.under_way.iter().position(|module| module == name) {
            let circle = [&self.under_way[start..], &[name.to_owned()]].concat();
            return Err(format!("www: modules import each other in a circle: {}", circle.join(" → ")).into());
        }
        self.under_way.push(name.to_owned());
        let path = root().join("www").join(name);
        let source = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut body = String::new();
        for (number, line) in source.lines().enumerate() {
            let fault = |what: &str| format!("www/{name}:{}: {what}: {line}", number + 1);
            if line.starts_with("import ") {
                let (_, from) =
                    line.split_once(" from \"").ok_or_else(|| fault("not a named local import"))?;
                let from = from.strip_suffix("\";").ok_or_else(|| fault("the import must end its line"))?;
                self.add(&resolved(name, from).ok_or_else(|| fault("no module in www/"))?)?;
                continue;
            }
            let line = match line.strip_prefix("export ") {
                Some(rest) if rest.starts_with(['d', '{', '*']) => {
                    return Err(fault("only declarations are exported").into());
                }
                Some(rest) => rest,
                None => line,
            };
            if let Some(declared) = declared_name(line)
                && let Some(other) = self.declared.insert(declared.to_owned(), name.to_owned())
            {
                return Err(fault(&format!("{declared} is declared in {other} too")).into());
            }
            body.push_str(line);
            body.push('\n');
        }
        self.text.push_str(&body);
        self.under_way.pop();
        self.done.push(name.to_owned());
        Ok(())
    }
}

/// The path in `www/` of the import `from` in the module `name`: `./a.js` is in the same folder,
/// `../room/a.js` in another one.
fn resolved(name: &str, from: &str) -> Option<String> {
    let mut path: Vec<_> = name.split('/').collect();
    path.pop();
    let local = from.starts_with("./") || from.starts_with("../");
    for step in local.then(|| from.split('/'))? {
        match step {
            "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// The name that an unindented line declares, if it is a declaration.
fn declared_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| *word == "async");
    matches!(words.next()?, "function" | "class" | "const" | "let").then_some(())?;
    if line.starts_with(' ') {
        return None;
    }
    words.next()?.split(['(', '=', ';']).next().filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_seen() {
        assert_eq!(declared_name("async function load(url) {"), Some("load"), "functions");
        assert_eq!(declared_name("const WIDTH = 3;"), Some("WIDTH"), "constants");
        assert_eq!(declared_name("  const inner = 3;"), None, "only at the top");
    }

    #[test]
    fn imports_lead_from_room_to_room() {
        assert_eq!(resolved("main.js", "./element/task.js").as_deref(), Some("element/task.js"), "down");
        assert_eq!(resolved("element/task.js", "./parts.js").as_deref(), Some("element/parts.js"), "beside");
        assert_eq!(
            resolved("element/task.js", "../shared/make.js").as_deref(),
            Some("shared/make.js"),
            "over"
        );
        assert_eq!(resolved("main.js", "../elsewhere.js"), None, "not out of www/");
        assert_eq!(resolved("main.js", "elsewhere"), None, "no packages");
    }

    #[test]
    fn the_page_s_own_scripts_bundle() {
        let text = bundle(&["main.js"], "", &["DivergenceFigure"]).unwrap();
        assert!(!text.contains("\nimport "), "nothing is left to load");
        assert!(text.contains("class DivergenceFigure"), "the custom element is in it");
        assert!(text.ends_with("\nexport { DivergenceFigure };\n"), "and can be imported");
        assert!(bundle(&["main.js"], "", &["NoSuchThing"]).is_err(), "what is exported must be there");
    }
}
