// A figure's state in the page's address: `?kl-fit.rate=0.1&kl-fit.p=…`.
//
// Only elements with the attribute `address` take part, so that a figure in somebody else's page leaves its address alone.
// A figure alone in a frame (`address="frame"`) reads `?figure=kl-fit&rate=0.1`, and never writes: the address is its
// author's, and where Reset leads.
import { languages, wordsOf } from "../shared/engine.js";
import { TASKS } from "./task.js";

/** How long the address may lag behind, in milliseconds: browsers stop a page that changes it too often. */
const LAG = 250;

const waiting = new Map();
let timer = 0;

/** Sets `figure` as the address says; returns a sentence for each value that could not be used. */
export function readAddress(element, figure) {
  if (!element.hasAttribute("address")) {
    return [];
  }
  if (isAlone(element)) {
    const words = wordsOf(element);
    const problems = [...asked()].map(([key, value]) =>
      Object.hasOwn(FRAME, key) ? FRAME[key](value, words) : refused(figure, key, value, words),
    );
    figure.settle();
    return problems.filter(Boolean);
  }
  const prefix = `${element.name}.`;
  return [...asked()]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => figure.set(key.slice(prefix.length), value));
}

/** What the address asks for. */
export function asked() {
  return new URLSearchParams(location.search);
}

function isAlone(element) {
  return element.getAttribute("address") === "frame";
}

const one = (key, choices) => (value, words) =>
  choices().includes(value) ? "" : words("problem.choice", { key, value, choices: choices().join(", ") });

/** What the address of a frame says beside parameters: each returns a sentence if it can't be used, else nothing. */
const FRAME = {
  figure: () => "",
  // The element's own attributes, which tell what is wrong with them.
  hide: () => "",
  lock: () => "",
  ...Object.fromEntries(TASKS.map((name) => [name, () => ""])),
  theme: () => "",
  background: one("background", () => ["panel", "transparent"]),
  lang: one("lang", languages),
  host: (value, words) => {
    const bad = value.split(",").find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
    return bad === undefined ? "" : words("problem.host", { value: bad });
  },
};

/** Sets a parameter from a frame's address; the sentence, in `words`, about an unknown one names the rest that may stand there. */
function refused(figure, key, value, words) {
  const problem = figure.set(key, value);
  return problem && figure.get(key) === undefined ? `${problem} ${words("problem.frame", { keys: Object.keys(FRAME).join(", ") })}` : problem;
}

/** Puts the changed parameters of `element` into the address, without adding to the history. */
export function writeAddress(element, changed) {
  if (!element.hasAttribute("address") || isAlone(element)) {
    return;
  }
  waiting.set(element.name, changed);
  clearTimeout(timer);
  timer = setTimeout(flush, LAG);
}

/** Writes into the address what waits to be written. */
export function flush() {
  const kept = [...asked()].filter(
    ([key]) => ![...waiting.keys()].some((name) => key.startsWith(`${name}.`)),
  );
  const pairs = [
    ...kept,
    ...[...waiting].flatMap(([name, changed]) => changed.map(([key, value]) => [`${name}.${key}`, value])),
  ];
  replaceAddress(pairs);
}

/** What an address must not hold as it is; commas and semicolons may stand, without which a mixture is unreadable. */
export function encode(text) {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3B", ";");
}

/** Makes the pairs of key and value the page's address, and `hash` its end, without adding to the history. */
export function replaceAddress(pairs, hash = location.hash) {
  const query = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&");
  try {
    history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${hash}`);
  } catch {
    // A sandboxed frame has no address of its own.
  }
}
