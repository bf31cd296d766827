// The dialog on keys, opened with `?` on the explainer's own pages, inside a focused figure or elsewhere.
import { words } from "./engine.js";
import { letters, setLetters } from "./keys.js";
import { make } from "./make.js";
import { wordsOf } from "./words.js";

/** The keys in a figure, and the key of the text on each. */
const IN_FIGURES = [
  [["Tab"], "tab"],
  [["←", "→", "↑", "↓"], "arrows"],
  [["Shift + ←"], "fast"],
  [["Home", "End"], "ends"],
  [["Enter"], "press"],
  [["Esc"], "escape"],
];

/** The additional keys on the explainer's own pages. */
const ON_PAGES = [
  [["L"], "lecture"],
  [["?"], "help"],
];

/** Opens the dialog in the shadow root of the figure `element`. */
export function openFigureHelp(element) {
  openKeys(element.shadowRoot, wordsOf(element), { lang: element.language }, IN_FIGURES);
}

/**
 * Opens the dialog on the page, where shortcuts of one letter can be turned off. Speech input would trigger them all the
 * time.
 */
export function openPageHelp() {
  const box = make("input", { type: "checkbox", checked: letters() });
  box.addEventListener("change", () => setLetters(box.checked));
  const label = make("label", {}, box, ` ${words("help.letters")}`);
  openKeys(document.body, words, {}, [...IN_FIGURES, ...ON_PAGES], label);
}

function openKeys(root, say, properties, rows, ...more) {
  root.querySelector("dialog.help")?.remove();
  const row = ([keys, text]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, ...keys.flatMap((key) => [make("kbd", { textContent: key }), " "])),
      make("td", { textContent: say(`help.${text}`) }),
    );
  const dialog = make(
    "dialog",
    { className: "help", ariaLabel: say("help"), ...properties },
    make("h2", { textContent: say("help") }),
    make("table", {}, make("tbody", {}, ...rows.map(row))),
    make("p", { textContent: say("help.take") }),
    ...more,
    make("form", { method: "dialog" }, make("button", { type: "submit", textContent: say("embed.close") })),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  root.append(dialog);
  dialog.showModal();
}
