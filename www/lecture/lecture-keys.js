// What keys do in a lecture: those of any presenter's remote control, and letters.

/** What each key does; letters in either case. */
export const DOES = {
  ArrowRight: "next",
  ArrowDown: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "back",
  ArrowUp: "back",
  PageUp: "back",
  Home: "first",
  End: "last",
  p: "play",
  b: "blank",
  ".": "blank",
  s: "speaker",
  e: "edit",
  h: "highlight",
  t: "theme",
  f: "full",
  c: "controls",
  r: "restore",
  "?": "help",
  Escape: "leave",
};

/** What the key `key` of an event does, if anything. */
export function doneBy(key) {
  return DOES[key.length === 1 ? key.toLowerCase() : key];
}

/** Opens the dialog that says so, in `root`. */
export function openLectureKeys({ make, words }, root) {
  const names = { " ": words("lecture.key.space"), Escape: "Esc", PageDown: "Page\u00a0Down", PageUp: "Page\u00a0Up", ArrowRight: "→", ArrowDown: "↓", ArrowLeft: "←", ArrowUp: "↑" };
  const name = (key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const row = (what) => {
    const keys = Object.keys(DOES).filter((key) => DOES[key] === what);
    return make("tr", {}, make("th", { textContent: keys.map(name).join("\u2002") }), make("td", { textContent: words(`lecture.${what}`) }));
  };
  const dialog = make(
    "dialog",
    {},
    make("h2", { textContent: words("lecture.help") }),
    make("table", {}, ...[...new Set(Object.values(DOES))].map(row)),
    make("form", { method: "dialog" }, make("button", { textContent: words("embed.close") })),
  );
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
}
