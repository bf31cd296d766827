// Paper: what is printed is a picture of each figure as it stands now, in place of its canvas.
import { readAddress } from "../element/address.js";
import { readAttributes } from "../element/attributes.js";
import { readTask } from "../element/task.js";
import { loaded } from "../shared/engine.js";

/** The width of a printed figure in CSS pixels: of a page of A4 between its margins. */
const PAPER = 700;

/** Puts pictures in place of canvases whenever the page is printed. */
export function preparePrint() {
  addEventListener("beforeprint", () => {
    // What Firefox prints is a copy that knows no target any more.
    for (const part of document.querySelectorAll("body > main")) {
      part.dataset.printed = part.checkVisibility();
    }
    for (const element of document.querySelectorAll("divergence-figure")) {
      const stage = element.shadowRoot?.querySelector(".stage");
      const figure = stage && (element.figure ?? sleeping(element));
      if (figure) {
        const picture = stage.querySelector(".printed") ?? stage.appendChild(document.createElement("div"));
        picture.className = "poster printed";
        picture.innerHTML = figure.svg(PAPER, "light");
        // Paper is white as it is.
        picture.querySelector("svg > rect").remove();
      }
    }
  });
}

/** The figure that `element` will show when it wakes up, if the wasm is there to make it. */
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
