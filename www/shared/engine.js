// The engines: wasm that computes and draws figures. Each chapter has one with its figures alone, and one has them all. A page
// loads the one of its figures' chapter, when the first of them needs it, and with it the words of each language that one of
// them speaks.
import { nextTurn } from "./turn.js";

/** The engine with all figures, where others have the slug of their chapter. */
const WHOLE = "";

/** The engines that are here or on their way, by slug. */
const engines = new Map();

/** By language, the exports of the first engine that speaks it. */
const speakers = new Map();

/** The script element that this script stands in, if it is part of a file. */
const OWN = globalThis.document?.querySelector("script[data-divergences]");

/** The language that there is for the tag `tag`: "zh" for "zh-Hans", English for what there is not. */
export function spoken(tag) {
  return [tag, tag?.split("-")[0]].find((one) => one in ASSETS.texts) ?? "en";
}

/** The slug of the chapter of the figure `name`. */
export function chapterOf(name) {
  return Object.keys(BOOK).find((slug) => BOOK[slug].includes(name));
}

/**
 * The exports of an engine that has the figure `name`, or all figures if none is named, and can speak the language of `tag`, such
 * as "en", or English if there are no words in that.
 */
export function engine(tag, name) {
  const slug = slugFor(name);
  if (!engines.has(slug)) {
    engines.set(slug, new Engine(slug === WHOLE ? ASSETS : ASSETS.chapters[slug]));
  }
  return engines.get(slug).speaking(spoken(tag));
}

/**
 * The slug of the engine for the figure `name`. Where figures of several chapters meet that is the whole one; those that live by
 * then stay on theirs.
 */
function slugFor(name) {
  const slug = chapterOf(name);
  if (!(slug in ASSETS.chapters)) {
    return WHOLE;
  }
  const alone = () => [...document.querySelectorAll("divergence-figure[name]")].every((other) => chapterOf(other.getAttribute("name")) === slug);
  return engines.has(slug) || (engines.size === 0 && alone()) ? slug : WHOLE;
}

class Engine {
  /** The exports, once they are there and have words. */
  exports;
  #assets;
  #loading;
  /** By language, whether its words have arrived: a promise. */
  #words = new Map();

  constructor(assets) {
    this.#assets = assets;
    this.#loading = load(assets);
  }

  /** The exports, which speak `language` by then. */
  async speaking(language) {
    if (!this.#words.has(language)) {
      // Both are under way at the same time.
      const arriving = Promise.all([this.#loading, textOf(this.#assets.texts[language])]);
      this.#words.set(language, arriving.then(([exports, source]) => this.#hear(exports, language, source)));
    }
    await this.#words.get(language);
    return this.exports;
  }

  #hear(exports, language, source) {
    exports.setTexts(language, source);
    this.exports = exports;
    speakers.set(language, speakers.get(language) ?? exports);
  }
}

/** The exports of an engine that has the figure `name`, if one is there by now. */
export function loaded(name) {
  return engines.get(chapterOf(name))?.exports ?? engines.get(WHOLE)?.exports;
}

/** The language of the page. */
export function pageLanguage() {
  return spoken(document.documentElement.lang);
}

/** The languages that there are. */
export function languages() {
  return Object.keys(ASSETS.texts);
}

/** The text of `key` in `language`, with each `{name}` replaced by its value, as the engine with `exports` has it, or any. */
export function words(key, values = {}, language = pageLanguage(), exports = speakers.get(language) ?? speakers.values().next().value) {
  const fill = (text, [name, value]) => text.replaceAll(`{${name}}`, () => value);
  return Object.entries(values).reduce(fill, exports.text(key, language));
}

/** The same function for the language that the figure `element` speaks, and of its engine. */
export function wordsOf(element) {
  return (key, values) => words(key, values, element.language, element.engine);
}

async function load({ packed, wasm }) {
  const module = await (packed ? unpacked(packed) : fetched(wasm).then(compilable));
  const exports = newEngine();
  await exports({ module_or_path: module });
  await nextTurn();
  return exports;
}

/** What an asset holds, which is its text or where that is. */
export async function textOf(asset) {
  return asset instanceof URL ? (await fetched(asset)).text() : asset;
}

/** What stands at `address`; rejects if nothing does. */
export async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
  }
  return response;
}

/** What is sent as wasm is compiled while it arrives, and kept compiled for the next visit. */
function compilable(response) {
  return response.headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer();
}

/** From within the script: a file opened from disk has no server to ask. */
function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** The text of this script with all that it loads inside it, fit to stand in a script element. */
export async function completeScript() {
  if (ASSETS.packed && OWN) {
    return OWN.textContent;
  }
  const response = await fetched(ASSETS.complete ?? new URL(import.meta.url));
  const text = await response.text();
  // As part of another program it has no text of its own.
  if (!text.startsWith("/* divergence-figure, complete */")) {
    throw new Error(words("problem.whole"));
  }
  return text;
}
