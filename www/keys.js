// Keys that a control of a figure uses are the control's: they do not reach the page around, whose shortcuts would turn
// its slides or chapters. All other keys do.

const ARROW_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** What has keys of its own, and which; no list means every one. */
const OWNERS = [
  ["dialog, dialog *, input, select, textarea"],
  ["[role=slider]", ARROW_KEYS],
  ["button, summary, a", [" ", "Enter"]],
];

/** Whether Ctrl, Alt or the like is held, which makes a key a shortcut of the page's or the browser's. */
export function isShortcut({ ctrlKey, altKey, metaKey }) {
  return ctrlKey || altKey || metaKey;
}

/** Keeps a key's `event` from the page around if what has the focus uses that key. */
export function keepKey(event) {
  const owner = OWNERS.find(([selector]) => event.composedPath()[0].matches(selector));
  if (owner && !isShortcut(event) && (owner[1]?.includes(event.key) ?? true)) {
    event.stopPropagation();
  }
}
