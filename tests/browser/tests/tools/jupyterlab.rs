//! A figure as a widget in `JupyterLab`: the reader and Python change the same figure.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use browser::{Browser, Engine, Outcome, keys};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::python::programs;
use crate::figure::Figure;
use crate::trial::tests;
use crate::visit::Page;

tests![a_figure_lives_in_jupyterlab,];

/// The time limit for starting the server.
const PATIENCE: Duration = Duration::from_secs(180);

/// The cells of the notebook: a figure, the same figure again, another figure, and a cell in which the test
/// asks Python.
const CELLS: [&str; 4] = [
    "import divergences, json\n\
     fig = divergences.Figure('kl-fit', rate=0.1, hide='presets', goal='forward < 0.7')\n\
     moves = []\n\
     fig.observe(lambda change: moves.append(change.new), 'mu')\n\
     fig",
    "fig",
    "other = divergences.Figure('comparison')\nother",
    "",
];

/// Prints Python's view of the figure as JSON. Numbers are texts, because JSON has no ∞.
const ASK: &str = "print(json.dumps({'values': {key: str(value) for key, value in fig.values.items()}, \
    'readouts': {key: repr(value) for key, value in fig.readouts.items()}, 'moves': len(moves)}))";

/// A running `JupyterLab` with one notebook. It ends when this is dropped.
struct Lab {
    process: Child,
    address: String,
    folder: TempDir,
}

impl Lab {
    fn start() -> Outcome<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("lab-").tempdir()?;
        let home = folder.path();
        let cells = CELLS.map(|source| {
            json!({ "cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": null })
        });
        let kernel = json!({ "name": "python3", "display_name": "Python", "language": "python" });
        let notebook = json!({
            "cells": cells, "metadata": { "kernelspec": kernel }, "nbformat": 4, "nbformat_minor": 4
        });
        fs::create_dir(home.join("work"))?;
        fs::write(home.join("work/notes.ipynb"), notebook.to_string())?;
        // The port is free now. Another program could take it within the next second, which would be noticed.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let config = format!(
            "c.ServerApp.port = {port}\n\
             c.ServerApp.port_retries = 0\n\
             c.ServerApp.ip = '127.0.0.1'\n\
             c.ServerApp.open_browser = False\n\
             c.ServerApp.allow_root = True\n\
             c.ServerApp.disable_check_xsrf = True\n\
             c.IdentityProvider.token = ''\n\
             c.LabApp.expose_app_in_browser = True\n\
             c.LabApp.extension_manager = 'readonly'\n\
             c.LabApp.check_for_updates_class = 'jupyterlab.NeverCheckForUpdate'\n\
             c.LabApp.news_url = None\n"
        );
        fs::write(home.join("jupyter_lab_config.py"), config)?;
        // Without this setting a box over the notebook would ask for permission to fetch news.
        let settings = home.join("settings/@jupyterlab/apputils-extension");
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("notification.jupyterlab-settings"), r#"{ "fetchNews": "false" }"#)?;
        let process = Command::new(programs.join("jupyter-lab"))
            .current_dir(home.join("work"))
            // The user's own settings are neither read nor changed.
            .env("HOME", home)
            .env("JUPYTER_CONFIG_DIR", home)
            .env("JUPYTER_DATA_DIR", home.join("data"))
            .env("JUPYTER_RUNTIME_DIR", home.join("runtime"))
            .env("JUPYTERLAB_SETTINGS_DIR", home.join("settings"))
            .env("JUPYTERLAB_WORKSPACES_DIR", home.join("workspaces"))
            .env("IPYTHONDIR", home.join("ipython"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(home.join("log"))?)
            .spawn()?;
        let mut lab = Self { process, address: format!("http://127.0.0.1:{port}/"), folder };
        let begin = Instant::now();
        while minreq::get(format!("{}api/status", lab.address)).with_timeout(5).send().is_err() {
            let ended = lab.process.try_wait()?;
            if ended.is_some() || begin.elapsed() > PATIENCE {
                let said = fs::read_to_string(lab.folder.path().join("log"))?;
                return Err(format!("JupyterLab does not answer ({ended:?}):\n{said}").into());
            }
            sleep(Duration::from_millis(100));
        }
        Ok(lab)
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // On request the server ends its kernels first. If it is killed, they end by themselves some time
        // later.
        let asked = minreq::post(format!("{}api/shutdown", self.address)).with_timeout(5).send().is_ok();
        let begin = Instant::now();
        while asked && begin.elapsed() < Duration::from_secs(10) {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Python's view of the figure.
#[derive(serde::Deserialize)]
struct Known {
    values: BTreeMap<String, String>,
    readouts: BTreeMap<String, String>,
    /// The number of times that an observer was notified of a change of μ.
    moves: usize,
}

/// The notebook in a browser.
struct Notebook {
    page: Page,
}

impl Notebook {
    fn open(lab: &Lab) -> Outcome<Self> {
        let browser = Browser::open(Engine::Chromium, 1280, 1600)?;
        browser.go(&format!("{}lab/tree/notes.ipynb", lab.address))?;
        let page = Page { browser, origin: lab.address.clone(), friend: None };
        let ready = "const panel = window.jupyterapp?.shell.currentWidget;
            return panel?.content?.widgets?.length === arguments[0] && panel.context.sessionContext.isReady
              && panel.context.sessionContext.session?.kernel?.status === 'idle'";
        let notebook = Self { page };
        notebook.patiently(ready, &[json!(CELLS.len())])?;
        Ok(notebook)
    }

    /// Waits as long as a server and a kernel may take that have just been started.
    fn patiently(&self, script: &str, given: &[Value]) -> Outcome {
        let begin = Instant::now();
        loop {
            match self.page.browser.wait::<bool>(script, given) {
                Err(_) if begin.elapsed() < PATIENCE => {}
                outcome => return outcome.map(drop),
            }
        }
    }

    /// Runs cell `index` as a reader does and returns its output.
    fn run(&self, index: usize) -> Outcome<String> {
        let script = "const [index] = arguments;
            const { content } = jupyterapp.shell.currentWidget;
            content.activeCellIndex = index;
            return jupyterapp.commands.execute('notebook:run-cell').then(() => {
              const outputs = content.widgets[index].model.outputs.toJSON();
              const failed = outputs.find(({ output_type }) => output_type === 'error');
              if (failed) {
                throw new Error(`${failed.ename}: ${failed.evalue}`);
              }
              return outputs.map(({ text }) => [text ?? ''].flat().join('')).join('');
            })";
        self.page.browser.run(script, &[json!(index)])
    }

    /// Runs `code` in the last cell and returns its output.
    fn ask(&self, code: &str) -> Outcome<String> {
        let write = "jupyterapp.shell.currentWidget.content.widgets[arguments[0]].model.sharedModel.setSource(arguments[1])";
        let last = CELLS.len() - 1;
        self.page.browser.run::<()>(write, &[json!(last), json!(code)])?;
        let said = self.run(last)?;
        // This scrolls back, because the notebook has scrolled to the cell.
        self.page.figure("kl-fit")?;
        Ok(said)
    }

    /// Fails unless Python's values become those that `figure` shows, to the last bit.
    fn knows(&self, figure: &Figure<'_>, after: &str) -> Outcome<Known> {
        figure.agrees(after)?;
        let values: BTreeMap<_, _> = figure.values()?.into_iter().collect();
        let mut known: Known = serde_json::from_str(&self.ask(ASK)?)?;
        // The page's message may still be on its way.
        for _ in 0..20 {
            if same_texts(&known.values, &values) {
                break;
            }
            known = serde_json::from_str(&self.ask(ASK)?)?;
        }
        assert!(
            same_texts(&known.values, &values),
            "{after}: {:?} in Python, {values:?} shown",
            known.values
        );
        for shown in figure.told()? {
            let own = known.readouts.get(&shown.key).ok_or_else(|| format!("Python has no {}", shown.key))?;
            let (own, shown_value): (f64, f64) = (own.parse()?, shown.value.parse()?);
            let same = own == shown_value || own.is_nan() && shown_value.is_nan();
            assert!(same, "{after}: {} is {own} in Python and {shown_value} on the page", shown.key);
        }
        Ok(known)
    }

    /// Fails if our code wrote to the console or made a request to another origin.
    fn quiet(&self) -> Outcome {
        let mine = |text: &str| ["blob:", "anywidget", "divergence"].iter().any(|word| text.contains(word));
        let console = self.page.browser.log("browser")?;
        let mut faults: Vec<_> =
            console.into_iter().map(|entry| entry.message).filter(|message| mine(message)).collect();
        for entry in self.page.browser.log("performance")? {
            let event: Value = serde_json::from_str(&entry.message)?;
            let event = &event["message"];
            let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
            let inside =
                [self.page.origin.as_str(), "data:", "blob:"].iter().any(|start| url.starts_with(start));
            if event["method"] == "Network.requestWillBeSent"
                && !inside
                && mine(&event["params"]["initiator"].to_string())
            {
                faults.push(format!("a request to another origin: {url}"));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
    }
}

/// Whether two sets of values are equal. Python writes 1.0 where a figure writes 1.
fn same_texts(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> bool {
    let number = |text: &str| text.parse::<f64>().map_or_else(|_| text.to_owned(), |value| value.to_string());
    one.len() == other.len()
        && one.iter().all(|(key, value)| other.get(key).is_some_and(|own| number(own) == number(value)))
}

fn a_figure_lives_in_jupyterlab() -> Outcome {
    let lab = Lab::start()?;
    let notebook = Notebook::open(&lab)?;
    // An error in the page is often the cause of the test's failure.
    match (use_notebook(&notebook), notebook.quiet()) {
        (Err(error), Err(noise)) => Err(format!("{error}\n{noise}").into()),
        (outcome, quiet) => outcome.and(quiet),
    }
}

fn use_notebook(notebook: &Notebook) -> Outcome {
    let page = &notebook.page;
    for index in 0..CELLS.len() {
        notebook.run(index)?;
    }
    let figure = page.figure("kl-fit")?;
    assert_eq!(figure.value("rate")?, "0.1", "what it was made with");
    let made = notebook.knows(&figure, "made in Python")?;
    assert_eq!(made.moves, 0, "nothing moved yet");
    assert!(figure.run::<bool>("return root.querySelector('[data-part=presets]').hidden", &[])?, "hidden");
    let goal: String = figure.run("return root.querySelector('.task').innerText", &[])?;
    assert!(goal.contains("0.7"), "the goal stands under the drawing: {goal}");

    let ring = figure.rings()?.iter().position(|ring| ring.horizontal && ring.free && !ring.twin);
    figure.drag(ring.ok_or("there is nothing to drag")?, 60.0, 0.0)?;
    let dragged = notebook.knows(&figure, "dragged on the page")?;
    assert_ne!(dragged.values, made.values, "the drag moved something");
    figure.type_in("mu", "-1.5")?;
    let typed = notebook.knows(&figure, "typed on the page")?;
    assert_eq!(figure.value("mu")?, "-1.5", "what was typed");
    assert!(typed.moves > dragged.moves, "the observer was told");

    // Python's numbers are available at once in the same cell, before the page has answered.
    let said = notebook.ask(&format!("fig.rate = 0.2; fig.mu = 2\n{ASK}"))?;
    let mut twin = figure.twin()?;
    for (key, value) in [("rate", "0.2"), ("mu", "2")] {
        twin.set(key, value).map_err(|problem| format!("{problem:?}"))?;
    }
    let known: Known = serde_json::from_str(&said)?;
    for readout in twin.readouts() {
        let own: f64 = known.readouts.get(readout.key).ok_or("a readout of that name")?.parse()?;
        let close = (own - readout.value).abs() <= 1e-12 * readout.value.abs().max(1e-3);
        assert!(
            own == readout.value || own.is_nan() && readout.value.is_nan() || close,
            "{}: {own} in Python, {} in the library",
            readout.key,
            readout.value
        );
    }
    figure.wait::<bool>("return figure.get('rate') === '0.2' && figure.get('mu') === '2'", &[])?;
    notebook.knows(&figure, "changed in Python")?;

    twice(notebook, &figure)?;
    keyboard(notebook, &figure)?;
    saving(&figure)?;
    themes(notebook)?;
    layout(notebook)
}

/// The same figure is in two cells, one of which was run again. Changes in one appear in the other.
fn twice(notebook: &Notebook, figure: &Figure<'_>) -> Outcome {
    let page = &notebook.page;
    let both = "const all = [...document.querySelectorAll('divergence-figure[name=kl-fit]')];
        return all.length === 2 && all.every((one) => one.figure?.get('mu') === arguments[0])";
    let second = "document.querySelectorAll('divergence-figure')[1].scrollIntoView({ block: 'center', behavior: 'instant' })";
    page.browser.run::<()>(second, &[])?;
    page.browser.wait::<bool>(both, &[json!("2")])?;
    figure.type_in("mu", "-0.5")?;
    page.browser.wait::<bool>(both, &[json!("-0.5")])?;
    notebook.run(1)?;
    page.browser.run::<()>(second, &[])?;
    page.browser.wait::<bool>(both, &[json!("-0.5")])?;
    notebook.knows(figure, "with a second view of it")?;
    page.figure("comparison")?.agrees("beside others in a notebook")
}

/// Text typed into a figure does not trigger the notebook's commands, and Shift+Enter still does.
fn keyboard(notebook: &Notebook, figure: &Figure<'_>) -> Outcome {
    let cells = "return jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => model.type)";
    let before: Vec<String> = notebook.page.browser.run(cells, &[])?;
    for typed in ["1", "dd", "a", "x", "m"] {
        figure.press("input[data-set=\"mu\"]", typed)?;
    }
    figure.press("input[data-set=\"mu\"]", keys::ESCAPE)?;
    figure.press("[data-reset]", "dd")?;
    assert_eq!(
        notebook.page.browser.run::<Vec<String>>(cells, &[])?,
        before,
        "no cell is gone, new or another"
    );
    figure.click("[data-reset]")?;
    figure.settle()?;
    assert_eq!(figure.value("rate")?, "0.1", "Reset leads back to what it was made with");
    notebook.knows(figure, "reset").map(drop)
}

/// "This figure as one file" contains the module's text, whose address the notebook does not keep.
fn saving(figure: &Figure<'_>) -> Outcome {
    figure.click("[data-part=save] summary")?;
    figure.click("[data-save=html]")?;
    let downloads = figure.page.browser.downloads();
    let begin = Instant::now();
    loop {
        let saved = fs::read_dir(downloads)?.map_while(Result::ok).map(|entry| entry.path());
        if let Some(file) = saved.into_iter().find(|path| path.extension().is_some_and(|end| end == "html")) {
            let html = fs::read_to_string(file)?;
            assert!(html.contains("<divergence-figure name=\"kl-fit\""), "the figure's tag");
            assert!(html.contains("/* divergence-figure, complete */"), "and its script");
            return Ok(());
        }
        if begin.elapsed() > Duration::from_secs(15) {
            return Err(format!("no file was saved; the figure says {:?}", figure.problems()?).into());
        }
        sleep(Duration::from_millis(50));
    }
}

/// Figures follow the theme of the notebook, also when it changes, unless they have one of their own.
fn themes(notebook: &Notebook) -> Outcome {
    let browser = &notebook.page.browser;
    let remember = "globalThis.pictures = () => [...document.querySelectorAll('divergence-figure')]
          .map((one) => one.shadowRoot.querySelector('canvas').toDataURL());
        globalThis.before = pictures();";
    browser.run::<()>(remember, &[])?;
    let all = "const [theme] = arguments;
        const told = [...document.querySelectorAll('divergence-figure')].every((one) => one.theme === theme);
        // This waits for the drawing in the window. The others follow when they are near it.
        return told && (pictures()[0] === before[0]) === (theme === 'light')";
    for (lab, theme) in [("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")] {
        // The reader's preference is the other theme and must not count.
        browser.prefer("prefers-color-scheme", if theme == "dark" { "light" } else { "dark" })?;
        let change = "return jupyterapp.commands.execute('apputils:change-theme', { theme: arguments[0] }).then(() => null)";
        browser.run::<Value>(change, &[json!(lab)])?;
        browser.wait::<bool>(all, &[json!(theme)])?;
    }
    notebook.ask("fig.theme = 'dark'")?;
    let told = "return document.querySelector('divergence-figure').theme === 'dark'";
    browser.wait::<bool>(told, &[])?;
    notebook.ask("fig.theme = 'auto'")?;
    browser.wait::<bool>(all, &[json!("light")]).map(drop)
}

/// Every figure has the width of its output and its own height, and no output scrolls.
fn layout(notebook: &Notebook) -> Outcome {
    for name in ["kl-fit", "comparison"] {
        let figure = notebook.page.figure(name)?;
        let script = "const found = [];
            const output = element.closest('.jp-OutputArea-output');
            for (let one = element; one && !one.matches('.jp-Notebook, .jp-WindowedPanel-outer'); one = one.parentElement) {
              const scrolls = /auto|scroll|hidden/.test(getComputedStyle(one).overflow);
              if (scrolls && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)) {
                found.push(one.className);
              }
            }
            const [own, room] = [element, output].map((one) => one.getBoundingClientRect().width);
            if (own < 0.9 * room || own > room) {
              found.push(`${own} wide in ${room}`);
            }
            return found";
        let faults: Vec<String> = figure.run(script, &[])?;
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
    Ok(())
}
