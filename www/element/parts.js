// The parts of a figure that an author shows. `hide="presets,rate"` leaves controls out, and `lock="p"` prevents the reader
// from changing parameters.
import { wordsOf } from "../shared/words.js";
import { readTask } from "./task.js";

/** The names in a list such as "presets, rate". */
export function names(list) {
  return (list ?? "").split(/[\s,]+/).filter(Boolean);
}

/** Whether the reader may not change `key`, which is a parameter or a part of one, such as `p.0.mean`. */
export function isLocked(element, key) {
  return names(element.getAttribute("lock")).includes(key.split(".")[0]);
}

/** The values of `theme`: the reader's preference, or one of the drawings' themes. */
export const THEMES = ["auto", "light", "dark", "contrast-light", "contrast-dark"];

function wrongTheme(value, words) {
  const choices = THEMES.join(", ");
  return value === null || THEMES.includes(value) ? [] : [words("problem.choice", { key: "theme", value, choices })];
}

/** Shows, hides and locks parts as the attributes of `element` say. Returns a sentence for each unknown name. */
export function arrange(element, root) {
  const { figure, parameters } = element;
  const words = wordsOf(element);
  const keys = parameters.map(({ key }) => key);
  const parts = [...keys, ...figure.parts()];
  const hidden = names(element.getAttribute("hide"));
  const locked = names(element.getAttribute("lock"));
  for (const part of root.querySelectorAll("[data-part]")) {
    part.hidden = hidden.includes(part.dataset.part);
  }
  // A row or drawer with nothing left in it is hidden as well.
  for (const box of root.querySelectorAll(".controls .row, .controls .buttons, .controls .more:not([data-numbers])")) {
    if (!box.matches("[data-part]") || !hidden.includes(box.dataset.part)) {
      box.hidden = ![...box.querySelectorAll("[data-part]")].some((part) => !part.hidden && !part.matches(".more"));
    }
  }
  root.querySelector(".controls").hidden = hidden.includes("controls");

  figure.lock(locked.join(","));
  const still = parameters.some(({ key, steps }) => steps && locked.includes(key));
  for (const part of root.querySelectorAll(".controls [data-part]")) {
    const { dataset } = part;
    const off = locked.includes(dataset.part) || (still && dataset.part === "play");
    for (const control of [part, ...part.querySelectorAll("input, select, button")]) {
      if (keys.includes(dataset.part) || dataset.part === "play") {
        control.disabled = off;
      }
    }
  }
  element.invalidate(false);
  const unknown = (list, known, key) =>
    list
      .filter((name) => !known.includes(name))
      .map((name) => words(key, { name, names: known.join(", ") }));
  return [
    ...unknown(hidden, [...parts, "controls"], "problem.hide"),
    ...unknown(locked, keys, "problem.lock"),
    ...readTask(element, figure),
    ...wrongTheme(element.getAttribute("theme"), words),
  ];
}
