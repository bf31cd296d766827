// Keys that a control of a figure uses are the control's: they do not reach the page around, whose shortcuts would turn
// its slides or chapters. All other keys do.

const ARROW_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** Where an arrow leads in a row of buttons that are one stop of Tab: from button `at` of `count` to which. */
const WAYS = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowDown: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** What has keys of its own, and which; no list means every one. */
const OWNERS = [
  ["dialog, dialog *, input, select, textarea"],
  ["[role=slider]", ARROW_KEYS],
  ["[role=toolbar] > button", [...Object.keys(WAYS), " ", "Enter"]],
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

/** Goes where the key of `event` leads from the button of a toolbar that has the focus. */
export function goAmong(event) {
  const toolbar = event.target.closest("[role=toolbar]");
  const way = WAYS[event.key];
  if (toolbar && way && !isShortcut(event)) {
    event.preventDefault();
    const buttons = [...toolbar.children];
    buttons[way(buttons.indexOf(event.target), buttons.length)].focus();
  }
}

/** Makes `button`, if it is one of a toolbar, the one of them that Tab meets. */
export function oneStop(button) {
  for (const one of button.closest("[role=toolbar]")?.children ?? []) {
    one.tabIndex = one === button ? 0 : -1;
  }
}

/** Where the browser keeps whether the page's keys of one letter are off. */
const LETTERS_OFF = "divergences.letters-off";
let lettersOff = false;

/** Whether the page's keys of one letter work. */
export function letters() {
  try {
    return localStorage.getItem(LETTERS_OFF) === null;
  } catch {
    // A sandboxed frame may keep nothing.
    return !lettersOff;
  }
}

/** Switches them on or off, for this reader's next visits too where that can be kept. */
export function setLetters(on) {
  lettersOff = !on;
  try {
    if (on) {
      localStorage.removeItem(LETTERS_OFF);
    } else {
      localStorage.setItem(LETTERS_OFF, "");
    }
  } catch {
    // It holds until the page is left.
  }
}

/** Whether the key of `event` is typed into something, or a dialog's. */
export function isTyped(event) {
  return event.composedPath()[0].matches?.("input:not([type=range]), select, textarea, [contenteditable], dialog, dialog *") ?? false;
}
