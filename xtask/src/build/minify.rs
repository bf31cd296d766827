//! Scripts and styles as browsers need them: without comments, spaces and long names.

use std::path::PathBuf;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CodegenReturn};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::Outcome;

/// A module as it is published.
pub(super) struct Module {
    pub(super) code: String,
    /// The source map. Developer tools show the module by it as it was written.
    pub(super) map: String,
}

/// The module `source`, minified. Names of properties and of what it exports stay. Developer tools call the source `name`.
pub(super) fn module(name: &str, source: &str) -> Outcome<Module> {
    let CodegenReturn { code, map, .. } = minify(name, source, SourceType::mjs())?;
    let map = map.ok_or_else(|| format!("{name} has no source map"))?;
    Ok(Module { code, map: map.to_json_string() })
}

/// The script `source`, minified, for inlining into a page. What it declares at its top keeps its name: other scripts use it.
pub(super) fn script(name: &str, source: &str) -> Outcome<String> {
    Ok(minify(name, source, SourceType::cjs())?.code)
}

fn minify(name: &str, source: &str, kind: SourceType) -> Outcome<CodegenReturn> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, kind).parse();
    if let Some(error) = parsed.errors.first() {
        return Err(format!("{name}: {error}").into());
    }
    let mut program = parsed.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions { top_level: kind.is_module(), ..MangleOptions::default() }),
        compress: Some(CompressOptions::smallest()),
    };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let options = CodegenOptions { source_map_path: Some(PathBuf::from(name)), ..CodegenOptions::minify() };
    Ok(Codegen::new()
        .with_options(options)
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings)
        .build(&program))
}

/// The styles `source` without comments, and without spaces where these mean nothing.
pub(super) fn styles(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if next == '"' || next == '\'' {
            let end = rest[1..].find(next).map_or(rest.len(), |end| end + 2);
            text.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if next.is_whitespace() {
            rest = rest.trim_start();
            // The space before a colon or a parenthesis means something: `a :hover` is not `a:hover`.
            let apart = !text.is_empty() && !text.ends_with(['{', '}', ';', ':', ',', ' ']);
            if apart && !rest.starts_with(['{', '}', ';', ',']) {
                text.push(' ');
            }
        } else {
            if next == '}' && text.ends_with(';') {
                text.pop();
            }
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_others_use_stay() {
        let source =
            "// a note\nconst width = 3;\nfunction lend(element) { element.dataset.lent = width * 2; }\n";
        let script = script("lend.js", source).unwrap();
        assert!(script.contains("function lend("), "what other scripts call: {script}");
        assert!(script.contains(".dataset.lent="), "properties: {script}");
        assert!(!script.contains("element") && !script.contains("note"), "the rest is short: {script}");
        let module = module("main.js", &format!("{source}export {{ lend }};")).unwrap();
        assert!(module.code.ends_with(" as lend};"), "what is exported: {}", module.code);
        assert!(module.map.contains("// a note"), "the source is in the map: {}", module.map);
    }

    #[test]
    fn addresses_stay_as_bundlers_find_them() {
        let source = "export const files = { wasm: new URL(\"./a.wasm\", import.meta.url) };";
        let code = module("main.js", source).unwrap().code;
        assert!(code.contains("new URL(`./a.wasm`,import.meta.url)"), "one literal, one expression: {code}");
    }

    #[test]
    fn faults_of_scripts_are_told() {
        let fault = script("first.js", "const = 3;").unwrap_err().to_string();
        assert!(fault.starts_with("first.js: "), "which script: {fault}");
    }

    #[test]
    fn styles_lose_what_means_nothing() {
        let source = "/* a note */\n.a :is(p, ul) {\n  margin: 0 calc(1px + 2px);\n  content: \"a;  b\";\n}\n\n@media (width > 3px) { b { top: 0; } }\n";
        assert_eq!(
            styles(source),
            ".a :is(p,ul){margin:0 calc(1px + 2px);content:\"a;  b\"}@media (width > 3px){b{top:0}}",
            "spaces within strings, sums and selectors stay"
        );
        assert_eq!(styles("a /* one */ b { top: 0 }"), "a b{top:0}", "a comment between two names");
    }
}
