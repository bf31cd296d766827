// One wasm instance for all figures of a page, loaded when the first of them needs it, with the words of each language that
// one of them speaks.
import { nextTurn } from "./turn.js";

let loading;

/** By language, whether its words have arrived: a promise. */
const spokenSoFar = new Map();

/** The script element that this script stands in, if it is part of a file. */
const OWN = globalThis.document?.querySelector("script[data-divergences]");

/** The language that there is for the tag `tag`: "zh" for "zh-Hans", English for what there is not. */
export function spoken(tag) {
  return [tag, tag?.split("-")[0]].find((one) => one in ASSETS.texts) ?? "en";
}

/** The wasm's exports, which can speak the language of `tag`, such as "en", or English if there are no words in that. */
export async function engine(tag) {
  const language = spoken(tag);
  if (!spokenSoFar.has(language)) {
    // Both are under way at the same time.
    loading ??= load();
    const arriving = Promise.all([loading, textOf(ASSETS.texts[language])]);
    spokenSoFar.set(language, arriving.then(([wasm, source]) => wasm.setTexts(language, source)));
  }
  await spokenSoFar.get(language);
  return loading;
}

/** The language of the page. */
export function pageLanguage() {
  return spoken(document.documentElement.lang);
}

/** The languages that there are. */
export function languages() {
  return Object.keys(ASSETS.texts);
}

/** The text of `key` in `language`, with each `{name}` replaced by its value. */
export function words(key, values = {}, language = pageLanguage()) {
  const fill = (text, [name, value]) => text.replaceAll(`{${name}}`, () => value);
  return Object.entries(values).reduce(fill, wasm_bindgen.text(key, language));
}

/** The same function for the language that the figure `element` speaks. */
export function wordsOf(element) {
  return (key, values) => words(key, values, element.language);
}

let exports;

/** The wasm's exports if they are there by now. */
export function loaded() {
  return exports;
}

async function load() {
  const module = await (ASSETS.packed ? unpacked(ASSETS.packed) : fetched(ASSETS.wasm).then(compilable));
  await wasm_bindgen({ module_or_path: module });
  await nextTurn();
  exports = wasm_bindgen;
  return wasm_bindgen;
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
