// The table under a figure's drawing: its rows and what it says about the picked one follow the figure's state.

/** How long the table may lag behind, in milliseconds: what it tells can take longer than a frame to find out. */
const LAG_OF_TABLE = 80;

export class Grid {
  #element;
  #root;
  #timer = 0;

  constructor(element, root) {
    this.#element = element;
    this.#root = root.querySelector("[data-grid]") && root;
  }

  /** Follows the figure's state, soon. */
  follow() {
    if (this.#root) {
      this.#timer ||= setTimeout(() => this.#show(), LAG_OF_TABLE);
    }
  }

  #show() {
    this.#timer = 0;
    const root = this.#root;
    const focused = root.activeElement?.closest("[data-grid]") && root.activeElement;
    const top = focused?.getBoundingClientRect().top;
    for (const [part, html] of Object.entries(this.#element.figure.changedGrid() ?? {})) {
      root.querySelector(`[data-grid-part="${part}"]`).innerHTML = html;
    }
    for (const link of root.querySelectorAll("[data-grid] a")) {
      link.hidden = !document.getElementById(link.hash.slice(1));
    }
    if (focused && !focused.isConnected) {
      // What had the focus was replaced by its like, which stays where it was under the pointer.
      const { value } = focused.dataset;
      const like = root.querySelector(value ? `[data-grid] [data-value="${value}"]` : "[data-grid] a");
      like?.focus({ preventScroll: true });
      scrollBy({ top: (like?.getBoundingClientRect().top ?? top) - top, behavior: "instant" });
    }
  }
}
