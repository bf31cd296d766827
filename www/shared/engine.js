// The engines: wasm modules that compute and draw figures. Each chapter has one with its own figures, and one has all
// figures. A page loads the engine of its chapter when the first figure needs it, with the texts of each language that a
// figure uses.
import { fetchAnew, fetched } from "./fetched.js";
import { nextTurn } from "./turn.js";
import { speaks, wordsIn } from "./words.js";

/** The key of the engine with all figures. The others have the slug of their chapter. */
const WHOLE = "";

/** The engines that are loaded or loading, by slug. */
const engines = new Map();

/** The available language for `tag`: "zh" for "zh-Hans", and English if there is none. */
export function availableLanguage(tag) {
  return [tag, tag?.split("-")[0]].find((one) => Object.hasOwn(ASSETS.texts, one)) ?? "en";
}

/** The slug of the chapter of the figure `name`. */
export function chapterOf(name) {
  return Object.keys(BOOK).find((slug) => BOOK[slug].includes(name));
}

/**
 * The exports of an engine with the figure `name`, or with all figures if no name is given. Its texts are in the language of
 * `tag`, such as "en", or in English if that is not available.
 */
export function engine(tag, name) {
  const slug = slugFor(name);
  if (!engines.has(slug)) {
    const coming = new Engine(slug === WHOLE ? ASSETS : ASSETS.chapters[slug]);
    engines.set(slug, coming);
    coming.loading.catch(() => drop(slug, coming));
  }
  return engines.get(slug).withTexts(availableLanguage(tag));
}

/** Forgets the engine `coming` if it is that of `slug` still: what did not arrive is asked for again by who needs it next. */
function drop(slug, coming) {
  if (engines.get(slug) === coming) {
    engines.delete(slug);
  }
}

/** Gives up waiting for the engine of the figure `name`, which the next who need it ask for again. */
export function giveUp(name) {
  fetchAnew();
  for (const slug of [chapterOf(name), WHOLE]) {
    if (engines.get(slug)?.exports === undefined) {
      engines.delete(slug);
    }
  }
}

/** The sentence of `key` about something that did not arrive, in the language of `tag`: no engine is needed for these words. */
export function trouble(key, tag = pageLanguage(), message = "") {
  return TROUBLE[availableLanguage(tag)][key].replace("{message}", () => message);
}

/**
 * The slug of the engine for the figure `name`. A page with figures of several chapters uses the engine with all figures.
 * Figures that are already running stay in theirs.
 */
function slugFor(name) {
  const slug = chapterOf(name);
  if (!Object.hasOwn(ASSETS.chapters, slug)) {
    return WHOLE;
  }
  const alone = () => [...document.querySelectorAll("divergence-figure[name]")].every((other) => chapterOf(other.getAttribute("name")) === slug);
  return engines.has(slug) || (engines.size === 0 && alone()) ? slug : WHOLE;
}

class Engine {
  /** The exports, once they are loaded and have texts. */
  exports;
  /** The exports without words: a promise. */
  loading;
  #assets;
  /** By language, whether its words have arrived: a promise. */
  #words = new Map();

  constructor(assets) {
    this.#assets = assets;
    this.loading = load(assets);
  }

  /** The exports, once they have the texts of `language`. */
  async withTexts(language) {
    if (!this.#words.has(language)) {
      // Both are under way at the same time.
      const both = Promise.all([this.loading, textOf(this.#assets.texts[language])]);
      const arriving = both.then(([exports, source]) => this.#storeTexts(exports, language, source));
      this.#words.set(language, arriving);
      arriving.catch(() => this.#words.delete(language));
    }
    await this.#words.get(language);
    return this.exports;
  }

  #storeTexts(exports, language, source) {
    exports.setTexts(language, source);
    this.exports = exports;
    speaks(exports, language);
  }
}

/** The exports of an engine with the figure `name`, if one is loaded. */
export function loaded(name) {
  return engines.get(chapterOf(name))?.exports ?? engines.get(WHOLE)?.exports;
}

/** The language of the page. */
export function pageLanguage() {
  return availableLanguage(document.documentElement.lang);
}

/** The available languages. */
export function languages() {
  return Object.keys(ASSETS.texts);
}

/** The text of `key` in the language of the page, with each `{name}` replaced by its value. */
export function words(key, values) {
  return wordsIn(pageLanguage(), key, values);
}

async function load({ packed, wasm }) {
  const module = await (packed ? unpacked(packed) : fetched(wasm).then(compilable));
  const exports = newEngine();
  await exports({ module_or_path: module });
  await nextTurn();
  return exports;
}

/** The text of an asset, which is the text itself or its address. */
export async function textOf(asset) {
  return asset instanceof URL ? (await fetched(asset)).text() : asset;
}

/**
 * The response itself if it can be compiled while it arrives and cached compiled, which needs the type for wasm; otherwise
 * its bytes.
 */
function compilable(response) {
  return response.headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer();
}

/** The bytes of the wasm inside this script. A file opened from disk cannot fetch it. */
function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
