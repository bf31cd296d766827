// The keys of the lecture view: those of presenters' remote controls, and letters.

/** The action of each key. Letters are not case-sensitive. */
export const ACTIONS = {
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

/** The action of `key`, if it has one. */
export function actionOf(key) {
  return ACTIONS[key.length === 1 ? key.toLowerCase() : key];
}

/** Opens the dialog that lists the keys, in `root`. */
export function openLectureKeys({ make, words }, root) {
  const names = { " ": words("lecture.key.space"), Escape: "Esc", PageDown: "Page\u00a0Down", PageUp: "Page\u00a0Up", ArrowRight: "→", ArrowDown: "↓", ArrowLeft: "←", ArrowUp: "↑" };
  const name = (key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const row = (what) => {
    const keys = Object.keys(ACTIONS).filter((key) => ACTIONS[key] === what);
    return make("tr", {}, make("th", { textContent: keys.map(name).join("\u2002") }), make("td", { textContent: words(`lecture.${what}`) }));
  };
  const dialog = make(
    "dialog",
    {},
    make("h2", { textContent: words("lecture.help") }),
    make("table", {}, ...[...new Set(Object.values(ACTIONS))].map(row)),
    make("form", { method: "dialog" }, make("button", { textContent: words("embed.close") })),
  );
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
}
