//! The npm package, packed, installed and used in a project that Vite bundles and `tsc` checks.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use browser::Outcome;
use tempfile::TempDir;

use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::{Page, dist, look_at, visit_folder};
use browser::tools::{npm, program, run};

tests![
    vite_bundles_the_package,
    vite_serves_the_package_while_it_is_worked_with,
    typescript_knows_every_parameter,
];

const PAGE: &str =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">
<script type=\"module\" src=\"/main.ts\"></script>
<divergence-figure name=\"kl-fit\" mu=\"-2\"></divergence-figure>";

/// A correct use of every kind of export of the package.
const PROGRAM: &str = r#"
import "divergences";
import type { Change, DivergenceFigure, FigureName, Parameters, Readout } from "divergences";
import { FramedFigure } from "divergences/host";

const figure = document.querySelector("divergence-figure") as DivergenceFigure<"kl-fit">;
const wanted: Partial<Parameters["kl-fit"]> = { rate: 0.2 };
figure.addEventListener("change", ({ detail }) => {
  const change: Change = detail;
  const [first]: Readout[] = change.readouts;
  document.title = `${first.key}: ${first.value.toFixed(3)}`;
});
async function make() {
  await figure.set(wanted);
  const svg: string = await figure.toSVG({ width: 500, theme: "dark" });
  const png: Blob = await figure.toPNG({ scale: 1 });
  const name: FigureName = figure.name;
  document.documentElement.dataset.made = `${name} ${svg.slice(0, 4)} ${png.type}`;
}
make();
export const framed = (frame: HTMLIFrameElement) => new FramedFigure(frame);
"#;

/// Wrong uses, one a line, each with a word that the compiler's message must contain.
const WRONG: [(&str, &str); 6] = [
    ("await figure.set({ rat: 0.2 });", "rat"),
    ("await figure.set({ optimiser: 'sideways' });", "sideways"),
    ("await figure.set({ mu: true });", "true"),
    ("figure.name = 'kl-fat';", "kl-fat"),
    ("await figure.toSVG({ theme: 'pink' });", "pink"),
    ("figure.addEventListener('change', ({ detail }) => detail.nosuch);", "nosuch"),
];

/// A project beside the tools, with the package installed from the tarball that `npm pack` makes.
fn project() -> Outcome<TempDir> {
    let folder = tempfile::Builder::new().prefix("project-").tempdir_in(npm()?)?;
    let mut pack = program(folder.path(), "npm");
    run(pack.args(["pack", "--loglevel=error"]).arg(dist().join("package").canonicalize()?))?;
    let tarball = format!("divergences-{}.tgz", env!("CARGO_PKG_VERSION"));
    fs::write(folder.path().join("package.json"), "{ \"private\": true, \"type\": \"module\" }")?;
    let mut install = program(folder.path(), "npm");
    install.args(["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error"]);
    run(install.arg(format!("./{tarball}")))?;
    fs::write(folder.path().join("index.html"), PAGE)?;
    fs::write(folder.path().join("main.ts"), PROGRAM)?;
    Ok(folder)
}

/// Fails unless the program has done its work and the page shows the figure of the element.
fn works(page: &Page) -> Outcome {
    let made: String = page.browser.wait("return document.documentElement.dataset.made", &[])?;
    assert_eq!(made, "kl-fit <svg image/png", "what the program made");
    let figure = page.figure("kl-fit")?;
    let values = [figure.value("mu")?, figure.value("rate")?];
    assert_eq!(values, ["-2", "0.2"], "set by an attribute and by the program");
    figure.agrees("in a bundle")?;
    figure.press(".handle", browser::keys::RIGHT)?;
    figure.agrees("a handle moved in a bundle")?;
    title_follows(&figure)
}

/// The title shows that the program is notified of changes.
fn title_follows(figure: &Figure<'_>) -> Outcome {
    let told = &figure.told()?[0];
    let title: String = figure.page.browser.run("return document.title", &[])?;
    assert_eq!(title, format!("{}: {:.3}", told.key, told.value.parse::<f64>()?), "the program heard of it");
    Ok(())
}

fn vite_bundles_the_package() -> Outcome {
    let folder = project()?;
    run(program(folder.path(), "vite").args(["build", "--logLevel", "warn"]))?;
    visit_folder(&folder.path().join("dist"), "", works)
}

fn vite_serves_the_package_while_it_is_worked_with() -> Outcome {
    let folder = project()?;
    let server = Server::start(folder.path())?;
    look_at(server.address.clone(), "", |page| {
        works(page)?;
        let said = page.browser.log("browser")?;
        // Vite's own client reports its connection. There must be no other message.
        let others: Vec<_> = said.iter().filter(|entry| !entry.message.contains("[vite] connect")).collect();
        assert!(others.is_empty(), "on the console: {others:?}");
        Ok(())
    })
}

fn typescript_knows_every_parameter() -> Outcome {
    let folder = project()?;
    let check = |file: &Path| {
        let mut compiler = program(folder.path(), "tsc");
        compiler.args(["--noEmit", "--strict", "--target", "es2022", "--module", "esnext"]);
        run(compiler.args(["--moduleResolution", "bundler"]).arg(file))
    };
    check(&PathBuf::from("main.ts"))?;
    let lines: Vec<_> = WRONG.iter().map(|(line, _)| *line).collect();
    let wrong = format!(
        "import {{ type DivergenceFigure }} from 'divergences'; declare const figure: DivergenceFigure<'kl-fit'>;\n{}\n",
        lines.join("\n")
    );
    fs::write(folder.path().join("wrong.ts"), wrong)?;
    let told = check(&PathBuf::from("wrong.ts")).err().ok_or("wrong uses are not noticed")?.to_string();
    for (index, (line, named)) in WRONG.iter().enumerate() {
        let place = format!("wrong.ts({},", index + 2);
        let error = told.lines().find(|error| error.contains(&place)).unwrap_or_default();
        assert!(error.contains(named), "{line} is wrong for {named}: {told}");
    }
    assert_eq!(told.matches("error TS").count(), WRONG.len(), "and nothing else is: {told}");
    Ok(())
}

/// Vite's development server. It ends when this is dropped.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Outcome<Self> {
        let mut command = program(folder, "vite");
        command.args(["--host", "127.0.0.1"]).env("NO_COLOR", "1");
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let output = process.stdout.take().ok_or("Vite has no output")?;
        let mut server = Self { process, address: String::new() };
        let mut lines = BufReader::new(output).lines();
        // The server takes the first free port and prints it.
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let begin = line.find("http://127.0.0.1:")?;
            Some(line[begin..].trim().to_owned())
        });
        server.address = address.ok_or("Vite did not say where it listens")?;
        // A thread reads the rest of the output, so that the server never blocks on it.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
