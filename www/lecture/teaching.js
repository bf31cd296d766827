// Opens the lecture view (with the key L, a button, or `?view=lecture`) and the exercises. Their script is loaded on demand.
import { addressParameters, opensLecture, replaceAddress } from "../element/address.js";
import { names } from "../element/parts.js";
import { TASKS } from "../element/task.js";
import { shownPage } from "../page/book.js";
import { copied } from "../shared/copied.js";
import { download } from "../shared/download.js";
import { engine, pageLanguage, trouble, words } from "../shared/engine.js";
import { fetched, script } from "../shared/fetched.js";
import { openPageHelp } from "../shared/help.js";
import { html } from "../shared/html.js";
import { isShortcut, isTyped, letters } from "../shared/keys.js";
import { make } from "../shared/make.js";
import { reducedMotion } from "../shared/motion.js";
import { preferredTheme } from "../shared/theme.js";

/** Listens for requests to open the lecture view, and opens it if the address says so. */
export function prepareTeaching() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-lecture]")) {
      lecture(nearest());
    } else if (target.closest?.("[data-help]")) {
      openPageHelp();
    }
  });
  addEventListener("keydown", (event) => {
    if (open || !letters() || isTyped(event) || isShortcut(event)) {
      return;
    }
    if (event.key.toLowerCase() === "l") {
      event.preventDefault();
      lecture(nearest());
    } else if (event.key === "?") {
      event.preventDefault();
      openPageHelp();
    }
  });
  // A toggle event does not bubble.
  document.addEventListener("toggle", ({ target }) => target.dataset.exercises && openExercises(target), { capture: true });
  addEventListener("hashchange", () => opensLecture() && location.hash.startsWith(HASH) && location.reload());
  if (opensLecture()) {
    lecture();
  }
}

/** Fills `box` with the exercises of its chapter when it is first opened. */
async function openExercises(box) {
  if (filled.has(box)) {
    return;
  }
  filled.add(box);
  box.querySelector(".problem")?.remove();
  try {
    const [wasm, script] = await loadTeaching(BOOK[box.dataset.exercises][0]);
    const text = await lessonOf("exercises", box.dataset.exercises, box.dataset.exercisesFile);
    script.fillExercises(kit(wasm), box, wasm.readLesson(text, pageLanguage()).screens);
  } catch ({ message }) {
    // Opening the box again makes another attempt.
    filled.delete(box);
    box.append(problem("exercises", message));
  }
}

/** What is said where `what` did not arrive, and why. */
function problem(what, message) {
  return make("p", { className: "problem", role: "alert", textContent: trouble(what, pageLanguage(), message) });
}

/** The boxes that have their exercises. */
const filled = new WeakSet();

/** The name of the figure nearest to the middle of the window. A lecture opened from the page starts with it. */
function nearest() {
  const middle = ({ top, bottom }) => Math.abs((top + bottom) / 2 - innerHeight / 2);
  const figures = [...document.querySelectorAll("divergence-figure")].filter((figure) => figure.checkVisibility());
  const far = (figure) => middle(figure.getBoundingClientRect());
  return figures.sort((one, other) => far(one) - far(other))[0]?.name;
}

/** The focused element, which may be inside a figure. */
function focused() {
  let part = document.activeElement;
  while (part?.shadowRoot?.activeElement) {
    part = part.shadowRoot.activeElement;
  }
  return part;
}

let open = false;

/** The engine with the figure `name`, or with all figures, and the script that is loaded on demand. */
function loadTeaching(name) {
  // A file that contains everything has that script in this one.
  const functions = ASSETS.packed ? { startLecture, fillExercises } : script(ASSETS.teaching, "startLecture");
  return Promise.all([engine(pageLanguage(), name), functions]);
}

/**
 * The text of the lesson `kind` of the chapter `slug`, or of all chapters without it, in the page's language. It is in this
 * script or in `file`.
 */
async function lessonOf(kind, slug, file) {
  if (file) {
    return (await fetched(new URL(file, location.href))).text();
  }
  const texts = ASSETS[kind][pageLanguage()];
  return slug ? texts[slug] : Object.values(texts).join("\n");
}

/** Opens the lecture view, at the first screen of the figure `name` if that is given. */
async function lecture(name) {
  if (open) {
    return;
  }
  open = true;
  document.querySelector("body > .problem")?.remove();
  const { body } = document;
  body.ariaBusy = "true";
  let came;
  try {
    // The engine must have all figures, because a lecture may show any of them, and its editor any that is typed. The page
    // stays until everything has arrived.
    came = [await loadTeaching(), await lesson()];
  } catch ({ message }) {
    open = false;
    body.prepend(problem("lecture", message));
    scrollTo({ top: 0, behavior: "instant" });
    return;
  } finally {
    body.ariaBusy = null;
  }
  const [place, before] = [scrollY, focused()];
  const page = [...body.children];
  page.forEach((part) => (part.hidden = true));
  const [[wasm, script], { text, problem: wrong }] = came;
  const begin = name ?? (addressParameters().has("at") ? undefined : addressParameters().get("figure"));
  const first = begin ? wasm.readLesson(text, pageLanguage()).screens.findIndex(({ figure }) => figure === begin) : Number(addressParameters().get("at")) - 1;
  const closed = (figure) => {
    open = false;
    page.forEach((part) => (part.hidden = false));
    writeLecture({ view: "", at: "", theme: "", figure: "" });
    const last = figure && name !== figure && document.getElementById(figure);
    // The figure may be on another page, because a lecture can cover the whole book.
    const shown = last?.checkVisibility?.() ? last : undefined;
    if (shown) {
      shown.scrollIntoView({ block: "center", behavior: "instant" });
    } else {
      scrollTo({ top: place, behavior: "instant" });
    }
    // The keyboard continues from there.
    (shown ? shown.shadowRoot.querySelector(".handle:not([hidden])") : before)?.focus({ preventScroll: true });
  };
  writeLecture({ view: "lecture" });
  script.startLecture(kit(wasm), { text, at: Math.max(0, first || 0), theme: addressParameters().get("theme"), problem: wrong, closed });
}

const HASH = "#lecture=";

/** The text of the lesson, from the address, from a file beside the page, or the explainer's own. */
async function lesson() {
  if (location.hash.startsWith(HASH)) {
    try {
      return { text: decodeURIComponent(location.hash.slice(HASH.length).replaceAll("+", " ")) };
    } catch {
      return { text: await ownLesson(), problem: words("lecture.problem.address") };
    }
  }
  const file = addressParameters().get("lesson");
  if (file !== null) {
    try {
      const address = new URL(file, location.href);
      if (address.origin !== location.origin) {
        throw new Error(words("lecture.problem.origin"));
      }
      return { text: await (await fetched(address)).text() };
    } catch ({ message }) {
      return { text: await ownLesson(), problem: words("lecture.problem.file", { file, message }) };
    }
  }
  return { text: await ownLesson() };
}

/** The lecture of the chapter that is shown. The front page has that of the whole book. */
function ownLesson() {
  const { page, lectureFile } = shownPage().dataset;
  return lessonOf("lecture", page, lectureFile);
}

/** Sets the keys in `pairs` in the address. An empty value removes its key. */
function writeLecture(pairs) {
  const query = addressParameters();
  Object.entries(pairs).forEach(([key, value]) => (value === "" ? query.delete(key) : query.set(key, value)));
  replaceAddress([...query], location.hash.startsWith(HASH) && !query.has("view") ? "" : location.hash);
}

/** The part of an address that selects the language of a file with several. */
function language() {
  return addressParameters().has("lang") ? `lang=${addressParameters().get("lang")}&` : "";
}

/** `text` as a fragment, which is never sent to a server. */
function hashOf(text) {
  const readable = { "%20": "+", "%2C": ",", "%3B": ";", "%3D": "=", "%3A": ":", "%2F": "/" };
  return HASH + encodeURIComponent(text.trim()).replace(/%(20|2C|3B|3D|3A|2F)/g, (code) => readable[code]);
}

/** Gives `figure` the task of `screen` and removes any other. */
function setTask(figure, screen = {}) {
  for (const name of TASKS) {
    // Removing the attribute first makes an unchanged task start afresh.
    figure.removeAttribute(name);
    if (screen[name]) {
      figure.setAttribute(name, screen[name]);
    }
  }
}

/** The result of `use` for a temporary figure in the initial state of `screen`. */
function withFigure(wasm, { figure: name, values, veil, guess }, use) {
  const figure = new wasm.WebFigure(name, pageLanguage());
  values.forEach(([key, value]) => figure.set(key, value));
  figure.ask(veil, guess, "");
  const made = use(figure);
  figure.free();
  return made;
}

/** The functions of this script that the scripts loaded on demand need. */
function kit(wasm) {
  return {
    html,
    make,
    setTask,
    /** Puts `figure` into a state, with the task of `screen` if there is one. */
    pose: async (figure, screen, values) => {
      setTask(figure, screen || {});
      await figure.pause();
      await figure.set(Object.fromEntries(values));
    },
    words,
    names,
    isShortcut,
    letters,
    reducedMotion,
    preferredTheme,
    download,
    copied,
    writeLecture,
    readLesson: (text) => wasm.readLesson(text, pageLanguage()),
    keepLesson: (text) => replaceAddress([...addressParameters()], hashOf(text)),
    lessonAddress: (text) => `${location.href.split(/[?#]/)[0]}?${language()}view=lecture${hashOf(text)}`,
    pictureOf: (screen, width, theme) => withFigure(wasm, screen, (figure) => figure.svg(width, theme)),
    readoutsOf: (screen) => withFigure(wasm, screen, (figure) => figure.state().readouts),
  };
}
