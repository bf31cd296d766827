// The script of every page: it defines <divergence-figure> and, on the explainer's own pages, ties the prose to it.
import { DivergenceFigure } from "./element/divergence-figure.js";
import { isFrame, startFrame } from "./embed/frame.js";
import { startPage } from "./page/page.js";
import { preparePrint } from "./page/print.js";

// A host page may load this script twice, and a server that renders pages has no elements.
if (globalThis.customElements && !customElements.get("divergence-figure")) {
  customElements.define("divergence-figure", DivergenceFigure);
  preparePrint();
  if (isFrame()) {
    startFrame();
  } else if (document.documentElement.hasAttribute("data-explainer")) {
    startPage();
  }
}
