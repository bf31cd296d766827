// A figure's state in the page's address: `?kl-fit.rate=0.1&kl-fit.p=…`.
//
// Only elements with the attribute `address` take part, so that a figure in somebody else's page leaves its address alone.

/** How long the address may lag behind, in milliseconds: browsers stop a page that changes it too often. */
const LAG = 250;

const waiting = new Map();
let timer = 0;

/** Sets `figure` as the address says; returns a sentence for each value that could not be used. */
export function readAddress(element, figure) {
  if (!element.hasAttribute("address")) {
    return [];
  }
  const prefix = `${element.name}.`;
  return [...new URLSearchParams(location.search)]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => figure.set(key.slice(prefix.length), value));
}

/** Puts the changed parameters of `element` into the address, without adding to the history. */
export function writeAddress(element, changed) {
  if (!element.hasAttribute("address")) {
    return;
  }
  waiting.set(element.name, changed);
  clearTimeout(timer);
  timer = setTimeout(flush, LAG);
}

function flush() {
  const kept = [...new URLSearchParams(location.search)].filter(
    ([key]) => ![...waiting.keys()].some((name) => key.startsWith(`${name}.`)),
  );
  const pairs = [
    ...kept,
    ...[...waiting].flatMap(([name, changed]) => changed.map(([key, value]) => [`${name}.${key}`, value])),
  ];
  // Commas and semicolons may stand in a query as they are; encoded, a mixture is unreadable.
  const encode = (text) => encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3B", ";");
  const query = pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&");
  try {
    history.replaceState(history.state, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  } catch {
    // A sandboxed frame has no address of its own.
  }
}
