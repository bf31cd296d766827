// The definition of <divergence-figure>.
import { awayBy } from "./element/away.js";
import { DivergenceFigure } from "./element/divergence-figure.js";
import { preparePrint } from "./page/print.js";

/**
 * Defines the element, whose functions for taking a figure away `loading` gives. Returns whether it is this that defines it: a
 * host page may load its script twice, and a server that renders pages has no elements.
 */
export function define(loading) {
  if (!globalThis.customElements || customElements.get("divergence-figure")) {
    return false;
  }
  awayBy(loading);
  customElements.define("divergence-figure", DivergenceFigure);
  preparePrint();
  return true;
}
