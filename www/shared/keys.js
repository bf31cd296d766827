// Keys that a control of a figure uses do not reach the surrounding page, whose shortcuts might turn slides or chapters. All
// other keys do.

const ARROW_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** For each key, the button of a toolbar that it leads to, from button `at` of `count`. A toolbar is one tab stop. */
const TOOLBAR_KEYS = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowDown: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The elements that use keys, and the keys. Without a list an element uses all keys. */
const OWNERS = [
  ["dialog, dialog *, input, select, textarea"],
  ["[role=slider]", ARROW_KEYS],
  ["[role=toolbar] > button", [...Object.keys(TOOLBAR_KEYS), " ", "Enter"]],
  ["button, summary, a", [" ", "Enter"]],
];

/** Whether a modifier key is held, which makes a key a shortcut of the page or the browser. */
export function isShortcut({ ctrlKey, altKey, metaKey }) {
  return ctrlKey || altKey || metaKey;
}

/** Stops `event` from reaching the surrounding page if the focused element uses its key. */
export function keepKey(event) {
  const owner = OWNERS.find(([selector]) => event.composedPath()[0].matches(selector));
  if (owner && !isShortcut(event) && (owner[1]?.includes(event.key) ?? true)) {
    event.stopPropagation();
  }
}

/** Moves the focus to the button of a toolbar that the key of `event` leads to. */
export function moveInToolbar(event) {
  const toolbar = event.target.closest("[role=toolbar]");
  const way = TOOLBAR_KEYS[event.key];
  if (toolbar && way && !isShortcut(event)) {
    event.preventDefault();
    const buttons = [...toolbar.children];
    buttons[way(buttons.indexOf(event.target), buttons.length)].focus();
  }
}

/** Makes `button` the tab stop of its toolbar, if it is in one. */
export function makeTabStop(button) {
  for (const one of button.closest("[role=toolbar]")?.children ?? []) {
    one.tabIndex = one === button ? 0 : -1;
  }
}

/** The key under which the browser stores that shortcuts of one letter are off. */
const LETTERS_OFF = "divergences.letters-off";
let lettersOff = false;

/** Whether shortcuts of one letter are on. */
export function letters() {
  try {
    return localStorage.getItem(LETTERS_OFF) === null;
  } catch {
    // A sandboxed frame has no storage.
    return !lettersOff;
  }
}

/** Turns shortcuts of one letter on or off, and stores this for later visits if possible. */
export function setLetters(on) {
  lettersOff = !on;
  try {
    if (on) {
      localStorage.removeItem(LETTERS_OFF);
    } else {
      localStorage.setItem(LETTERS_OFF, "");
    }
  } catch {
    // Without storage the setting lasts until the page is left.
  }
}

/** Whether the key of `event` is typed into a field, or belongs to a dialog. */
export function isTyped(event) {
  return event.composedPath()[0].matches?.("input:not([type=range]), select, textarea, [contenteditable], dialog, dialog *") ?? false;
}
