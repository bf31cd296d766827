// The two tables under a drawing, which follow the figure's state: the one that some figures have, with details about the
// picked row, and, while it is open, the one of the figure's numbers.
import { html } from "../shared/html.js";

/** How far the tables may lag behind, in milliseconds. Computing them can take longer than a frame. */
const LAG_OF_TABLE = 80;

export class Grid {
  #element;
  #root;
  #numbers;
  #timer = 0;

  constructor(element, root) {
    this.#element = element;
    this.#root = root.querySelector("[data-grid]") && root;
    this.#numbers = root.querySelector("[data-numbers]");
    this.#numbers.addEventListener("toggle", () => this.follow());
  }

  /** Updates the tables soon. */
  follow() {
    if (this.#root || this.#numbers.open) {
      this.#timer ||= setTimeout(() => this.#show(), LAG_OF_TABLE);
    }
  }

  #show() {
    this.#timer = 0;
    if (this.#numbers.open) {
      this.#showNumbers();
    }
    if (this.#root) {
      this.#showGrid(this.#root);
    }
  }

  #showNumbers() {
    const place = this.#numbers.querySelector(".numbers");
    const numbers = this.#element.figure.numbers();
    if (place.innerHTML !== numbers) {
      const { scrollTop } = place;
      place.innerHTML = html(numbers);
      place.scrollTop = scrollTop;
    }
  }

  #showGrid(root) {
    const focused = root.activeElement?.closest("[data-grid]") && root.activeElement;
    const top = focused?.getBoundingClientRect().top;
    for (const [part, rows] of Object.entries(this.#element.figure.changedGrid() ?? {})) {
      root.querySelector(`[data-grid-part="${part}"]`).innerHTML = html(rows);
    }
    // The explainer's pages know where each figure is. Elsewhere a link to a figure that is not on the page is hidden.
    const { explainer, view } = document.documentElement.dataset;
    for (const link of root.querySelectorAll("[data-grid] a")) {
      link.hidden = (explainer !== "page" || view === "figure") && !document.getElementById(link.hash.slice(1));
    }
    if (focused && !focused.isConnected) {
      // The focus moves from the replaced element to its successor, which is kept in place under the pointer.
      const { value } = focused.dataset;
      const like = root.querySelector(value ? `[data-grid] [data-value="${value}"]` : "[data-grid] a");
      like?.focus({ preventScroll: true });
      scrollBy({ top: (like?.getBoundingClientRect().top ?? top) - top, behavior: "instant" });
    }
  }
}
