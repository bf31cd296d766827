// The script of every page: it defines <divergence-figure> and, on the explainer's own pages, ties the prose to it.
import { DivergenceFigure } from "./divergence-figure.js";
import { startPage } from "./page.js";

// A host page may load this script twice.
if (!customElements.get("divergence-figure")) {
  customElements.define("divergence-figure", DivergenceFigure);
}
startPage();
