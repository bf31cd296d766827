// The script of every page. It defines <divergence-figure>, and connects figures and prose on the explainer's own pages.
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
