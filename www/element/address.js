// A figure's state in the page's address: `?kl-fit.rate=0.1&kl-fit.p=…`.
//
// Only elements with the attribute `address` take part, so that a figure in somebody else's page does not change that page's
// address. A figure alone in a frame (`address="frame"`) reads `?figure=kl-fit&rate=0.1` and never writes: the address is its
// author's, and Reset returns to it.
import { languages } from "../shared/engine.js";
import { wordsOf } from "../shared/words.js";
import { TASKS } from "./task.js";

/** How far the address may lag behind, in milliseconds. Browsers block a page that changes its address too often. */
const LAG = 250;

const waiting = new Map();
let timer = 0;

/** Sets `figure` from the address. Returns a sentence for each value that cannot be used. */
export function readAddress(element, figure) {
  if (!element.hasAttribute("address")) {
    return [];
  }
  if (isAlone(element)) {
    const words = wordsOf(element);
    const problems = [...addressParameters()].map(([key, value]) =>
      Object.hasOwn(FRAME, key) ? FRAME[key](value, words) : refused(figure, key, value, words),
    );
    figure.settle();
    return problems.filter(Boolean);
  }
  const prefix = `${element.name}.`;
  return [...addressParameters()]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => figure.set(key.slice(prefix.length), value));
}

/** The query of the address. HTML writes `&` as `&amp;`, and whoever copies an address from it may leave it so. */
export function addressParameters() {
  return new URLSearchParams(location.search.replaceAll("&amp;", "&"));
}

/** Whether the address opens a lecture. */
export function opensLecture() {
  return addressParameters().get("view") === "lecture";
}

/** Whether the address of a page asks for one figure alone. */
export function asksForOne() {
  return addressParameters().has("figure") && !opensLecture();
}

function isAlone(element) {
  return element.getAttribute("address") === "frame";
}

const one = (key, choices) => (value, words) =>
  choices().includes(value) ? "" : words("problem.choice", { key, value, choices: choices().join(", ") });

/** The keys of a frame's address that are not parameters. Each checks a value and returns a sentence if it cannot be used. */
const FRAME = {
  figure: () => "",
  // These become attributes of the element, which checks them itself.
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

/**
 * Sets a parameter from a frame's address. Returns a sentence if it is refused. For an unknown key the sentence, in the
 * language of `words`, also lists the keys that are not parameters.
 */
function refused(figure, key, value, words) {
  const problem = figure.set(key, value);
  return problem && figure.get(key) === undefined ? `${problem} ${words("problem.frame", { keys: Object.keys(FRAME).join(", ") })}` : problem;
}

/** Writes the changed parameters of `element` into the address soon, without a new entry in the history. */
export function writeAddress(element, changed) {
  if (!element.hasAttribute("address") || isAlone(element)) {
    return;
  }
  waiting.set(element.name, changed);
  clearTimeout(timer);
  timer = setTimeout(flush, LAG);
}

/** Writes all changes that are waiting into the address. */
export function flush() {
  const kept = [...addressParameters()].filter(
    ([key]) => ![...waiting.keys()].some((name) => key.startsWith(`${name}.`)),
  );
  const pairs = [
    ...kept,
    ...[...waiting].flatMap(([name, changed]) => changed.map(([key, value]) => [`${name}.${key}`, value])),
  ];
  replaceAddress(pairs);
}

/**
 * What an address must not hold as it is; commas and semicolons may stand, without which a mixture is unreadable, but no brackets,
 * quotes and stars, which end an address, or mean something, in Markdown.
 */
export function encode(text) {
  const escaped = (sign) => `%${sign.codePointAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3B", ";").replace(/[()'*]/g, escaped);
}

/**
 * Replaces the query of the address by `pairs` of key and value, and its fragment by `hash`, without a new entry in the
 * history.
 */
export function replaceAddress(pairs, hash = location.hash) {
  const query = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&");
  try {
    history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${hash}`);
  } catch {
    // A sandboxed frame cannot change its address.
  }
}
