// Printing: a picture of each figure in its present state replaces its canvas.
import { readAddress } from "../element/address.js";
import { readAttributes } from "../element/attributes.js";
import { readTask } from "../element/task.js";
import { loaded } from "../shared/engine.js";
import { html } from "../shared/html.js";

/** The width of a printed figure in CSS pixels, which is that of an A4 page between its margins. */
const PAPER = 700;

/** Replaces canvases by pictures whenever the page is printed. */
export function preparePrint() {
  addEventListener("beforeprint", () => {
    // Firefox prints a copy of the page, to which `:target` no longer applies.
    for (const part of document.querySelectorAll("body > main")) {
      part.dataset.printed = part.checkVisibility();
    }
    for (const element of document.querySelectorAll("divergence-figure")) {
      const stage = element.shadowRoot?.querySelector(".stage");
      const figure = stage && (element.figure ?? sleeping(element));
      if (figure) {
        const picture = stage.querySelector(".printed") ?? stage.appendChild(document.createElement("div"));
        picture.className = "poster printed";
        picture.innerHTML = html(figure.svg(PAPER, "light"));
        // The background is removed, because paper is already white.
        picture.querySelector("svg > rect").remove();
      }
    }
  });
}

/** The figure that `element` would show if it were running, if the engine is loaded. */
function sleeping(element) {
  const wasm = loaded(element.name);
  if (!wasm) {
    return undefined;
  }
  const figure = new wasm.WebFigure(element.name, element.language);
  readAttributes(element, figure, figure.parameters());
  readAddress(element, figure);
  readTask(element, figure);
  return figure;
}
