//! The npm package, `dist/package`: the files that a page or a bundler needs to show figures, under names
//! without hashes.

use std::fs;
use std::path::Path;

use explainer::book;
use explainer::figure::Live;
use explainer::figure::parameter::Kind;

use super::assets::{Assets, Parts, Script, host, source, write_module};
use super::engines::EngineFiles;
use crate::Outcome;

/// Writes the package.
pub(super) fn write(dist: &Path, parts: &Parts, assets: &Assets) -> Outcome {
    let folder = dist.join("package");
    fs::create_dir_all(&folder)?;
    let engines = EngineFiles::write(parts, |stem, ending, content| {
        let name = format!("{stem}.{ending}");
        fs::write(folder.join(&name), content)?;
        Ok(name)
    })?;
    let complete = "divergence-figure.complete.js";
    fs::write(folder.join(complete), &assets.complete)?;
    let script = Script::Author { engines: &engines, complete, frame: None };
    write_module(&folder, "divergence-figure.js", &parts.script(script)?)?;
    write_module(&folder, "host.js", &host()?)?;
    fs::write(folder.join("host.d.ts"), source("www/embed/host.d.ts")?)?;
    fs::write(
        folder.join("divergence-figure.d.ts"),
        source("www/element/divergence-figure.d.ts")? + &types(),
    )?;
    fs::write(folder.join("LICENSE"), source("LICENSE")?)?;
    fs::write(folder.join("README.md"), source("www/embed/package.md")?)?;
    let about = serde_json::json!({
        "name": "divergences",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Interactive figures of divergences between probability distributions, as a custom element",
        "license": "MIT",
        "type": "module",
        "exports": {
            ".": { "types": "./divergence-figure.d.ts", "default": format!("./{complete}") },
            "./divergence-figure.js": { "types": "./divergence-figure.d.ts", "default": "./divergence-figure.js" },
            "./host": { "types": "./host.d.ts", "default": "./host.js" },
        },
        "types": "./divergence-figure.d.ts",
    });
    fs::write(folder.join("package.json"), serde_json::to_string_pretty(&about)? + "\n")?;
    Ok(())
}

/// The TypeScript types of all figures' parameters.
fn types() -> String {
    let figures: Vec<_> = book::names().filter_map(book::make).collect();
    let parameters: String = figures
        .iter()
        .map(|figure| format!("  \"{}\": {{\n{}  }};\n", figure.name(), fields(figure)))
        .collect();
    format!(
        "\n/** Every figure's parameters. */\nexport interface Parameters {{\n{parameters}}}\n\n\
         export type FigureName = keyof Parameters;\n"
    )
}

fn fields(figure: &Live) -> String {
    figure
        .specs()
        .iter()
        .map(|spec| {
            let (about, kind) = match spec.kind {
                Kind::Number { least, most, .. } | Kind::Positive { least, most, .. } => {
                    (format!("From {least} to {most}."), "number | string".to_owned())
                }
                Kind::Count { most } => {
                    (format!("A whole number from 0 to {most}."), "number | string".to_owned())
                }
                Kind::Choice(choices) => {
                    let quoted: Vec<_> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
                    ("One of these.".to_owned(), quoted.join(" | "))
                }
                Kind::Components { most } => (
                    format!("1 to {most} components \"weight,mean,width\", separated by semicolons."),
                    "string".to_owned(),
                ),
                Kind::Weights { least, most } => (
                    format!(
                        "{least} to {most} weights of outcomes, separated by commas, \"!\" behind those that are locked."
                    ),
                    "string".to_owned(),
                ),
            };
            let default = figure.get(spec.key).unwrap_or_default();
            format!("    /** {about} At first {default}. */\n    \"{}\": {kind};\n", spec.key)
        })
        .collect()
}
