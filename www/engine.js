// One wasm instance for all figures of a page, loaded when the first of them needs it.

let loading;

/** The wasm's exports, speaking `language` (a tag such as "en") or English if it has no such texts. */
export function engine(language) {
  loading ??= load(language);
  return loading;
}

async function load(language) {
  const [module, texts] = await Promise.all(ASSETS ? fetched(language) : inlined(language));
  await wasm_bindgen({ module_or_path: module });
  wasm_bindgen.setTexts(texts);
  return wasm_bindgen;
}

/** From beside this script. */
function fetched(language) {
  const get = async (name) => {
    const response = await fetch(new URL(name, import.meta.url));
    if (!response.ok) {
      throw new Error(`${name}: ${response.status} ${response.statusText}`);
    }
    return response;
  };
  return [
    // What is sent as wasm is compiled while it arrives, and kept compiled for the next visit.
    get(ASSETS.wasm).then((response) =>
      response.headers.get("Content-Type") === "application/wasm" ? response : response.arrayBuffer(),
    ),
    get(ASSETS.texts[language] ?? ASSETS.texts.en).then((response) => response.text()),
  ];
}

/** From within the page: the single file has no server to ask. */
function inlined(language) {
  const texts = (tag) => document.querySelector(`script[data-texts="${tag}"]`);
  const packed = Uint8Array.from(atob(document.querySelector("script[data-wasm]").textContent), (c) => c.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return [
    new Response(unpacked).arrayBuffer(),
    (texts(language) ?? texts("en")).textContent.replaceAll("<\\/", "</"),
  ];
}
