// Words, which the engines have.

/** For each language, the exports of the first engine with its texts. */
const speakers = new Map();

/** An engine with these `exports` has the texts of `language`. */
export function speaks(exports, language) {
  speakers.set(language, speakers.get(language) ?? exports);
}

/** The text of `key` in `language`, with each `{name}` replaced by its value. It comes from any engine. */
export function wordsIn(language, key, values) {
  return textFrom(speakers.get(language) ?? speakers.values().next().value, language, key, values);
}

/** A function for the text of a key, with values, in the language of the figure `element` and from its engine. */
export function wordsOf(element) {
  return (key, values) => (element.engine ? textFrom(element.engine, element.language, key, values) : wordsIn(element.language, key, values));
}

function textFrom(exports, language, key, values = {}) {
  const fill = (text, [name, value]) => text.replaceAll(`{${name}}`, () => value);
  return Object.entries(values).reduce(fill, exports.text(key, language));
}
